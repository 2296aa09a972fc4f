"""The WHERE clause of WMI queries (-Filter): = <> != < > <= >= LIKE, IS NULL, AND OR NOT, parentheses.

Strings compare without case; a comparison with a null property is false, but for = NULL and <> NULL.
A property the class does not have, and anything that does not parse, is an invalid query, as in WMI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lab.windows.machine import Row

Test = Callable[[Row], bool]
TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><>|!=|<=|>=|=|<|>|\(|\))|(?P<word>[A-Za-z_]\w*))"
)


class InvalidQuery(ValueError):  # noqa: N818 - WMI's name of it
    """0x80041017."""


def parse(text: str, properties: set[str]) -> Test:
    """The test a filter means, for a class with these properties. Raises InvalidQuery."""
    known = {p.casefold() for p in properties}
    return _Parser(list(_tokens(text)), known).whole()


def _tokens(text: str) -> Iterator[tuple[str, Any]]:
    place = 0
    while place < len(text.rstrip()):
        found = TOKEN.match(text, place)
        if not found:
            raise InvalidQuery(text[place:])
        kind = str(found.lastgroup)
        value: Any = found[kind]
        if kind == "string":
            value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
        elif kind == "number":
            value = float(value) if "." in value else int(value)
        elif kind == "word" and value.upper() in ("AND", "OR", "NOT", "LIKE", "IS", "NULL", "TRUE", "FALSE"):
            kind, value = "key", value.upper()
        yield kind, value
        place = found.end()


class _Parser:
    def __init__(self, tokens: list[tuple[str, Any]], known: set[str]) -> None:
        self.tokens = tokens
        self.known = known

    def whole(self) -> Test:
        test = self.any_of()
        if self.tokens:
            raise InvalidQuery(str(self.tokens[0][1]))
        return test

    def any_of(self) -> Test:
        parts = [self.all_of()]
        while self.take("key", "OR"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else lambda row: any(part(row) for part in parts)

    def all_of(self) -> Test:
        parts = [self.one()]
        while self.take("key", "AND"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else lambda row: all(part(row) for part in parts)

    def one(self) -> Test:
        if self.take("key", "NOT"):
            inner = self.one()
            return lambda row: not inner(row)
        if self.take("sign", "("):
            inner = self.any_of()
            if not self.take("sign", ")"):
                raise InvalidQuery("unbalanced parentheses")
            return inner
        return self.comparison()

    def comparison(self) -> Test:
        kind, name = self.next()
        if kind != "word" or name.casefold() not in self.known:
            raise InvalidQuery(str(name))
        if self.take("key", "IS"):
            negative = self.take("key", "NOT")
            if not self.take("key", "NULL"):
                raise InvalidQuery("IS without NULL")
            return lambda row: (row.value(name) is None) != negative
        _, sign = self.next()
        kind, wanted = self.next()
        return _comparison(name, str(sign), kind, wanted)

    def next(self) -> tuple[str, Any]:
        if not self.tokens:
            raise InvalidQuery("it ends too early")
        return self.tokens.pop(0)

    def take(self, kind: str, value: str) -> bool:
        if self.tokens and self.tokens[0] == (kind, value):
            self.tokens.pop(0)
            return True
        return False


def _comparison(name: str, sign: str, kind: str, wanted: Any) -> Test:
    equal, unequal = sign == "=", sign in ("<>", "!=")
    if (kind, wanted) == ("key", "NULL") and (equal or unequal):
        return lambda row: (row.value(name) is None) == equal
    if (kind, wanted) in (("key", "TRUE"), ("key", "FALSE")) and (equal or unequal):
        return lambda row: row.value(name) is not None and (bool(row.value(name)) == (wanted == "TRUE")) == equal
    if sign == "LIKE" and kind == "string":
        pattern = like_pattern(wanted)
        return lambda row: row.value(name) is not None and pattern.fullmatch(str(row.value(name))) is not None
    if kind not in ("string", "number") or sign not in ("=", "<>", "!=", "<", ">", "<=", ">="):
        raise InvalidQuery(f"{name} {sign} {wanted}")
    return lambda row: _holds(row.value(name), sign, wanted)


def _holds(value: Any, sign: str, wanted: Any) -> bool:
    if value is None:
        return False
    if isinstance(value, list):
        raise InvalidQuery("a list cannot be compared")
    left, right = _comparable(value, wanted)
    return {
        "=": left == right, "<>": left != right, "!=": left != right,
        "<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right,
    }[sign]  # fmt: skip


def _comparable(value: Any, wanted: Any) -> tuple[Any, Any]:
    if isinstance(value, datetime):
        return value.strftime("%Y%m%d%H%M%S"), str(wanted)[:14]
    if isinstance(value, bool | int | float):
        try:
            return value, wanted if isinstance(wanted, int | float) else int(wanted)
        except ValueError as mistake:
            raise InvalidQuery(str(wanted)) from mistake
    return str(value).casefold(), str(wanted).casefold()


def like_pattern(text: str) -> re.Pattern[str]:
    """LIKE's wildcards: % any text, _ one character, [a-f] one of, [^a-f] none of."""
    parts = re.findall(r"\[\^?[^\]]+\]|.", text, flags=re.DOTALL)
    return re.compile("".join(map(_like_part, parts)), re.IGNORECASE | re.DOTALL)


def _like_part(part: str) -> str:
    if part in ("%", "_"):
        return ".*" if part == "%" else "."
    if len(part) > 1:
        negative = "^" if part[1] == "^" else ""
        inner = re.sub(r"([\\\[\]^&~|])", r"\\\1", part[1 + len(negative) : -1])
        return f"[{negative}{inner}]"
    return re.escape(part)
