"""What could not be read never makes anything better: evidence that is missing is no evidence of health."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.api import GapReason, Status
from tests.properties.records import FILES, before, better, both, document, few, judged, statuses, without

REASONS = sorted(reason.value for reason in GapReason)


def held(name: str) -> list[tuple[str, str]]:
    """Fact and target of every answer."""
    return sorted({(answer["fact"], answer["target"]) for answer in document(name)["answers"]})


def worsened(name: str, keys: list[tuple[str, str]], reason: str) -> None:
    was, now = before(name), judged(without(document(name), *keys, reason=reason, detail="gone"))
    assert better(was, now)[:9] == []
    then = statuses(was)
    red = [where for where, s in statuses(now).items() if s is Status.FAIL and then.get(where) is not Status.FAIL]
    assert red[:9] == [], "nobody may say FAIL on evidence that is missing"


def test_each_answer_of_the_good_record() -> None:
    """Every single answer taken away, for reasons in turn: nothing turns green, nor red for want of it."""
    for key, reason in zip(held("good"), itertools.cycle(REASONS), strict=False):
        worsened("good", [key], reason)


@both
@pytest.mark.parametrize("fact", sorted({fact for name in FILES for fact, _ in held(name)}))
def test_each_fact(name: str, fact: str) -> None:
    """One fact of all targets taken away."""
    keys = [key for key in held(name) if key[0] == fact]
    worsened(name, keys, "access denied")


@pytest.mark.parametrize("reason", REASONS)
@both
def test_each_reason(name: str, reason: str) -> None:
    """All that one target answered taken away, for each reason."""
    targets = sorted({target for _, target in held(name)})
    for target in targets if name == "good" else targets[:: len(targets) // 3]:
        worsened(name, [key for key in held(name) if key[1] == target], reason)


@both
@few(25)
@given(data=st.data())
def test_several_answers(name: str, data: st.DataObject) -> None:
    """Any answers taken away together."""
    keys = data.draw(st.lists(st.sampled_from(held(name)), min_size=2, max_size=12, unique=True))
    worsened(name, keys, data.draw(st.sampled_from(REASONS)))
