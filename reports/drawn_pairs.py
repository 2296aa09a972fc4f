"""Lays out what leads from one to another: who has most of it stands on the left, and beside it all it has to do with.

No line crosses another: between two boxes stand the arrows of both directions, one below the other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from reports.drawing import SIZE, Box, Drawn, Path, Shape, Text, arrow, badge, css_of, fit
from scanner.api import Status

SIDE, MIDDLE, EDGE = 190, 560, 10
WIDTH = 2 * SIDE + MIDDLE + 2 * EDGE
LINE, ROW, GAP, PAD = 32, 17, 12, 9
"""Heights: of an arrow with its words, of a line of a box; and what is left between boxes and in them."""


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow between two boxes."""

    forth: bool
    """from left to right"""
    text: str
    title: str
    """all of it in words"""
    status: Status | None
    form: str = ""
    """missing, unknown, or nothing where it is there"""


@dataclass(frozen=True, slots=True)
class Named:
    """What stands in a box: a name, and what is to be said of it."""

    name: str
    more: Sequence[str] = ()
    form: str = ""
    status: Status | None = None
    judged: bool = False
    """whether its status is shown"""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A box on the right, and what leads to it and from it."""

    right: Named
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Block:
    """A box on the left, and all beside it."""

    left: Named
    rows: Sequence[Row] = ()


def starred(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Every pair once: who is in most of them first, with all others of its pairs; of two alike the earlier one."""
    left = list(dict.fromkeys(pairs))
    found: list[tuple[str, list[str]]] = []
    while left:
        number: dict[str, int] = {}
        for pair in left:
            for name in pair:
                number[name] = number.get(name, 0) + 1
        best = max(number, key=lambda name: number[name])
        found.append((best, [one if other == best else other for one, other in left if best in (one, other)]))
        left = [pair for pair in left if best not in pair]
    return found


def gathered(others: Sequence[str], key: Callable[[str], Hashable]) -> list[list[str]]:
    """Those of which the same is to be drawn, together."""
    same: dict[Hashable, list[str]] = {}
    for other in others:
        same.setdefault(key(other), []).append(other)
    return list(same.values())


def laid_out(blocks: Sequence[Block]) -> tuple[list[Drawn], int]:
    """What is drawn, and how high it is."""
    drawn: list[Drawn] = []
    y = EDGE
    for block in blocks:
        heights = [max(_height(row.right), len(row.lines) * LINE + PAD) for row in block.rows]
        whole = max(_height(block.left), sum(heights) + GAP * max(0, len(heights) - 1))
        drawn.append(_box(block.left, EDGE, y, whole))
        top = y
        for row, height in zip(block.rows, heights, strict=True):
            drawn.append(_box(row.right, EDGE + SIDE + MIDDLE, top, height))
            drawn += (_line(line, top + LINE * (place + 1) - 2) for place, line in enumerate(row.lines))
            top += height + GAP
        y += whole + GAP
    return drawn, y - GAP + EDGE


def _height(named: Named) -> int:
    return ROW * (1 + len(named.more)) + 2 * PAD


def _box(named: Named, x: int, y: int, height: int) -> Drawn:
    room = SIDE - 2 * PAD - (22 if named.judged else 0)
    shapes: list[Shape] = [Box(x, y, SIDE, height, named.form)]
    shapes.append(Text(x + PAD, y + PAD + SIZE, fit(named.name, room), "name"))
    for place, text in enumerate(named.more, 1):
        words = fit(text, SIDE - 2 * PAD, SIZE - 1)
        shapes.append(Text(x + PAD, y + PAD + SIZE + ROW * place, words, "sub", size=SIZE - 1))
    if named.judged:
        shapes.append(badge(x + SIDE - PAD - 9, y + PAD + 8, named.status))
    css = f"box {css_of(named.status)}" if named.judged else "box"
    return Drawn(named.title or named.name, css, shapes)


def _line(line: Line, y: int) -> Drawn:
    start, end = EDGE + SIDE, EDGE + SIDE + MIDDLE
    places = (start + 3, end - 3) if line.forth else (end - 3, start + 3)
    drawn: tuple[Path, Path] = arrow(*places, y, line.form)
    room = MIDDLE - 60
    text = Text(start + 34, y - 9, fit(line.text, room), "said")
    mark = badge(start + 18, y - 13, line.status)
    return Drawn(
        line.title,
        f"arrow {css_of(line.status)} {f'is-{line.form}' if line.form else ''}".strip(),
        [*drawn, mark, text],
    )
