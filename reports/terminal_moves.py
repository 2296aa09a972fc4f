"""The first lines on a terminal: each kind of move with its routes, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from reports.ahead import of_move
from reports.names import Names
from reports.reach import MOVES
from reports.summary import route_counts, sentence
from reports.text import one_line
from scanner.api import ProfileState, Report, RouteState, counted

MOVES_SHOWN = 20
"""So many moves are told one by one, of all kinds together."""
NARROWEST, NARROW = 40, 72
"""Columns that lines are fitted into at least, and from which on the kind of move is a column of its own."""
STYLES = {"ready": "bold green", "not ready": "bold red", "incomplete": "bold magenta", "interrupted": "bold magenta"}
ORDER = ("not ready", "incomplete", "ready")

Move = tuple[str, ProfileState, str]
"""What a route is called, how ready one kind of move is on it, and what is to say of that."""


def routes(report: Report, names: Names, console: Console) -> Iterator[Text]:
    """A line a move, those of one kind together; where none is planned, a line for each of several kinds."""
    if report.verdict == "interrupted" or not report.routes:
        verdict = Text(f"{upper(report)}   ", STYLES[report.verdict])
        yield from hanging(verdict, Text(sentence(report)), console)
    kinds = _by_kind(report, names)
    each = max(1, MOVES_SHOWN // max(1, len(kinds)))
    shown = [move for moves in kinds for move in moves[:each]]
    wide = max((len(title) for title, _, _ in shown), default=0)
    verdicts = max((len(state.said) for _, state, _ in shown), default=0)
    column = max((len(MOVES[state.profile]) for _, state, _ in shown), default=0) + 3
    for moves in kinds:
        kind, indent = MOVES[moves[0][1].profile], column
        if console.width < NARROW:
            yield Text(kind, "bold")
            kind, indent = "", 2
        for title, state, told in moves[:each]:
            head = Text(kind.ljust(indent)).append(upper(state).ljust(verdicts + 3), STYLES[state.verdict])
            yield from hanging(head, Text(f"{title.ljust(wide)}   ").append(told, "dim"), console)
            kind = ""
        if rest := moves[each:]:
            more = f"… and {counted(len(rest), 'more move')}: {_tally(rest)}"
            yield from hanging(Text(" " * indent), Text(more), console)
    yield Text()


def upper(state: ProfileState | Report) -> str:
    """``READY, 2 waived``: the verdict aloud."""
    return state.verdict.upper() + state.said.removeprefix(state.verdict)


def _by_kind(report: Report, names: Names) -> list[list[Move]]:
    """The moves of each kind, worst first."""
    titles = [one_line(f"{names.host(route.source)} → {names.host(route.destination)}") for route in report.routes]
    found: list[list[Move]] = []
    for whole in report.readiness:
        moves = [
            (title, state, _told(report, route, state))
            for title, route in zip(titles, report.routes, strict=True)
            for state in route.profiles
            if state.profile == whole.profile
        ]
        if not moves and len(report.readiness) > 1:
            moves = [("all moves", whole, route_counts(whole))]
        found.append(sorted(moves, key=lambda move: ORDER.index(move[1].verdict)))
    return [moves for moves in found if moves]


def _told(report: Report, route: RouteState, state: ProfileState) -> str:
    until = of_move(report, route, state)
    return ", ".join(filter(None, (route_counts(state), until.removeprefix(f"{state.verdict} "))))


def _tally(moves: Sequence[Move]) -> str:
    verdicts = Counter(state.verdict for _, state, _ in moves)
    return ", ".join(f"{verdicts[verdict]:,} {verdict}" for verdict in ORDER if verdicts[verdict])


def hanging(head: Text, text: Text, console: Console) -> Iterator[Text]:
    """The text beside its head, broken at the width of the console."""
    indent = head.cell_len
    for number, part in enumerate(text.wrap(console, max(console.width - indent, NARROWEST // 2))):
        line = Text(" " * indent).append_text(part) if number else head.copy().append_text(part)
        line.rstrip()
        yield line
