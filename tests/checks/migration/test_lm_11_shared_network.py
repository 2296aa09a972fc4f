from __future__ import annotations

import pytest

from checks.migration.lm_11_shared_network import shared_network
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import ANY, GONE, adapter, address, module, neighbour, network, probe
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

NET = [network("10.20.0.0/24")]
THERE, HERE, ELSEWHERE = address("10.20.0.6/24"), address("10.20.0.5/24"), address("10.40.0.5/24")
UP = (adapter(),)
OPEN, SHUT = probe("10.20.0.6:6600", local="10.20.0.5"), probe("10.20.0.6:6600", "TimedOut")


LEFT_ELSEWHERE = probe("10.20.0.6:6600", local="10.77.11.1")
SECOND, ALSO = address("10.20.0.7/24"), probe("10.20.0.7:6600", local="10.20.0.5")
THEIRS, HIS = "00-15-5D-00-00-02", "00-15-5D-00-00-03"


def third(*rows):
    return {(IPAddress, HV11): list(rows), (NetworkAdapter, HV11): [adapter(link_layer=HIS)]}


def wire(link_layer: str):
    return {
        (Neighbour, HV01): [neighbour("10.20.0.6", link_layer)],
        (NetworkAdapter, HV02): [adapter(link_layer=THEIRS)],
    }


def facts(here=(HERE,), there=(THERE,), rows=NET, probes=(OPEN,), up_here=UP, up_there=UP):
    pairs = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (IPAddress, HV01): here,
        (IPAddress, HV02): there,
        (NetworkAdapter, HV01): up_here,
        (NetworkAdapter, HV02): up_there,
        (EndpointProbe, HV01): probes,
    }
    return {key: value if value is GONE else list(value) for key, value in pairs.items()}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(), Status.PASS, id="shared"),
        pytest.param(facts(probes=[LEFT_ELSEWHERE]), Status.WARN, id="shared by subnet, it left by another network"),
        pytest.param(
            facts(here=[HERE, address("10.20.0.4/24")], probes=[probe("10.20.0.6:6600", local="10.20.0.4")]),
            Status.PASS,
            id="it left by another address in that network",
        ),
        pytest.param(facts(probes=[probe("10.20.0.6:6600")]), Status.PASS, id="where it left is not told"),
        pytest.param(facts(probes=[probe("10.20.0.6:6600", local="junk")]), Status.PASS, id="no address told"),
        pytest.param(
            facts(there=[THERE, SECOND], probes=[LEFT_ELSEWHERE, ALSO]), Status.PASS, id="one of two left by it"
        ),
        pytest.param(facts(probes=GONE), Status.UNKNOWN, id="shared, attempts unread"),
        pytest.param(facts(probes=[]), Status.PASS, id="shared, nobody tried"),
        pytest.param(facts(probes=[SHUT]), Status.FAIL, id="shared by subnet, does not connect"),
        pytest.param(facts(probes=[probe("10.20.0.6:6600", "Refused")]), Status.FAIL, id="shared, refused"),
        pytest.param(facts(here=[THERE]), Status.FAIL, id="the same address"),
        pytest.param(facts(here=[HERE, THERE]), Status.FAIL, id="the source holds it, too"),
        pytest.param(facts(here=[HERE, THERE], there=[THERE, SECOND], probes=[ALSO]), Status.PASS, id="another way"),
        pytest.param(facts(there=[THERE, SECOND], probes=[SHUT, ALSO]), Status.PASS, id="one of two connects"),
        pytest.param(facts(there=[THERE, SECOND], probes=[SHUT]), Status.UNKNOWN, id="one of two not tried"),
        pytest.param(facts() | third(THERE), Status.UNKNOWN, id="connects, but a third machine holds it"),
        pytest.param(facts(probes=[]) | third(THERE), Status.UNKNOWN, id="nobody tried, a third machine holds it"),
        pytest.param(facts(probes=[], there=[THERE, SECOND]) | third(THERE), Status.PASS, id="one of two is its own"),
        pytest.param(facts() | third(THERE) | wire(THEIRS), Status.PASS, id="its adapter answered"),
        pytest.param(facts() | third(THERE) | wire(HIS), Status.FAIL, id="a third machine's adapter answered"),
        pytest.param(facts(here=[ELSEWHERE]) | third(THERE), Status.UNKNOWN, id="routed, a third machine holds it"),
        pytest.param(facts(rows=ANY), Status.PASS, id="shared, any network"),
        pytest.param(facts(here=[ELSEWHERE]), Status.WARN, id="routed"),
        pytest.param(facts(here=[ELSEWHERE], probes=[SHUT]), Status.FAIL, id="not reached"),
        pytest.param(facts(here=[ELSEWHERE], probes=[probe("10.20.0.6:6600", "Refused")]), Status.FAIL, id="refused"),
        pytest.param(facts(here=[ELSEWHERE], probes=[probe("10.20.0.7:6600")]), Status.UNKNOWN, id="another probed"),
        pytest.param(facts(here=[ELSEWHERE], probes=GONE), Status.UNKNOWN, id="not probed"),
        pytest.param(facts(up_here=[adapter(7, 2)], probes=[SHUT]), Status.FAIL, id="source's adapter down"),
        pytest.param(facts(up_here=GONE), Status.UNKNOWN, id="source's adapters unread"),
        pytest.param(facts(up_there=GONE), Status.UNKNOWN, id="destination's adapters unread"),
        pytest.param(facts(up_there=[adapter(7, 2)]), Status.FAIL, id="destination's adapter down"),
        pytest.param(facts(rows=[network("10.99.0.0/24")]), Status.FAIL, id="nothing usable there"),
        pytest.param(
            facts(rows=[network("10.0.0.0/8")], here=[address("10.40.0.5/24")]), Status.WARN, id="listed wide, routed"
        ),
        pytest.param(facts(here=GONE), Status.UNKNOWN, id="source's addresses unread"),
        pytest.param(facts(there=GONE), Status.UNKNOWN, id="destination's addresses unread"),
        pytest.param(facts(rows=GONE), Status.UNKNOWN, id="networks unread"),
        pytest.param(
            facts(rows=GONE, here=[ELSEWHERE]) | {(VMHost, HV02): [module(any_network=True)]},
            Status.WARN,
            id="networks unread, any by module",
        ),
    ],
)
def test_shared_network(judge: Judge, known, expected):
    assert judge(shared_network, known).status is expected


