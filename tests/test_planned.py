"""A route is judged, counted, asked of and shown for the kinds of move it is planned for, and for no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.beside import beside
from reports.html_report import render as page
from reports.names import Names
from reports.terminal import render as terminal
from scanner.api import (
    ALL_VMS,
    Ask,
    Check,
    Estate,
    Profile,
    Report,
    Route,
    Severity,
    Status,
    Subject,
    View,
    Who,
    check,
    passed,
    scopes,
)  # fmt: skip
from scanner.collect.whom import hosts_of
from scanner.facts.host import ComputerSystem
from scanner.facts.network import EndpointProbe
from scanner.facts.vm import VirtualMachineSettings
from scanner.judge.judging import asks_of, judge, judge_check
from scanner.judge.planned import turns_of
from scanner.judge.policy import report_of
from tests.conftest import HV01, HV02, HV11, estate, evidence

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM
EVERY = frozenset(Profile)
LIVE_ALONE, REST = frozenset({LIVE}), frozenset({REPLICA, ASR})
HERE, AWAY = Route(HV01, HV02), Route(HV01, HV11, profiles=LIVE_ALONE)
VM_ID = "1aa70557-7777-4aaa-8aaa-000000000001"
MACHINE = VirtualMachineSettings(f"Microsoft:{VM_ID}", VM_ID, None, None, "web-01", "9.0", None, None)
OF_ROUTES = (scopes.ROUTE, scopes.PAIR, scopes.VM_ROUTE, scopes.SOURCE, scopes.DESTINATION, scopes.VM)


def made(scope=scopes.ROUTE, *profiles: Profile, said=None, **words: object) -> Check:
    def plain(_subject: Subject, view: View):
        ways = ", ".join(f"{r.source[:4]} {r.destination[:4]}" for r in view.estate.routes)
        return passed(f"{'+'.join(sorted(view.profiles))}: {ways}")

    make = check(
        id="X-01", title="t", severity=Severity.HIGH, who=Who.HOST, scope=scope, seed="s", needs=(), remedy="r",
        profiles=profiles or Profile, asks=lambda subject, _view: [Ask(EndpointProbe, subject.host, "x:1")], **words,
    )  # type: ignore[arg-type] # fmt: skip
    return make(said or plain)


def where(*routes: Route, profiles: frozenset[Profile] = EVERY) -> Estate:
    return estate(hosts=(HV01, HV02, HV11), routes=routes, profiles=profiles)


def record(*routes: Route, profiles: frozenset[Profile] = EVERY):
    known = evidence({(VirtualMachineSettings, HV01): [MACHINE]}, where(*routes, profiles=profiles))
    known.close()
    return known


def of_kind(check: Check, profile: Profile, *routes: Route) -> dict[str, tuple[Status, str]]:
    found = [one for one in judge_check(check, record(*routes)) if profile in one.profiles]
    assert len({one.subject.id for one in found}) == len(found)
    return {one.subject.id: (one.status, one.seen) for one in found}


@pytest.mark.parametrize("scope", OF_ROUTES)
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("by_profile", [True, False])
def test_each_kind_is_judged_as_if_its_routes_were_all(scope, profile, by_profile):
    checked = made(scope, by_profile=by_profile)
    alone = [route for route in (HERE, AWAY) if profile in (route.profiles or EVERY)]
    wanted = of_kind(made(scope, profile), profile, *(replace(route, profiles=frozenset()) for route in alone))
    assert of_kind(checked, profile, HERE, AWAY) == wanted


def test_what_has_no_route_of_a_kind_is_nothing_of_it():
    found = list(judge_check(made(scopes.ROUTE), record(HERE, AWAY)))
    assert {(one.subject.id, one.profile) for one in found} == {
        (f"{HV01}/{HV02}", LIVE), (f"{HV01}/{HV02}", REPLICA), (f"{HV01}/{HV02}", ASR), (f"{HV01}/{HV11}", LIVE),
    }  # fmt: skip
    ends = {one.subject.id: one for one in judge_check(made(scopes.DESTINATION, ASR), record(HERE, AWAY))}
    assert ends[HV11].status is Status.NOT_APPLICABLE
    assert ends[HV11].note == "no planned route ends here"


def test_where_no_route_is_planned_for_a_kind_that_is_said():
    (one,) = judge_check(made(scopes.ROUTE, ASR), record(AWAY))
    assert (one.subject.id, one.status, one.note) == ("run", Status.NOT_APPLICABLE, "no move is planned")


@pytest.mark.parametrize("routes", [(), (HERE,), (HERE, Route(HV01, HV11)), (HERE, Route(HV01, HV11, profiles=EVERY))])
def test_identities_stay_where_all_is_planned_for_all(routes):
    for scope in (*OF_ROUTES, scopes.HOST, scopes.RUN):
        assert {(one.by_profile, one.profiles) for one in judge_check(made(scope), record(*routes))} == {(False, EVERY)}


def test_identities_follow_from_the_estate_and_not_from_what_is_said():
    for said in (None, lambda _subject, _view: passed("the same")):
        found = list(judge_check(made(scopes.HOST, said=said), record(HERE, AWAY)))
        assert sorted(one.profile for one in found if one.subject.id == HV01) == sorted(Profile)
    two = made(scopes.HOST, REPLICA, ASR)  # of which both have the same routes
    assert {(one.by_profile, one.profiles) for one in judge_check(two, record(HERE, AWAY))} == {(False, REST)}
    assert turns_of(two, where(HERE, AWAY)) == (REST,)


def test_a_route_within_a_check_is_one_of_its_kind():
    def known(_subject: Subject, view: View):
        return passed(
            f"{view.route(HV01, HV11) is not None} {view.estate.planned(view.profiles) == view.estate.routes}"
        )

    found = {one.profile: one.seen for one in judge_check(made(scopes.RUN, said=known), record(HERE, AWAY))}
    assert found == {LIVE: "True True", REPLICA: "False True", ASR: "False True"}


def test_nobody_is_asked_for_a_route_of_another_kind():
    every, some = made(scopes.SOURCE), made(scopes.SOURCE, REPLICA)
    back = Route(HV11, HV01, profiles=LIVE_ALONE)
    for check_, asked in ((every, {HV01, HV11}), (some, {HV01})):
        assert {ask.target for ask in asks_of([check_], record(HERE, back))} == asked


class Plain(ComputerSystem):
    """A fact that is not asked of every host."""

    of_every_host = False


@pytest.mark.parametrize("marked", [(), (Plain,)])
@pytest.mark.parametrize(
    ("profiles", "sources"), [((REPLICA,), {HV01}), ((LIVE,), {HV01, HV11}), ((LIVE, REPLICA), {HV01, HV11})]
)
def test_facts_are_read_of_the_ends_of_routes_of_the_kind(marked, profiles, sources):
    back = Route(HV11, HV01, profiles=LIVE_ALONE)
    known = replace(made(scopes.SOURCE, *profiles), needs=(Plain,), of_source=marked)
    assert hosts_of(Plain, known, where(HERE, back)) == sources


def test_disks_that_move_alone_are_one_kind_and_machines_another():
    alone = Route(HV01, HV11, machines=False, profiles=LIVE_ALONE)
    whole = Route(HV01, HV02, profiles=frozenset({REPLICA}))
    both = where(alone, whole, profiles=frozenset({LIVE, REPLICA}))
    known = evidence({(VirtualMachineSettings, HV01): [MACHINE]}, both)
    found = {
        one.profile: one for one in judge_check(made(scopes.SOURCE, of_machines=True), known) if one.subject.id == HV01
    }
    assert {profile: one.status for profile, one in found.items()} == {
        LIVE: Status.NOT_APPLICABLE, REPLICA: Status.PASS,
    }  # fmt: skip
    moves = {(one.profile, one.subject.vm_id) for one in judge_check(made(scopes.VM_ROUTE), known)}
    assert moves == {(LIVE, ALL_VMS), (REPLICA, VM_ID)}


def report(*routes: Route, profiles: frozenset[Profile] = EVERY, checks=None, failing: Profile | None = None) -> Report:
    def said(_subject: Subject, view: View):
        bad = failing in view.profiles
        return replace(passed("seen"), status=Status.FAIL if bad else Status.PASS)

    checks = checks or [made(scopes.ROUTE, by_profile=True, said=said)]
    known = record(*routes, profiles=profiles)
    found = judge(checks, known)
    return report_of(known, found, checks=checks, plugins=(), threshold=Severity.LOW)


def test_a_route_is_counted_for_its_own_kinds():
    made_ = report(HERE, AWAY, failing=ASR)
    here, away = made_.routes
    assert [state.profile for state in here.profiles] == [LIVE, REPLICA, ASR]
    assert [(state.profile, state.verdict) for state in away.profiles] == [(LIVE, "ready")]
    assert (here.verdict, here.failed, away.verdict, away.failed) == ("not ready", 1, "ready", 0)
    assert made_.verdict == "not ready"


def test_what_bears_on_its_hosts_counts_for_its_own_kinds():
    def said(_subject: Subject, view: View):
        return replace(passed("seen"), status=Status.FAIL if view.profile is ASR else Status.PASS)

    made_ = report(HERE, AWAY, checks=[made(scopes.HOST, by_profile=True, said=said)])
    here, away = made_.routes
    assert (here.verdict, away.verdict, away.failed, away.blockers) == ("not ready", "ready", 0, ())
    assert [(one.subject.id, sorted(one.profiles)) for one in made_.off_route] == [(HV11, [ASR])]
    (line,) = beside(made_, Names(made_))
    assert line == "on no route of Site Recovery: hv11 (counts against the run: 1 blocker)"


def test_a_kind_that_no_route_is_planned_for_is_not_ready():
    checks = [made(scopes.HOST, by_profile=True)]
    states = {state.profile: state.verdict for state in report(AWAY, checks=checks).readiness}
    assert states == {LIVE: "ready", REPLICA: "incomplete", ASR: "incomplete"}
    assert report(AWAY, HERE, checks=checks).verdict == "ready"


def test_a_route_is_shown_for_its_own_kinds():
    made_ = report(HERE, AWAY)
    lines = [line.split("   ") for line in terminal(made_, width=200).splitlines() if "→" in line]
    assert [line[-1].strip() for line in lines] == ["hv01 → hv02", "hv01 → hv11", "hv01 → hv02", "hv01 → hv02"]
    cell = page(made_).split('<table class="matrix words">')[1].split("</table>")[0].split("<td")
    assert ["Site Recovery" in one for one in cell[1:]] == [False, False]
    assert "live migration" in cell[2]
    assert "live migration" not in cell[1]


def test_the_estate_says_what_is_planned():
    known = where(HERE, AWAY)
    assert (known.kinds_of(HERE), known.kinds_of(AWAY)) == (EVERY, LIVE_ALONE)
    assert known.planned(LIVE_ALONE) == (HERE, AWAY)
    assert known.planned(REST) == (HERE,)
