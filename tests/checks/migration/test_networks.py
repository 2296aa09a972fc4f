from __future__ import annotations

import ipaddress
from dataclasses import replace

import pytest

from checks.migration.networks import (
    Local,
    declared,
    holds,
    local_addresses,
    migration_networks,
    neighbours,
    usable,
)
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.hyperv import USER_MANAGED_ALL, MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, ANY4, GONE, adapter, address, module, network
from tests.conftest import HV01, estate, evidence

NEEDS = (MigrationNetwork, VMHost, IPAddress, NetworkAdapter)


def view(networks=(), host=(), addresses=(), adapters=(), where=None) -> View:
    facts = {MigrationNetwork: networks, VMHost: host, IPAddress: addresses, NetworkAdapter: adapters}
    rows = {(f, HV01): r if isinstance(r, GapReason) else list(r) for f, r in facts.items()}
    return View(evidence(rows, where), NEEDS)


@pytest.mark.parametrize(
    ("rows", "host", "accepted"),
    [
        pytest.param([network("10.20.0.0/24")], [module()], ["10.20.0.9"], id="listed"),
        pytest.param([network("10.20.0.5/24")], [module()], ["10.20.0.9"], id="host bits set"),
        pytest.param([network("10.20.0.9/32")], [module()], ["10.20.0.9"], id="bare address"),
        pytest.param([network("fd00:20::/64")], [module()], ["fd00:20::9"], id="IPv6"),
        pytest.param(ANY, [module(any_network=True)], ["10.20.0.9", "192.0.2.1", "fd00:20::9"], id="any"),
        pytest.param([], [module(any_network=True)], ["10.20.0.9", "192.0.2.1", "fd00:20::9"], id="flag alone"),
        pytest.param(GONE, [module(any_network=True)], ["10.20.0.9", "192.0.2.1", "fd00:20::9"], id="rows unread"),
        pytest.param(ANY, GONE, ["10.20.0.9", "192.0.2.1", "fd00:20::9"], id="rows alone"),
        pytest.param([ANY4], [module()], ["10.20.0.9", "192.0.2.1"], id="one family"),
        pytest.param([network("10.0.0.0/8", USER_MANAGED_ALL)], [module()], ["10.20.0.9", "192.0.2.1"], id="by tag"),
        pytest.param([network("0.0.0.0/0", "x")], [module()], ["10.20.0.9", "192.0.2.1"], id="by prefix"),
        pytest.param([], [module()], [], id="none"),
    ],
)
def test_accepts(rows, host, accepted):
    setting = migration_networks(view(rows, host), HV01)
    candidates = map(ipaddress.ip_address, ("10.20.0.9", "192.0.2.1", "fd00:20::9"))
    assert [str(a) for a in candidates if setting.accepts(a)] == accepted


def test_unread_tells_what_is_missing():
    assert migration_networks(view([], [module()]), HV01).unread == ""
    assert migration_networks(view(ANY, GONE), HV01).unread == ""
    assert "VMHost of hv01" in migration_networks(view([], GONE), HV01).unread
    assert "module" in migration_networks(view([], []), HV01).unread
    assert "MigrationNetwork of hv01" in migration_networks(view(GONE, [module()]), HV01).unread
    odd = migration_networks(view([network("nonsense/24"), network("10.20.0.0/24")], [module()]), HV01)
    assert "nonsense/24 is no subnet" in odd.unread
    assert odd.listed == (ipaddress.ip_network("10.20.0.0/24"),)
    many = migration_networks(view([network(f"{n}{'x' * 100}/24") for n in range(5)], [module()]), HV01)
    first = ", ".join(f"{n}{'x' * 59}/24" for n in range(3))
    assert many.unread == f"MigrationNetwork of hv01.corp.example: {first} is no subnet"


def test_local_addresses_keeps_what_is_in_use_once():
    rows = [
        address("10.20.0.5/24"),
        address("10.20.0.5/24"),
        address("10.20.0.6/24", state=1),
        address("10.20.0.7/24", store=0),
        address("169.254.1.1/16"),
        address("fe80::1%7/64"),
        address("127.0.0.1/8"),
        address("fd00:20::5%7/64", interface=9),
    ]
    found = local_addresses(view(addresses=rows, adapters=[adapter(7), adapter(9, 2)]), HV01)
    assert [(str(a.address), str(a.network), a.up) for a in found] == [
        ("10.20.0.5", "10.20.0.0/24", True),
        ("fd00:20::5", "fd00:20::/64", False),
    ]


