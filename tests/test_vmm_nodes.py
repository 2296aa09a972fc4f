"""Who answers for a node of a highly available VMM server, and what the scopes of VMM make of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import GapReason, Status, passed, scopes
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import Cloud, VmmServer
from scanner.facts.vmm_nodes import answers_for
from scanner.judge.judging import judge_check
from scanner.words.estate import Estate
from tests.conftest import evidence
from tests.test_scopes import NONE, UNSEEN, failing

N1, N2 = "vmm-n1.corp.example", "vmm-n2.corp.example"
SERVERS = (N1, N2)
ESTATE = Estate(vmm_servers=SERVERS)
ACTIVE = VmmServer("localhost", N1, "10.22.1508.0", "CORP\\vmm", True, ("VMM-N1", "vmm-n2"), "VMM-N1", 1)
RUNS, STOPPED = (Service("SCVMMService", state, "Manual", 0, None) for state in ("Running", "Stopped"))
OTHER = Service("WinRM", "Running", "Auto", 4, None)
SAME = ClusterInfo("VMMCLU", "vmmclu.corp.example", 9)
USUAL = {
    (VmmServer, N1): [ACTIVE], (Service, N1): [RUNS, OTHER], (ClusterInfo, N1): [SAME],
    (VmmServer, N2): GapReason.NOT_COLLECTED, (Service, N2): [STOPPED, OTHER],
    (ClusterInfo, N2): [replace(SAME, name="vmmclu", functional_level=10)],
}  # fmt: skip


def who(facts, node=N2, servers=SERVERS):
    return answers_for(evidence(USUAL | facts, ESTATE).ask, node, servers)


def test_the_active_node_answers_for_the_passive_one():
    assert who({}) == N1
    assert who({}, N1) == ""
    assert who({(VmmServer, N1): [replace(ACTIVE, nodes=())]}) == N1, "who lists no nodes excludes none"


@pytest.mark.parametrize(
    "facts",
    [
        {(VmmServer, N2): [ACTIVE]},
        {(Service, N2): [RUNS]},
        {(Service, N2): [OTHER]},
        {(Service, N2): GapReason.ACCESS_DENIED},
        {(VmmServer, N1): GapReason.TIMEOUT},
        {(VmmServer, N1): [replace(ACTIVE, highly_available=False)]},
        {(VmmServer, N1): [replace(ACTIVE, nodes=("vmm-n1", "vmm-n3"))]},
        {(VmmServer, N1): [ACTIVE, ACTIVE]},
        {(ClusterInfo, N2): [replace(SAME, name="other")]},
        {(ClusterInfo, N2): [replace(SAME, fqdn="vmmclu.branch.example")]},
        {(ClusterInfo, N1): GapReason.ACCESS_DENIED},
        {(ClusterInfo, N2): []},
        {(ClusterInfo, N1): [], (ClusterInfo, N2): []},
    ],
)
def test_nobody_answers_for_it(facts):
    assert who(facts) == ""


CLOUDS = [Cloud("AB-1", "Primary", (), (), (), (), False), Cloud("ab-2", "Recovery", (), (), (), (), False)]


def found(facts, where=ESTATE):
    """Names, labels and status of the subjects that a check about clouds has."""
    made = replace(failing(scopes.CLOUD), judge=lambda _subject, _view: passed(""))
    return {f.subject.names: (f.subject.title, f.status) for f in judge_check(made, evidence(USUAL | facts, where))}


def test_the_clouds_of_a_highly_available_server_are_told_once():
    told = found({(Cloud, N1): CLOUDS, (Cloud, N2): GapReason.NOT_COLLECTED})
    assert told == {
        (N1, "ab-1"): ("Primary on vmm-n1", Status.PASS), (N1, "ab-2"): ("Recovery on vmm-n1", Status.PASS),
    }  # fmt: skip


def test_clouds_that_nobody_could_read_are_not_forgotten():
    told = found({(Cloud, N1): CLOUDS, (Cloud, N2): GapReason.NOT_COLLECTED, (Service, N2): [RUNS]})
    assert told.pop(("run",))[1] is Status.UNKNOWN
    assert set(told) == {(N1, "ab-1"), (N1, "ab-2")}


def test_a_server_without_a_cloud_has_none():
    alone = Estate(vmm_servers=(N1,))
    assert {name: status for name, (_, status) in found({(Cloud, N1): []}, alone).items()} == NONE
    assert {name: status for name, (_, status) in found({}, alone).items()} == UNSEEN
