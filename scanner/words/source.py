"""Where answers come from: how each target was read, and what a finding rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.words.model import TargetKind
from scanner.words.telling import tell

NAMED = 5
"""So many targets are named one by one."""
NOBODY = tell("no host could be read")


@dataclass(frozen=True, slots=True)
class Source:
    """One answer a finding rests on."""

    fact: str
    target: str
    at: str
    """When it was read, ISO 8601, UTC."""
    query: str
    """What was asked, as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInfo:
    """How one target was read."""

    name: str
    kind: str
    """host, vmm-server, domain, controller or key-file"""
    who: str = ""
    how: str = ""
    seconds: float = 0.0
    queries: int = 0
    answered: int = 0
    unverified: bool = False
    """its certificate was not verified (``verify = false``): whoever stood on the way may have answered"""
    proof: str = ""
    """what proved, in every session, that the target itself answered: kerberos (it signed in to us, too) or certificate
    (one that names it and no other host); empty: nothing did"""

    def and_then(self, later: TargetInfo) -> TargetInfo:
        """Both times that it was read as one: what was spent adds up, and who answered is proved only if both times."""
        return replace(
            later,
            kind=self.kind,
            seconds=round(self.seconds + later.seconds, 3),
            queries=self.queries + later.queries,
            answered=self.answered + later.answered,
            unverified=self.unverified or later.unverified,
            proof=later.proof if self.proof else "",
        )


def nobody_read(targets: Iterable[TargetInfo]) -> bool:
    """Whether there are hosts, and none of them answered anything: no move is ready then, whatever is accepted."""
    answered = [target.answered for target in targets if target.kind == TargetKind.HOST]
    return bool(answered) and not any(answered)


def unverified_words(names: Iterable[str]) -> str:
    """That nobody verified the certificates of these, in their order; empty if there is none."""
    whom = list(names)
    if not whom:
        return ""
    named = ", ".join(whom[:NAMED])
    if len(whom) > NAMED:
        named = tell("{named} and {rest:,} more", named=named, rest=len(whom) - NAMED)
    return tell(
        "certificates were NOT verified (verify = false), so anybody may have answered for {named}", named=named
    )
