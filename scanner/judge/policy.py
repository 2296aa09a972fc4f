"""What the findings mean for the run: counts, readiness of every route, verdict, exit code. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scanner.facts.directory import DomainController
from scanner.judge import comparing, left_out, waiving
from scanner.judge.grouping import groups_of
from scanner.judge.lost import lost_of
from scanner.judge.method import method_of
from scanner.judge.tally import Tally, decide, tallied, together
from scanner.words.baseline import Baseline
from scanner.words.bearing import Bearing, bearings_on, by_end
from scanner.words.check import Check
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY, WORDS
from scanner.words.model import Profile, Severity, Status
from scanner.words.not_judged import NotJudged
from scanner.words.passage import Passage
from scanner.words.readiness import ProfileState, RouteState
from scanner.words.report import Finding, PluginInfo, Report
from scanner.words.source import TargetInfo, nobody_read
from scanner.words.waivers import NO_WAIVERS, Waivers


def report_of(
    evidence: Evidence,
    findings: Sequence[Finding],
    *,
    checks: Iterable[Check],
    plugins: Iterable[PluginInfo],
    threshold: Severity,
    not_judged: Iterable[NotJudged] = (),
    passages: Iterable[Passage] = (),
    waivers: Waivers = NO_WAIVERS,
    baseline: Baseline | None = None,
    at: datetime | None = None,
) -> Report:
    """The one object that every format is written from."""
    estate, checks = evidence.estate, tuple(checks)
    judged = {check.id for check in checks}
    findings, waived = waiving.laid(findings, waivers, at or evidence.finished)
    findings, difference = comparing.compared(findings, baseline, () if estate.chosen else judged)
    by_bearing = by_bearing_of(findings, threshold)
    everything = together(by_bearing.values())
    targets = _targets(evidence)
    planned = frozenset[Profile]() if nobody_read(targets) else _planned(estate)
    of_all = readiness(everything, estate.profiles, planned)
    several = by_end(by_bearing)
    routes = _routes(estate, by_bearing, planned, several)
    code = INTERRUPTED if evidence.interrupted else worst_of(of_all)
    return Report(
        verdict=WORDS[code], readiness=of_all,
        exit_code=_gate(code, findings, estate.profiles, planned, threshold) if difference else code,
        threshold=threshold,
        version=evidence.version,
        started=evidence.started, finished=evidence.finished,
        runner=evidence.runner,
        profiles=tuple(sorted(estate.profiles)),
        counts={status.value: everything.number(status) for status in Status},
        findings=tuple(findings),
        gaps=evidence.gaps(), plugins=tuple(plugins),
        checks=checks,
        not_judged=_passages(not_judged, judged, evidence),
        routes=routes, groups=groups_of(estate, routes, by_bearing, several),
        targets=targets, method=method_of(evidence), passages=tuple(passages),
        lost=lost_of(evidence, findings),
        accepted=estate.accepted, estate=estate.name, chosen=estate.chosen,
        waivers=waived, waivers_file=waivers.file, baseline=difference, estate_file=estate.file,
    )  # fmt: skip


def _planned(estate: Estate) -> frozenset[Profile]:
    """The kinds of move that some route is planned for."""
    return frozenset(profile for profile in estate.profiles if estate.planned(frozenset({profile})))


def _gate(
    code: int, findings: Sequence[Finding], asked: frozenset[Profile], planned: frozenset[Profile], threshold: Severity
) -> int:
    """The exit code of a gate that stops only at what its baseline does not know."""
    if code == INTERRUPTED:
        return code
    return worst_of(readiness(tallied(findings, threshold, known=True), asked, planned))


def _passages(rows: Iterable[NotJudged], judged: Container[str], evidence: Evidence) -> tuple[NotJudged, ...]:
    """What no check judges of these kinds of move, and what the estate leaves out."""
    found = (row for row in rows if row.id not in judged and _bears(row, evidence.estate))
    return (*found, *left_out.not_judged(evidence))


def _bears(row: NotJudged, estate: Estate) -> bool:
    """Whether what no check judges is of a kind of move that is asked for, and the estate lacks what a check needs."""
    return bool(row.profiles & estate.profiles) and not getattr(estate, row.unless, ())


def _targets(evidence: Evidence) -> tuple[TargetInfo, ...]:
    """How every target was read, by kind and name; what the estate names and no collector came to speak of, too."""
    missed = {gap.target for gap in evidence.gaps()}
    by_others = DomainController  # DNS or the estate lists them, and nobody of the domain needs to answer
    answered = Counter(answer.target for answer in evidence.answers() if answer.fact is not by_others)
    found = {info.name: info for info in evidence.targets()}
    for kind, names in evidence.estate.targets.items():
        for name in missed.intersection(names).difference(found):
            found[name] = TargetInfo(name=name, kind=kind, answered=answered[name])
    return tuple(sorted(found.values(), key=lambda info: (info.kind, info.name)))


def by_bearing_of(findings: Iterable[Finding], threshold: Severity, *, known: bool = False) -> dict[Bearing, Tally]:
    """What the findings come to, by whom they bear upon; ``known``: for a gate that passes over what is known."""
    found: dict[Bearing, Tally] = defaultdict(Tally)
    for place, finding in enumerate(findings):
        found[finding.bears].add(place, finding, threshold, known=known)
    return found


def _routes(
    estate: Estate,
    found: Mapping[Bearing, Tally],
    planned: frozenset[Profile],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> tuple[RouteState, ...]:
    return tuple(_state(route, estate.kinds_of(route), planned, found, several) for route in estate.routes)


def _state(
    route: Route,
    profiles: frozenset[Profile],
    planned: frozenset[Profile],
    found: Mapping[Bearing, Tally],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> RouteState:
    """What bears on a route, each once, though both ends be hosts of one bearing."""
    bearings = bearings_on(route.source, route.destination)
    keys = dict.fromkeys((*bearings, *(key for one in bearings for key in several.get(one, ()))))
    tally = together(found[key] for key in keys if key in found).of(profiles)
    states = readiness(tally, profiles, profiles & planned)
    return RouteState(
        source=route.source,
        destination=route.destination,
        storage=route.storage,
        machines=route.machines,
        verdict=WORDS[worst_of(states)],
        profiles=states,
        blockers=tally.blockers,
        failed=tally.number(Status.FAIL),
        warned=tally.number(Status.WARN),
        unknown=tally.number(Status.UNKNOWN, Status.ERROR),
        waived=tally.of_waived,
    )


def readiness(tally: Tally, profiles: frozenset[Profile], planned: frozenset[Profile]) -> tuple[ProfileState, ...]:
    """How ready each kind of move is, live migration first; where none is planned no way was tried, and none is."""
    asked = (profile for profile in Profile if profile in profiles)
    return tuple(_of_profile(one, tally.of(frozenset({one})), planned=one in planned) for one in asked)


def _of_profile(profile: Profile, tally: Tally, *, planned: bool) -> ProfileState:
    """How ready a kind of move is, by what bears upon it; what checks of hosts say is no move's verdict."""
    code = decide(tally)
    return ProfileState(
        profile=profile,
        verdict=WORDS[INCOMPLETE if code == READY and not planned else code],
        blockers=tally.blockers,
        failed=tally.number(Status.FAIL),
        warned=tally.number(Status.WARN),
        unknown=tally.number(Status.UNKNOWN, Status.ERROR),
        waived=tally.of_waived,
    )


class HasVerdict(Protocol):
    """What has a verdict in words."""

    @property
    def verdict(self) -> str:
        """Ready, not ready or incomplete."""
        ...


def worst_of(states: Iterable[HasVerdict]) -> int:
    """The exit code of the worst of these; of none: nothing was judged."""
    words = {state.verdict for state in states}
    return next((code for code in (NOT_READY, INCOMPLETE, READY) if WORDS[code] in words), INCOMPLETE)
