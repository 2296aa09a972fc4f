"""Until when a verdict holds where nobody touches anything, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reports.ahead import holds, looks_ahead, of_move
from reports.json_report import render as as_json
from reports.names import Names
from scanner.api import (
    Check,
    Evidence,
    Profile,
    Report,
    Route,
    Severity,
    Status,
    Verdict,
    View,
    Who,
    failed,
    passed,
    scopes,
    unknown,
    warned,
)  # fmt: skip
from scanner.facts.upkeep import Update
from scanner.judge import judging, until
from scanner.judge.comparing import known_of
from scanner.judge.planning import planned
from scanner.judge.policy import report_of
from scanner.judge.turning import Turn
from scanner.words.baseline import Baseline
from scanner.words.waivers import NO_WAIVERS, Waiver, Waivers
from tests.conftest import HV01, HV02, HV11, NOW, estate, evidence

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
PLAN = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV11, HV02)))


def check_of(judge, name="T-01", scope=scopes.RUN, **words) -> Check:
    facts = {"title": "All is well", "severity": Severity.HIGH, "who": Who.HOST, "seed": "", "needs": (Update,)}
    facts |= {"profiles": frozenset({Profile.LIVE_MIGRATION})} | words
    return Check(id=name, scope=scope, judge=judge, **facts)  # type: ignore[arg-type]


def report(
    *checks: Check,
    where=PLAN,
    facts=None,
    at: datetime | None = None,
    waivers: Waivers = NO_WAIVERS,
    baseline: Baseline | None = None,
    **words,
) -> Report:
    record: Evidence = evidence(facts or {}, where, **words)
    record.close()
    found = judging.judge(checks, record, at)
    made = report_of(
        record, found, checks=checks, plugins=(), threshold=Severity.LOW, waivers=waivers, baseline=baseline, at=at
    )
    return planned(made, record, at)


WELL, OVER = passed("well"), failed("over", "well")


def until_day(days: float, good=WELL, then=OVER):
    return lambda _subject, view: good if view.now < NOW + days * DAY else then


def test_what_never_looks_at_the_time_holds():
    made = report(check_of(lambda _subject, _view: passed("well")))
    assert (made.verdict, made.until, made.turns.by_place) == ("ready", None, {})
    assert not made.findings[0].timely


def test_the_second_and_the_reason():
    made = report(check_of(until_day(3), ends="the key expires"))
    told = made.until
    assert told is not None
    assert (told.time, told.verdict, told.check, told.status) == (NOW + 3 * DAY, "not ready", "T-01", Status.FAIL)
    assert told.words == "the key expires"
    assert holds(made, Names(made)) == ("READY until 2026-11-24 12:00 UTC: the key expires (T-01, this run)",)


def test_a_check_without_words_of_its_own_says_what_becomes_of_it():
    told = report(check_of(until_day(3))).until
    assert told is not None
    assert told.words == "All is well: PASS becomes FAIL"


@pytest.mark.parametrize(
    ("good", "then", "verdict", "said"),
    [
        (
            failed("early", "later"),
            passed("well"),
            "ready",
            "NOT READY until 2026-11-24 12:01 UTC, then ready: it begins",
        ),
        (
            passed("well"),
            unknown("who knows"),
            "incomplete",
            "READY until 2026-11-24 12:00 UTC, then incomplete: it ends",
        ),
        (unknown("early"), passed("well"), "ready", "INCOMPLETE until 2026-11-24 12:01 UTC, then ready: it begins"),
    ],
)
def test_in_any_direction_and_no_minute_too_long(good, then, verdict, said):
    """What is ready is said to be so no longer than it is, what is not to become so no earlier."""
    made = report(check_of(until_day(3 + 7 / 86400, good, then), ends="it ends", begins="it begins"))
    assert made.until is not None
    assert made.until.time == NOW + 3 * DAY + 7 * SECOND
    assert made.until.verdict == verdict
    assert holds(made, Names(made)) == (f"{said} (T-01, this run)",)


def test_a_warning_turns_nothing():
    made = report(check_of(until_day(3, then=warned("soon", "later", works="it does"))))
    assert made.findings[0].timely
    assert made.until is None


def test_a_lesser_failure_turns_nothing():
    assert report(check_of(until_day(3), severity=Severity.INFO)).until is None


def test_the_last_blocker_to_go_is_the_reason():
    bad, good = failed("early", "later"), passed("well")
    checks = [check_of(until_day(days, bad, good), f"T-0{days}", begins=f"day {days}") for days in (2, 5, 3)]
    told = report(*checks).until
    assert told is not None
    assert (told.time, told.words) == (NOW + 5 * DAY, "day 5")


def test_of_two_that_mend_and_harm_at_once_the_harm_is_told():
    mends = check_of(until_day(3, unknown("early"), passed("well")), "A-01")
    harms = check_of(until_day(3), "B-01")
    told = report(mends, harms).until
    assert told is not None
    assert (told.verdict, told.check) == ("not ready", "B-01")


def test_each_route_has_its_own():
    """A destination's certificate expires: its routes turn, and the run with the first."""

    def judge(subject, view: View) -> Verdict:
        return until_day(9 if subject.host == HV11 else 4)(subject, view)

    made = report(check_of(judge, scope=scopes.SOURCE))
    times = {place: told.time for place, told in made.turns.by_place.items()}
    live = Profile.LIVE_MIGRATION
    assert times == {
        ("", "", ""): NOW + 4 * DAY, ("", "", live): NOW + 4 * DAY,
        (HV01, HV02, ""): NOW + 4 * DAY, (HV01, HV02, live): NOW + 4 * DAY,
        (HV11, HV02, ""): NOW + 9 * DAY, (HV11, HV02, live): NOW + 9 * DAY,
    }  # fmt: skip
    assert [of_move(made, route) for route in made.routes] == ["", "ready until 2026-11-30 12:00 UTC"]


