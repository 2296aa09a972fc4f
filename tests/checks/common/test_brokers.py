"""The name in which a host replicates: its own, or that of its cluster's one broker."""

from __future__ import annotations

import pytest

from checks.common.brokers import NAMED_BY, replica_name
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.cluster_resources import BROKER, NETWORK_NAME, ClusterParameters, ClusterResource
from scanner.facts.host import ClusterInfo, Service
from tests.checks.common.builders import GONE, GUID
from tests.conftest import HV01, evidence

KINDS = (BROKER, NETWORK_NAME)
NODE = Service("ClusSvc", "Running", "Auto", 5, None)
CLUSTER = ClusterInfo("CL1", "cl1.corp.example", 10)


def resources(*roles: str) -> list[ClusterResource]:
    every = ((GUID.format(2 * n + m), kind, role) for n, role in enumerate(roles) for m, kind in enumerate(KINDS))
    return [
        ClusterResource(id=name, name=name, kind=kind, group=role, state=2, owner=None) for name, kind, role in every
    ]


def parameters(*roles: str) -> list[ClusterParameters]:
    return [
        ClusterParameters(
            path=rf"HKEY_LOCAL_MACHINE\Cluster\Resources\{GUID.format(2 * n + 1)}\Parameters",
            name=role.upper(), dns_name=role, address=None, by_dhcp=None,
        )
        for n, role in enumerate(roles)
    ]  # fmt: skip


def view(services, cluster=(), roles=(), told=None) -> View:
    answers = {
        (Service, HV01): services,
        (ClusterInfo, HV01): list(cluster),
        (ClusterResource, HV01): resources(*roles),
        (ClusterParameters, HV01): parameters(*roles) if told is None else told,
    }
    return View(evidence(answers), NAMED_BY)


def test_a_host_alone_has_its_own_name():
    assert replica_name(view([]), HV01) == HV01


def test_a_node_replicates_in_its_brokers_name():
    assert replica_name(view([NODE], [CLUSTER], ("broker",)), HV01) == "broker.corp.example"


@pytest.mark.parametrize(
    ("known", "why"),
    [
        pytest.param(view(GONE), "Service of", id="services unread"),
        pytest.param(view([NODE], [CLUSTER]), "has no replica broker", id="none"),
        pytest.param(view([NODE], [CLUSTER], ("one", "other")), "several names", id="two"),
        pytest.param(view([NODE], [CLUSTER], ("one",), []), "is not told", id="no name"),
        pytest.param(view([NODE], [CLUSTER], ("one",), GapReason.TIMEOUT), "ClusterParameters", id="name unread"),
    ],
)
def test_a_name_that_is_not_known(known, why):
    with pytest.raises(MissingEvidence, match=why):
        replica_name(known, HV01)
