from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_13_listening import RESTART, listening
from scanner.api import Status
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, GONE, adapter, address, module, network, probe, settings
from tests.conftest import HV01, HV02, Judge

LINK, ISATAP = "fe80::215:5dff:fe00:1%7", "2001:db8::5efe:10.20.0.5"
GOOD = {
    (MigrationSettings, HV02): [settings()],
    (VMHost, HV02): [module()],
    (MigrationNetwork, HV02): [network("10.20.0.0/24")],
    (IPAddress, HV02): [address("10.20.0.5/24"), address("10.77.0.5/16", interface=4)],
    (IPAddress, HV01): [address("10.20.0.9/24")],
    (NetworkAdapter, HV02): [adapter(), adapter(4)],
    (EndpointProbe, HV01): [],
}


def facts(*texts, **more):
    return GOOD | {(MigrationService, HV02): [MigrationService(texts)]} | more


@pytest.mark.parametrize(
    ("texts", "expected", "seen"),
    [
        pytest.param(("10.20.0.5",), Status.PASS, "10.20.0.5", id="there"),
        pytest.param(("10.20.0.5", LINK), Status.PASS, "10.20.0.5", id="and a link-local one"),
        pytest.param(("10.77.0.5", "10.20.0.5"), Status.PASS, "10.20.0.5", id="and one beside"),
        pytest.param((), Status.FAIL, "listens at no address", id="empty"),
        pytest.param((LINK,), Status.FAIL, f"listens at {LINK} alone", id="link-local"),
        pytest.param((ISATAP,), Status.FAIL, f"listens at {ISATAP} alone", id="ISATAP"),
        pytest.param((LINK, ISATAP), Status.FAIL, f"listens at {LINK}, {ISATAP} alone", id="both"),
        pytest.param(("127.0.0.1",), Status.FAIL, "listens at 127.0.0.1 alone", id="loopback"),
        pytest.param(("10.77.0.5",), Status.FAIL, "listens at 10.77.0.5 alone", id="in no migration network"),
        pytest.param(("10.20.0.42",), Status.FAIL, "listens at 10.20.0.42 alone", id="of nobody"),
    ],
)
def test_where_it_listens(judge: Judge, texts, expected, seen):
    finding = judge(listening, facts(*texts), subject=HV02)
    assert (finding.status, finding.seen) == (expected, seen)
    assert finding.remedy == (RESTART if expected is Status.FAIL else "")


def test_what_others_do_not_reach_is_told(judge: Judge):
    assert judge(listening, facts(LINK), subject=HV02).note == "no other machine reaches these"
    assert judge(listening, facts("10.77.0.5"), subject=HV02).note == ""
    assert judge(listening, facts(), subject=HV02).note == ""


ANYWHERE = {(MigrationNetwork, HV02): ANY, (VMHost, HV02): [module(any_network=True)]}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param(ANYWHERE, Status.PASS, id="any network"),
        pytest.param({(MigrationNetwork, HV02): [network("10.99.0.0/24")]}, Status.FAIL, id="a network without it"),
        pytest.param({(MigrationNetwork, HV02): []}, Status.FAIL, id="no network"),
        pytest.param({(MigrationNetwork, HV02): GONE}, Status.UNKNOWN, id="networks unread"),
        pytest.param(
            {(MigrationNetwork, HV02): GONE, (VMHost, HV02): [module(any_network=True)]}, Status.PASS, id="any anyway"
        ),
        pytest.param({(VMHost, HV02): GONE}, Status.PASS, id="the list is plain without the module"),
        pytest.param({(NetworkAdapter, HV02): [adapter(status=2), adapter(4)]}, Status.FAIL, id="its adapter is down"),
        pytest.param({(NetworkAdapter, HV02): GONE}, Status.UNKNOWN, id="whether it is up is not known"),
        pytest.param({(IPAddress, HV02): GONE}, Status.UNKNOWN, id="addresses unread"),
        pytest.param(
            {(IPAddress, HV02): [address("10.20.0.5/24", state=2)]}, Status.FAIL, id="a duplicate is another's"
        ),
        pytest.param({(IPAddress, HV02): [address("10.20.0.5/24", state=3)]}, Status.PASS, id="deprecated, and held"),
        pytest.param({(MigrationService, HV02): GONE}, Status.UNKNOWN, id="service unread"),
        pytest.param({(MigrationService, HV02): []}, Status.UNKNOWN, id="no row"),
        pytest.param({(MigrationSettings, HV02): [settings(enabled=False)]}, Status.NOT_APPLICABLE, id="disabled"),
        pytest.param({(MigrationSettings, HV02): GONE}, Status.UNKNOWN, id="settings unread"),
        pytest.param(
            {(VMHost, HV02): [replace(module(), migration_enabled=False)]}, Status.UNKNOWN, id="module says disabled"
        ),
    ],
)
def test_around_it(judge: Judge, more, expected):
    assert judge(listening, facts("10.20.0.5") | more, subject=HV02).status is expected


@pytest.mark.parametrize("networks", [[], [network("10.99.0.0/24")]])
def test_where_the_networks_are_wrong_they_come_first(judge: Judge, networks):
    finding = judge(listening, facts() | {(MigrationNetwork, HV02): networks}, subject=HV02)
    assert (finding.remedy, finding.note) == ("", "see LM-08 and LM-10")


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (probe("10.20.0.5:6600", remote="10.20.0.5", local="10.20.0.9"), Status.UNKNOWN),
        (probe("10.20.0.5:6600", "Refused"), Status.FAIL),
        (probe("10.77.0.5:6600", remote="10.77.0.5", local="10.20.0.9"), Status.FAIL),
    ],
)
def test_an_attempt_that_connects_contradicts_the_list(judge: Judge, attempt, expected):
    told = facts() | {(EndpointProbe, HV01): [attempt], (Neighbour, HV01): [], (NetworkAdapter, HV01): [adapter()]}
    finding = judge(listening, told, subject=HV02)
    assert finding.status is expected
    assert ("hv01.corp.example connects to 10.20.0.5" in finding.note) is (expected is Status.UNKNOWN)


def test_a_source_is_not_judged(judge: Judge):
    assert judge(listening, {}, subject=HV01).status is Status.NOT_APPLICABLE


def test_any_network_needs_no_rows(judge: Judge):
    told = facts() | {(VMHost, HV02): [module(any_network=True)], (MigrationNetwork, HV02): GONE}
    finding = judge(listening, told, subject=HV02)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.FAIL
