from __future__ import annotations

import pytest

from checks.common.servers import NAMES, is_itself, literal_of, machines_of, smb_of
from scanner.api import GapReason, View
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DnsSuffix
from scanner.facts.network import IPAddress
from tests.checks.common.builders import HOSTILE
from tests.checks.delegation.domain import account
from tests.conftest import CORP, HV01, HV02, HV11, estate, evidence

LONG = "hyper-v-host-number-22.corp.example"


def system(name: str, domain: str = CORP, *, joined: bool = True) -> ComputerSystem:
    return ComputerSystem(name[:15].upper(), name, domain, joined, 3)


KNOWN = {
    (ComputerSystem, HV01): [system("hv01")],
    (ComputerSystem, HV02): [system("hv02")],
    (ComputerSystem, HV11): [system("hv11", "branch.example")],
    (ComputerSystem, LONG): [system("hyper-v-host-number-22")],
    (DnsSuffix, HV02): [DnsSuffix("servers.example", None)],
    (ComputerAccount, CORP): [account(HV02, dns="hv02.other.example")],
}


def meant(server: str, *, by: str = HV01, known=KNOWN) -> set[str]:
    hosts = (HV01, HV02, HV11, LONG)
    return set(machines_of(View(evidence(known, estate(hosts=hosts)), NAMES), by, server))


@pytest.mark.parametrize(
    ("server", "by", "expected"),
    [
        ("hv02", HV01, {HV02}),
        ("HV02.", HV01, {HV02}),
        ("hv02.corp.example", HV01, {HV02}),
        ("hv02.corp.example", HV11, {HV02}),
        ("hv02.servers.example", HV01, {HV02}),
        ("hv02.other.example", HV01, {HV02}),
        ("hv02", HV11, set()),
        ("hv11", HV01, set()),
        ("hv11", HV11, {HV11}),
        ("hyper-v-host-nu", HV01, {LONG}),
        ("hyper-v-host-nu.corp.example", HV01, {LONG}),
        ("fs01", HV01, set()),
        ("hv02.branch.example", HV01, set()),
    ],
)
def test_a_server_is_known_by_the_names_of_its_machine_and_of_its_account(server, by, expected):
    assert meant(server, by=by) == expected


def test_a_host_that_was_not_read_has_the_name_that_the_estate_gives_it():
    assert meant("hv02", known={}) == {HV02}
    assert meant("hv02.corp.example", known={}) == {HV02}
    assert meant("hv02.servers.example", known={}) == set()
    assert meant("hv02.other.example", known={**KNOWN, (ComputerAccount, CORP): GapReason.TIMEOUT}) == set()


def test_a_work_group_has_no_account_and_no_domain():
    lone = {(ComputerSystem, HV02): [system("hv02", "WORKGROUP", joined=False)]}
    assert meant("hv02.workgroup", known=lone) == set()
    assert meant("hv02", known=lone) == {HV02}


def test_a_machine_of_that_short_name_elsewhere_is_another():
    """An unrelated host that is called like a file server changes nothing."""
    other = {(ComputerSystem, "fs01.other.example"): [system("fs01", "other.example")]}
    assert meant("fs01", known=KNOWN | other) == meant("fs01")


@pytest.mark.parametrize(
    ("server", "address", "target"),
    [
        ("10.0.0.1", "10.0.0.1", "10.0.0.1:445"),
        ("fd00--1-0-0-1.ipv6-literal.net", "fd00::1:0:0:1", "[fd00::1:0:0:1]:445"),
        ("fe80--1s4.ipv6-literal.net.", "fe80::1", "[fe80::1]:445"),
        ("fs01.corp.example", "None", "fs01.corp.example:445"),
        ("no.ipv6-literal.net", "None", "no.ipv6-literal.net:445"),
        ("fd00--1", "None", "fd00--1:445"),
        ("fe80--1s4", "None", "fe80--1s4:445"),
        (HOSTILE, "None", ""),
    ],
)
def test_an_address_that_is_written_as_a_name_is_tried_as_an_address(server, address, target):
    assert (str(literal_of(server)), smb_of(server)) == (address, target)


def test_whether_a_machine_means_itself():
    view = View(evidence(KNOWN | {(IPAddress, HV02): []}, estate(hosts=(HV01, HV02))), (*NAMES, IPAddress))
    assert is_itself(view, HV01, "hv01") is True
    assert is_itself(view, HV01, "localhost.") is True
    assert is_itself(view, HV01, "hv02") is False
    assert is_itself(view, HV02, "10.0.0.1") is False
    assert is_itself(view, HV01, "10.0.0.1") is None
    assert is_itself(view, HV01, "127.0.0.1") is True


SHORT = {
    (ComputerSystem, "hv05"): [system("hv05")],
    (ComputerSystem, "hv06"): [system("hv06", "WORKGROUP", joined=False)],
    (ComputerSystem, "lone"): [system("hv09", "WORKGROUP", joined=False)],
    (ComputerAccount, CORP): [account("hv05.corp.example", dns="hv05.other.example.")],
}


@pytest.mark.parametrize(
    ("server", "by", "expected"),
    [
        ("hv05.corp.example", "hv06", {"hv05"}),
        ("hv05", "hv06", {"hv05"}),
        ("hv06", "hv05", {"hv06"}),
        ("hv09", "hv06", {"lone"}),
        ("hv05.other.example", "hv06", {"hv05"}),
        ("hv02", "hv05", {HV02}),
    ],
)
def test_hosts_that_the_estate_calls_by_short_names(server, by, expected):
    view = View(evidence(SHORT, estate(hosts=("hv05", "hv06", "lone", HV02))), NAMES)
    assert set(machines_of(view, by, server)) == expected
