"""What will be asked of every machine: the queries of a plan, and which checks want their answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from scanner.collect.jobs import Arguments
from scanner.collect.plan import MACHINES, Want, checks_by_fact, reading, wanted
from scanner.collect.windows.questions import Question, questions_of
from scanner.facts.base import WindowsFact
from scanner.hooks import Task
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, TargetKind
from scanner.words.query import Query


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """One query to one machine, and which checks want its answer."""

    target: str
    round: int
    query: Query
    checks: tuple[str, ...]
    """none: the answer tells who answers, or what the errors of the others mean"""


def planned(checks: Iterable[Check], estate: Estate, arguments: Arguments | None = None) -> Iterator[PlannedQuery]:
    """Every query to every machine, in the order it is asked.

    Args:
        checks: the enabled checks.
        estate: whose machines.
        arguments: what the second round is about, if the first one's answers are there; else its queries are given as
            their pattern, since only answers fill them.
    """
    asking = tuple(reading(checks, estate))
    by_fact = checks_by_fact(asking)
    seen: set[tuple[str, str]] = set()
    asked: dict[str, TargetKind] = {}
    for (name, kind), facts in wanted(asking, estate).items():
        if kind not in MACHINES:
            continue
        want = Want(name, kind, tuple(facts))
        for question in _first(want):
            if (want.target, question.query.name) not in seen:
                seen.add((want.target, question.query.name))
                asked[name] = kind
                yield PlannedQuery(want.target, 1, question.query, tuple(facts.get(question.fact, ())))
    for target, kind in asked.items():
        of_kind = [fact for fact in by_fact if kind in fact.kinds]
        for fact, query in _second(of_kind, None if arguments is None else arguments.get(target, {})):
            yield PlannedQuery(target, 2, query, tuple(by_fact.get(fact, ())))


def _first(want: Want) -> tuple[Question, ...]:
    """The questions the collector asks when nothing is known yet."""
    facts = tuple(fact for fact in want.facts if issubclass(fact, WindowsFact))
    now = datetime.now(UTC)
    nothing = Evidence(Estate(), started=now, finished=now)
    task = Task(target=want.target, kind=want.kind, facts=facts, arguments={}, evidence=nothing, deadline=0.0)
    return questions_of(task) if facts else ()


def _second(
    facts: Iterable[type[Fact]], arguments: Mapping[type[Fact], tuple[str, ...]] | None
) -> Iterator[tuple[type[Fact], Query]]:
    for fact in facts if arguments is None else arguments:
        if fact.second_round and issubclass(fact, WindowsFact):
            queries = (fact.query,) if arguments is None else fact.queries(arguments[fact])
            yield from ((fact, query) for query in queries)
