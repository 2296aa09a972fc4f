"""Runs the command line until an instant, and kills it there: ``python -m tests.history.killed INSTANT FILE audit ...``

An instant is a file that is opened or put in its place, or a statement that a database is given, begun or ended. They
are counted from the first file that the run opens in the folder of FILE. INSTANT 0 kills nothing; FILE then holds
the kind of each that there was. So an instant is chosen without a clock, and the same one is hit again.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from scanner.cli import run

INSTANT, FILE = int(sys.argv[1]), Path(sys.argv[2])
KINDS = ("open", "os.rename", "os.remove", "sqlite3.connect", "tempfile.mkstemp")
passed: list[str] = []
begun = False


def heard(name: str, values: tuple[Any, ...]) -> None:
    global begun  # noqa: PLW0603
    if name not in KINDS:
        return
    ours = str(values[0]).startswith(str(FILE.parent)) if values else False
    if not begun and name == "open" and ours:
        begun = True
    one_more("file" if ours else "other")


def one_more(kind: str) -> None:
    if begun:
        passed.append(kind)
        if len(passed) == INSTANT:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(heard)
for moment in ("before_cursor_execute", "after_cursor_execute", "begin", "commit"):
    event.listen(Engine, moment, lambda *_: one_more("statement"))
code = run(sys.argv[3:])
if not INSTANT:
    begun = False
    FILE.write_text("\n".join(passed))
sys.exit(code)
