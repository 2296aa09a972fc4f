"""Why the parser refuses a text as TOML: its words hold the notation of Python, and name no remedy."""

from __future__ import annotations

import ast
import re
import typing

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import bare_of, fields_of, is_table
from scanner.words.wording import show

TWICE = re.compile(r"Cannot (?:declare|mutate immutable namespace|redefine namespace) (\(.*?\))(?: twice)? (\(at .*\))")
OVER = re.compile(r"Cannot overwrite a value (\(at (?:line (\d+), column \d+|end of document)\))")
INLINE = re.compile(r"Duplicate inline table key (.*?) (\(at .*\))")
BACKSLASH = re.compile(r"Unescaped '\\' in a string (\(at .*\))")
ESCAPE = re.compile(r"(?:Invalid hex value|Escaped character is not a Unicode scalar value) (\(at .*\))")
PATHS = "a path in single quotes, 'C:\\folder\\file', or with slashes"
TABLE, KEY = "all of it belongs into one place", "keep one of them"
HEADER = re.compile(r"[ \t]*\[{1,2}([^\[\]]*)\]")


def refused(said: str, text: str) -> str:
    """The same in words of TOML, with what would be right.

    Args:
        said: by the parser.
        text: what it was given.
    """
    if named := TWICE.fullmatch(said):
        return _twice(".".join(_constant(named[1])), named[2])
    if named := INLINE.fullmatch(said):
        return _twice("".join(_constant(named[1])), named[2], KEY)
    if over := OVER.fullmatch(said):
        lines = text.rstrip().split("\n")
        line = lines[min(int(over[2] or len(lines)), len(lines)) - 1]
        header = HEADER.match(line)
        name = header[1] if header else line.partition("=")[0]
        return _twice(name.strip(), over[1], TABLE if header else KEY)
    if found := BACKSLASH.fullmatch(said):
        where = f"a single backslash stands in double quotes {found[1]}"
        return f"{where}; write 'CORP\\name', or \"CORP\\\\name\"; {PATHS}"
    if found := ESCAPE.fullmatch(said):  # the parser takes what begins a folder's name for a number
        return f"a single backslash stands in double quotes {found[1]}; write {PATHS}"
    return said


def _constant(text: str) -> tuple[str, ...] | str:
    """A name as the parser prints it: a text, or a tuple of texts."""
    return ast.literal_eval(text)


def _twice(name: str, where: str, otherwise: str = TABLE) -> str:
    advice = f"write [[{name}]] above each of them" if name in _lists() else otherwise
    return f"{show(name)} stands there twice {where}; {advice}"


def _lists() -> frozenset[str]:
    """The tables of which there may be several."""
    several = (f for f in fields_of(EstateFile) if typing.get_origin(bare_of(f.type)) is list)
    return frozenset(f.encode_name for f in several if is_table(typing.get_args(bare_of(f.type))[0]))
