"""Collects and judges. The only place that survives anybody else's failure: one guarded call a target and a check."""

from __future__ import annotations

import logging
import platform
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scanner import __version__
from scanner.collecting import Arguments, Collection, close, silent
from scanner.estate.access import Access
from scanner.estate.model import Estate
from scanner.estate.secret import redact
from scanner.evidence import Evidence, MissingEvidence, View
from scanner.facts.vm import VirtualMachineSettings
from scanner.hooks import Collector, Task
from scanner.identity import settle
from scanner.model import ALL_VMS, Ask, Check, Fact, Gap, GapReason, Profile, Scope, Status, Subject, Verdict
from scanner.planner import Want, first_round, kind_of, more_domains, second_round
from scanner.report import Finding
from scanner.schedule import run_all
from scanner.subjects import excuse, subjects_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """Whom to tell how the collection goes."""

    begin: Callable[[str, tuple[str, ...]], None] = field(default=lambda _round, _targets: None)
    done: Callable[[str], None] = field(default=lambda _target: None)


QUIET = Progress()


def collect(
    checks: Iterable[Check], collectors: Iterable[Collector], estate: Estate, access: Access, progress: Progress = QUIET
) -> Evidence:
    """Read what the enabled checks need, in two rounds, and always come back.

    Ctrl-C ends it early: the evidence says so and holds what was read until then.
    """
    wanted, now = enabled(checks, estate.profiles), datetime.now(UTC)
    evidence = Evidence(estate, started=now, finished=now, version=__version__, runner=platform.node())
    collection = Collection(tuple(collectors), evidence, access, _guarded)
    until = time.monotonic() + access.limits.run_deadline

    def go(name: str, wants: Iterable[Want], arguments: Arguments | None = None) -> None:
        jobs = tuple(collection.jobs(wants, arguments or {}))
        progress.begin(name, tuple(job.name for job in jobs))
        run_all(jobs, concurrency=access.limits.concurrency, until=until, done=progress.done)

    try:
        go("reading", first_round(wanted, estate))
        while wants := more_domains(wanted, evidence):
            go("reading more domains", wants)
        settle(evidence)  # so that another machine's answers lead to no probe
        arguments = second_round(asks_of(wanted, evidence), estate)
        go("probing", [_second(target, tuple(facts), evidence) for target, facts in arguments.items()], arguments)
    except KeyboardInterrupt:
        evidence.interrupted = True
    evidence.close()
    settle(evidence)
    evidence.finished = datetime.now(UTC)
    return evidence


def _second(target: str, facts: tuple[type[Fact], ...], evidence: Evidence) -> Want:
    """What to ask a machine in the second round: nothing, if it was silent in the first."""
    gap = silent(evidence, target)
    if gap is not None:
        close(evidence, target, facts, gap.reason, gap.detail)
        facts = ()
    return Want(target, kind_of(target, evidence.estate), facts)


def _guarded(collector: Collector, task: Task, access: Access) -> None:
    try:
        collector.collect(task, access)
    except (Exception, SystemExit) as error:
        log.exception("collector %s on %s", collector.name, task.target)
        detail = redact(f"the collector failed: {type(error).__name__}: {error}")[:300]
        close(task.evidence, task.target, task.facts, GapReason.NOT_COLLECTED, detail)


def last_resort(run: Callable[[], int], tell: Callable[[str], None]) -> int:
    """Run the program; a defect of ours becomes one text without secrets and the exit code 4."""
    try:
        return run()
    except Exception:
        tell(redact(traceback.format_exc()))
        return 4


def enabled(checks: Iterable[Check], profiles: frozenset[Profile]) -> tuple[Check, ...]:
    """The checks that one of these profiles wants, by id."""
    return tuple(sorted((c for c in checks if c.profiles & profiles), key=lambda c: c.id))


def judge(checks: Iterable[Check], evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for every enabled check on every subject, worst first, then by check and subject."""
    found = [f for check in enabled(checks, evidence.estate.profiles) for f in judge_check(check, evidence)]
    return tuple(sorted(found, key=_order))


def judge_check(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """The findings of one check."""
    for subject in subjects_of(check, evidence):
        view = View(evidence, check.needs)
        verdict = _verdict(check, subject, view)
        yield Finding(
            check=check.id,
            subject=subject,
            status=verdict.status,
            severity=check.severity,
            title=check.title,
            seen=verdict.seen,
            wanted=verdict.wanted,
            remedy=verdict.remedy,
            note=verdict.note,
            evidence=view.sources(),
        )


def _verdict(check: Check, subject: Subject, view: View) -> Verdict:
    if subject.kind in (Scope.VM, Scope.VM_ROUTE) and subject.vm_id == ALL_VMS:
        rows = view.evidence.ask(VirtualMachineSettings, subject.host)
        if isinstance(rows, Gap):
            return Verdict(Status.UNKNOWN, note=str(rows))
    reason = excuse(check, subject, view.estate)
    if reason:
        return Verdict(Status.NOT_APPLICABLE, note=reason)
    try:
        return check.judge(subject, view)
    except MissingEvidence as missing:
        return Verdict(Status.UNKNOWN, note=str(missing))
    except (Exception, SystemExit) as error:
        log.exception("%s on %s", check.id, subject.id)
        return Verdict(Status.ERROR, note=f"the check failed: {type(error).__name__}: {error}")


def asks_of(checks: Iterable[Check], evidence: Evidence) -> Iterator[Ask]:
    """What the second round shall ask, as the first round's answers tell."""
    for check in enabled(checks, evidence.estate.profiles):
        if check.asks is None:
            continue
        for subject in subjects_of(check, evidence):
            try:
                yield from check.asks(subject, View(evidence, check.needs))
            except MissingEvidence:
                continue  # the check itself will say so
            except (Exception, SystemExit):
                log.exception("%s could not say what to ask about %s", check.id, subject.id)


WORST_FIRST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return WORST_FIRST.index(finding.status), -finding.severity, finding.check, finding.subject.id
