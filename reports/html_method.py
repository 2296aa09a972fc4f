"""How the findings came about, for the last chapter of the page: what was asked, what was not answered, who judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.api import Check, Finding, Report, Source


@dataclass(frozen=True, slots=True)
class Silence:
    """Facts of one target that could not be had for one reason."""

    target: str
    reason: str
    detail: str
    facts: list[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A check, and how it ended on its subjects."""

    check: Check
    counts: Counter[str]


def answers(findings: Iterable[Finding]) -> dict[Source, int]:
    """Every answer that a finding rests on, with its number on the page: by target, then fact."""
    sources = {source for finding in findings for source in finding.evidence}
    ordered = sorted(sources, key=lambda s: (s.target, s.fact, s.at, s.query))
    return {source: number for number, source in enumerate(ordered, start=1)}


def questions(sources: Iterable[Source]) -> dict[tuple[str, str], int]:
    """What was asked, fact and text, with its number on the page."""
    ordered = sorted({(source.fact, source.query) for source in sources})
    return {question: number for number, question in enumerate(ordered, start=1)}


def silences(report: Report) -> list[Silence]:
    """What could not be read, by target and reason."""
    facts: dict[tuple[str, str, str], list[str]] = {}
    for gap in report.gaps:
        facts.setdefault((gap.target, gap.reason.value, gap.detail), []).append(gap.fact)
    return [Silence(*key, sorted(found)) for key, found in sorted(facts.items())]


def coverage(report: Report) -> list[Judged]:
    """Every check that took part, by id, with the verdicts it gave: none, where the estate has no such subject."""
    counts: dict[str, Counter[str]] = {}
    for finding in report.findings:
        counts.setdefault(finding.check, Counter())[finding.status.value] += 1
    return [Judged(check, counts.get(check.id, Counter())) for check in sorted(report.checks, key=lambda c: c.id)]


def moment(source: Source, day: str) -> str:
    """When an answer was read: the time alone where the day is the run's."""
    return source.at.removeprefix(f"{day}T") or "not answered"
