"""The only place that survives anybody else's failure: whatever is called through here costs only itself.

Each isolation point calls one of these: a collector on a target, a check on a subject, a format on a report, a plugin's
first lines, the whole program.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from scanner.estate.secret import redact
from scanner.words.exits import INTERNAL

log = logging.getLogger(__name__)

HOUSE = Path(__file__).parent
"""where the scanner's own lines stand"""
DEFECTS = (AttributeError, TypeError, NameError, AssertionError, NotImplementedError)
"""What a line of ours raises only where it is wrong itself; a library does on octets that it did not expect, too."""

T = TypeVar("T")
F = TypeVar("F")


def guarded(work: Callable[[], T], what: str, failed: Callable[[BaseException], F]) -> T | F:
    """Do the work; where it fails, log it as ``what`` and give what ``failed`` makes of the error.

    An exit that somebody's code asks for is a failure like another; a KeyboardInterrupt is the user's and goes on.
    """
    try:
        return work()
    except (Exception, SystemExit) as error:
        log.exception("%s failed", what)
        return failed(error)


def is_defect(error: BaseException) -> bool:
    """Whether a line of the scanner is wrong, rather than what a library was given to read."""
    if not isinstance(error, DEFECTS):
        return False
    *_, (frame, _) = [(None, 0), *traceback.walk_tb(error.__traceback__)]
    return frame is not None and HOUSE in Path(frame.f_code.co_filename).parents


def made(what: str, make: Callable[[], object]) -> str | bytes | None:
    """What somebody's format makes of a report, or ours of a record; nothing if it fails, which costs only its file."""

    def text() -> str | bytes:
        content = make()
        if not isinstance(content, str | bytes):
            raise TypeError(f"it gave {type(content).__name__}, no text")
        return content

    return guarded(text, what, lambda _error: None)


def last_resort(run: Callable[[], int], tell: Callable[[str], None]) -> int:
    """Run the program; a defect of ours becomes one text without secrets and the exit code 4."""

    def told(_error: BaseException) -> int:
        tell(redact(traceback.format_exc()))
        return INTERNAL

    return guarded(run, "the program", told)
