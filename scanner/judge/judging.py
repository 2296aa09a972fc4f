"""Judges closed evidence: one finding for every enabled check on every subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice, product, repeat

from scanner.facts.network import PROBES_A_SUBJECT, EndpointProbe
from scanner.guard import guarded
from scanner.judge.bounded import bounded
from scanner.judge.causes import with_causes
from scanner.judge.disks import of_machines
from scanner.judge.planned import Turn, each_alone, parts_of, seen_by
from scanner.judge.sharing import Shared
from scanner.judge.whole import ordered_rows
from scanner.words.check import Ask, Check, Verdict
from scanner.words.evidence import Evidence
from scanner.words.finding import Finding
from scanner.words.model import WORST_FIRST, Gap, Profile, Severity, Status
from scanner.words.scope import RUN, Case, Settled, Subject, unseen
from scanner.words.telling import tell
from scanner.words.trace import Later
from scanner.words.view import MissingEvidence, View

Spoken = tuple[frozenset[Profile], Verdict, View]
"""The kinds of move, what is said of them, and by which view."""


def enabled(checks: Iterable[Check], profiles: frozenset[Profile]) -> tuple[Check, ...]:
    """The checks that one of these profiles wants, by id."""
    return tuple(sorted((c for c in checks if c.profiles & profiles), key=lambda c: c.id))


def judge(checks: Iterable[Check], evidence: Evidence, at: datetime | None = None) -> tuple[Finding, ...]:
    """One finding for every enabled check on every subject, worst first, then by check and subject.

    They are about the instant at which the record was made, or about a later one.
    """
    evidence = ordered_rows(evidence).amended()  # what is made of it on the way goes when all is judged
    later = Later(at) if at else None
    asked, shared = enabled(checks, evidence.estate.profiles), Shared()
    found: list[Finding] = []
    for check in asked:
        found += sorted(judge_check(check, evidence, later, shared), key=_place)
    found.sort(key=_rank)
    return with_causes(found, asked)


def judge_check(
    check: Check, evidence: Evidence, later: Later | None = None, shared: Shared | None = None
) -> Iterator[Finding]:
    """The findings of one check; one at least, whatever there is to judge."""
    by_profile, shared = each_alone(check, evidence.estate), shared or Shared()
    shared.begin()
    for part, turns in parts_of(check, evidence):
        for case in cases_of(check, part):
            bears = shared.bearing(check.scope.bears(case))
            for profiles, verdict, view in _each(check, case, part, turns, later):
                said = shared.said(check, verdict, profiles, by_profile=by_profile, timely=view.timely)
                lacks = shared.lacks(_lacks(verdict, case, view))
                yield Finding.of(said, case.subject, bears, shared.sources(view.sources()), lacks)


def again(check: Check, finding: Finding, evidence: Evidence, later: Later) -> tuple[Verdict, View]:
    """What the check says of the finding's subject at a later instant, and the view by which it looked."""
    view = View(seen_by(evidence, finding.profiles), check.needs, finding.profiles, later)
    return _verdict(check, Case(finding.subject), view), view


def _each(check: Check, case: Case, evidence: Evidence, turns: Iterable[Turn], later: Later | None) -> Iterator[Spoken]:
    """What is said of each kind of move; a check that does not ask which one it is looks once for all."""
    view = said = None
    for profiles in turns:
        if view is None or said is None or not view.for_all:
            view = View(evidence, check.needs, profiles, later)
            said = _verdict(check, case, view)
        yield profiles, said, view


def _lacks(verdict: Verdict, case: Case, view: View) -> tuple[Gap, ...]:
    """What an open verdict lacks: what its note names, or, where it names none, all that was not had."""
    if verdict.status not in (Status.UNKNOWN, Status.ERROR):
        return ()
    if case.settled is not None:
        return case.settled.lacks
    gaps = tuple(view.gaps())
    return tuple(gap for gap in gaps if str(gap) in verdict.note) or gaps


def _verdict(check: Check, case: Case, view: View) -> Verdict:
    if case.settled is not None:
        return Verdict(case.settled.status, note=case.settled.reason)
    said = guarded(lambda: _said(check, case.subject, view), f"{check.id} on {case.subject.id}", _defect)
    verdict = bounded(said)
    missed = verdict.status is Status.UNKNOWN and any(gap.status is Status.ERROR for gap in view.gaps())
    return replace(verdict, status=Status.ERROR) if missed else verdict


