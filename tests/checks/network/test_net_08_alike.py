from __future__ import annotations

import pytest

from checks.network.net_08_alike import alike
from scanner.api import Status
from scanner.facts.adapter import AdapterLayer, ManagementAdapter
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import ANY, GONE, adapter, address, layer, module, network, probe
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

A = "10.20.0.6"
GUID = "{00000000-0000-0000-0000-000000000007}"
OK, NO = "Connected", "TimedOut"


def card(vlan: int | None = None, *, hardware: bool = True, status: int = 1) -> tuple[NetworkAdapter, AdapterLayer]:
    return adapter(7, status), layer(vlan=vlan, hardware=hardware, guid=GUID)


def facts(here="10.20.0.5/24", there=f"{A}/24", outcome="", ours=None, theirs=None, rows=None, **changes):
    known = {
        (MigrationNetwork, HV02): [network("10.20.0.0/16")] if rows is None else rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (IPAddress, HV01): [address(text) for text in here.split()],
        (IPAddress, HV02): [address(text) for text in there.split()],
        (NetworkAdapter, HV01): [(ours or card())[0]],
        (NetworkAdapter, HV02): [(theirs or card())[0]],
        (AdapterLayer, HV01): [(ours or card())[1]],
        (AdapterLayer, HV02): [(theirs or card())[1]],
        (ManagementAdapter, HV01): [],
        (ManagementAdapter, HV02): [],
        (EndpointProbe, HV01): [probe(f"{A}:6600", outcome, local="10.20.0.5", remote=A)] if outcome else [],
    }
    named = {
        "here_unread": (IPAddress, HV01),
        "there_unread": (IPAddress, HV02),
        "ours_switched": (ManagementAdapter, HV01),
        "theirs_switched": (ManagementAdapter, HV02),
        "probes": (EndpointProbe, HV01),
        "listed": (MigrationNetwork, HV02),
        "adapters": (NetworkAdapter, HV02),
        "our_layers": (AdapterLayer, HV01),
        "their_layers": (AdapterLayer, HV02),
        "flag": (VMHost, HV02),
    }
    return known | {named[name]: value for name, value in changes.items()}


def switched(vlan: int | None) -> list[ManagementAdapter]:
    return [ManagementAdapter("LM", GUID.upper(), "Converged", vlan)]


