from __future__ import annotations

import pytest

from checks.cluster.clu_05_every_node import every_node
from scanner.api import GapReason, Status
from scanner.facts.cluster_resources import ClusterNode
from scanner.facts.host import ClusterInfo
from scanner.facts.vmm import VmmServer
from tests.checks.asr.builders import CLUSTER, VMM, VMM2, plan
from tests.checks.common.builders import GONE
from tests.conftest import Judge

SUBJECT = "vmmcl.corp.example"


def facts(nodes, more=(), clusters=(CLUSTER, CLUSTER)):
    known = {(ClusterInfo, VMM): clusters[0], (ClusterInfo, VMM2): clusters[1]}
    for server, names in ((VMM, nodes), (VMM2, more)):
        known[ClusterNode, server] = names if isinstance(names, GapReason) else [ClusterNode(name, 0) for name in names]
    return known


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(["VMM01", "VMM02"], ["vmm01", "vmm02"]), Status.PASS, id="all"),
        pytest.param(facts(["vmm01.corp.example", "vmm02"]), Status.PASS, id="a full name"),
        pytest.param(facts(["vmm01", "vmm02", "vmm03"]), Status.UNKNOWN, id="one more"),
        pytest.param(facts(["vmm01"], ["vmm03"]), Status.UNKNOWN, id="one more, by the other"),
        pytest.param(facts(["vmm01", "vmm02"], clusters=(CLUSTER, [])), Status.UNKNOWN, id="another that is no node"),
        pytest.param(facts([]), Status.UNKNOWN, id="no node"),
        pytest.param(facts(GONE), Status.UNKNOWN, id="unread"),
    ],
)
def test_nodes(judge: Judge, known, expected):
    assert judge(every_node, known, plan(VMM, VMM2), subject=SUBJECT).status is expected


def vmm(*nodes: str, available: bool = True) -> VmmServer:
    return VmmServer("localhost", VMM, "4.0.2775.0", None, available, nodes, "vmm01", 1)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([vmm("vmm01", "VMM02")], Status.PASS, id="the same"),
        pytest.param([vmm("VMM01.corp.example", "vmm02.corp.example")], Status.PASS, id="the same by full names"),
        pytest.param([vmm("vmm01")], Status.PASS, id="fewer"),
        pytest.param([vmm()], Status.PASS, id="none"),
        pytest.param([vmm("vmm01", "vmm02", "VMM09")], Status.UNKNOWN, id="one more"),
        pytest.param([vmm("VMM09.corp.example")], Status.UNKNOWN, id="one more by its full name"),
        pytest.param([vmm("vmm09", available=False)], Status.PASS, id="of a server that is in no cluster"),
        pytest.param(GONE, Status.PASS, id="VMM does not answer"),
    ],
)
def test_nodes_that_vmm_tells(judge: Judge, told, expected):
    """A cluster that tells fewer nodes than VMM fails over to is no proof that all were looked at."""
    known = facts(["vmm01", "vmm02"], ["vmm01", "vmm02"])
    finding = judge(
        every_node, known | {(VmmServer, VMM): told, (VmmServer, VMM2): GONE}, plan(VMM, VMM2), subject=SUBJECT
    )
    assert finding.status is expected
    assert ("vmm09" in finding.note) is (expected is Status.UNKNOWN)


def test_who_is_missing_is_told(judge: Judge):
    assert judge(every_node, facts(["vmm01", "VMM09"]), plan(VMM, VMM2), subject=SUBJECT).note.startswith("vmm09: ")


def test_a_cluster_of_another_domain_is_called_as_it_says(judge: Judge):
    told = [ClusterInfo("VMMCL", "VMMCL.Other.Example.", 9)]
    known = facts(["vmm01", "vmm02"], ["vmm01", "vmm02"], clusters=(told, told)) | {(VmmServer, VMM): GONE}
    where = plan(VMM, VMM2)
    assert judge(every_node, known, where, subject="vmmcl.other.example").status is Status.PASS