def test_each_kind_of_move_has_its_own():
    where = replace(PLAN, profiles=frozenset({Profile.LIVE_MIGRATION, Profile.ASR_VMM}))
    of_live = check_of(lambda _subject, _view: failed("never", "well"), "A-01")
    of_azure = check_of(until_day(4), "B-01", profiles=frozenset({Profile.ASR_VMM}), ends="the key expires")
    made = report(of_live, of_azure, where=where)
    assert made.until is None
    told = made.turns.of(profile=Profile.ASR_VMM)
    assert told is not None
    assert told.time == NOW + 4 * DAY
    assert holds(made, Names(made)) == (
        "Site Recovery ready until 2026-11-25 12:00 UTC: the key expires (B-01, this run)",
    )


def test_there_is_no_limit_to_how_often_it_turns():
    """A verdict that is another one for one hour, a year ahead, is seen."""

    def judge(_subject, view: View) -> Verdict:
        begins = NOW + 371 * DAY + 5 * HOUR
        return failed("now", "then") if begins <= view.now < begins + SECOND else passed("well")

    told = report(check_of(judge)).until
    assert told is not None
    assert told.time == NOW + 371 * DAY + 5 * HOUR


def test_beyond_the_horizon_nothing_is_said():
    assert report(check_of(until_day(400))).until is not None
    assert report(check_of(until_day(400.1))).until is None


@pytest.mark.parametrize("zone", ["days", "date", "seconds"])
def test_where_the_time_is_not_just_compared_instants_are_tried(zone):
    end = datetime(2027, 2, 3, 4, 5, 6, tzinfo=UTC)

    def judge(_subject, view: View) -> Verdict:
        if zone == "date":
            over = view.now.date() > end.date()
        elif zone == "days":
            over = (view.now - end).days >= 0
        else:
            over = (end - view.now).total_seconds() <= 0
        return failed("over", "well") if over else passed("well")

    told = report(check_of(judge)).until
    assert told is not None
    assert told.time == (datetime(2027, 2, 4, tzinfo=UTC) if zone == "date" else end)


