"""What commands share: where they print, how a file is written, and the ways a run can end early."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from scanner.estate.secret import redact


class UsageError(Exception):
    """The command was called in a way that cannot work; the text says what would."""


def out() -> Console:
    """Standard output; plain when it is not a terminal or NO_COLOR is set."""
    return Console(file=sys.stdout, highlight=False, markup=False, soft_wrap=True)


def err() -> Console:
    """Standard error."""
    return Console(file=sys.stderr, highlight=False, markup=False, soft_wrap=True)


def clean(text: str) -> str:
    """Text for a terminal: line ends and tabs stay, every other control character becomes visible."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in redact(text))


def say(text: str) -> None:
    """Print to standard output, whatever its encoding can hold."""
    _print(sys.stdout, clean(text))


def tell(text: str) -> None:
    """Print to standard error."""
    _print(sys.stderr, clean(text))


def write_terminal(text: str) -> None:
    """Print text that may hold colours of our own, and is clean already."""
    _print(sys.stdout, text)


def _print(stream: object, text: str) -> None:
    handle = sys.stderr if stream is sys.stderr else sys.stdout
    encoding = handle.encoding or "utf-8"
    handle.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    handle.flush()


def write(path: Path, text: str | bytes) -> None:
    """Write a file at once or not at all: readers see the old one or the whole new one.

    Raises:
        UsageError: it cannot be written there.
    """
    data = redact(text).encode("utf-8", "backslashreplace") if isinstance(text, str) else text
    try:
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


def writable(paths: Iterable[Path]) -> None:
    """Make sure, before a long run, that its reports can be written at its end.

    Raises:
        UsageError: one cannot.
    """
    for path in paths:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file")
        if not path.parent.is_dir():
            raise UsageError(f"{path} cannot be written: there is no folder {path.parent}")
        if not os.access(path.parent, os.W_OK):
            raise UsageError(f"{path} cannot be written: no right to write in {path.parent}")
