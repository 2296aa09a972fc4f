"""The baseline: a gate that stops only at what is new, and cases that stay listed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.json_report import render as as_json
from reports.junit_report import render as as_junit
from scanner.api import Evidence, Finding, Profile, Report, Route, Severity, Status, Subject, scopes
from scanner.commands.baseline import AHEAD, EARLY, NARROWED, NOTHING, earlier, of_report
from scanner.commands.console import UsageError
from scanner.judge.comparing import known_of
from scanner.judge.policy import report_of
from scanner.words.baseline import Baseline
from scanner.words.exits import INCOMPLETE, NOT_READY, READY
from scanner.words.waivers import Waiver, Waivers
from tests.conftest import HV01, HV02, estate
from tests.reports.conftest import CHECKS
from tests.reports.test_json_report import SCHEMA, faults
from tests.reports.test_junit_report import SCHEMAS

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
NAMES = ("ID-01", "LM-06", "NET-01")
WHERE = estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02),))


def finding(status: Status, check: str = "NET-01", subject: Subject | None = None) -> Finding:
    about = subject or Subject(scopes.HOST, (HV01,))
    return Finding(
        check=check, subject=about, bears=about.kind.bearing(about), status=status, severity=Severity.HIGH, title=check,
        profiles=frozenset({Profile.LIVE_MIGRATION}), seen="x",
    )  # fmt: skip


def machine(name: str, host: str = HV01) -> Subject:
    return Subject(scopes.VM, (host, name), f"{name} on {host}")


def run(*found: Finding, since: Baseline | Report | None = None, at: datetime = NOON, **words: object) -> Report:
    before = of_report(as_json(since).encode(), "old.json") if isinstance(since, Report) else since
    evidence = Evidence(WHERE, at, at)
    good = finding(Status.PASS, "ID-01")
    return report_of(
        evidence, [good, *found], checks=CHECKS, plugins=(), threshold=Severity.LOW, baseline=before, **words
    )


def red(report: Report) -> list[str]:
    root = etree.fromstring(as_junit(report).encode())
    for schema in SCHEMAS.values():
        schema.assertValid(root)
    return sorted(case.get("name") for case in root.xpath("//testcase[failure or error]"))


def cases(report: Report) -> set[tuple[str, str]]:
    root = etree.fromstring(as_junit(report).encode())
    return {(case.get("classname"), case.get("name")) for case in root.iter("testcase")}


LATER = NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "now", "code", "word"),
    [
        (Status.FAIL, Status.FAIL, READY, "still"),
        (Status.UNKNOWN, Status.UNKNOWN, INCOMPLETE, "still"),
        (Status.ERROR, Status.ERROR, INCOMPLETE, "still"),
        (Status.PASS, Status.FAIL, NOT_READY, "new"),
        (Status.WARN, Status.FAIL, NOT_READY, "new"),
        (Status.UNKNOWN, Status.FAIL, NOT_READY, "new"),
        (Status.UNKNOWN, Status.ERROR, INCOMPLETE, "new"),
        (Status.FAIL, Status.UNKNOWN, INCOMPLETE, "unjudged"),
        (Status.PASS, Status.UNKNOWN, INCOMPLETE, "unjudged"),
        (Status.FAIL, Status.PASS, READY, "mended"),
        (Status.FAIL, Status.WARN, READY, "mended"),
        (Status.UNKNOWN, Status.NOT_APPLICABLE, READY, "mended"),
        (Status.PASS, Status.PASS, READY, ""),
        (None, Status.FAIL, NOT_READY, "new"),
        (None, Status.UNKNOWN, INCOMPLETE, "new"),
    ],
)
def test_the_gate_stops_only_at_what_is_new(before, now, code, word):
    old = run(*([finding(before)] if before else []))
    for since in (old, Baseline("r.hvp", NOON, known_of(old.findings, NOON))):
        made, plain = run(finding(now), since=since, at=LATER), run(finding(now), at=LATER)
        assert made.exit_code == code
        assert (made.verdict, made.routes, made.readiness, made.counts) == (
            plain.verdict, plain.routes, plain.readiness, plain.counts,
        )  # fmt: skip
        assert bool(red(made)) == (code != READY)
        told = {kind: len(getattr(made.baseline, kind)) for kind in ("new", "mended", "still", "unjudged")}
        assert told == {"new": 0, "mended": 0, "still": 0, "unjudged": 0} | ({word: 1} if word else {})
        assert list(faults(json.loads(as_json(made)), SCHEMA)) == []


def test_one_new_failure_among_ten_old_ones():
    old = [finding(Status.FAIL, subject=machine(f"vm{number}")) for number in range(10)]
    before = run(*old)
    assert run(*old, since=before, at=LATER).exit_code == READY
    made = run(*old, finding(Status.FAIL, subject=machine("vm10")), since=before, at=LATER)
    assert made.exit_code == NOT_READY
    assert [change.subject.names[1] for change in made.baseline.new] == ["vm10"]
    assert len(red(made)) == 1
    assert "KNOWN since 2026-11-30 12:00 UTC: FAIL: seen x" in as_junit(made)
    assert made.verdict == "not ready"
    assert len(made.routes[0].blockers) == 11


def test_since_when_is_kept_from_baseline_to_baseline():
    report = run(finding(Status.FAIL))
    for days in range(1, 4):
        report = run(finding(Status.FAIL), since=report, at=NOON + timedelta(days=days))
        assert report.findings[1].known_since == NOON
    assert report.baseline.still[0].since == NOON


def test_a_host_that_is_down_and_up_again_has_all_its_cases_throughout():
    """Its machines vanish while it is down; a placeholder stands for them, and vanishes when it is up."""
    up = [finding(Status.FAIL, subject=machine("a")), finding(Status.PASS, subject=machine("b"))]
    down = [finding(Status.UNKNOWN, subject=machine("*"))]
    first = run(*up)
    second = run(*down, since=first, at=LATER)
    assert second.exit_code == INCOMPLETE
    assert cases(first) <= cases(second)
    assert {(change.subject.names[1], change.now) for change in second.baseline.gone} == {("a", None), ("b", None)}
    assert "NOT JUDGED: the baseline of 2026-11-30 12:00 UTC has it (FAIL)" in as_junit(second)
    third = run(*down, since=second, at=LATER + timedelta(days=1))
    assert third.exit_code == INCOMPLETE, "that nobody could judge it yesterday either makes it no better"
    assert cases(first) <= cases(third)
    fourth = run(*up, since=third, at=LATER + timedelta(days=2))
    assert fourth.exit_code == READY
    assert fourth.findings[1].known_since == NOON
    assert fourth.baseline.gone == ()


@pytest.mark.parametrize("night", [Status.UNKNOWN, Status.ERROR])
def test_what_nobody_could_judge_for_a_night_is_known_since_before(night):
    first = run(finding(Status.FAIL), finding(Status.PASS, "LM-06"))
    down = run(finding(night), finding(night, "LM-06"), since=first, at=LATER)
    assert down.exit_code == INCOMPLETE
    back = run(finding(Status.FAIL), since=down, at=LATER + timedelta(days=1))
    assert (back.exit_code, back.baseline.new) == (READY, ())
    assert back.findings[1].known_since == NOON
    worse = run(finding(Status.FAIL), finding(Status.FAIL, "LM-06"), since=down, at=LATER + timedelta(days=1))
    assert (worse.exit_code, [change.check for change in worse.baseline.new]) == (NOT_READY, ["LM-06"])


def test_what_was_waived_is_red_when_its_waiver_ends_though_nobody_could_judge_it_meanwhile():
    waivers = Waivers((Waiver("NET-01", HV01, "why", "who", LATER.date() + timedelta(days=1)),), file="w.toml")
    first = run(finding(Status.FAIL), waivers=waivers)
    down = run(finding(Status.UNKNOWN), since=first, at=LATER, waivers=waivers)
    back = run(finding(Status.FAIL), since=down, at=LATER + timedelta(days=4), waivers=waivers)
    assert back.exit_code == NOT_READY


def test_what_is_gone_for_a_month_is_forgotten():
    first = run(finding(Status.FAIL, subject=machine("a")))
    second = run(since=first, at=NOON + timedelta(days=29))
    assert len(second.baseline.gone) == 1
    third = run(since=second, at=NOON + timedelta(days=30))
    assert len(third.baseline.gone) == 1
    assert len(run(since=third, at=NOON + timedelta(days=31)).baseline.gone) == 1
    late = run(since=second, at=NOON + timedelta(days=31))
    assert run(since=late, at=NOON + timedelta(days=32)).baseline.gone == ()


def test_what_was_waived_is_red_when_its_waiver_ends():
    waived = Waivers((Waiver("NET-01", HV01, "r", "o", LATER.date()),), file="w.toml")
    before = run(finding(Status.FAIL), waivers=waived)
    assert before.exit_code == READY
    after = run(finding(Status.FAIL), since=before, at=LATER, waivers=waived)
    assert after.exit_code == NOT_READY
    assert after.baseline.still[0].before is Status.FAIL


def test_nothing_judged_is_no_green_gate():
    before = Baseline("r", NOON, known_of([finding(Status.UNKNOWN)], NOON))
    evidence = Evidence(WHERE, NOON, NOON)
    made = report_of(
        evidence, [finding(Status.UNKNOWN)], checks=CHECKS, plugins=(), threshold=Severity.LOW, baseline=before
    )
    assert made.exit_code == INCOMPLETE
    assert red(made) == ["NET-01 NET-01"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"verdict": "interrupted"}, EARLY),
        ({"chosen": {"checks": ["DEL-01"]}}, NARROWED),
        ({"findings": []}, NOTHING),
        ({"findings": 3}, "is no JSON report that can be understood: findings: a number stands where a list belongs"),
        ({"finished": "soon"}, "a date is not written as one"),
    ],
)
def test_what_is_no_baseline_says_why(change, why):
    document = json.loads(as_json(run(finding(Status.FAIL)))) | change
    with pytest.raises(UsageError) as error:
        of_report(json.dumps(document).encode(), "old.json")
    assert why in str(error.value)


def test_a_report_of_an_older_version_will_do():
    document = json.loads(as_json(run(finding(Status.FAIL))))
    for name in ("baseline", "notes", "answers", "part", "more", "version"):
        del document[name]
    for each in document["findings"]:
        del each["noted"], each["rests_on"]
    assert len(of_report(json.dumps(document).encode(), "old.json").findings) == 2


FOUND = st.lists(
    st.builds(
        finding, st.sampled_from(Status), st.sampled_from(NAMES[1:]),
        st.sampled_from([None, machine("a"), machine("b", HV02)]),
    ), max_size=5, unique_by=lambda f: (f.check, f.subject.id),
)  # fmt: skip


@given(FOUND, FOUND)
def test_a_baseline_changes_no_finding_and_no_verdict_and_a_red_case_is_a_red_gate(before, now):
    made, plain = run(*now, since=run(*before), at=LATER), run(*now, at=LATER)
    assert (made.verdict, made.routes, made.readiness) == (plain.verdict, plain.routes, plain.readiness)
    assert [(f.check, f.status) for f in made.findings] == [(f.check, f.status) for f in plain.findings]
    assert bool(red(made)) == (made.exit_code != READY)
    assert made.exit_code in (READY, plain.exit_code, INCOMPLETE)
    new = [f for f in made.findings if f.status is Status.FAIL and f.known_since is None]
    assert (made.exit_code == NOT_READY) == bool(new)
    assert cases(run(*(f for f in before if f.status not in (Status.UNKNOWN, Status.ERROR)))) - cases(made) == set()
    assert Path(made.baseline.file).name == "old.json"


def test_what_was_waived_is_red_when_its_waiver_ends_though_its_host_was_down_meanwhile():
    one = machine("vm1")
    waivers = Waivers((Waiver("NET-01", one.id, "why", "who", LATER.date() + timedelta(days=1)),), file="w.toml")
    first = run(finding(Status.FAIL, subject=one), waivers=waivers)
    down = run(since=first, at=LATER, waivers=waivers)
    still_down = run(since=down, at=LATER + timedelta(hours=1), waivers=waivers)
    assert [change.waived for change in still_down.baseline.gone] == [True]
    back = run(finding(Status.FAIL, subject=one), since=still_down, at=LATER + timedelta(days=4), waivers=waivers)
    assert (first.exit_code, down.exit_code, back.exit_code) == (READY, READY, NOT_READY)
    assert red(back) == ["NET-01 NET-01"]


def test_a_look_ahead_is_no_baseline():
    told = json.loads(as_json(run(finding(Status.FAIL)))) | {"at": "2027-02-01T00:00:00Z"}
    with pytest.raises(UsageError, match=AHEAD.split(";", maxsplit=1)[0]):
        of_report(json.dumps(told).encode(), "ahead.json")
    assert of_report(json.dumps(told).encode(), "ahead.json", ahead=True).findings


def test_a_later_run_is_no_baseline():
    later = Baseline("later.json", LATER, known_of([finding(Status.FAIL)], LATER))
    for finished, fits in ((NOON, False), (LATER, True), (LATER + timedelta(days=1), True)):
        if fits:
            assert earlier(Path("later.json"), later, finished) is later
        else:
            with pytest.raises(UsageError, match="later than the one"):
                earlier(Path("later.json"), later, finished)
    assert earlier(None, None, NOON) is None
    assert earlier(None, None) is None


@pytest.mark.parametrize(("minutes", "fits"), [(-5, True), (4, True), (6, False)])
def test_before_anybody_is_asked_a_run_of_the_future_is_no_baseline(minutes, fits):
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    found = Baseline("b.json", then, known_of([finding(Status.FAIL)], then))
    if fits:
        assert earlier(Path("b.json"), found) is found
    else:
        with pytest.raises(UsageError, match=r"^b.json: that run is later than now"):
            earlier(Path("b.json"), found)


def test_what_was_left_out_is_not_called_gone():
    before = Baseline("b.json", NOON, known_of([finding(Status.FAIL, subject=machine("vm1", HV02))], NOON))
    for chosen, gone in (((), 1), (("hv01 → hv02 (1 of 2 routes)",), 0)):
        evidence = Evidence(replace(WHERE, chosen=chosen), LATER, LATER)
        made = report_of(
            evidence, [finding(Status.PASS)], checks=CHECKS, plugins=(), threshold=Severity.LOW, baseline=before
        )
        assert len(made.baseline.gone) == gone
        assert len([case for case in cases(made) if "vm1" in case[0]]) == gone


def test_a_kind_of_move_that_nobody_asked_for_then_is_new():
    """What was known to stop live migration lets no replication pass."""
    both = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})
    old, new = finding(Status.FAIL), replace(finding(Status.FAIL), profiles=both)
    for before, now, code in ((old, old, READY), (old, new, NOT_READY), (new, old, READY), (new, new, READY)):
        told = run(now, since=run(before), at=LATER)
        assert told.exit_code == code
        assert bool(red(told)) == (code != READY)
        assert (len(told.baseline.new), len(told.baseline.still)) == ((0, 1) if code == READY else (1, 0))
