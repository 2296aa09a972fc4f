"""Reads what the enabled checks need, in two rounds, and always comes back."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from scanner import __version__
from scanner.collect.jobs import QUIET, Arguments, Collection, Progress, close, silent
from scanner.collect.losses import Losses
from scanner.collect.plan import Want, first_round, kind_of, second_round
from scanner.collect.threads import INTERRUPTED, run_all
from scanner.collect.widening import beyond
from scanner.estate.access import Access
from scanner.estate.secret import redact
from scanner.guard import guarded
from scanner.hooks import Collector
from scanner.judge.judging import asks_of, enabled
from scanner.judge.settling import settle
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason, TargetKind

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
    run = _Run(wanted, Collection(tuple(collectors), evidence, access), progress)
    interrupted = False
    try:
        with interruptible:
            guarded(run.read, "reading", run.failed)
    except KeyboardInterrupt:
        interrupted = True
        run.interrupted()
    run.evidence.close()
    finished = max(now, datetime.now(UTC))  # the clock may have been set back
    return settle(run.evidence.amended(finished=finished, interrupted=interrupted))


@dataclass(slots=True)
class _Run:
    """Both rounds, and between them the domains that only answers name."""

    wanted: tuple[Check, ...]
    collection: Collection
    progress: Progress
    until: float = field(init=False)
    losses: Losses = field(init=False)

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.collection.access.limits.run_deadline
        self.losses = Losses(self.wanted, self.evidence.estate)

    @property
    def evidence(self) -> Evidence:
        """What was read until now."""
        return self.collection.evidence

    def read(self) -> None:
        """Read all that is wanted."""
        estate, follows_trusts = self.evidence.estate, self.collection.access.directory.follows_trusts
        wants = first_round(self.wanted, estate)
        run_all(self.collection.preparations(wants), concurrency=len(self.collection.collectors), until=self.until)
        self._go("reading", wants)
        while (more := beyond(self.wanted, self.evidence, follows_trusts=follows_trusts)).wants:
            self._go("reading more domains", more.wants)
        for domain, why in more.left.items():
            close(self.evidence, domain, more.facts, GapReason.NOT_COLLECTED, why)
        self._settle()
        told = self.evidence.amended()
        told.close()  # so that what checks make of all answers is made once
        domains = tuple(info.name for info in told.targets() if info.kind is TargetKind.DOMAIN and info.answered)
        arguments = second_round(asks_of(self.wanted, told), estate, domains)
        mute = silent(self.evidence)
        wants = [self._second(target, tuple(facts), mute.get(target), domains) for target, facts in arguments.items()]
        self._go("probing", wants, arguments)

    def failed(self, error: BaseException) -> None:
        """Say of all that was not read yet that this is a defect of ours."""
        self._leave(GapReason.DEFECT, redact(f"{type(error).__name__}: {error}")[:300])

    def interrupted(self) -> None:
        """Say of all that was not read yet that nobody waited for it."""
        self._leave(GapReason.NOT_COLLECTED, INTERRUPTED)

    def _leave(self, reason: GapReason, detail: str) -> None:
        for want in first_round(self.wanted, self.evidence.estate):
            close(self.evidence, want.target, want.facts, reason, detail)

    def _go(self, name: str, wants: Iterable[Want], arguments: Arguments | None = None) -> None:
        wants = tuple(wants)
        jobs = tuple(self.collection.jobs(wants, arguments or {}))
        asked = {want.target: want for want in wants}
        self.progress.begin(name, tuple(job.name for job in jobs))
        concurrency = self.collection.access.limits.concurrency
        run_all(jobs, concurrency=concurrency, until=self.until, done=lambda target: self._done(asked[target]))

    def _done(self, want: Want) -> None:
        self.progress.done(want.target)
        lost = self.losses.of(self.evidence, want)
        if lost is not None:
            self.progress.lost(*lost)

    def _settle(self) -> None:
        """Go on with settled evidence, so that another machine's answers lead to no probe, and no secret is asked of.

        Who was given up in the first round has no part in the second: what it writes into is closed.
        """
        first = self.evidence
        self.collection = replace(self.collection, evidence=settle(first))
        first.close()

    def _second(self, target: str, facts: tuple[type[Fact], ...], gap: Gap | None, domains: tuple[str, ...]) -> Want:
        """What to ask a target in the second round: nothing, if it was silent in the first."""
        if gap is not None:
            close(self.evidence, target, facts, gap.reason, gap.detail, gap.advice)
            facts = ()
        estate = self.evidence.estate
        is_domain = target in domains and target not in estate.machines
        return Want(target, TargetKind.DOMAIN if is_domain else kind_of(target, estate), facts)
