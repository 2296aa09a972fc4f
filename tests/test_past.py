"""What became of findings and routes from one kept run to the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from scanner.judge.past import Course, by_whom, is_whole, kind_of
from scanner.words.model import Status
from tests.history.pasts import FIRST, found, route, run


def steps(*nights):
    """Each night: its findings, or a pair of them and words of its run."""
    course, made = Course(), []
    for number, night in enumerate(nights, 1):
        findings, words = night if isinstance(night, tuple) else (night, {})
        counts = dict(Counter(one.status.value for one in findings)) or {"PASS": 1}
        made.append(course.take(run(number, **{"counts": counts} | words), findings, ()))
    return course, made


FAIL, PASS, UNKNOWN, WARN, ERROR, NONE = (
    Status.FAIL, Status.PASS, Status.UNKNOWN, Status.WARN, Status.ERROR, Status.NOT_APPLICABLE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [
        (PASS, FAIL, "new"),
        (WARN, FAIL, "new"),
        (UNKNOWN, FAIL, "new"),
        (None, FAIL, "new"),
        (None, UNKNOWN, "new"),
        (FAIL, PASS, "mended"),
        (UNKNOWN, PASS, "mended"),
        (FAIL, NONE, "mended"),
        (FAIL, UNKNOWN, "no longer judged"),
        (PASS, ERROR, "no longer judged"),
        (UNKNOWN, ERROR, "new"),
        (FAIL, FAIL, ""),
        (PASS, PASS, ""),
        (PASS, WARN, ""),
        (None, PASS, ""),
    ],
)
def test_what_a_finding_became(before, now, word):
    other = found("KEY-03", "k", PASS)
    old = [other, *([found("LM-01", "hv01", before)] if before else [])]
    _, made = steps(old, [other, found("LM-01", "hv01", now)])
    turns = [(turn.word, turn.before, turn.now) for turn in made[1].turns]
    assert turns == ([(word, before or "not there", now)] if word else [])
    assert made[1].still == (before is now is FAIL)
    assert made[0].before is None
    assert made[1].before == made[0].run


@pytest.mark.parametrize(
    ("status", "subject", "told"),
    [
        (FAIL, "hv01/a", True),
        (PASS, "hv01/a", True),
        (UNKNOWN, "hv01/a", False),
        (NONE, "hv01/a", False),
        (FAIL, "hv01/*", False),
        (FAIL, "run", False),
    ],
)
def test_what_is_gone_is_told_where_it_was_judged(status, subject, told):
    other = found("LM-01", "hv02", PASS)
    _, made = steps([found("LM-01", subject, status), other], [other])
    assert [(turn.word, turn.now) for turn in made[1].turns] == [("no longer judged", "not there")] * told


def test_a_check_that_nobody_asks_any_more_leaves_nothing_missing():
    _, made = steps([found("OLD-01", "hv01"), found("LM-01", "hv02")], [found("LM-01", "hv02")])
    assert made[1].turns == ()


def test_waivers_that_come_and_go_are_told():
    open_, waived = found("NET-01", "hv01"), found("NET-01", "hv01", waived="team 2026-12-20")
    _, made = steps([open_], [waived], [waived], [open_])
    assert [[turn.word for turn in step.turns] for step in made] == [[], ["waived"], [], ["no longer waived"]]


@pytest.mark.parametrize("words", [{"chosen": True}, {"interrupted": True}])
def test_a_run_that_is_no_whole_one_is_held_against_nothing(words):
    failing, fine = [found("LM-01", "hv01")], [found("LM-01", "hv01", PASS)]
    course, made = steps(fine, (failing, words), fine)
    assert [len(step.turns) for step in made] == [0, 0, 0]
    assert made[1].before is None
    assert made[2].before == made[0].run
    assert course.run == made[2].run
    assert not is_whole(run(1, **words))


def test_a_run_that_judged_nothing_is_held_against_the_one_before_and_none_against_it():
    """A runner without its network for a night: what fails the night after is as known as it was."""
    blind = [found("LM-01", "hv01", UNKNOWN), found("LM-02", "hv01", NONE)]
    seen = [found("LM-01", "hv01"), found("LM-02", "hv01", PASS)]
    course, made = steps(seen, blind, seen)
    assert [turn.word for turn in made[1].turns] == ["no longer judged"]
    assert made[2].before == made[0].run
    assert (made[2].turns, made[2].still) == ((), 1)
    assert course.since[seen[0].key] == (FIRST, False)


def test_since_when_each_ends_as_it_does():
    a, b = found("A-1", "x"), found("B-1", "x")
    course, _ = steps([a], [a, b], [a, b], [a])
    assert course.since == {a.key: (FIRST, False)}
    course, made = steps([a], [found("A-1", "x", PASS)], [a], [a])
    assert course.since == {a.key: (made[2].run.finished, True)}


@pytest.mark.parametrize("night", [UNKNOWN, ERROR, None])
def test_what_is_back_after_nights_on_which_nobody_could_judge_is_not_new(night):
    key, a, b = found("KEY-03", "k", PASS), found("LM-01", "hv01"), found("LM-01", "hv02", PASS)
    lost = [replace(one, status=night) for one in (a, b)] if night else []
    course, made = steps([key, a, b], [key, *lost], [key, *lost], [key, a, replace(b, status=FAIL)])
    assert [(turn.word, turn.finding.subject) for turn in made[3].turns] == [("new", "hv02")]
    assert made[3].still == 1
    assert course.since[a.key] == (made[0].run.finished, False)
    assert course.since[b.key] == (made[3].run.finished, True)
    assert course.given == {}


def test_what_was_mended_before_such_a_night_is_new_after_it():
    key, one = found("KEY-03", "k", PASS), found("LM-01", "hv01")
    _, made = steps([key, one], [key, replace(one, status=PASS)], [key, replace(one, status=UNKNOWN)], [key, one])
    assert [turn.word for turn in made[3].turns] == ["new"]


def test_routes_that_turned():
    course = Course()
    one, other = route("a", "b"), route("a", "c", "not ready")
    course.take(run(1, counts={"PASS": 1}), (), [one, other])
    step = course.take(run(2, counts={"PASS": 1}), (), [route("a", "b", "incomplete"), other, route("a", "d")])
    told = [(turn.route.destination, turn.before, turn.now) for turn in step.routes]
    assert told == [("b", "ready", "incomplete"), ("d", "not there", "ready")]


def test_the_worst_comes_first():
    _, made = steps([], [found("B-1", "x", UNKNOWN), found("C-1", "x"), found("A-1", "x")])
    assert [turn.finding.check for turn in made[1].turns] == ["A-1", "C-1", "B-1"]


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("network team 2026-12-20", "by network team until 2026-12-20"),
        ("2026-12-20", "by 2026-12-20"),
        ("team", "by team"),
        ("team someday", "by team someday"),
    ],
)
def test_who_waived(kept, words):
    assert by_whom(kept) == words


def test_kinds_of_move_in_words():
    assert kind_of("live-migration") == "live migration"
    assert kind_of("of a later version") == "of a later version"
