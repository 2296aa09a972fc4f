"""Shapes of a picture, and texts that fit into them: plain SVG, made without looking at a font.

Every shape reads without style: what is missing is dashed, what is not known is dotted, and a letter stands beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.text import one_line
from scanner.api import Status, spoken, tell

SIZE = 12
"""of letters, in pixels"""
NARROW, WIDE = frozenset("iljtfrI.,:;|!'()[]/-‐ "), frozenset("mwMWO@%—…QGD")
DASHES = {"missing": "7 4", "unknown": "2 4", "": ""}
"""Forms of lines: dashed what is missing, dotted what is not known, solid what is there."""
LETTERS = {
    Status.PASS: "P",
    Status.FAIL: "F",
    Status.WARN: "W",
    Status.UNKNOWN: "?",
    Status.ERROR: "E",
    Status.NOT_APPLICABLE: "–",
}
NOT_JUDGED = "·"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; its place is where its base line starts, or where its middle is."""

    x: int
    y: int
    text: str
    css: str = ""
    anchor: str = "start"
    size: int = SIZE


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A line, or a small filled form."""

    d: str
    dash: str = ""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """The letter of a status in the form of it; its place is the middle."""

    x: int
    y: int
    letter: str
    form: str
    """round, square, pointed or dotted"""


Shape = Text | Box | Path | Badge
KINDS: dict[type[Shape], str] = {Text: "text", Box: "box", Path: "path", Badge: "badge"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Shapes that are one thing, and what it is in words."""

    title: str
    css: str
    shapes: Sequence[Shape]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture."""

    id: str
    title: str
    said: str
    """what it shows, in sentences"""
    width: int
    height: int
    drawn: Sequence[Drawn] = field(default_factory=tuple)


def kind(shape: Shape) -> str:
    """What a shape is, as templates ask."""
    return KINDS[type(shape)]


def css_of(status: Status | None) -> str:
    """The class that has a status's colour."""
    return status.lower() if status else "unjudged"


def badge(x: int, y: int, status: Status | None) -> Badge:
    """The letter of a status."""
    forms = {Status.PASS: "round", Status.FAIL: "square", Status.WARN: "pointed", Status.ERROR: "square"}
    return Badge(x, y, LETTERS[status] if status else NOT_JUDGED, forms.get(status, "dotted") if status else "round")


def width_of(text: str, size: int = SIZE) -> float:
    """How wide a text may be at most in any usual font without serifs, be it bold."""
    return size * sum(map(_em, text))


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA" or ord(char) > 0x2FFF:
        return 1.1
    if unicodedata.combining(char):
        return 0.0
    if char in NARROW:
        return 0.42
    return 1.15 if char in WIDE else (0.82 if char.isupper() else 0.7)


def fit(text: str, width: float, size: int = SIZE) -> str:
    """The text on one line, cut where it is too wide; all of it stands in the table."""
    line = one_line(spoken(text)[:200], 200)
    if width_of(line, size) <= width:
        return line
    room, kept = width - size, 0
    for char in line:
        room -= size * _em(char)
        if room < 0:
            break
        kept += 1
    return f"{line[:kept].rstrip()}…"


def lines_in(texts: Iterable[str], most: int) -> list[str]:
    """So many texts, and how many more there are."""
    found = list(texts)
    return found if len(found) <= most else [*found[: most - 1], tell("and {rest:,} more", rest=len(found) - most + 1)]


def arrow(start: int, end: int, y: int, dash: str = "") -> tuple[Path, Path]:
    """A horizontal line with a point at its end."""
    back = end - 8 if end > start else end + 8
    return Path(f"M{start} {y}H{end}", dash), Path(f"M{end} {y}L{back} {y - 4}V{y + 4}z", filled=True)
