"""Delegation as it is drawn: who may delegate what to whom, in both directions of every planned move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.facts.delegation import MIGRATION
from scanner.judge import scopes
from scanner.judge.picturing.accounts import account_of, told
from scanner.judge.picturing.marks import Marks, worst_pairs
from scanner.words.evidence import Evidence
from scanner.words.model import Profile, Status
from scanner.words.pictures import Account, Arrow, Arrows, Delegation, Mark
from scanner.words.scope import Scope

CIFS = "cifs"
SERVICES = {MIGRATION: "DEL-01", CIFS: "DEL-02"}
"""What is delegated, and the check that judges it."""
GIVEN = {Status.PASS: True, Status.WARN: True, Status.FAIL: False}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An arrow before it is drawn."""

    source: str
    target: str
    service: str
    planned: bool
    scope: Scope
    """of what says how it stands"""
    names: tuple[str, ...]
    check: str


def delegation_of(evidence: Evidence, marks: Marks) -> Delegation | None:
    """Who may delegate between the hosts of planned routes, and to file servers; nothing where none is planned."""
    live = evidence.estate.planned(frozenset({Profile.LIVE_MIGRATION}))
    names = dict.fromkeys(name for route in live for name in (route.source, route.destination))
    if not names:
        return None
    starting = {route.source for route in live}
    wanted = [*_between(evidence, marks), *_to_servers(marks)]
    kept, left = worst_pairs(wanted, lambda one: (one.source, one.target), lambda one: _status(marks, one))
    servers = dict.fromkeys(one.target for one in kept if one.target not in names)
    return Delegation(
        accounts=(
            *(_account(evidence, marks, name, starts=name in starting) for name in names),
            *(Account(name=name) for name in servers),
        ),
        arrows=Arrows(
            drawn=tuple(_arrow(evidence, one, _mark(marks, one), hosts=one.target in names) for one in kept), left=left
        ),
    )


def _account(evidence: Evidence, marks: Marks, name: str, *, starts: bool) -> Account:
    found = account_of(evidence, name)
    mark = marks.of(scopes.HOST, (name,), "DEL-03") if starts else Mark()
    return Account(name=name, unread=found if isinstance(found, str) else "", mark=mark)


def _between(evidence: Evidence, marks: Marks) -> Iterator[_Wanted]:
    """Both directions of every pair of hosts, whichever is planned."""
    live = evidence.estate.planned(frozenset({Profile.LIVE_MIGRATION}))
    planned = {(route.source, route.destination) for route in live}
    for one, other in dict.fromkeys((r.source, r.destination) for r in live):
        if (other, one) in planned and one > other:
            continue
        for way in ((one, other), (other, one)):
            for service, check in SERVICES.items():
                if way in planned:
                    yield _Wanted(way[0], way[1], service, True, scopes.ROUTE, way, check)
                    continue
                idle = marks.status(scopes.ROUTE, way[::-1], check) is Status.NOT_APPLICABLE
                of_both = "" if idle else "DEL-04"  # what no way needs, the pair does not lack
                yield _Wanted(way[0], way[1], service, False, scopes.PAIR, tuple(sorted(way)), of_both)


def _status(marks: Marks, one: _Wanted) -> Status | None:
    status = marks.status(one.scope, one.names, one.check)
    return None if not one.planned and status is Status.NOT_APPLICABLE else status


def _mark(marks: Marks, one: _Wanted) -> Mark:
    """What is said of it; of a direction that nobody plans what is said of both together, where that says something."""
    return marks.of(one.scope, one.names, one.check) if _status(marks, one) else Mark()


def _to_servers(marks: Marks) -> Iterator[_Wanted]:
    for host, server in marks.names(scopes.HOST_FILE_SERVER, "DEL-12"):
        one = _Wanted(host, server, CIFS, True, scopes.HOST_FILE_SERVER, (host, server), "DEL-12")
        if _status(marks, one) is not Status.NOT_APPLICABLE:
            yield one


def _arrow(evidence: Evidence, one: _Wanted, mark: Mark, *, hosts: bool) -> Arrow:
    there, words = _read(evidence, one) if hosts else (None, mark.said)
    status = mark.status
    if one.planned:
        there = GIVEN[status] if status and status in GIVEN and (there is None or status is not Status.FAIL) else there
        there = None if status is Status.UNKNOWN else there
    elif status in GIVEN and there is not None and there is not (status is Status.PASS):
        mark = Mark()  # of both directions something is missing, or nothing, and that is not this
    return Arrow(
        source=one.source,
        target=one.target,
        what=one.service,
        there=there,
        told=words if status is not Status.NOT_APPLICABLE else mark.said,
        planned=one.planned,
        mark=mark,
    )


def _read(evidence: Evidence, one: _Wanted) -> tuple[bool | None, str]:
    giver, taker = account_of(evidence, one.source), account_of(evidence, one.target)
    if isinstance(giver, str) or isinstance(taker, str):
        return None, next(why for why in (giver, taker) if isinstance(why, str))
    return told(giver, taker, one.service)
