"""PowerShell data files (.pssc, .psrc, .psd1): hashtables, arrays, strings, numbers, constants, comments.

Nothing in them is run: a variable, a command or an expression is a mistake, as PowerShell's restricted language has it.
What is written here is read again and compared with what was meant before anybody gets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from scanner.words.inert import places
from scanner.words.quoting import QUOTES, quoted, unquoted

Data = str | bool | int | list["Data"] | dict[str, "Data"]
"""What a data file can say."""

TOKEN = re.compile(
    r"(?P<space>[ \t\r\ufeff]+|`\r?\n|#[^\n]*|<\#.*?\#>)|(?P<line>\n|;)|(?P<open>@\{|@\()|(?P<close>[})])"
    rf"|(?P<sign>[=,])|(?P<single>[{QUOTES}](?:[^{QUOTES}]|[{QUOTES}]{{2}})*[{QUOTES}])"
    r"|(?P<double>\"(?:[^\"`$]|`.|\"\")*\")"
    r"|(?P<constant>\$(?:true|false|null)\b)|(?P<number>-?\d+(?:\.\d+)?\b)|(?P<word>[A-Za-z_][\w-]*)",
    re.DOTALL | re.IGNORECASE,
)
CONSTANTS = {"$true": True, "$false": False, "$null": None}
BACKTICKS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
APART = '#:`$"\u201c\u201d\u201e'
"""What gets a backtick: the signs of commands, and what begins something, or ends it, between double quotes."""
WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
WIDTH = 110
"""Columns up to which a value stands on one line."""


class DataFileError(ValueError):
    """Not a PowerShell data file; the text says where."""


def write(comment: str, table: Mapping[str, Data]) -> str:
    """A data file that says this table under a comment, and nothing else.

    Raises:
        DataFileError: a text in it cannot be written as a constant.
    """
    if not comment.isprintable():
        raise DataFileError("a comment is one line")
    try:
        text = f"# {comment}\n{_written(table, 0)}\n"
    except ValueError as error:
        raise DataFileError(str(error)) from None
    if parse(text) != table:
        raise DataFileError(f"the table cannot be written: {ascii(table)[:200]}")
    return text


def _written(value: object, depth: int) -> str:
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _constant(value)
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        rows = [
            f"{key if WORD.fullmatch(key) else _constant(key)} = {_written(item, depth + 1)}"
            for key, item in table.items()
        ]
        return _together("@{", rows, "}", depth)
    return _together("@(", [_written(item, depth + 1) for item in cast("list[object]", value)], ")", depth)


def _constant(text: str) -> str:
    """A text between quotes; one that would be a command to whoever runs a job has its signs told apart.

    Only between double quotes is there a way to say so: a backtick before a sign, which then stands for itself.
    """
    if not places(text) or not text.isprintable():
        return quoted(text)
    return '"' + re.sub(f"[{APART}]", r"`\g<0>", text) + '"'


def _together(begin: str, parts: list[str], end: str, depth: int) -> str:
    """On one line where that is short, the file's own table never."""
    flat = f"{begin} {('; ' if begin == '@{' else ', ').join(parts)} {end}" if parts else begin + end
    if depth and len(flat) <= WIDTH and "\n" not in flat:
        return flat
    indent = "    " * depth
    rows = ("\n" if begin == "@{" else ",\n").join(f"{indent}    {part}" for part in parts)
    return f"{begin}\n{rows}\n{indent}{end}"


def parse(text: str) -> dict[str, Any]:
    """The hashtable of a data file. Raises DataFileError."""
    reader = _Reader(_tokens(text))
    reader.skip_lines()
    value = reader.element()
    reader.skip_lines()
    if not isinstance(value, dict) or reader.tokens:
        raise DataFileError("a data file is one hashtable")
    return cast("dict[str, Any]", value)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None:
            raise DataFileError(f"line {text.count(chr(10), 0, place) + 1}: {text[place : place + 20]!r}")
        if token.lastgroup != "space":
            found.append((str(token.lastgroup), token[0]))
        place = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens

    def peek(self) -> tuple[str, str]:
        return self.tokens[0] if self.tokens else ("end", "")

    def next(self, *kinds: str) -> str:
        kind, text = self.peek()
        if kind not in kinds:
            raise DataFileError(f"{text or 'the end'!r} where {' or '.join(kinds)} belongs")
        self.tokens.pop(0)
        return text

    def skip_lines(self) -> None:
        while self.peek()[0] == "line":
            self.tokens.pop(0)

    def element(self) -> Any:
        kind, text = self.peek()
        if (kind, text) == ("open", "@{"):
            return self.table()
        if kind == "open":
            return self.array()
        text = self.next("single", "double", "constant", "number", "word")
        if kind == "single":
            return unquoted(text)
        if kind == "double":
            plain = text[1:-1].replace('""', '"')
            return re.sub(r"`(.)", lambda m: BACKTICKS.get(m[1], m[1]), plain, flags=re.DOTALL)
        if kind == "constant":
            return CONSTANTS[text.lower()]
        if kind == "number":
            return float(text) if "." in text else int(text)
        raise DataFileError(f"{text!r} is no constant")

    def value(self) -> Any:
        """One element, or several with commas between them: a list."""
        first = self.element()
        if self.peek() != ("sign", ","):
            return first
        items = [first]
        while self.peek() == ("sign", ","):
            self.next("sign")
            self.skip_lines()
            items.append(self.element())
        return items

    def table(self) -> dict[str, Any]:
        self.next("open")
        entries: dict[str, Any] = {}
        self.skip_lines()
        while self.peek()[0] != "close":
            in_quotes = self.peek()[0] != "word"
            key = str(self.element()) if in_quotes else self.next("word")
            if key.casefold() in (known.casefold() for known in entries):
                raise DataFileError(f"{key} stands there twice")
            if self.next("sign") != "=":
                raise DataFileError(f"= is missing after {key}")
            self.skip_lines()
            entries[key] = self.value()
            if self.peek()[0] != "close":
                self.next("line")
                self.skip_lines()
        self.next("close")
        return entries

    def array(self) -> list[Any]:
        self.next("open")
        items: list[Any] = []
        self.skip_lines()
        while self.peek()[0] != "close":
            value = self.value()
            items += value if isinstance(value, list) else [value]
            self.skip_lines()
        self.next("close")
        return items
