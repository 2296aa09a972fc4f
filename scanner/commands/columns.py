"""Text in columns: beside its head, and as wide as the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from scanner.words.wording import is_sentence

LEAST = 30
"""Columns that a text gets, however narrow the terminal."""


def hung(head: str, text: str, width: int) -> str:
    """The text beside its head; what does not fit goes on below its beginning. A word is never broken.

    Line ends of the text are blanks: a machine may be called by a name with some, and none begins a line of ours.
    """
    room = max(width - len(head), LEAST)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return head + f"\n{' ' * len(head)}".join(lines)


def steps(head: str, remedy: str, width: int) -> Iterator[str]:
    """What to do, a line or a sentence at a time: commands as they are, to be copied."""
    for line in remedy.splitlines():
        yield hung(head, line, width) if is_sentence(line) else head + line
        head = " " * len(head)
