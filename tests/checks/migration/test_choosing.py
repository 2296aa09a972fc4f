from __future__ import annotations

import ipaddress

import pytest

from checks.migration.choosing import CHOOSING, choose_networks, sources
from scanner.api import GapReason, Route, View
from scanner.facts.host import ClusterInfo
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, ANY4, GONE, adapter, address, module, network, probe
from tests.conftest import HV01, HV02, HV11, estate, evidence

ADD = "Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '{}'"
REMOVE = "Remove-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '{}'"
CLOSE = "Set-VMHost -ComputerName 'hv02.corp.example' -UseAnyNetworkForMigration $false"
TRUSTED, OTHER = "10.20.0.0/24", "10.30.0.0/24"
CONNECTS, SHUT = probe("10.20.0.5:6600", local="10.20.0.9"), probe("10.20.0.5:6600", "TimedOut")


def view(rows=ANY, here=("10.20.0.9/24",), there=("10.20.0.5/24", "10.30.0.5/24"), trusted=(TRUSTED,), **more) -> View:
    known = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): more.get("host", [module(any_network=rows is ANY)]),
        (IPAddress, HV01): here if here is GONE else [address(text) for text in here],
        (IPAddress, HV02): there if there is GONE else [address(text) for text in there],
        (NetworkAdapter, HV01): more.get("ours", [adapter()]),
        (NetworkAdapter, HV02): more.get("adapters", [adapter()]),
        (EndpointProbe, HV01): more.get("answers", GONE),
        (ClusterInfo, HV02): more.get("cluster", []),
    }
    where = estate(trusted=trusted, routes=more.get("routes", (Route(HV01, HV02),)), hosts=(HV01, HV02, HV11))
    facts = {key: rows if isinstance(rows, GapReason) else list(rows) for key, rows in known.items()}
    return View(evidence(facts, where), CHOOSING)


TWO_SOURCES = (Route(HV01, HV02), Route(HV11, HV02), Route(HV02, HV01))


@pytest.mark.parametrize(
    ("seen", "lines"),
    [
        pytest.param(view(), [ADD.format(TRUSTED), CLOSE], id="any"),
        pytest.param(view(answers=[CONNECTS]), [ADD.format(TRUSTED), CLOSE], id="it connects"),
        pytest.param(view(here=["10.40.0.1/24"], answers=[CONNECTS]), [ADD.format(TRUSTED), CLOSE], id="by a router"),
        pytest.param(view(rows=[ANY4]), [ADD.format(TRUSTED), CLOSE], id="one family"),
        pytest.param(view(rows=[]), [ADD.format(TRUSTED)], id="none"),
        pytest.param(view(rows=[network(TRUSTED)]), [], id="nothing to do"),
        pytest.param(view(rows=[*ANY, network(TRUSTED)], host=[module(any_network=True)]), [CLOSE], id="listed"),
        pytest.param(view(rows=[network(TRUSTED)], host=[module(any_network=True)]), [CLOSE], id="any, by the module"),
        pytest.param(view(ours=[adapter(7, 2)]), [], id="the source's adapter down"),
        pytest.param(view(ours=GONE), [], id="the source's adapters unread"),
        pytest.param(view(trusted=()), [], id="no plan"),
        pytest.param(view(cluster=[ClusterInfo("C1", None, None)]), [], id="the cluster's networks"),
        pytest.param(view(cluster=GONE), [ADD.format(TRUSTED), CLOSE], id="whether it is a node is not read"),
        pytest.param(view(trusted=("10.99.0.0/24",)), [], id="no address there"),
        pytest.param(view(there=["10.20.0.5/16"]), [], id="its network is wider than the plan"),
        pytest.param(view(adapters=[adapter(7, 2)]), [], id="adapter down"),
        pytest.param(view(adapters=GONE), [], id="adapters unread"),
        pytest.param(view(answers=[SHUT]), [], id="the source does not reach it"),
        pytest.param(view(here=["10.40.0.1/24"]), [], id="the source is elsewhere, and nobody tried"),
        pytest.param(view(here=["10.20.0.5/24"]), [], id="the source holds the address itself"),
        pytest.param(view(here=GONE), [], id="the source's addresses unread"),
        pytest.param(view(there=GONE), [], id="addresses unread"),
        pytest.param(view(rows=GONE, host=[module()]), [], id="networks unread"),
        pytest.param(view(rows=[], host=GONE), [], id="module unread"),
        pytest.param(view(routes=TWO_SOURCES), [], id="another source has no way there"),
        pytest.param(
            view(there=[f"10.20.{n}.5/24" for n in range(10)], trusted=("10.20.0.0/16",)),
            [*(ADD.format(f"10.20.{n}.0/24") for n in range(10)), CLOSE],
            id="ten",
        ),
        pytest.param(view(there=[f"10.20.{n}.5/24" for n in range(11)], trusted=("10.20.0.0/16",)), [], id="eleven"),
    ],
)
def test_choose_networks(seen, lines):
    assert choose_networks(seen, HV02).splitlines() == lines


@pytest.mark.parametrize(
    ("seen", "lines"),
    [
        pytest.param(view(rows=[network(TRUSTED), network(OTHER)]), [REMOVE.format(OTHER)], id="one stays"),
        pytest.param(view(rows=[network(OTHER)]), [ADD.format(TRUSTED), REMOVE.format(OTHER)], id="one comes"),
        pytest.param(view(rows=[network(OTHER)], trusted=()), [], id="none would stay"),
        pytest.param(
            view(rows=[network(OTHER)], trusted=(), routes=[Route(HV02, HV01)]), [], id="none would stay for nobody"
        ),
        pytest.param(view(rows=[network(OTHER)], trusted=(OTHER,)), [], id="what goes does not come again"),
        pytest.param(
            view(rows=[network(OTHER)], trusted=(OTHER,), here=["10.30.0.9/24"]), [], id="nor where the source is in it"
        ),
        pytest.param(view(rows=[network(TRUSTED), network(OTHER)], answers=[SHUT]), [], id="the other is no way"),
    ],
)
def test_a_network_is_taken_away_only_beside_one_that_stays(seen, lines):
    assert choose_networks(seen, HV02, without=[ipaddress.ip_network(OTHER)]).splitlines() == lines


def test_nothing_is_added_where_nothing_shall_be():
    listed = [network("10.20.1.0/24"), network(OTHER)]
    seen = view(rows=listed, here=["10.20.1.9/24"], there=["10.20.0.5/24", "10.20.1.5/24"])
    gone = [ipaddress.ip_network(OTHER)]
    assert choose_networks(seen, HV02, without=gone, add=False).splitlines() == [REMOVE.format(OTHER)]
    assert choose_networks(seen, HV02, without=gone).splitlines() == [ADD.format(TRUSTED), REMOVE.format(OTHER)]


def test_sources():
    assert sources(view(routes=TWO_SOURCES), HV02) == (HV01, HV11)
    assert sources(view(), HV01) == ()
