"""What this program and its libraries log: no record holds a secret, whoever handles it.

A traceback of a plugin, or a library told to log at DEBUG, may quote what it was given. So texts are searched where
records are made, before any handler, ours or another's, can see them.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from scanner.commands.console import tell
from scanner.estate.secret import redact

_formatter = logging.Formatter()


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


def last_words() -> None:
    """The same for what a dying thread or program says; for the program itself, not for those who call ``run``."""
    threading.excepthook = lambda death: _told(death.exc_type, death.exc_value, death.exc_traceback)
    sys.excepthook = _told
    sys.unraisablehook = lambda lost: _told(lost.exc_type, lost.exc_value, lost.exc_traceback)
    logging.captureWarnings(True)


def _told(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, SystemExit):
        tell("".join(traceback.format_exception(kind, error, trace)).rstrip("\n"))
