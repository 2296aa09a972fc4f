"""Exceptions of the libraries to reasons: what the endpoint cannot provoke; the rest is in test_faults.py."""

from __future__ import annotations

import ssl
import struct
import xml.etree.ElementTree as ET

import pytest
import requests
import spnego
from pypsrp.exceptions import AuthenticationError, FragmentError, WinRMError, WinRMTransportError, WSManFaultError
from urllib3.exceptions import MaxRetryError, ProtocolError, ReadTimeoutError

from scanner.collect.transport.ldap.answers import broken
from scanner.collect.transport.psrp.failures import classify, clean, connect_failure
from scanner.collect.transport.psrp.refusals import KERBEROS_ERRORS
from scanner.collect.transport.resolve import Unresolved
from scanner.estate.secret import SecretError, remember
from scanner.words.model import GapReason


def fault(code: object, reason: str = "", machine: str = "hv01") -> WSManFaultError:
    return WSManFaultError(code, machine, reason, None, None, None)


def wrapped(inner: Exception) -> requests.ConnectionError:
    return requests.ConnectionError(MaxRetryError(None, "/wsman", inner))  # type: ignore[arg-type]


CASES = [
    (AuthenticationError("Failed to authenticate the user x with basic"), GapReason.ACCESS_DENIED, "not tried again"),
    (AuthenticationError("... authentication methods Negotiate - actual: 'Basic'"), GapReason.ACCESS_DENIED, "'Basic'"),
    (ValueError("Server responded with the auth protocol 'NTLM'"), GapReason.ACCESS_DENIED, "other ways"),
    (fault(5), GapReason.ACCESS_DENIED, "WSMan fault 5"),
    (fault(2147942405), GapReason.ACCESS_DENIED, "may not use"),
    (fault(2150858811), GapReason.NOT_INSTALLED, "session configuration"),
    (fault(2150858752), GapReason.NOT_INSTALLED, "session configuration"),
    (fault(2150858793), GapReason.TIMEOUT, "in time"),
    (fault(2150858843), GapReason.UNREACHABLE, "lost"),
    (fault(2150859173), GapReason.NOT_COLLECTED, "quota"),
    (fault(2150859174), GapReason.NOT_COLLECTED, "quota"),
    (fault(87, "The parameter is incorrect"), GapReason.NOT_COLLECTED, "fault 87: The parameter is incorrect"),
    (fault("w:InternalError", "\x1b[31m" + "x" * 9999), GapReason.NOT_COLLECTED, "w:InternalError"),
    (fault(None), GapReason.UNPARSABLE, "no WS-Management"),
    (WinRMTransportError("http", 403, "x"), GapReason.ACCESS_DENIED, "403"),
    (WinRMTransportError("http", 404, "x"), GapReason.UNREACHABLE, "404"),
    (WinRMTransportError("http", 503, "x"), GapReason.UNREACHABLE, "503"),
    (WinRMTransportError("http", 500, "<body>" * 9999), GapReason.UNREACHABLE, "HTTP 500"),
    (WinRMError("Received related id does not match"), GapReason.UNPARSABLE, "breaks the protocol"),
    (FragmentError("bad"), GapReason.UNPARSABLE, "breaks the protocol"),
    (ET.ParseError("not well-formed"), GapReason.UNPARSABLE, "no WS-Management"),
    (requests.TooManyRedirects("Exceeded 0 redirects."), GapReason.UNPARSABLE, "no WS-Management"),
    (struct.error("unpack"), GapReason.UNPARSABLE, "not what Windows sends"),
    (KeyError("stdout"), GapReason.UNPARSABLE, "not what Windows sends"),
    (AttributeError("'NoneType' object has no attribute 'text'"), GapReason.UNPARSABLE, "not what Windows sends"),
    (wrapped(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong")), GapReason.UNREACHABLE, "no TLS"),
    (
        wrapped(ssl.SSLEOFError(8, "EOF occurred in violation of protocol")),
        GapReason.UNREACHABLE,
        "closed the connection",
    ),
    (wrapped(ConnectionResetError(104, "reset")), GapReason.UNREACHABLE, "closed the connection"),
    (requests.ConnectionError(ReadTimeoutError(None, "/", "late")), GapReason.TIMEOUT, "in time"),  # type: ignore[arg-type]
    (requests.exceptions.ChunkedEncodingError(ProtocolError("broken")), GapReason.UNREACHABLE, "middle of an answer"),
    (ConnectionAbortedError("the answer is longer than 256 MiB"), GapReason.UNPARSABLE, "longer than"),
    (TimeoutError("x"), GapReason.TIMEOUT, "in time"),
    (OSError(101, "Network is unreachable"), GapReason.UNREACHABLE, "Network is unreachable"),
    (SecretError("environment variable PW is empty"), GapReason.NOT_COLLECTED, "environment variable PW is empty"),
    (ImportError("requests-credssp is not installed"), GapReason.NOT_COLLECTED, "requests-credssp"),
    (Unresolved("DNS has no A record for hv99"), GapReason.UNREACHABLE, "DNS has no A record"),
]


@pytest.mark.parametrize(("error", "reason", "words"), CASES, ids=lambda value: type(value).__name__)
def test_every_failure_has_its_reason(error: Exception, reason: GapReason, words: str) -> None:
    told, detail = classify(error)
    assert told is reason
    assert words in detail
    assert len(detail) <= 260
    assert detail.isprintable()


def test_a_certificate_says_why() -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = 10, "certificate has expired"
    reason, detail = classify(requests.exceptions.SSLError(MaxRetryError(None, "/", error)))  # type: ignore[arg-type]
    assert (reason, detail) == (GapReason.UNREACHABLE, "its TLS certificate is not accepted: certificate has expired")


@pytest.mark.parametrize(("code", "advised"), [(18, True), (19, True), (20, True), (10, False), (62, False)])
def test_a_certificate_of_an_authority_that_nobody_knows_names_the_key(code: int, advised: bool) -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "why"
    for detail, table in (
        (classify(requests.exceptions.SSLError(MaxRetryError(None, "/", error)))[1], "sign_in"),  # type: ignore[arg-type]
        (broken("dc1.corp.example", error).detail, "directory"),
    ):
        assert detail.endswith(f': why; ca = "corp-ca.pem" under [{table}] names whom to trust') is advised
        assert advised or detail.endswith(": why")


@pytest.mark.usefixtures("kerberos_libraries")
def test_no_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5CCNAME", "FILE:/nonexistent/cache")
    monkeypatch.setenv("KRB5_CONFIG", "/dev/null")
    with pytest.raises(spnego.exceptions.SpnegoError) as error:
        spnego.client(None, None, hostname="hv01.corp.example", service="host", protocol="kerberos").step()
    assert classify(error.value) == (GapReason.ACCESS_DENIED, "there is no Kerberos ticket; run kinit first")


@pytest.mark.usefixtures("kerberos_libraries")
def test_no_kerberos_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5_CONFIG", "/dev/null")
    with pytest.raises(KERBEROS_ERRORS) as error:
        spnego.client("u@NOWHERE.INVALID", "p", hostname="hv01.corp.example", service="host", protocol="kerberos")
    reason, detail = classify(error.value)
    assert reason is GapReason.UNREACHABLE
    assert detail.startswith("no Kerberos server: ")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "no answer on 5986 within 10 s (dropped, not refused: a firewall?)"),
        (ConnectionRefusedError(), "5986 refused the connection: is WinRM listening there?"),
        (ConnectionResetError(104, "Connection reset by peer"), "the machine closed the connection"),
        (OSError(113, "No route to host"), "no way to 5986: No route to host"),
    ],
)
def test_why_nothing_connects(error: OSError, words: str) -> None:
    failure = connect_failure(error, 5986, 10, 10)
    assert (failure.reason, failure.detail) == (GapReason.UNREACHABLE, words)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (9.96, "no answer on 5986 in the 10 s left of its deadline"),
        (0.42, "no answer on 5986 in the 0.4 s left of its deadline"),
        (0.0, "no time was left to connect to 5986"),
        (-1.2, "no time was left to connect to 5986"),
    ],
)
def test_silence_in_less_time_than_a_connection_may_take_says_nothing_of_a_firewall(left: float, words: str) -> None:
    failure = connect_failure(TimeoutError(), 5986, 10, left)
    assert (failure.reason, failure.detail) == (GapReason.TIMEOUT, words)
    refused = connect_failure(ConnectionRefusedError(), 5986, 10, left)
    assert refused.detail.startswith("5986 refused")


def test_texts_are_clean() -> None:
    remember("Hunter2-secret")
    assert clean("a\x1b[31m\n b\u202ec Hunter2-secret") == "a [31m b c [hidden]"
    assert clean("x" * 195 + "Hunter2-secret") == "x" * 195 + "[hid…"
    assert len(clean("y" * 10**6)) == 200
