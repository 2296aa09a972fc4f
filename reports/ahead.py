"""Until when verdicts hold where nobody touches anything, and whether a report looks ahead, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from reports.kinds_of_word import verdict as word_of
from reports.names import Names
from reports.reach import MOVES
from reports.text import one_line
from scanner.api import ProfileState, Report, RouteState, Until, by_text, spoken, tell

MINUTE = timedelta(minutes=1)
GOES_BY_ITSELF = "not ready"
"""Where what was ready is so no longer, that needs no word."""


def looks_ahead(report: Report) -> str:
    """That the report is about a later instant than the record; empty where it is not. Without its full stop."""
    if report.at is None:
        return ""
    read, at = _minute(report.finished), _minute(report.at)
    return tell(
        "A look ahead: judged as of {at}, from what was read until {read}, as if nothing else changed", at=at, read=read
    )


def holds(report: Report, names: Names, *, aloud: bool = True) -> tuple[str, ...]:
    """Until when the verdict holds, and those of kinds of move that hold otherwise. Without their full stops.

    ``aloud``: the verdict of the run in capitals, as on a terminal.
    """
    return tuple(_lines(report, names, loud(report.verdict) if aloud else word_of(report.verdict)))


def until_of_kind(report: Report, names: Names, state: ProfileState) -> str:
    """``until 2026-12-03 09:00 UTC: the key expires (KEY-03, hv01)``; what ends it only where it is not the run's."""
    until = report.turns.of(profile=state.profile)
    if until is None:
        return tell("no date is known that ends it") if state.verdict == "ready" else ""
    if _same(until, report.until):
        return tell("until {shown}", shown=_shown(state.verdict, until))
    return _line("", state.verdict, until, names)


def of_run(report: Report, names: Names, verdict: str) -> Iterator[str]:
    """Until when the verdict of the run holds, and that of its gate where it is another. Without their full stops."""
    run, gate = report.until, report.turns.gate
    if run is not None:
        yield _line(verdict, report.verdict, run, names)
    if report.baseline and gate and gate != run:
        yield _line(
            tell("the gate, which passes over what is known, {gate}", gate=word_of(report.gate)),
            report.gate,
            gate,
            names,
        )
    elif report.baseline and run and not gate:
        yield tell("that is the verdict; of the gate, which passes over what is known, no turn is known")


def loud(verdict: str) -> str:
    """The verdict in capitals, in the language that is spoken now."""
    return spoken(word_of(verdict)).upper()


def _lines(report: Report, names: Names, verdict: str) -> Iterator[str]:
    yield from of_run(report, names, verdict)
    for state in report.readiness if len(report.readiness) > 1 else ():
        of_kind = report.turns.of(profile=state.profile)
        if of_kind is not None and of_kind != report.until:
            yield _line(
                tell("{moves} {verdict}", moves=MOVES[state.profile], verdict=word_of(state.verdict)),
                state.verdict,
                of_kind,
                names,
            )


def _line(what: str, verdict: str, until: Until, names: Names) -> str:
    when = tell("until {shown}", shown=_shown(verdict, until))
    if verdict != "ready" or until.verdict != GOES_BY_ITSELF:
        when = tell("{when}, then {verdict}", when=when, verdict=word_of(until.verdict))
    whose = tell("{check}, {names}", check=until.check, names=names.title(until.subject))
    why = tell("{when}: {until} ({whose})", when=when, until=by_text(until.words), whose=whose)
    return one_line(tell("{what} {why}", what=what, why=why) if what else why)


def of_move(report: Report, route: RouteState, state: ProfileState | None = None, *, bare: bool = False) -> str:
    """``ready until 2026-12-03 09:00 UTC``, of a route or one kind of move on it; empty where it is said of all."""
    profile = state.profile if state else ""
    until = report.turns.of(route.source, route.destination, profile)
    return holding(report, (state or route).verdict, until, profile, bare=bare)


def holding(report: Report, verdict: str, until: Until | None, profile: str, *, bare: bool = False) -> str:
    """``ready until 2026-12-03 09:00 UTC``; empty where it is said of the run or of the kind of move.

    ``bare``: without the verdict, beside which it stands.
    """
    if until is None or _same(until, report.until) or _same(until, report.turns.of(profile=profile)):
        return ""
    when = tell("until {shown}", shown=_shown(verdict, until))
    return when if bare else tell("{verdict} {when}", verdict=word_of(verdict), when=when)


def _same(one: Until, other: Until | None) -> bool:
    return other is not None and (one.time, one.verdict) == (other.time, other.verdict)


def _shown(verdict: str, until: Until) -> str:
    """The minute: of what ends it is never later than it is true, of what begins never earlier."""
    whole = until.time.replace(second=0, microsecond=0)
    return _minute(whole if verdict == "ready" or whole == until.time else whole + MINUTE)


def _minute(time: datetime) -> str:
    return tell("{time:%Y-%m-%d %H:%M} UTC", time=time.astimezone(UTC))
