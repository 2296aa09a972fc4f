"""The nodes of a cluster beside the hosts of the estate, and which of their addresses somebody gave."""

from __future__ import annotations

import pytest

from checks.cluster.nodes import ORIGINS, static, unread_nodes
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.address_origin import DHCP, MANUAL, AddressOrigin
from scanner.facts.cluster_resources import ClusterNode, ClusterParameters
from scanner.facts.host import ComputerSystem
from scanner.facts.network import NetworkAdapter
from tests.checks.common.certified import addresses
from tests.conftest import CORP, HV01, HV02, evidence


def view(facts) -> View:
    return View(evidence(facts), ORIGINS)


def named(name: str) -> list[ComputerSystem]:
    return [ComputerSystem(name, name.lower(), CORP, True, 3)]


@pytest.mark.parametrize(
    ("nodes", "systems", "expected"),
    [
        (["hv01", "HV02"], {HV01: named("HV01"), HV02: named("hv02")}, ()),
        (["hv01", "hv03"], {HV01: named("HV01"), HV02: named("HV02")}, ("HV03",)),
        (["node7", "hv02"], {HV01: named("NODE7"), HV02: named("HV02")}, ()),
        (["hv01", "hv02"], {HV01: named("NODE7"), HV02: named("HV02")}, ("HV01",)),
        (["hv01", "hv02"], {HV01: GapReason.TIMEOUT, HV02: []}, ()),
    ],
)
def test_nodes_that_are_no_hosts_of_the_estate(nodes, systems, expected):
    facts = {(ClusterNode, HV01): [ClusterNode(name, 0) for name in nodes], (ClusterNode, HV02): GapReason.TIMEOUT}
    facts |= {(ComputerSystem, host): rows for host, rows in systems.items()}
    assert unread_nodes(view(facts), (HV01, HV02)) == expected


def test_nobody_tells_the_nodes():
    with pytest.raises(MissingEvidence):
        unread_nodes(view({(ClusterNode, HV01): GapReason.TIMEOUT}), (HV01,))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (addresses(HV01, DHCP), []),
        (addresses(HV01, DHCP, MANUAL), [f"10.0.0.12 of {HV01}"]),
        (addresses(HV01, MANUAL, up=False), [f"none of {HV01} is DHCP's"]),
        (addresses(HV01, DHCP, given=("10.0.0.50",)), []),
    ],
)
def test_addresses_that_somebody_gave(rows, expected):
    parameters = [ClusterParameters("x", None, None, "10.0.0.50", 0), ClusterParameters("y", "N", "n", None, None)]
    assert list(static(view({**rows, (ClusterParameters, HV01): parameters}), (HV01,))) == expected


def test_what_is_no_address_is_left_out():
    rows = {
        (AddressOrigin, HV01): [AddressOrigin(text, 4, 2, 4, 1, DHCP) for text in ("no address", "10.0.0.11")],
        (NetworkAdapter, HV01): [NetworkAdapter(4, "Management", 1, 1, None)],
        (ClusterParameters, HV01): [],
    }
    assert list(static(view(rows), (HV01,))) == []
