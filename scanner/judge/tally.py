"""What findings come to: how many ended how, what blocks, and the exit code that follows. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.judge.weights import JUDGED, Weight, code_of
from scanner.words.model import Profile, Severity, Status
from scanner.words.readiness import Waived
from scanner.words.report import Finding
from scanner.words.waivers import OPEN

Blocker = tuple[int, frozenset[Profile], tuple[str, str]]
"""Of a failure that stops a move: its place among the findings, the kinds of move, and (check, subject id)."""


@dataclass(slots=True)
class Tally:
    """What findings come to: how many ended how, by the kinds of move they bear upon, and what blocks."""

    counts: Counter[tuple[frozenset[Profile], Status]] = field(
        default_factory=Counter[tuple[frozenset[Profile], Status]]
    )
    blocks: list[Blocker] = field(default_factory=list[Blocker])
    waived: Counter[tuple[frozenset[Profile], Status]] = field(
        default_factory=Counter[tuple[frozenset[Profile], Status]]
    )
    """of the counts, those that are waived"""

    def add(self, place: int, finding: Finding, threshold: Severity, *, known: bool = False) -> None:
        """One finding more; ``known``: what a baseline knows counts as if it were waived."""
        self.counts[finding.profiles, finding.status] += 1
        if finding.waiver or (known and finding.passes):
            self.waived[finding.profiles, finding.status] += 1
        elif finding.status is Status.FAIL and finding.severity >= threshold:
            self.blocks.append((place, finding.profiles, (finding.check, finding.subject.id)))

    def of(self, profiles: frozenset[Profile]) -> Tally:
        """Of those that bear upon one of these kinds of move."""
        counts = Counter({key: number for key, number in self.counts.items() if profiles & key[0]})
        waived = Counter({key: number for key, number in self.waived.items() if profiles & key[0]})
        return Tally(counts, [block for block in self.blocks if profiles & block[1]], waived)

    def number(self, *statuses: Status) -> int:
        """How many ended so."""
        return _number(self.counts, statuses)

    @property
    def of_waived(self) -> Waived:
        """How many of them are waived."""
        failed, unknown = _number(self.waived, (Status.FAIL,)), _number(self.waived, OPEN)
        return Waived(findings=self.waived.total(), failed=failed, unknown=unknown)

    @property
    def blockers(self) -> tuple[tuple[str, str], ...]:
        """(check, subject id) of what blocks, in the order of the findings."""
        return tuple(block for _, _, block in self.blocks)


def _number(counts: Counter[tuple[frozenset[Profile], Status]], statuses: Iterable[Status]) -> int:
    return sum(number for (_, status), number in counts.items() if status in statuses)


def tallied(findings: Iterable[Finding], threshold: Severity, *, known: bool = False) -> Tally:
    """What the findings come to; ``known``: for a gate that passes over what its baseline knows."""
    tally = Tally()
    for place, finding in enumerate(findings):
        tally.add(place, finding, threshold, known=known)
    return tally


def together(tallies: Iterable[Tally]) -> Tally:
    """What several of them come to."""
    whole = Tally()
    for tally in tallies:
        for key, number in tally.counts.items():
            whole.counts[key] += number
        whole.blocks += tally.blocks
        whole.waived.update(tally.waived)
    whole.blocks.sort(key=lambda block: block[0])
    return whole


def decide(tally: Tally) -> int:
    """The exit code of findings."""
    return code_of(*weight(tally))


def weight(tally: Tally) -> Weight:
    """What decides: how many block, how many are not known, how many verdicts were given."""
    return len(tally.blocks), tally.number(*OPEN) - tally.of_waived.unknown, tally.number(*JUDGED)
