"""What to do first, in words: the actions that free most moves, each with whose work it is and what it frees."""

from __future__ import annotations

from dataclasses import dataclass

from reports.names import NAMED, Names
from reports.text import one_line
from scanner.api import Action, Report, counted

SHOWN = 5
"""So many actions are told; the JSON report has all of them."""

LINKS = (" → ", " ↔ ")


@dataclass(frozen=True, slots=True)
class First:
    """One action for people."""

    who: str
    check: str
    """empty where something is to be read"""
    about: str
    words: str
    frees: str
    """what it frees, without full stop"""


def first(report: Report, names: Names) -> tuple[list[First], str]:
    """The first actions, and what is said of the others; nothing where one action is all there is to do."""
    if len(report.actions) < 2:
        return [], ""
    rest = report.actions[SHOWN:]
    mends, reads = sum(not action.reads for action in rest), sum(action.reads for action in rest)
    parts = [counted(mends, "more action") if mends else "", f"{counted(reads, 'more thing')} to read" if reads else ""]
    told = " and ".join(filter(None, parts))
    return [_first(action, names) for action in report.actions[:SHOWN]], told


def _first(action: Action, names: Names) -> First:
    about = ", ".join(_called(one, names) for one in action.about[:NAMED])
    if len(action.about) > NAMED:
        about += f" and {len(action.about) - NAMED:,} more"
    words = action.words if not action.reads or action.words.startswith(about) else f"was not read: {action.words}"
    return First(action.who, one_line(action.check, 40), one_line(about, 100), one_line(words, 200), _frees(action))


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
    if not reach.frees:
        return f"{reach.waiting:,} {moves} {'waits' if reach.waiting == 1 else 'wait'} for it"
    with_those = "" if reach.alone == reach.frees else " with those above"
    return f"frees {reach.frees:,} {moves}{with_those}"
