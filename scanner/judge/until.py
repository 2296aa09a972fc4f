"""Until when verdicts hold where nobody touches anything: of the run, of every route, of each kind of move. Pure.

What is not about the time stays as it was read; what is turns when its findings turn (``scanner.judge.turning``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import groupby, tee

from scanner.judge.policy import by_bearing_of, readiness
from scanner.judge.tally import tallied, weight
from scanner.judge.turning import Turn, Turning
from scanner.judge.waiving import standing
from scanner.judge.weights import Weight, code_of
from scanner.judge.whole import ordered_rows
from scanner.words.bearing import Bearing, bearings_on, by_end
from scanner.words.check import Check
from scanner.words.evidence import Evidence
from scanner.words.exits import INCOMPLETE, NOT_READY, READY, WORDS
from scanner.words.model import WORST_FIRST, Profile, Status
from scanner.words.readiness import ProfileState
from scanner.words.report import Finding, Report
from scanner.words.telling import by_text, tell
from scanner.words.until import HORIZON_DAYS, Place, Turns, Until

Move = tuple[str, str]
"""Source and destination."""
ALL: Move = ("", "")
"""stands for all routes together"""
NOTHING = (0, 0, 0)
ORDER = tuple(WORDS[code] for code in (NOT_READY, INCOMPLETE, READY))
GROUNDS = {WORDS[NOT_READY]: (Status.FAIL,), WORDS[INCOMPLETE]: (Status.UNKNOWN, Status.ERROR)}
"""what makes a verdict so"""


def ends_of_waivers(report: Report, start: datetime, end: datetime) -> list[Turn]:
    """Where waivers end within these, in their order: at midnight, UTC, of their first day without force."""
    found: list[Turn] = []
    for use in report.waivers:
        waiver = use.waiver
        time = datetime.combine(waiver.until, datetime.min.time(), UTC)
        if start < time <= end:
            about = ((place, one) for place, one in enumerate(report.findings) if one.check == waiver.check)
            words = tell("the waiver of {check} by {owner} ends", check=waiver.check, owner=waiver.owner)
            found += (Turn(time, place, one, words) for place, one in about if one.subject in use.about)
    return sorted(found, key=lambda turn: turn.time)


def turns_of(report: Report, evidence: Evidence) -> Turns:
    """The seconds at which the verdicts of the report turn, as far as the horizon; of a run that ended early none."""
    if evidence.interrupted:
        return Turns()
    start = report.at or report.finished
    end = start + timedelta(days=HORIZON_DAYS)
    checks = {check.id: check for check in report.checks}
    timely = any(finding.timely for finding in report.findings)
    turning = Turning(report.findings, checks, ordered_rows(evidence) if timely else evidence, start, end)
    turns = merge(turning.turns(), ends_of_waivers(report, start, end), key=lambda turn: turn.time)
    if report.baseline is None:
        found = _Walk(report, checks).through(turns)
        return Turns(found, found.get((*ALL, "")))
    turns, of_gate = tee(turns)
    found = _Walk(report, checks).through(turns)
    return Turns(found, _Walk(report, checks, gate=True).through(of_gate).get((*ALL, "")))


class _Walk:
    """The weights of findings on their way through time, and which verdicts turn there.

    ``gate``: that of the gate alone, which passes over what its baseline knows.
    """

    def __init__(self, report: Report, checks: Mapping[str, Check], *, gate: bool = False) -> None:
        self.report, self.checks, self.gate = report, checks, gate
        self.now = dict[int, Finding]()
        self.found = dict[Place, Until]()
        routes = () if report.nobody_read else report.routes
        self.planned = frozenset(state.profile for route in routes for state in route.profiles)
        self.routes = () if gate else report.routes
        self.verdicts = {ALL: _verdicts(self._passing() if gate else report.readiness)} | {
            (route.source, route.destination): _verdicts(route.profiles) for route in self.routes
        }
        """of each kind of move, on all routes together and on each"""
        self.many = sum(len(states) + 1 for states in self.verdicts.values())
        """verdicts in all"""
        self.weights: dict[Bearing, dict[Profile, Weight]] = {}
        self.whole: dict[Profile, Weight] = {}
        self.on: dict[Bearing, list[Move]] = {}
        self.bearings: dict[Move, tuple[Bearing, ...]] = {ALL: ()}
        """of what bears on each move"""
        self.waivers = report.waivers

    def _passing(self) -> Sequence[ProfileState]:
        """How ready each kind of move is for a gate with a baseline."""
        kinds = frozenset(state.profile for state in self.report.readiness)
        return readiness(tallied(self.report.findings, self.report.threshold, known=True), kinds, self.planned)

    def through(self, turns: Iterator[Turn]) -> dict[Place, Until]:
        """When each verdict turns."""
        for time, group in groupby(turns, key=lambda turn: turn.time):
            if not self.whole:  # where nothing ever turns, nothing is weighed
                self._weigh()
            turned = [seen for turn in group if (seen := self._counts(turn))]
            for move in self._met(turned):
                self._look(move, time, turned)
            if len(self.found) == self.many:
                break
        return self.found

    def _weigh(self) -> None:
        tallies = by_bearing_of(self.report.findings, self.report.threshold, known=self.gate)
        kinds = {kind: frozenset({kind}) for kind in self.verdicts[ALL]}
        for bearing, tally in tallies.items():
            self.weights[bearing] = {kind: weight(tally.of(alone)) for kind, alone in kinds.items()}
        self.whole = {kind: _sum(each[kind] for each in self.weights.values()) for kind in kinds}
        several = by_end(tallies)
        for route in self.routes:
            move, ends = (route.source, route.destination), bearings_on(route.source, route.destination)
            self.bearings[move] = tuple(dict.fromkeys((*ends, *(key for one in ends for key in several.get(one, ())))))
            for bearing in filter(None, self.bearings[move]):
                self.on.setdefault(bearing, []).append(move)

    def _counts(self, turn: Turn) -> Turn | None:
        """Let the finding weigh what it weighs from then on; nothing where that is no other weight."""
        old = self.now.get(turn.place, self.report.findings[turn.place])
        then = old if turn.words else replace(old, status=turn.finding.status)
        if self.waivers:
            then = replace(then, waiver=standing(then, self.waivers, turn.time))
        self.now[turn.place] = then
        threshold, known = self.report.threshold, self.gate
        before, after = (weight(tallied([finding], threshold, known=known)) for finding in (old, then))
        more = tuple(new - gone for new, gone in zip(after, before, strict=True))
        for kind in then.profiles & self.whole.keys() if any(more) else ():
            for weights in (self.weights[then.bears], self.whole):
                weights[kind] = _sum((weights[kind], more))
        return turn._replace(finding=then) if any(more) else None

    def _met(self, turned: Sequence[Turn]) -> Iterable[Move]:
        """All routes together, and those that the findings bear upon."""
        if any(not turn.finding.bears for turn in turned):
            return self.verdicts
        return dict.fromkeys([ALL, *(move for turn in turned for move in self.on.get(turn.finding.bears, ()))])

    def _look(self, move: Move, time: datetime, turned: Sequence[Turn]) -> None:
        """Note which verdicts are no longer what they were first."""
        first, now = self.verdicts[move], dict[Profile, str]()
        bearings = self.bearings[move]
        for kind in first:
            whole = self.whole[kind]
            if move != ALL:
                whole = _sum(self.weights[bearing][kind] for bearing in bearings if bearing in self.weights)
            code = code_of(*whole)
            now[kind] = WORDS[INCOMPLETE if code == READY and kind not in self.planned else code]
        concerned = [turn for turn in turned if move == ALL or turn.finding.bears in bearings]
        for kind in first:
            if now[kind] != first[kind]:
                self._note((*move, kind), time, now[kind], [t for t in concerned if kind in t.finding.profiles])
        if _worst(now) != _worst(first):
            self._note((*move, ""), time, _worst(now), concerned)

    def _note(self, place: Place, time: datetime, verdict: str, turned: Sequence[Turn]) -> None:
        if place in self.found:
            return
        grounds = GROUNDS.get(verdict, ())
        why = min(turned, key=lambda turn: (turn.finding.status not in grounds, turn.place))
        finding = why.finding
        self.found[place] = Until(
            time=time, verdict=verdict, check=finding.check, subject=finding.subject, status=finding.status,
            words=why.words or self._words(self.report.findings[why.place], finding),
        )  # fmt: skip

    def _words(self, was: Finding, then: Finding) -> str:
        check = self.checks[then.check]
        worse = WORST_FIRST.index(then.status) < WORST_FIRST.index(was.status)
        return (check.ends if worse else check.begins) or tell(
            "{title}: {status} becomes {then}",
            title=was.title,
            status=by_text(was.status.value, "status"),
            then=by_text(then.status.value, "status"),
        )


def _verdicts(states: Iterable[ProfileState]) -> dict[Profile, str]:
    return {state.profile: state.verdict for state in states}


def _sum(weights: Iterable[Sequence[int]]) -> Weight:
    blocks, incomplete, judged = (sum(parts) for parts in zip(NOTHING, *weights, strict=True))
    return blocks, incomplete, judged


def _worst(verdicts: Mapping[Profile, str]) -> str:
    return min(verdicts.values(), key=ORDER.index, default=WORDS[INCOMPLETE])
