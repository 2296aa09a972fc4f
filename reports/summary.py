"""What both the terminal and the page say about a report as a whole: verdict, counts, what could not be judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from reports.names import Names, population
from reports.reach import as_far_as
from scanner.api import (
    Check,
    Finding,
    Gap,
    GapReason,
    ProfileState,
    Report,
    RouteState,
    Status,
    counted,
    unverified_words,
)

STATUS_WORDS = {
    Status.PASS: "passed",
    Status.FAIL: "failed",
    Status.WARN: "warning",
    Status.NOT_APPLICABLE: "not applicable",
    Status.UNKNOWN: "unknown",
    Status.ERROR: "error",
}
OPEN = (Status.UNKNOWN, Status.ERROR)
GIVEN = (Status.PASS, Status.FAIL, Status.WARN)
"""Verdicts, where something was judged."""
NAMED = 5
"""So many subjects or checks are named one by one."""
OF_THE_SIGN_IN = (GapReason.ACCESS_DENIED, GapReason.NOT_COLLECTED)
"""Reasons that lie with no machine where several share one: a refused account, a secret that is not there."""

MARK = "\0"
"""Stands for a gap in a note."""


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


def unjudged(report: Report, names: Names) -> list[tuple[str, list[Unjudged]]]:
    """What could not be judged, by reason; within it, checks that miss the same subjects are one entry."""
    gaps = {str(gap): gap for gap in report.gaps}
    targets: dict[tuple[GapReason, str], set[str]] = {}
    for gap in report.gaps:
        targets.setdefault((gap.reason, gap.detail), set()).add(gap.target)
    same: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in report.findings:
        if finding.status in OPEN:
            gap = gaps.get(finding.note) or _one_cause(finding.note, gaps)
            alone = gap and (gap.reason not in OF_THE_SIGN_IN or len(targets[gap.reason, gap.detail]) == 1)
            place = f"{names.host(gap.target)}: " if gap and alone else ""
            reason = f"{place}{gap.because}" if gap else finding.note
            same.setdefault((reason, finding.status, finding.check), []).append(finding)
    reasons: dict[str, dict[tuple[str, ...], list[Finding]]] = {}
    for (reason, status, _), findings in same.items():
        about = (status, *(f"{f.subject.kind} {f.subject.id}" for f in findings))
        reasons.setdefault(reason, {}).setdefault(about, []).extend(findings)
    return [(reason, [_entry(found, names) for found in entries.values()]) for reason, entries in reasons.items()]


def _one_cause(note: str, gaps: Mapping[str, Gap]) -> Gap | None:
    """The first of the gaps that a note is made of, if all of them have one cause: ``DEL-01: GAP; DEL-02: GAP``."""
    found = sorted((text for text in gaps if text in note), key=len, reverse=True)
    if MARK in note or len({(gaps[text].target, gaps[text].because) for text in found}) != 1:
        return None
    for text in found:
        note = note.replace(text, MARK)
    return gaps[found[-1]] if all(re.fullmatch(rf"([^;]*: )?{MARK}", part) for part in note.split("; ")) else None


def _entry(findings: list[Finding], names: Names) -> Unjudged:
    subjects = list(dict.fromkeys(f.subject for f in findings))
    return Unjudged(tuple(dict.fromkeys(f.check for f in findings)), names.phrase(subjects), tuple(findings))


def by_check(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Neighbours about the same check, together; findings come sorted."""
    return [(check, list(group)) for check, group in groupby(findings, key=lambda f: f.check)]


def blockers(report: Report) -> list[Finding]:
    """The findings that stop the gate."""
    return [f for f in report.findings if report.blocks(f)]


def why(check: Check | None) -> str:
    """Why a check matters: the first paragraph of its documentation."""
    return check.doc.split("\n\n", maxsplit=1)[0].replace("\n", " ").strip() if check else ""


def counts_line(report: Report) -> str:
    """``34 checks on 3 hosts, 4 routes: 118 passed · 3 failed · 11 unknown``."""
    checks = counted(len({f.check for f in report.findings}), "check")
    whole = f"{checks} on {', '.join(population(report)) or 'nothing'}: "
    return whole + (" · ".join(in_words(report.counts)) or "no verdict")


def unverified_line(report: Report, names: Names) -> str:
    """Whose certificates nobody verified; empty when all were."""
    return unverified_words(map(names.host, report.unverified))


def in_words(counts: Mapping[str, int]) -> list[str]:
    """``118 passed``, ``3 failed``, ``1 warning``: the numbers by status that are not nothing."""
    return [
        counted(counts[status], word) if status in (Status.WARN, Status.ERROR) else f"{counts[status]:,} {word}"
        for status, word in STATUS_WORDS.items()
        if counts.get(status)
    ]


def route_counts(route: RouteState | ProfileState) -> str:
    """``2 blockers, 1 warning, 2 unknown``; what stands between a route and a start."""
    lesser = route.failed - len(route.blockers)
    parts = [
        counted(len(route.blockers), "blocker") if route.blockers else "",
        f"{lesser:,} lesser failed" if lesser > 0 else "",
        counted(route.warned, "warning") if route.warned else "",
        f"{route.unknown:,} unknown" if route.unknown else "",
    ]
    return ", ".join(part for part in parts if part)


def sentence(report: Report) -> str:
    """The verdict in a sentence."""
    stops, missing = len(blockers(report)), sum(report.counts.get(status.value, 0) for status in OPEN)
    stopped = sum(route.verdict == "not ready" for route in report.routes)
    open_ = f" {counted(missing, 'verdict')} could not be given." if missing else ""
    of_routes = f" {stopped:,} of {counted(len(report.routes), 'route')}" if report.routes else " the move"
    match report.verdict:
        case "ready":
            warned = report.counts.get(Status.WARN.value, 0)
            limit = ", as far as judged" if as_far_as(report) else ""
            known = f" {counted(warned, 'warning')} to know of." if warned else ""
            return f"Nothing stands in the way{limit}.{known}"
        case "not ready":
            return f"{counted(stops, 'blocker')} {'stops' if stops == 1 else 'stop'}{of_routes}.{open_}"
        case "interrupted":
            return f"The run was ended early; what had been read by then is judged.{open_}"
        case _:
            stops_nothing = f"Nothing that was judged stops{' a route' if report.routes else ' the move'}.{open_}"
            return stops_nothing if missing else unready(report)


def unready(report: Report) -> str:
    """Why nothing is ready although no verdict is missing."""
    if not any(report.counts.get(status.value, 0) for status in GIVEN):
        return "Nothing was judged."
    return "A kind of move was judged by nothing." if report.routes else "No move is planned, so none is ready."
