from __future__ import annotations

from dataclasses import replace

import pytest

from checks.replica.rep_09_settings_as_planned import settings_as_planned
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.replica_terms import ReplicationTerms
from scanner.facts.replication import BUILT_IN
from scanner.facts.vm import VirtualMachineState
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.words.estate import Replica
from tests.checks.vmm.machine_rows import OWN, SUBJECT, estate, facts
from tests.checks.vmm.vmm_rows import PAIR, RECOVERY, SERVER, VMM1, VMM2, cloud, host
from tests.conftest import HV01, HV02

ID = f"Microsoft:{OWN.upper()}\\HVR\\0"
PATH = f'\\\\HV01\\root\\virtualization\\v2:Msvm_ReplicationProvider.Name="{BUILT_IN.upper()}"'
TERMS = ReplicationTerms(ID, HV02, HV02, 1, 8083, True, 300, 4, 2, PATH)
PLANNED = replace(PAIR, frequency=300, recovery_points=4, app_consistent=2, port=8083, compression="on")
GUEST = replace(SERVER, profile=4)


def plan(**words):
    return estate(cloud_pairs=(replace(PLANNED, **words),))


def judged(judge, *rows, where=None, more=None, mode=1, **given):
    told = facts(mode=mode, **given) | {(ReplicationTerms, HV01): list(rows)}
    return judge(settings_as_planned, told | (more or {}), where or plan(), subject=SUBJECT)


def test_set_as_planned(judge):
    assert judged(judge, TERMS).status is Status.PASS
    assert judged(judge, TERMS, server=GUEST).status is Status.PASS
    assert judged(judge, replace(TERMS, replica_host="HV02.corp.example.", replica=None)).status is Status.PASS
    assert judged(judge, replace(TERMS, replica_host="HV02", replica=None)).status is Status.PASS
    assert judged(judge, replace(TERMS, interval=None)).status is Status.PASS, "2012 has a fixed one"


@pytest.mark.parametrize(
    "words",
    [
        {"port": 80}, {"authentication": 2}, {"compression": False}, {"interval": 30}, {"points": 5}, {"points": 0},
        {"snapshots": 0}, {"snapshots": 3},
    ],
)  # fmt: skip
def test_one_setting_differs(judge, words):
    finding = judged(judge, replace(TERMS, **words))
    assert finding.status is Status.FAIL
    assert "planned" in finding.seen


def test_a_fixed_frequency_beside_another_plan(judge):
    assert judged(judge, replace(TERMS, interval=None), where=plan(frequency=30)).status is Status.FAIL


@pytest.mark.parametrize("words", [{"port": None}, {"authentication": None}, {"compression": None}, {"points": None}])
def test_what_the_host_does_not_tell(judge, words):
    assert judged(judge, replace(TERMS, **words)).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "words", [{"port": 0}, {"compression": ""}, {"frequency": 0}, {"recovery_points": -1}, {"app_consistent": -1}]
)
def test_what_nobody_plans(judge, words):
    finding = judged(judge, TERMS, where=plan(**words))
    assert finding.status is Status.UNKNOWN
    assert next(iter(words)) in finding.note
    assert judged(judge, replace(TERMS, interval=900, points=9), where=plan(**words)).status is Status.FAIL


def test_port_and_sign_in_may_be_planned_for_all(judge):
    where = replace(plan(port=0), replica=Replica(authentication="certificate", port=8084))
    assert judged(judge, replace(TERMS, port=8084, authentication=2), where=where).status is Status.PASS
    assert judged(judge, TERMS, where=where).status is Status.FAIL


@pytest.mark.parametrize("provider", ['x="{11111111-272C-4DDF-BA88-9BEFB1A0975C}"', "other"])
def test_another_provider(judge, provider):
    row = replace(TERMS, provider=provider, port=1)
    finding = judged(judge, row, more={(VmmHost, VMM1): GapReason.TIMEOUT})
    assert finding.status is Status.FAIL
    assert "port" not in finding.seen, "nothing else is compared"


@pytest.mark.parametrize("provider", [None, ""])
def test_no_provider_is_told(judge, provider):
    assert judged(judge, replace(TERMS, provider=provider)).status is Status.UNKNOWN


@pytest.mark.parametrize("mode", [0, 2, 3, 4])
def test_no_primary(judge, mode):
    assert judged(judge, replace(TERMS, port=1), mode=mode).status is Status.NOT_APPLICABLE


def test_what_a_replica_hands_on_is_not_compared(judge):
    handed = replace(TERMS, instance_id=ID.replace("\\0", "\\1"), port=1)
    assert judged(judge, TERMS, handed).status is Status.PASS
    assert judged(judge, handed).status is Status.UNKNOWN
    assert judged(judge).status is Status.UNKNOWN


def test_the_host_is_in_no_source_cloud(judge):
    lost = (host("hv01", group="All Hosts\\Other"), host("hv02", group="All Hosts\\Recovery"))
    assert judged(judge, TERMS, hosts=lost).status is Status.FAIL
    assert judged(judge, TERMS, hosts=lost[1:]).status is Status.FAIL
    there = (host("hv01", group="All Hosts\\Recovery"),)
    assert judged(judge, TERMS, hosts=there).status is Status.NOT_APPLICABLE


