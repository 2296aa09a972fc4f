"""What commands share: where they print, how a file is written, and the ways a run can end early.

Nothing printed here holds a secret or a command to the program that runs the job, and a reader that went away
(``| head``) ends nothing: the reports are written all the same.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from scanner.estate.secret import redact
from scanner.inert import inert, inert_json

PLAIN = {"→": "->", "↔": "<->", "✖": "x", "·": "-", "…": "..."}
"""How signs of ours are spelt where the encoding has none of them; as in reports."""


class UsageError(Exception):
    """The command was called in a way that cannot work; the text says what would."""


COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
"""The one escape sequence of ours."""


def clean(text: str) -> str:
    """Text for a terminal: line ends and tabs stay, every other control character becomes visible."""
    return _visible(redact(text))


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in text)


def say(text: str) -> None:
    """Print to standard output, whatever its encoding can hold."""
    _print(sys.stdout, clean(text))


def tell(text: str) -> None:
    """Print to standard error."""
    _print(sys.stderr, clean(text))


def say_json(value: object) -> None:
    """Print JSON that another program shall read; it says the same with what would act on a terminal escaped."""
    _send(sys.stdout, inert_json(json.dumps(value, indent=2)) + "\n")


def write_terminal(text: str) -> None:
    """Print text that may hold colours of our own; nothing else in it acts on a terminal."""
    parts = COLOUR.split(redact(text))
    _print(sys.stdout, "".join(part if place % 2 else _visible(part) for place, part in enumerate(parts)))


def hand_over(text: str) -> None:
    """Give text that another program shall read to standard output, byte for byte, line ends included."""
    sys.stdout.flush()
    _send(sys.stdout, text.encode())


def terminal() -> tuple[int, bool]:
    """Columns of standard output, and whether it takes colour (NO_COLOR: https://no-color.org)."""
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return shutil.get_terminal_size((110, 24)).columns, color


def _print(stream: TextIO, text: str) -> None:
    _send(stream, inert(sayable(text, stream.encoding or "utf-8")) + "\n")


def sayable(text: str, encoding: str) -> str:
    """The text as far as the encoding can hold it: our own signs are spelt, anything else becomes ``?``."""
    for sign, plain in PLAIN.items():
        if sign in text and not sign.encode(encoding, "ignore"):
            text = text.replace(sign, plain)
    return text.encode(encoding, "replace").decode(encoding)


def _send(stream: TextIO, content: str | bytes) -> None:
    try:
        if isinstance(content, bytes):
            stream.buffer.write(content)
        else:
            stream.write(content)
        stream.flush()
    except BrokenPipeError:  # nobody reads any more; what comes later, and the interpreter's last flush, go nowhere
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def write(path: Path, text: str | bytes) -> None:
    """Write a file at once or not at all: readers see the old one or the whole new one.

    What is no ordinary file (``/dev/stdout``, a pipe) is written to and never replaced; nor is a link. The content is
    as it shall be: secrets were taken out of its values before, since a search here would take a weak password for a
    word of the format.

    Raises:
        UsageError: it cannot be written there.
    """
    data = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def writable(paths: Iterable[Path], reads: Iterable[Path] = ()) -> None:
    """Make sure, before a long run, that its reports can be written at its end, and over nothing that it reads.

    Raises:
        UsageError: one cannot.
    """
    seen: set[Path] = set()
    read = {path.resolve() for path in reads}
    for path in paths:
        place = path.resolve()
        if place in read:
            raise UsageError(f"{path} is what is read; name another file to write")
        if place.is_dir():
            raise UsageError(f"{path} is a folder; name a file")
        if not place.parent.is_dir():
            raise UsageError(f"{path} cannot be written: there is no folder {place.parent}")
        special = place.exists() and not place.is_file()
        if not os.access(place if special else place.parent, os.W_OK):
            raise UsageError(
                f"{path} cannot be written: no right to write {'to it' if special else f'in {place.parent}'}"
            )
        if place in seen and not special:
            raise UsageError(f"{path} is named twice; every report needs a file of its own")
        seen.add(place)
