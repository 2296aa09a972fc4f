"""How a cloud that a plan names is found on a VMM server, and what is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm import clouds
from checks.vmm.clouds import CLOUDS, Side
from scanner.api import CloudPair, GapReason, MissingEvidence, Status, Subject, Verdict, View, scopes
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from tests.checks.vmm.vmm_rows import (
    PRIMARY,
    RECOVERY,
    SERVER,
    VMM1,
    VMM2,
    cloud,
    estate,
    facts,
    ha_facts,
    host,
    machine,
)
from tests.conftest import evidence

HERE = Side(VMM1, PRIMARY)


def view(given, where=None):
    return View(evidence(given, where or estate()), (*CLOUDS, VmmHost, VmmVirtualMachine))


def found(given, named="Primary", server=VMM1, where=None):
    return clouds.side(view(given, where), server, named)


@pytest.mark.parametrize("named", ["Primary", "primary ", "C1", "{c1}", "c1"])
def test_by_name_or_id(named):
    assert found(facts(), named) == HERE


def test_an_id_outweighs_a_name():
    assert found(facts(clouds=[cloud("9", "c1"), PRIMARY]), "c1") == HERE


def test_what_vmm_does_not_list_is_not_there_for_an_administrator_alone():
    gone = found(facts(), "Gone")
    assert isinstance(gone, Verdict)
    assert (gone.status, gone.seen) == (Status.FAIL, f"{VMM1} lists no cloud Gone (but Primary, Recovery)")
    assert "nor any other" in found(facts(clouds=[]), "Gone").seen
    for profile in (2, None):
        with pytest.raises(MissingEvidence, match="may be shown a part"):
            found(facts(server=replace(SERVER, profile=profile)), "Gone")


@pytest.mark.parametrize("fact", [Cloud, VmmServer])
def test_unread(fact):
    with pytest.raises(MissingEvidence):
        found(facts() | {(fact, VMM1): GapReason.ACCESS_DENIED}, "Gone")


def test_two_of_one_name():
    with pytest.raises(MissingEvidence, match="name the one meant by its id"):
        found(facts(clouds=[PRIMARY, cloud("c9", "PRIMARY")]))
    assert found(facts(clouds=[PRIMARY, cloud("c9", "PRIMARY")]), "c1") == HERE


def test_the_active_node_tells_for_the_passive_one():
    where = estate(vmm_servers=(VMM1, VMM2))
    assert found(ha_facts(), server=VMM2, where=where) == HERE
    assert clouds.servers(view(ha_facts(), where)) == (VMM1,)
    assert clouds.servers(view(facts(), estate())) == (VMM1,)


def test_one_cloud_is_told_by_its_id():
    assert HERE.is_same(Side(VMM1, replace(PRIMARY, id="C1", name="Other")))
    assert not HERE.is_same(Side(VMM2, PRIMARY))
    assert not HERE.is_same(Side(VMM1, replace(RECOVERY, name="Primary")))


def pair(source="Primary", target="Recovery", server=VMM1):
    return Subject(scopes.CLOUD_PAIR, (VMM1, source, server, target))


def test_both_sides():
    assert clouds.both(view(facts()), pair()) == (HERE, Side(VMM1, RECOVERY))
    for subject in (pair("Gone"), pair(target="Gone")):
        assert clouds.both(view(facts()), subject).status is Status.FAIL


def test_a_missing_cloud_fails_whatever_the_other_side_says():
    given = facts() | {(Cloud, VMM2): GapReason.TIMEOUT}
    where = estate(vmm_servers=(VMM1, VMM2))
    assert clouds.both(view(given, where), pair("Gone", server=VMM2)).status is Status.FAIL
    with pytest.raises(MissingEvidence):
        clouds.both(view(given, where), pair(server=VMM2))
    here_unread = facts(name=VMM2) | {(Cloud, VMM1): GapReason.TIMEOUT}
    assert clouds.both(view(here_unread, where), pair(target="Gone", server=VMM2)).status is Status.FAIL


def test_what_the_estate_says_of_a_pair():
    rows = (CloudPair(VMM1, "Primary", VMM1, "Recovery", 30), CloudPair(VMM1, "Primary", VMM1, "Recovery", 300))
    other = CloudPair(VMM1, "Recovery", VMM1, "Primary")
    assert clouds.planned(view({}, estate(cloud_pairs=(*rows, other))), pair()) == rows


def test_its_own_cloud():
    subject = Subject(scopes.CLOUD, (VMM1, "c1"))
    assert clouds.own(view(facts()), subject) == HERE
    for rows in ([PRIMARY, PRIMARY], [RECOVERY]):
        with pytest.raises(MissingEvidence, match="clouds of the id c1"):
            clouds.own(view(facts(clouds=rows)), subject)


def test_hosts_lie_in_the_groups_of_a_cloud_or_below_one():
    inside = [host("hv01"), host("hv02", group="ALL HOSTS\\primary\\Rack 1"), host("hv03", platform=None)]
    outside = [
        host("hv04", group="All Hosts\\Primary2"), host("hv05", group="All Hosts"),
        host("hv07", platform=1), host("hv08", group=None, platform=1),
    ]  # fmt: skip
    assert clouds.hosts_of(view(facts(hosts=inside + outside)), HERE) == tuple(inside)
    with pytest.raises(MissingEvidence, match="host group of hv06"):
        clouds.hosts_of(view(facts(hosts=[*inside, host("hv06", group=None)])), HERE)


def test_machines_of_a_cloud():
    rows = [machine("web-01"), machine("app-01", cloud="Recovery"), machine("old-01", cloud=None)]
    assert clouds.machines_of(view(facts(machines=rows)), HERE) == (rows[0],)
    with pytest.raises(MissingEvidence, match="two clouds"):
        clouds.machines_of(view(facts(clouds=[PRIMARY, replace(RECOVERY, name="primary")], machines=rows)), HERE)


def test_names_of_a_host():
    assert clouds.host_names(replace(host("hv01"), name="HV01", fqdn=" HV01.Corp.Example. ")) == (
        "hv01.corp.example", "hv01",
    )  # fmt: skip
    assert clouds.host_names(replace(host("hv01"), name="HV01", fqdn=None)) == ("hv01",)
