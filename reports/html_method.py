"""How the findings came about, for the last chapter of the page: what was asked, what was not answered, who judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.kinds_of_word import missing
from scanner.api import Finding, Report, Source, counted, tell


@dataclass(frozen=True, slots=True)
class Silence:
    """Facts of one target that could not be had for one reason."""

    target: str
    reason: str
    detail: str
    facts: list[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: its number on the page, and of how many."""

    fact: str
    query: str
    number: int
    whom: str
    """``12 targets``, or the only one; empty where nobody counted"""


def answers(findings: Iterable[Finding]) -> dict[Source, int]:
    """Every answer that a finding rests on, with its number on the page: by target, then fact."""
    sources = {source for finding in findings for source in finding.evidence}
    ordered = sorted(sources, key=lambda s: (s.target, s.fact, s.at, s.query))
    return {source: number for number, source in enumerate(ordered, start=1)}


def questions(report: Report, sources: Iterable[Source]) -> dict[tuple[str, str], Question]:
    """All that was asked, fact and text, by number."""
    of = {(asked.fact, asked.query): asked for asked in report.method.asked}
    ordered = sorted({*((source.fact, source.query) for source in sources), *of})
    found: dict[tuple[str, str], Question] = {}
    for number, question in enumerate(ordered, start=1):
        asked = of.get(question)
        whom = (asked.at or counted(asked.answered, "target")) if asked else ""
        found[question] = Question(*question, number, whom)
    return found


def silences(report: Report) -> list[Silence]:
    """What could not be read, by target and reason."""
    facts: dict[tuple[str, str, str], list[str]] = {}
    for gap in report.gaps:
        facts.setdefault((gap.target, missing(gap.reason.value), gap.detail), []).append(gap.fact)
    return [Silence(*key, sorted(found)) for key, found in sorted(facts.items())]


def moment(source: Source, day: str) -> str:
    """When an answer was read: the time alone where the day is the run's."""
    return source.at.removeprefix(f"{day}T") or tell("not answered")
