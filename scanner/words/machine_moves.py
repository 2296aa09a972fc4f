"""One virtual machine on one planned move.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

from scanner.words.finding import Finding
from scanner.words.model import Profile


@dataclass(frozen=True, slots=True)
class MachineMove:
    """One machine on one planned move, for one kind of move: whether it may, and why not."""

    machine: str
    source: str
    destination: str
    profile: Profile
    verdict: str
    """ready, not ready or incomplete"""
    stops: tuple[Finding, ...] = ()
    """what stops it: first what is the machine's own"""
    unknown: tuple[Finding, ...] = ()
    """what could not be judged of it, in the same order"""
    vm_id: str = ""
    """empty where the machines of the source were not listed: it stands for all of them"""

    @property
    def reasons(self) -> tuple[str, ...]:
        """The checks that stop it, else those that could not be judged."""
        return tuple(dict.fromkeys(finding.check for finding in self.stops or self.unknown))
