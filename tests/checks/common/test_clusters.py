"""Which hosts of the estate are nodes of one cluster, by the cluster's full name."""

from __future__ import annotations

import pytest

from checks.common.clusters import fellows, hosts_of
from scanner.api import GapReason, View
from scanner.facts.host import ClusterInfo, ComputerSystem
from tests.conftest import CORP, HV01, HV02, estate, evidence

HV03 = "hv03.corp.example"


def view(clusters, systems=None) -> View:
    facts = {(ClusterInfo, host): rows for host, rows in clusters.items()}
    for host in clusters:
        short = host.partition(".")[0]
        facts[ComputerSystem, host] = (systems or {}).get(host, [ComputerSystem(short, short, CORP, True, 3)])
    return View(evidence(facts, estate(hosts=(HV01, HV02, HV03))), (ClusterInfo, ComputerSystem))


def one(name: str | None, fqdn: str | None = None) -> list[ClusterInfo]:
    return [ClusterInfo(name, fqdn, 10)]  # type: ignore[arg-type]


ALONE = [ComputerSystem("hv01", "hv01", "WORKGROUP", False, 2)]


@pytest.mark.parametrize(
    ("rows", "systems", "name"),
    [
        (one("CL1", "CL1.Corp.Example."), None, "cl1.corp.example"),
        (one("CL1"), None, "cl1.corp.example"),
        (one("CL1", ""), None, "cl1.corp.example"),
        (one("CL1"), {HV01: ALONE}, "cl1"),
        (one("CL1"), {HV01: GapReason.TIMEOUT}, "cl1"),
        (one(""), None, "unnamed.corp.example"),
    ],
)
def test_the_full_name_of_a_cluster(rows, systems, name):
    assert hosts_of(view({HV01: rows}, systems), name) == (HV01,)


def test_nodes_of_one_cluster():
    known = view({HV01: one("CL2", "cl2.corp.example"), HV02: one("CL1", "cl1.corp.example"), HV03: one("CL1")})
    assert hosts_of(known, "cl1.corp.example") == (HV02, HV03)
    assert hosts_of(known, "cl9.corp.example") == ()
    assert [fellows(known, host) for host in (HV01, HV02, HV03)] == [(HV01,), (HV02, HV03), (HV02, HV03)]


def test_a_host_of_no_cluster_is_alone():
    known = view({HV01: [], HV02: one("CL1", "cl1.corp.example")})
    assert fellows(known, HV01) == (HV01,)