def test_where_instants_are_tried_the_dates_of_rows_are_among_them():
    """It is another one for a second alone, which no grid would meet."""
    row = Update("KB1", datetime(2027, 2, 3, 4, 5, 6, tzinfo=UTC))

    def judge(_subject, view: View) -> Verdict:
        (read,) = view.rows(Update, HV01)
        there = read.installed is not None and view.now.timestamp() == read.installed.timestamp()
        return failed("now", "then") if there else passed("well")

    told = report(check_of(judge), facts={(Update, HV01): [row]}).until
    assert told is not None
    assert told.time == row.installed


def test_what_is_shared_is_made_anew_at_each_instant_and_says_when_to_look_again():
    asked: list[datetime] = []

    def over(view: View, days: int) -> bool:
        asked.append(view.now)
        return view.now >= NOW + days * DAY

    def still(view: View, target: str) -> str:
        return f"{target} at {view.recorded:%H}"

    def judge(subject, view: View) -> Verdict:
        assert view.aside(still, "x") == "x at 12"
        return failed("over", "well") if view.shared(over, 3) else passed(subject.host)

    made = report(check_of(judge, scope=scopes.SOURCE))
    assert made.until is not None
    assert made.until.time == NOW + 3 * DAY
    assert [f.timely for f in made.findings] == [True, True, False], "of the third, no route starts there"
    assert len(asked) == len(set(asked)) + 2, "once an instant; for the record's own once to judge, once to look ahead"


def test_when_the_record_was_made_does_not_move():
    made = report(check_of(lambda _s, view: passed(f"{view.recorded:%d} {view.now:%d}")), at=NOW + 2 * DAY)
    assert made.findings[0].seen == "21 23"
    assert made.at == NOW + 2 * DAY
    assert looks_ahead(made) == (
        "A look ahead: judged as of 2026-11-23 12:00 UTC, from what was read until 2026-11-21 12:00 UTC,"
        " as if nothing else changed"
    )


def test_a_look_ahead_looks_on_from_there():
    made = report(check_of(until_day(3)), at=NOW + 4 * DAY)
    assert (made.verdict, made.until) == ("not ready", None)
    made = report(check_of(until_day(401)), at=NOW + 4 * DAY)
    assert made.until is not None


def test_of_what_says_two_things_of_one_instant_nothing_is_said():
    turns = iter((passed("well"), failed("over", "well"), failed("over", "well")))

    def judge(_subject, view: View) -> Verdict:
        return next(turns) if view.now < NOW + DAY else unknown("?")

    assert report(check_of(judge)).until is None


def test_an_interrupted_run_promises_nothing():
    record = evidence({}, PLAN).amended(interrupted=True)
    checks = [check_of(until_day(3))]
    made = report_of(record, judging.judge(checks, record), checks=checks, plugins=(), threshold=Severity.LOW)
    assert planned(made, record).until is None


def test_the_earliest_of_all_turns_counts(monkeypatch):
    """As the end of what excuses a finding."""

    def ends(report, start, _end):
        return [Turn(start + DAY, 0, replace(report.findings[0], status=Status.FAIL))]

    monkeypatch.setattr(until, "ends_of_waivers", ends)
    told = report(check_of(until_day(3))).until
    assert told is not None
    assert (told.time, told.words, told.verdict) == (NOW + DAY, told.words, "not ready")


def accepted(days: int, subject: str = "*", *, unknown_too: bool = False) -> Waivers:
    """What the check finds is accepted until midnight of a later day."""
    until_then = (NOW + days * DAY).date()
    return Waivers((Waiver("T-01", subject, "ordered", "the team", until_then, accept_unknown=unknown_too),), file="w")


def midnight(days: int) -> datetime:
    return (NOW + days * DAY).replace(hour=0, minute=0, second=0, microsecond=0)


