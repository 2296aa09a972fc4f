from __future__ import annotations

import ipaddress

import pytest

from scanner.facts.neighbour import Neighbour, address_of, is_isatap, link_layer
from tests.checks.common.builders import adapter, address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00-15-5D-0A-0B-0C", "00155D0A0B0C"),
        ("00155d0a0b0c", "00155D0A0B0C"),
        ("00:15:5d:0a:0b:0c", "00155D0A0B0C"),
        ("02-BF-0A-0B-0C-0D", "02BF0A0B0C0D"),
        ("", ""),
        ("00-15-5D-0A-0B", ""),
        ("00-15-5D-0A-0B-0C-0D", ""),
        ("00-00-00-00-00-00", ""),
        ("FF-FF-FF-FF-FF-FF", ""),
        ("01-00-5E-00-00-16", ""),
        ("33-33-00-00-00-01", ""),
        ("10.20.0.6", ""),
        ("٠٠155D0A0B0C", ""),
    ],
)
def test_link_layer_addresses_are_written_in_one_way(text, expected):
    assert link_layer(text) == expected


def test_an_adapter_has_its_own_address_and_those_it_uses():
    assert adapter().link_layer == frozenset()
    assert adapter(link_layer="00155D0A0B0C").link_layer == {"00155D0A0B0C"}


@pytest.mark.parametrize(
    ("state", "text", "expected"),
    [
        (0, "00-15-5D-0A-0B-0C", ""),
        (1, "00-15-5D-0A-0B-0C", ""),
        *((state, "00-15-5D-0A-0B-0C", "00155D0A0B0C") for state in range(2, 7)),
        (5, None, ""),
        (6, "01-00-5E-00-00-16", ""),
    ],
)
def test_an_entry_tells_whose_adapter_answered(state, text, expected):
    assert Neighbour("10.20.0.6", text, 7, state).adapter == expected


def test_addresses_without_their_scope():
    assert Neighbour("fe80::1%7", None, 7, 5).address == ipaddress.ip_address("fe80::1")
    assert Neighbour("nonsense", None, 7, 5).address is None
    assert address_of("") is None


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("2001:db8::5efe:192.0.2.1", False),
        ("2001:db8::200:5efe:192.0.2.1", False),
        ("fe80::5efe:192.0.2.1", False),
        ("2001:db8::5eff:192.0.2.1", True),
        ("2001:db8::1:5efe:192.0.2.1", True),
        ("0.0.94.254", True),
    ],
)
def test_an_address_of_a_tunnel_within_the_machine_leads_nowhere(text, usable):
    assert address(f"{text}/64").usable is usable
    assert is_isatap(ipaddress.ip_address(text)) is not usable


def test_nobody_is_asked_without_an_address():
    assert Neighbour.queries(()) == ()
    assert Neighbour.queries(("10.20.0.6", "10.20.0.7")) == (Neighbour.query,)
