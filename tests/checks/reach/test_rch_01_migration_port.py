from __future__ import annotations

import pytest

from checks.reach.rch_01_migration_port import migration_port
from scanner.api import Fact, Route, Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import ANY, GONE, adapter, address, module, neighbour, network, probe, settings
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

NETS = [network("10.20.0.0/24"), network("10.30.0.0/24")]
A, B, MGMT = "10.20.0.6", "10.30.0.6", "192.168.1.6"
LISTENS = (A, B, MGMT, "fe80::1%7")


def facts(probes=(), rows=NETS, listening=LISTENS, here=("10.20.0.5/24",), host=None, **changes):
    known = {
        (MigrationService, HV02): [MigrationService(tuple(listening))],
        (MigrationNetwork, HV02): rows,
        (MigrationSettings, HV02): [settings()],
        (VMHost, HV02): host or [module(any_network=rows is ANY)],
        (IPAddress, HV01): [address(text) for text in here],
        (NetworkAdapter, HV01): [adapter()],
        (EndpointProbe, HV01): [probe(f"{a}:6600", outcome, local="10.20.0.5") for a, outcome in dict(probes).items()],
    }
    named = {
        "service": (MigrationService, HV02),
        "setting": (MigrationSettings, HV02),
        "here_unread": (IPAddress, HV01),
        "here_up": (NetworkAdapter, HV01),
        "probes_unread": (EndpointProbe, HV01),
    }
    return known | {named[name]: value for name, value in changes.items()}


OK, NO, RST = "Connected", "TimedOut", "Refused"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts({A: OK, B: OK}), Status.PASS, id="both"),
        pytest.param(facts({A: OK, B: OK, MGMT: NO}), Status.PASS, id="management address does not count"),
        pytest.param(facts({A: OK, B: NO}), Status.WARN, id="one of a network the source is not in"),
        pytest.param(facts({A: NO, B: OK}), Status.FAIL, id="one of the source's own network"),
        pytest.param(facts({A: OK, B: NO}, here=("10.20.0.5/24", "10.30.0.5/24")), Status.FAIL, id="in both"),
        pytest.param(facts({A: NO, B: NO}, here=("172.16.0.5/24",)), Status.FAIL, id="none"),
        pytest.param(facts({A: RST, B: RST}), Status.FAIL, id="refused"),
        pytest.param(facts({A: OK, B: NO}, here_unread=GONE), Status.UNKNOWN, id="own networks unread"),
        pytest.param(
            facts({A: NO, B: OK}, here_up=[adapter(7, 2)]), Status.WARN, id="in it by an adapter that is down"
        ),
        pytest.param(facts({A: NO, B: NO}, here_unread=GONE), Status.FAIL, id="none, own networks unread"),
        pytest.param(facts({A: OK}), Status.UNKNOWN, id="one not probed"),
        pytest.param(facts({A: NO}), Status.FAIL, id="one not probed, one closed"),
        pytest.param(facts({A: OK, B: OK}, probes_unread=GONE), Status.UNKNOWN, id="no probes"),
        pytest.param(facts({A: OK, B: OK, MGMT: OK}, rows=ANY), Status.PASS, id="any network"),
        pytest.param(facts({A: OK, B: OK, MGMT: NO}, rows=ANY), Status.WARN, id="any network, one far away"),
        pytest.param(facts(listening=()), Status.FAIL, id="listens nowhere"),
        pytest.param(facts(listening=("fe80::1%7", "169.254.1.1")), Status.FAIL, id="listens link-local only"),
        pytest.param(facts({MGMT: OK}, listening=(MGMT,)), Status.FAIL, id="listens outside its networks"),
        pytest.param(facts({A: OK, B: OK}, service=GONE), Status.UNKNOWN, id="listener unread"),
        pytest.param(facts({A: OK, B: OK}, service=[]), Status.UNKNOWN, id="no listener row"),
        pytest.param(facts({A: OK, B: OK, MGMT: OK}, rows=GONE), Status.UNKNOWN, id="networks unread"),
        pytest.param(
            facts({A: OK, B: OK, MGMT: OK}, rows=GONE, host=[module(any_network=True)]),
            Status.PASS,
            id="networks unread, any by the module",
        ),
        pytest.param(facts({A: NO, B: NO, MGMT: NO}, rows=GONE), Status.FAIL, id="networks unread, all closed"),
        pytest.param(facts({A: OK, B: OK, MGMT: OK}, rows=[], host=GONE), Status.UNKNOWN, id="setting unread"),
    ],
)
def test_migration_port(judge: Judge, known, expected):
    assert judge(migration_port, known).status is expected
    if expected is not Status.FAIL:
        assert judge(migration_port, known).remedy == ""


