"""How our texts say things: counts, values, near misses, and why the system or a library could not do something.

People read them who know Windows, and neither this program nor the language it is written in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import date, time
from typing import cast

from scanner.words import telling

counted = telling.counted

READABLE = frozenset("\n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
"""What is no letter and may stay, no-break spaces where a language sets them."""
SET = re.compile(
    r"\N{NO-BREAK SPACE}(?=[:%»…])|(?<=«)\N{NO-BREAK SPACE}|\N{NARROW NO-BREAK SPACE}(?=[;?!%…])"
    r"|(?<=\d)\N{NARROW NO-BREAK SPACE}(?=\d{3})"
)
"""No-break spaces of French: at its signs, and between digits. Anywhere else one hides that two names differ."""
PLAIN = {
    "→": "->",
    "↔": "<->",
    "✖": "x",
    "·": "-",
    "…": "...",
    "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ",
}
"""How signs of ours are spelt where the encoding has none of them."""


SENTENCE = re.compile(r"[A-Z][a-z']+,? ")


def is_sentence(line: str) -> bool:
    """Whether a line of a remedy is for a person to do: a sentence begins with a word, a command with a cmdlet."""
    return SENTENCE.match(line) is not None


def lasting(seconds: float) -> str:
    """``0.4 s``, ``6 s``, ``59 s``: a time that was waited, at least 0; below 10 s with one decimal, or one digit."""
    if seconds >= 9.95:
        return telling.tell("{seconds:.0f} s", seconds=seconds)
    if seconds >= 0.095:
        return telling.tell("{seconds:g} s", seconds=round(seconds, 1))
    return telling.tell("{seconds:.1g} s", seconds=seconds if seconds >= 0.001 else 0)


def show(value: object) -> str:
    """A value as the file would hold it, short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 64:
        value = hex(value)  # decimal digits have a limit
    text = f'"{value}"' if isinstance(value, str) else _inside(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= 60 else text[:57] + "..."


def _inside(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(show, cast('list[object]', value)))}]"
    if isinstance(value, dict):
        pairs = (f"{key} = {show(inner)}" for key, inner in cast("dict[str, object]", value).items())
        return f"{{ {', '.join(pairs)} }}"
    return str(value)


def near(word: str, known: Iterable[str]) -> str:
    """The nearest known word, or nothing."""
    found = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean "..."?`` for the nearest known word, or nothing."""
    found = near(word, known)
    return f'; did you mean "{found}"?' if found else ""


KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number with a fraction"),
    (str, "text"),
    (list, "a list"),
    (dict, "a table"),
    ((date, time), "a date or a time"),
)


def kind(value: object) -> str:
    """What a value of a file is, in words."""
    return next((words for types, words in KINDS if isinstance(value, types)), "nothing")


def reason(error: BaseException) -> str:
    """Why something could not be done, in the words of the system and never in those of the language."""
    if isinstance(error, OSError):
        return error.strerror or str(error) or telling.tell("the system gives no reason")
    if isinstance(error, UnicodeError):
        return telling.tell("it is no text in an encoding that is read here")
    return telling.tell("no file can have that name") if isinstance(error, ValueError) else str(error)


TERMS = {
    "int": "a number", "float": "a number", "str": "text", "bool": "true or false", "array": "a list",
    "object": "a table", "null": "nothing", "datetime": "a date",
}  # fmt: skip
PLACE = re.compile(r"(.*?)(?: - at `(?:key` in `)?\$(.*)`)?", re.DOTALL)
DECODING: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    ("Expected `(.+)`, got `(.+)`", lambda m: f"{_terms(m[2])} stands where {_terms(m[1])} belongs"),
    ("Expected `(.+)` (.+)", lambda m: f"{_terms(m[1])} does not fit ({m[2]})"),
    ("Object missing required field `(.+)`", lambda m: f'"{m[1]}" is missing'),
    ("Object contains unknown field `(.+)`", lambda m: f"{show(m[1])} is not known"),
    ("Invalid enum value '?(.*?)'?", lambda m: f"{show(m[1])} is no word or number that is known there"),
    ("Invalid RFC3339 encoded .*", lambda _: "a date is not written as one"),
    ("Integer value out of range", lambda _: "a number is too large"),
    (r"JSON is malformed: .*\(byte (\d+)\)", lambda m: f"it is no JSON from octet {m[1]} on"),
    ("Input data was truncated", lambda _: "it ends early"),
)
"""What the library that decodes files says, and how we say it."""


def decoding(text: str) -> str:
    """Why a file could not be decoded, with the key: ``answers.at: text stands where a date belongs``."""
    found = PLACE.fullmatch(text)
    said, path = (found[1], found[2] or "") if found else (text, "")
    place = path.replace("[...]", "").strip(".")
    for pattern, words in DECODING:
        match = re.fullmatch(pattern, said, re.DOTALL)
        if match:
            return f"{place}: {words(match)}" if place else words(match)
    return f"{place}: its form is wrong" if place else "its form is wrong"


def _terms(names: str) -> str:
    return " or ".join(dict.fromkeys(TERMS.get(name, "another kind of value") for name in names.split(" | ")))


def visible(text: str) -> str:
    """The text with every character that acts or hides written out as an escape; line ends and tabs stay."""
    if text.isprintable():
        return text
    ours = {found.start() for found in SET.finditer(text)}
    return "".join(char if place in ours else _visible(char) for place, char in enumerate(text))


def _visible(char: str) -> str:
    if char.isprintable() or char in "\n\t":
        return char
    code = ord(char)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"


def sayable(text: str, encoding: str) -> str:
    """The text as far as the encoding can hold it: our own signs are spelt, anything else is written as an escape."""
    for sign, plain in PLAIN.items():
        if sign in text and not sign.encode(encoding, "ignore"):
            text = text.replace(sign, plain)
    return text.encode(encoding, "backslashreplace").decode(encoding)


def foreign(text: str, limit: int) -> str:
    """A foreign text for people: one line, nothing a console acts on, short. It may still hold a secret."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
