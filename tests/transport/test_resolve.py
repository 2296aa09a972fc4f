"""Names and addresses, as far as no DNS server is needed; tests/collectors/test_directory_lab.py asks a real one."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from scanner.collect.transport.resolve import Unresolved, controllers, in_order, resolve
from scanner.estate.access import Names


@pytest.fixture
def silent() -> Iterator[Names]:
    """A DNS server on loopback that never answers; only root may hold the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        try:
            server.bind(("127.84.53.1", 53))
        except OSError as error:
            pytest.skip(f"no port 53 for a silent DNS server: {error.strerror}")
        yield Names(servers=("127.84.53.1",), lifetime=0.2)


def later() -> float:
    return time.monotonic() + 10


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:DB8::7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1%eth0"),
    ],
)
def test_an_address_is_its_own_answer(host: str, address: str) -> None:
    assert resolve(host, Names(servers=("192.0.2.53",)), later()) == (address,)


@pytest.mark.parametrize("host", ["localhost", "LocalHost.", "lab.localhost"])
def test_localhost_asks_nobody(host: str) -> None:
    assert resolve(host, Names(servers=("192.0.2.53",)), later()) == ("127.0.0.1", "::1")


def test_a_silent_server_costs_the_lifetime(silent: Names) -> None:
    with pytest.raises(Unresolved, match="no DNS server answered"):
        resolve("hv01.corp.example", silent, later())
    asked = rf"within \S+ s \({silent.servers[0]}\)$"
    with pytest.raises(Unresolved, match=f"no DNS server answered for _ldap._tcp.dc._msdcs.corp.example {asked}"):
        controllers("corp.example", silent, later())


def test_no_time_left() -> None:
    with pytest.raises(Unresolved, match="no time was left"):
        resolve("hv01.corp.example", Names(servers=("192.0.2.53",)), time.monotonic())


@pytest.mark.parametrize("host", ["", "a..example", "x" * 64 + ".example", "\udc80.example"])
def test_what_is_no_name(host: str) -> None:
    with pytest.raises(Unresolved):
        resolve(host, Names(servers=("127.84.53.9",), lifetime=0.2), later())


def test_order_of_controllers() -> None:
    records = [
        (10, 0, "c.Corp.example"),
        (0, 10, "b.corp.example"),
        (0, 100, "A.corp.example"),
        (0, 10, "A.corp.example"),
    ]
    assert in_order(records) == ("a.corp.example", "b.corp.example", "c.corp.example")


def test_a_service_that_is_not_offered() -> None:
    assert in_order([(0, 0, ".")]) == ()
