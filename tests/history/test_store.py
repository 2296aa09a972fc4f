"""What is kept of runs, read back: on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from scanner.api import Status, Subject, scopes
from scanner.commands.history_rows import rows_of
from scanner.history import reading, store
from scanner.history.opening import HistoryError
from scanner.history.place import Place
from scanner.history.spans import Span
from scanner.words.baseline import Baseline
from scanner.words.waivers import Waiver, Waivers
from tests.conftest import HV01, HV02
from tests.history.runs import DAY, NAME, START, found, keep, machine, practice, run

FAIL, PASS, UNKNOWN, WARN = Status.FAIL, Status.PASS, Status.UNKNOWN, Status.WARN
KEY = ("NET-01", HV01, "")


def before(place: Place, day: float = 99, name: str = NAME) -> Baseline | None:
    with reading.reading(place) as link:
        return reading.baseline(link, name, START + day * DAY)


def gate(place: Place, day: float) -> Baseline | None:
    with reading.reading(place) as link:
        return reading.baseline(link, NAME, START + day * DAY, gates=True)


def life(place: Place, key: tuple[str, str, str] = KEY):
    with reading.reading(place) as link:
        return reading.life_of_finding(link, NAME, key)


def spells(place: Place, key: tuple[str, str, str] = KEY) -> list[tuple[str, int]]:
    return [(spell.state, spell.runs) for spell in life(place, key).spells]


def test_what_a_run_found_comes_back(place):
    report, data = practice()
    number = store.keep(place, NAME, report, data, records=Span(runs=1))
    with reading.reading(place) as link:
        (kept,) = reading.runs(link, NAME)
        assert reading.run_of(link, number) == kept
        assert (kept.number, kept.estate, kept.verdict, kept.exit_code) == (number, NAME, "not ready", 1)
        assert (kept.started, kept.finished, kept.counts) == (report.started, report.finished, report.counts)
        assert kept.digest == hashlib.sha256(data).hexdigest()
        assert kept.has_record
        assert reading.record_of(link, kept) == data
        findings, routes = reading.findings_of(link, kept), reading.routes_of(link, kept)
        assert reading.known(link, NAME) == findings
        assert reading.routes_known(link, NAME) == routes
    told = {
        (one.check, one.subject.id, one.profile): (
            one.subject.title, one.status, one.severity, one.title, (one.seen or one.note)[:2000],
        )
        for one in report.findings
    }  # fmt: skip
    assert {f.key: (f.name, f.status, f.severity, f.title, f.seen) for f in findings} == told
    every = {(r.source, r.destination, s.profile): s.verdict for r in report.routes for s in r.profiles}
    assert {(r.source, r.destination, r.profile): r.verdict for r in routes} == every


def test_a_run_that_is_as_the_last_one_adds_no_state(place):
    report, data = practice()
    rows = []
    for _ in range(3):
        store.keep(place, NAME, report, data)
        with reading.reading(place) as link:
            rows.append([link.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in
                         ("cases", "case_states", "texts", "subjects", "routes", "route_states", "runs")])  # fmt: skip
    first, *later = rows
    assert [row[:-1] for row in later] == [first[:-1]] * 2
    assert [row[-1] for row in rows] == [1, 2, 3]


def test_a_life_is_told_over_whole_runs(place):
    for day, status in enumerate((FAIL, FAIL, PASS, None, UNKNOWN, FAIL)):
        keep(place, run(*([found(status)] if status else []), day=day))
    told = life(place)
    assert spells(place) == [("FAIL", 2), ("PASS", 1), ("not judged", 1), ("UNKNOWN", 1), ("FAIL", 1)]
    assert (told.first_seen, told.last_seen, told.turned) == (START, START + 5 * DAY, 4)
    assert told.spells[0].last == START + DAY
    assert told.what == f"NET-01 {HV01}"
    assert life(place, ("NET-01", HV02, "")) is None


def test_what_is_seen_may_change_without_a_turn(place):
    for day, seen in enumerate(("1 of 2", "1 of 3", "1 of 3")):
        keep(place, run(found(FAIL, seen=seen), day=day))
    assert (spells(place), life(place).turned) == ([("FAIL", 3)], 0)
    (known,) = [one for one in before(place).findings if one.check == "NET-01"]
    assert (known.since, known.seen) == (START, "1 of 3")


def test_a_routes_life_is_told(place):
    keep(place, run(found(PASS)))
    keep(place, run(found(FAIL), day=1))
    with reading.reading(place) as link:
        told = reading.life_of_route(link, NAME, HV01, HV02, "live-migration")
    assert [(spell.state, spell.runs) for spell in told.spells] == [("ready", 1), ("not ready", 1)]
    assert told.turned == 1


@pytest.mark.parametrize("how", [{"chosen": ("NET-01",)}, {"interrupted": True}])
def test_a_run_that_judged_less_is_nobodys_predecessor_and_mends_nothing(place, how):
    keep(place, run(found(FAIL)))
    number = keep(place, run(found(PASS, seen="half"), day=1, **how))
    assert (before(place).taken, spells(place)) == (START, [("FAIL", 1)])
    keep(place, run(found(FAIL), day=2))
    assert (spells(place), life(place).turned) == ([("FAIL", 2)], 0)
    with reading.reading(place) as link:
        kept = reading.run_of(link, number)
        assert (kept.chosen, kept.interrupted) == ("chosen" in how, "interrupted" in how)
        assert [(f.check, f.status, f.seen) for f in reading.findings_of(link, kept)] == [
            ("ID-01", PASS, "x"), ("NET-01", PASS, "half"),
        ]  # fmt: skip
        assert len(reading.runs(link, NAME)) == 3
        assert [run.number for run in reading.runs(link, NAME, 2)] == [3, 2]


def test_what_only_a_narrowed_run_found_has_no_life(place):
    keep(place, run(found(FAIL), chosen=("NET-01",)))
    assert life(place) is None
    assert before(place) is None
    keep(place, run(day=1))
    assert life(place) is None


def test_a_run_that_judged_nothing_is_no_predecessor(place):
    keep(place, run(found(FAIL)))
    nothing = run(day=1)
    keep(place, replace(nothing, findings=(found(UNKNOWN, "ID-01"),), counts={"UNKNOWN": 1}))
    assert before(place).taken == START


def test_a_run_of_the_future_is_no_predecessor(place):
    """The clock was wrong once."""
    keep(place, run(found(FAIL)))
    keep(place, run(found(PASS), day=400))
    assert before(place, day=1).taken == START


def test_estates_never_mix(place):
    keep(place, run(found(FAIL)))
    keep(place, run(found(PASS)), "another")
    with reading.reading(place) as link:
        assert reading.estates(link) == ("another", NAME)
        assert [len(reading.runs(link, name)) for name in (NAME, "another", "none")] == [1, 1, 0]
    assert [one.status for one in before(place).findings if one.check == "NET-01"] == [FAIL]
    assert [one.status for one in before(place, name="another").findings if one.check == "NET-01"] == [PASS]
    assert before(place, name="none") is None


def test_another_estate_of_the_same_name_is_refused(place):
    keep(place, run(), machines=(HV01, HV02))
    keep(place, run(), machines=(HV02, "hv77.corp.example"))
    with pytest.raises(HistoryError, match=r"keeps another estate under the name \"corp/estate\": run 2 has \"hv01"):
        keep(place, run(), machines=("hv77.corp.example", "hv78.corp.example"))
    with reading.reading(place) as link:
        assert len(reading.runs(link, NAME)) == 2


# ---- compared with the last run


def test_the_last_run_tells_and_lets_nothing_pass(place):
    keep(place, run(found(FAIL), found(FAIL, "LM-06")))
    made = run(found(FAIL), found(PASS, "LM-06"), day=1, since=before(place))
    assert made.exit_code == 1
    assert [len(getattr(made.baseline, word)) for word in ("new", "mended", "still", "unjudged")] == [0, 1, 1, 0]
    assert [f.known_since for f in made.findings if f.check == "NET-01"] == [START]
    assert not any(f.passes for f in made.findings)
    assert all(made.stops(f) == (f.status is FAIL) for f in made.findings)


def test_a_gate_for_what_is_new_passes_over_it(place):
    keep(place, run(found(FAIL)))
    with reading.reading(place) as link:
        since = reading.baseline(link, NAME, START + DAY, gates=True)
    assert run(found(FAIL), day=1, since=since).exit_code == 0
    assert run(found(FAIL), found(FAIL, "LM-06"), day=1, since=since).exit_code == 1


def test_what_was_waived_is_not_passed_over_once_that_ends(place):
    waiver = Waiver("NET-01", HV01, "ordered", "the team", date(2026, 11, 3))
    keep(place, run(found(FAIL), waivers=Waivers((waiver,), file="w.toml")))
    with reading.reading(place) as link:
        since = reading.baseline(link, NAME, START + DAY, gates=True)
        (kept,) = reading.runs(link, NAME)
        assert [f.waived for f in reading.findings_of(link, kept)] == ["", "the team 2026-11-03"]
    assert run(found(FAIL), day=5, since=since).exit_code == 1


def test_cases_of_a_host_that_is_down_stay_listed_for_thirty_days_and_come_back(place):
    vms = [found(FAIL, subject=machine("a")), found(PASS, subject=machine("b")), found(UNKNOWN, subject=machine("c"))]
    keep(place, run(*vms))
    for day in range(1, 32):
        made = run(day=day, since=before(place, day))
        gone = {change.subject.names[1]: (change.before, change.last) for change in made.baseline.gone}
        assert gone == {"a": (FAIL, START), "b": (PASS, START)}, day
        keep(place, made)
    assert run(day=32, since=before(place, 32)).baseline.gone == ()
    up = run(*vms, day=33, since=before(place, 33))
    keep(place, up)
    assert spells(place, ("NET-01", f"{HV01}/a", "")) == [("FAIL", 1), ("not judged", 31), ("FAIL", 1)]
    assert [change.subject.names[1] for change in up.baseline.new] == ["a", "c"]


@pytest.mark.parametrize("night", [UNKNOWN, Status.ERROR, None], ids=str)
@pytest.mark.parametrize("nights", [1, 3])
def test_a_night_on_which_nobody_could_judge_makes_nothing_new(place, night, nights):
    """The night itself is red, and what is back as it was is known since before; what is worse than then is new."""
    keep(place, run(found(FAIL), found(PASS, "LM-06")))
    for day in range(1, nights + 1):
        lost = [found(night), found(night, "LM-06")] if night else []
        down = run(*lost, day=day, since=gate(place, day))
        assert down.exit_code == (3 if night else 0)
        keep(place, down)
    back = run(found(FAIL), day=nights + 1, since=gate(place, nights + 1))
    assert back.exit_code == 0
    assert [change.since for change in back.baseline.still] == [START]
    assert [one.known_since for one in back.findings if one.check == "NET-01"] == [START]
    assert back.baseline.new == ()
    worse = run(found(FAIL), found(FAIL, "LM-06"), day=nights + 1, since=gate(place, nights + 1))
    assert worse.exit_code == 1
    assert [change.check for change in worse.baseline.new] == ["LM-06"]


def test_the_oldest_run_that_is_shown_tells_nothing_new_after_a_night_that_is_not_shown(place):
    for day, status in enumerate((FAIL, UNKNOWN, UNKNOWN, FAIL)):
        keep(place, run(found(status), day=day))
    with reading.reading(place) as link:
        (row,) = rows_of(link, NAME, 1)
    assert row.step
    assert (row.step.number("new"), row.step.still) == (0, 1)


def test_what_was_mended_before_the_night_or_is_long_ago_is_new(place):
    keep(place, run(found(FAIL), found(FAIL, "LM-06")))
    keep(place, run(found(PASS), found(UNKNOWN, "LM-06"), day=1))
    keep(place, run(found(UNKNOWN), found(UNKNOWN, "LM-06"), day=2))
    back = run(found(FAIL), found(FAIL, "LM-06"), day=3, since=gate(place, 3))
    assert [change.check for change in back.baseline.new] == ["NET-01"]
    keep(place, run(found(UNKNOWN), found(UNKNOWN, "LM-06"), day=31))
    back = run(found(FAIL), found(FAIL, "LM-06"), day=32, since=gate(place, 32))
    assert {change.check for change in back.baseline.new} == {"NET-01", "LM-06"}


def test_what_was_waived_before_the_night_is_not_known_after_it(place):
    waivers = Waivers((Waiver("NET-01", HV01, "ordered", "the team", date(2026, 11, 3)),), file="w.toml")
    keep(place, run(found(FAIL), waivers=waivers))
    keep(place, run(found(UNKNOWN), day=1, waivers=waivers))
    assert run(found(FAIL), day=5, since=gate(place, 5)).exit_code == 1


# ---- what stands there is foreign

HOSTILE = [
    "",
    "\0",
    "\ud800 half",
    "\\u0000",
    "a\\b",
    "'; DROP TABLE runs; --",
    "##vso[x]",
    "é€𝄞",
    "x" * 5000,
    "%s :name",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_comes_back_as_it_was(place, text):
    about = Subject(scopes.VM, (HV01, text or "-"), text)
    keep(place, run(found(FAIL, subject=about, seen=text)))
    with reading.reading(place) as link:
        (kept,) = [f for f in reading.known(link, NAME) if f.check == "NET-01"]
    assert (kept.name, kept.seen, kept.subject) == (about.title, text[:2000], about.id)
    (known,) = [one for one in before(place).findings if one.check == "NET-01"]
    assert (known.subject.names, known.subject.kind) == (about.names, scopes.VM)


def test_texts_that_differ_only_in_what_a_database_cannot_hold_are_two(place):
    names = ["a\0", "a", "a\ud800", "a\\u0000"]
    keep(place, run(*(found(FAIL, subject=machine(name)) for name in names)))
    with reading.reading(place) as link:
        assert len(reading.known(link, NAME, "NET-01")) == len(names)
    made = run(*(found(FAIL, subject=machine(name)) for name in names), day=1, since=before(place))
    assert len(made.baseline.still) == len(names)


# ---- how long


def test_old_runs_are_forgotten_and_what_only_they_had(place):
    for day in range(6):
        keep(
            place,
            run(found(FAIL if day < 3 else PASS), found(WARN, subject=machine(f"vm{day}")), day=day),
            runs=Span(days=2),
        )
    with reading.reading(place) as link:
        assert [kept.number for kept in reading.runs(link, NAME)] == [6, 5, 4]
        assert {f.name for f in reading.known(link, NAME)} == {HV01, *(f"vm{day} on {HV01}" for day in (3, 4, 5))}
        assert [len(reading.findings_of(link, kept)) for kept in reading.runs(link, NAME)] == [3, 3, 3]
        texts = set(link.exec_driver_sql("SELECT text FROM texts").scalars())
        assert not any("vm0" in text for text in texts)
    told = life(place)
    assert (told.first_seen, told.turned, [spell.state for spell in told.spells]) == (START, 1, ["PASS"])


def test_a_number_of_runs_is_kept_and_fewer_records(place):
    for day in range(5):
        keep(place, run(day=day), runs=Span(runs=3), records=Span(runs=2))
    with reading.reading(place) as link:
        kept = reading.runs(link, NAME)
        assert [(one.number, one.has_record) for one in kept] == [(5, True), (4, True), (3, False)]
        assert [reading.record_of(link, one) for one in kept] == [b"record", b"record", None]


def test_the_last_whole_run_stays_however_old_it_is(place):
    keep(place, run(found(FAIL)), runs=Span(days=1))
    keep(place, run(found(FAIL), day=90, interrupted=True), runs=Span(days=1))
    keep(place, run(found(FAIL), day=95, chosen=("x",)), runs=Span(runs=1))
    assert before(place).taken == START
    with reading.reading(place) as link:
        assert [kept.number for kept in reading.runs(link, NAME)] == [3, 2, 1]


def test_one_run_of_a_clock_that_is_years_ahead_forgets_nothing(place):
    for day in range(3):
        keep(place, run(found(FAIL), day=day), runs=Span(days=40))
    keep(place, run(found(FAIL), day=2000), runs=Span(days=40))
    assert [change.since for change in run(found(FAIL), day=3, since=gate(place, 3)).baseline.still] == [START]
    keep(place, run(found(FAIL), day=3), runs=Span(days=40))
    with reading.reading(place) as link:
        assert [one.number for one in reading.runs(link, NAME)] == [5, 4, 3, 2, 1]


def test_another_estates_runs_are_not_forgotten(place):
    keep(place, run(found(FAIL)), "other")
    for day in (100, 200):
        keep(place, run(found(FAIL, seen=f"{day}"), day=day), runs=Span(days=1))
    with reading.reading(place) as link:
        assert len(reading.runs(link, "other")) == 1
        assert len(reading.known(link, "other")) == 2


# ---- several at once


def test_many_at_once_are_all_there_in_order(place):
    """They also make the history at once."""
    failed: list[BaseException] = []
    start = threading.Barrier(6)

    def work(number: int) -> None:
        start.wait()
        try:
            keep(place, run(found(FAIL, seen=f"{number}"), day=number / 1000))
        except HistoryError as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with reading.reading(place) as link:
        kept = reading.runs(link, NAME)
        assert [one.number for one in kept] == [6, 5, 4, 3, 2, 1]
        assert len({one.finished for one in kept}) == 6
        assert all(len(reading.findings_of(link, one)) == 2 for one in kept)
    assert life(place).turned == 0


def test_nothing_of_a_run_that_fails_halfway_is_there(place, monkeypatch):
    keep(place, run(found(FAIL)))

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_waivers", broken)
    with pytest.raises(HistoryError, match="No space left on device"):
        keep(place, run(found(PASS), found(FAIL, "LM-06"), day=1))
    monkeypatch.undo()
    with reading.reading(place) as link:
        assert len(reading.runs(link, NAME)) == 1
        assert len(reading.known(link, NAME)) == 2
        for table in ("case_states", "cases", "subjects", "runs"):
            assert link.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == {"runs": 1, "subjects": 1}.get(
                table, 2
            )


def test_days_of_waivers_in_force_are_kept(place):
    waiver = Waiver("NET-01", HV01, "ordered", "the team", (START + timedelta(days=60)).date())
    for day, waivers in enumerate((Waivers(), Waivers((waiver,), file="w.toml"), Waivers((waiver,), file="w.toml"))):
        keep(place, run(found(FAIL), day=day, waivers=waivers))
    with reading.reading(place) as link:
        rows = link.exec_driver_sql(
            "SELECT begun, ended, state, owner FROM waivers JOIN waiver_states ON id = what"
        ).all()
    assert [tuple(row) for row in rows] == [(2, None, "in force", "the team")]
