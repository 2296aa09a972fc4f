from __future__ import annotations

from dataclasses import fields, replace

import pytest

from checks.replica.rep_08_service_names import replica_service_names
from scanner.api import GapReason, Profile, Route, Status
from scanner.facts.cluster_resources import ClusterParameters, ClusterResource
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount, DomainInfo
from scanner.facts.host import ComputerSystem, Service
from scanner.judge.judging import asks_of
from tests.checks.common.certified import BROKER_NAME, node, planned
from tests.checks.delegation.domain import OFF, account, both, known, system
from tests.conftest import CORP, HV01, HV02, Judge, evidence

REPLICA = "Hyper-V Replica Service"
NAMES, BROKERS = both(HV02, REPLICA), both(BROKER_NAME, REPLICA)
PLAN = planned("kerberos")
INFO = DomainInfo(CORP, CORP, "DC=corp,DC=example", 7)


def named(*spns: str, name: str = BROKER_NAME, sid: str = "S-1-5-21-1-1-1-1500", **words) -> NamedAccount:
    row = account(name, spns=spns, **words)
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return NamedAccount(**(values | {"sid": sid}))


def facts(*more, spns=NAMES, uac=None):
    mine = account(HV02, spns=tuple(spns)) if uac is None else account(HV02, spns=tuple(spns), uac=uac)
    found = {**known(account(HV01), mine), (Service, HV02): [], (DomainInfo, CORP): [INFO]}
    found[Service, HV02] = [Service("vmms", "Running", "Auto", 1, None)]
    found |= {key: rows for key, rows in node(HV02).items() if key[0].__name__ == "ClusterInfo"}
    found[next(key for key in found if key[0].__name__ == "ClusterInfo")] = []
    for rows in more:
        found.update(rows)
    return found


def run(judge: Judge, *more, where=PLAN, **words):
    return judge(replica_service_names, facts(*more, **words), where, subject=HV02)


@pytest.mark.parametrize(
    ("spns", "expected"),
    [
        (NAMES, Status.PASS),
        (tuple(name.upper() for name in NAMES), Status.PASS),
        (NAMES[:1], Status.FAIL),
        (NAMES[1:], Status.FAIL),
        ((), Status.FAIL),
        (both(HV01, REPLICA), Status.FAIL),
        (both(HV02), Status.FAIL),
    ],
)
def test_names(judge: Judge, spns, expected):
    assert run(judge, spns=spns).status is expected


def test_the_remedy_of_a_host_alone(judge: Judge):
    finding = run(judge, spns=())
    assert finding.remedy.startswith("Invoke-Command -ComputerName 'hv02.corp.example' -ScriptBlock { Restart-Service")
    assert finding.seen == f"servicePrincipalName of HV02 lacks {', '.join(NAMES)}"


def test_disabled(judge: Judge):
    finding = run(judge, uac=OFF)
    assert finding.status is Status.FAIL
    assert finding.remedy.startswith("Enable-ADAccount")


def test_another_holds_the_name(judge: Judge):
    other = account("old.corp.example", spns=NAMES[1:])
    rows = [account(HV01), account(HV02, spns=NAMES), other]
    finding = run(judge, {(ComputerAccount, CORP): rows})
    assert finding.status is Status.FAIL
    assert "holds Hyper-V Replica Service/hv02.corp.example, too" in finding.seen


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (planned(), Status.NOT_APPLICABLE),
        (planned("kerberos", profile=Profile.ASR_VMM), Status.PASS),
        (planned("kerberos", profile=Profile.ASR_VMM, configured=False), Status.PASS),
        (planned("kerberos", routes=(Route(HV02, HV01),)), Status.NOT_APPLICABLE),
    ],
)
def test_plan(judge: Judge, where, expected):
    assert run(judge, where=where).status is expected


def test_a_work_group(judge: Judge):
    assert run(judge, {(ComputerSystem, HV02): [system(HV02, joined=False)]}).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("fact", [ComputerSystem, Service])
