"""Which rows of VMM are a machine's on its host, and in which clouds of a plan its host is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.machines import MACHINES, SOURCE, TARGET, clouds_of, in_a_cloud, is_of, of_host
from scanner.api import CloudPair, GapReason, MissingEvidence, Subject, View, scopes
from scanner.facts.vmm import VmmHost
from tests.checks.vmm.machine_rows import OWN, SUBJECT, estate, facts, row
from tests.checks.vmm.vmm_rows import HOSTS, PAIR, PRIMARY, RECOVERY, SERVER, VMM1, VMM2, cloud, host
from tests.conftest import HV01, HV02, evidence

TWO = estate(vmm_servers=(VMM1, VMM2))
ME = Subject(scopes.VM, tuple(SUBJECT.split("/")))
GUEST = replace(SERVER, profile=4)


def view(given, where=None) -> View:
    return View(evidence(given, where or estate()), MACHINES)


def hosts_told(given, where=None) -> list[tuple[str, str | None]]:
    return [(found.server, found.row.host) for found in of_host(view(given, where), ME)]


@pytest.mark.parametrize(
    ("machines", "hosts", "expected"),
    [
        pytest.param([row()], HOSTS, [HV01], id="on its host"),
        pytest.param([row(), row(HV02)], HOSTS, [HV01], id="and its replica"),
        pytest.param([row(HV02)], HOSTS, [], id="its replica alone"),
        pytest.param([row(HV02)], [host("hv02")], [], id="its replica alone, and no such host"),
        pytest.param([row("HV01.Corp.Example.")], [host("hv02")], ["HV01.Corp.Example."], id="no such host, by name"),
        pytest.param([row("HV01")], HOSTS, ["HV01"], id="by its first label"),
        pytest.param([row("HV01")], [host("hv02")], [], id="no such host, by its first label"),
        pytest.param([row("")], HOSTS, [], id="without a host"),
        pytest.param([row(None)], [host("hv02")], [], id="without a host that is told"),  # type: ignore[arg-type]
        pytest.param([row(), row(own_id="")], HOSTS, [HV01], id="one without an id"),
    ],
)  # fmt: skip
def test_the_rows_of_a_machine(machines, hosts, expected):
    assert hosts_told(facts(machines=machines, hosts=hosts)) == [(VMM1, one) for one in expected]


def test_a_server_of_which_the_hosts_were_not_read_leaves_the_others():
    given = facts() | facts(name=VMM2) | {(VmmHost, VMM1): GapReason.TIMEOUT}
    assert hosts_told(given, TWO) == [(VMM2, HV01)]
    lost = facts() | facts(name=VMM2, machines=()) | {(VmmHost, VMM1): GapReason.TIMEOUT}
    with pytest.raises(MissingEvidence, match="VmmHost"):
        hosts_told(lost, TWO)


def test_a_server_that_may_show_a_part():
    assert hosts_told(facts(server=GUEST)) == [(VMM1, HV01)]
    with pytest.raises(MissingEvidence):
        hosts_told(facts(server=GUEST, machines=[row(HV02)]))


@pytest.mark.parametrize(
    ("pairs", "server", "end", "expected"),
    [
        ((PAIR,), VMM1, SOURCE, True),
        ((PAIR,), VMM1, TARGET, False),
        ((PAIR,), VMM2, SOURCE, False),
        ((CloudPair(VMM2, "Recovery", VMM1, "{C1}"),), VMM1, TARGET, True),
        ((), VMM1, SOURCE, True),
        ((), VMM1, TARGET, False),
    ],
)
def test_the_end_of_a_pair(pairs, server, end, expected):
    where = estate(cloud_pairs=pairs, vmm_servers=(VMM1, VMM2))
    assert is_of(view(facts() | facts(name=VMM2), where), PRIMARY, server, end) is expected


def test_the_clouds_of_a_host():
    assert [side.cloud.name for side in clouds_of(view(facts()), HV01, SOURCE)] == ["Primary"]
    assert clouds_of(view(facts()), HV01, TARGET) == ()
    apart = facts(hosts=(host("hv01", group=None), HOSTS[1]))
    assert clouds_of(view(apart), HV01, SOURCE) == ()


def test_which_machine_is_in_a_cloud():
    clouds = (PRIMARY, RECOVERY, cloud("c3", "Third"))
    known = view(facts(clouds=clouds))
    assert in_a_cloud(known, VMM1, [row(cloud=None), row(cloud="Third")]) == ""
    assert in_a_cloud(known, VMM1, [row(cloud=None), row(cloud="primary")]) == "web-01 is in Primary"
    shown = replace(clouds[2], protected=True)
    assert in_a_cloud(view(facts(clouds=(*clouds[:2], shown))), VMM1, [row(cloud="Third")]) == "web-01 is in Third"
    assert OWN
