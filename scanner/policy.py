"""What the findings mean for the run: counts, readiness of every route, verdict, exit code. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scanner.estate.model import Route
from scanner.evidence import Evidence
from scanner.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY, WORDS
from scanner.model import Check, Severity, Status
from scanner.report import Finding, PluginInfo, Report, RouteState
from scanner.subjects import Bearing, bearing_of, bearings_on


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
        gaps=tuple(gap for _, gap in sorted(evidence.gaps.items())),
        plugins=tuple(plugins),
        checks=tuple(checks),
        routes=tuple(_state(r, by_bearing, threshold) for r in estate.routes),
        targets=tuple(sorted(evidence.targets.values(), key=lambda target: (target.kind, target.name))),
    )


Placed = tuple[int, Finding]
"""A finding and its place in the report."""


def _by_bearing(findings: Sequence[Finding]) -> dict[Bearing, list[Placed]]:
    found: dict[Bearing, list[Placed]] = {}
    for placed in enumerate(findings):
        found.setdefault(bearing_of(placed[1].subject), []).append(placed)
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
