"""What commands share: where they print, and the ways a run can end early.

Nothing printed here holds a secret or a command to the program that runs the job, and a stream that cannot be written
ends nothing: a reader that went away (``| head``) is no fault, a closed or a full one is told at the end.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
from contextlib import suppress
from typing import TextIO

from scanner.commands.on_windows import takes_sequences
from scanner.commands.speech import wanted
from scanner.estate.secret import redact
from scanner.words.inert import inert, inert_json
from scanner.words.system import WINDOWS
from scanner.words.telling import tell as phrase
from scanner.words.told import said
from scanner.words.wording import reason, sayable, visible

OUT, ERR = phrase("standard output"), phrase("standard error")
_lost: dict[str, str] = {}
"""Why a stream could not be written, by its name."""


class UsageError(Exception):
    """The command was called in a way that cannot work; the text says what would."""


COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
"""The one escape sequence of ours."""


def clean(text: str) -> str:
    """Text for a terminal: line ends and tabs stay, every other control character becomes visible."""
    return visible(redact(text))


def say(text: str) -> None:
    """Print to standard output, whatever its encoding can hold."""
    _print(sys.stdout, clean(said(text, wanted())), OUT)


def tell(text: str) -> None:
    """Print to standard error."""
    _print(sys.stderr, clean(said(text, wanted())), ERR)


def command(text: str, *, aside: bool) -> None:
    """Print commands of our own to whoever runs the job; their maker has made inert what is not ours in them."""
    stream = sys.stderr if aside else sys.stdout
    _send(stream, sayable(text, stream.encoding or "utf-8") + "\n", ERR if aside else OUT)


def say_json(value: object) -> None:
    """Print JSON that another program shall read; it says the same with what would act on a terminal escaped."""
    _send(sys.stdout, inert_json(json.dumps(value, indent=2)) + "\n", OUT)


def write_terminal(text: str, *, aside: bool = False) -> None:
    """Print text that may hold colours of our own; nothing else in it acts on a terminal.

    ``aside``: to standard error, since standard output is a report's.
    """
    parts = COLOUR.split(redact(text))
    shown = "".join(part if place % 2 else visible(part) for place, part in enumerate(parts))
    _print(sys.stderr if aside else sys.stdout, shown, ERR if aside else OUT)


def hand_over(text: str) -> None:
    """Give text that another program shall read to standard output, byte for byte, line ends included."""
    _send(sys.stdout, text.encode(), OUT)


def terminal(*, aside: bool = False) -> tuple[int, bool]:
    """Columns of the stream for people, and whether it takes colour (NO_COLOR: https://no-color.org)."""
    stream = sys.stderr if aside else sys.stdout
    color = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    color = color and takes_sequences(2 if aside else 1)
    size = (110, 24)
    with suppress(OSError, ValueError):
        size = os.get_terminal_size(stream.fileno())
    return shutil.get_terminal_size(size).columns, color


UNBROKEN = 1_000_000
"""Columns where no line needs to fit."""


def columns() -> int:
    """Columns that lines for people are fitted into; where a program reads, none is broken."""
    return terminal()[0] if sys.stdout.isatty() else UNBROKEN


def _print(stream: TextIO, text: str, name: str) -> None:
    _send(stream, inert(sayable(text, stream.encoding or "utf-8")) + "\n", name)


def _send(stream: TextIO, content: str | bytes, name: str) -> None:
    try:
        stream.flush()
        if isinstance(content, bytes):
            stream.buffer.write(content)
        else:
            stream.write(content)
        stream.flush()
    except BrokenPipeError:
        _leave(stream)
    except KeyboardInterrupt:  # it took nothing, and would not at the interpreter's end
        _leave(stream)
        raise
    except (OSError, ValueError) as error:  # ValueError: Python's end of it was closed
        if WINDOWS and isinstance(error, OSError) and error.errno == errno.EINVAL:  # its word for a reader that is gone
            _leave(stream)
            return
        _lost.setdefault(name, reason(error) if isinstance(error, OSError) else phrase("it is closed"))
        _leave(stream)


def _leave(stream: TextIO) -> None:
    """Let what comes later, and the interpreter's last flush, go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def lost() -> dict[str, str]:
    """The streams that could not be written since this was last called, and why."""
    found = dict(_lost)
    _lost.clear()
    return found


class Steady:
    """A stream for a library that draws there and would not survive its end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding, self.isatty, self.fileno = stream.encoding, stream.isatty, stream.fileno

    def write(self, text: str) -> int:
        """Write what can be written."""
        _send(self._stream, text, ERR)
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def occupy() -> None:
    """Let the numbers 0, 1 and 2 belong to nothing else: a report opened as number 2 would collect error messages.

    In the place of a closed one stands what cannot be read or written, so that its users learn that it is closed.
    """
    for number, (name, wrong) in enumerate((("stdin", os.O_WRONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_RDONLY))):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, wrong)  # takes the lowest number that is free: this one
        if getattr(sys, name) is None:
            how = "w" if number else "r"
            setattr(sys, name, os.fdopen(number, how, encoding="utf-8", errors="backslashreplace", closefd=False))
