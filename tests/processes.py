"""Processes that tests start: signals reach them as they reach a user's, and none of them outlives its test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

DEFAULT_SIGNALS = """
import os, signal, sys
for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(one, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
"""


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """The command with its pid, killed together with all it has started when the block is left, however that is.

    What the parent of the tests ignores (`nohup`: SIGHUP, a shell's `&`: SIGINT) its children would ignore, too: in
    this one SIGINT, SIGTERM and SIGHUP have their default effect again. `options` are Popen's.
    """
    words = [sys.executable, "-c", DEFAULT_SIGNALS, *command]
    with subprocess.Popen(words, start_new_session=True, text=True, **options) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
