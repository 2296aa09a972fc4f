"""What to do first, in words: the actions that free most moves, each with whose work it is and what it frees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.names import NAMED, Names
from reports.text import one_line
from scanner.api import Action, Actor, Report, counted

SHOWN = 5
"""So many actions are told where nothing else is said; the JSON report has all of them."""

LOOK = "find out"
"""Stands in place of whose work it is, where nobody knows yet what there is to mend."""

KNOWN = "as far as is known"
"""Of a move of which something could not be judged: a failure may show there."""

RUN = "run"
"""The subject of what is to be done once for the whole estate, which needs no name."""

LINKS = (" → ", " ↔ ")


@dataclass(frozen=True, slots=True)
class First:
    """One action for people."""

    who: str
    """whose work it is, or that something is to be found out"""
    check: str
    """empty where something is to be read"""
    about: str
    words: str
    frees: str
    """what it frees, without full stop"""


def first(report: Report, names: Names, shown: int = SHOWN, least: int = 2) -> tuple[list[First], str]:
    """The first actions, and what is said of the others.

    Nothing where there are fewer than ``least``, for one alone needs no order, or none mends anything: what could not
    be judged, and what to do about that, has a chapter of its own.
    """
    if len(report.actions) < least or all(action.reads for action in report.actions):
        return [], ""
    rest = report.actions[shown:]
    mends, reads = sum(not action.reads for action in rest), sum(action.reads for action in rest)
    parts = [
        counted(mends, "more action") if mends else "",
        f"{counted(reads, 'more thing')} to find out" if reads else "",
    ]
    told = " and ".join(filter(None, parts))
    return [_first(action, names) for action in report.actions[:shown]], told


def _first(action: Action, names: Names) -> First:
    about = "" if action.findings and all(subject == RUN for _, subject in action.findings) else _about(action, names)
    words = one_line(action.words, 200)
    who = action.who or (LOOK if action.reads else "")
    return First(who, one_line(action.check, 40), one_line(about, 100), words, _frees(action))


def _about(action: Action, names: Names) -> str:
    about = ", ".join(_called(one, names) for one in action.about[:NAMED])
    return about if len(action.about) <= NAMED else f"{about} and {len(action.about) - NAMED:,} more"


@dataclass(frozen=True, slots=True)
class Doer:
    """Who has to act, for people: how much there is to do, how many moves wait for it, and what comes first of it."""

    who: str
    things: str
    """how many actions, or things to find out, are this one's"""
    waits: str
    first: First


def doers(report: Report, names: Names) -> list[Doer]:
    """Who has to act, whose action frees most first; nothing where nothing is known to mend."""
    if all(action.reads for action in report.actions):
        return []
    whose: dict[str, list[Action]] = {}
    for action in report.actions:
        whose.setdefault("" if action.reads else action.who, []).append(action)
    return [_doer(actor, whose[actor.who], names) for actor in report.actors]


def _doer(actor: Actor, actions: Sequence[Action], names: Names) -> Doer:
    reads = not actor.who
    return Doer(
        who=actor.who or LOOK,
        things=counted(len(actions), "thing" if reads else "action"),
        waits=_wait(actor.waiting, counted(actor.of, "incomplete move" if reads else "move")),
        first=replace(_first(actions[0], names), frees=_by_itself(actions[0])),
    )


def _by_itself(action: Action) -> str:
    """``frees 2 to 3 of 35 moves`` where nothing else is done: the more if what could not be judged is as it should."""
    reach = action.reach
    most = reach.frees + reach.unsure
    if action.reads:
        return _frees(action)
    if not most or reach.alone != most:
        return f"frees {reach.alone:,} of {counted(reach.of, 'move')}" if reach.alone else "frees none by itself"
    few = "" if not reach.unsure else f"{reach.frees:,} to " if reach.frees else "at most "
    return f"frees {few}{most:,} of {counted(reach.of, 'move')}"


def _wait(number: int, moves: str) -> str:
    return f"{number:,} of {moves} {'waits' if number == 1 else 'wait'} for it"


def _called(about: str, names: Names) -> str:
    """A machine by its short name, also where two stand for a route or a pair."""
    for link in LINKS:
        if link in about:
            return link.join(map(names.host, about.split(link)))
    return names.host(about)


def _frees(action: Action) -> str:
    reach = action.reach
    whole = counted(reach.of, "move")
    moves = f"of {whole}"
    if action.reads:
        return f"lets {reach.frees:,} {moves} be judged" if reach.frees else _wait(reach.waiting, whole)
    gain = reach.frees + reach.unsure
    if not gain:
        return _wait(reach.waiting, whole)
    with_those = "" if reach.alone == gain else " with those above"
    if not reach.frees:
        return f"frees {gain:,} {moves}{with_those}, {KNOWN}"
    more = f", and {reach.unsure:,} more {KNOWN}" if reach.unsure else ""
    return f"frees {reach.frees:,} {moves}{with_those}{more}"


def every(report: Report, names: Names) -> list[First]:
    """All actions, for a table that has room for them."""
    return [_first(action, names) for action in report.actions]