def cases_of(check: Check, evidence: Evidence) -> tuple[Case, ...]:
    """Every subject of the check, in a stable order; a scope that fails is one error on the run.

    Checks of one scope share them, those that are about machines among themselves.
    """

    def failed(error: BaseException) -> tuple[Case, ...]:
        why = tell(
            "the scope {scope} failed: {name}: {error}", scope=check.scope, name=type(error).__name__, error=error
        )
        return (Case(Subject(RUN, ("run",), tell("this run")), Settled(Status.ERROR, why)),)

    def cases() -> tuple[Case, ...]:
        try:
            plain = evidence.once(key[:-1], lambda: tuple(check.scope.cases(evidence)))
            return tuple(of_machines(check.scope, plain, evidence)) if check.of_machines else plain
        except MissingEvidence as missing:  # a record of another version, whose rows lack what names the subjects
            return (unseen(str(missing)),)

    key = cases_of, check.scope, check.scope.subjects, check.of_machines
    return evidence.once(key, lambda: guarded(cases, f"the scope {check.scope}", failed))


def _said(check: Check, subject: Subject, view: View) -> Verdict:
    try:
        verdict = check.judge(subject, view)
    except MissingEvidence as missing:
        return Verdict(Status.UNKNOWN, note=str(missing))
    whole = isinstance(verdict, Verdict) and isinstance(verdict.status, Status)  # pyright: ignore[reportUnnecessaryIsInstance]
    if not whole or not all(map(isinstance, verdict.texts, repeat(str))):
        raise TypeError(f"it gave a {type(verdict).__name__}, and no Verdict of a Status and texts")
    if verdict.status is Status.WARN and not verdict.works:
        raise TypeError(f"it warns of {verdict.seen!r:.80} and does not say why the move works")
    return verdict


def _defect(error: BaseException) -> Verdict:
    return Verdict(Status.ERROR, note=tell("the check failed: {name}: {error}", name=type(error).__name__, error=error))


def asks_of(checks: Iterable[Check], evidence: Evidence) -> Iterator[Ask]:
    """What the second round shall ask, as the first round's answers tell."""
    evidence = ordered_rows(evidence)
    attempts: dict[tuple[str, tuple[str, ...]], set[tuple[str, str]]] = {}
    for check in enabled(checks, evidence.estate.profiles):
        if check.asks is None:
            continue
        for part, turns in parts_of(check, evidence):
            for case, profiles in product(cases_of(check, part), turns):
                if case.settled is not None:
                    continue
                asked = _asks(check, case.subject, View(part, check.needs, profiles))
                tried = attempts.setdefault((check.id, case.subject.machines), set())
                yield from (ask for ask in asked if ask.fact is not EndpointProbe or _fits(tried, ask))


def _asks(check: Check, subject: Subject, view: View) -> list[Ask]:
    """What a check asks of one subject; what was said before a failure is asked all the same."""
    asked: list[Ask] = []
    what = f"{check.id} saying what to ask about {subject.id}"
    guarded(partial(_asked, check, subject, view, asked), what, lambda _error: None)
    return asked


def _fits(tried: set[tuple[str, str]], ask: Ask) -> bool:
    """Whether an attempt may be made beside those that were: a machine says how many subjects a route has."""
    attempt = (ask.target, ask.argument)
    if len(tried) < PROBES_A_SUBJECT:
        tried.add(attempt)
    return attempt in tried


def _asked(check: Check, subject: Subject, view: View, asked: list[Ask]) -> None:
    if check.asks is None:
        return
    with suppress(MissingEvidence):  # the check itself will say so
        for ask in islice(check.asks(subject, view), PROBES_A_SUBJECT):
            if not isinstance(ask, Ask):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"it gave a {type(ask).__name__}, which is no Ask")
            asked.append(ask)


def _place(finding: Finding) -> tuple[str, str]:
    return finding.subject.id, finding.profile


def _rank(finding: Finding) -> int:
    """The worst first; of those that are as bad as each other, they stay as they are."""
    return WORST_FIRST.index(finding.status) * len(Severity) - finding.severity
