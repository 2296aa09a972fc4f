"""What an auditor asks: how the numbers add up, where each demand is written, and by which way each target was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reports.summary import STATUS_WORDS
from scanner.api import Check, Finding, Page, Passage, Reading, Report, Status, TargetInfo, address_of, tell

WEIGHTS = (
    tell("stops a move"),
    tell("below the threshold"),
    tell("makes it incomplete"),
    tell("waived"),
    tell("stops nothing"),
)
"""What a finding means for the verdict: each finding means one of these."""
COLUMNS = tuple(STATUS_WORDS)
PROBE = "Test-Endpoint"
"""What an attempt to connect begins with: it goes out from a machine of the estate."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Numbers in rows whose last one is their sum, and the sums of all rows."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    foot: Sequence[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A check, and how it ended on its subjects."""

    id: str
    check: Check | None
    numbers: Sequence[int]
    """by status, and all together"""
    address: str
    """where the passage is that it judges by"""


@dataclass(frozen=True, slots=True)
class Demand:
    """A passage, and what became of it in this run."""

    passage: Passage
    checks: Sequence[str]
    """those of this run that judge it"""
    counts: Counter[str]
    """how they ended, by status"""
    address: str


@dataclass(frozen=True, slots=True)
class Demands:
    """All passages, each in one place."""

    judged: Sequence[Demand]
    never: Sequence[Demand]
    """those that no check can judge"""
    others: int
    """those whose checks took no part"""
    pages: Sequence[Page]


@dataclass(frozen=True, slots=True)
class Read:
    """One target, and how it was read."""

    info: TargetInfo
    when: str
    """its first and its last answer; empty where it gave none"""
    certificate: str


def weight_of(report: Report, finding: Finding) -> str:
    """What one finding means for the verdict."""
    if finding.waiver:
        return tell("waived")
    if finding.status is Status.FAIL:
        return tell("stops a move") if report.blocks(finding) else tell("below the threshold")
    return tell("makes it incomplete") if report.lacks(finding) else tell("stops nothing")


def sums(report: Report) -> Sums:
    """All findings, by how they ended and what that means: every number is of findings."""
    counts = Counter((finding.status, weight_of(report, finding)) for finding in report.findings)
    rows = [(word, _with_sum([counts[status, weight] for weight in WEIGHTS])) for status, word in STATUS_WORDS.items()]
    used = [(word, numbers) for word, numbers in rows if numbers[-1]]
    return Sums(WEIGHTS, used, _foot(numbers for _, numbers in rows))


def by_check(report: Report) -> tuple[list[Judged], list[int]]:
    """Every check that took part, by id, with how it ended; and how all of them did."""
    counts: dict[str, Counter[Status]] = {check.id: Counter() for check in report.checks}
    for finding in report.findings:
        counts.setdefault(finding.check, Counter())[finding.status] += 1
    known, pages = {check.id: check for check in report.checks}, pages_of(report.passages)
    rows = [
        Judged(
            name,
            known.get(name),
            _with_sum([counts[name][status] for status in COLUMNS]),
            address_of(known[name].seed, pages) if name in known else "",
        )
        for name in sorted(counts)
    ]
    return rows, list(_foot(row.numbers for row in rows))


def demands(report: Report) -> Demands:
    """Every passage that the checks judge by, with what became of it."""
    pages = pages_of(report.passages)
    counts: dict[str, Counter[str]] = {check.id: Counter() for check in report.checks}
    for finding in report.findings:
        counts.setdefault(finding.check, Counter())[finding.status.value] += 1
    unjudged = {row.title for row in report.not_judged}
    judged: list[Demand] = []
    never: list[Demand] = []
    for passage in report.passages:
        checks = [name for name in passage.checks if name in counts]
        whole = sum((counts[name] for name in checks), Counter[str]())
        demand = Demand(passage, checks, whole, passage.page.address if passage.page else "")
        if checks:
            judged.append(demand)
        elif passage.never in unjudged:
            never.append(demand)
    return Demands(judged, never, len(report.passages) - len(judged) - len(never), pages)


def pages_of(passages: Iterable[Passage]) -> list[Page]:
    """The pages that passages stand on."""
    return list(dict.fromkeys(passage.page for passage in passages if passage.page))


def targets(report: Report) -> list[Read]:
    """Every target, with when and how it was read."""
    times = {reading.target: reading for reading in report.method.readings}
    return [
        Read(
            info,
            _when(times[info.name], report.started) if info.name in times else "",
            certificate(info),
        )
        for info in report.targets
    ]


def certificate(info: TargetInfo) -> str:
    """Whether the certificate of a target was verified, where one was used."""
    if info.unverified:
        return tell("NOT verified")
    if not info.answered:
        return tell("nobody signed in")
    if info.proof == "certificate":
        return tell("verified, and names it")
    if "https" in info.how or "over TLS" in info.how:
        return tell("verified")
    if "over http" in info.how or "sealed" in info.how:
        return tell("none: sealed by the sign-in")
    return tell("none")


def probes(report: Report) -> int:
    """Answers about attempts to connect that went out from machines of the estate."""
    return sum(asked.answered for asked in report.method.asked if asked.query.startswith(PROBE))


def below(report: Report) -> list[tuple[str, int]]:
    """The checks with failures below the threshold, with how many each has."""
    found = Counter(f.check for f in report.findings if weight_of(report, f) == "below the threshold")
    return sorted(found.items())


def _when(reading: Reading, started: datetime) -> str:
    """``12:00:03 to 12:00:07``: with the day where it is not the run's."""
    days = {at.astimezone(UTC).date() for at in (reading.first, reading.last, started)}
    form = "%H:%M:%S" if len(days) == 1 else "%Y-%m-%d %H:%M:%S"
    first, last = (at.astimezone(UTC).strftime(form) for at in (reading.first, reading.last))
    return first if first == last else tell("{first} to {last}", first=first, last=last)


def _with_sum(numbers: list[int]) -> list[int]:
    return [*numbers, sum(numbers)]


def _foot(rows: Iterable[Sequence[int]]) -> Sequence[int]:
    return [sum(column) for column in zip(*rows, strict=True)]
