"""What gives way where there is no room for all: what is needed least is shortened first, and first left out."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from reports.terminal_words import hanging
from scanner.api import inert

Lines = list[Text]
Choices = Sequence[Lines]
"""Ways to say the same, from the whole of it to the shortest; all of them are empty where there is nothing to say."""


def fitted(parts: Sequence[Choices], room: int) -> list[Lines]:
    """How each part is said so that all keep within so many lines; they come by how much each is needed.

    None is told at more length while another that is needed as much has not had its turn. The shortest ways of the
    first parts have to fit.
    """
    at = [len(choices) - 1 for choices in parts]
    taken = [choices[-1] for choices in parts]
    for place in reversed(range(len(parts))):
        if _size(taken) > room:
            taken[place], at[place] = [], len(parts[place])
    grown = True
    while grown:
        grown = False
        for place, choices in enumerate(parts):
            free = room - _size(taken) + len(taken[place])
            longer = next((n for n in reversed(range(at[place])) if len(choices[n]) <= free), None)
            if longer is not None:
                at[place], taken[place], grown = longer, choices[longer], True
    return taken


def _size(taken: Sequence[Lines]) -> int:
    return sum(map(len, taken))


def cut(text: Text, console: Console) -> Text:
    """On one line; what does not fit is cut, with a sign for it. A command that is made none takes a column more."""
    short = text.copy()
    short.truncate(console.width, overflow="ellipsis")
    short.truncate(console.width - len(inert(short.plain)) + len(short.plain), overflow="ellipsis")
    return short


def within(most: int, head: Text, text: Text, console: Console) -> Lines:
    """On so many lines at most; what does not fit is cut, with a sign for it."""
    lines = list(hanging(head, text, console))
    if len(lines) <= most:
        return lines
    lines[most - 1] = cut(lines[most - 1].append(" …" + " " * console.width), console)
    lines[most - 1].rstrip()
    return lines[:most]
