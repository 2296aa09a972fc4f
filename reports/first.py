"""What to do first, in words: the actions that free most moves, each with whose work it is and what it frees."""

from __future__ import annotations

from dataclasses import dataclass

from reports.names import NAMED, Names
from reports.text import one_line
from scanner.api import Action, Report, counted

SHOWN = 5
"""So many actions are told; the JSON report has all of them."""

LOOK = "find out"
"""Stands in place of whose work it is, where nobody knows yet what there is to mend."""

KNOWN = "as far as is known"
"""Of a move of which something could not be judged: a failure may show there."""

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


def first(report: Report, names: Names) -> tuple[list[First], str]:
    """The first actions, and what is said of the others.

    Nothing where one action is all there is to do, or none mends anything: what could not be judged, and what to do
    about that, has a chapter of its own.
    """
    if len(report.actions) < 2 or all(action.reads for action in report.actions):
        return [], ""
    rest = report.actions[SHOWN:]
    mends, reads = sum(not action.reads for action in rest), sum(action.reads for action in rest)
    parts = [
        counted(mends, "more action") if mends else "",
        f"{counted(reads, 'more thing')} to find out" if reads else "",
    ]
    told = " and ".join(filter(None, parts))
    return [_first(action, names) for action in report.actions[:SHOWN]], told


def _first(action: Action, names: Names) -> First:
    about = ", ".join(_called(one, names) for one in action.about[:NAMED])
    if len(action.about) > NAMED:
        about += f" and {len(action.about) - NAMED:,} more"
    words = one_line(action.words, 200)
    who = action.who or (LOOK if action.reads else "")
    return First(who, one_line(action.check, 40), one_line(about, 100), words, _frees(action))


def _called(about: str, names: Names) -> str:
    """A machine by its short name, also where two stand for a route or a pair."""
    for link in LINKS:
        if link in about:
            return link.join(map(names.host, about.split(link)))
    return names.host(about)


def _frees(action: Action) -> str:
    reach = action.reach
    moves = f"of {counted(reach.of, 'move')}"
    if action.reads:
        waiting = f"{reach.waiting:,} {moves} {'waits' if reach.waiting == 1 else 'wait'} for it"
        return f"lets {reach.frees:,} {moves} be judged" if reach.frees else waiting
    gain = reach.frees + reach.unsure
    if not gain:
        return f"{reach.waiting:,} {moves} {'waits' if reach.waiting == 1 else 'wait'} for it"
    with_those = "" if reach.alone == gain else " with those above"
    if not reach.frees:
        return f"frees {gain:,} {moves}{with_those}, {KNOWN}"
    more = f", and {reach.unsure:,} more {KNOWN}" if reach.unsure else ""
    return f"frees {reach.frees:,} {moves}{with_those}{more}"
