from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_07_hosts_on_both_sides import hosts_on_both_sides
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, SERVER, VMM1, VMM2, estate, facts, host, machine
from tests.conftest import HV02

GUEST = replace(SERVER, profile=4)
THERE = "All Hosts\\Recovery"
SOURCE, TARGET = host("hv01"), host("hv02", group=THERE)


def judged(judge, *hosts, where=None, more=None, **given):
    return judge(hosts_on_both_sides, facts(hosts=hosts, **given) | (more or {}), where or estate())


def test_a_host_on_each_side(judge):
    assert judged(judge, SOURCE, TARGET).status is Status.PASS
    assert judged(judge, SOURCE, TARGET, server=GUEST).status is Status.PASS
    assert judged(judge, SOURCE, TARGET, machines=[machine("web-01")]).status is Status.PASS, "none at the target"


@pytest.mark.parametrize("hosts", [(SOURCE,), (TARGET,), (), (SOURCE, host("hv02", group="All Hosts"))])
def test_a_side_without(judge, hosts):
    assert judged(judge, *hosts).status is Status.FAIL
    assert judged(judge, *hosts, server=GUEST).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"overall_state": 2}, Status.FAIL),
        ({"overall_state": 8}, Status.FAIL),
        ({"overall_state": 5}, Status.UNKNOWN),
        ({"communication_state_text": "NotResponding"}, Status.FAIL),
        ({"platform": 1}, Status.FAIL),
    ],
)
def test_hosts_that_do_not_count(judge, values, status):
    bad = host("hv03", group=THERE, **values)
    assert judged(judge, SOURCE, bad).status is status
    assert judged(judge, SOURCE, bad, TARGET).status is Status.PASS
    assert judged(judge, SOURCE, bad, host("hv04", group=THERE, overall_state=2)).status is status


def test_a_source_host_without_machines(judge):
    hosts = (SOURCE, host("hv03"), TARGET)
    finding = judged(judge, *hosts)
    assert finding.status is Status.WARN
    assert "hv03.corp.example" in finding.seen
    assert judged(judge, *hosts, server=GUEST).status is Status.UNKNOWN
    assert judged(judge, *hosts, machines=[machine("a"), machine("b", on="HV03")]).status is Status.PASS
    assert judged(judge, SOURCE, host("hv03", overall_state=8), TARGET).status is Status.PASS, "it does not count"
    assert judged(judge, SOURCE, TARGET, machines=[machine("stored", on=None)]).status is Status.WARN


ROOT = replace(PRIMARY, host_groups=("All Hosts",))


def test_one_host_on_both_sides(judge):
    clouds = [ROOT, RECOVERY]
    finding = judged(judge, TARGET, clouds=clouds, machines=[machine("web-01", on=HV02)])
    assert finding.status is Status.FAIL
    assert "the only host of both" in finding.seen
    assert judged(judge, TARGET, clouds=clouds, server=GUEST).status is Status.UNKNOWN
    assert judged(judge, TARGET, host("hv03", group=THERE, overall_state=6), clouds=clouds).status is Status.UNKNOWN
    everybody = [machine("web-01"), machine("db-01", on=HV02)]
    assert judged(judge, SOURCE, TARGET, clouds=clouds, machines=everybody).status is Status.PASS


def test_one_host_that_two_servers_list(judge):
    where = estate(vmm_servers=(VMM1, VMM2), cloud_pairs=(CloudPair(VMM1, "Primary", VMM2, "Primary"),))
    assert judged(judge, SOURCE, where=where, more=facts(hosts=[SOURCE], name=VMM2)).status is Status.FAIL
    assert judged(judge, SOURCE, where=where, more=facts(hosts=[host("hv09")], name=VMM2)).status is Status.PASS
    guest = facts(hosts=[SOURCE], name=VMM2, server=GUEST)
    assert judged(judge, SOURCE, where=where, more=guest).status is Status.UNKNOWN


def test_one_cloud_is_no_pair(judge):
    where = estate(cloud_pairs=(replace(PAIR, target="C1"),))
    assert judged(judge, SOURCE, TARGET, where=where).status is Status.NOT_APPLICABLE


def test_a_cloud_is_missing(judge):
    assert judged(judge, SOURCE, TARGET, clouds=[PRIMARY]).status is Status.FAIL
    assert judged(judge, SOURCE, TARGET, clouds=[PRIMARY], server=GUEST).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [Cloud, VmmHost, VmmVirtualMachine])
def test_unread(judge, fact):
    assert judged(judge, SOURCE, TARGET, more={(fact, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_a_side_without_hosts_fails_whatever_machines_there_are(judge):
    more = {(VmmVirtualMachine, VMM1): GapReason.TIMEOUT}
    assert judged(judge, SOURCE, more=more).status is Status.FAIL
    assert judged(judge, SOURCE, more={(VmmServer, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_the_machines_of_the_source_are_those_of_its_server(judge):
    where = estate(cloud_pairs=(CloudPair(VMM1, "Primary", VMM2, "Recovery"),), vmm_servers=(VMM1, VMM2))
    given = facts(machines=[machine("web-01")]) | facts(name=VMM2, machines=[])
    assert judge(hosts_on_both_sides, given, where).status is Status.PASS
    turned = facts(machines=[]) | facts(name=VMM2, machines=[machine("web-01")])
    assert judge(hosts_on_both_sides, turned, where).status is Status.WARN
