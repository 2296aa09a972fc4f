"""PowerShell literals: written so that no content can leave them, and read back."""

from __future__ import annotations

import re
import shlex

from scanner.words.inert import places
from scanner.words.readonly import Value
from scanner.words.system import WINDOWS

PLAIN = re.compile(r"[A-Za-z_\\][\w\\.-]*", re.ASCII)
"""Text that PowerShell takes as it stands."""
BARE = re.compile(r"[\w\\/.:=+][\w\\/.:=+-]*|--?[a-z][\w-]*", re.ASCII)
"""An argument, or an option, that PowerShell hands on as it stands."""
QUOTES = "'\u2018\u2019\u201a\u201b"
"""PowerShell takes the typographic ones for quotes, too."""
PIECE = re.compile(
    rf"'((?:[^{QUOTES}]|[{QUOTES}]{{2}})*)'|\[char\](\d+)|\[char\]::ConvertFromUtf32\((\d+)\)", re.ASCII | re.DOTALL
)


def quoted(text: str) -> str:
    """A text between quotes, for where nothing but a constant may stand; it must be printable.

    Raises:
        ValueError: it holds what a console or an editor would act on.
    """
    if not text.isprintable():
        raise ValueError(f"{text!a} cannot be written as a constant")
    return "'" + "".join(char * 2 if char in QUOTES else char for char in text) + "'"


def shell(*words: object, windows: bool = WINDOWS) -> str:
    """A command line to paste: into a shell of POSIX, on Windows into PowerShell.

    A word without signs of a shell stands as it is, so that most lines fit any of them.
    """
    return " ".join(map(_for_powershell if windows else shlex.quote, map(str, words)))


def _for_powershell(word: str) -> str:
    return word if BARE.fullmatch(word) else "'" + "".join(char * 2 if char in QUOTES else char for char in word) + "'"


def unquoted(literal: str) -> str:
    """The text between quotes."""
    return re.sub(rf"([{QUOTES}])[{QUOTES}]", r"\1", literal[1:-1])


def quote(text: str) -> str:
    """A PowerShell string literal that no content can leave.

    Characters that a console or an editor would act on (line ends, escapes, marks of direction), and those that would
    make a command of it to a program that runs jobs, become ``[char]`` expressions.
    """
    acting, parts, plain = places(text), list[str](), ""
    for place, char in enumerate(text):
        if char.isprintable() and place not in acting:
            plain += char
            continue
        if plain:
            parts.append(quoted(plain))
            plain = ""
        code = ord(char)
        parts.append(f"[char]{code}" if code < 0x10000 else f"[char]::ConvertFromUtf32({code})")
    if plain or not parts:
        parts.append(quoted(plain))
    if len(parts) == 1 and parts[0].startswith("'"):
        return parts[0]
    first = parts[0] if parts[0].startswith("'") else "'' + " + parts[0]
    return "(" + " + ".join([first, *parts[1:]]) + ")"


def unquote(literal: str) -> str:
    """What PowerShell makes of a literal that ``quote`` wrote.

    Raises:
        ValueError: something else stands in it.
    """
    body = literal[1:-1] if literal[:1] + literal[-1:] == "()" else literal
    text, place = "", 0
    while True:
        piece = PIECE.match(body, place)
        if piece is None:
            raise ValueError(f"{body[place : place + 40]!a} is outside every literal")
        text += unquoted(piece[0]) if piece[1] is not None else chr(int(piece[2] or piece[3]))
        place = piece.end()
        if place == len(body):
            return text
        if not body.startswith(" + ", place):
            raise ValueError(f"{body[place : place + 40]!a} stands between literals")
        place += 3


def literal(value: Value) -> str:
    """A parameter value as PowerShell text."""
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else quote(value)
    return ", ".join(literal(item) for item in value)
