"""Turns wants into jobs for the collectors that can answer them; whatever stays unanswered becomes a gap."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from scanner.collect.plan import Want
from scanner.collect.share import Share
from scanner.collect.threads import INTERRUPTED, NO_THREAD, Job
from scanner.estate.access import Access
from scanner.estate.secret import redact
from scanner.facts.host import AnsweringMachine
from scanner.guard import guarded
from scanner.hooks import Collector, Task
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason
from scanner.words.trouble import NO_ADVICE, Advice, Kind, advise
from scanner.words.wording import counted

log = logging.getLogger(__name__)
Arguments = dict[str, dict[type[Fact], tuple[str, ...]]]
"""What the queries of the second round are about, by target and fact."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Whom to tell how the collection goes."""

    begin: Callable[[str, tuple[str, ...]], None] = field(default=lambda _round, _targets: None)
    done: Callable[[str], None] = field(default=lambda _target: None)
    lost: Callable[[Gap, int], None] = field(default=lambda _gap, _cost: None)
    """why a target gave nothing or little, and about how many verdicts that costs"""


QUIET = Progress()


@dataclass(frozen=True, slots=True)
class Collection:
    """One run: who reads, with which access, into which record."""

    collectors: tuple[Collector, ...]
    evidence: Evidence
    access: Access
    _provided: dict[tuple[Collector, type[Fact]], bool] = field(
        default_factory=dict[tuple[Collector, type[Fact]], bool]
    )

    def _provides(self, collector: Collector, fact: type[Fact]) -> bool:
        """Whether it says that it reads a fact; one that fails to say so costs only what it would have read."""
        if (collector, fact) not in self._provided:
            what = f"collector {collector.name} saying whether it provides {fact.__name__}"
            said = guarded(lambda: bool(collector.provides(fact)), what, lambda _error: False)
            self._provided[collector, fact] = said
        return self._provided[collector, fact]

    def preparations(self, wants: Iterable[Want]) -> Iterator[Job]:
        """One job for every collector that makes ready before its targets are asked."""
        every = tuple(wants)
        for collector in self.collectors:
            targets = tuple(
                w.target
                for w in every
                if w.kind in collector.kinds and any(self._provides(collector, fact) for fact in w.facts)
            )
            if collector.prepare is not None and targets:
                work = partial(collector.prepare, targets, self.access)
                yield self._preparation(collector.name, work)

    def _preparation(self, name: str, work: Callable[[], None]) -> Job:
        def run(_deadline: float) -> None:
            guarded(work, f"collector {name} preparing", lambda _error: None)  # its targets will tell

        return Job(name, run, lambda _why: None, self.access.limits.host_deadline)

    def jobs(self, wants: Iterable[Want], arguments: Arguments) -> Iterator[Job]:
        """One job for every want and collector that can answer part of it; what none can answer is a gap."""
        for want in wants:
            left = dict.fromkeys(want.facts)
            for collector in self.collectors:
                facts = tuple(f for f in left if want.kind in collector.kinds and self._provides(collector, f))
                if facts:
                    yield self._job(collector, Want(want.target, want.kind, facts), arguments.get(want.target, {}))
                for fact in facts:
                    del left[fact]
            close(self.evidence, want.target, left, GapReason.NOT_COLLECTED, "no collector reads it")

    def _owns(self, collector: Collector, fact: type[Fact]) -> bool:
        """Whether it is the first that provides the fact, be it asked of other targets, too."""
        return next((other for other in self.collectors if self._provides(other, fact)), None) is collector

    def _job(self, collector: Collector, want: Want, arguments: dict[type[Fact], tuple[str, ...]]) -> Job:
        def run(deadline: float) -> None:
            task = Task(
                target=want.target,
                kind=want.kind,
                facts=want.facts,
                arguments=arguments,
                evidence=Share(self.evidence, collector.name, want, partial(self._owns, collector)),
                deadline=deadline,
            )

            def failed(error: BaseException) -> None:
                detail = redact(f"{type(error).__name__}: {error}")[:300]
                close(self.evidence, want.target, want.facts, GapReason.DEFECT, detail)

            guarded(
                partial(collector.collect, task, self.access), f"collector {collector.name} on {task.target}", failed
            )
            close(self.evidence, want.target, want.facts, GapReason.NOT_COLLECTED, "the collector did not mention it")
            _log(self.evidence, want, collector.name)

        def late(why: str) -> None:
            log.info("%s: given up, %s", want.target, why)
            of_ours = why in (INTERRUPTED, NO_THREAD)
            reason = GapReason.NOT_COLLECTED if of_ours else GapReason.TIMEOUT
            advice = NO_ADVICE if of_ours else advise(Kind.SLOW)
            close(self.evidence, want.target, want.facts, reason, why, advice)

        return Job(want.target, run, late, self.access.limits.host_deadline)


def _log(evidence: Evidence, want: Want, collector: str) -> None:
    """Tell of what became of one target's facts."""
    gaps = [gap for fact in want.facts if isinstance(gap := evidence.ask(fact, want.target), Gap)]
    missing = f", {counted(len(gaps), 'gap')}" if gaps else ""
    log.info("%s: %s answered by %s%s", want.target, counted(len(want.facts) - len(gaps), "fact"), collector, missing)
    for gap in gaps:
        log.info("%s", gap)


def close(
    evidence: Evidence,
    target: str,
    facts: Iterable[type[Fact]],
    reason: GapReason,
    detail: str,
    advice: Advice = NO_ADVICE,
) -> None:
    """Close the account of one target: what has neither answer nor gap gets one."""
    for fact in facts:
        if not evidence.has(fact, target):
            evidence.miss(fact, target, reason, detail, advice)


def silent(evidence: Evidence) -> dict[str, Gap]:
    """Targets that answered nothing of their own, each with a reason: asking them again would be of no use."""
    spoke = {answer.target for answer in evidence.answers() if answer.fact is not AnsweringMachine}
    found: dict[str, Gap] = {}
    for gap in evidence.gaps():
        if gap.target not in spoke:
            found.setdefault(gap.target, gap)
    return found
