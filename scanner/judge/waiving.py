"""Lays waivers over findings: whom each covers, and what has become of it. Pure; the day is the evidence's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from itertools import chain, islice

from scanner.words.model import Status
from scanner.words.report import Finding
from scanner.words.scope import Subject
from scanner.words.telling import joined, tell
from scanner.words.waivers import OPEN, Covered, Waiver, Waivers, WaiverState, WaiverUse
from scanner.words.wording import near

COMPARED = 3000
"""So many names are compared with one that nothing bears."""
UNKNOWN_ONLY = tell("what it is about could not be judged; accept_unknown = true would accept that")
PATTERNS = tell("a pattern is held against ids and machines, not against what people call things: name it by its id")
NOTHING_THERE = tell("the check does not apply to what it is about")


def laid(
    findings: Sequence[Finding], waivers: Waivers, when: datetime
) -> tuple[Sequence[Finding], tuple[WaiverUse, ...]]:
    """The findings, each with the waiver that covers it if there is one, and every waiver with what it does.

    A finding that several cover bears the one that ends last.
    """
    if not waivers.entries:
        return findings, ()
    today = when.astimezone(UTC).date()
    of_checks = {waiver.check for waiver in waivers.entries}
    by_check: dict[str, list[tuple[int, Finding]]] = {check: [] for check in of_checks}
    for place, finding in enumerate(findings):
        if finding.check in of_checks:
            by_check[finding.check].append((place, finding))
    covering: dict[int, Waiver] = {}
    uses: list[WaiverUse] = []
    for waiver in waivers.entries:
        there = [finding for _, finding in by_check[waiver.check]]
        subjects = meant(waiver, (finding.subject for finding in there))
        about = [(place, finding) for place, finding in by_check[waiver.check] if finding.subject in subjects]
        use = _use(waiver, [finding for _, finding in about], there, today, waivers.warn_days)
        uses.append(replace(use, about=subjects, warn_days=waivers.warn_days))
        for place, finding in about if waiver.in_force(today) else ():
            if waiver.accepts(finding.status) and (place not in covering or covering[place].until < waiver.until):
                covering[place] = waiver
    covered = {place: replace(findings[place], waiver=waiver) for place, waiver in covering.items()}
    return tuple(covered.get(place, finding) for place, finding in enumerate(findings)), tuple(uses)


def standing(finding: Finding, uses: Iterable[WaiverUse], when: datetime) -> Waiver | None:
    """The waiver that covers a finding at an instant, of several the one that ends last."""
    today = when.astimezone(UTC).date()
    own = (use.waiver for use in uses if use.waiver.check == finding.check and finding.subject in use.about)
    fit = (waiver for waiver in own if waiver.accepts(finding.status) and waiver.in_force(today))
    return max(fit, key=lambda waiver: waiver.until, default=None)


def meant(waiver: Waiver, subjects: Iterable[Subject]) -> frozenset[Subject]:
    """The subjects of its check that a waiver is about: what it says as it stands, and only then a pattern.

    Titles are for people, and machines have part in them: two may be called alike, and then it is neither's.
    """
    there = frozenset(subjects)
    if exact := frozenset(one for one in there if waiver.subject in (one.id, *one.machines)):
        return exact
    if called := _called(waiver, there):
        return called if len(called) == 1 else frozenset()
    return frozenset(filter(waiver.is_about, there))


def _called(waiver: Waiver, subjects: Iterable[Subject]) -> frozenset[Subject]:
    return frozenset(one for one in subjects if one.title == waiver.subject)


def _use(waiver: Waiver, about: Sequence[Finding], there: Sequence[Finding], today: date, warn_days: int) -> WaiverUse:
    covers = [finding for finding in about if waiver.accepts(finding.status)]
    passing = [finding for finding in about if finding.status is Status.PASS]
    note, days = "", (waiver.until - today).days
    if not waiver.in_force(today):
        state = WaiverState.EXPIRED
    elif covers:
        state = WaiverState.ENDS_SOON if days <= warn_days else WaiverState.IN_FORCE
    elif passing and not any(finding.status in OPEN for finding in about):
        state, covers = WaiverState.PASSES_NOW, passing
    else:
        state, note = WaiverState.UNUSED, _why_unused(waiver, about, there)
    return WaiverUse(waiver=waiver, state=state, days=days, covers=tuple(map(_covered, covers)), note=note)


def _covered(finding: Finding) -> Covered:
    return finding.check, finding.subject.id, finding.profile


def _why_unused(waiver: Waiver, about: Sequence[Finding], there: Sequence[Finding]) -> str:
    if any(finding.status in OPEN for finding in about):
        return UNKNOWN_ONLY
    if about:
        return NOTHING_THERE
    if not there:
        return tell("{check} judges nothing here: no kind of move that is asked for needs it", check=waiver.check)
    subjects = [finding.subject for finding in there]
    if called := sorted(one.id for one in _called(waiver, subjects)):
        return tell(
            "{count:,} that {check} judges are called so: name the one meant by its id, as {id}",
            count=len(called),
            check=waiver.check,
            id=called[0],
        )
    if waiver.is_pattern and any(fnmatchcase(one.title, waiver.subject) for one in subjects):
        return tell(
            "{patterns}, as {id}",
            patterns=PATTERNS,
            id=min(one.id for one in subjects if fnmatchcase(one.title, waiver.subject)),
        )
    names = chain.from_iterable((subject.id, subject.title) for subject in subjects)
    none = tell("nothing that {check} judges is called so", check=waiver.check)
    return joined("; ", filter(None, (none, closest(waiver.subject, islice(names, COMPARED)))))


def closest(name: str, known: Iterable[str]) -> str:
    """``did you mean "..."?`` for the known name that comes nearest, whatever its case."""
    spelt = {other.lower(): other for other in known}
    guess = near(name, spelt)
    return tell('did you mean "{name}"?', name=spelt[guess]) if guess else ""
