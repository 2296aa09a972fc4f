from __future__ import annotations

import pytest

from checks.asr.asr_03_same_version import same_version
from scanner.api import GapReason, Status
from scanner.facts.host import ClusterInfo
from scanner.facts.provider import ProviderFile
from scanner.facts.vmm_setup import VmmSetup
from tests.checks.asr.builders import CLUSTER, VMM, VMM2, VMM3, plan, program, setup
from tests.checks.common.builders import GONE
from tests.conftest import Judge

NEW, OLD = "5.1.7000.0", "5.1.6900.0"
ELSEWHERE = [ClusterInfo("other", "other.corp.example", 10)]


def facts(mine, other, clusters=((), ()), third=None):
    known = {}
    for server, version, cluster in ((VMM, mine, clusters[0]), (VMM2, other, clusters[1]), (VMM3, third, ())):
        rows = version if isinstance(version, GapReason) else [] if version is None else [program(version or None)]
        known |= {(ProviderFile, server): rows, (VmmSetup, server): [setup()], (ClusterInfo, server): cluster}
    return {key: rows if isinstance(rows, GapReason) else list(rows) for key, rows in known.items()}


MATES = (CLUSTER, CLUSTER)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(NEW, NEW), Status.PASS, id="equal"),
        pytest.param(facts(NEW, NEW, (GONE, GONE)), Status.PASS, id="equal, clusters unread"),
        pytest.param(facts(NEW, OLD, MATES), Status.PASS, id="the newer of a cluster"),
        pytest.param(facts(OLD, NEW, MATES), Status.FAIL, id="the older of a cluster"),
        pytest.param(facts(OLD, NEW), Status.WARN, id="the older of two sites"),
        pytest.param(facts(OLD, NEW, (CLUSTER, ELSEWHERE)), Status.WARN, id="of two clusters"),
        pytest.param(facts(OLD, NEW, (CLUSTER, GONE)), Status.UNKNOWN, id="cluster unread"),
        pytest.param(facts(OLD, NEW, (GONE, CLUSTER)), Status.UNKNOWN, id="its own cluster unread"),
        pytest.param(facts("5.1.900.0", "5.1.7000.0", MATES), Status.FAIL, id="numbers, not texts"),
        pytest.param(facts("5.1.7000", "5.1.7000.0", MATES), Status.PASS, id="fewer parts"),
        pytest.param(facts(None, NEW, MATES), Status.NOT_APPLICABLE, id="not here"),
        pytest.param(facts(NEW, None, MATES), Status.PASS, id="not there: ASR-02 says so"),
        pytest.param(facts("", NEW, MATES), Status.UNKNOWN, id="no version here"),
        pytest.param(facts("5.1 beta", NEW, MATES), Status.UNKNOWN, id="no version"),
        pytest.param(facts(NEW, "", MATES), Status.UNKNOWN, id="no version there"),
        pytest.param(facts(GONE, NEW, MATES), Status.UNKNOWN, id="unread here"),
        pytest.param(facts(NEW, GONE, MATES), Status.UNKNOWN, id="unread there"),
    ],
)
def test_two_servers(judge: Judge, known, expected):
    assert judge(same_version, known, plan(VMM, VMM2), subject=VMM).status is expected


def test_one_server(judge: Judge):
    assert judge(same_version, facts(NEW, None), plan(VMM)).status is Status.NOT_APPLICABLE


def test_a_failure_stands_whatever_a_third_server_says(judge: Judge):
    finding = judge(same_version, facts(OLD, NEW, MATES, third=GONE), plan(VMM, VMM2, VMM3), subject=VMM)
    assert finding.status is Status.FAIL
    assert finding.seen == f"{OLD}; {VMM2} has {NEW}, a node of the same cluster"


def test_a_cluster_without_a_full_name_is_one_of_its_nodes_domain(judge: Judge):
    known = facts(OLD, NEW, ([ClusterInfo("VMMCL", None, 10)], CLUSTER))
    assert judge(same_version, known, plan(VMM, VMM2), subject=VMM).status is Status.FAIL