def test_the_replica_is_in_no_target_cloud(judge):
    row = replace(TERMS, replica_host="hv09.corp.example", replica=None)
    assert judged(judge, row).status is Status.FAIL
    assert judged(judge, row, server=GUEST).status is Status.UNKNOWN
    node = host("hv02", group="All Hosts\\Recovery", cluster="CLU")
    assert judged(judge, row, hosts=(host("hv01"), node)).status is Status.UNKNOWN, "it may be the broker"
    assert judged(judge, replace(TERMS, replica_host=None, replica=None)).status is Status.UNKNOWN
    broker = replace(TERMS, replica="broker.corp.example")
    assert judged(judge, broker).status is Status.PASS, "its host is told besides"


def test_a_host_in_two_source_clouds(judge):
    where = estate(cloud_pairs=(PLANNED, CloudPair(VMM1, "Second", VMM1, "Far", port=1)))
    clouds = [*facts()[Cloud, VMM1], cloud("c3", "Second", "All Hosts\\Primary"), cloud("c4", "Far")]
    assert judged(judge, TERMS, where=where, clouds=clouds).status is Status.PASS
    there = replace(TERMS, replica_host="hv08.corp.example", replica=None)
    assert judged(judge, there, where=where, clouds=clouds).status is Status.FAIL


def test_a_target_that_is_not_there(judge):
    assert judged(judge, TERMS, where=plan(target="Gone")).status is Status.FAIL
    assert RECOVERY.name == "Recovery"


def test_nothing_is_planned(judge):
    assert judged(judge, TERMS, where=estate(cloud_pairs=())).status is Status.NOT_APPLICABLE
    assert judged(judge, TERMS, where=replace(plan(), vmm_servers=())).status is Status.UNKNOWN


@pytest.mark.parametrize("gap", [(VirtualMachineState, HV01), (ReplicationTerms, HV01), (VmmHost, VMM1), (Cloud, VMM1)])
def test_unread(judge, gap):
    assert judged(judge, TERMS, more={gap: GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_the_account_unread(judge):
    more = {(VmmServer, VMM1): GapReason.TIMEOUT}
    elsewhere = replace(TERMS, replica_host="hv09.corp.example", replica=None)
    assert judged(judge, elsewhere, more=more).status is Status.UNKNOWN


def test_without_a_plan_another_provider_is_no_matter(judge):
    other = replace(TERMS, provider="other")
    assert judged(judge, other, where=estate(cloud_pairs=())).status is Status.NOT_APPLICABLE


def test_the_settings_of_another_machine_are_not_this_ones(judge):
    other = replace(TERMS, instance_id=ID.replace("55555", "66666"), port=1)
    assert judged(judge, other).status is Status.UNKNOWN
    assert judged(judge, other, TERMS).status is Status.PASS


def test_a_host_in_a_source_and_a_target_cloud(judge):
    back = CloudPair(VMM1, "Recovery", VMM1, "Primary")
    assert judged(judge, TERMS, where=estate(cloud_pairs=(PLANNED, back))).status is Status.PASS
    assert judged(judge, replace(TERMS, port=1), where=estate(cloud_pairs=(PLANNED, back))).status is Status.FAIL


def test_only_the_pair_of_its_cloud_counts(judge):
    other = replace(PLANNED, source="Second", port=1)
    clouds = [*facts()[Cloud, VMM1], cloud("c3", "Second")]
    assert judged(judge, TERMS, where=estate(cloud_pairs=(PLANNED, other)), clouds=clouds).status is Status.PASS


def test_the_pair_of_a_cloud_of_that_name_on_another_server_is_another(judge):
    there = facts(name=VMM2, hosts=(host("hv08"), host("hv02", group="All Hosts\\Recovery")))
    where = estate(cloud_pairs=(PLANNED, replace(PLANNED, source_server=VMM2, port=1)), vmm_servers=(VMM1, VMM2))
    more = {key: rows for key, rows in there.items() if key[1] == VMM2}
    assert judged(judge, TERMS, where=where, more=more).status is Status.PASS


def test_a_short_name_is_that_of_one_host(judge):
    assert judged(judge, replace(TERMS, replica_host="HV77", replica=None)).status is Status.FAIL
    assert judged(judge, replace(TERMS, replica_host="hv02.branch.example", replica=None)).status is Status.FAIL


def test_one_node_among_the_hosts_of_the_target_may_bear_the_broker(judge):
    hosts = (host("hv01"), host("hv02", group="All Hosts\\Recovery"))
    node = host("hv03", group="All Hosts\\Recovery", cluster="CLU")
    row = replace(TERMS, replica_host="hv09.corp.example", replica=None)
    assert judged(judge, row, hosts=(*hosts, node)).status is Status.UNKNOWN


def test_the_sign_in_of_the_pair_goes_before_that_of_all(judge):
    where = replace(plan(authentication="certificate"), replica=Replica(authentication="kerberos"))
    assert judged(judge, replace(TERMS, authentication=2), where=where).status is Status.PASS
    assert judged(judge, TERMS, where=where).status is Status.FAIL


def test_none_may_be_planned(judge):
    none = replace(TERMS, points=0, snapshots=0)
    assert judged(judge, none, where=plan(recovery_points=0, app_consistent=0)).status is Status.PASS
    assert judged(judge, TERMS, where=plan(recovery_points=0)).status is Status.FAIL
