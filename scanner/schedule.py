"""Runs tasks side by side, each in a thread of its own and with its own deadline.

A task that does not come back is left behind: the thread is a daemon and its slot is free again, so a silent target
never delays the rest beyond its deadline, and a run always ends. What it had put into the evidence by then counts.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

INTERRUPTED = "interrupted"
GRACE = 1.0
"""Seconds a task gets after its deadline to say by itself what it did not get."""


@dataclass(slots=True)
class Job:
    """One unit of work. ``run`` must not raise; ``late`` is called when it did not end in time."""

    name: str
    run: Callable[[float], None]
    """given the deadline, in monotonic seconds"""
    late: Callable[[str], None]
    """given the reason in words"""
    seconds: float
    deadline: float = field(default=0.0)


def run_all(
    jobs: Iterable[Job],
    *,
    concurrency: int,
    until: float,
    done: Callable[[str], None] = lambda _name: None,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Run the jobs, at most ``concurrency`` at once, and return when all ended or were given up.

    Args:
        jobs: what to do, in order.
        concurrency: how many threads at once.
        until: monotonic second at which the whole run is over.
        done: told the name of every job that ended or was given up.
        clock: the clock; monotonic seconds.

    Raises:
        KeyboardInterrupt: Ctrl-C; every job that had not ended was told so first.
    """
    waiting = list(jobs)
    running: dict[int, Job] = {}
    ended: queue.SimpleQueue[int] = queue.SimpleQueue()
    try:
        while waiting or running:
            while waiting and len(running) < concurrency and clock() < until:
                job = waiting.pop(0)
                job.deadline = min(clock() + job.seconds, until)
                running[id(job)] = job
                _start(job, ended)
            if waiting and not running:
                break
            _reap(running, ended, done, clock)
    except KeyboardInterrupt:
        for job in (*running.values(), *waiting):
            job.late(INTERRUPTED)
        raise
    _give_up(waiting, "the run's deadline was over before its turn", done)


def _start(job: Job, ended: queue.SimpleQueue[int]) -> None:
    def work() -> None:
        try:
            job.run(job.deadline)
        finally:
            ended.put(id(job))

    threading.Thread(target=work, name=job.name, daemon=True).start()


def _reap(
    running: dict[int, Job], ended: queue.SimpleQueue[int], done: Callable[[str], None], clock: Callable[[], float]
) -> None:
    """Wait until a job ends or the nearest deadline is over, and take off what ended or is late."""
    nearest = min(job.deadline for job in running.values()) + GRACE
    try:
        job = running.pop(ended.get(timeout=max(0.0, nearest - clock())), None)
        if job is not None:  # else it came back after it was given up
            done(job.name)
    except queue.Empty:
        late = [key for key, job in running.items() if job.deadline + GRACE <= clock()]
        _give_up([running.pop(key) for key in late], "no answer within the deadline", done)


def _give_up(jobs: Iterable[Job], why: str, done: Callable[[str], None]) -> None:
    for job in jobs:
        job.late(why)
        done(job.name)
