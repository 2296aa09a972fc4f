"""What to do first: the shortest list of actions that frees most moves. Pure.

Causes are mended and take their consequences with them. Each step is the action that frees most moves together with
those chosen before; where none frees one by itself, the one that most moves wait for. A move of which something could
not be judged is not promised free: a failure may show there. Moves that nothing stops, and of which something is not
known, wait for what has to be read.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, product
from operator import add

from scanner.judge.actors import Move, actors_of
from scanner.judge.mending import Mending, Reading
from scanner.words.actions import Action, Actor, Reach
from scanner.words.bearing import Bearing, bearings_on, each_of
from scanner.words.model import Profile
from scanner.words.report import Finding, Report

Key = tuple[str, str, str]
"""Check, who and what is acted on; of what is to be read nothing, why it was not, and the target."""
NO_KEYS = frozenset[Key]()


def actions_of(report: Report) -> tuple[Action, ...]:
    """What frees the moves that are not ready; after it what has to be read for those that nothing stops."""
    return plan_of(report)[0]


def plan_of(report: Report) -> tuple[tuple[Action, ...], tuple[Actor, ...]]:
    """The actions, and whose they are."""
    places = [(r.source, r.destination, r.profiles) for r in report.routes] or [("", "", report.readiness)]
    moves = {(source, end, state.profile): state.verdict for source, end, states in places for state in states}
    stopped = [move for move, verdict in moves.items() if verdict == "not ready"]
    unsure = [move for move, verdict in moves.items() if verdict == "incomplete"]
    found: list[Action] = []
    actors: tuple[Actor, ...] = ()
    if stopped:
        mending = Mending(report)
        plan = _Plan(filter(report.blocks, report.findings), stopped, mending.keys)
        lacking = _lacking(report, stopped)
        found += plan.actions(mending.words, lacking)
        actors = actors_of(found, plan.waits, lacking)
    if unsure:
        reading = Reading(report)
        plan = _Plan(filter(report.lacks, report.findings), unsure, reading.keys)
        read = [*plan.actions(reading.words)]
        found, actors = [*found, *read], (*actors, *actors_of(read, plan.waits))
    return tuple(found), actors


def _lacking(report: Report, moves: Iterable[Move]) -> frozenset[Move]:
    """The moves of which something could not be judged."""
    places = {
        place for one in report.findings if report.lacks(one) for place in product(each_of(one.bears), one.profiles)
    }
    return frozenset(move for move in moves if not places.isdisjoint(_bearing_on(move, places)))


@dataclass(slots=True)
class _Step:
    """What is done together, and the moves that wait for nothing else once the steps before it are done."""

    keys: tuple[Key, ...]
    freed: tuple[Move, ...] = ()

    @property
    def work(self) -> tuple[str, str]:
        """Check and who: neighbours of the same are one step."""
        return self.keys[0][:2]

    def __add__(self, other: _Step) -> _Step:
        return _Step(self.keys + other.keys, self.freed + other.freed)


class _Plan:
    """Which moves wait for which keys."""

    def __init__(
        self, findings: Iterable[Finding], moves: Sequence[Move], keys: Callable[[Finding], Iterable[Key]]
    ) -> None:
        near: dict[tuple[Bearing, Profile], frozenset[Key]] = {}
        same: dict[frozenset[Key], frozenset[Key]] = {}  # many moves wait for the same: it is kept once
        for finding in findings:
            found = [*keys(finding)]
            for place in product(each_of(finding.bears), finding.profiles):
                if not (old := near.get(place, NO_KEYS)).issuperset(found):
                    all_of_it = old.union(found)
                    near[place] = same.setdefault(all_of_it, all_of_it)
        self.waits: dict[Move, frozenset[Key]] = {}
        self.moves: dict[Key, list[Move]] = defaultdict(list)
        for move in moves:
            needed = NO_KEYS.union(*(near[place] for place in _bearing_on(move, near) if place in near))
            if needed:
                self.waits[move] = same.setdefault(needed, needed)
            for key in needed:
                self.moves[key].append(move)

    def steps(self) -> Iterator[_Step]:
        """The keys in the order in which they free most."""
        left = {move: len(needed) for move, needed in self.waits.items()}
        frees = Counter(next(iter(needed)) for needed in self.waits.values() if len(needed) == 1)
        heap = [(-frees[key], -len(those), key) for key, those in self.moves.items()]
        heapq.heapify(heap)
        done: set[Key] = set()
        while heap:
            free, _, key = heapq.heappop(heap)
            if key in done or -free != frees[key]:
                continue  # it was chosen, or frees more than when this was written
            done.add(key)
            yield _Step((key,), tuple(move for move in self.moves[key] if left[move] == 1))
            for move in self.moves[key]:
                left[move] -= 1
                if left[move] == 1:
                    (last,) = self.waits[move] - done
                    frees[last] += 1
                    heapq.heappush(heap, (-frees[last], -len(self.moves[last]), last))

    def actions(
        self, words: Callable[[Sequence[Key], Reach], Action], lacking: AbstractSet[Move] = frozenset()
    ) -> Iterator[Action]:
        """The list; neighbours that are the same work in several places are one action."""
        together = 0
        for step in self._merged():
            waiting = {move for key in step.keys for move in self.moves[key]}
            unsure = sum(move in lacking for move in step.freed)
            frees = len(step.freed) - unsure
            together += frees
            alone = sum(self.waits[move].issubset(step.keys) for move in waiting)
            yield words(
                step.keys,
                Reach(
                    waiting=len(waiting), alone=alone, frees=frees, together=together, of=len(self.waits), unsure=unsure
                ),
            )  # fmt: skip

    def _merged(self) -> list[_Step]:
        """The steps, those of the same work as one; none stands behind one that frees less and need not precede it."""
        steps, many = [*self.steps()], 0
        while len(steps) != many:
            many = len(steps)
            steps = [reduce(add, group) for _, group in groupby(steps, key=lambda step: step.work)]
            steps = self._by_gain(steps)
        return steps

    def _by_gain(self, steps: Iterable[_Step]) -> list[_Step]:
        """What each frees stays as it is: it passes over none that its moves wait for, too."""
        made: list[_Step] = []
        for step in steps:
            needs = frozenset[Key]().union(*(self.waits[move] for move in step.freed))
            place = len(made)
            while place and len(made[place - 1].freed) < len(step.freed) and needs.isdisjoint(made[place - 1].keys):
                place -= 1
            made.insert(place, step)
        return made


def _bearing_on(move: Move, near: Iterable[tuple[Bearing, Profile]]) -> Iterable[tuple[Bearing, Profile]]:
    """Where findings stand that bear upon a move; where no route is planned, all of its kind."""
    source, destination, profile = move
    if not source:
        return [place for place in near if place[1] is profile]
    return [(bearing, profile) for bearing in bearings_on(source, destination)]
