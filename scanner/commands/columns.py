"""Text in columns: beside its head, and as wide as the terminal; said in the language that was chosen."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from scanner.commands.speech import in_words
from scanner.words.told import parts_of
from scanner.words.wording import is_sentence

LEAST = 30
"""Columns that a text gets, however narrow the terminal."""
WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
"""Signs of East Asia: they take two columns each, and a line may end behind any of them."""
PIECES = re.compile(rf"\s+|{WIDE.pattern}[、。，．）」』】〉》！？：；]*|[^\s{WIDE.pattern[1:-1]}]+")


def cells(text: str) -> int:
    """The columns that a text takes."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def padded(text: str, width: int) -> str:
    """The text as it is said, with blanks behind it up to so many columns."""
    said = in_words(text)
    return said + " " * (width - cells(said))


def widest(texts: Iterable[str]) -> int:
    """The columns that the widest of these takes, as it is said."""
    return max((cells(in_words(text)) for text in texts), default=0)


def hung(head: str, text: str, width: int) -> str:
    """The text beside its head; what does not fit goes on below its beginning. A word is never broken.

    Line ends of the text are blanks: a machine may be called by a name with some, and none begins a line of ours.
    """
    said = in_words(head)
    room = max(width - cells(said), LEAST)
    return said + f"\n{' ' * cells(said)}".join(wrapped(in_words(text), room))


def wrapped(text: str, room: int) -> list[str]:
    """The lines of a text that are no wider than this, unless a word is."""
    if not WIDE.search(text):
        return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    lines = [""]
    for piece in PIECES.findall(text):
        part = " " if piece.isspace() else piece
        if cells(lines[-1] + part.rstrip()) > room and lines[-1].strip():
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines]


def filled(text: str, width: int) -> str:
    """A paragraph whose lines but the first begin four columns on."""
    said = in_words(text)
    if WIDE.search(said):
        return "\n    ".join(wrapped(said, max(width - 4, LEAST)))
    return textwrap.fill(said, width, subsequent_indent="    ", break_on_hyphens=False)


def steps(head: str, remedy: str, width: int) -> Iterator[str]:
    """What to do, a line or a sentence at a time: commands as they are, to be copied."""
    head = in_words(head)
    for line in remedy.splitlines():
        told = next((part for part in parts_of(remedy) if part == line), line)
        yield hung(head, told, width) if is_sentence(line) else head + line
        head = " " * cells(head)
