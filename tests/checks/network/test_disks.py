from __future__ import annotations

import pytest

from checks.network.net_01_untrusted_network import untrusted_network
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationNetwork, MigrationService, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import (
    ConnectionProfile,
    ConnectionSecurityRule,
    DefaultRoute,
    EndpointProbe,
    IPAddress,
    NetworkAdapter,
)
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VmSecurity, VmStorage
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, adapter, address, disk, module, network, probe, security
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
            facts(addresses=[address("10.20.0.6/24", state=3)]), Status.PASS, id="at an address that goes away"
        ),
        pytest.param(
            facts(there=OPEN, addresses=[address("10.20.0.6/24", state=3)]),
            Status.FAIL,
            id="at such a one that leads out",
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


WITH_MACHINES = estate(hosts=(HV01, HV02, HV11), trusted=("10.30.0.0/24",))
LEFT = estate(hosts=(HV01, HV02, HV11), trusted=("10.30.0.0/24",), routes=(Route(HV01, HV02, storage=False),))
LOCAL, SHARED = disk(r"D:\VMs\web-01.vhdx"), disk(r"\\fs01\vms\web-01.vhdx")
BY_NAME = probe(TARGET, remote="10.20.0.6", local="10.20.0.5")


def moving(**changes):
    """Machines that move by a trusted network of their own, and whose disks go where the name leads."""
    known = facts(**({"way": BY_NAME} | changes))
    for host, last in ((HV01, 5), (HV02, 6)):
        known[IPAddress, host] = [address(f"10.20.0.{last}/24"), address(f"10.30.0.{last}/24", interface=9)]
        known[NetworkAdapter, host] = [adapter(7), adapter(9)]
    listens = {(MigrationService, HV02): [MigrationService(("10.30.0.6",))]}
    return known | listens | {(MigrationNetwork, HV02): [network("10.30.0.0/24")], (VMHost, HV02): [module()]}


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(moving(), WITH_MACHINES, Status.PASS, id="both ways are trusted"),
        pytest.param(moving(there=OPEN), WITH_MACHINES, Status.FAIL, id="disks arrive in an untrusted network"),
        pytest.param(moving(here=OPEN), WITH_MACHINES, Status.FAIL, id="disks leave by one"),
        pytest.param(moving(there=OPEN, server=ENCRYPTS), WITH_MACHINES, Status.PASS, id="SMB is encrypted"),
        pytest.param(moving(there=OPEN, server=GONE), WITH_MACHINES, Status.UNKNOWN, id="not known whether it is"),
        pytest.param(moving(way=probe(TARGET, "Refused")), WITH_MACHINES, Status.UNKNOWN, id="it does not connect"),
        pytest.param(moving(there=OPEN) | {(VmStorage, HV01): [SHARED]}, LEFT, Status.PASS, id="disks stay"),
        pytest.param(moving(there=OPEN) | {(VmStorage, HV01): [LOCAL]}, LEFT, Status.FAIL, id="one is local"),
        pytest.param(moving(there=OPEN) | {(VmStorage, HV01): GONE}, LEFT, Status.UNKNOWN, id="not known whether"),
        pytest.param(moving() | {(VmStorage, HV01): GONE}, LEFT, Status.PASS, id="not known, and harmless"),
    ],
)
def test_the_way_of_disks_that_move_with_their_machines(judge: Judge, known, where, expected):
    finding = judge(untrusted_network, known, where, subject=f"{HV01}/{HV02}")
    assert finding.status is expected
    assert finding.remedy == ""  # the list of networks says nothing of SMB


def test_what_is_about_disks_says_so(judge: Judge):
    finding = judge(untrusted_network, moving(there=OPEN), WITH_MACHINES, subject=f"{HV01}/{HV02}")
    assert finding.seen == "disks: 10.20.0.0/24 (interface 7): leads to the internet"


