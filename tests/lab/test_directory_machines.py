"""Machines of the directory lab: their networks, names, certificates and closed ports."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator

import pytest

from lab import directory
from lab.directory import Lab, namespace

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]

MACHINES = {
    "ex01": ("10.77.1.201", "10.20.0.201", "fd00:20::201"),
    "ex02": ("10.77.1.202", "10.20.0.202", "fd00:20::202"),
    "ex11": ("10.77.2.211",),
}


@pytest.fixture(scope="module")
def machines() -> Iterator[Lab]:
    if reason := directory.available():
        pytest.skip(reason)
    lab = directory.up()
    directory.machines_up(MACHINES)
    yield lab
    for name in MACHINES:
        directory.machine("down", name)


@pytest.mark.parametrize("address", MACHINES["ex02"])
def test_machines_and_scanner_reach_each_other(machines: Lab, address: str) -> None:
    with namespace.listening("ex02", address, 6600):
        assert [namespace.outcome(name, address, 6600) for name in ("ex01", "scanner")] == ["connected", "connected"]
    assert namespace.outcome("ex01", address, 6600) == "refused"


def test_a_machine_without_that_network_does_not(machines: Lab) -> None:
    assert namespace.outcome("ex11", "10.20.0.202", 6600) == "unreachable"


def test_drop_times_out_and_reject_refuses(machines: Lab) -> None:
    with namespace.listening("ex02", "0.0.0.0", 6600):
        directory.machine("drop", "ex02", "6600", "445")
        assert namespace.outcome("ex01", "10.77.1.202", 6600) == "timed out"
        assert namespace.outcome("ex01", "10.77.1.202", 5985) == "refused"
        directory.machine("reject", "ex02", "6600")
        assert namespace.outcome("ex01", "10.77.1.202", 6600) == "refused"
        directory.machine("undrop", "ex02")
        assert namespace.outcome("ex01", "10.77.1.202", 6600) == "connected"


def test_every_controller_knows_their_names(machines: Lab) -> None:
    with namespace.entered("scanner"):
        for server in ("10.77.1.10", "10.77.1.11"):
            resolver = directory.resolver(server)
            assert str(resolver.resolve("ex01.corp.example", "A")[0]) == "10.77.1.201"
            assert str(resolver.resolve_address("10.77.2.211")[0].target) == "ex11.branch.example."


def test_libc_of_a_process_there_resolves(machines: Lab) -> None:
    command = namespace.in_namespace("ex01", ["getent", "ahostsv4", "ex11.branch.example"])
    assert "10.77.2.211" in subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout


def test_a_certificate_of_the_lab_is_believed(machines: Lab) -> None:
    assert handshake(machines, trusted=True) == "believed"
    assert handshake(machines, trusted=False) == "unable to get local issuer certificate"


def handshake(lab: Lab, *, trusted: bool) -> str:
    files = directory.issue_certificate("ex02", "ex02.corp.example", "10.77.1.202", trusted=trusted)
    offering = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offering.load_cert_chain(*files)
    believing = ssl.create_default_context(cafile=str(lab.ca))
    inbound, outbound = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = believing.wrap_bio(inbound, outbound, server_hostname="ex02.corp.example")
    server = offering.wrap_bio(outbound, inbound, server_side=True)
    try:
        for side in (client, server, client):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    return "believed"