def test_texts(judge: Judge):
    finding = judge(migration_port, facts({A: NO, B: NO}, rows=NETS[:1]))
    assert finding.seen == "10.20.0.6:6600: no answer: filtered by a firewall, or the machine is down"
    assert finding.wanted == "hv01.corp.example connects to 10.20.0.6:6600"
    assert finding.remedy == "Enable-NetFirewallRule -CimSession 'hv02.corp.example' -Name 'VIRT-MIGL-In-TCP-NoScope'"


def test_only_the_address_that_is_closed_is_told(judge: Judge):
    far = judge(migration_port, facts({A: OK, B: NO, MGMT: OK}, rows=ANY))
    assert (far.status, far.note) == (Status.WARN, "another address connects")
    assert far.seen == "10.30.0.6:6600: no answer: filtered by a firewall, or the machine is down"
    unread = judge(migration_port, facts({A: OK, B: NO}, here_unread=GONE))
    assert unread.note == f"{far.seen}; IPAddress of hv01.corp.example: timeout"


def test_a_rule_of_the_firewall_cures_nothing_where_another_address_is_reached(judge: Judge):
    finding = judge(migration_port, facts({A: NO, B: OK}))
    assert (finding.status, finding.remedy) == (Status.FAIL, "")
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV11, HV02)))
    elsewhere = facts({A: NO, B: NO}) | {(EndpointProbe, HV11): [probe(f"{A}:6600", local="10.20.0.7")]}
    assert judge(migration_port, elsewhere, where, subject=f"{HV01}/{HV02}").remedy == ""


def third(*addresses: str, link_layer: str | None = None) -> dict[tuple[type[Fact], str], list[Fact]]:
    return {
        (IPAddress, HV11): [address(text) for text in addresses],
        (NetworkAdapter, HV11): [adapter(link_layer=link_layer)],
    }


SHARED, MINE, HIS = ("10.20.0.6/24",), "00-15-5D-00-00-02", "00-15-5D-00-00-03"
THREE = estate(hosts=(HV01, HV02, HV11))


def wire(link_layer: str, **more: int) -> dict[tuple[type[Fact], str], list[Fact]]:
    return {
        (Neighbour, HV01): [neighbour("10.20.0.6", link_layer, **more)],
        (NetworkAdapter, HV02): [adapter(link_layer=MINE.replace("-", ""))],
    }


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts({A: OK, B: OK}) | third("10.20.0.8/24"), Status.PASS, id="another address"),
        pytest.param(facts({A: OK, B: OK}) | third(*SHARED), Status.UNKNOWN, id="shared"),
        pytest.param(facts({A: OK, B: OK}) | third(*SHARED) | wire(MINE), Status.PASS, id="the destination's adapter"),
        pytest.param(
            facts({A: OK, B: OK}) | third(*SHARED, link_layer=HIS) | wire(HIS), Status.FAIL, id="the third's adapter"
        ),
        pytest.param(facts({A: OK, B: OK}) | third(*SHARED) | wire(HIS), Status.UNKNOWN, id="nobody's adapter"),
        pytest.param(facts({A: OK, B: OK}) | third(*SHARED) | wire(MINE, state=1), Status.UNKNOWN, id="incomplete"),
        pytest.param(facts({A: OK, B: OK}) | third(*SHARED) | wire(MINE, interface=9), Status.UNKNOWN, id="elsewhere"),
        pytest.param(facts({A: OK, B: NO}, here=("10.20.0.5/24", "10.30.0.6/24")), Status.PASS, id="own, beside a way"),
        pytest.param(facts({A: OK}, listening=(A,), here=("10.20.0.6/24",)), Status.FAIL, id="own alone"),
        pytest.param(facts({A: OK, B: NO}) | third("10.30.0.6/24"), Status.PASS, id="of an internal switch"),
    ],
)
def test_who_answers(judge: Judge, known, expected):
    assert judge(migration_port, known, THREE).status is expected


