"""What the findings mean for the run: counts, readiness of every route, verdict, exit code. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from scanner.facts.directory import DomainController
from scanner.judge import left_out
from scanner.judge.lost import lost_of
from scanner.words.bearing import Bearing, bearings_on, by_end
from scanner.words.check import Check
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY, WORDS
from scanner.words.model import Profile, Severity, Status
from scanner.words.not_judged import NotJudged
from scanner.words.report import Finding, PluginInfo, ProfileState, Report, RouteState
from scanner.words.source import TargetInfo

Blocker = tuple[int, frozenset[Profile], tuple[str, str]]
"""Of a failure that stops a move: its place among the findings, the kinds of move, and (check, subject id)."""


@dataclass(slots=True)
class Tally:
    """What findings come to: how many ended how, by the kinds of move they bear upon, and what blocks."""

    counts: Counter[tuple[frozenset[Profile], Status]] = field(
        default_factory=Counter[tuple[frozenset[Profile], Status]]
    )
    blocks: list[Blocker] = field(default_factory=list[Blocker])

    def add(self, place: int, finding: Finding, threshold: Severity) -> None:
        """One finding more."""
        self.counts[finding.profiles, finding.status] += 1
        if finding.status is Status.FAIL and finding.severity >= threshold:
            self.blocks.append((place, finding.profiles, (finding.check, finding.subject.id)))

    def of(self, profiles: frozenset[Profile]) -> Tally:
        """Of those that bear upon one of these kinds of move."""
        counts = Counter({key: number for key, number in self.counts.items() if profiles & key[0]})
        return Tally(counts, [block for block in self.blocks if profiles & block[1]])

    def number(self, *statuses: Status) -> int:
        """How many ended so."""
        return sum(number for (_, status), number in self.counts.items() if status in statuses)

    @property
    def blockers(self) -> tuple[tuple[str, str], ...]:
        """(check, subject id) of what blocks, in the order of the findings."""
        return tuple(block for _, _, block in self.blocks)


def tallied(findings: Iterable[Finding], threshold: Severity) -> Tally:
    """What the findings come to."""
    tally = Tally()
    for place, finding in enumerate(findings):
        tally.add(place, finding, threshold)
    return tally


def decide(tally: Tally) -> int:
    """The exit code of findings: a failure at the threshold wins over anything unknown; nothing judged is unknown."""
    if tally.blocks:
        return NOT_READY
    incomplete = tally.number(Status.UNKNOWN, Status.ERROR)
    judged = tally.number(Status.PASS, Status.WARN, Status.FAIL)
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
    by_bearing = _by_bearing(findings, threshold)
    several = by_end(by_bearing)
    everything = _together(by_bearing.values())
    planned = frozenset(profile for profile in estate.profiles if estate.planned(frozenset({profile})))
    of_all = readiness(everything, estate.profiles, planned)
    code = INTERRUPTED if evidence.interrupted else worst_of(of_all)
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
        counts={status.value: everything.number(status) for status in Status},
        findings=tuple(findings),
        gaps=evidence.gaps(),
        plugins=tuple(plugins),
        checks=checks,
        not_judged=(
            *(row for row in not_judged if row.id not in judged and _bears(row, estate)),
            *left_out.not_judged(evidence),
        ),
        routes=tuple(_state(route, estate.kinds_of(route), by_bearing, several) for route in estate.routes),
        targets=_targets(evidence),
        lost=lost_of(evidence, findings),
        accepted=estate.accepted,
        chosen=estate.chosen,
    )


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


def _by_bearing(findings: Iterable[Finding], threshold: Severity) -> dict[Bearing, Tally]:
    found: dict[Bearing, Tally] = defaultdict(Tally)
    for place, finding in enumerate(findings):
        found[finding.bears].add(place, finding, threshold)
    return found


def _together(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        for key, number in tally.counts.items():
            whole.counts[key] += number
        whole.blocks += tally.blocks
    whole.blocks.sort(key=lambda block: block[0])
    return whole


def _state(
    route: Route,
    profiles: frozenset[Profile],
    found: Mapping[Bearing, Tally],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> RouteState:
    """What bears on a route, each once, though both ends be hosts of one bearing."""
    bearings = bearings_on(route.source, route.destination)
    keys = dict.fromkeys((*bearings, *(key for one in bearings for key in several.get(one, ()))))
    tally = _together(found[key] for key in keys if key in found).of(profiles)
    states = readiness(tally, profiles, profiles)
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
