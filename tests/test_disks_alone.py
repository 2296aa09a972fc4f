"""Where a plan moves disks alone, what is about machines does not apply, and what is about disks is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import Part, Role, Route, Scope, Severity, Status, Who, check, passed, scopes
from scanner.facts.network import EndpointProbe
from scanner.judge.judging import asks_of, cases_of, judge_check
from scanner.words.check import Ask
from tests.conftest import HV01, HV02, HV11, estate, evidence
from tests.field.record import HV02 as THERE
from tests.field.record import OFFER, Record

ALONE, WHOLE = Route(HV01, HV02, machines=False), Route(HV01, HV02)
EITHER = (Role.SOURCE, Role.DESTINATION, Role.EITHER_END, Role.ROUTE, Role.PAIR)


def statuses(scope, *routes: Route, hosts=(HV01, HV02, HV11)):
    made = check(
        id="X-01", title="t", severity=Severity.HIGH, who=Who.HOST, scope=scope,
        seed="s", needs=(), remedy="r", of_machines=True,
        asks=lambda subject, _view: [Ask(EndpointProbe, HV01, f"{subject.host}:1")],
    )(lambda _subject, _view: passed(""))  # fmt: skip
    record = evidence({}, estate(hosts=hosts, routes=routes))
    found = {f.subject.id: f.status for f in judge_check(made, record)}
    judged = {case.subject.id for case in cases_of(made, record) if case.settled is None}
    assert len(list(asks_of([made], record))) == len(judged), "nothing is asked for what is not judged"
    return found


@pytest.mark.parametrize("scope", [scopes.SOURCE, scopes.DESTINATION, scopes.HOST, scopes.ROUTE, scopes.PAIR])
def test_what_is_about_machines_does_not_apply_where_disks_move_alone(scope):
    here = {scopes.DESTINATION: HV02, scopes.ROUTE: f"{HV01}/{HV02}", scopes.PAIR: f"{HV01}/{HV02}"}.get(scope, HV01)
    assert statuses(scope, ALONE)[here] is Status.NOT_APPLICABLE
    assert statuses(scope, WHOLE)[here] is Status.PASS


@pytest.mark.parametrize("scope", [scopes.DESTINATION, scopes.HOST])
def test_one_machine_that_moves_there_is_enough(scope):
    assert statuses(scope, ALONE, Route(HV11, HV02))[HV02] is Status.PASS


def test_a_pair_is_judged_if_machines_move_one_way():
    assert statuses(scopes.PAIR, ALONE, Route(HV02, HV01))[f"{HV01}/{HV02}"] is Status.PASS


@pytest.mark.parametrize(
    ("routes", "status"),
    [
        ((ALONE,), Status.NOT_APPLICABLE),
        ((WHOLE,), Status.PASS),
        ((ALONE, Route(HV11, HV02)), Status.PASS),
        ((Route(HV11, "far"),), Status.PASS),
    ],
    ids=["disks alone", "machines", "machines to one of them", "no route of theirs"],
)
def test_what_hosts_have_in_common_is_judged_if_machines_move_from_or_to_one(routes, status):
    rack = Scope("site.rack", "rack", (Part.OTHER,), Role.HOSTS, lambda scope, _: [scope.of("a").upon(HV01, HV02)])
    assert statuses(rack, *routes) == {"a": status}


def test_a_host_without_a_route_and_a_finding_on_the_run_stay_as_they_are():
    assert statuses(scopes.HOST, ALONE)[HV11] is Status.PASS
    assert statuses(scopes.RUN, ALONE)["run"] is Status.PASS
    assert statuses(scopes.DOMAIN, ALONE, hosts=()) == statuses(scopes.DOMAIN, WHOLE, hosts=())


def test_only_checks_of_moves_say_that_they_are_about_machines():
    assert {one.scope.role for one in OFFER.checks if one.of_machines} <= set(EITHER)


def judged(**words):
    record = Record(HV01, THERE)
    for route in record.estate["routes"]:
        route.update(words)
    return record


def test_of_the_good_estate_disks_may_move_alone_and_all_that_is_about_disks_is_judged():
    report = judged(machines=False).judged()
    found = {one.id: {f.status for f in report.findings if f.check == one.id} for one in OFFER.checks}
    assert report.verdict == "ready"
    for name in (
        "LM-01", "LM-02", "LM-08", "LM-09", "LM-10", "LM-11", "RCH-01", "NET-09", "VM-01", "VM-02", "VM-14", "HOST-03",
        "DEL-01",
    ):  # fmt: skip
        assert found[name] == {Status.NOT_APPLICABLE}, name
    for name in ("ID-01", "ID-02", "ID-10", "DEL-02", "DEL-08", "RCH-02", "NET-01"):
        assert found[name] == {Status.PASS}, name


def test_live_migration_may_be_off_where_disks_move_alone():
    for words, verdict in (({"machines": False}, "ready"), ({"machines": True}, "not ready")):
        record = judged(**words)
        record.one("MigrationSettings", HV01)["enabled"] = False
        assert record.judged().verdict == verdict


def test_what_is_about_machines_says_so():
    made = replace(next(one for one in OFFER.checks if one.id == "LM-02"), of_machines=False)
    (case,) = (case for case in cases_of(made, evidence({}, estate(routes=(ALONE,)))))
    assert case.settled is None