def test_texts(judge: Judge):
    assert judge(shared_network, facts()).seen == "10.20.0.5 → 10.20.0.6"
    finding = judge(shared_network, facts(here=[ELSEWHERE], probes=[SHUT]))
    assert finding.seen == "hv01.corp.example is not in 10.20.0.0/24, and does not reach it on TCP 6600"
    assert finding.wanted == "an address of both hosts in one network"
    routed = judge(shared_network, facts(here=[ELSEWHERE]))
    assert routed.works == "the source connects to the destination's migration address through a router"
    by_subnet = judge(shared_network, facts(probes=[SHUT]))
    assert by_subnet.seen.startswith("in one network by their subnets, but 10.20.0.6:6600: no answer")
    assert judge(shared_network, facts(probes=[])).note == "nobody tried to connect"
    assert judge(shared_network, facts()).note == ""
    own = judge(shared_network, facts(here=[THERE]))
    assert own.seen.endswith(
        "no usable migration network but with addresses that hv01.corp.example holds itself: 10.20.0.6"
    )


def test_only_the_ways_that_an_attempt_took_are_named(judge: Judge):
    finding = judge(shared_network, facts(there=[THERE, SECOND], probes=[LEFT_ELSEWHERE, ALSO]))
    assert finding.seen == "10.20.0.5 → 10.20.0.7"
    finding = judge(shared_network, facts(probes=[LEFT_ELSEWHERE]))
    assert finding.seen.endswith("but hv01.corp.example reaches 10.20.0.6 from 10.77.11.1")
    assert finding.works == "the source connects to the destination's migration address by another of its networks"


def test_what_is_missing_is_told(judge: Judge):
    assert "adapters of hv01" in judge(shared_network, facts(up_here=GONE)).note
    assert "MigrationNetwork of hv02" in judge(shared_network, facts(rows=GONE)).note
    finding = judge(shared_network, facts(rows=[network("10.99.0.0/24")]))
    assert finding.seen == "hv02.corp.example has no usable migration network"


def test_asks_for_the_destinations_addresses_on_the_source():
    there = [THERE, address("fd00:20::6/64"), address("10.99.0.6/24", interface=8)]
    record = evidence(facts(there=there, rows=[*NET, network("fd00:20::/64")], up_there=[adapter(7), adapter(8)]))
    asked = list(asks_of([shared_network], record))
    assert {(ask.fact, ask.target) for ask in asked} == {(EndpointProbe, HV01)}
    assert [ask.argument for ask in asked] == ["10.20.0.6:6600", "[fd00:20::6]:6600"]


def test_asks_who_answered_where_another_machine_holds_the_address_too():
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02),))
    asked = list(asks_of([shared_network], evidence(facts() | third(THERE), where)))
    assert [(ask.fact, ask.target, ask.argument) for ask in asked] == [
        (EndpointProbe, HV01, "10.20.0.6:6600"),
        (Neighbour, HV01, "10.20.0.6"),
    ]
