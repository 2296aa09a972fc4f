"""Until when verdicts hold where nobody touches anything, and whether a report looks ahead, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from reports.names import Names
from reports.reach import MOVES
from reports.text import one_line
from scanner.api import ProfileState, Report, RouteState, Until

MINUTE = timedelta(minutes=1)
GOES_BY_ITSELF = "not ready"
"""Where what was ready is so no longer, that needs no word."""


def looks_ahead(report: Report) -> str:
    """That the report is about a later instant than the record; empty where it is not. Without its full stop."""
    if report.at is None:
        return ""
    read, at = _minute(report.finished), _minute(report.at)
    return f"A look ahead: judged as of {at}, from what was read until {read}, as if nothing else changed"


def holds(report: Report, names: Names, *, aloud: bool = True) -> tuple[str, ...]:
    """Until when the verdict holds, and those of kinds of move that hold otherwise. Without their full stops.

    ``aloud``: the verdict of the run in capitals, as on a terminal.
    """
    return tuple(_lines(report, names, report.verdict.upper() if aloud else report.verdict))


def until_of_kind(report: Report, names: Names, state: ProfileState) -> str:
    """``until 2026-12-03 09:00 UTC: the key expires (KEY-03, hv01)``; what ends it only where it is not the run's."""
    until = report.turns.of(profile=state.profile)
    if until is None:
        return "no date is known that ends it" if state.verdict == "ready" else ""
    if _same(until, report.until):
        return f"until {_shown(state.verdict, until)}"
    return _line("", state.verdict, until, names)


def of_run(report: Report, names: Names, verdict: str) -> Iterator[str]:
    """Until when the verdict of the run holds, and that of its gate where it is another. Without their full stops."""
    run, gate = report.until, report.turns.gate
    if run is not None:
        yield _line(verdict, report.verdict, run, names)
    if report.baseline and gate and gate != run:
        yield _line(f"the gate, which passes over what is known, {report.gate}", report.gate, gate, names)
    elif report.baseline and run and not gate:
        yield "that is the verdict; of the gate, which passes over what is known, no turn is known"


def _lines(report: Report, names: Names, verdict: str) -> Iterator[str]:
    yield from of_run(report, names, verdict)
    for state in report.readiness if len(report.readiness) > 1 else ():
        of_kind = report.turns.of(profile=state.profile)
        if of_kind is not None and of_kind != report.until:
            yield _line(f"{MOVES[state.profile]} {state.verdict}", state.verdict, of_kind, names)


def _line(what: str, verdict: str, until: Until, names: Names) -> str:
    then = "" if verdict == "ready" and until.verdict == GOES_BY_ITSELF else f", then {until.verdict}"
    whose = f"{until.check}, {names.title(until.subject)}"
    return one_line(f"{what} until {_shown(verdict, until)}{then}: {until.words} ({whose})")


def of_move(report: Report, route: RouteState, state: ProfileState | None = None) -> str:
    """``ready until 2026-12-03 09:00 UTC``, of a route or one kind of move on it; empty where it is said of all."""
    profile = state.profile if state else ""
    until = report.turns.of(route.source, route.destination, profile)
    return holding(report, (state or route).verdict, until, profile)


def holding(report: Report, verdict: str, until: Until | None, profile: str) -> str:
    """``ready until 2026-12-03 09:00 UTC``; empty where it is said of the run or of the kind of move."""
    if until is None or _same(until, report.until) or _same(until, report.turns.of(profile=profile)):
        return ""
    return f"{verdict} until {_shown(verdict, until)}"


def _same(one: Until, other: Until | None) -> bool:
    return other is not None and (one.time, one.verdict) == (other.time, other.verdict)


def _shown(verdict: str, until: Until) -> str:
    """The minute: of what ends it is never later than it is true, of what begins never earlier."""
    whole = until.time.replace(second=0, microsecond=0)
    return _minute(whole if verdict == "ready" or whole == until.time else whole + MINUTE)


def _minute(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
