"""Test-Endpoint of a practice machine, against real sockets on loopback."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lab import contract
from lab.windows.probe import FIELDS, probe
from lab.windows.trial import Trial
from lab.windows.wsman import certificates

Talk = Callable[[socket.socket], None]


@contextlib.contextmanager
def _listening(talk: Talk | None = None, address: str = "127.0.0.1") -> Iterator[str]:
    """A server that talks to each client in turn; host:port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client, contextlib.suppress(OSError):
                    client.settimeout(10)
                    if talk:
                        talk(client)

        worker = threading.Thread(target=serve, daemon=True)
        worker.start()
        port = server.getsockname()[1]
        yield f"[{address}]:{port}" if family == socket.AF_INET6 else f"{address}:{port}"
        server.shutdown(socket.SHUT_RDWR)
        worker.join(15)


def _wait_for_the_end(client: socket.socket) -> None:
    while client.recv(4096):
        pass


@pytest.fixture
def made(tmp_path: Path) -> certificates.Certificates:
    return certificates.make(tmp_path, ["127.0.0.1", "vault.example"])


def _tls(made: certificates.Certificates, answer: bytes = b"") -> Talk:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.server.certificate, made.server.key)

    def talk(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as link:
            if link.recv(4096):
                link.sendall(answer)

    return talk


def _one(target: str, **more: Any) -> dict[str, Any]:
    (answer,) = probe([target], **more)
    assert list(answer) == list(FIELDS)
    return answer


def test_open_tells_both_addresses() -> None:
    with _listening() as place:
        answer = _one(f"127.0.0.7>{place}")
    assert (answer["Outcome"], answer["RemoteAddress"], answer["LocalAddress"]) == (
        "Connected",
        "127.0.0.1",
        "127.0.0.7",
    )
    assert answer["Milliseconds"] >= 0
    assert answer["TlsOutcome"] is None


def test_open_by_ipv6_literal() -> None:
    with _listening(address="::1") as place:
        assert _one(place)["RemoteAddress"] == "::1"


def test_closed_is_refused() -> None:
    answer = _one("127.0.0.1:1")
    assert (answer["Outcome"], answer["SocketError"]) == ("Refused", 10061)


def test_full_backlog_times_out() -> None:
    with socket.socket() as server, contextlib.ExitStack() as crowd:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            guest = crowd.enter_context(socket.socket())
            guest.setblocking(False)
            guest.connect_ex(server.getsockname())
        answer = _one(f"127.0.0.1:{server.getsockname()[1]}", timeout=400)
    assert (answer["Outcome"], answer["SocketError"]) == ("TimedOut", None)


def test_no_way_is_unreachable() -> None:
    answer = _one("255.255.255.255:9")  # refused by the kernel, nothing is sent
    assert (answer["Outcome"], answer["SocketError"]) == ("Unreachable", 10051)


def test_a_source_the_machine_does_not_have_fails() -> None:
    answer = _one("192.0.2.1>127.0.0.1:1")
    assert (answer["Outcome"], answer["SocketError"]) == ("Failed", 10049)


def test_an_unknown_name_is_unresolved() -> None:
    answer = _one("no-such-host.invalid:443")
    assert (answer["Outcome"], answer["Addresses"]) == ("Unresolved", [])


def test_a_name_is_resolved_here_and_every_address_is_tried() -> None:
    with _listening() as place:
        answer = _one("localhost:" + place.rpartition(":")[2])
    assert answer["Outcome"] == "Connected"
    assert "127.0.0.1" in answer["Addresses"]


def test_the_certificate_is_told_and_not_judged(made: certificates.Certificates) -> None:
    with _listening(_tls(made)) as place:
        answer = _one(f"{place}/tls")
    assert (answer["Outcome"], answer["TlsOutcome"], answer["TlsProtocol"]) == ("Connected", "Ok", "Tls12")
    assert answer["CertificateSubject"].startswith("CN=")
    assert answer["CertificateIssuer"] != answer["CertificateSubject"]
    assert len(answer["CertificateThumbprint"]) == 40
    assert answer["CertificateNotAfter"].endswith("Z")
    assert answer["ServerDate"] is None


def test_the_date_of_a_server(made: certificates.Certificates) -> None:
    reply = b"HTTP/1.1 404 Not Found\r\nDate: Sat, 21 Nov 2026 08:30:00 GMT\r\n\r\n"
    with _listening(_tls(made, reply)) as place:
        assert _one(f"{place}/tls/date")["ServerDate"] == "2026-11-21T08:30:00Z"
    with _listening(_tls(made, b"HTTP/1.1 200 OK\r\nDate: soon\r\n\r\n")) as place:
        answer = _one(f"{place}/tls/date")
    assert (answer["TlsOutcome"], answer["ServerDate"]) == ("Ok", None)


def test_a_silent_peer_is_connected_without_tls() -> None:
    with _listening(_wait_for_the_end) as place:
        answer = _one(f"{place}/tls", timeout=300)
    assert (answer["Outcome"], answer["TlsOutcome"]) == ("Connected", "Failed")


def test_what_comes_after_the_total_is_skipped() -> None:
    with _listening(_wait_for_the_end) as place:
        first, second = probe([f"{place}/tls", f"{place}/tls"], timeout=400, total=100)
    assert (first["TlsOutcome"], second["TlsOutcome"]) == ("Failed", "Skipped")


def test_a_proxy_that_lets_through(made: certificates.Certificates) -> None:
    secured = _tls(made)
    asked: list[bytes] = []

    def proxy(client: socket.socket) -> None:
        asked.append(client.recv(4096))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        secured(client)

    with _listening(proxy) as place:
        answer = _one("vault.example:443/tls", proxy=place)
    assert asked == [b"CONNECT vault.example:443 HTTP/1.1\r\nHost: vault.example:443\r\n\r\n"]
    assert (answer["Outcome"], answer["ProxyStatus"], answer["TlsOutcome"]) == ("Connected", 200, "Ok")


@pytest.mark.parametrize(
    ("reply", "status"), [(b"HTTP/1.1 407 No\r\n\r\n", 407), (b"", None), (b"nonsense\r\n\r\n", None)]
)
def test_a_proxy_that_does_not(reply: bytes, status: int | None) -> None:
    def proxy(client: socket.socket) -> None:
        client.recv(4096)
        client.sendall(reply)

    with _listening(proxy) as place:
        answer = _one("vault.example:443/tls", proxy=place, timeout=500)
    assert (answer["Outcome"], answer["ProxyStatus"], answer["TlsOutcome"]) == ("ProxyRefused", status, None)


def test_a_closed_proxy_is_refused() -> None:
    assert _one("vault.example:443", proxy="127.0.0.1:1")["Outcome"] == "Refused"


def test_many_targets_at_once_in_their_order(made: certificates.Certificates) -> None:
    with _listening() as place, _listening(_tls(made)) as secure:
        targets = ["127.0.0.1:1", place, "no-such-host.invalid:1", f"{secure}/tls"] * 16
        answers = probe(targets)
    assert [a["Target"] for a in answers] == targets
    assert {a["Outcome"] for a in answers} == {"Refused", "Connected", "Unresolved"}


HEAD = 'name = "hv01"\nrelease = "2019"'


@pytest.mark.parametrize(
    "given",
    [
        {"Target": ["x:1;Remove-Item"]},
        {"Target": ["x:1/evil"]},
        {"Target": []},
        {"Target": ["x:1"] * 257},
        {"Target": ["x:1"], "Proxy": "http://x"},
        {"Target": ["x:1"], "TimeoutMilliseconds": 99},
        {"Target": ["x:1"], "TotalMilliseconds": 120001},
    ],
)
def test_parameters_have_limits(given: dict[str, Any]) -> None:
    trial = Trial.of(HEAD)
    trial.define_test_endpoint()
    (error,) = trial.ask(("Test-Endpoint", given))["errors"]
    assert (error["id"], error["category"]) == ("ParameterArgumentValidationError,Test-Endpoint", 6)


def test_a_target_is_needed() -> None:
    trial = Trial.of(HEAD)
    trial.define_test_endpoint()
    (error,) = trial.ask(("Test-Endpoint", {}))["errors"]
    assert error["id"] == "MissingMandatoryParameter,Test-Endpoint"


def test_the_answer_has_the_fields_of_the_function() -> None:
    text = (Path(contract.__file__).parents[2] / "scanner" / "collect" / "remote" / "Test-Endpoint.ps1").read_text(
        encoding="utf-8"
    )
    assert all(f"{name} = " in text for name in FIELDS)
