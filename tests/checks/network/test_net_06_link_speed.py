from __future__ import annotations

from dataclasses import replace

import pytest

from checks.network.net_06_link_speed import link_speed
from scanner.api import Status, Thresholds
from scanner.facts.adapter import AdapterLayer
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, GONE, adapter, address, layer, module, network
from tests.conftest import HV02, Judge, estate

GIGABIT = 10**9
LISTED = (network("10.20.0.0/24"),)


def card(interface: int = 7, speed: int | None = 10 * GIGABIT, *, hardware: bool | None = True, lower=(), status=1):
    return replace(adapter(interface, status), speed=speed), layer(interface, hardware=hardware, lower=lower)


def facts(*cards, rows=LISTED, **changes):
    known = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (IPAddress, HV02): [address("10.20.0.6/24"), address("10.9.0.6/24", interface=9)],
        (NetworkAdapter, HV02): [adapter for adapter, _ in cards],
        (AdapterLayer, HV02): [under for _, under in cards],
    }
    named = {"own": (IPAddress, HV02), "adapters": (NetworkAdapter, HV02), "listed": (MigrationNetwork, HV02)}
    named["layers"] = (AdapterLayer, HV02)
    return known | {named[name]: value for name, value in changes.items()}


def virtual(*lower: int) -> tuple[NetworkAdapter, AdapterLayer]:
    return card(hardware=False, lower=lower)


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(facts(card()), Status.PASS, "10,000 Mbit/s", id="10 Gb/s"),
        pytest.param(facts(card(speed=10**10 - 1)), Status.PASS, "below 10 Gbit/s", id="a bit less"),
        pytest.param(facts(card(speed=GIGABIT)), Status.PASS, "below 10 Gbit/s", id="1 Gb/s"),
        pytest.param(facts(card(speed=GIGABIT - 1)), Status.WARN, "999 Mbit/s", id="a bit less than 1 Gb/s"),
        pytest.param(facts(card(speed=10**8)), Status.WARN, "100 Mbit/s", id="100 Mb/s"),
        pytest.param(facts(card(speed=None)), Status.UNKNOWN, "not told", id="null"),
        pytest.param(facts(card(speed=0)), Status.UNKNOWN, "not told", id="zero"),
        pytest.param(facts(card(speed=2**64 - 1)), Status.UNKNOWN, "not told", id="all ones"),
        pytest.param(facts(card(speed=-1)), Status.UNKNOWN, "not told", id="all ones with a sign"),
        pytest.param(facts(virtual()), Status.PASS, "of itself", id="virtual, nothing beneath told"),
        pytest.param(facts(virtual(99)), Status.PASS, "of itself", id="virtual, beneath not listed"),
        pytest.param(facts(virtual(20), card(20, GIGABIT)), Status.PASS, "1,000 Mbit/s", id="virtual on 1 Gb/s"),
        pytest.param(facts(virtual(20), card(20, 10**8)), Status.WARN, "100 Mbit/s", id="virtual on 100 Mb/s"),
        pytest.param(
            facts(virtual(20, 21), card(20), card(21, 10**8)), Status.WARN, "100 Mbit/s", id="the slowest member"
        ),
        pytest.param(
            facts(virtual(20, 21), card(20), card(21, 10**8, status=2)), Status.PASS, "10,000", id="one that is down"
        ),
        pytest.param(facts(virtual(20), card(20, None)), Status.UNKNOWN, "not told", id="of the hardware not told"),
        pytest.param(
            facts(virtual(20, 21), card(20), card(21, None)), Status.UNKNOWN, "not told", id="of one member not told"
        ),
        pytest.param(
            facts(virtual(8), card(8, hardware=False, lower=(20,)), card(20, 10**8)), Status.WARN, "100", id="two down"
        ),
        pytest.param(facts(virtual(7, 8), card(8, hardware=False, lower=(7,))), Status.PASS, "of itself", id="a ring"),
        pytest.param(facts(card(hardware=None)), Status.PASS, "10,000 Mbit/s", id="kind not told"),
        pytest.param(facts(card(), card(9, 10**8)), Status.PASS, "10,000", id="another adapter is slow"),
        pytest.param(facts(card(), card(9, 10**8), rows=ANY), Status.WARN, "interface 9", id="any network"),
        pytest.param(facts(card(), rows=[]), Status.NOT_APPLICABLE, "LM-08", id="none"),
        pytest.param(facts(card(status=2)), Status.NOT_APPLICABLE, "LM-10", id="down"),
        pytest.param(facts(card(9)), Status.UNKNOWN, "interface 7 is not listed", id="adapter not listed"),
        pytest.param(facts(adapters=GONE), Status.UNKNOWN, "NetworkAdapter", id="adapters unread"),
        pytest.param(facts(card(), layers=GONE), Status.UNKNOWN, "AdapterLayer", id="layers unread"),
        pytest.param(facts(card(), layers=[layer(9)]), Status.UNKNOWN, "AdapterLayer", id="layer not listed"),
        pytest.param(
            facts(card(), layers=[layer(7, hardware=False, lower=(20,)), layer(20)]),
            Status.UNKNOWN,
            "interface 20 is not listed",
            id="hardware beneath that only one answer lists",
        ),
        pytest.param(facts(card(), own=GONE), Status.UNKNOWN, "IPAddress", id="addresses unread"),
        pytest.param(facts(card(), listed=GONE), Status.UNKNOWN, "MigrationNetwork", id="networks unread"),
    ],
)
def test_speed(judge: Judge, known, expected, said):
    finding = judge(link_speed, known, subject=HV02)
    assert finding.status is expected, finding
    assert said in finding.seen + finding.note
    assert "10,000" not in finding.seen or "below" not in finding.note


@pytest.mark.parametrize(("wanted", "expected"), [(10_000, Status.PASS), (10_001, Status.WARN), (0, Status.PASS)])
def test_the_threshold_is_the_users(judge: Judge, wanted, expected):
    where = estate(thresholds=Thresholds(link_mbit=wanted))
    finding = judge(link_speed, facts(card()), where, subject=HV02)
    assert finding.status is expected
    assert expected is Status.PASS or finding.wanted == "10,001 Mbit/s at least"


def test_any_network_needs_no_rows(judge: Judge):
    told = facts(card(), card(9)) | {(VMHost, HV02): [module(any_network=True)], (MigrationNetwork, HV02): GONE}
    finding = judge(link_speed, told, subject=HV02)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.PASS
