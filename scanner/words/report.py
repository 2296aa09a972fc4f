"""Findings, and the report: the one object from which every format is written.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scanner.words.bearing import Bearing, bearings_on, bears_on, each_of
from scanner.words.check import Check
from scanner.words.model import Gap, Profile, Severity, Status, TargetKind
from scanner.words.not_judged import NotJudged
from scanner.words.scope import Subject
from scanner.words.source import Source, TargetInfo

UNPROVEN = "hv-preflight has never run against real Windows: docs/unproven.md says what that leaves open"
"""Stands in every report until that page says otherwise."""


Cause = tuple[str, str]
"""(check, subject id) of a failure that another one follows from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict placed in the world. Its identity is (check, subject), and the profile where it judges one alone."""

    check: str
    subject: Subject
    bears: Bearing
    """whom it bears upon: one bearing, though it be of several hosts; empty: every move of its profiles"""
    profiles: frozenset[Profile]
    """the kinds of move it bears upon"""
    by_profile: bool = False
    """there is one for each kind of move: its profile is part of its identity"""
    status: Status
    severity: Severity
    title: str
    seen: str = ""
    wanted: str = ""
    remedy: str = ""
    note: str = ""
    works: str = ""
    """of a WARN: why the move works all the same"""
    who: str = ""
    """whose work mends it, one of ``Who``"""
    follows_from: tuple[Cause, ...] = ()
    """of a FAIL: other failures that it follows from, and that are to be mended first"""
    evidence: tuple[Source, ...] = ()
    lacks: tuple[Gap, ...] = ()
    """of an UNKNOWN or ERROR: what was asked for and not had, where that is why"""

    @property
    def profile(self) -> str:
        """The one kind of move it judges, where each is judged by itself; else empty."""
        return next(iter(self.profiles)) if self.by_profile else ""

    def bears_on(self, source: str, destination: str) -> bool:
        """Whether it can stop a move from source to destination, of one of its profiles."""
        return bears_on(self.bears, source, destination)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """One cause that kept many verdicts from being given: told once, with what to do about it."""

    kind: str
    """of ``trouble.Kind``; empty where nothing is known that helps"""
    cause: str
    advice: str
    """what to do, said of the first target"""
    targets: tuple[str, ...]
    verdicts: int
    """how many it keeps from being given; one that misses two things counts for both"""
    checks: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    """all that is one with it"""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin that took part."""

    name: str
    version: str
    origin: str
    """built-in, package or file"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileState:
    """The readiness of one kind of move: on one planned route, or of the whole run."""

    profile: Profile
    verdict: str
    """ready, not ready or incomplete"""
    blockers: tuple[tuple[str, str], ...] = ()
    """(check, subject id) of the failures that stop it"""
    failed: int = 0
    warned: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteState:
    """The readiness of one planned route: the matrix of the report. Blockers and numbers are of all kinds of move."""

    source: str
    destination: str
    storage: bool
    machines: bool = True
    """False: disks move alone"""
    verdict: str
    """the worst of its profiles: ready, not ready or incomplete"""
    profiles: tuple[ProfileState, ...]
    """each kind of move that it is planned for"""
    blockers: tuple[tuple[str, str], ...] = ()
    """(check, subject id) of the failures that stop it"""
    failed: int = 0
    warned: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report prints; every format is written from this one object."""

    verdict: str
    """ready, not ready, incomplete or interrupted; the worst of the profiles"""
    readiness: tuple[ProfileState, ...]
    """each kind of move that was asked for, on all routes together"""
    exit_code: int
    threshold: Severity
    version: str
    started: datetime
    finished: datetime
    runner: str
    profiles: tuple[str, ...]
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    """worst first, then check, then subject"""
    gaps: tuple[Gap, ...]
    plugins: tuple[PluginInfo, ...]
    checks: tuple[Check, ...]
    not_judged: tuple[NotJudged, ...]
    """of these kinds of move, what no check judges"""
    routes: tuple[RouteState, ...]
    targets: tuple[TargetInfo, ...]
    lost: tuple[Lost, ...] = ()
    """what kept many verdicts from being given, the dearest first"""
    accepted: tuple[str, ...] = ()
    """what the user accepts though it would stop a move: said beside the verdict, each a sentence without full stop"""
    chosen: tuple[str, ...] = ()
    """what the run was narrowed to: the verdict is one as far as chosen, and never that of the whole; empty: it is"""

    def blocks(self, finding: Finding) -> bool:
        """Whether this finding alone would stop the gate."""
        return finding.status is Status.FAIL and finding.severity >= self.threshold

    @property
    def off_route(self) -> tuple[Finding, ...]:
        """What counts against the run and bears on no route of its kind of move: of a host that none of them names."""
        on = {
            (bearing, state.profile)
            for route in self.routes
            for state in route.profiles
            for bearing in bearings_on(route.source, route.destination)
        }
        against = (f for f in self.findings if f.status in (Status.UNKNOWN, Status.ERROR) or self.blocks(f))
        return tuple(
            finding
            for finding in against
            if not any((one, profile) in on for one in each_of(finding.bears) for profile in finding.profiles)
        )

    def reach(self, profile: Profile) -> tuple[int, int]:
        """How many checks of a kind of move there are, and how many there shall be."""
        there = sum(profile in check.profiles for check in self.checks)
        return there, there + sum(row.ever and profile in row.profiles for row in self.not_judged)

    @property
    def nobody_read(self) -> bool:
        """Whether there are hosts, and none of them answered anything: nothing is known then, whatever passes."""
        answered = [target.answered for target in self.targets if target.kind == TargetKind.HOST]
        return bool(answered) and not any(answered)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The targets whose certificates were not verified: every format says so."""
        return tuple(target.name for target in self.targets if target.unverified)
