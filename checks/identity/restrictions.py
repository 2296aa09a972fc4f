"""What a trust that is there holds back: who may sign in, and what of them comes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.identity.trust import SELECTIVE, half
from scanner.api import Status, Verdict, failed, passed, unknown, worst
from scanner.facts.directory import Trust

NON_TRANSITIVE, QUARANTINED = 0x1, 0x4
"""trustAttributes (MS-ADTS 6.1.6.7.9)"""


@dataclass(slots=True)
class Halves:
    """The halves of trusts that were looked at on a way: where there was none, there is no trust to judge."""

    met: int = 0

    def judged(self, row: Trust, partner: str, through: str) -> Verdict:
        """Judge one half, as ``restricted``."""
        self.met += 1
        return restricted(row, partner, through)


def restricted(row: Trust, partner: str, through: str) -> Verdict:
    """Judge what one half of a trust holds back; ``through`` is the domain behind the partner that must be reached."""
    found = half(row, partner, through)
    return found if found.status is Status.FAIL else worst(_parts(row, partner, through, found))


def _parts(row: Trust, partner: str, through: str, found: Verdict) -> Iterator[Verdict]:
    seen, behind = f"trust with {partner}", bool(through) and through != partner
    if row.attributes & SELECTIVE:
        yield unknown(
            f"{seen}: selective authentication is on (0x10); whether the hosts' accounts here grant those of the other "
            'side "Allowed to authenticate" was not read',
            wanted='"Allowed to authenticate" on each host\'s account for the other host and for who starts moves',
        )
    elif found.status is Status.UNKNOWN:
        yield found
    if behind and row.attributes & NON_TRANSITIVE:
        yield failed(f"{seen} is not transitive (0x1), so it ends before {through}", f"a trust that leads to {through}")
    if behind and row.attributes & QUARANTINED:
        yield unknown(
            f"{seen}: identifiers of accounts are filtered (0x4) to those of {partner}, and what is left of one of "
            f"{through} nobody tried",
            wanted="a forest trust without the filter that is meant for external ones",
        )
    note = f"{seen} filters identifiers of other domains (0x4)" if row.attributes & QUARANTINED else ""
    yield passed(f"{seen} holds nothing back", note=note)
