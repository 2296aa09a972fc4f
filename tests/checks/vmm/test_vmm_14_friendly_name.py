from __future__ import annotations

import pytest

from checks.vmm.vmm_14_friendly_name import friendly_name
from scanner.api import Status
from scanner.facts.cluster import ClusterGroup
from scanner.facts.host import ClusterInfo
from tests.checks.asr.builders import CLUSTER, VMM, VMM2, plan
from tests.checks.common.builders import GONE
from tests.conftest import Judge

OWN = [ClusterGroup("1", "Cluster Group", 1), ClusterGroup("2", "Available Storage", 2)]


def facts(*groups: ClusterGroup, unread: bool = False):
    rows = GONE if unread else [*OWN, *groups]
    return {(ClusterInfo, VMM): CLUSTER, (ClusterInfo, VMM2): [], (ClusterGroup, VMM): rows}


ROLE = ClusterGroup("3", "vmm-ha", 9999)


@pytest.mark.parametrize(
    ("known", "names", "expected"),
    [
        pytest.param(facts(ROLE), ("VMM-HA",), Status.PASS, id="equal"),
        pytest.param(facts(ROLE), ("other", "vmm-ha"), Status.PASS, id="one of two sites"),
        pytest.param(facts(ROLE), ("vmm01",), Status.WARN, id="another"),
        pytest.param(facts(ROLE), (), Status.NOT_APPLICABLE, id="not said"),
        pytest.param(facts(ClusterGroup("3", "x", None)), ("x",), Status.PASS, id="a role of no known kind"),
        *(
            pytest.param(facts(ROLE, ClusterGroup("4", "web", kind)), ("web",), Status.WARN, id=f"kind {kind}")
            for kind in (1, 2, 100, 106, 110, 111, 115, 119)
        ),
        *(
            pytest.param(facts(ClusterGroup("4", "web", kind)), ("web",), Status.PASS, id=f"kind {kind}")
            for kind in (107, 108, 109, 120)
        ),
        pytest.param(facts(), ("vmm-ha",), Status.UNKNOWN, id="no role"),
        pytest.param(facts(unread=True), ("vmm-ha",), Status.UNKNOWN, id="unread"),
    ],
)
def test_name(judge: Judge, known, names, expected):
    assert judge(friendly_name, known, plan(VMM, VMM2, friendly_names=names)).status is expected


def test_no_cluster(judge: Judge):
    finding = judge(friendly_name, {(ClusterInfo, VMM): []}, plan(friendly_names=("x",)))
    assert finding.status is Status.NOT_APPLICABLE
