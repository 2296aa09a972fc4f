from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_01_reachable import reachable
from scanner.api import Estate, GapReason, Profile, Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import VmmServer

N1, N2 = "vmm01.corp.example", "vmm02.corp.example"
TOLD = VmmServer("localhost", N1, "4.0.2775.0", None, False, (), None, 1)
SILENT = GapReason.NOT_COLLECTED


def where(*servers):
    return Estate(profiles=frozenset({Profile.ASR_VMM}), vmm_servers=servers)


def service(state, mode="Auto"):
    return [Service("scvmmservice", state, mode, 0, None), Service("WinRM", "Running", "Auto", 4, None)]


def alone(answer, services, cluster=()):
    return {(VmmServer, N1): answer, (Service, N1): services, (ClusterInfo, N1): cluster}


@pytest.mark.parametrize(
    ("answer", "services", "expected"),
    [
        ([TOLD], service("Running"), Status.PASS),
        ([TOLD], [], Status.PASS),
        ([TOLD], service("Stopped"), Status.UNKNOWN),
        ([], service("Running"), Status.UNKNOWN),
        ([TOLD, TOLD], service("Running"), Status.UNKNOWN),
        (SILENT, service("Running"), Status.UNKNOWN),
        (SILENT, service("Start Pending"), Status.UNKNOWN),
        (SILENT, service("Stop Pending"), Status.UNKNOWN),
        (SILENT, service("Stopped"), Status.FAIL),
        (SILENT, service("Paused"), Status.FAIL),
        (SILENT, service("Running")[1:], Status.FAIL),
        (GapReason.ACCESS_DENIED, service("Running"), Status.UNKNOWN),
        (GapReason.NOT_INSTALLED, service("Running"), Status.UNKNOWN),
        (GapReason.UNREACHABLE, GapReason.UNREACHABLE, Status.UNKNOWN),
        ([TOLD], GapReason.ACCESS_DENIED, Status.UNKNOWN),
    ],
)
def test_one_server(judge, answer, services, expected):
    assert judge(reachable, alone(answer, services), where(N1)).status is expected


def test_who_sees_only_a_part_is_told(judge):
    seen = judge(reachable, alone([TOLD], service("Running")), where(N1))
    assert (seen.seen, seen.note) == ("VMM 4.0.2775.0 answers", "")
    part = judge(reachable, alone([replace(TOLD, profile=5)], service("Running")), where(N1))
    assert part.status is Status.PASS
    assert part.note == "the account has profile 5 in VMM: it may not see everything"
    assert judge(reachable, alone([replace(TOLD, profile=None)], service("Running")), where(N1)).note


@pytest.mark.parametrize(
    ("mode", "command"),
    [
        ("Auto", "Start-Service -Name SCVMMService"),
        ("Manual", "Start-Service -Name SCVMMService"),
        ("Disabled", "Set-Service -Name SCVMMService -StartupType Automatic; Start-Service -Name SCVMMService"),
    ],
)
def test_a_service_that_is_stopped_can_be_started(judge, mode, command):
    found = judge(reachable, alone(SILENT, service("Stopped", mode)), where(N1))
    assert found.remedy == f"Invoke-Command -ComputerName '{N1}' -ScriptBlock {{ {command} }}"


@pytest.mark.parametrize("cluster", [[ClusterInfo("VMMCLU", None, 9)], GapReason.ACCESS_DENIED])
def test_on_a_node_the_cluster_starts_it(judge, cluster):
    """Started by hand on a passive node, it would run twice on one database."""
    found = judge(reachable, alone(SILENT, service("Stopped"), cluster), where(N1))
    assert found.status is Status.FAIL
    assert "Start-Service" not in found.remedy
    assert "Failover Cluster Manager" in found.remedy


SAME = [ClusterInfo("VMMCLU", "vmmclu.corp.example", 9)]
ACTIVE = replace(TOLD, highly_available=True, nodes=("VMM01", "VMM02"), active_node="VMM01")
CLUSTER = alone([ACTIVE], service("Running", "Manual"), SAME) | {
    (VmmServer, N2): SILENT, (Service, N2): service("Stopped", "Manual"), (ClusterInfo, N2): SAME,
}  # fmt: skip


def test_a_passive_node_is_no_finding_while_another_answers(judge):
    assert judge(reachable, CLUSTER, where(N1, N2), subject=N1).status is Status.PASS
    passive = judge(reachable, CLUSTER, where(N1, N2), subject=N2)
    assert (passive.status, passive.note) == (Status.NOT_APPLICABLE, f"a passive node: {N1} answers in its place")


@pytest.mark.parametrize(
    "changed",
    [
        {(VmmServer, N1): SILENT, (Service, N1): service("Stopped")},
        {(VmmServer, N1): [TOLD]},
        {(ClusterInfo, N2): []},
        {(VmmServer, N1): [replace(ACTIVE, nodes=("VMM01", "VMM03"))]},
    ],
    ids=["none answers", "the other is no cluster", "no node", "not among its nodes"],
)
def test_where_nobody_answers_in_its_place_it_fails(judge, changed):
    assert judge(reachable, CLUSTER | changed, where(N1, N2), subject=N2).status is Status.FAIL


def test_without_a_server_nobody_could_look(judge):
    assert judge(reachable, {}, where()).status is Status.UNKNOWN
