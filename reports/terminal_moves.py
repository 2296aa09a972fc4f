"""The first lines on a terminal: each kind of move with its routes, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from reports.ahead import loud, of_move
from reports.groups import VERDICTS, alone, narrowed, of_kind, tally, title, until_of
from reports.kinds_of_word import numbered, verdict
from reports.names import Names
from reports.reach import MOVES
from reports.summary import route_counts, sentence
from reports.terminal_words import hanging, padded, widest, words
from reports.text import one_line
from scanner.api import GroupKind, GroupState, ProfileState, Report, RouteState, counted, joined, spoken, tell

MOVES_SHOWN = 20
"""So many moves are told one by one, of all kinds together."""
NARROW = 72
"""Columns from which on the kind of move is a column of its own."""
STYLES = {
    "ready": "bold green",
    "not ready": "bold red",
    "incomplete": "bold magenta",
    "interrupted": "bold magenta",
}

INNER = "  "
"""Stands before a move below the group that it is of."""
OPENED = 5
"""So many moves of one group are told below it, the worst first."""


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of move on a route, or as it was declared between groups."""

    title: str
    state: ProfileState
    told: str
    """what is to say of it"""
    inner: Sequence[Move] = ()
    """the moves from host to host below one of groups"""


def routes(report: Report, names: Names, console: Console, *, whole: bool = False) -> Iterator[Text]:
    """A line a move, those of one kind together; where none is planned, a line for each of several kinds.

    Groups stand there as they were declared, and the moves from host to host below them where they differ; ``whole``:
    below each of them.
    """
    if report.estate:
        yield from hanging(Text(), words(one_line(report.estate, 100), "bold"), console)
    if report.verdict == "interrupted" or not report.routes:
        aloud = Text(f"{upper(report)}   ", STYLES[report.verdict])
        yield from hanging(aloud, words(sentence(report)), console)
    kinds = _by_kind(report, names, whole=whole)
    each = max(1, MOVES_SHOWN // max(1, len(kinds)))
    opened = [_opened(moves[:each], each, whole=whole) for moves in kinds]
    shown = [one for entries in opened for move, below, _ in entries for one in (move, *below)]
    wide = widest(move.title for move in shown)
    verdicts = widest(upper(move.state) for move in shown)
    column = widest(MOVES[move.state.profile] for move in shown) + 3
    for moves, entries in zip(kinds, opened, strict=True):
        kind, indent = MOVES[moves[0].state.profile], column
        if console.width < NARROW:
            yield words(kind, "bold")
            kind, indent = "", 2
        for move, below, rest in entries:
            for one in (move, *below):
                head = Text(padded(kind, indent))
                head.append(padded(upper(one.state), verdicts + 3), STYLES[one.state.verdict])
                said = Text(padded(one.title, wide + 3)).append(spoken(one.told), "dim")
                yield from hanging(head, said, console)
                kind = ""
            yield from _more(rest, Text(" " * (indent + verdicts + 3 + len(INNER))), console)
        yield from _more(moves[each:], Text(" " * indent), console)
    yield Text()


def _opened(moves: Sequence[Move], room: int, *, whole: bool) -> list[tuple[Move, Sequence[Move], Sequence[Move]]]:
    """Each move with those below it that are shown, and those that are not; none below where there is no room."""
    found: list[tuple[Move, Sequence[Move], Sequence[Move]]] = []
    for move in moves:
        below = move.inner[: MOVES_SHOWN if whole else OPENED] if whole or room > 0 else ()
        found.append((move, below, move.inner[len(below) :] if below else ()))
        room -= len(below)
    return found


def _more(rest: Sequence[Move], head: Text, console: Console) -> Iterator[Text]:
    """How many moves are not told one by one."""
    if rest:
        more = tell("… and {moves}: {tally}", moves=counted(len(rest), "more move"), tally=_tally(rest))
        yield from hanging(head, words(more), console)


def upper(state: ProfileState | Report) -> str:
    """``READY, 2 waived``: the verdict aloud, as it is said."""
    return spoken(state.said).replace(spoken(verdict(state.verdict)), loud(state.verdict), 1)


def _by_kind(report: Report, names: Names, *, whole: bool) -> list[list[Move]]:
    """The moves of each kind, worst first."""
    single, found = alone(report), list[list[Move]]()
    for kind in report.readiness:
        moves = [
            *(_group(report, names, group, state, whole=whole)
              for group in report.groups for state in group.profiles if state.profile == kind.profile),
            *(_route(report, names, route, state)
              for route in single for state in route.profiles if state.profile == kind.profile),
        ]  # fmt: skip
        if not moves and len(report.readiness) > 1:
            moves = [Move(tell("all moves"), kind, route_counts(kind))]
        found.append(sorted(moves, key=lambda move: VERDICTS.index(move.state.verdict)))
    return [moves for moves in found if moves]


def _route(report: Report, names: Names, route: RouteState, state: ProfileState, side: str = "") -> Move:
    told = joined(", ", filter(None, (route_counts(state), of_move(report, route, state, bare=True))))
    title = one_line(f"{names.host(route.source)} → {names.host(route.destination)}")
    return Move(side + title, state, told)


def _group(report: Report, names: Names, group: GroupState, state: GroupKind, *, whole: bool) -> Move:
    until = until_of(report, group, state, bare=True)
    counts = joined(", ", filter(None, (route_counts(state), until)))
    told = joined("; ", filter(None, (narrowed(group), tally(state.numbers), counts)))
    moves = of_kind(group, state.profile)
    opened = len(moves) > 1 and (whole or len({one.verdict for _, one in moves}) > 1)
    inner = [_route(report, names, *move, side=INNER) for move in moves] if opened else []
    return Move(title(group, names), state, told, inner)


def _tally(moves: Sequence[Move]) -> str:
    verdicts = Counter(move.state.verdict for move in moves)
    told = ((verdicts[word], verdict(word)) for word in VERDICTS)
    return joined(", ", (numbered(number, word) for number, word in told if number))
