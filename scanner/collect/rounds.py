"""Reads what the enabled checks need, in two rounds, and always comes back."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial

from scanner import __version__
from scanner.collect.jobs import QUIET, Arguments, Collection, Progress, close, silent
from scanner.collect.plan import Want, first_round, kind_of, second_round
from scanner.collect.threads import INTERRUPTED, run_all
from scanner.collect.widening import beyond
from scanner.estate.access import Access
from scanner.guard import guarded
from scanner.hooks import Collector
from scanner.judge.identity import settle
from scanner.judge.judging import asks_of, enabled
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, GapReason

NEVER = nullcontext()


def collect(
    checks: Iterable[Check],
    collectors: Iterable[Collector],
    estate: Estate,
    access: Access,
    progress: Progress = QUIET,
    interruptible: AbstractContextManager[object] = NEVER,
) -> Evidence:
    """Read what the enabled checks need, in two rounds, and always come back.

    A KeyboardInterrupt ends it early: the evidence says so and holds what was read until then; ``interruptible`` is
    the stretch in which one is welcome. A defect of ours between the rounds costs what was not yet read.
    """
    wanted, now = enabled(checks, estate.profiles), datetime.now(UTC)
    evidence = Evidence(estate, started=now, finished=now, version=__version__, runner=platform.node())
    read = partial(_read, wanted, Collection(tuple(collectors), evidence, access), progress)
    try:
        with interruptible:
            guarded(read, "reading", lambda _error: None)
    except KeyboardInterrupt:
        evidence.interrupted = True
        for want in first_round(wanted, estate):
            close(evidence, want.target, want.facts, GapReason.NOT_COLLECTED, INTERRUPTED)
    evidence.close()
    settle(evidence)
    evidence.finished = max(now, datetime.now(UTC))  # the clock may have been set back
    return evidence


def _read(wanted: tuple[Check, ...], collection: Collection, progress: Progress) -> None:
    """Both rounds, and between them the domains that only answers name."""
    evidence, access, estate = collection.evidence, collection.access, collection.evidence.estate
    until = time.monotonic() + access.limits.run_deadline

    def go(name: str, wants: Iterable[Want], arguments: Arguments | None = None) -> None:
        jobs = tuple(collection.jobs(wants, arguments or {}))
        progress.begin(name, tuple(job.name for job in jobs))
        run_all(jobs, concurrency=access.limits.concurrency, until=until, done=progress.done)

    wants = first_round(wanted, estate)
    run_all(collection.preparations(wants), concurrency=len(collection.collectors), until=until)
    go("reading", wants)
    while (more := beyond(wanted, evidence, follows_trusts=access.directory.follows_trusts)).wants:
        go("reading more domains", more.wants)
    for domain, why in more.left.items():
        close(evidence, domain, more.facts, GapReason.NOT_COLLECTED, why)
    settle(evidence)  # so that another machine's answers lead to no probe
    arguments = second_round(asks_of(wanted, evidence), estate)
    go("probing", [_second(target, tuple(facts), evidence) for target, facts in arguments.items()], arguments)


def _second(target: str, facts: tuple[type[Fact], ...], evidence: Evidence) -> Want:
    """What to ask a machine in the second round: nothing, if it was silent in the first."""
    gap = silent(evidence, target)
    if gap is not None:
        close(evidence, target, facts, gap.reason, gap.detail)
        facts = ()
    return Want(target, kind_of(target, evidence.estate), facts)