def test_an_own_address_is_told(judge: Judge):
    beside = judge(migration_port, facts({A: OK}, here=("10.20.0.5/24", "10.30.0.6/24")))
    assert beside.note == "not counted, for hv01.corp.example holds it itself: 10.30.0.6"
    alone = judge(migration_port, facts({A: OK}, listening=(A,), here=("10.20.0.6/24",)))
    assert alone.seen == "hv02.corp.example listens on 10.20.0.6 only, and hv01.corp.example holds that itself"


OFF = [settings(enabled=False)]


@pytest.mark.parametrize(
    ("known", "command"),
    [
        pytest.param(
            facts(listening=(), setting=OFF) | {(Service, HV02): []},
            "Enable-VMMigration -ComputerName 'hv02.corp.example'",
            id="off",
        ),
        pytest.param(facts(listening=(), setting=OFF) | {(Service, HV02): GONE}, "", id="off, a node or none"),
        pytest.param(
            facts(listening=(), setting=OFF) | {(Service, HV02): [], (ClusterInfo, HV02): [ClusterInfo("C", None, 9)]},
            "",
            id="off, a node",
        ),
        pytest.param(facts(listening=()), "", id="on already"),
        pytest.param(facts(listening=(), setting=GONE), "", id="unread"),
        pytest.param(facts(listening=(), setting=[]), "", id="no row"),
    ],
)
def test_switches_on_only_what_is_off(judge: Judge, known, command):
    finding = judge(migration_port, known)
    assert finding.status is Status.FAIL
    assert "does not listen" in finding.seen
    assert (finding.remedy, finding.note) == (command, "see LM-01, LM-08 and LM-10")


@pytest.mark.parametrize("setting", [OFF, [settings()], GONE])
def test_no_command_makes_it_listen_within_its_networks(judge: Judge, setting):
    finding = judge(migration_port, facts(listening=(MGMT,), setting=setting))
    assert "on 192.168.1.6 only" in finding.seen
    assert (finding.remedy, finding.note) == ("", "see LM-01, LM-08 and LM-10")


@pytest.mark.parametrize("outcome", ["Refused", "Unreachable", "Failed"])
def test_a_rule_of_the_firewall_is_for_no_answer_only(judge: Judge, outcome):
    finding = judge(migration_port, facts({A: outcome, B: outcome}))
    assert (finding.status, finding.remedy) == (Status.FAIL, "")


def asked(known) -> list[tuple[str, str]]:
    return [(ask.target, ask.argument) for ask in asks_of([migration_port], evidence(known))]


def test_asks_who_answered_after_the_attempts_where_an_address_is_shared():
    record = evidence(facts() | {(IPAddress, HV02): [address(f"{A}/24")]} | third(*SHARED), THREE)
    assert [(a.fact, a.target) for a in asks_of([migration_port], record)] == [
        (EndpointProbe, HV01),
        (EndpointProbe, HV01),
        (Neighbour, HV01),
    ]
    own = evidence(facts(here=("10.20.0.6/24",)), THREE)
    assert [a.argument for a in asks_of([migration_port], own)] == ["10.30.0.6:6600"]


def test_asks_the_source_for_the_migration_addresses():
    assert asked(facts()) == [(HV01, "10.20.0.6:6600"), (HV01, "10.30.0.6:6600")]
    assert asked(facts(rows=ANY, listening=("fd00::6", MGMT))) == [(HV01, "[fd00::6]:6600"), (HV01, "192.168.1.6:6600")]
    assert len(asked(facts(rows=GONE))) == 3
    assert asked(facts(service=GONE)) == []
