"""What is asked of one machine in one round, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.facts.base import WindowsFact
from scanner.facts.host import ComputerSystem, OperatingSystem, Service
from scanner.hooks import Task
from scanner.words.query import Query

NEEDED = (OperatingSystem, ComputerSystem, Service)
"""Always asked: whose the facts are depends on who answers; without release and services many errors say nothing."""
ORDER = (
    "Get-CimInstance",
    "Get-ItemProperty",
    "Get-Module",
    "Get-SmbServerConfiguration",
    "Get-SmbClientConfiguration",
    "Get-SmbClientNetworkInterface",
)
"""Cheap and safe first; what loads a module or may take long comes after these, so that a deadline cuts the least."""


LAST = ("Test-ComputerSecureChannel",)
"""Where no controller answers it takes longer than 20 s."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the fact it is for."""

    fact: type[WindowsFact]
    query: Query


def questions_of(task: Task) -> tuple[Question, ...]:
    """The questions of a task, in the order they are asked.

    What the evidence has of this machine already is not asked again: rows of two answers would add up. Only who answers
    is asked in every session, since the next one may lead elsewhere.
    """
    asked = (fact for fact in task.facts if issubclass(fact, WindowsFact))
    wanted = dict.fromkeys((*NEEDED, *asked))
    new = [fact for fact in wanted if not task.evidence.has(fact, task.target)]
    facts = sorted(dict.fromkeys((*new, ComputerSystem) if new else ()), key=_place)
    return tuple(Question(fact, query) for fact in facts for query in fact.queries(task.arguments.get(fact, ())))


def _place(fact: type[WindowsFact]) -> tuple[int, int]:
    """The clock of the machine first, who it is and its services next, then by command, attempts to connect last."""
    first = NEEDED.index(fact) if fact in NEEDED else len(NEEDED)
    name = fact.query.commands[0].name
    if fact.second_round:  # what the attempts left behind is read after them
        return first, len(ORDER) + 2 - bool(fact.query.own) + (name in LAST)
    return first, ORDER.index(name) if name in ORDER else len(ORDER)
