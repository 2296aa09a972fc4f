"""Waivers: a layer over findings that changes no status, ends by itself, and never makes anything worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.json_report import render as as_json
from reports.junit_report import render as as_junit
from reports.terminal import render as paint
from scanner.api import (
    Evidence,
    Finding,
    Gap,
    GapReason,
    Profile,
    Report,
    Route,
    Severity,
    Status,
    Subject,
    TargetInfo,
    scopes,
)
from scanner.judge.policy import report_of
from scanner.judge.until import turns_of
from scanner.judge.waiving import NOTHING_THERE, PATTERNS, UNKNOWN_ONLY, laid
from scanner.words.exits import INCOMPLETE, NOT_READY, READY
from scanner.words.waivers import Waiver, Waivers, WaiverState, literal
from tests.conftest import HV01, HV02, HV11, estate
from tests.reports.test_junit_report import SCHEMAS

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY = NOON.date()
HOST, ROUTE = Subject(scopes.HOST, (HV01,)), Subject(scopes.ROUTE, (HV01, HV02))
WHERE = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)))
ORDER = (READY, INCOMPLETE, NOT_READY)


def finding(
    status: Status, subject: Subject = HOST, check: str = "X-01", severity: Severity = Severity.HIGH
) -> Finding:
    return Finding(
        check=check, subject=subject, bears=subject.kind.bearing(subject), status=status, severity=severity, title="t",
        profiles=frozenset({Profile.LIVE_MIGRATION}),
    )  # fmt: skip


def waiver(subject: str = HV01, days: int = 100, check: str = "X-01", *, unknown: bool = False) -> Waiver:
    return Waiver(check, subject, "why", "who", TODAY + timedelta(days=days), accept_unknown=unknown)


def report(findings: list[Finding], *waivers: Waiver, at: datetime = NOON) -> Report:
    evidence = Evidence(WHERE, at, at)
    return report_of(
        evidence, findings, checks=(), plugins=(), threshold=Severity.MEDIUM, waivers=Waivers(waivers, file="w.toml")
    )


PASS = finding(Status.PASS, check="X-02")


@pytest.mark.parametrize(
    ("status", "unknown", "code"),
    [
        (Status.FAIL, False, READY),
        (Status.FAIL, True, READY),
        (Status.WARN, False, READY),
        (Status.UNKNOWN, False, INCOMPLETE),
        (Status.ERROR, False, INCOMPLETE),
        (Status.UNKNOWN, True, READY),
        (Status.ERROR, True, READY),
    ],
)
def test_what_is_waived_does_not_count_and_stays_what_it_is(status, unknown, code):
    made = report([finding(status), PASS], waiver(unknown=unknown))
    assert made.exit_code == code
    assert made.counts[status] == 1
    assert made.findings[0].status is status
    acts = made.findings[0].waiver is not None
    assert acts == (status in (Status.FAIL, Status.WARN) or unknown)
    route = made.routes[0]
    assert (route.failed, route.warned) == (status is Status.FAIL, status is Status.WARN)
    assert route.unknown == (status in (Status.UNKNOWN, Status.ERROR))
    assert route.waived.findings == made.readiness[0].waived.findings == made.waived.findings == acts
    assert route.blockers == ()
    assert made.routes[1].waived.findings == 0
    assert made.verdict == ("ready" if code == READY else "incomplete")


def test_ready_is_never_said_without_what_is_waived_for_it():
    one = finding(Status.FAIL, ROUTE)
    assert report([one, PASS], waiver("*")).said == "ready, 1 waived"
    both = report([one, finding(Status.UNKNOWN), PASS], waiver("*", unknown=True))
    assert both.said == "ready, 1 waived, 1 unknown accepted"
    assert [state.said for state in both.readiness] == [both.said]
    assert both.routes[0].said == both.said
    assert report([finding(Status.UNKNOWN), PASS], waiver(unknown=True)).said == "ready, 1 unknown accepted"
    assert report([one, finding(Status.FAIL, check="X-03")], waiver("*")).said == "not ready"


def test_nothing_judged_is_not_ready_whatever_is_accepted():
    assert report([finding(Status.UNKNOWN)], waiver(unknown=True)).exit_code == INCOMPLETE


@pytest.mark.parametrize(
    ("subject", "about", "covers"),
    [
        (HV01, HOST, True),
        (HV01, ROUTE, True),  # a machine of it
        (HV11, ROUTE, False),
        (HV01.upper(), HOST, False),
        ("HV01*", HOST, False),
        ("hv01*", HOST, True),
        ("hv02*", ROUTE, True),  # a machine of it
        ("*/hv02*", ROUTE, True),  # its id
        (f"{HV01} → {HV02}", ROUTE, True),
        (f"{HV01}/{HV02}", ROUTE, True),
        (f"{HV02}/{HV01}", ROUTE, False),
        ("hv0[23]*", HOST, False),
        ("hv0?.corp.example", HOST, True),
        ("hv01", HOST, False),
        ("", HOST, False),
        (f"{HV01}/[*]", Subject(scopes.VM, (HV01, "*")), True),
        (f"{HV01}/[*]", Subject(scopes.VM, (HV01, "abc")), False),
        (f"{HV01}/*", Subject(scopes.VM, (HV01, "abc")), True),
        ("web [1] on hv01", Subject(scopes.VM, (HV01, "abc"), "web [1] on hv01"), True),
        ("web*", Subject(scopes.VM, (HV01, "abc"), "web on hv01"), False),  # whoever made it gave it that name
        ("hv02*", Subject(scopes.VM, (HV01, "abc"), "hv02 on hv01"), False),
    ],
)
def test_whom_a_waiver_is_about(subject, about, covers):
    found, _ = laid([finding(Status.FAIL, about)], Waivers((waiver(subject),)), NOON)
    assert bool(found[0].waiver) == covers


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_literal_names_one_and_no_other(name, other):
    exact = waiver(literal(name))
    assert exact.is_about(Subject(scopes.CLUSTER, (name,)))
    assert exact.is_about(Subject(scopes.CLUSTER, (other,))) == (other in (name, literal(name)))


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (15, WaiverState.IN_FORCE),
        (14, WaiverState.ENDS_SOON),
        (1, WaiverState.ENDS_SOON),
        (0, WaiverState.EXPIRED),
        (-400, WaiverState.EXPIRED),
    ],
)
def test_it_ends_on_its_day_by_itself(days, state):
    made = report([finding(Status.FAIL), PASS], waiver(days=days))
    (use,) = made.waivers
    assert (use.state, use.days) == (state, days)
    assert use.covers == (("X-01", HV01, ""),)
    assert made.exit_code == (NOT_READY if state is WaiverState.EXPIRED else READY)
    assert (made.findings[0].waiver is None) == (state is WaiverState.EXPIRED)


@pytest.mark.parametrize(("hour", "acts"), [(datetime(2026, 12, 9, 23, 59, 59, tzinfo=UTC), True),
                                            (datetime(2026, 12, 10, tzinfo=UTC), False)])  # fmt: skip
def test_the_day_begins_in_utc_as_the_evidence_has_it(hour, acts):
    made = report([finding(Status.FAIL), PASS], Waiver("X-01", HV01, "r", "o", date(2026, 12, 10)), at=hour)
    assert (made.exit_code == READY) == acts


@pytest.mark.parametrize(
    ("status", "subject", "state", "note"),
    [
        (Status.PASS, HV01, WaiverState.PASSES_NOW, ""),
        (Status.NOT_APPLICABLE, HV01, WaiverState.UNUSED, NOTHING_THERE),
        (Status.UNKNOWN, HV01, WaiverState.UNUSED, UNKNOWN_ONLY),
        (Status.FAIL, "HV01.corp.example", WaiverState.UNUSED,
         f'nothing that X-01 judges is called so; did you mean "{HV01}"?'),
        (Status.FAIL, "x", WaiverState.UNUSED, "nothing that X-01 judges is called so"),
    ],
)  # fmt: skip
def test_those_that_waive_nothing_are_told(status, subject, state, note):
    made = report([finding(status), PASS], waiver(subject))
    assert (made.waivers[0].state, made.waivers[0].note) == (state, note)
    assert made.waived.findings == 0


def test_one_of_a_check_that_judges_nothing_here():
    (use,) = report([PASS], waiver(check="X-09")).waivers
    assert use.state is WaiverState.UNUSED
    assert use.note.startswith("X-09 judges nothing here")


def test_the_one_that_ends_last_covers():
    short, long = waiver(days=3), waiver("*", days=30)
    for order in ((short, long), (long, short)):
        made = report([finding(Status.FAIL), PASS], *order)
        assert made.findings[0].waiver == long
        assert {use.covers for use in made.waivers} == {(("X-01", HV01, ""),)}


STATUSES, SUBJECTS = st.sampled_from(Status), st.sampled_from([HOST, ROUTE, Subject(scopes.HOST, (HV11,))])
FINDINGS = st.lists(
    st.builds(finding, STATUSES, SUBJECTS, st.sampled_from(["X-01", "X-02"]), st.sampled_from(Severity)), max_size=6
)
WAIVERS = st.builds(
    waiver, st.sampled_from([HV01, "*", "hv0*", f"{HV01}/{HV02}", "x"]), st.integers(-3, 30),
    st.sampled_from(["X-01", "X-02", "X-03"]), unknown=st.booleans(),
)  # fmt: skip


@given(FINDINGS, st.lists(WAIVERS, max_size=4), WAIVERS)
def test_no_waiver_changes_a_status_or_makes_anything_worse(findings, some, more):
    before, after = report(findings, *some), report(findings, *some, more)
    assert [f.status for f in after.findings] == [f.status for f in findings]
    assert after.counts == before.counts
    assert ORDER.index(after.exit_code) <= ORDER.index(before.exit_code)
    for old, new in zip(before.routes, after.routes, strict=True):
        assert (old.failed, old.warned, old.unknown) == (new.failed, new.warned, new.unknown)
        assert set(new.blockers) <= set(old.blockers)


@given(FINDINGS, st.lists(WAIVERS.filter(lambda one: not one.in_force(TODAY)), max_size=4))
def test_one_that_has_ended_acts_nowhere(findings, ended):
    with_them, without = report(findings, *ended), report(findings)
    assert with_them.findings == without.findings == tuple(findings)
    assert with_them.routes == without.routes
    assert (with_them.exit_code, with_them.readiness) == (without.exit_code, without.readiness)


@given(FINDINGS, st.lists(WAIVERS, max_size=4))
def test_ready_means_that_whatever_counts_is_waived(findings, some):
    made = report(findings, *some)
    loose = [f for f in made.findings if f.waiver is None]
    if made.exit_code == READY:
        assert not any(made.blocks(f) or made.lacks(f) for f in loose)
    assert made.exit_code == NOT_READY or not any(map(made.blocks, loose))


def red(made: Report) -> list[str]:
    root = etree.fromstring(as_junit(made).encode())
    for schema in SCHEMAS.values():
        schema.assertValid(root)
    return [case.get("name") for case in root.xpath("//testcase[failure or error]")]


@given(FINDINGS, st.lists(WAIVERS, max_size=4))
def test_a_case_is_red_where_the_gate_is_and_nowhere_else(findings, some):
    made = report([PASS, *findings], *some)
    assert bool(red(made)) == (made.exit_code != READY)
    if made.routes[0].verdict == "ready":
        assert f"READY{made.routes[0].said.removeprefix('ready')}   " in paint(made)


def test_a_silent_host_of_which_all_is_accepted_is_no_red_case():
    gap = Gap("Service", HV01, GapReason.UNREACHABLE, "no answer")
    silent = replace(finding(Status.UNKNOWN), note=str(gap))
    told = TargetInfo(name=HV02, kind="host", answered=9)
    evidence = Evidence(WHERE, NOON, NOON, gaps=[gap], targets=[TargetInfo(name=HV01, kind="host"), told])
    for unknown in (False, True):
        waivers = Waivers((waiver(unknown=unknown),), file="w.toml")
        made = report_of(evidence, [silent, PASS], checks=(), plugins=(), threshold=Severity.LOW, waivers=waivers)
        assert len(red(made)) == (0 if unknown else 2)
        assert (made.exit_code == READY) == unknown
        assert made.off_route == ()
        assert ("not judged" in paint(made)) != unknown
        assert ("unknown, accepted until" in " ".join(paint(made).split())) == unknown


def called(vm_id: str, title: str) -> Subject:
    return Subject(scopes.VM, (HV01, vm_id), title)


def test_a_name_that_two_bear_waives_neither():
    """Who may name a machine on a host would else say what is waived."""
    one, other = called("a", "sql on hv01"), called("b", "sql on hv01")
    alone = report([PASS, finding(Status.FAIL, one)], waiver("sql on hv01"))
    both = report([PASS, finding(Status.FAIL, one), finding(Status.FAIL, other)], waiver("sql on hv01"))
    passing = report([PASS, finding(Status.FAIL, one), finding(Status.PASS, other)], waiver("sql on hv01"))
    assert (alone.exit_code, both.exit_code, passing.exit_code) == (READY, NOT_READY, NOT_READY)
    assert both.waivers[0].state is WaiverState.UNUSED
    assert both.waivers[0].note == f"2 that X-01 judges are called so: name the one meant by its id, as {HV01}/a"
    by_id = report([PASS, finding(Status.FAIL, one), finding(Status.FAIL, other)], waiver(f"{HV01}/a"))
    assert by_id.blocks(by_id.findings[2])
    assert not by_id.blocks(by_id.findings[1])


def test_what_stands_there_as_it_is_is_no_pattern():
    one, other = called("a", "disk [1] on hv01"), called("b", "disk 1 on hv01")
    made = report([PASS, finding(Status.FAIL, one), finding(Status.FAIL, other)], waiver("disk [1] on hv01"))
    assert [bool(found.waiver) for found in made.findings] == [False, True, False]
    assert made.exit_code == NOT_READY
    wide = report([PASS, finding(Status.FAIL, one), finding(Status.FAIL, other)], waiver(f"{HV01}/*"))
    assert wide.exit_code == READY


def test_no_pattern_is_about_what_people_call_things():
    """Whoever may name a machine would else say what is waived: it fits the pattern of another."""
    one, other = called("a", "disk 1 on hv01"), called("b", "disk 2 on hv01")
    made = report([PASS, finding(Status.FAIL, one), finding(Status.FAIL, other)], waiver("disk * on hv01"))
    assert made.exit_code == NOT_READY
    assert made.waivers[0].note == f"{PATTERNS}, as {HV01}/a"


def test_a_title_is_none_where_it_is_an_id():
    """What a machine tells as its name is not taken for another's id."""
    one, other = called("a", "x"), called("b", f"{HV01}/a")
    made = report([PASS, finding(Status.FAIL, one), finding(Status.FAIL, other)], waiver(f"{HV01}/a"))
    assert [bool(found.waiver) for found in made.findings] == [False, True, False]


def test_where_no_host_answered_nothing_is_ready_whatever_is_accepted():
    """What directory and estate tell is no look at a host."""
    gap = Gap("Service", HV01, GapReason.UNREACHABLE, "no answer")
    silent = [replace(finding(Status.UNKNOWN, Subject(scopes.HOST, (host,))), note=str(gap)) for host in (HV01, HV02)]
    ends = waiver("*", days=5, unknown=True)
    for answered, code in ((0, INCOMPLETE), (1, READY)):
        targets = [TargetInfo(name=HV01, kind="host", answered=answered), TargetInfo(name=HV02, kind="host")]
        evidence = Evidence(WHERE, NOON, NOON, gaps=[gap], targets=targets)
        made = report_of(
            evidence, [*silent, PASS], checks=(), plugins=(), threshold=Severity.LOW,
            waivers=Waivers((ends,), file="w.toml"),
        )  # fmt: skip
        assert made.exit_code == code
        assert made.routes[0].verdict == ("ready" if code == READY else "incomplete")
        assert bool(red(made)) == (code != READY)
        assert ("No host could be read." in as_json(made)) == (code != READY)
        assert bool(turns_of(made, evidence).run) == (code == READY)
