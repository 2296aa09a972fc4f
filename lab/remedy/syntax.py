"""Reads the little of PowerShell in which remedies are written, strictly: what else stands there is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.words.quoting import PIECE, QUOTES, unquote

TOKEN = re.compile(
    rf"""
      (?P<space>[ \t]+|`\n)
    | (?P<comment>\#[^\n]*)
    | (?P<end>[\n;])
    | (?P<string>'(?:[^{QUOTES}]|[{QUOTES}]{{2}})*')
    | (?P<double>"[^"$`\n]*")
    | (?P<char>\[char\]\d+|\[char\]::ConvertFromUtf32\(\d+\))
    | (?P<open>@\{{|@\(|[({{])
    | (?P<close>[)}}])
    | (?P<member>(?<=[)\w])\.(?=[A-Za-z])\w+)
    | (?P<variable>\$\w+)
    | (?P<parameter>-(?=[A-Za-z])\w+:?)
    | (?P<mark>[,|=+])
    | (?P<word>[^\s'"(){{}},;|=]+)
    """,
    re.VERBOSE,
)


class NotReadError(ValueError):
    """A text that is no command as remedies write them."""


@dataclass(frozen=True)
class Text:
    """A constant; `quoted` tells a literal from a bare word."""

    value: str
    quoted: bool = True


@dataclass(frozen=True)
class Items:
    """Values with commas between, or `@(...)`."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """`@{Name = value; ...}`."""

    values: dict[str, Value]


@dataclass(frozen=True)
class Variable:
    """`$name`; `$true`, `$false` and `$null` among them."""

    name: str


@dataclass(frozen=True)
class Sum:
    """`a + b`."""

    parts: tuple[Value, ...]


@dataclass(frozen=True)
class Member:
    """`(...).Name`."""

    of: Value
    name: str


@dataclass(frozen=True)
class Block:
    """`{ ... }`."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Command:
    """One command; an argument without a name stands by its place, a switch has no value."""

    name: str
    arguments: tuple[tuple[str, Value | None], ...]


@dataclass(frozen=True)
class Pipeline:
    """Commands that hand on what they give."""

    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Statement:
    """A pipeline or a value, kept under a name where one is given; the comment behind it is for people."""

    what: Value
    keep: str = ""
    comment: str = ""
    text: str = ""


Value = Text | Items | Table | Variable | Sum | Member | Block | Pipeline
Token = tuple[str, str, int]


def statements(script: str) -> tuple[Statement, ...]:
    """The statements of a text. Raises NotReadError."""
    reader = _Reader(tuple(_tokens(script)), script)
    found = reader.statements(until="")
    return tuple(found)


def _tokens(script: str) -> Iterator[Token]:
    place = 0
    while place < len(script):
        match = TOKEN.match(script, place)
        if match is None or match.lastgroup is None:
            raise NotReadError(f"{script[place : place + 30]!r} is not understood")
        if match.lastgroup != "space":
            yield match.lastgroup, match[0], place
        place = match.end()


class _Reader:
    def __init__(self, tokens: tuple[Token, ...], script: str) -> None:
        self.tokens, self.script, self.place = tokens, script, 0

    def peek(self) -> tuple[str, str]:
        kind, text, _ = self.tokens[self.place] if self.place < len(self.tokens) else ("", "", 0)
        return kind, text

    def take(self) -> tuple[str, str]:
        found = self.peek()
        self.place += 1
        return found

    def expect(self, text: str) -> None:
        if self.take()[1] != text:
            raise NotReadError(f"{text!r} is missing")

    def statements(self, until: str) -> Iterator[Statement]:
        while True:
            kind, text = self.peek()
            if text == until and kind in ("", "close"):
                return
            if kind in ("end", "comment"):
                self.place += 1
                continue
            if not kind:
                raise NotReadError(f"{until!r} is missing")
            begin = self.tokens[self.place][2]
            keep = self._kept()
            what = self.whole()
            kind, text = self.peek()
            end = self.tokens[self.place][2] if kind else len(self.script)
            comment = text.lstrip("# ") if kind == "comment" else ""
            if kind not in ("end", "comment", "") and text != until:
                raise NotReadError(f"{text!r} stands where a command should end")
            yield Statement(what, keep, comment, self.script[begin:end].strip())

    def _kept(self) -> str:
        following = self.tokens[self.place : self.place + 2]
        if len(following) == 2 and following[0][0] == "variable" and following[1][1] == "=":
            self.place += 2
            return following[0][1][1:].casefold()
        return ""

    def whole(self) -> Value:
        """What may stand as a statement or in parentheses: a pipeline, else a value."""
        kind, text = self.peek()
        if kind == "word" and re.match(r"[A-Za-z]", text):
            commands = [self.command()]
            while self.peek()[1] == "|":
                self.place += 1
                commands.append(self.command())
            return Pipeline(tuple(commands))
        return self.value()

    def command(self) -> Command:
        kind, name = self.take()
        if kind != "word":
            raise NotReadError(f"{name or 'the end'!r} stands where a command should")
        given: list[tuple[str, Value | None]] = []
        while True:
            kind, text = self.peek()
            if kind in ("", "end", "comment", "close") or text == "|":
                return Command(name, tuple(given))
            if kind == "parameter":
                self.place += 1
                given.append((text.strip("-:"), None if self._is_switch(colon=text.endswith(":")) else self.value()))
            else:
                given.append(("", self.value()))

    def _is_switch(self, *, colon: bool) -> bool:
        kind, text = self.peek()
        return not colon and (kind in ("", "end", "comment", "close", "parameter") or text == "|")

    def value(self) -> Value:
        values = [self.sum()]
        while self.peek()[1] == ",":
            self.place += 1
            values.append(self.sum())
        return values[0] if len(values) == 1 else Items(tuple(values))

    def sum(self) -> Value:
        parts = [self.one()]
        while self.peek() == ("mark", "+"):
            self.place += 1
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Sum(tuple(parts))

    def one(self) -> Value:
        found = self._one()
        while self.peek()[0] == "member":
            found = Member(found, self.take()[1][1:])
        return found

    def _one(self) -> Value:
        kind, text = self.take()
        match kind, text:
            case "string", _:
                return Text(unquote(text))
            case "double", _:
                return Text(text[1:-1])
            case "char", _ if PIECE.fullmatch(text):
                return Text(unquote(text))
            case "variable", _:
                return Variable(text[1:].casefold())
            case "word", _:
                return Text(text, quoted=False)
            case "open", "{":
                block = Block(tuple(self.statements("}")))
                self.expect("}")
                return block
            case "open", "@{":
                return self._table()
            case "open", _:
                inner = self.whole()
                self.expect(")")
                return inner if text == "(" or isinstance(inner, Items) else Items((inner,))
            case _:
                raise NotReadError(f"{text or 'the end'!r} stands where a value should")

    def _table(self) -> Table:
        values: dict[str, Value] = {}
        while True:
            while self.peek()[0] == "end":
                self.place += 1
            if self.peek()[1] == "}":
                self.place += 1
                return Table(values)
            kind, text = self.take()
            if kind not in ("string", "word"):
                raise NotReadError(f"{text!r} is no name of a table")
            self.expect("=")
            values[unquote(text) if kind == "string" else text] = self.whole()
