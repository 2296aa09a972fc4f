"""Nothing shows nothing; whatever a machine says, no function breaks, and no sentence holds a word of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.judge import points
from scanner.judge.points import POINTS, settled
from scanner.judge.points.reading import answers, facts, hints
from scanner.words.model import SERVERS, TargetKind
from scanner.words.recording import Asked, Failure, Held, Recording, Schema, Value
from tests.points.case import host, vmm
from tests.points.recordings import only

SETTLES = [point for point in POINTS if point.settle]
MARK = "xMARKEDx"


def nothing(kind: TargetKind = TargetKind.HOST) -> Recording:
    return Recording(version="0", kind=kind, at=datetime(2026, 11, 30, tzinfo=UTC), transport="")


@pytest.mark.parametrize("kind", TargetKind)
def test_a_recording_with_nothing_in_it_settles_nothing(kind):
    found = settled(nothing(kind))
    assert [one for one in found if one.held is not Held.OPEN] == []
    assert all(one.why for one in found)


@pytest.mark.parametrize("kind", TargetKind)
def test_answers_without_a_row_show_nothing(kind):
    asked = tuple(Asked(fact=fact.__name__, query="", seconds=0.1) for fact in facts())
    assert [one for one in settled(replace(nothing(kind), asked=asked)) if one.held is Held.HOLDS] == []


@pytest.mark.parametrize("unanswered", ["timeout", "access denied"])
def test_what_was_not_answered_shows_nothing(unanswered):
    asked = tuple(replace(one, rows=(), unanswered=unanswered) for one in host().asked)
    found = settled(replace(host(), asked=asked))
    assert [one for one in found if one.held is not Held.OPEN] == []


def test_errors_that_are_no_absence_show_nothing():
    refused = (Failure(error_id="HRESULT 0x80041003,x", category="PermissionDenied", type="", text=""),)
    asked = tuple(replace(one, rows=(), failures=refused) for one in host().asked)
    assert [one for one in settled(replace(host(), asked=asked)) if one.held is not Held.OPEN] == []


def test_each_kind_of_machine_is_told_what_it_can_settle_and_no_more():
    for kind in TargetKind:
        told = [one.point for one in settled(nothing(kind))]
        assert told == [point.id for point in POINTS if point.settle and kind in point.by]
        assert bool(told) is (kind in SERVERS)


def test_one_that_breaks_costs_its_own_point(monkeypatch):
    def breaks(_recording: Recording):
        raise RecursionError

    first, *others = SETTLES
    monkeypatch.setattr(points, "POINTS", (replace(first, settle=breaks), *others))
    found = settled(host())
    assert (found[0].point, found[0].held) == (first.id, Held.OPEN)
    assert len(found) == sum(TargetKind.HOST in point.by for point in SETTLES)


HOSTILE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from([2**63, -(2**64), 10**4000, 0, 1, 2, 4, 6600, 5985]),
    st.floats(), st.text(max_size=8), st.just(MARK), st.just("9" * 5000), st.just("{" * 50),
    st.just("Microsoft:AAAAAAAA-0000-4000-8000-000000000001\\x"), st.just("AAAAAAAA-0000-4000-8000-000000000001"),
    st.just(r"x:Msvm_VirtualEthernetSwitch.Name=" + f'"{MARK}"'), st.just({"value": [MARK, 2], "Count": 2}),
    st.just({"OperationMode": 1, "AccessVlanId": MARK}), st.just([None, MARK, {"a": []}, 300]), st.just([]),
    st.just({"OperationMode": [1]}), st.just([0] * 20), st.just(f'<a Sddl="O:{MARK}"/>'),
)  # fmt: skip


@st.composite
def hostile(draw: st.DrawFn) -> Recording:
    """A machine of which every value may be anything."""
    base = draw(st.sampled_from([host, vmm]))()
    kept = draw(st.sets(st.sampled_from([fact.__name__ for fact in facts()]), max_size=6))
    asked: list[Asked] = list(base.asked)
    for fact in facts():
        if fact.__name__ not in kept:
            continue
        names = [*hints(fact), draw(st.sampled_from([MARK, "PSPath", "Extra"]))]
        row = st.dictionaries(st.sampled_from(names), HOSTILE, max_size=len(names))
        base_rows = [dict(one) for told in answers(base, fact) for one in told.rows][:3]
        rows: list[dict[str, Value]] = [{**one, **draw(row)} for one in base_rows] + draw(st.lists(row, max_size=2))
        failures = draw(st.sampled_from([(), (Failure(error_id=MARK, category=MARK, type=MARK, text=MARK),)]))
        seconds = draw(st.sampled_from([None, 0.0, -1.0, math.inf, math.nan]))
        asked = [one for one in asked if one.fact != fact.__name__]
        asked.append(
            Asked(fact=fact.__name__, query=MARK, rows=tuple(rows), failures=failures, seconds=seconds,
                  unanswered=draw(st.sampled_from(["", "", "", MARK])))
        )  # fmt: skip
    schemas = tuple(
        replace(one, properties={name: draw(st.sampled_from([kind, MARK])) for name, kind in one.properties.items()})
        if draw(st.integers(0, 30)) == 0 else one
        for one in (*base.schemas, Schema(namespace=MARK, name=MARK, properties={MARK: MARK}, missing=""))
    )  # fmt: skip
    computer = {"powershell": draw(HOSTILE), "language": draw(HOSTILE), "build": draw(HOSTILE)}
    return replace(base, asked=tuple(asked), schemas=schemas, computer=computer, transport=draw(st.text(max_size=9)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile())
def test_whatever_a_machine_says_nothing_breaks_and_nothing_of_it_is_told(recording):
    for point in SETTLES:
        held, why = point.settle(recording)
        assert isinstance(held, Held)
        assert why
        assert MARK not in why
        assert len(why) < 900, point.id
        assert why.isascii(), why


ODD = [None, 10**4000, MARK, [MARK, 10**4000], {"value": [MARK], "Count": 1}]


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.__name__)
def test_one_odd_value_anywhere_breaks_nothing(fact):
    """Each property of each fact, in its first row, is each odd value once."""
    told = host() if TargetKind.HOST in fact.kinds else vmm()
    rows = [dict(row) for one in answers(told, fact) for row in one.rows]
    for name in hints(fact) if rows else ():
        for odd in ODD:
            made = [{**rows[0], name: odd}, *rows[1:]]
            others = tuple(one for one in told.asked if one.fact != fact.__name__)
            asked = (*others, Asked(fact=fact.__name__, query="", rows=tuple(made), seconds=0.1))
            for point in SETTLES:
                _held, why = point.settle(replace(told, asked=asked))
                assert MARK not in why


def test_of_a_fact_alone_nothing_holds_that_is_said_of_two():
    """Each answer by itself: points that compare two answers tell nothing."""
    for name in {one.fact for one in host().asked}:
        held = {one.point for one in settled(only(replace(host(), schemas=()), [name])) if one.held is Held.HOLDS}
        allowed = {"default_route", "http_sys", "script_runs", "controller_recorded"}
        assert {point.settle.__name__ for point in SETTLES if point.id in held} <= allowed
