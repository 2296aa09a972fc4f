"""What became of findings and routes from one kept run to the next. Pure, and one run at a time.

Only whole runs are held against each other, as audits do it: one of which a part was chosen, or that was ended early,
comes after none and before none; one that judged nothing comes before none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from scanner.judge.comparing import fate
from scanner.words.baseline import COUNTS, KEPT, KNOWABLE, Key
from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.model import ALL_VMS, WORST_FIRST, Profile, Status
from scanner.words.moves import MOVES
from scanner.words.scope import RUN
from scanner.words.telling import tell
from scanner.words.waivers import OPEN

NEW, MENDED, UNJUDGED, STILL = tell("new"), tell("mended"), tell("no longer judged"), tell("still")
WAIVED, UNWAIVED = tell("waived"), tell("no longer waived")
WORDS = {"new": NEW, "mended": MENDED, "unjudged": UNJUDGED}
GONE = tell("not there")
GIVEN = (Status.PASS, Status.FAIL, Status.WARN)
DAY = re.compile(r"\d{4}-\d\d-\d\d")

Move = tuple[str, str, str]
"""(source, destination, profile): the identity of a kind of move on a route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTurn:
    """A finding that ended otherwise than in the run before."""

    word: str
    finding: PastFinding
    """as it is; where it is not there any more, as it was"""
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTurn:
    """A route whose verdict is another one than in the run before."""

    route: PastRoute
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One run, and what changed with it."""

    run: PastRun
    before: PastRun | None
    """the whole run that it is held against; nothing: there is none"""
    turns: tuple[FindingTurn, ...] = ()
    """worst first, then check, then name"""
    routes: tuple[RouteTurn, ...] = ()
    still: int = 0
    """failures and verdicts missing, as in the run before"""

    def number(self, word: str) -> int:
        """How many findings became that."""
        return sum(turn.word == word for turn in self.turns)


def is_whole(run: PastRun) -> bool:
    """Whether it judged all that there is."""
    return not (run.chosen or run.interrupted)


def judged(run: PastRun) -> bool:
    """Whether it judged anything: one that could read nothing is nobody's predecessor either."""
    return any(run.counts.get(status) for status in GIVEN)


def move_of(route: PastRoute) -> Move:
    """The identity of a route."""
    return route.source, route.destination, route.profile


def kind_of(profile: str) -> str:
    """The kind of move in words; one that this version does not know, as the history has it."""
    return MOVES[Profile(profile)] if profile in set(Profile) else profile


def by_whom(waived: str) -> str:
    """``by network team until 2026-12-20``: who waived a finding, as it is kept, in words."""
    owner, _, day = waived.rpartition(" ")
    until = tell("by {owner} until {day}", owner=owner, day=day)
    return until if owner and DAY.fullmatch(day) else tell("by {owner}", owner=waived)


def worst_first(finding: PastFinding) -> tuple[int, int, str, str, str, str]:
    """Orders findings as reports do."""
    place = WORST_FIRST.index(finding.status)
    return place, -finding.severity, finding.check, finding.name, finding.subject, finding.profile


@dataclass(frozen=True, slots=True)
class Given:
    """A finding as somebody could judge it last."""

    finding: PastFinding
    last: datetime
    since: tuple[datetime, bool]


@dataclass(slots=True)
class Course:
    """What became of everything, run after run. It is given the runs in their order."""

    run: PastRun | None = None
    """the last whole one that judged anything"""
    findings: dict[Key, PastFinding] = field(default_factory=dict[Key, PastFinding])
    """its findings"""
    routes: dict[Move, str] = field(default_factory=dict[Move, str])
    """their verdicts in it"""
    since: dict[Key, tuple[datetime, bool]] = field(default_factory=dict[Key, tuple[datetime, bool]])
    """since when each ends as it does, and whether an earlier run ended otherwise: else it may be longer"""
    given: dict[Key, Given] = field(default_factory=dict[Key, "Given"])
    """how each ended that the last run had no more, or could not judge, when somebody could last"""

    def take(self, run: PastRun, findings: Iterable[PastFinding], routes: Iterable[PastRoute]) -> Step:
        """The next run, and what changed with it."""
        if not is_whole(run):
            return Step(run=run, before=None)
        found = {one.key: one for one in findings}
        planned = {move_of(one): one for one in routes}
        before = self.run
        turns: list[FindingTurn] = []
        turned: list[RouteTurn] = []
        still = 0
        if before:
            turns = sorted(self._turns(run, found), key=lambda turn: worst_first(turn.finding))
            turned = [
                RouteTurn(route=one, before=self.routes.get(move, GONE), now=one.verdict)
                for move, one in planned.items()
                if self.routes.get(move) != one.verdict
            ]
            still = sum(
                one.status in COUNTS and (old := self._before(run, one)) is not None and old.status is one.status
                for one in found.values()
            )
        if judged(run):
            self._note(run, found, first=before is None)
            self.run, self.findings = run, found
            self.routes = {move: one.verdict for move, one in planned.items()}
        return Step(run=run, before=before, turns=tuple(turns), routes=tuple(turned), still=still)

    def _before(self, run: PastRun, now: PastFinding) -> PastFinding | None:
        """What a finding is held against, as an audit does it: a night on which nobody could judge made nothing new."""
        given = self.given.get(now.key)
        if given and given.finding.status is now.status in KNOWABLE and run.finished - given.last <= KEPT:
            return given.finding
        return self.findings.get(now.key)

    def _turns(self, run: PastRun, found: dict[Key, PastFinding]) -> Iterable[FindingTurn]:
        for now in found.values():
            before = self._before(run, now)
            word = WORDS.get(fate(before.status if before else None, now.status), "")
            if not word and before and bool(before.waived) is not bool(now.waived):
                word = WAIVED if now.waived else UNWAIVED
            if word:
                yield FindingTurn(word=word, finding=now, before=before.status if before else GONE, now=now.status)
        asked = {one.check for one in found.values()}
        for key, before in self.findings.items():
            if key not in found and before.check in asked and _was_judged(before):
                yield FindingTurn(word=UNJUDGED, finding=before, before=before.status, now=GONE)

    def _note(self, run: PastRun, found: dict[Key, PastFinding], *, first: bool) -> None:
        since = {key: self._since(run, one) or (run.finished, not first) for key, one in found.items()}
        if self.run:
            when, since_then = self.run.finished, self.since
            self.given |= {k: Given(one, when, since_then[k]) for k, one in self.findings.items() if not _is_open(one)}
            self.given = {key: one for key, one in self.given.items() if _is_open(found.get(key))}
        self.since = since

    def _since(self, run: PastRun, now: PastFinding) -> tuple[datetime, bool] | None:
        """Since when it ends as it does, where it did before."""
        before = self._before(run, now)
        if before is None or before.status is not now.status:
            return None
        return self.since[now.key] if before is self.findings.get(now.key) else self.given[now.key].since


def _is_open(finding: PastFinding | None) -> bool:
    """Whether nobody judged it, or nobody could."""
    return finding is None or finding.status in OPEN


def _was_judged(finding: PastFinding) -> bool:
    """Whether it is missed: not what only stood in for what nobody had seen."""
    whole = finding.subject == RUN.name or ALL_VMS in finding.subject.split("/")
    return finding.status not in OPEN and finding.status is not Status.NOT_APPLICABLE and not whole
