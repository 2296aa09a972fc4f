"""Holds findings against those of an earlier run: what is new, mended, still there, no longer judged. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from scanner.words.baseline import COUNTS, Baseline, Change, Difference, Key, Known
from scanner.words.finding import Finding, Said
from scanner.words.model import ALL_VMS, Status
from scanner.words.scope import RUN
from scanner.words.waivers import OPEN


def known_of(findings: Iterable[Finding], when: datetime) -> tuple[Known, ...]:
    """The findings of a run as one that comes later knows them."""
    return tuple(
        Known(
            check=finding.check,
            subject=finding.subject,
            profile=finding.profile,
            status=finding.status,
            title=finding.title,
            headline=finding.headline,
            since=finding.known_since or when,
            last=when,
            seen=finding.seen or finding.note,
            waived=finding.waiver is not None,
            profiles=finding.profiles,
        )
        for finding in findings
    )


def compared(
    findings: Sequence[Finding], baseline: Baseline | None, checks: Iterable[str]
) -> tuple[Sequence[Finding], Difference | None]:
    """The findings, those that the baseline knows with since when, and the difference.

    Args:
        findings: of this run.
        baseline: the earlier one; None: nothing is known.
        checks: the checks that take part now, on all that there is: what else was found is no longer asked.
    """
    if baseline is None:
        return findings, None
    difference = difference_of(known_of(findings, baseline.taken), baseline, checks)
    waived = {one.key for one in baseline.findings if one.waived or (one.given and one.given.waived)}
    still = {change_key(change): change.since for change in difference.still}
    since = {key: when for key, when in still.items() if key not in waived}
    told = not baseline.gates
    known: dict[tuple[int, datetime], Said] = {}  # findings that say the same do so with the same moment, too

    def with_moment(finding: Finding) -> Finding:
        when = since.get((finding.check, finding.subject.id, finding.profile))
        if when is None:
            return finding
        said = known.setdefault((id(finding.said), when), replace(finding.said, known_since=when, only_told=told))
        return finding.saying(said)

    return tuple(map(with_moment, findings)), difference


def change_key(change: Change) -> Key:
    """The identity of the finding that it is about."""
    return change.check, change.subject.id, change.profile


def difference_of(now: Iterable[Known], baseline: Baseline, checks: Iterable[str]) -> Difference:
    """How what is now differs from an earlier run, as far as these checks found it."""
    known = {one.key: one for one in baseline.findings}
    told: dict[str, list[Change]] = {"new": [], "mended": [], "still": [], "unjudged": []}
    for one in now:
        last = known.pop(one.key, None)
        before = last.held_against(one.status) if last else None
        if before and before.profiles and not one.profiles <= before.profiles:
            before = None  # it stops a kind of move that nobody asked for then
        if word := fate(before.status if before else None, one.status):
            told[word].append(change_of(before, one))
    told["unjudged"] += (change_of(one, None) for one in _vanished(known, set(checks)))
    lists = {word: tuple(changes) for word, changes in told.items()}
    return Difference(
        file=baseline.file,
        taken=baseline.taken,
        history=baseline.history,
        verdict=baseline.verdict,
        turns=baseline.turns,
        **lists,
    )


def fate(before: Status | None, now: Status) -> str:
    """Where a finding belongs that ended so; None: it was not there. Empty where nothing is to be told."""
    if now in COUNTS:
        if before is now:
            return "still"
        return "unjudged" if now in OPEN and before and before not in OPEN else "new"
    return "mended" if before in COUNTS else ""


def _vanished(left: dict[Key, Known], checks: set[str]) -> list[Known]:
    """Of what has no finding now, what was judged once: not what only stood in for what nobody had seen."""
    return [
        one
        for one in (known.given or known for known in left.values())
        if one.check in checks
        and one.status not in OPEN
        and one.subject.kind.name != RUN.name
        and one.subject.vm_id != ALL_VMS
    ]


def change_of(before: Known | None, now: Known | None) -> Change:
    """What became of a finding, of which one side at least is there."""
    one = now or before
    if one is None:
        raise ValueError("a change has a side")
    lost = before if before and before.status not in OPEN and (now is None or now.status in OPEN) else None
    return Change(
        check=one.check,
        subject=one.subject,
        profile=one.profile,
        title=one.title,
        headline=one.headline or one.title,
        before=before.status if before else None,
        now=now.status if now else None,
        since=before.since if before else None,
        last=lost.last if lost else None,
        waived=lost.waived if lost else False,
    )