def test_disks_without_a_network_for_machines(judge: Judge):
    for there, expected in ((OPEN, Status.FAIL), (SAFE, Status.NOT_APPLICABLE)):
        known = moving(there=there) | {(MigrationNetwork, HV02): [], (MigrationService, HV02): [MigrationService(())]}
        assert judge(untrusted_network, known, WITH_MACHINES, subject=f"{HV01}/{HV02}").status is expected


@pytest.mark.parametrize(
    ("there", "here", "routes", "expected"),
    [
        pytest.param("10.30.0.6", ["10.30.0.5"], [], Status.FAIL, id="the other one arrives in the open"),
        pytest.param("10.40.0.6", [], [], Status.PASS, id="both are safe, no route to the other"),
        pytest.param("10.40.0.6", ["10.40.0.5"], [], Status.PASS, id="both are safe, and near"),
        pytest.param("10.40.0.6", [], [9], Status.FAIL, id="it leaves for the other by the open default route"),
        pytest.param("10.40.0.6", ["10.40.0.5"], [9], Status.PASS, id="the other is near, whatever the default route"),
        pytest.param("10.40.0.6", [], GONE, Status.UNKNOWN, id="routes not read"),
        pytest.param("10.50.0.6", [], [], Status.UNKNOWN, id="the other is nobody's"),
        pytest.param("junk", [], [], Status.PASS, id="no address"),
    ],
)
def test_every_address_that_the_name_leads_to_counts(judge: Judge, there, here, routes, expected):
    """10.20.0.0/24 is where the attempt went, 10.30.0.0/24 leads out, 10.40.0.0/24 is as safe as the first."""
    known = facts(way=probe(TARGET, remote="10.20.0.6", local="10.20.0.5", addresses=("10.20.0.6", there)))
    for host, last in ((HV01, 5), (HV02, 6)):
        safe = [address(f"10.40.0.{last}/24", interface=8)] if host == HV02 or here == ["10.40.0.5"] else []
        known[IPAddress, host] = [address(f"10.20.0.{last}/24"), address(f"10.30.0.{last}/24", interface=9), *safe]
        known[NetworkAdapter, host] = [adapter(7), adapter(8), adapter(9)]
        known[ConnectionProfile, host] = [SAFE, ConnectionProfile(8, 1, 1, 1), ConnectionProfile(9, 1, 4, 0)]
    rows = routes if routes is GONE else [DefaultRoute("0.0.0.0/0", "10.30.0.1", each, 0, 1) for each in routes]
    known[DefaultRoute, HV01] = rows
    assert judge(untrusted_network, known, ALONE).status is expected


def ways(*there: str, here: tuple[str, ...] = (), routes=(), local="10.20.0.5", trusted=(), status=1):
    """hv02's name leads to 10.20.0.6 and these; ``10.30.0.5/24%9`` is an address of an interface."""

    def held(texts):
        return [address(text.partition("%")[0], interface=int(text.partition("%")[2])) for text in texts]

    known = facts(way=probe(TARGET, remote="10.20.0.6", local=local, addresses=("10.20.0.6", *there)))
    known[IPAddress, HV01] = held(here)
    known[IPAddress, HV02] = held(["10.20.0.6/24%7", *(f"{text}/24%8" for text in there)])
    for host in (HV01, HV02):
        known[NetworkAdapter, host] = [adapter(7), adapter(8, status if host == HV01 else 1), adapter(9)]
        known[ConnectionProfile, host] = [SAFE, ConnectionProfile(8, 1, 1, 1), ConnectionProfile(9, 1, 4, 0)]
    known[DefaultRoute, HV01] = routes
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02, machines=False),), trusted=tuple(trusted))
    return known, where


def default(prefix="0.0.0.0/0", store: int | None = 1) -> DefaultRoute:
    return DefaultRoute(prefix, "::" if ":" in prefix else "10.30.0.1", 9, 0, store)


