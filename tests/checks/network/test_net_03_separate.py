from __future__ import annotations

import pytest

from checks.network.net_03_separate import apart
from scanner.api import Status
from scanner.facts.adapter import AdapterLayer, ManagementAdapter
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import DefaultRoute, IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, ANY4, GONE, adapter, address, layer, module, network
from tests.conftest import HV02, Judge

GUIDS = {n: f"00000000-0000-0000-0000-00000000000{n}" for n in (7, 8, 9)}


def card(interface: int, *, hardware: bool | None = True, vlan: int | None = None, lower=(), status=1):
    guid = f"{{{GUIDS.get(interface, '').upper()}}}" if interface in GUIDS else None
    return adapter(interface, status), layer(interface, hardware=hardware, vlan=vlan, lower=lower, guid=guid)


def on_switch(interface: int, vlan: int | None = 0, switch: str = "Converged") -> ManagementAdapter:
    return ManagementAdapter(f"nic{interface}", f"{{{GUIDS[interface]}}}", switch, vlan)


def route(interface: int, store: int | None = 1) -> DefaultRoute:
    return DefaultRoute("0.0.0.0/0", "10.9.0.1", interface, 0, store)


LEADING = (route(9),)
PLAIN = (card(7), card(9))
VIRTUAL = (card(7, hardware=False), card(9, hardware=False))
TEAM = (card(7, hardware=False, lower=(20, 21)), card(9, hardware=False, lower=(21,)), card(20), card(21))


def facts(cards=PLAIN, routes=LEADING, switches=(), addresses=("10.9.0.6/24",), rows=None, **changes):
    known = {
        (MigrationNetwork, HV02): [network("10.20.0.0/24")] if rows is None else rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (IPAddress, HV02): [address("10.20.0.6/24"), *(address(text, interface=9) for text in addresses)],
        (NetworkAdapter, HV02): [adapter for adapter, _ in cards],
        (AdapterLayer, HV02): [under for _, under in cards],
        (DefaultRoute, HV02): routes,
        (ManagementAdapter, HV02): switches,
    }
    named = {
        "gateways": (DefaultRoute, HV02),
        "own": (IPAddress, HV02),
        "adapters": (NetworkAdapter, HV02),
        "layers": (AdapterLayer, HV02),
        "switched": (ManagementAdapter, HV02),
        "listed": (MigrationNetwork, HV02),
        "flag": (VMHost, HV02),
    }
    return known | {named[name]: value for name, value in changes.items()}


