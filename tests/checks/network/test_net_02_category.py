from __future__ import annotations

import pytest

from checks.network.net_02_category import category
from scanner.api import Status
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import ConnectionProfile, DefaultRoute, IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, GONE, adapter, address, module, network
from tests.conftest import HV02, Judge

LISTED = (network("10.20.0.0/24"),)
OUT = DefaultRoute("0.0.0.0/0", "10.20.0.1", 7, 0, 1)
STORED = DefaultRoute("0.0.0.0/0", "10.20.0.1", 7, 0, 0)
ELSEWHERE = DefaultRoute("0.0.0.0/0", "10.9.0.1", 9, 0, 1)


def profile(number: int = 1, interface: int = 7, ipv4: int | None = 1, ipv6: int | None = 1) -> ConnectionProfile:
    return ConnectionProfile(interface, number, ipv4, ipv6)


def facts(*profiles, routes=(), rows=LISTED, addresses=("10.20.0.6/24",), **changes):
    known = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (IPAddress, HV02): [*(address(text) for text in addresses), address("10.9.0.6/24", interface=9)],
        (NetworkAdapter, HV02): [adapter(), adapter(9)],
        (ConnectionProfile, HV02): profiles,
        (DefaultRoute, HV02): routes,
    }
    named = {
        "profiles": (ConnectionProfile, HV02),
        "gateways": (DefaultRoute, HV02),
        "own": (IPAddress, HV02),
        "listed": (MigrationNetwork, HV02),
        "adapters": (NetworkAdapter, HV02),
        "flag": (VMHost, HV02),
    }
    return known | {named[name]: value for name, value in changes.items()}


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(facts(profile(1)), Status.PASS, "private", id="private"),
        pytest.param(facts(profile(2)), Status.PASS, "domain", id="domain"),
        pytest.param(facts(profile(0)), Status.WARN, "not identified", id="public, no gateway"),
        pytest.param(facts(profile(0), routes=[OUT]), Status.WARN, "with a way out", id="public, gateway"),
        pytest.param(facts(profile(0), routes=[STORED]), Status.WARN, "not identified", id="gateway not in use"),
        pytest.param(facts(profile(0), routes=[ELSEWHERE]), Status.WARN, "not identified", id="gateway elsewhere"),
        pytest.param(facts(profile(0, ipv4=4)), Status.WARN, "with a way out", id="public, internet"),
        pytest.param(facts(profile(0, ipv6=4)), Status.WARN, "with a way out", id="public, internet by IPv6"),
        pytest.param(facts(profile(0, ipv4=None, ipv6=None)), Status.WARN, "public", id="connectivity not told"),
        pytest.param(facts(profile(1), profile(0, 9)), Status.PASS, "private", id="another interface is public"),
        pytest.param(facts(profile(1), profile(0, 3)), Status.PASS, "private", id="one of a lower number is public"),
        pytest.param(facts(profile(1), profile(0)), Status.WARN, "public", id="two networks behind it"),
        pytest.param(facts(profile(1), profile(0, 9), rows=ANY), Status.WARN, "interface 9", id="any network"),
        pytest.param(facts(profile(3)), Status.UNKNOWN, "category 3", id="category 3"),
        pytest.param(facts(profile(-1)), Status.UNKNOWN, "category -1", id="category -1"),
        pytest.param(facts(profile(1, ipv4=5)), Status.UNKNOWN, "[5, 1]", id="connectivity 5"),
        pytest.param(facts(profile(0, ipv6=-1)), Status.UNKNOWN, "[1, -1]", id="connectivity -1"),
        pytest.param(facts(), Status.NOT_APPLICABLE, "no profile", id="no profile at all"),
        pytest.param(facts(profile(0, 9)), Status.NOT_APPLICABLE, "no profile", id="no profile of the interface"),
        pytest.param(facts(profile(0), rows=[]), Status.NOT_APPLICABLE, "LM-08", id="no network listed"),
        pytest.param(facts(profile(1), profiles=GONE), Status.UNKNOWN, "ConnectionProfile", id="profiles unread"),
        pytest.param(facts(profile(0), gateways=GONE), Status.UNKNOWN, "DefaultRoute", id="routes unread"),
        pytest.param(facts(profile(1), gateways=GONE), Status.PASS, "private", id="private, routes unread"),
        pytest.param(facts(profile(1), own=GONE), Status.UNKNOWN, "IPAddress", id="addresses unread"),
        pytest.param(facts(profile(1), listed=GONE), Status.UNKNOWN, "MigrationNetwork", id="networks unread"),
        pytest.param(facts(profile(1), flag=GONE), Status.UNKNOWN, "VMHost", id="flag unread"),
        pytest.param(facts(profile(0), adapters=GONE), Status.WARN, "public", id="adapters unread"),
        pytest.param(
            facts(profile(0), adapters=[adapter(7, 2)]), Status.NOT_APPLICABLE, "no profile", id="adapter down"
        ),
    ],
)
def test_category(judge: Judge, known, expected, said):
    finding = judge(category, known, subject=HV02)
    assert finding.status is expected
    assert said in finding.seen + finding.note


def test_a_warning_says_where_the_rest_is_judged(judge: Judge):
    finding = judge(category, facts(profile(0)), subject=HV02)
    assert all(word in finding.works for word in ("RCH-05", "NET-01"))
    assert finding.seen == "10.20.0.0/24 (interface 7): public, without a gateway: not identified"


def test_any_network_needs_no_rows(judge: Judge):
    told = facts(profile(1), profile(1, 9)) | {
        (VMHost, HV02): [module(any_network=True)],
        (MigrationNetwork, HV02): GONE,
    }
    finding = judge(category, told, subject=HV02)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.PASS
