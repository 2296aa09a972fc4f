"""The scheduler: everything runs, nothing waits for a job that hangs, and Ctrl-C tells every job."""

from __future__ import annotations

import threading
import time

import pytest

from scanner.collect.threads import INTERRUPTED, Job, run_all

FAR = 1e12


class Log:
    def __init__(self) -> None:
        self.ran: list[str] = []
        self.late: list[tuple[str, str]] = []
        self.done: list[str] = []

    def job(self, name: str, run=None, seconds: float = 60.0) -> Job:
        def work(deadline: float) -> None:
            if run:
                run(deadline)
            self.ran.append(name)

        return Job(name, work, lambda why: self.late.append((name, why)), seconds)


def test_every_job_runs_once():
    log = Log()
    run_all([log.job(str(n)) for n in range(20)], concurrency=3, until=FAR, done=log.done.append)
    assert sorted(log.ran) == sorted(log.done) == sorted(str(n) for n in range(20))
    assert log.late == []


def test_no_more_than_the_limit_at_once():
    lock, now, peak = threading.Lock(), [0], [0]
    gate = threading.Barrier(3, timeout=30)

    def busy(_deadline: float) -> None:
        with lock:
            now[0] += 1
            peak[0] = max(peak[0], now[0])
        gate.wait()  # opens only when three run together
        with lock:
            now[0] -= 1

    log = Log()
    run_all([log.job(str(n), busy) for n in range(9)], concurrency=3, until=FAR)
    assert peak[0] == 3


def test_a_hanging_job_is_left_behind_and_its_slot_is_free_again():
    log, release = Log(), threading.Event()
    hang = log.job("hang", lambda _deadline: release.wait(60) and None, seconds=0.05)
    run_all([hang, log.job("next"), log.job("last")], concurrency=1, until=FAR, done=log.done.append)
    assert log.ran == ["next", "last"]
    assert log.late == [("hang", "no answer within the deadline")]
    assert log.done == ["hang", "next", "last"]
    release.set()


def test_a_job_is_told_its_deadline():
    told: list[float] = []
    log = Log()
    run_all([log.job("one", told.append, seconds=5)], concurrency=1, until=110.0, clock=lambda: 100.0)
    run_all([log.job("two", told.append, seconds=50)], concurrency=1, until=110.0, clock=lambda: 100.0)
    assert told == [105.0, 110.0]


def test_after_the_run_deadline_nothing_starts():
    log = Log()
    run_all([log.job("one")], concurrency=1, until=time.monotonic() - 1, done=log.done.append)
    assert log.ran == []
    assert log.late == [("one", "the run's deadline was over before its turn")]
    assert log.done == ["one"]


def test_interrupt_tells_the_running_and_the_waiting():
    log, release = Log(), threading.Event()

    def interrupt(_name: str) -> None:
        raise KeyboardInterrupt

    jobs = [log.job("first"), log.job("hang", lambda _d: release.wait(60) and None), log.job("waiting")]
    with pytest.raises(KeyboardInterrupt):
        run_all(jobs, concurrency=2, until=FAR, done=interrupt)
    assert sorted(log.late) == [("hang", INTERRUPTED), ("waiting", INTERRUPTED)]
    release.set()
