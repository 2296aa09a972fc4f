"""What to do first, in words: the actions that free most moves, each with whose work it is and what it frees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports import kinds_of_word
from reports.names import NAMED, Names
from reports.text import one_line
from scanner.api import Action, Actor, Report, counted, joined, plural, tell

SHOWN = 5
"""So many actions are told where nothing else is said; the JSON report has all of them."""

LOOK = tell("find out")
"""Stands in place of whose work it is, where nobody knows yet what there is to mend."""

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
        tell("{things} to find out", things=counted(reads, "more thing")) if reads else "",
    ]
    told = tell("{mends} and {reads}", mends=parts[0], reads=parts[1]) if all(parts) else parts[0] or parts[1]
    return [_first(action, names) for action in report.actions[:shown]], told


def _first(action: Action, names: Names) -> First:
    about = "" if action.findings and all(subject == RUN for _, subject in action.findings) else _about(action, names)
    words = one_line(action.words, 200)
    who = kinds_of_word.who(action.who) if action.who else LOOK if action.reads else ""
    return First(who, one_line(action.check, 40), one_line(about, 100), words, _frees(action))


def _about(action: Action, names: Names) -> str:
    about = joined(", ", (_called(one, names) for one in action.about[:NAMED]))
    return (
        about
        if len(action.about) <= NAMED
        else tell("{about} and {rest:,} more", about=about, rest=len(action.about) - NAMED)
    )


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
        who=kinds_of_word.who(actor.who) if actor.who else LOOK,
        things=counted(len(actions), "thing") if reads else counted(len(actions), "action"),
        waits=_wait(actor.waiting, counted(actor.of, "incomplete move") if reads else counted(actor.of, "move")),
        first=replace(_first(actions[0], names), frees=_by_itself(actions[0])),
    )


def _by_itself(action: Action) -> str:
    """``frees 2 to 3 of 35 moves`` where nothing else is done: the more if what could not be judged is as it should."""
    reach = action.reach
    most = reach.frees + reach.unsure
    if action.reads:
        return _frees(action)
    if not most or reach.alone != most:
        return (
            tell("frees {alone:,} of {moves}", alone=reach.alone, moves=counted(reach.of, "move"))
            if reach.alone
            else tell("frees none by itself")
        )
    moves = counted(reach.of, "move")
    if not reach.unsure:
        return tell("frees {most:,} of {moves}", most=most, moves=moves)
    if not reach.frees:
        return tell("frees at most {most:,} of {moves}", most=most, moves=moves)
    return tell("frees {frees:,} to {most:,} of {moves}", frees=reach.frees, most=most, moves=moves)


def _wait(number: int, moves: str) -> str:
    return plural(number, "{number:,} of {moves} waits for it", "{number:,} of {moves} wait for it", moves=moves)


def _called(about: str, names: Names) -> str:
    """A machine by its short name, also where two stand for a route or a pair."""
    for link in LINKS:
        if link in about:
            return link.join(map(names.host, about.split(link)))
    return names.host(about)


def _frees(action: Action) -> str:
    reach = action.reach
    whole, gain = counted(reach.of, "move"), reach.frees + reach.unsure
    if action.reads and reach.frees:
        return tell("lets {frees:,} of {moves} be judged", frees=reach.frees, moves=whole)
    if action.reads or not gain:
        return _wait(reach.waiting, whole)
    sure = reach.frees or gain
    frees = (
        tell("frees {sure:,} of {moves}", sure=sure, moves=whole)
        if reach.alone == gain
        else tell("frees {sure:,} of {moves} with those above", sure=sure, moves=whole)
    )
    if not reach.frees:
        return tell("{frees}, as far as is known", frees=frees)
    if reach.unsure:
        return tell("{frees}, and {unsure:,} more as far as is known", frees=frees, unsure=reach.unsure)
    return frees


def every(report: Report, names: Names) -> list[First]:
    """All actions, for a table that has room for them."""
    return [_first(action, names) for action in report.actions]
