"""What the planner leaves out, nobody would have read: of each finding, the same is said without it.

From the shipped records, and from estates cut out of them, all is taken away that would not be asked of a host in the
part that it has in the moves. Then each check is planned by itself, so that none lives on what another one asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.api import Check, Estate, Evidence, Profile, Route
from scanner.collect.plan import first_round
from scanner.judge.judging import asks_of, enabled, judge, judge_check
from scanner.judge.settling import settle
from scanner.record.record import load
from scanner.words.check import Ask
from scanner.words.model import key_of
from tests.properties.records import FILES, OFFER, both, few

Said = dict[tuple[str, str, str], tuple[str, ...]]
FIRST = frozenset(key_of(fact) for fact in OFFER.facts if fact.kinds and not fact.second_round)


@cache
def whole(name: str) -> Evidence:
    return load(FILES[name].read_bytes(), OFFER.facts)


def held(name: str, estate: Estate) -> Evidence:
    """The record as if it were of another estate."""
    was = whole(name)
    return settle(
        Evidence(
            estate, was.started, was.finished, was.version, was.runner,
            answers=was.answers(), gaps=was.gaps(), targets=was.targets(), closed=True,
        )
    )  # fmt: skip


def asked(record: Evidence, checks: Iterable[Check]) -> Evidence:
    """Of a record what the planner would ask for these checks."""
    wanted = {(key_of(fact), want.target) for want in first_round(checks, record.estate) for fact in want.facts}

    def stays(fact: str, target: str) -> bool:
        return fact not in FIRST or target not in record.estate.hosts or (fact, target) in wanted

    answers = [answer for answer in record.answers() if stays(*answer.key)]
    gaps = [gap for gap in record.gaps() if stays(gap.fact, gap.target)]
    return settle(record.amended(answers=answers, gaps=gaps))


def said(record: Evidence, checks: tuple[Check, ...]) -> Said:
    found = judge(checks, record) if len(checks) > 1 else judge_check(checks[0], record)
    return {(f.check, f.subject.id, f.profile): (f.status, f.seen, f.wanted, f.note, f.remedy, f.works) for f in found}


def questions(record: Evidence, checks: tuple[Check, ...]) -> frozenset[Ask]:
    return frozenset(asks_of(checks, record))


def turned(routes: Iterable[Route]) -> Iterator[Route]:
    """The routes the other way."""
    yield from (replace(way, source=way.destination, destination=way.source) for way in routes)


def cuts(estate: Estate) -> Iterator[Estate]:
    """Estates of the same hosts with other plans."""
    first, every = estate.routes[:1], frozenset(Profile)
    yield estate
    yield replace(estate, routes=first)
    yield replace(estate, routes=tuple(turned(estate.routes)))
    yield replace(estate, routes=estate.routes[1::2], remote_initiated=not estate.remote_initiated, profiles=every)
    yield replace(estate, routes=tuple(replace(way, storage=not way.storage) for way in estate.routes[::2]))
    yield replace(estate, routes=tuple(replace(way, machines=False) for way in estate.routes[::3]))
    yield replace(estate, routes=())


@both
@pytest.mark.parametrize("cut", range(7))
def test_each_check_by_itself(name: str, cut: int) -> None:
    """No check needs what is asked for another one."""
    record, less = held(name, list(cuts(whole(name).estate))[cut]), 0
    for check in enabled(OFFER.checks, record.estate.profiles):
        alone = asked(record, (check,))
        less += len(record.answers()) - len(alone.answers())
        assert said(alone, (check,)) == said(record, (check,)), check.id
        assert questions(alone, (check,)) == questions(record, (check,)), check.id
    assert less


@both
@few(12)
@given(data=st.data())
def test_any_plan(name: str, data: st.DataObject) -> None:
    """Some of the routes, one way or the other, for some kinds of move."""
    estate = whole(name).estate
    possible = list(dict.fromkeys((*estate.routes, *turned(estate.routes))))
    routes = data.draw(st.lists(st.sampled_from(possible), max_size=6, unique_by=lambda w: (w.source, w.destination)))
    moves = st.tuples(st.booleans(), st.booleans())
    planned = (
        replace(way, storage=disks or not vms, machines=vms) for way in routes for disks, vms in [data.draw(moves)]
    )
    record = held(
        name,
        replace(
            estate,
            routes=tuple(planned),
            profiles=frozenset(data.draw(st.sets(st.sampled_from(sorted(Profile)), min_size=1))),
            remote_initiated=data.draw(st.booleans()),
        ),
    )
    checks = enabled(OFFER.checks, record.estate.profiles)
    less = asked(record, checks)
    assert said(less, checks) == said(record, checks)
    assert questions(less, checks) == questions(record, checks)
