from __future__ import annotations

import ipaddress

import pytest

from checks.network.ipsec import may_cover
from scanner.api import View
from scanner.facts.network import ConnectionSecurityRule, IPAddress, NetworkAdapter
from tests.checks.common.builders import GONE, adapter, address
from tests.conftest import HV01, HV02, evidence

HERE, THERE = [address("10.20.0.5/24"), address("fd00:20::5/64")], [address("10.20.0.6/24"), address("fd00:20::6/64")]
REQUIRES = "v2.31|Action=Secure|Active=TRUE|"


def covers(text: str, here=HERE, there=THERE, to=None) -> bool:
    facts = {(IPAddress, HV01): here, (IPAddress, HV02): there}
    facts |= {(NetworkAdapter, host): [adapter()] for host in (HV01, HV02)}
    rule = ConnectionSecurityRule("r", text)
    return may_cover(View(evidence(facts), (IPAddress, NetworkAdapter)), HV01, HV02, rule, to)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v2.31|Action=SecureServer|Name=X|Active=TRUE|", True),
        (REQUIRES, True),
        ("v2.31|Action=Boundary|Active=TRUE|", False),
        ("v2.31|Action=DoNotSecure|Active=TRUE|", False),
        ("v2.31|Action=Secure|Active=FALSE|", False),
        ("v2.31|Action=Secure|", False),
        ("", False),
    ],
)
def test_only_an_active_rule_that_requires_protection(text, expected):
    assert covers(text) is expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("Protocol=6|", True),
        ("protocol=6|", True),
        ("Protocol=256|", True),
        ("Protocol=17|", False),
        ("Protocol=7|", False),
        ("Protocol=any|", True),
        ("EP2Port=6600|", True),
        ("EP1Port=6600|", True),
        ("EP2Port=445|", True),
        ("EP2Port=53|", True),  # the source's own port: any
        ("EP1Port=53|EP2Port=53|", False),
        ("EP1Port=6600|EP2Port=53|", True),
        ("EP1Port=53,6600|EP2Port=53|", True),
        ("EP1Port=53,54|EP2Port=53|", False),
        ("EP1Port=445|EP2Port=53|", True),
        ("EP1Port=53|EP1Port=6600|EP2Port=53|", True),
        ("EP1Port2_10=6000-6599|EP2Port2_10=6601-7000|", False),
        ("EP1Port2_10=6600-6600|EP2Port2_10=6601-7000|", True),
        ("EP1Port=IPTLSIn|EP2Port=53|", True),
        ("EP1Port=|EP2Port=53|", True),
        ("EP1_4=10.20.0.6|EP2_4=10.20.0.5|", True),
        ("EP1_4=10.20.0.5|EP2_4=10.20.0.6|", True),
        ("EP1_4=10.20.0.6|EP2_4=10.20.0.6|", False),
        ("EP1_4=10.20.0.0/255.255.255.0|", True),
        ("EP1_4=10.20.0.0/24|EP2_4=192.0.2.0/24|", False),
        ("EP1_4=10.20.0.0/24|EP2_4=192.0.2.0/24|EP2_4=10.20.0.5|", True),
        ("EP1_4=192.0.2.1|EP2_4=192.0.2.2|", False),
        ("EP1_4=10.20.0.7-10.20.0.9|EP2_4=10.20.0.7-10.20.0.9|", False),
        ("EP1_4=10.20.0.6-10.20.0.9|", True),
        ("EP1_4=10.20.0.1-10.20.0.4|EP2_4=10.20.0.1-10.20.0.4|", False),
        ("EP1_4=10.20.0.1-10.20.0.5|", True),
        ("EP1_4=192.0.2.1|EP2_4=192.0.2.2|EP1_6=fd00:20::/64|EP2_6=fd00:20::/64|", True),
        ("EP1_6=2001:db8::/64|EP2_6=2001:db8::/64|", False),
        ("EP1_4=LocalSubnet|EP2_4=LocalSubnet|", True),
        ("EP1_4=10.20.0.6-junk|", True),
        ("EP1_4=10.20.0.6|EP2_4=10.20.0.5|EP1Port=53|", False),  # the port is the destination's, the address, too
        ("EP1_4=10.20.0.6|EP2_4=10.20.0.5|EP2Port=53|", True),
        ("Prot=17|", True),  # no word of the grammar
        ("Name=Protocol=17|", True),
    ],
)
def test_a_rule_covers_what_its_filters_do_not_rule_out(filters, expected):
    assert covers(REQUIRES + filters) is expected


@pytest.mark.parametrize(("here", "there"), [(GONE, THERE), (HERE, GONE), (GONE, GONE), ([], [])])
def test_addresses_that_are_not_known_rule_nothing_out(here, there):
    assert covers(REQUIRES + "EP1_4=10.20.0.6|EP2_4=10.20.0.5|", here, there)


def test_what_is_known_of_one_host_rules_out():
    assert not covers(REQUIRES + "EP1_4=192.0.2.1|EP2_4=192.0.2.2|", GONE, THERE)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("EP1_4=10.20.0.77/24|EP2_4=10.20.0.78/24|", True),
        ("EP1_4=192.0.2.77/24|EP2_4=192.0.2.78/24|", False),
        ("EP1_4=10.20.0.5-10.20.0.5|EP2_4=10.20.0.6-10.20.0.6|", True),
        ("EP1_4=10.20.0.7-10.20.0.9|", False),
        ("EP1_4=10.20.0.1-10.20.0.4|", False),
        ("Protocol=17|Protocol=6|", True),
        ("EP1Port=6000-6600|EP2Port=53|", True),
        ("EP1Port=6600-7000|EP2Port=53|", True),
        ("EP1Port=6601-7000|EP2Port=53|", False),
        ("EP1Port=6000-6599|EP2Port=53|", False),
    ],
)
def test_a_range_has_both_its_ends(filters, expected):
    assert covers(REQUIRES + filters) is expected


def test_a_range_of_one_family_holds_no_address_of_the_other():
    six = [address("::5/64")], [address("::6/64")]
    assert covers(REQUIRES + "EP1_4=0.0.0.0-255.255.255.255|", *six) is False


def test_an_address_that_is_held_counts_though_it_is_no_longer_offered():
    old = [[*rows, address(f"10.60.0.{last}/24", state=3)] for rows, last in ((HERE, 5), (THERE, 6))]
    assert covers(REQUIRES + "EP1_4=10.60.0.0/24|EP2_4=10.60.0.0/24|", *old) is True


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", True),
        ("EP1_4=10.20.0.6|EP1Port=445|", True),
        ("EP2_4=10.20.0.6|EP2Port=445|EP1_4=10.20.0.5|", True),
        ("EP1_4=10.20.0.7|EP2_4=10.20.0.7|", False),
        ("EP1_6=fd00:20::6|EP2_6=fd00:20::6|", False),
        ("EP1Port=6600|", False),
        ("EP1Port=445|EP2Port=53|", False),
    ],
)
def test_of_one_address_and_port_no_other_counts(filters, expected):
    assert covers(REQUIRES + filters, to=(ipaddress.ip_address("10.20.0.6"), 445)) is expected
