"""What this program and its libraries log: no record holds a secret, whoever handles it.

A traceback of a plugin, or a library told to log at DEBUG, may quote what it was given. So texts are searched where
records are made, before any handler, ours or another's, can see them.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from scanner.commands.console import clean, tell
from scanner.estate.secret import redact
from scanner.words.inert import inert

_formatter = logging.Formatter()
_speaking: list[logging.Handler] = []
"""Those that ``speak`` added."""


class Record(logging.LogRecord):
    """A record whose text and traceback are ready, and searched for secrets."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        try:
            text = self.getMessage()
        except (TypeError, ValueError, KeyError):  # its arguments do not fit: its author's mistake
            text = str(self.msg)
        self.msg, self.args = redact(text), ()
        if self.exc_info:
            self.exc_text, self.exc_info = redact(_formatter.formatException(self.exc_info)), None


class Tell(logging.Handler):
    """Warnings and worse to standard error, with nothing in them that a terminal acts on."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        tell(_formatter.format(record))


def guard() -> None:
    """Let nothing that is logged leave with a secret in it."""
    logging.setLogRecordFactory(Record)
    logging.lastResort = Tell(logging.WARNING)


def speak(path: Path | None = None, *, verbose: bool = False) -> None:
    """Tell of every step on standard error, or keep it in a file, beside the warnings that are always told.

    Args:
        path: a file that only its owner may read; what is in it already stays.
        verbose: tell of them.

    Raises:
        OSError: it cannot be written.
    """
    for handler in _speaking:
        logging.getLogger().removeHandler(handler)
        handler.close()
    _speaking.clear()
    if path:
        os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        kept = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        kept.setFormatter(_Line())
        _speaking.append(kept)
    if path or verbose:
        _speaking.append(Tell(logging.INFO if verbose else logging.WARNING))
    for handler in _speaking:
        logging.getLogger().addHandler(handler)
    # what this program logs itself; its libraries quote what they send, and are heard from warnings on
    logging.getLogger("scanner").setLevel(logging.INFO if _speaking else logging.NOTSET)


class _Line(logging.Formatter):
    """One line a record, begun with its instant in UTC: what a target says begins no line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        first, *rest = inert(clean(super().format(record))).splitlines() or [""]
        return "\n".join([f"{when} {record.levelname} {first}", *(f"    {line}" for line in rest)])


def last_words() -> None:
    """The same for what a dying thread or program says; for the program itself, not for those who call ``run``."""
    threading.excepthook = lambda death: _told(death.exc_type, death.exc_value, death.exc_traceback)
    sys.excepthook = _told
    sys.unraisablehook = lambda lost: _told(lost.exc_type, lost.exc_value, lost.exc_traceback)
    logging.captureWarnings(True)


def _told(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, SystemExit):
        tell("".join(traceback.format_exception(kind, error, trace)).rstrip("\n"))
