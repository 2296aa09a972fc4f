"""What the findings mean for the run: counts, readiness of every route, verdict, exit code. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scanner.words.bearing import Bearing, bearings_on
from scanner.words.check import Check
from scanner.words.estate import Route
from scanner.words.evidence import Evidence
from scanner.words.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY, WORDS
from scanner.words.model import Profile, Severity, Status
from scanner.words.not_judged import NotJudged
from scanner.words.report import Finding, PluginInfo, ProfileState, Report, RouteState


def decide(findings: Iterable[Finding], threshold: Severity) -> int:
    """The exit code of findings: a failure at the threshold wins over anything unknown; nothing judged is unknown."""
    judged = 0
    incomplete = False
    for finding in findings:
        if finding.status is Status.FAIL and finding.severity >= threshold:
            return NOT_READY
        incomplete = incomplete or finding.status in (Status.UNKNOWN, Status.ERROR)
        judged += finding.status in (Status.PASS, Status.WARN, Status.FAIL)
    return INCOMPLETE if incomplete or not judged else READY


def report_of(
    evidence: Evidence,
    findings: Sequence[Finding],
    *,
    checks: Iterable[Check],
    plugins: Iterable[PluginInfo],
    threshold: Severity,
    not_judged: Iterable[NotJudged] = (),
) -> Report:
    """The one object that every format is written from."""
    estate, checks = evidence.estate, tuple(checks)
    judged = {check.id for check in checks}
    by_bearing = _by_bearing(findings)
    of_all = readiness(findings, estate.profiles, threshold, planned=bool(estate.routes))
    code = INTERRUPTED if evidence.interrupted else worst_of(of_all)
    counts = Counter(finding.status for finding in findings)
    return Report(
        verdict=WORDS[code],
        readiness=of_all,
        exit_code=code,
        threshold=threshold,
        version=evidence.version,
        started=evidence.started,
        finished=evidence.finished,
        runner=evidence.runner,
        profiles=tuple(sorted(estate.profiles)),
        counts={status.value: counts[status] for status in Status},
        findings=tuple(findings),
        gaps=evidence.gaps(),
        plugins=tuple(plugins),
        checks=checks,
        not_judged=tuple(row for row in not_judged if row.profiles & estate.profiles and row.id not in judged),
        routes=tuple(_state(route, estate.profiles, by_bearing, threshold) for route in estate.routes),
        targets=evidence.targets(),
        accepted=estate.accepted,
    )


Placed = tuple[int, Finding]
"""A finding and its place in the report."""


def _by_bearing(findings: Sequence[Finding]) -> dict[Bearing, list[Placed]]:
    found: dict[Bearing, list[Placed]] = {}
    for placed in enumerate(findings):
        found.setdefault(placed[1].bears, []).append(placed)
    return found


def _state(
    route: Route, profiles: frozenset[Profile], found: dict[Bearing, list[Placed]], threshold: Severity
) -> RouteState:
    placed = [item for key in bearings_on(route.source, route.destination) for item in found.get(key, ())]
    bearing = [finding for _, finding in sorted(placed, key=lambda item: item[0])]
    states = readiness(bearing, profiles, threshold)
    counts = Counter(f.status for f in bearing)
    return RouteState(
        source=route.source,
        destination=route.destination,
        storage=route.storage,
        verdict=WORDS[worst_of(states)],
        profiles=states,
        blockers=_blockers(bearing, threshold),
        failed=counts[Status.FAIL],
        warned=counts[Status.WARN],
        unknown=counts[Status.UNKNOWN] + counts[Status.ERROR],
    )


def readiness(
    findings: Sequence[Finding], profiles: frozenset[Profile], threshold: Severity, *, planned: bool = True
) -> tuple[ProfileState, ...]:
    """How ready each kind of move is, by name; where no move is planned, only Site Recovery can be ready."""
    return tuple(
        _of_profile(profile, findings, threshold, planned=planned or profile is Profile.ASR_VMM)
        for profile in sorted(profiles)
    )


def _of_profile(profile: Profile, findings: Iterable[Finding], threshold: Severity, *, planned: bool) -> ProfileState:
    """How ready a kind of move is, by the findings that bear upon it; what checks of hosts say is no move's verdict."""
    bearing = [finding for finding in findings if profile in finding.profiles]
    code = decide(bearing, threshold)
    counts = Counter(f.status for f in bearing)
    return ProfileState(
        profile=profile,
        verdict=WORDS[INCOMPLETE if code == READY and not planned else code],
        blockers=_blockers(bearing, threshold),
        failed=counts[Status.FAIL],
        warned=counts[Status.WARN],
        unknown=counts[Status.UNKNOWN] + counts[Status.ERROR],
    )


def _blockers(findings: Iterable[Finding], threshold: Severity) -> tuple[tuple[str, str], ...]:
    return tuple((f.check, f.subject.id) for f in findings if f.status is Status.FAIL and f.severity >= threshold)


def worst_of(states: Sequence[ProfileState]) -> int:
    """The exit code of the worst of these; of none: nothing was judged."""
    words = {state.verdict for state in states}
    return next((code for code in (NOT_READY, INCOMPLETE, READY) if WORDS[code] in words), INCOMPLETE)
