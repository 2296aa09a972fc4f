from __future__ import annotations

import pytest

from checks.common.member import is_member
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.host import ClusterInfo, Service
from tests.conftest import HV01, evidence

NODE = ClusterInfo("CL01", "cl01.corp.example", 10)


def service(state: str = "Running", mode: str = "Auto", name: str = "ClusSvc") -> Service:
    return Service(name, state, mode, 0, None)


VMMS = service(name="vmms")


def ask(services: object, cluster: object) -> bool:
    facts = {(Service, HV01): services, (ClusterInfo, HV01): cluster}
    return is_member(View(evidence({k: v for k, v in facts.items() if v is not None}), (Service, ClusterInfo)), HV01)


@pytest.mark.parametrize(
    ("services", "cluster", "expected"),
    [
        pytest.param([VMMS], None, False, id="no cluster service, record not even asked"),
        pytest.param([VMMS, service("Stopped", "Disabled")], GapReason.NOT_COLLECTED, False, id="feature only"),
        pytest.param([service(), VMMS], [NODE], True, id="node"),
        pytest.param([service(name="CLUSSVC")], [NODE], True, id="name in another case"),
        pytest.param([service()], [], False, id="running, no cluster"),
        pytest.param([service("Running", "Disabled")], [NODE], True, id="disabled for the next start, still a node"),
        pytest.param([VMMS], [NODE], True, id="no cluster service, yet the record answers"),
        pytest.param([service("Stopped", "Disabled")], [NODE], True, id="disabled and stopped, yet the record answers"),
        pytest.param([service("Stopped", "Manual")], [NODE], True, id="stopped, yet the record answers"),
    ],
)
def test_answer(services, cluster, expected):
    assert ask(services, cluster) is expected


@pytest.mark.parametrize(
    ("services", "cluster"),
    [
        pytest.param(None, [NODE], id="services never asked"),
        pytest.param(GapReason.TIMEOUT, [NODE], id="services unknown"),
        pytest.param([service()], GapReason.ACCESS_DENIED, id="running, record unreadable"),
        pytest.param([service("Running", "Disabled")], GapReason.ACCESS_DENIED, id="running, whatever it will do next"),
        pytest.param([service("Stopped")], GapReason.NOT_COLLECTED, id="stopped, record unreadable"),
        pytest.param([service("Stopped")], [], id="stopped, no row proves nothing"),
        pytest.param([service("Start Pending")], [], id="not yet running, no row proves nothing"),
    ],
)
def test_unknown(services, cluster):
    with pytest.raises(MissingEvidence):
        ask(services, cluster)