def test_local_addresses_without_adapters_or_sense():
    found = local_addresses(view(addresses=[address("10.20.0.5/24")], adapters=GONE), HV01)
    assert [a.up for a in found] == [None]
    with pytest.raises(MissingEvidence, match=r"10\.20\.0\.5/99 is no address"):
        local_addresses(view(addresses=[address("10.20.0.5/99")]), HV01)
    with pytest.raises(MissingEvidence, match="IPAddress"):
        local_addresses(view(addresses=GONE), HV01)


@pytest.mark.parametrize(
    ("status", "media", "up"), [(1, 1, True), (1, None, True), (1, 0, True), (1, 2, None), (2, 2, False)]
)
def test_an_adapter_without_a_cable_is_not_taken_for_up(status, media, up):
    found = local_addresses(
        view(addresses=[address("10.20.0.5/24")], adapters=[replace(adapter(7, status), media_state=media)]), HV01
    )
    assert [a.up for a in found] == [up]


def test_usable_is_up_and_accepted():
    rows = [address("10.20.0.5/24"), address("10.30.0.5/24", interface=8), address("10.20.0.6/24", interface=9)]
    adapters = [adapter(7), adapter(8), adapter(9, 2)]
    found = usable(view([network("10.20.0.0/24")], [module()], rows, adapters), HV01)
    assert [str(a.address) for a in found] == ["10.20.0.5"]


def local(text: str, up: bool | None = True) -> Local:
    one = ipaddress.ip_interface(text)
    return Local(one.ip, one.network, 7, up)


def test_holds_has_three_answers():
    net = ipaddress.ip_network("10.20.0.0/24")
    assert holds(net, [local("10.20.0.5/24", None), local("10.20.0.6/24")]) is True
    assert holds(net, [local("10.20.0.5/24", None), local("10.20.0.6/24", False)]) is None
    assert holds(net, [local("10.20.0.6/24", False)]) is False
    assert holds(net, [local("10.21.0.6/24"), local("fd00::1/64")]) is False


def test_neighbours_are_in_each_others_network():
    ours = [local("10.20.0.5/24"), local("fd00:20::5/64"), local("10.40.0.1/16"), local("10.50.9.1/24")]
    theirs = [local("10.20.0.6/24"), local("fd00:20::6/64"), local("10.40.9.1/24"), local("10.50.0.1/16")]
    assert [(str(a.address), str(b.address)) for a, b in neighbours(ours, theirs)] == [
        ("10.20.0.5", "10.20.0.6"),
        ("fd00:20::5", "fd00:20::6"),
    ]


@pytest.mark.parametrize(
    ("trusted", "untrusted", "expected"),
    [
        pytest.param((), (), None, id="nothing"),
        pytest.param(("10.20.0.0/16",), (), True, id="inside a trusted one"),
        pytest.param(("0.0.0.0/0",), (), True, id="all are trusted"),
        pytest.param(("10.20.0.0/25",), (), None, id="a part of it is trusted"),
        pytest.param(("fd00::/8",), (), None, id="another family is trusted"),
        pytest.param((), ("10.20.0.128/25",), False, id="a part of it is untrusted"),
        pytest.param((), ("0.0.0.0/0",), False, id="none is trusted"),
        pytest.param((), ("10.30.0.0/16",), None, id="another one is untrusted"),
        pytest.param(("10.20.0.0/24",), ("10.20.0.0/24",), False, id="said both ways"),
        pytest.param(("10.20.0.0/24",), ("10.0.0.0/8",), True, id="the narrower is trusted"),
        pytest.param(("10.0.0.0/8",), ("10.20.0.0/24",), False, id="the narrower is untrusted"),
        pytest.param(("10.0.0.0/8", "10.20.0.0/24"), ("10.20.0.0/16",), True, id="the narrowest of three is trusted"),
        pytest.param(("10.20.0.0/16",), ("10.0.0.0/8", "10.20.0.0/24"), False, id="and untrusted"),
        pytest.param(("10.20.0.0/16",), ("10.30.0.0/24",), True, id="a narrower one elsewhere is untrusted"),
    ],
)
def test_of_two_declarations_the_narrower_one_wins(trusted, untrusted, expected):
    where = estate(trusted=trusted, untrusted=untrusted)
    assert declared(where, ipaddress.ip_network("10.20.0.0/24")) is expected


def test_of_the_other_family_likewise():
    where = estate(trusted=("fd00:20::/32", "10.0.0.0/8"), untrusted=("fd00::/8",))
    assert declared(where, ipaddress.ip_network("fd00:20::/64")) is True
    assert declared(where, ipaddress.ip_network("fd00:30::/64")) is False
    assert declared(where, ipaddress.ip_network("fe80::/64")) is None
