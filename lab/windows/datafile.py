"""Reads PowerShell data files (.pssc, .psrc, .psd1): hashtables, arrays, strings, numbers, constants, comments.

Nothing is run: a variable, a command or an expression is a mistake, as PowerShell's restricted language has it.
"""

from __future__ import annotations

import re
from typing import Any

TOKEN = re.compile(
    r"(?P<space>[ \t\r\ufeff]+|`\r?\n|#[^\n]*|<\#.*?\#>)|(?P<line>\n|;)|(?P<open>@\{|@\()|(?P<close>[})])"
    r"|(?P<sign>[=,])|(?P<single>'(?:[^']|'')*')|(?P<double>\"(?:[^\"`]|`.|\"\")*\")"
    r"|(?P<constant>\$(?:true|false|null)\b)|(?P<number>-?\d+(?:\.\d+)?\b)|(?P<word>[A-Za-z_][\w-]*)",
    re.DOTALL | re.IGNORECASE,
)
CONSTANTS = {"$true": True, "$false": False, "$null": None}
BACKTICKS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


class DataFileError(ValueError):
    """Not a PowerShell data file; the text says where."""


def parse(text: str) -> dict[str, Any]:
    """The hashtable of a data file. Raises DataFileError."""
    reader = _Reader(_tokens(text))
    reader.skip_lines()
    value = reader.element()
    reader.skip_lines()
    if not isinstance(value, dict) or reader.tokens:
        raise DataFileError("a data file is one hashtable")
    return value


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
            return text[1:-1].replace("''", "'")
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
            quoted = self.peek()[0] != "word"
            key = str(self.element()) if quoted else self.next("word")
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
