"""Words on a terminal: in the language that is spoken, in columns as wide as its signs are.

A sign of East Asia takes two columns. What rich is given is plain text: it knows no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from reports.kinds_of_word import severity
from reports.summary import NAMED
from reports.text import one_line
from scanner.api import Severity, joined, spoken, tell

NARROWEST = 40
"""Columns that lines are fitted into at least."""
INDENT = 10
"""Columns before a field."""
TEXT, TITLE = 300, 120
"""Characters shown of what was seen or wanted, and of a subject's name."""
BEHIND = "not bold"
"""Behind a bold name: as a style of a text is that of all its parts."""


SEEN, WANTED = tell("seen", within="field"), tell("wanted", within="field")
WHY, WORKS = tell("why", within="field"), tell("works", within="field")
DO, WHO = tell("do", within="field"), tell("who", within="field")
ALSO, CHECKS = tell("also", within="field"), tell("checks", within="field")
FIELDS = (SEEN, WANTED, WHY, WORKS, DO, WHO, ALSO, CHECKS)
"""What is told of a finding, each in a word or two."""


def words(text: str, style: str = "") -> Text:
    """The text as it is said."""
    return Text(spoken(text), style)


def padded(text: str, width: int) -> str:
    """As it is said, with blanks behind it up to so many columns."""
    said = spoken(text)
    return said + " " * (width - cell_len(said))


def widest(texts: Iterable[str]) -> int:
    """The columns that the widest of these takes."""
    return max((cell_len(spoken(text)) for text in texts), default=0)


def named_bold(name: str, text: str) -> Text:
    """A name, and what is to be said of it."""
    return words(name, "bold").append(f"   {spoken(text)}", BEHIND)


def some(items: Sequence[str]) -> str:
    """The first of them, and how many are left."""
    more = [tell("{rest:,} more", rest=len(items) - NAMED)] if len(items) > NAMED else []
    return joined(", ", [*items[:NAMED], *more])


def hanging(head: Text, text: Text, console: Console) -> Iterator[Text]:
    """The text beside its head, broken at the width of the console."""
    indent = head.cell_len
    for number, part in enumerate(text.wrap(console, max(console.width - indent, NARROWEST // 2))):
        line = Text(" " * indent).append_text(part) if number else head.copy().append_text(part)
        line.rstrip()
        yield line


def head_of(word: str) -> Text:
    """What stands before a field: its word, in a column that has room for each of them."""
    return Text(" " * INDENT).append(padded(word, widest(FIELDS) + 2), "dim")


def entry(word: str, text: str, console: Console, limit: int = TEXT) -> Iterator[Text]:
    """A field of a finding on as many lines as it takes; nothing where there is nothing to say."""
    if text:
        yield from hanging(head_of(word), Text(one_line(text, limit)), console)


def beginning(sign: Text, check: str, degree: Severity | None = None) -> Text:
    """What stands before a finding: a sign, the check, and how much it matters where that is told."""
    head = sign.copy().append(f" {padded(one_line(check), INDENT - 3)} ", "bold")
    if degree is None:
        return head
    return head.append(padded(severity(degree), widest(map(severity, Severity)) + 2), "dim")


def named(title: str) -> str:
    """What a subject is called, as far as it is shown."""
    return one_line(title, TITLE)
