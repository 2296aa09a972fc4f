"""What both the terminal and the page say about a report as a whole: verdict, counts, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from reports.kinds_of_word import numbered
from reports.names import population
from reports.reach import as_far_as
from scanner.api import (
    AS_FAR,
    Check,
    Finding,
    ProfileState,
    Report,
    RouteState,
    Status,
    by_text,
    counted,
    joined,
    plural,
    tell,
)

STATUS_WORDS = {
    Status.PASS: tell("passed"),
    Status.FAIL: tell("failed", within="verdict"),
    Status.WARN: tell("warning"),
    Status.NOT_APPLICABLE: tell("not applicable"),
    Status.UNKNOWN: tell("unknown"),
    Status.ERROR: tell("error"),
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
    whole = tell(
        "{checks} on {population}: ", checks=checks, population=joined(", ", population(report)) or tell("nothing")
    )
    return whole + (joined(" · ", in_words(report.counts)) or tell("no verdict"))


def in_words(counts: Mapping[str, int]) -> list[str]:
    """``118 passed``, ``3 failed``, ``1 warning``: the numbers by status that are not nothing."""
    return [
        counted(counts[status], "warning")
        if status is Status.WARN
        else counted(counts[status], "error")
        if status is Status.ERROR
        else numbered(counts[status], word)
        for status, word in STATUS_WORDS.items()
        if counts.get(status)
    ]


def route_counts(route: RouteState | ProfileState) -> str:
    """``2 blockers, 1 warning, 2 unknown``; what stands between a route and a start."""
    waived = route.waived
    lesser, unknown = route.failed - len(route.blockers) - waived.failed, route.unknown - waived.unknown
    parts = [
        counted(len(route.blockers), "blocker") if route.blockers else "",
        tell("{lesser:,} lesser failed", lesser=lesser) if lesser > 0 else "",
        counted(route.warned, "warning") if route.warned else "",
        plural(unknown, "{number:,} unknown", "{number:,} unknown") if unknown else "",
        str(waived) if route.verdict != "ready" else "",  # there it is said with the verdict
    ]
    return joined(", ", (part for part in parts if part))


def moves_ready(report: Report, profile: str) -> str:
    """``2 of 13 moves ready``; empty where all moves of the kind are, or there is but one."""
    verdicts = [state.verdict for route in report.routes for state in route.profiles if state.profile == profile]
    ready = verdicts.count("ready")
    if ready == len(verdicts) or len(verdicts) < 2:
        return ""
    if not ready:
        return tell("none of {count:,} moves ready", count=len(verdicts))
    return tell("{ready} of {count:,} moves ready", ready=ready, count=len(verdicts))


def sentence(report: Report) -> str:
    """The verdict in a sentence."""
    missing = sum(map(report.lacks, report.findings))
    open_ = tell(" {verdicts} could not be given.", verdicts=counted(missing, "verdict")) if missing else ""
    if report.nobody_read and report.verdict == "incomplete":
        return tell("No host could be read.{open}", open=open_)
    match report.verdict:
        case "ready":
            return _free(report)
        case "not ready":
            return _stopped(report, open_)
        case "interrupted":
            return tell("The run was ended early; what had been read by then is judged.{open}", open=open_)
        case _ if not missing:
            return unready(report)
        case _:
            return (
                tell("Nothing that was judged stops a route.{open}", open=open_)
                if report.routes
                else tell("Nothing that was judged stops the move.{open}", open=open_)
            )


def _free(report: Report) -> str:
    """That nothing stands in the way, as far as that is known."""
    warned = report.counts.get(Status.WARN.value, 0)
    limits = (tell("as far as judged") if as_far_as(report) else "", AS_FAR if report.chosen else "")
    nothing = (
        tell("Nothing but what is waived stands in the way")
        if report.waived.findings
        else tell("Nothing stands in the way")
    )
    said = joined(", ", filter(None, (nothing, *limits)))
    if not warned:
        return tell("{sentence}.", sentence=said)
    return tell("{sentence}. {warnings} to know of.", sentence=said, warnings=counted(warned, "warning"))


def _stopped(report: Report, open_: str) -> str:
    """What stops how much."""
    stops = len(blockers(report))
    verdicts = [state.verdict for route in report.routes for state in route.profiles]
    if len(report.readiness) <= 1:
        verdicts = [route.verdict for route in report.routes]
    stopped = verdicts.count("not ready")
    if not report.routes:
        return plural(
            stops, "{number:,} blocker stops the move.{open}", "{number:,} blockers stop the move.{open}", open=open_
        )
    if not stopped:
        return tell("{blockers}, and none of them on a route.{open}", blockers=counted(stops, "blocker"), open=open_)
    whole = counted(len(verdicts), "move") if len(report.readiness) > 1 else counted(len(verdicts), "route")
    return plural(
        stops,
        "{number:,} blocker stops {stopped:,} of {moves}.{open}",
        "{number:,} blockers stop {stopped:,} of {moves}.{open}",
        stopped=stopped,
        moves=whole,
        open=open_,
    )


def unready(report: Report) -> str:
    """Why nothing is ready although no verdict is missing."""
    if not any(report.counts.get(status.value, 0) for status in GIVEN):
        return tell("Nothing was judged.")
    if report.nobody_read:
        return tell("No host could be read.")
    return (
        tell("A kind of move was judged by nothing.")
        if report.routes
        else tell("No move is planned, so none is ready.")
    )
