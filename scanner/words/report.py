"""The report: the one object from which every format is written.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from scanner.words.actions import Action, Actor
from scanner.words.baseline import Difference
from scanner.words.bearing import bearings_on, each_of
from scanner.words.check import Check
from scanner.words.exits import WORDS
from scanner.words.finding import Finding
from scanner.words.groups import GroupState
from scanner.words.lost import Lost
from scanner.words.method import Method
from scanner.words.model import Gap, Profile, Severity, Status
from scanner.words.not_judged import NotJudged
from scanner.words.passage import Passage
from scanner.words.pictures import Pictures
from scanner.words.plugin_info import PluginInfo
from scanner.words.readiness import ProfileState, RouteState, Waived
from scanner.words.source import TargetInfo, nobody_read
from scanner.words.telling import by_text, joined, tell
from scanner.words.until import Turns, Until
from scanner.words.waivers import OPEN, WaiverUse

AS_FAR = tell("as far as chosen")
"""Stands behind every verdict of a run that judges less than there is."""
AHEAD = tell("looking ahead")
"""Stands behind every verdict of a run that is about a later instant: it is none on how things stand."""
UNPROVEN = tell("hv-preflight has never run against real Windows: docs/unproven.md says what that leaves open")
"""Stands in every report until that page says otherwise."""


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
    groups: tuple[GroupState, ...] = ()
    """the moves as they were declared between groups; each has its routes among ``routes``"""
    lost: tuple[Lost, ...] = ()
    """what kept many verdicts from being given, the dearest first"""
    accepted: tuple[str, ...] = ()
    """what the user accepts though it would stop a move: said beside the verdict, each a sentence without full stop"""
    besides: tuple[str, ...] = ()
    """what is to be known of how it came about: said beside the verdict, each a sentence without full stop"""
    chosen: tuple[str, ...] = ()
    """what the run was narrowed to: the verdict is one as far as chosen, and never that of the whole; empty: it is"""
    at: datetime | None = None
    """the instant that it is about where that is later than ``finished``: a look ahead"""
    turns: Turns = field(default_factory=Turns)
    """when its verdicts turn where nobody touches anything"""
    actions: tuple[Action, ...] = ()
    """what to do first: what frees most moves, in this order"""
    actors: tuple[Actor, ...] = ()
    """who has to act, in the order in which their first actions come"""
    pictures: Pictures = field(default_factory=Pictures)
    """what was read and declared of networks, delegation and clouds, as it is drawn"""

    @property
    def until(self) -> Until | None:
        """The first second at which its verdict turns by itself; nothing: none is known."""
        return self.turns.run

    waivers: tuple[WaiverUse, ...] = ()
    """every waiver of the run, as its file lists them"""
    waivers_file: str = ""
    """the file they stand in; empty where there is none"""
    estate_file: str = ""
    """the file of the estate, from the folder it was read from; empty: not told"""

    estate: str = ""
    """what the estate is called; empty where nobody named it"""

    baseline: Difference | None = None
    """how it differs from an earlier run, where it was held against one"""

    record: str = ""
    """SHA-256 of the record that it was judged from, as it was read or written; empty: none was kept"""
    method: Method = field(default_factory=Method)
    """when each target was read, and what was asked"""
    passages: tuple[Passage, ...] = ()
    """the demands that the checks judge by, of all kinds of move"""

    def blocks(self, finding: Finding) -> bool:
        """Whether this finding alone would stop a move."""
        return finding.status is Status.FAIL and finding.severity >= self.threshold and finding.waiver is None

    def lacks(self, finding: Finding) -> bool:
        """Whether this finding alone would make the run incomplete."""
        return finding.status in OPEN and finding.waiver is None

    def stops(self, finding: Finding) -> bool:
        """Whether this finding alone would stop the gate: one with a baseline passes over what that knows."""
        return (self.blocks(finding) or self.lacks(finding)) and not finding.passes

    @property
    def waived(self) -> Waived:
        """How many findings are waived."""
        found = [finding.status for finding in self.findings if finding.waiver]
        unknown = sum(status in OPEN for status in found)
        return Waived(findings=len(found), failed=found.count(Status.FAIL), unknown=unknown)

    @property
    def said(self) -> str:
        """The verdict, what is waived for it, and that it is not one of the whole, or not of today."""
        beside = (AS_FAR if self.chosen else "", AHEAD if self.at else "")
        return joined(", ", filter(None, (self.waived.ready(self.verdict), *beside)))

    @property
    def ending(self) -> str:
        """How the run ends, in words: the verdict, and where that is not ready and the exit code is, why."""
        passes = self.baseline is not None and self.gate != self.verdict
        if not passes:
            return self.said
        verdict, gate = by_text(self.verdict, "verdict"), by_text(self.gate, "verdict")
        return tell("{verdict}; {gate} but for what is known", verdict=verdict, gate=gate)

    @property
    def gate(self) -> str:
        """What the exit code says, in a word: with a baseline that may be another one than the verdict."""
        return WORDS[self.exit_code]

    @property
    def off_route(self) -> tuple[Finding, ...]:
        """What counts against the run and bears on no route of its kind of move: of a host that none of them names."""
        on = {
            (bearing, state.profile)
            for route in self.routes
            for state in route.profiles
            for bearing in bearings_on(route.source, route.destination)
        }
        against = (f for f in self.findings if self.lacks(f) or self.blocks(f))
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
        return nobody_read(self.targets)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The targets whose certificates were not verified: every format says so."""
        return tuple(target.name for target in self.targets if target.unverified)