def test_unread(judge: Judge, fact):
    assert run(judge, {(fact, HV02): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_directory_unread(judge: Judge):
    assert run(judge, {(ComputerAccount, CORP): GapReason.TIMEOUT}).status is Status.UNKNOWN


def broker(*rows: NamedAccount):
    return {(NamedAccount, CORP): list(rows)}


@pytest.mark.parametrize(
    ("rows", "expected", "says"),
    [
        pytest.param([named(*BROKERS)], Status.PASS, "", id="sound"),
        pytest.param([named(*BROKERS, sid="")], Status.PASS, "", id="sound without a SID"),
        pytest.param([named(BROKERS[0])], Status.FAIL, "lacks", id="one name"),
        pytest.param([named("HOST/BROKER")], Status.FAIL, "lacks", id="no name"),
        pytest.param([], Status.FAIL, "has no account BROKER$", id="no object"),
        pytest.param([named(*BROKERS, name="brokerold.corp.example")], Status.FAIL, "has no account", id="another"),
        pytest.param([named(*BROKERS, uac=OFF)], Status.FAIL, "is disabled", id="disabled"),
        pytest.param(
            [named(*BROKERS), replace(named(*BROKERS, sid="S-1-5-21-1-1-1-1600"), dn="CN=B,DC=corp,DC=example")],
            Status.UNKNOWN, "several accounts", id="two",
        ),
        pytest.param([replace(named(*BROKERS), unread="x")], Status.UNKNOWN, "could not be read whole", id="unread"),
    ],
)  # fmt: skip
def test_broker(judge: Judge, rows, expected, says):
    finding = run(judge, node(HV02), broker(*rows))
    assert finding.status is expected, (finding.seen, finding.note)
    assert says in finding.seen + finding.note


def test_what_a_single_controller_tells_of_the_broker_does_not_count(judge: Judge):
    old = account(BROKER_NAME)
    assert run(judge, node(HV02), broker(named(*BROKERS)), {(ComputerAccount, "dc9.corp.example"): [old]}).status is (
        Status.PASS
    )


def test_the_remedy_of_a_broker_restarts_nothing(judge: Judge):
    finding = run(judge, node(HV02), broker(named()))
    assert "Repair" in finding.remedy
    assert "CL01$ the right Create Computer objects" in finding.remedy
    assert "Restart-Service" not in finding.remedy


def test_the_broker_and_the_node_are_both_told(judge: Judge):
    finding = run(judge, node(HV02), broker(named()), spns=())
    assert "of HV02 lacks" in finding.seen
    assert "of BROKER lacks" in finding.seen
    assert "Restart-Service" not in finding.remedy


def test_a_long_name_of_a_broker_is_cut(judge: Judge):
    first, *others = node(HV02)[ClusterParameters, HV02]
    told = {(ClusterParameters, HV02): [replace(first, dns_name="b" * 900), *others]}
    finding = run(judge, node(HV02), told, broker(named(name=f"{'b' * 15}.corp.example")))
    assert "lacks" in finding.seen
    assert len(finding.seen + finding.wanted) < 900


@pytest.mark.parametrize(
    "more",
    [
        {(NamedAccount, CORP): GapReason.TIMEOUT},
        {(ClusterResource, HV02): GapReason.TIMEOUT},
        {(ClusterResource, HV02): []},
        {(ClusterParameters, HV02): GapReason.TIMEOUT},
        {(ClusterParameters, HV02): []},
    ],
)
def test_a_broker_that_is_not_known(judge: Judge, more):
    assert run(judge, node(HV02), broker(named(*BROKERS)), more).status is Status.UNKNOWN
    assert run(judge, node(HV02), broker(named(*BROKERS)), more, spns=()).status is Status.FAIL


def test_the_directory_is_asked_for_the_broker_and_for_nobody_else():
    def asked(where, *more):
        record = evidence(facts(*more), where)
        return {(ask.fact, ask.target, ask.argument) for ask in asks_of([replica_service_names], record)}

    assert asked(PLAN, node(HV02)) == {(NamedAccount, CORP, BROKER_NAME)}
    assert asked(planned(), node(HV02)) == asked(PLAN) == set()


def test_one_account_that_controllers_tell_in_two_places(judge: Judge):
    here, elsewhere = (replace(named(*BROKERS), dn=f"CN=BROKER,OU={place},DC=corp,DC=example") for place in "AB")
    assert run(judge, node(HV02), broker(here, elsewhere)).status is Status.PASS
    assert run(judge, node(HV02), broker(here, replace(elsewhere, sid="S-1-5-21-1-1-1-1501"))).status is Status.UNKNOWN
    untold = (replace(row, sid="") for row in (here, elsewhere))
    assert run(judge, node(HV02), broker(*untold)).status is Status.UNKNOWN