SAME = [on_switch(7), on_switch(9)]
OWN = [on_switch(7, 30), on_switch(9)]
ONE = [on_switch(7, 30), on_switch(9, 30)]
OTHER = [on_switch(7, 30), on_switch(9, 30, "Another")]


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(facts(), Status.PASS, "physical switch", id="an adapter of its own"),
        pytest.param(facts(routes=[]), Status.PASS, "no default route", id="nobody tells which one is management"),
        pytest.param(facts(routes=[route(7)]), Status.WARN, "carries the default route", id="it leads out"),
        pytest.param(facts(routes=[route(7), route(9)]), Status.WARN, "carries the default route", id="two lead out"),
        pytest.param(facts(routes=[route(7, 0)]), Status.PASS, "no default route", id="a route not in use"),
        pytest.param(facts(routes=[route(7, None)]), Status.WARN, "carries", id="a route whose store is not told"),
        pytest.param(facts(addresses=()), Status.WARN, "the only network", id="one network"),
        pytest.param(facts(addresses=(), routes=[]), Status.WARN, "the only network", id="one network, no route"),
        pytest.param(facts(cards=(card(7), card(9, status=2))), Status.WARN, "the only", id="the other one is down"),
        pytest.param(facts(addresses=["10.20.1.7/16"]), Status.WARN, "interface 9", id="one subnet by two adapters"),
        pytest.param(
            facts(cards=(card(7, vlan=30), card(9)), addresses=["10.20.1.7/16"]), Status.PASS, "VLAN 30", id="VLAN"
        ),
        pytest.param(
            facts(cards=(card(7, vlan=30), card(9, vlan=30))), Status.WARN, "VLAN 30", id="the management's VLAN"
        ),
        pytest.param(facts(cards=(card(7, vlan=30), card(9, vlan=31))), Status.PASS, "VLAN 30", id="two VLANs"),
        pytest.param(facts(cards=(card(7, vlan=0), card(9))), Status.PASS, "10.20.0.0", id="VLAN 0 is none"),
        pytest.param(facts(VIRTUAL, switches=SAME), Status.WARN, "'Converged'", id="on a switch, untagged"),
        pytest.param(facts(VIRTUAL, switches=OWN), Status.PASS, "VLAN 30", id="converged, its own VLAN"),
        pytest.param(facts(VIRTUAL, switches=ONE), Status.WARN, "VLAN 30", id="converged, one VLAN"),
        pytest.param(facts(VIRTUAL, routes=[], switches=ONE), Status.WARN, "VLAN 30", id="likewise, no route"),
        pytest.param(facts(VIRTUAL, routes=[], switches=OTHER), Status.PASS, "VLAN 30", id="of another switch"),
        pytest.param(facts(VIRTUAL, switches=OTHER), Status.WARN, "VLAN 30", id="but the management's"),
        pytest.param(facts(VIRTUAL, switches=[on_switch(7, None)]), Status.UNKNOWN, "not told", id="VLAN not told"),
        pytest.param(facts(VIRTUAL, switched=GONE), Status.UNKNOWN, "ManagementAdapter", id="switches unread"),
        pytest.param(facts(switched=GONE), Status.PASS, "10.20.0.0", id="hardware, switches unread"),
        pytest.param(
            facts((card(7, hardware=None), card(9)), switched=GONE), Status.UNKNOWN, "Management", id="kind not told"
        ),
        pytest.param(facts(VIRTUAL, routes=[route(7)], switched=GONE), Status.WARN, "carries", id="decided before"),
        pytest.param(facts(TEAM), Status.WARN, "hardware of interface 9", id="one team, no VLAN"),
        pytest.param(
            facts((card(7, hardware=False, lower=(20,)), *TEAM[1:])), Status.PASS, "10.20", id="other members"
        ),
        pytest.param(
            facts((TEAM[0], card(9, hardware=False, lower=(21,), vlan=5), *TEAM[2:])), Status.PASS, "10.20", id="tagged"
        ),
        pytest.param(facts(rows=ANY), Status.WARN, "any available", id="any network"),
        pytest.param(facts(rows=[ANY4]), Status.WARN, "any available", id="any network of IPv4"),
        pytest.param(facts(rows=[]), Status.NOT_APPLICABLE, "LM-08", id="none"),
        pytest.param(facts(gateways=GONE), Status.UNKNOWN, "DefaultRoute", id="routes unread"),
        pytest.param(facts(own=GONE), Status.UNKNOWN, "IPAddress", id="addresses unread"),
        pytest.param(facts(adapters=GONE), Status.UNKNOWN, "NetworkAdapter", id="adapters unread"),
        pytest.param(facts(layers=GONE), Status.UNKNOWN, "AdapterLayer", id="layers unread"),
        pytest.param(facts(layers=[layer(9)]), Status.UNKNOWN, "AdapterLayer", id="layer not listed"),
        pytest.param(facts(cards=(card(9),)), Status.UNKNOWN, "interface 7 is not listed", id="adapter not listed"),
        pytest.param(facts(listed=GONE), Status.UNKNOWN, "MigrationNetwork", id="networks unread"),
        pytest.param(facts(flag=GONE), Status.UNKNOWN, "VMHost", id="flag unread"),
    ],
)
def test_separate(judge: Judge, known, expected, said):
    finding = judge(apart, known, subject=HV02)
    assert finding.status is expected, finding
    assert said in finding.seen + finding.note
    assert bool(finding.works) is (expected is Status.WARN)


def test_a_name_of_a_switch_stays_a_name(judge: Judge):
    switches = [on_switch(7, 0, "x" * 500), on_switch(9)]
    assert len(judge(apart, facts(VIRTUAL, switches=switches), subject=HV02).seen) < 200


def test_any_network_needs_no_rows(judge: Judge):
    told = facts() | {(VMHost, HV02): [module(any_network=True)], (MigrationNetwork, HV02): GONE}
    finding = judge(apart, told, subject=HV02)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.WARN
