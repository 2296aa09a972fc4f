from __future__ import annotations

import pytest

from checks.cluster.clu_01_not_clustered import not_clustered
from scanner.api import GapReason, Status
from scanner.facts.host import ClusterInfo, Service
from tests.conftest import HV01, Judge, estate

ALONE = estate(hosts=(HV01,), routes=())
NODE = ClusterInfo("CL01", None, None)


@pytest.mark.parametrize(
    ("services", "cluster", "expected"),
    [
        pytest.param([], GapReason.NOT_COLLECTED, Status.PASS, id="no cluster service"),
        pytest.param([Service("ClusSvc", "Stopped", "Disabled", 0, None)], [], Status.PASS, id="disabled"),
        pytest.param([Service("ClusSvc", "Running", "Auto", 9, None)], [], Status.PASS, id="no cluster"),
        pytest.param([Service("ClusSvc", "Running", "Auto", 9, None)], [NODE], Status.UNKNOWN, id="node"),
        pytest.param([Service("ClusSvc", "Stopped", "Auto", 0, None)], [], Status.UNKNOWN, id="should run"),
        pytest.param(GapReason.TIMEOUT, [NODE], Status.UNKNOWN, id="services unknown"),
        pytest.param(
            [Service("ClusSvc", "Running", "Auto", 9, None)], GapReason.TIMEOUT, Status.UNKNOWN, id="no record"
        ),
    ],
)
def test_not_clustered(judge: Judge, services, cluster, expected):
    assert judge(not_clustered, {(Service, HV01): services, (ClusterInfo, HV01): cluster}, ALONE).status is expected


def test_the_cluster_is_named(judge: Judge):
    running = [Service("ClusSvc", "Running", "Auto", 9, None)]
    finding = judge(not_clustered, {(Service, HV01): running, (ClusterInfo, HV01): [NODE]}, ALONE)
    assert finding.note.startswith("node of cluster CL01: a machine that is a role of it moves with")
