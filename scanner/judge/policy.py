"""What the findings mean for the run: counts, readiness of every route, verdict, exit code. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scanner.words.bearing import Bearing, bearings_on
from scanner.words.check import Check
from scanner.words.estate import Route
from scanner.words.evidence import Evidence
from scanner.words.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY, WORDS
from scanner.words.model import Severity, Status
from scanner.words.report import Finding, PluginInfo, Report, RouteState


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
) -> Report:
    """The one object that every format is written from."""
    code = INTERRUPTED if evidence.interrupted else decide(findings, threshold)
    counts = Counter(finding.status for finding in findings)
    estate = evidence.estate
    by_bearing = _by_bearing(findings)
    return Report(
        verdict=WORDS[code],
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
        checks=tuple(checks),
        routes=tuple(_state(r, by_bearing, threshold) for r in estate.routes),
        targets=evidence.targets(),
    )


Placed = tuple[int, Finding]
"""A finding and its place in the report."""


def _by_bearing(findings: Sequence[Finding]) -> dict[Bearing, list[Placed]]:
    found: dict[Bearing, list[Placed]] = {}
    for placed in enumerate(findings):
        found.setdefault(placed[1].bears, []).append(placed)
    return found


def _state(route: Route, found: dict[Bearing, list[Placed]], threshold: Severity) -> RouteState:
    placed = [item for key in bearings_on(route.source, route.destination) for item in found.get(key, ())]
    bearing = [finding for _, finding in sorted(placed, key=lambda item: item[0])]
    counts = Counter(f.status for f in bearing)
    return RouteState(
        source=route.source,
        destination=route.destination,
        storage=route.storage,
        verdict=WORDS[decide(bearing, threshold)],
        blockers=tuple((f.check, f.subject.id) for f in bearing if f.status is Status.FAIL and f.severity >= threshold),
        failed=counts[Status.FAIL],
        warned=counts[Status.WARN],
        unknown=counts[Status.UNKNOWN] + counts[Status.ERROR],
    )
