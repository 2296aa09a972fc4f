"""The tests' own processes: what `started` promises of them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import pytest

from tests.processes import started

WAITS = "import signal; print('ready', flush=True); signal.pause()"
STARTS = f"import subprocess, sys; print('ready', flush=True); subprocess.run([sys.executable, '-c', {WAITS!r}])"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_the_parent_ignores_has_its_effect(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with started([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            process.send_signal(number)
            assert process.wait(30) == -number
    finally:
        signal.signal(number, before)


def test_nothing_outlives_a_test_that_fails() -> None:
    ours, theirs = os.pipe()

    def fails() -> None:
        with started([sys.executable, "-c", STARTS], stdout=theirs), open(ours, "rb", closefd=False) as said:
            os.close(theirs)
            assert [said.readline() for _ in range(2)] == [b"ready\n", b"ready\n"]
            pytest.fail("in the midst of it")

    try:
        with pytest.raises(pytest.fail.Exception):
            fails()
        assert select.select([ours], [], [], 30)[0]
        assert os.read(ours, 1) == b""  # the pipe's end: neither the child nor its child holds it any more
    finally:
        os.close(ours)
