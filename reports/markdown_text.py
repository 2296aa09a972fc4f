"""Text for Markdown as GitHub, GitLab and Azure DevOps read it: words stay words, all else is shown as it is, in code.

Behind a backslash a sign is none to Markdown; but what makes links, mentions and references of the result reads that,
not the signs: ``@name``, ``#123``, ``GH-123``, an address, the number of a commit. It leaves code alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reports.text import one_line
from scanner.api import spoken

CELL = 300
"""Characters of a text in a table."""
LEAD, TAIL = (
    r"(?:[(\"'“„]|«\N{NO-BREAK SPACE})*",
    r"(?:[)\"'”“.,;:?!…]|\N{NO-BREAK SPACE}[»:]|\N{NARROW NO-BREAK SPACE}[;?!])*",
)
TOKEN = re.compile(rf"({LEAD})(.*?)({TAIL})")
"""What a sentence has before and behind a word, and the word."""
NUMBER = r"\d{1,6}|\d{1,3}(?:[.,\N{NARROW NO-BREAK SPACE}]\d{3})+|\d+\.\d+|\d{4}-\d\d-\d\d|\d\d:\d\d(?::\d\d)?"
WORD = re.compile(rf"{NUMBER}|(?!(?i:www)|[0-9a-f]{{7,}}\Z)[^\W\d_]+(?:[-’'][^\W\d_]+)*|[-=–—→↔·]")
"""What may stand there as it is: nobody takes it for a sign, an address, or the number of anything."""

EAST = re.compile(r"([\u3000-\u30ff\u3400-\u9fff\uff00-\uff60]+)")
"""Signs of East Asia, between which no blank stands: no sign of Markdown, and none that becomes a link, is one."""
LIST = re.compile(r"\d+[.)].*|-")
"""What would begin a list at the beginning of a line."""


def prose(text: str, limit: int = CELL) -> str:
    """A text of words on one line; whatever is no word is in code."""
    found: list[tuple[str, str, str, bool]] = []
    line = one_line(text, limit)
    if EAST.search(line):
        return "".join(part if place % 2 else _spaced(part) for place, part in enumerate(EAST.split(line)))
    for token in line.split(" "):
        parts = TOKEN.fullmatch(token)
        lead, core, tail = parts.groups() if parts else ("", token, "")
        plain = not core or (WORD.fullmatch(core) is not None and (bool(found) or not LIST.fullmatch(core + tail)))
        if found and not plain and not lead and found[-1][3] and not found[-1][2]:
            before = found.pop()
            lead, core = before[0], f"{before[1]} {core}"
        found.append((lead, core, tail, not plain))
    return " ".join(f"{lead}{_code(core) if is_code else core}{tail}" for lead, core, tail, is_code in found)


def _spaced(part: str) -> str:
    """What stands between signs of East Asia, with the blanks on its sides."""
    inner = part.strip(" ")
    before = part[: len(part) - len(part.lstrip(" "))]
    return before + (prose(inner) if inner else "") + part[len(before) + len(inner) :]


def code(text: str, limit: int = CELL) -> str:
    """A name or a value, as it is."""
    line = one_line(text, limit)
    return _code(line) if line else ""


def _code(line: str) -> str:
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    side = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{side}{line}{side}{fence}"


def row(cells: Iterable[str]) -> str:
    """A row of a table; a line between cells that stands in one is set apart."""
    return f"| {' | '.join(spoken(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table with an empty line behind it; nothing where it has no row."""
    lines = [row(cells) for cells in rows]
    names = list(head)
    return [row(names), row("---" for _ in names), *lines, ""] if lines else []
