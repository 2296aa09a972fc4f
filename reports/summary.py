"""What both the terminal and the page say about a report as a whole: verdict, counts, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from reports.names import population
from reports.reach import as_far_as
from scanner.api import AS_FAR, Check, Finding, ProfileState, Report, RouteState, Status, by_text, counted

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


def by_check(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Neighbours about the same check, together; findings come sorted."""
    return [(check, list(group)) for check, group in groupby(findings, key=lambda f: f.check)]


def blockers(report: Report) -> list[Finding]:
    """The findings that stop the gate."""
    return [f for f in report.findings if report.blocks(f)]


def causes_first(findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Failures that follow from no other, and those that do; where all do, of each other, none is put aside."""
    first = [finding for finding in findings if not finding.follows_from]
    return (first, [finding for finding in findings if finding.follows_from]) if first else (findings, [])


def why(check: Check | None) -> str:
    """Why a check matters: the first paragraph of its documentation."""
    return by_text(" ".join(check.doc.split("\n\n", maxsplit=1)[0].split())) if check else ""


def counts_line(report: Report) -> str:
    """``34 checks on 3 hosts, 4 routes: 118 passed · 3 failed · 11 unknown``."""
    checks = counted(len({f.check for f in report.findings}), "check")
    whole = f"{checks} on {', '.join(population(report)) or 'nothing'}: "
    return whole + (" · ".join(in_words(report.counts)) or "no verdict")


def in_words(counts: Mapping[str, int]) -> list[str]:
    """``118 passed``, ``3 failed``, ``1 warning``: the numbers by status that are not nothing."""
    return [
        counted(counts[status], word) if status in (Status.WARN, Status.ERROR) else f"{counts[status]:,} {word}"
        for status, word in STATUS_WORDS.items()
        if counts.get(status)
    ]


def route_counts(route: RouteState | ProfileState) -> str:
    """``2 blockers, 1 warning, 2 unknown``; what stands between a route and a start."""
    waived = route.waived
    lesser, unknown = route.failed - len(route.blockers) - waived.failed, route.unknown - waived.unknown
    parts = [
        counted(len(route.blockers), "blocker") if route.blockers else "",
        f"{lesser:,} lesser failed" if lesser > 0 else "",
        counted(route.warned, "warning") if route.warned else "",
        f"{unknown:,} unknown" if unknown else "",
        str(waived) if route.verdict != "ready" else "",  # there it is said with the verdict
    ]
    return ", ".join(part for part in parts if part)


def moves_ready(report: Report, profile: str) -> str:
    """``2 of 13 moves ready``; empty where all moves of the kind are, or there is but one."""
    verdicts = [state.verdict for route in report.routes for state in route.profiles if state.profile == profile]
    ready = verdicts.count("ready")
    return "" if ready == len(verdicts) or len(verdicts) < 2 else f"{ready or 'none'} of {len(verdicts):,} moves ready"


def sentence(report: Report) -> str:
    """The verdict in a sentence."""
    stops, missing = len(blockers(report)), sum(map(report.lacks, report.findings))
    what, verdicts = _judged(report)
    stopped = verdicts.count("not ready")
    open_ = f" {counted(missing, 'verdict')} could not be given." if missing else ""
    if report.nobody_read and report.verdict == "incomplete":
        return f"No host could be read.{open_}"
    of_routes = f" {stopped:,} of {counted(len(verdicts), what)}" if report.routes else " the move"
    match report.verdict:
        case "ready":
            warned = report.counts.get(Status.WARN.value, 0)
            limit = ", as far as judged" if as_far_as(report) else ""
            limit += f", {AS_FAR}" if report.chosen else ""
            known = f" {counted(warned, 'warning')} to know of." if warned else ""
            nothing = "Nothing but what is waived" if report.waived.findings else "Nothing"
            return f"{nothing} stands in the way{limit}.{known}"
        case "not ready":
            if report.routes and not stopped:
                return f"{counted(stops, 'blocker')}, and none of them on a route.{open_}"
            return f"{counted(stops, 'blocker')} {'stops' if stops == 1 else 'stop'}{of_routes}.{open_}"
        case "interrupted":
            return f"The run was ended early; what had been read by then is judged.{open_}"
        case _:
            stops_nothing = f"Nothing that was judged stops{' a route' if report.routes else ' the move'}.{open_}"
            return stops_nothing if missing else unready(report)


def _judged(report: Report) -> tuple[str, list[str]]:
    """What a verdict is counted of, and those verdicts: routes; of several kinds of move, each kind on its routes."""
    if len(report.readiness) > 1:
        return "move", [state.verdict for route in report.routes for state in route.profiles]
    return "route", [route.verdict for route in report.routes]


def unready(report: Report) -> str:
    """Why nothing is ready although no verdict is missing."""
    if not any(report.counts.get(status.value, 0) for status in GIVEN):
        return "Nothing was judged."
    if report.nobody_read:
        return "No host could be read."
    return "A kind of move was judged by nothing." if report.routes else "No move is planned, so none is ready."
