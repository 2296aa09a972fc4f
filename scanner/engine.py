"""Collects and judges. The only place that survives anybody else's failure: one guarded call a target and a check."""

from __future__ import annotations

import logging
import platform
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from itertools import islice

from scanner import __version__
from scanner.collecting import QUIET, Arguments, Collection, Progress, close, silent
from scanner.estate.access import Access
from scanner.estate.model import Estate
from scanner.estate.secret import redact
from scanner.evidence import Evidence, MissingEvidence, View
from scanner.exits import INTERNAL
from scanner.facts.network import PROBES_A_SUBJECT
from scanner.hooks import Collector, Task
from scanner.identity import settle
from scanner.model import ALL_VMS, Ask, Check, Fact, GapReason, Profile, Scope, Status, Subject, Verdict
from scanner.planner import Want, first_round, kind_of, second_round
from scanner.report import Finding
from scanner.schedule import INTERRUPTED, run_all
from scanner.subjects import excuse, subjects_of, unlisted
from scanner.widening import beyond

log = logging.getLogger(__name__)


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
    try:
        with interruptible:
            _read(wanted, Collection(tuple(collectors), evidence, access, _guarded, _survived), progress)
    except KeyboardInterrupt:
        evidence.interrupted = True
        for want in first_round(wanted, estate):
            close(evidence, want.target, want.facts, GapReason.NOT_COLLECTED, INTERRUPTED)
    except Exception:
        log.exception("reading ended early")
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


def _guarded(collector: Collector, task: Task, access: Access) -> None:
    try:
        collector.collect(task, access)
    except (Exception, SystemExit) as error:
        log.exception("collector %s on %s", collector.name, task.target)
        detail = redact(f"the collector failed: {type(error).__name__}: {error}")[:300]
        close(task.evidence, task.target, task.facts, GapReason.NOT_COLLECTED, detail)


def made(what: str, make: Callable[[], object]) -> str | bytes | None:
    """What somebody's format makes of a report, or ours of a record; nothing if it fails, which costs only its file."""
    try:
        content = make()
        if not isinstance(content, str | bytes):
            raise TypeError(f"it gave {type(content).__name__}, no text")
    except (Exception, SystemExit):
        log.exception("%s failed", what)
        return None
    return content


def _survived(work: Callable[[], None], what: str) -> None:
    try:
        work()
    except (Exception, SystemExit):
        log.exception("%s", what)  # what was not prepared, its targets will tell


def last_resort(run: Callable[[], int], tell: Callable[[str], None]) -> int:
    """Run the program; a defect of ours becomes one text without secrets and the exit code 4."""
    try:
        return run()
    except Exception:
        tell(redact(traceback.format_exc()))
        return INTERNAL


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
        why = unlisted(subject, view.evidence)
        if why:
            return Verdict(Status.UNKNOWN, note=why)
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
                yield from islice(check.asks(subject, View(evidence, check.needs)), PROBES_A_SUBJECT)
            except MissingEvidence:
                continue  # the check itself will say so
            except (Exception, SystemExit):
                log.exception("%s could not say what to ask about %s", check.id, subject.id)


WORST_FIRST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return WORST_FIRST.index(finding.status), -finding.severity, finding.check, finding.subject.id
