from __future__ import annotations

import pytest

from checks.network.net_01_untrusted_network import untrusted_network
from scanner.api import Route, Status
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import (
    ConnectionProfile,
    ConnectionSecurityRule,
    DefaultRoute,
    EndpointProbe,
    IPAddress,
    NetworkAdapter,
    SmbClientConfiguration,
    SmbServerConfiguration,
)
from scanner.facts.vm import VmSecurity
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, adapter, address, probe, security
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

ALONE = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02, machines=False),))
TARGET = f"{HV02}:445"
SAFE, OPEN = ConnectionProfile(7, 1, 1, 1), ConnectionProfile(7, 1, 4, 0)
WAY = probe(TARGET, remote="10.20.0.6", local="10.20.0.5")


def facts(here=SAFE, there=SAFE, way=WAY, **changes):
    known = {
        (IPAddress, HV01): [address("10.20.0.5/24")],
        (IPAddress, HV02): [address("10.20.0.6/24")],
        (NetworkAdapter, HV01): [adapter(7)],
        (NetworkAdapter, HV02): [adapter(7)],
        (ConnectionProfile, HV01): [here],
        (ConnectionProfile, HV02): [there],
        (DefaultRoute, HV01): [],
        (DefaultRoute, HV02): [],
        (SmbServerConfiguration, HV02): [SmbServerConfiguration(False, True)],
        (SmbClientConfiguration, HV01): [SmbClientConfiguration(None, True)],
        (ConnectionSecurityRule, HV02): [],
        (EndpointProbe, HV01): way if way is GONE else [way],
        (VmSecurity, HV01): [security(1, True)],
    }
    named = {"server": (SmbServerConfiguration, HV02), "addresses": (IPAddress, HV02)}
    return known | {named[name]: value for name, value in changes.items()}


ENCRYPTS = [SmbServerConfiguration(True, True)]
TAKEN = {(IPAddress, HV11): [address("10.20.0.6/24")]}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(), Status.PASS, id="both ends are trusted"),
        pytest.param(facts(there=OPEN), Status.FAIL, id="it arrives in an untrusted network"),
        pytest.param(facts(here=OPEN), Status.FAIL, id="it leaves by an untrusted network"),
        pytest.param(facts(there=OPEN, server=ENCRYPTS), Status.PASS, id="encrypted"),
        pytest.param(facts(there=OPEN, server=GONE), Status.UNKNOWN, id="encryption not read"),
        pytest.param(facts(way=probe(TARGET, "TimedOut")), Status.UNKNOWN, id="it does not connect"),
        pytest.param(facts(way=probe("other:445")), Status.UNKNOWN, id="nobody tried"),
        pytest.param(facts(way=GONE), Status.UNKNOWN, id="attempts not read"),
        pytest.param(facts(way=probe(TARGET, local="10.20.0.5")), Status.UNKNOWN, id="where it arrived is not told"),
        pytest.param(facts(way=probe(TARGET, remote="10.20.0.6")), Status.UNKNOWN, id="where it left is not told"),
        pytest.param(
            facts(way=probe(TARGET, remote="10.20.0.9", local="10.20.0.5")), Status.UNKNOWN, id="no address of it"
        ),
        pytest.param(
            facts(addresses=[address("10.20.0.6/24", state=3)]), Status.UNKNOWN, id="at an address that goes away"
        ),
        pytest.param(facts(here=OPEN, there=OPEN, server=ENCRYPTS), Status.PASS, id="untrusted all along, encrypted"),
        pytest.param(facts(server=GONE), Status.PASS, id="trusted all along, encryption not read"),
        pytest.param(facts() | TAKEN, Status.UNKNOWN, id="another machine holds that address, too"),
        pytest.param(facts(addresses=GONE), Status.UNKNOWN, id="addresses not read"),
    ],
)
def test_the_way_of_disks_that_move_alone(judge: Judge, known, expected):
    assert judge(untrusted_network, known, ALONE).status is expected


@pytest.mark.parametrize(
    ("remote", "local", "expected"),
    [
        ("10.20.0.6", "10.20.0.5", Status.PASS),
        ("10.30.0.6", "10.20.0.5", Status.FAIL),
        ("10.20.0.6", "10.30.0.5", Status.FAIL),
    ],
)
def test_only_the_networks_on_the_way_count(judge: Judge, remote, local, expected):
    known = facts(way=probe(TARGET, remote=remote, local=local))
    for host, last in ((HV01, 5), (HV02, 6)):
        known[IPAddress, host] = [address(f"10.20.0.{last}/24"), address(f"10.30.0.{last}/24", interface=9)]
        known[NetworkAdapter, host] = [adapter(7), adapter(9)]
        known[ConnectionProfile, host] = [SAFE, ConnectionProfile(9, 1, 4, 0)]
    assert judge(untrusted_network, known, ALONE).status is expected


def test_machines_that_encrypt_themselves_do_not_encrypt_disks(judge: Judge):
    finding = judge(untrusted_network, facts(there=OPEN), ALONE)
    assert finding.note == "not encrypted: neither hv01.corp.example nor hv02.corp.example enforces encryption of SMB"
    assert finding.remedy == ""


def test_the_way_is_asked_for_where_disks_move_alone():
    asked = list(asks_of([untrusted_network], evidence(facts() | TAKEN, ALONE)))
    assert [(ask.fact, ask.target, ask.argument) for ask in asked] == [
        (EndpointProbe, HV01, TARGET),
        (Neighbour, HV01, "10.20.0.6"),
    ]
    assert not list(asks_of([untrusted_network], evidence(facts() | TAKEN)))
