"""The TOML of an estate file as tables and values, whatever the file holds."""

from __future__ import annotations

import errno
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from scanner.estate.mistakes import WIDEST, EstateError, Mistake
from scanner.estate.parser_words import PATHS, refused
from scanner.files.encodings import in_utf_8
from scanner.files.mixed_up import in_place_of_an_estate
from scanner.files.reading import read_file
from scanner.words.wording import reason, show

SIZE_LIMIT = 4 << 20
DEEPEST = 16
"""tables and lists inside each other; the form needs five"""
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\[^\n])*+"?+|'[^'\n]*+'?+)"""
_DOT = r"[ \t]*+\.[ \t]*+"
NO_UTF_8 = "is not UTF-8; save it as UTF-8"
NUL = "holds an octet of zero in line {line}, as no text does: is the file whole?"
ESCAPED = re.compile(r"[A-Za-z]:(?:[\\/][^\x00-\x1f]*)?[\b\t\n\f\r\x1b]")
"""A path of Windows in which a backslash and a letter became another sign."""
NO_FILE = "does not exist; hv-preflight init > estate.toml writes one"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file shall be, and what is said of one that is not there or is another."""

    what: str = "an estate file"
    no_file: str = NO_FILE
    other: Callable[[bytes], str] = in_place_of_an_estate
    """which of our files it is in place of that, and what to do with it"""


AN_ESTATE = Wanted()


def shallow(parts: int) -> re.Pattern[str]:
    """Matches a text up to its first key or table's name of more parts, wherever that stands.

    Comments and strings are passed over as the parser would; what it would not pass, such as a string without an end,
    is where it stops. Nothing is looked at twice, so that the time goes by the length.
    """
    return re.compile(
        r"(?:#[^\n]*+"
        r"""|"{3}(?:[^"\\]|\\.|"(?!""))*+"{0,5}+"""
        r"""|'{3}(?:[^']|'(?!''))*+'{0,5}+"""
        rf"|{_PART}(?:{_DOT}{_PART}){{0,{parts - 1}}}+(?!{_DOT}{_PART})"
        r"""|[^#"'\w-]++)*+""",
        re.ASCII | re.DOTALL,
    )


SHALLOW = shallow(DEEPEST)
"""The parser takes time and memory by the square of a key's parts, and no other thread runs meanwhile."""


def document(path: Path, wanted: Wanted = AN_ESTATE) -> dict[str, Any]:
    """The document in a file.

    Raises:
        EstateError: it cannot be read, is no TOML, or holds what no file of ours holds.
    """
    name = path.name or str(path)
    tables = _parsed(_text(path, name, wanted), name, wanted)
    odd = list(_odd(tables))
    if odd:
        raise EstateError(name, odd)
    return tables


def _text(path: Path, name: str, wanted: Wanted) -> str:
    try:
        data = read_file(path, SIZE_LIMIT)
    except FileNotFoundError:
        raise EstateError(name, [Mistake("", wanted.no_file)]) from None
    except OSError as error:
        why = f"cannot be read: {reason(error)}"
        if error.errno == errno.EFBIG:
            why = f"is larger than {SIZE_LIMIT >> 20} MiB: is it {wanted.what}?"
        raise EstateError(name, [Mistake("", why)]) from None
    try:
        data = in_utf_8(data)
        text = data.decode()
    except UnicodeError:
        raise EstateError(name, [Mistake("", wanted.other(data) or NO_UTF_8)]) from None
    other = wanted.other(data)
    if other:
        raise EstateError(name, [Mistake("", other)])
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise EstateError(name, [Mistake("", NO_UTF_8 if _is_utf_16(data) else NUL.format(line=line))])
    return text


def _is_utf_16(data: bytes) -> bool:
    """Whether every second octet, or nearly, is zero, as in UTF-16 without a mark; in a damaged file both are."""
    even, odd = (2 * part.count(0) > len(part) for part in (data[::2], data[1::2]))
    return even is not odd


def _parsed(text: str, name: str, wanted: Wanted) -> dict[str, Any]:
    try:
        known = SHALLOW.match(text)
        if known is None or known.end() < len(text):
            raise RecursionError
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = f"is no TOML: {refused(str(error), text)}"
    except RecursionError:
        why = f"is nested too deeply: is it {wanted.what}?"
    except (ValueError, OverflowError):
        why = "holds a number that is too long"
    raise EstateError(name, [Mistake("", why)])


def _odd(tables: dict[str, Any]) -> Iterator[Mistake]:
    """What no table of ours holds, and what lies behind could not bear: found without recursion.

    Of what a list or a table holds one thing is looked at after the other, and a name is cut: each item of a long list
    under a long name, named beforehand, takes memory by the square of the file.
    """
    waiting = [_inside("", tables)]
    while waiting:
        key, value = next(waiting[-1], ("", None))
        if value is None:
            waiting.pop()
        elif isinstance(value, Mistake):
            yield value
        elif len(waiting) >= DEEPEST:
            yield Mistake(key, "is nested too deeply")
        elif isinstance(value, dict | list):
            waiting.append(_inside(key, cast("dict[str, object] | list[object]", value)))
        elif isinstance(value, str) and "\0" in value:
            yield Mistake(key, "holds a character that no name and no path holds (NUL)")  # a secret may stand there
        elif isinstance(value, str) and ESCAPED.match(value):
            yield Mistake(key, f"holds a line end or a tab, as \\n and \\t in double quotes are; write {PATHS}")
        elif isinstance(value, int) and value.bit_length() > 63:
            yield Mistake(key, "is a number that is too large")


def _inside(key: str, value: dict[str, object] | list[object]) -> Iterator[tuple[str, object]]:
    """What a table or a list holds, each with its key, and what is wrong with the key."""
    if isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield f"{key}[{place}]"[:WIDEST], inner
        return
    for word, inner in value.items():
        if "\0" in word:
            yield key, Mistake(key, f"{show(word)} holds a character that no name holds")
        yield (f"{key}.{word}" if key else word)[:WIDEST], inner
