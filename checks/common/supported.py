"""Which configuration versions a destination runs: as it says itself, else by Microsoft's table for its build."""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.versions import Version, by_build, parse, told
from scanner.api import Gap, MissingEvidence, View
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost

MOST = 32
"""versions that a host tells of; Microsoft's table has fifteen in all. They stand in a finding of every machine."""


@dataclass(frozen=True, slots=True)
class Supported:
    """The versions, never none, and where they come from."""

    versions: tuple[Version, ...]
    note: str = ""
    """how the versions are known, when not from the host itself"""
    odd: str = ""
    """what of the host's own list could not be read; empty when all could"""

    @property
    def text(self) -> str:
        """What would be right."""
        names = ", ".join(told(version) for version in self.versions)
        return f"one of {names}" if len(self.versions) > 1 else names


def supported(view: View, host: str) -> Supported:
    """The versions of a host. The check must declare ``VMHost`` and ``OperatingSystem``.

    Raises:
        MissingEvidence: the host tells no list, and its build is not known or in no table; or too long a list.
    """
    rows = view.ask(VMHost, host)
    own = rows[0].supported_versions if not isinstance(rows, Gap) and len(rows) == 1 else ()
    if len(own) > MOST:
        raise MissingEvidence(f"VMHost of {host}: there are {len(own)} versions, and no host tells more than {MOST}")
    versions = tuple(sorted({version for version in map(parse, own) if version is not None}))
    odd = [text[:20] for text in own if parse(text) is None]
    if versions:
        return Supported(versions, odd=f"VMHost of {host}: {', '.join(odd[:3])} is no version" if odd else "")
    system = view.one(OperatingSystem, host)
    versions = by_build(system)
    why = str(rows) if isinstance(rows, Gap) else "it does not tell them itself"
    if not versions:
        raise MissingEvidence(f"supported versions of {host}: {why}, and build {system.build} is in no table")
    return Supported(versions, note=f"by Microsoft's table for build {system.build}: {why}")