SAFE_ONE, OPEN_ONE, NEAR = "10.20.0.5/24%7", "10.30.0.5/24%9", "10.40.0.5/24%8"
SIX, OPEN_SIX = "fd40::6", "fd30::5/64%9"
FAR, TWO_MORE = "10.40.0.6", ("10.40.0.6", "10.50.0.6")
DECLARED = ("10.20.0.0/24", "10.40.0.0/24", "10.50.0.0/24", "10.30.0.0/24")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            ways(here=("10.20.0.5/24%9", "10.40.0.5/24%8"), local="10.40.0.5"), Status.PASS,
            id="it left by another network than the open one in which the address lies",
        ),
        pytest.param(ways(FAR, here=(SAFE_ONE, OPEN_ONE, NEAR), routes=[default()], status=2), Status.FAIL,
            id="the near network is down, so it takes the default route"),
        pytest.param(ways(FAR, here=(SAFE_ONE, OPEN_ONE), routes=[default("::/0")]), Status.PASS,
            id="a default route of the other family"),
        pytest.param(ways(FAR, here=(SAFE_ONE, OPEN_ONE), routes=[default(store=0)]), Status.PASS,
            id="a default route that is not in effect"),
        pytest.param(ways(FAR, here=(SAFE_ONE, OPEN_ONE), routes=[default(store=None)]), Status.FAIL,
            id="a default route whose store is not told"),
        pytest.param(
            ways(FAR, here=(SAFE_ONE, OPEN_ONE, "2001:db8::5/64%9"), routes=[default()], trusted=DECLARED), Status.PASS,
            id="an open network of the other family on the way out",
        ),
        pytest.param(ways(SIX, here=(SAFE_ONE, OPEN_SIX), routes=[default("::/0")]), Status.FAIL,
            id="a default route of IPv6"),
        pytest.param(ways(SIX, here=(SAFE_ONE, OPEN_SIX), routes=[default()]), Status.PASS,
            id="and none for it"),
        pytest.param(ways(FAR, here=(SAFE_ONE,), routes=GONE, trusted=DECLARED), Status.UNKNOWN,
            id="all is trusted, by which network it leaves is not known"),
        pytest.param(ways(*TWO_MORE, here=(SAFE_ONE, "10.50.0.5/24%9"), routes=GONE, trusted=DECLARED[:2]), Status.FAIL,
            id="nor that, and the second one is in an open network"),
    ],
)  # fmt: skip
def test_by_which_network_the_source_leaves_for_the_other_addresses(judge: Judge, told, expected):
    known, where = told
    assert judge(untrusted_network, known, where).status is expected


def test_an_adapter_that_is_down_takes_no_disk(judge: Judge):
    known = facts(way=probe(TARGET, remote="10.20.0.6", local="10.20.0.5", addresses=("10.20.0.6", "10.30.0.6")))
    known[IPAddress, HV02] = [address("10.20.0.6/24"), address("10.30.0.6/24", interface=9)]
    known[ConnectionProfile, HV02] = [SAFE, ConnectionProfile(9, 1, 4, 0)]
    for status, expected in ((1, Status.FAIL), (2, Status.PASS), (None, Status.UNKNOWN)):
        known[NetworkAdapter, HV02] = [adapter(7), adapter(9, status)]
        assert judge(untrusted_network, known, ALONE).status is expected
    known[NetworkAdapter, HV02] = [adapter(7, 2), adapter(9, 2)]  # it answered, so it is up
    known[ConnectionProfile, HV02] = [OPEN]
    assert judge(untrusted_network, known, ALONE).status is Status.FAIL


def test_the_way_is_asked_for_where_disks_move_or_may_move():
    wanted = [(EndpointProbe, HV01, TARGET), (Neighbour, HV01, "10.20.0.6")]
    for where, disks in ((ALONE, GONE), (WITH_MACHINES, GONE), (LEFT, [LOCAL]), (LEFT, GONE)):
        asked = list(asks_of([untrusted_network], evidence(facts() | TAKEN | {(VmStorage, HV01): disks}, where)))
        assert [(ask.fact, ask.target, ask.argument) for ask in asked] == wanted
    assert not list(asks_of([untrusted_network], evidence(facts() | TAKEN | {(VmStorage, HV01): [SHARED]}, LEFT)))
