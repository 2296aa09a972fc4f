from __future__ import annotations

import ipaddress

import pytest

from checks.migration.networks import Local
from checks.network.trust import declared, is_within, trust
from scanner.api import Status, View
from scanner.facts.network import ConnectionProfile, DefaultRoute
from tests.checks.common.builders import GONE
from tests.conftest import HV02, estate, evidence


def local(text: str) -> Local:
    one = ipaddress.ip_interface(text)
    return Local(one.ip, one.network, 7, True)


@pytest.mark.parametrize(
    ("trusted", "untrusted", "expected"),
    [
        ((), (), None),
        (("10.20.0.0/24",), (), True),
        (("10.0.0.0/8",), (), True),
        (("10.20.0.0/25",), (), None),
        (("10.21.0.0/24",), (), None),
        (("fd00::/8",), (), None),
        ((), ("10.20.0.0/24",), False),
        ((), ("10.20.0.128/25",), False),
        ((), ("10.0.0.0/8",), False),
        ((), ("10.21.0.0/24", "fd00::/8"), None),
        (("10.20.0.0/24",), ("10.0.0.0/8",), True),
        (("10.0.0.0/8",), ("10.20.0.0/24",), False),
        (("10.0.0.0/8",), ("10.20.0.64/26",), False),
        (("10.20.0.0/24",), ("10.20.0.0/24",), False),
        (("10.0.0.0/8", "10.20.0.0/24"), ("10.20.0.0/16",), True),
        (("10.20.0.0/16",), ("10.0.0.0/8", "10.20.0.0/24"), False),
    ],
)
def test_declared_the_narrower_wins(trusted, untrusted, expected):
    where = estate(trusted=trusted, untrusted=untrusted)
    assert declared(where, ipaddress.ip_network("10.20.0.0/24")) is expected


def test_is_within_knows_families():
    net = ipaddress.ip_network
    assert is_within(net("fd00:20::/64"), net("fd00::/8"))
    assert not is_within(net("fd00:20::/64"), net("0.0.0.0/0"))
    assert not is_within(net("10.0.0.0/8"), net("::/0"))


def profile(category: int = 1, ipv4: int | None = 1, ipv6: int | None = 1, interface: int = 7) -> ConnectionProfile:
    return ConnectionProfile(interface, category, ipv4, ipv6)


ROUTE = DefaultRoute("0.0.0.0/0", "10.20.0.1", 7, 0, 1)
STORED = DefaultRoute("0.0.0.0/0", "10.20.0.1", 7, 0, 0)
OTHER = DefaultRoute("0.0.0.0/0", "10.9.0.1", 9, 0, 1)


def judged(text="10.20.0.5/24", profiles=(), routes=(), **words):
    facts = {(ConnectionProfile, HV02): profiles, (DefaultRoute, HV02): routes}
    record = evidence({k: v if v is GONE else list(v) for k, v in facts.items()}, estate(**words))
    return trust(View(record, (ConnectionProfile, DefaultRoute)), HV02, local(text))


@pytest.mark.parametrize(
    ("verdict", "expected", "words"),
    [
        pytest.param(judged(trusted=("10.20.0.0/24",), profiles=GONE), Status.PASS, "declared trusted", id="declared"),
        pytest.param(judged("198.51.100.5/24", trusted=("198.51.100.0/24",)), Status.PASS, "declared", id="over all"),
        pytest.param(judged(untrusted=("10.20.0.0/16",)), Status.FAIL, "declared untrusted", id="untrusted"),
        pytest.param(judged("8.8.8.5/24", [profile(2)]), Status.FAIL, "public address", id="public IPv4"),
        pytest.param(judged("2a00:1450::5/64", [profile(2)]), Status.FAIL, "public address", id="public IPv6"),
        pytest.param(judged("100.64.0.5/24", [profile(2)]), Status.WARN, "neither", id="shared space"),
        pytest.param(judged(profiles=[profile(1)]), Status.PASS, "category private", id="private"),
        pytest.param(judged("fd00:20::5/64", [profile(2)]), Status.PASS, "category domain", id="domain"),
        pytest.param(judged(profiles=[profile(2, 4)]), Status.FAIL, "internet", id="internet"),
        pytest.param(judged(profiles=[profile(1, 1, 4)]), Status.FAIL, "internet", id="internet by IPv6"),
        pytest.param(judged(profiles=[profile(1, 3)]), Status.PASS, "private", id="local network"),
        pytest.param(judged(profiles=[profile(0)]), Status.WARN, "no gateway", id="unidentified network"),
        pytest.param(judged(profiles=[profile(0)], routes=[ROUTE]), Status.FAIL, "gateway", id="public and gateway"),
        pytest.param(judged(profiles=[profile(0, None)], routes=[ROUTE]), Status.FAIL, "gateway", id="and more unsaid"),
        pytest.param(
            judged(profiles=[profile(0)], routes=[STORED, OTHER]), Status.WARN, "no gateway", id="not its own"
        ),
        pytest.param(judged(profiles=[profile(1)], routes=[ROUTE]), Status.WARN, "default route", id="management"),
        pytest.param(judged(profiles=[profile(1)], routes=[OTHER]), Status.PASS, "private", id="another's route"),
        pytest.param(judged(profiles=[profile(1, interface=9)]), Status.WARN, "no profile", id="another's profile"),
        pytest.param(judged(profiles=[profile(1), profile(2, 4)]), Status.FAIL, "internet", id="two profiles"),
        pytest.param(judged(profiles=[profile(2, 4), profile(1)]), Status.FAIL, "internet", id="two, the other first"),
        pytest.param(judged(profiles=[profile(1), profile(1, None)]), Status.UNKNOWN, "", id="two, one says nothing"),
        pytest.param(judged(profiles=[profile(1), profile(2)]), Status.PASS, "domain", id="two, both private"),
        pytest.param(
            judged(profiles=[profile(1), profile(2, 4, interface=9)]), Status.PASS, "", id="another's leads out"
        ),
        pytest.param(judged(profiles=GONE), Status.UNKNOWN, "", id="profiles unread"),
        pytest.param(judged(profiles=[profile(1)], routes=GONE), Status.UNKNOWN, "", id="routes unread"),
        pytest.param(judged(profiles=[profile(1, None)]), Status.UNKNOWN, "", id="connectivity unsaid"),
        pytest.param(judged(profiles=[profile(1, 1, 7)]), Status.UNKNOWN, "", id="connectivity unheard of"),
        pytest.param(judged(profiles=[profile(5)]), Status.UNKNOWN, "", id="category unheard of"),
    ],
)
def test_trust(verdict, expected, words):
    assert verdict.status is expected
    assert words in verdict.seen
    assert verdict.status is Status.PASS or "networks.trusted" in verdict.wanted
