"""How each target was read, as a case of its own: there stands once what many verdicts are missing.

It lists every fact that could not be had, why, and how it was asked for; the cases that miss one refer to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from reports.junit_cases import Case, error, skipped
from reports.summary import GIVEN, OPEN
from reports.text import one_line
from scanner.api import Finding, Gap, Report, counted

REACHED = "SCAN-000 Target was reached and every question was answered"
EXPLAIN = "Verdicts that miss one of these say no more than that; hv-preflight explain CHECK says what a check is for"


class Targets:
    """What a report knows of its targets, looked up once for all of them."""

    def __init__(self, report: Report) -> None:
        """Of this report."""
        self.report = report
        self.gaps: dict[str, list[Gap]] = {}
        for gap in report.gaps:
            self.gaps.setdefault(gap.target, []).append(gap)

    def case(self, name: str, seconds: float) -> Case:
        """Whether one target was read; red only if a verdict is missing for want of it, green only if one was given."""
        gaps = self.gaps.get(name)
        if not gaps and name not in self._judged:
            return skipped(REACHED, "NOT APPLICABLE: no verdict is about it or rests on it", "", seconds)
        if not gaps:
            return Case(REACHED, seconds=seconds)
        what = f"{counted(len(gaps), 'fact')} could not be read: {one_line(str(gaps[0]))}"
        body = "\n".join(self._lines(gaps))
        if name in self._named or self._missed(name, gaps):
            return error(REACHED, "UNKNOWN", what, body, seconds)
        needed = "no verdict is missing for this alone" if self._opened else "no verdict needed it"
        return skipped(REACHED, f"WARN: {what}; {needed}", body, seconds)

    def told(self, finding: Finding) -> tuple[str, ...]:
        """The targets whose cases tell all that an open verdict lacks; none where something is told nowhere."""
        whom = {gap.target: None for gap in finding.lacks}
        known = all((gap.target, gap.fact) in self._missing for gap in finding.lacks)
        return tuple(whom) if finding.status in OPEN and known else ()

    def _lines(self, gaps: list[Gap]) -> Iterator[str]:
        for gap in gaps:
            query = self._queries.get((gap.target, gap.fact), "")
            yield one_line(str(gap)) + (f"; asked: {one_line(query)}" if query else "")
        yield EXPLAIN

    def _missed(self, name: str, gaps: list[Gap]) -> bool:
        said = {f" of {name}: {gap.because}" for gap in gaps}
        return any(text in note for text in said for note in self._notes)

    @cached_property
    def _missing(self) -> frozenset[tuple[str, str]]:
        return frozenset((gap.target, gap.fact) for gap in self.report.gaps)

    @cached_property
    def _opened(self) -> list[Finding]:
        """The open verdicts that hold the gate."""
        return [f for f in self.report.findings if self.report.lacks(f) and self.report.stops(f)]

    @cached_property
    def _notes(self) -> frozenset[str]:
        return frozenset(finding.note for finding in self._opened)

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(name for finding in self._opened for name in finding.subject.names)

    @cached_property
    def _judged(self) -> frozenset[str]:
        """The targets that some verdict is about, or rests on."""
        found: set[str] = set()
        for finding in self.report.findings:
            if finding.status in GIVEN:
                found.update(finding.subject.names, (source.target for source in finding.evidence))
        return frozenset(found)

    @cached_property
    def _queries(self) -> dict[tuple[str, str], str]:
        """How what was not answered was asked for."""
        sources = (s for f in self.report.findings if f.lacks for s in f.evidence if not s.at)
        return {(source.target, source.fact): source.query for source in sources}
