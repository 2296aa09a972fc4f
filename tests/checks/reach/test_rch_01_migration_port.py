from __future__ import annotations

import pytest

from checks.reach.rch_01_migration_port import migration_port
from scanner.api import Status
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import ANY, GONE, adapter, address, module, network, probe, settings
from tests.conftest import HV01, HV02, Judge, evidence

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
        (EndpointProbe, HV01): [probe(f"{a}:6600", outcome) for a, outcome in dict(probes).items()],
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
        pytest.param(facts({A: NO, B: NO, MGMT: NO}, rows=GONE), Status.FAIL, id="networks unread, all closed"),
        pytest.param(facts({A: OK, B: OK, MGMT: OK}, rows=[], host=GONE), Status.UNKNOWN, id="setting unread"),
    ],
)
def test_migration_port(judge: Judge, known, expected):
    assert judge(migration_port, known).status is expected


def test_texts(judge: Judge):
    finding = judge(migration_port, facts({A: NO, B: OK}))
    assert finding.seen == "10.20.0.6:6600: no answer: filtered by a firewall, or the machine is down"
    assert finding.wanted == "hv01.corp.example connects to 10.20.0.6:6600"
    assert finding.remedy == "Enable-NetFirewallRule -CimSession 'hv02.corp.example' -Name 'VIRT-MIGL-In-TCP-NoScope'"


def test_only_the_address_that_is_closed_is_told(judge: Judge):
    far = judge(migration_port, facts({A: OK, B: NO, MGMT: OK}, rows=ANY))
    assert (far.status, far.note) == (Status.WARN, "another address connects")
    assert far.seen == "10.30.0.6:6600: no answer: filtered by a firewall, or the machine is down"
    unread = judge(migration_port, facts({A: OK, B: NO}, here_unread=GONE))
    assert unread.note == f"{far.seen}; IPAddress of hv01.corp.example: timeout"


def test_the_sources_own_networks_are_read_only_where_an_address_is_closed(judge: Judge):
    closed, opened = (judge(migration_port, facts({A: OK, B: state})) for state in (NO, OK))
    assert "IPAddress" in {source.fact for source in closed.evidence}
    assert "IPAddress" not in {source.fact for source in opened.evidence}


OFF = [settings(enabled=False)]


@pytest.mark.parametrize(
    ("known", "command"),
    [
        pytest.param(
            facts(listening=(), setting=OFF), "Enable-VMMigration -ComputerName 'hv02.corp.example'", id="off"
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


def test_asks_the_source_for_the_migration_addresses():
    assert asked(facts()) == [(HV01, "10.20.0.6:6600"), (HV01, "10.30.0.6:6600")]
    assert asked(facts(rows=ANY, listening=("fd00::6", MGMT))) == [(HV01, "[fd00::6]:6600"), (HV01, "192.168.1.6:6600")]
    assert len(asked(facts(rows=GONE))) == 3
    assert asked(facts(service=GONE)) == []
