"""What could not be judged, by its cause: one that many targets share is told once, and what it costs in all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reports.names import Names
from scanner.api import Finding, Gap, GapReason, Report, Status, nameless, tell

MARK = "\0"
"""Stands in a note for a gap, but for the name of its fact."""

Cause = tuple[GapReason, str]
"""Why facts are not there: reason, and a detail that may fit several targets."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Verdicts that are missing for the same reason about the same subjects."""

    checks: tuple[str, ...]
    subjects: str
    """the subjects in a few words"""
    findings: tuple[Finding, ...]

    def by_check(self) -> list[tuple[str, list[Finding]]]:
        """The findings of each check."""
        return [(check, [f for f in self.findings if f.check == check]) for check in self.checks]

    @property
    def is_error(self) -> bool:
        """Whether checks failed, rather than evidence."""
        return self.findings[0].status is Status.ERROR


def unjudged(
    report: Report, names: Names, told: Callable[[Finding], bool] = lambda _finding: False
) -> list[tuple[str, list[Unjudged]]]:
    """What could not be judged and nobody accepts, by reason; checks that miss the same subjects are one entry.

    What was ``told`` otherwise is left out.
    """
    reasons = _Reasons(report, names)
    same: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in report.findings:
        if report.lacks(finding) and not told(finding):
            same.setdefault((reasons.of(finding.note), finding.status, finding.check), []).append(finding)
    found: dict[str, dict[tuple[str, ...], list[Finding]]] = {}
    for (reason, status, _), findings in same.items():
        about = (status, *(f"{f.subject.kind} {f.subject.id}" for f in findings))
        found.setdefault(reason, {}).setdefault(about, []).extend(findings)
    return [(reason, [_entry(each, names) for each in entries.values()]) for reason, entries in found.items()]


def by_name(missing: list[tuple[str, list[Unjudged]]]) -> list[tuple[str, list[Unjudged]]]:
    """The same, with what is said of subjects of one name in one entry."""
    return [(reason, list(_named(entries))) for reason, entries in missing]


def _named(entries: list[Unjudged]) -> Iterator[Unjudged]:
    same: dict[tuple[str, bool], list[Unjudged]] = {}
    for entry in entries:
        same.setdefault((entry.subjects, entry.is_error), []).append(entry)
    for (subjects, _), some in same.items():
        checks = dict.fromkeys(check for entry in some for check in entry.checks)
        yield Unjudged(tuple(checks), subjects, tuple(finding for entry in some for finding in entry.findings))


def _entry(findings: list[Finding], names: Names) -> Unjudged:
    subjects = list(dict.fromkeys(f.subject for f in findings))
    return Unjudged(tuple(dict.fromkeys(f.check for f in findings)), names.phrase(subjects), tuple(findings))


@dataclass(slots=True)
class _Reasons:
    """The notes of one report as reasons."""

    report: Report
    names: Names
    causes: dict[str, Cause] = field(init=False)
    """by the part of a note that says whose fact is missing, and why"""
    sharing: dict[Cause, list[str]] = field(init=False)
    """the targets that lack facts for one cause"""
    known: dict[str, str] = field(default_factory=dict[str, str])
    """reasons by note"""

    def __post_init__(self) -> None:
        gaps = {(gap.target, gap.reason, gap.detail): gap for gap in self.report.gaps}.values()
        whole = Counter((gap.reason, gap.detail) for gap in gaps)
        cut = Counter((gap.reason, nameless(gap)) for gap in gaps)
        self.causes, self.sharing = {}, {}
        for gap in gaps:
            alone = whole[gap.reason, gap.detail] == 1 and cut[gap.reason, nameless(gap)] > 1
            cause = gap.reason, nameless(gap) if alone else gap.detail
            self.causes[f" of {gap.target}: {gap.because}"] = cause
            self.sharing.setdefault(cause, []).append(gap.target)

    def of(self, note: str) -> str:
        """Why nobody could judge, for people: whom the cause concerns, and the cause; any other note as it is."""
        if note not in self.known:
            cause = self._cause(note)
            self.known[note] = self._said(cause) if cause else note
        return self.known[note]

    def _said(self, cause: Cause) -> str:
        whom = self.names.targets(dict.fromkeys(self.sharing[cause]))
        return tell("{whom}: {because}", whom=whom, because=Gap("", "", *cause).because)

    def _cause(self, note: str) -> Cause | None:
        """The cause of all the gaps that a note is made of: ``GAP``, ``GAP; GAP``, ``DEL-01: GAP; DEL-02: GAP``."""
        found: set[Cause] = set()
        if MARK in note:
            return None
        for text in sorted((text for text in self.causes if text in note), key=len, reverse=True):
            if text in note:  # not a part of a longer one
                found.add(self.causes[text])
                note = note.replace(text, MARK)
        whole = all(re.fullmatch(rf"([^;]*: )?[\w.]+{MARK}", part) for part in note.split("; "))
        return found.pop() if whole and len(found) == 1 else None
