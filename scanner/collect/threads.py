"""Runs tasks side by side, each in a thread of its own and with its own deadline.

A task that does not come back is left behind: the thread is a daemon and its slot is free again, so a silent target
never delays the rest beyond its deadline, and a run always ends. What it had put into the evidence by then counts.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from scanner.files.waiting import next_of

Ended = tuple[int, threading.Thread]
"""A job that came to its end, by its identity, and its thread."""
INTERRUPTED = "interrupted"
NO_THREAD = "this machine cannot start another thread"
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
    run = _Run(list(jobs), concurrency, until, done, clock)
    try:
        while run.waiting or run.running:
            run.begin()
            if run.running:
                run.reap()
            elif clock() >= until:
                break
    except KeyboardInterrupt:
        for job in (*run.running.values(), *run.waiting):
            job.late(INTERRUPTED)
        raise
    while run.waiting:
        run.give_up(run.waiting[0], "the run's deadline was over before its turn")
        del run.waiting[0]


@dataclass(slots=True)
class _Run:
    """The jobs of one run. At every moment, also when it is interrupted, a job that has not ended is in a list."""

    waiting: list[Job]
    concurrency: int
    until: float
    done: Callable[[str], None]
    clock: Callable[[], float]
    running: dict[int, Job] = field(default_factory=dict[int, Job])
    ended: queue.SimpleQueue[Ended] = field(default_factory=queue.SimpleQueue[Ended])
    scarce: float = 0.0
    """when it is certain that no thread will be free any more, while nothing of ours holds one"""

    def begin(self) -> None:
        """Start what may start now."""
        while self.waiting and len(self.running) < self.concurrency and self.clock() < self.until:
            job = self.waiting[0]
            job.deadline = min(self.clock() + job.seconds, self.until)
            self.running[id(job)] = job
            if not _start(job, self.ended):
                del self.running[id(job)]
                self._without_thread(job)
                return
            del self.waiting[0]
            self.scarce = 0.0

    def _without_thread(self, job: Job) -> None:
        """Let the job wait for a running one to end; with none, for what the system takes to free a thread."""
        if self.running:
            return
        self.scarce = self.scarce or self.clock() + GRACE
        if self.clock() < self.scarce:
            with suppress(queue.Empty):
                self._over(GRACE / 20)  # one that was left behind may end, too
            return
        self.give_up(job, NO_THREAD)
        del self.waiting[0]

    def reap(self) -> None:
        """Wait until a job ends or the nearest deadline is over, and take off what ended or is late."""
        nearest = min(job.deadline for job in self.running.values()) + GRACE
        try:
            job = self.running.pop(self._over(max(0.0, nearest - self.clock())), None)
            if job is not None:  # else it came back after it was given up
                self.done(job.name)
        except queue.Empty:
            for job in [job for job in self.running.values() if job.deadline + GRACE <= self.clock()]:
                self.give_up(job, "no answer within the deadline")
                del self.running[id(job)]

    def _over(self, seconds: float) -> int:
        """The next job that ends. Its thread is seen off: it keeps its stack until then (Python 3.13).

        Raises:
            queue.Empty: none ends within this time.
        """
        job, thread = next_of(self.ended, seconds)
        thread.join(GRACE)  # telling was the last it had to do
        return job

    def give_up(self, job: Job, why: str) -> None:
        """Leave a job behind."""
        job.late(why)
        self.done(job.name)


def _start(job: Job, ended: queue.SimpleQueue[Ended]) -> bool:
    """Start a thread for a job, if there is one to be had."""

    def work() -> None:
        try:
            job.run(job.deadline)
        finally:
            ended.put((id(job), threading.current_thread()))

    try:
        threading.Thread(target=work, name=job.name, daemon=True).start()
    except RuntimeError:
        return False
    return True
