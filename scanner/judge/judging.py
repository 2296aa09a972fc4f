"""Judges closed evidence: one finding for every enabled check on every subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice

from scanner.facts.network import PROBES_A_SUBJECT
from scanner.guard import guarded
from scanner.judge.subjects import excuse, subjects_of, unlisted
from scanner.words.check import Ask, Check, Verdict
from scanner.words.evidence import Evidence
from scanner.words.model import ALL_VMS, Profile, Scope, Status, Subject
from scanner.words.report import Finding
from scanner.words.view import MissingEvidence, View


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
    return guarded(lambda: _said(check, subject, view), f"{check.id} on {subject.id}", _defect)


def _said(check: Check, subject: Subject, view: View) -> Verdict:
    try:
        return check.judge(subject, view)
    except MissingEvidence as missing:
        return Verdict(Status.UNKNOWN, note=str(missing))


def _defect(error: BaseException) -> Verdict:
    return Verdict(Status.ERROR, note=f"the check failed: {type(error).__name__}: {error}")


def asks_of(checks: Iterable[Check], evidence: Evidence) -> Iterator[Ask]:
    """What the second round shall ask, as the first round's answers tell."""
    for check in enabled(checks, evidence.estate.profiles):
        if check.asks is None:
            continue
        for subject in subjects_of(check, evidence):
            asked: list[Ask] = []  # what was said before a failure is asked all the same
            what = f"{check.id} saying what to ask about {subject.id}"
            guarded(partial(_asked, check, subject, View(evidence, check.needs), asked), what, lambda _error: None)
            yield from asked


def _asked(check: Check, subject: Subject, view: View, asked: list[Ask]) -> None:
    if check.asks is None:
        return
    with suppress(MissingEvidence):  # the check itself will say so
        asked.extend(islice(check.asks(subject, view), PROBES_A_SUBJECT))


WORST_FIRST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return WORST_FIRST.index(finding.status), -finding.severity, finding.check, finding.subject.id
