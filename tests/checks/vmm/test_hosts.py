"""Which host of VMM is one of the estate, and in what state it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checks.vmm.clouds import CLOUDS
from checks.vmm.hosts import build_of, listed, runs_on, state_of
from scanner.api import GapReason, MissingEvidence, Status, View
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.vmm import VmmHost
from tests.checks.vmm.vmm_rows import SERVER, VMM1, VMM2, estate, facts, ha_facts, host
from tests.conftest import BRANCH, HV01, HV02, evidence

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def view(given, where=None):
    return View(evidence(given, where or estate()), (*CLOUDS, VmmHost, OperatingSystem))


def found(*hosts, where=None, **more):
    return listed(view(facts(hosts=hosts, **more), where), HV01)


@pytest.mark.parametrize(
    ("overall", "text", "status"),
    [
        (0, "Responding", Status.PASS),
        (0, None, Status.PASS),
        (0, "Reagiert", Status.PASS),
        (2, "Responding", Status.FAIL),
        (8, "Responding", Status.WARN),
        (1, "Responding", Status.UNKNOWN),
        (None, "Responding", Status.UNKNOWN),
        (0, "NotResponding", Status.FAIL),
        (0, "Not Responding", Status.FAIL),
        (8, "AccessDenied", Status.FAIL),
        (77, "AccessDenied", Status.FAIL),
    ],
)
def test_state(overall, text, status):
    verdict = state_of(host("hv01", overall_state=overall, communication_state_text=text))
    assert verdict.status is status
    assert bool(verdict.works) is (status is Status.WARN)


@pytest.mark.parametrize(
    "row",
    [
        host("hv01"),
        host("hv01", fqdn="HV01.Corp.Example."),
        host("hv01", name="HV01"),
        host("hv01", fqdn=None),
        host("hv01", name="HV01", fqdn=None),
        host("hv01", name="HV01", fqdn="HV01"),
    ],
    ids=["full", "in capitals", "fqdn alone", "name alone", "one label", "one label twice"],
)
def test_a_host_is_known_by_its_name(row):
    assert found(row, host("hv02")) == ((VMM1, row),)


@pytest.mark.parametrize(
    ("hosts", "where"),
    [
        ([host("hv01.branch.example")], estate()),
        ([host("hv01", name="HV01", fqdn=None)], estate(hosts=(HV01, f"hv01.{BRANCH}"))),
        ([host("hv01", name="HV01", fqdn=None), host("HV01", name="hv01", fqdn=None)], estate()),
        ([host("hv01", name="HV01", fqdn="hv01.ad.example")], estate()),
    ],
    ids=["another domain", "two of the label in the estate", "two of the label in VMM", "a disjoint namespace"],
)
def test_a_first_label_alone_is_no_proof(hosts, where):
    with pytest.raises(MissingEvidence, match="does not tell"):
        found(*hosts, where=where)


def test_hosts_of_other_labels_are_no_twins():
    short = host("hv01", name="HV01", fqdn=None)
    where = estate(hosts=(HV01, HV02, "hv03.corp.example", "hv04.corp.example"))
    assert found(short, where=where) == ((VMM1, short),)


def test_nobody_lists_it():
    assert found(host("hv02")) == ()
    assert found() == ()
    with pytest.raises(MissingEvidence, match="may be shown a part"):
        found(host("hv02"), server=replace(SERVER, profile=3))
    with pytest.raises(MissingEvidence):
        listed(view(facts() | {(VmmHost, VMM1): GapReason.TIMEOUT}), HV01)


def test_another_server_that_did_not_answer_may_list_it():
    where = estate(vmm_servers=(VMM1, VMM2))
    with pytest.raises(MissingEvidence):
        listed(view(facts(hosts=[]), where), HV01)
    assert listed(view(facts(), where), HV01) == ((VMM1, host("hv01")),)
    first_unread = facts(name=VMM2) | {(VmmHost, VMM1): GapReason.TIMEOUT}
    assert listed(view(first_unread, where), HV01) == ((VMM2, host("hv01")),)
    two = facts() | facts(name=VMM2)
    assert listed(view(two, where), HV01) == ((VMM1, host("hv01")), (VMM2, host("hv01")))


def test_a_passive_node_is_not_asked():
    assert listed(view(ha_facts(hosts=[]), estate(vmm_servers=(VMM1, VMM2))), HV01) == ()


def system(build):
    return [OperatingSystem(NOW, build, f"10.0.{build}", ProductType.SERVER, None)]


@pytest.mark.parametrize(
    ("version", "build"),
    [
        ("10.0.14393", 14393), ("6.3.9600", 9600), ("10.0.17763.0", 17763), (" 6.2.9200 ", 9200),
        ("10.0", None), ("", None), (None, None), ("Windows Server 2016", None),
    ],
)  # fmt: skip
def test_build_that_vmm_has(version, build):
    assert build_of(view({}), host("hv01", os_version=version)) == build


def test_the_host_itself_knows_better():
    row = host("hv01", os_version="6.3.9600")
    assert build_of(view({(OperatingSystem, HV01): system(14393)}), row) == 14393
    assert build_of(view({(OperatingSystem, HV02): system(14393)}), row) == 9600
    assert build_of(view({(OperatingSystem, HV01): GapReason.TIMEOUT}), row) == 9600
    assert build_of(view({(OperatingSystem, HV01): []}), row) == 9600


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (HV01, True), ("HV01.CORP.EXAMPLE.", True), ("hv01", True), (HV02, False), ("hv01.branch.example", False),
        ("", False), (None, False),
    ],
)  # fmt: skip
def test_where_a_machine_runs(name, expected):
    assert runs_on(host("hv01"), name) is expected


def test_where_a_machine_runs_by_a_label_of_the_host():
    assert runs_on(host("hv01", name="HV01", fqdn=None), HV01)
    assert not runs_on(host("hv01", name="HV01", fqdn=None), HV02)


def test_a_server_that_lists_it_not_says_nothing_for_one_that_was_not_read():
    where = estate(vmm_servers=(VMM1, VMM2))
    given = facts(hosts=[]) | facts(name=VMM2, hosts=[host("hv02")]) | {(VmmHost, VMM1): GapReason.TIMEOUT}
    with pytest.raises(MissingEvidence, match="VmmHost"):
        listed(view(given, where), HV01)


@pytest.mark.parametrize(
    ("row", "name", "expected"),
    [
        (host("hv01"), "HV01", True),
        (host("hv01"), "hv01.branch.example", False),
        (host("hv01", name="HV01"), "hv01.branch.example", False),
        (host("hv01", name="HV01", fqdn=None), "hv01.branch.example", True),
        (host("hv01"), "", False),
        (host("hv01"), None, False),
    ],
)
def test_where_a_machine_of_this_name_runs(row, name, expected):
    assert runs_on(row, name) is expected
