"""What a trust that is there holds back: who may sign in, and what of them comes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.identity.trust import SELECTIVE, half
from scanner.api import Status, Verdict, failed, passed, tell, unknown, worst
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
    seen, behind = tell("trust with {partner}", partner=partner), bool(through) and through != partner
    if row.attributes & SELECTIVE:
        yield unknown(
            tell(
                "{seen}: selective authentication is on (0x10); whether the hosts' accounts here "
                'grant those of the other side "Allowed to authenticate" was not read',
                seen=seen,
            ),
            wanted=tell(
                '"Allowed to authenticate" on each host\'s account for the other host and for who starts moves'
            ),
        )
    elif found.status is Status.UNKNOWN:
        yield found
    if behind and row.attributes & NON_TRANSITIVE:
        yield failed(
            tell("{seen} is not transitive (0x1), so it ends before {through}", seen=seen, through=through),
            tell("a trust that leads to {through}", through=through),
        )
    if behind and row.attributes & QUARANTINED:
        yield unknown(
            tell(
                "{seen}: identifiers of accounts are filtered (0x4) to those of {partner}, and what "
                "is left of one of {through} nobody tried",
                seen=seen,
                partner=partner,
                through=through,
            ),
            wanted=tell("a forest trust without the filter that is meant for external ones"),
        )
    note = tell("{seen} filters identifiers of other domains (0x4)", seen=seen) if row.attributes & QUARANTINED else ""
    yield passed(tell("{seen} holds nothing back", seen=seen), note=note)