LONGER = {"there": f"{A}/28"}
TAGGED = {"ours": card(30), "theirs": card(31)}
VIRTUAL = {"ours": card(hardware=False), "theirs": card(hardware=False)}


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(facts(), Status.PASS, "/24", id="alike, nobody tried"),
        pytest.param(facts(outcome=NO), Status.PASS, "/24", id="alike, closed: for RCH-01"),
        pytest.param(facts(outcome=OK, **LONGER), Status.WARN, "/24 and /28", id="lengths differ, connects"),
        pytest.param(facts(outcome=NO, **LONGER), Status.FAIL, "/24 and /28", id="lengths differ, does not connect"),
        pytest.param(facts(**LONGER), Status.UNKNOWN, "/24 and /28", id="lengths differ, nobody tried"),
        pytest.param(facts(probes=GONE, **LONGER), Status.UNKNOWN, "/24 and /28", id="lengths differ, probes unread"),
        pytest.param(facts("10.20.0.5/28", outcome=OK), Status.WARN, "/28 and /24", id="the source's is longer"),
        pytest.param(
            facts("10.20.0.200/28", outcome=OK), Status.WARN, "/28", id="near by the destination's word alone"
        ),
        pytest.param(facts("10.20.0.5/24 10.0.0.1/8"), Status.PASS, "/24", id="a wide network beside"),
        pytest.param(facts("10.0.0.1/8", outcome=OK), Status.WARN, "/8 and /24", id="a wide network alone"),
        pytest.param(facts("10.21.0.5/24"), Status.NOT_APPLICABLE, "share no network", id="none shared"),
        pytest.param(facts("fd00::5/64", f"{A}/24"), Status.NOT_APPLICABLE, "share no", id="other families"),
        pytest.param(facts(f"{A}/24"), Status.NOT_APPLICABLE, "share no network", id="one address of both"),
        pytest.param(facts(ours=card(status=2)), Status.NOT_APPLICABLE, "share no", id="the source's adapter is down"),
        pytest.param(facts(ours=card(30), theirs=card(30)), Status.PASS, "/24", id="one VLAN"),
        pytest.param(facts(outcome=OK, **TAGGED), Status.WARN, "VLAN 30 and 31", id="two VLANs, connects"),
        pytest.param(facts(outcome=NO, **TAGGED), Status.FAIL, "VLAN 30 and 31", id="two VLANs, does not connect"),
        pytest.param(facts(**TAGGED), Status.UNKNOWN, "VLAN 30 and 31", id="two VLANs, nobody tried"),
        pytest.param(facts(theirs=card(31)), Status.PASS, "VLAN 31 at one end", id="untagged beside tagged"),
        pytest.param(facts(ours=card(0), theirs=card(None)), Status.PASS, "/24", id="0 and null are none"),
        pytest.param(
            facts(ours_switched=switched(30), theirs_switched=switched(31), outcome=OK, **VIRTUAL),
            Status.WARN,
            "VLAN 30 and 31",
            id="two VLANs of virtual switches",
        ),
        pytest.param(
            facts(ours_switched=switched(30), theirs_switched=switched(30), **VIRTUAL), Status.PASS, "/24", id="one"
        ),
        pytest.param(facts(ours_switched=switched(None), **VIRTUAL), Status.UNKNOWN, "is not told", id="VLAN not told"),
        pytest.param(facts(ours_switched=GONE, **VIRTUAL), Status.UNKNOWN, "ManagementAdapter", id="source's switches"),
        pytest.param(facts(ours_switched=GONE), Status.PASS, "/24", id="hardware needs no switches"),
        pytest.param(facts(here_unread=GONE), Status.UNKNOWN, "IPAddress", id="source's addresses unread"),
        pytest.param(facts(there_unread=GONE), Status.UNKNOWN, "IPAddress", id="addresses unread"),
        pytest.param(facts(adapters=GONE), Status.UNKNOWN, "NetworkAdapter", id="adapters unread"),
        pytest.param(facts(our_layers=GONE), Status.UNKNOWN, "AdapterLayer", id="source's layers unread"),
        pytest.param(facts(their_layers=GONE), Status.UNKNOWN, "AdapterLayer", id="layers unread"),
        pytest.param(facts(their_layers=[layer(9)]), Status.UNKNOWN, "AdapterLayer", id="layer not listed"),
        pytest.param(facts(listed=GONE), Status.UNKNOWN, "MigrationNetwork", id="networks unread"),
        pytest.param(facts(flag=GONE), Status.UNKNOWN, "VMHost", id="flag unread"),
        pytest.param(facts(rows=ANY), Status.PASS, "/24", id="any network"),
        pytest.param(facts(rows=[]), Status.NOT_APPLICABLE, "LM-11", id="no network"),
    ],
)
def test_alike(judge: Judge, known, expected, said):
    finding = judge(alike, known)
    assert finding.status is expected, finding
    assert said in finding.seen + finding.note


def test_it_asks_what_decides():
    asked = {(ask.fact, ask.target, ask.argument) for ask in asks_of([alike], evidence(facts(), estate()))}
    assert asked == {(EndpointProbe, HV01, f"{A}:6600")}
    own = facts(f"{A}/24")
    assert not [ask for ask in asks_of([alike], evidence(own, estate())) if ask.fact is not Neighbour]
    shared = evidence(facts() | {(IPAddress, HV11): [address(f"{A}/24")]}, estate(hosts=(HV01, HV02, HV11)))
    assert [ask.argument for ask in asks_of([alike], shared) if ask.fact is Neighbour] == [A]


def test_any_network_needs_no_rows(judge: Judge):
    told = facts() | {(VMHost, HV02): [module(any_network=True)], (MigrationNetwork, HV02): GONE}
    finding = judge(alike, told)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.PASS