def test_a_waiver_ends_at_midnight_of_its_day_and_what_it_excused_counts():
    made = report(check_of(lambda _subject, _view: OVER), waivers=accepted(5))
    assert made.verdict == "ready"
    assert made.until is not None
    assert (made.until.time, made.until.verdict) == (midnight(5), "not ready")
    assert made.until.words == "the waiver of T-01 by the team ends"
    assert (made.turns.of(HV01, HV02) or made.until).time == midnight(5)


def test_what_turns_while_it_is_waived_counts_from_the_end_of_the_waiver():
    told = report(check_of(until_day(3)), waivers=accepted(5)).until
    assert told is not None
    assert (told.time, told.verdict) == (midnight(5), "not ready")


def test_what_turns_after_the_waiver_counts_when_it_turns():
    told = report(check_of(until_day(7), ends="it ends"), waivers=accepted(5)).until
    assert told is not None
    assert (told.time, told.words) == (NOW + 7 * DAY, "it ends")


@pytest.mark.parametrize(("unknown_too", "days"), [(False, 3), (True, None)])
def test_a_waiver_of_a_failure_is_none_of_what_nobody_can_judge(unknown_too, days):
    lost = until_day(3, OVER, unknown("who knows"))
    well = check_of(lambda _subject, _view: WELL, name="T-02")
    told = report(check_of(lost), well, waivers=accepted(5, unknown_too=unknown_too)).until
    assert told is not None
    assert told.verdict == "incomplete"
    assert told.time == (NOW + days * DAY if days else midnight(5))


def test_a_waiver_of_something_else_ends_nothing():
    assert report(check_of(lambda _subject, _view: WELL), waivers=accepted(5)).until is None
    assert report(check_of(lambda _subject, _view: OVER), waivers=accepted(5, "hv99")).until is None


def test_looking_ahead_beyond_its_end_the_waiver_excuses_nothing():
    made = report(check_of(lambda _subject, _view: OVER), waivers=accepted(5), at=midnight(5))
    assert made.verdict == "not ready"
    before = report(check_of(lambda _subject, _view: OVER), waivers=accepted(5), at=midnight(5) - SECOND)
    assert before.verdict == "ready"


def test_with_a_baseline_the_gate_turns_when_the_verdict_does_not():
    """What is known passes the gate; a waiver that ends is no verdict's turn where another failure stands."""
    known, waived = check_of(lambda _subject, _view: OVER, "T-02"), check_of(lambda _subject, _view: OVER)
    before = Baseline("before.json", NOW - DAY, known_of(report(known).findings, NOW - DAY))
    made = report(known, waived, waivers=accepted(5), baseline=before)
    assert (made.verdict, made.gate, made.until) == ("not ready", "ready", None)
    assert made.turns.gate is not None
    assert (made.turns.gate.time, made.turns.gate.verdict) == (midnight(5), "not ready")
    (line,) = holds(made, Names(made))
    day = f"{midnight(5):%Y-%m-%d}"
    assert line.startswith(
        f"the gate, which passes over what is known, ready until {day} 00:00 UTC: the waiver of T-01"
    )
    told = json.loads(as_json(made))
    assert told["gate"] == {"verdict": "ready", "until": f"{day}T00:00:00Z", "then": "not ready"}


def test_a_verdict_that_turns_where_the_gate_does_not():
    """The known failure mends itself: the gate passed over it before."""
    check = check_of(until_day(3, OVER, WELL), begins="it begins")
    before = Baseline("before.json", NOW - DAY, known_of(report(check).findings, NOW - DAY))
    made = report(check, baseline=before)
    assert (made.gate, made.turns.gate) == ("ready", None)
    assert holds(made, Names(made)) == (
        "NOT READY until 2026-11-24 12:00 UTC, then ready: it begins (T-01, this run)",
        "that is the verdict; of the gate, which passes over what is known, no turn is known",
    )


def test_without_a_baseline_the_gate_turns_with_the_verdict():
    made = report(check_of(until_day(3)))
    assert made.turns.gate == made.until
    assert len(holds(made, Names(made))) == 1
