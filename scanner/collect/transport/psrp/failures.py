"""What a failed session means: for every exception the libraries below raise, a reason and a short text for people."""

from __future__ import annotations

import logging
import ssl
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead
from itertools import islice

import requests
from pypsrp.exceptions import AuthenticationError, WinRMError, WinRMTransportError, WSManFaultError
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from scanner.collect.transport.own import ours
from scanner.collect.transport.psrp.refusals import SIGN_IN_ERRORS, Meaning, lacking, no_sign_in, refusal
from scanner.collect.transport.resolve import Unresolved
from scanner.collect.transport.tls import distrusted, no_tls
from scanner.estate.secret import SecretError, redact
from scanner.words.channel import ChannelFailure, ErrorLine
from scanner.words.model import GapReason
from scanner.words.trouble import Kind
from scanner.words.wording import foreign, lasting

log = logging.getLogger(__name__)
DETAIL = 200
"""characters of a foreign text that a detail may hold"""
FAULTS: dict[object, Meaning] = {
    5: (GapReason.ACCESS_DENIED, "the account may not use this session configuration"),
    2147942405: (GapReason.ACCESS_DENIED, "the account may not use this session configuration"),
    2150858752: (GapReason.NOT_INSTALLED, "there is no such session configuration"),
    2150858811: (GapReason.NOT_INSTALLED, "there is no such session configuration"),
    2150858793: (GapReason.TIMEOUT, "the machine did not answer in time"),
    2150858843: (GapReason.UNREACHABLE, "the session was lost: did the machine restart?"),
    2150859173: (GapReason.NOT_COLLECTED, "the account's quota of sessions on the machine is used up"),
    2150859174: (GapReason.NOT_COLLECTED, "the account's quota of operations on the machine is used up"),
}
"""WSMan fault codes (wsmerror.h; 5 and 2147942405 are Windows' own access denied)."""
STATUSES: dict[int, Meaning] = {
    403: (GapReason.ACCESS_DENIED, "the account is forbidden to use WinRM (HTTP 403)"),
    404: (GapReason.UNREACHABLE, "there is no WinRM behind this port (HTTP 404)"),
    503: (GapReason.UNREACHABLE, "WinRM is not available (HTTP 503)"),
}


NO_WSMAN: Meaning = (
    GapReason.UNPARSABLE,
    "what answers is no WS-Management: a proxy, or a page to log in?",
)


CLOSED = "the machine closed the connection"
NO_HTTP: Meaning = (GapReason.UNPARSABLE, "what answers is no HTTP that Windows speaks")


def classify(error: BaseException) -> Meaning:
    """Reason and detail of an exception; the detail holds no secret, no control character and little foreign text."""
    for cause in causes(error):
        meaning = _meaning(cause)
        if meaning is not None:
            return meaning[0], clean(meaning[1], DETAIL + 60)
    if isinstance(error, OSError | HTTPError):
        said = (cause.strerror for cause in causes(error) if isinstance(cause, OSError) and cause.strerror)
        return GapReason.UNREACHABLE, clean(": ".join(["the connection failed", *islice(said, 1)]))
    log.debug("an answer could not be understood", exc_info=error)
    return GapReason.UNPARSABLE, "the answer is not what Windows sends"


def causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and those it wraps, innermost first: requests and urllib3 put them into arguments."""
    seen: set[int] = set()

    def walk(one: object, depth: int) -> Iterator[BaseException]:
        if not isinstance(one, BaseException) or id(one) in seen or depth > 8:
            return
        seen.add(id(one))
        for inner in (*one.args, getattr(one, "reason", None), one.__cause__):
            yield from walk(inner, depth + 1)
        yield one

    return walk(error, 0)


def _meaning(error: BaseException) -> Meaning | None:
    if isinstance(error, WSManFaultError):
        return _fault(error)
    if isinstance(error, WinRMTransportError):
        code: int = error.code
        return STATUSES.get(code, (GapReason.UNREACHABLE, f"no WS-Management came back (HTTP {code})"))
    if isinstance(error, AuthenticationError):
        return GapReason.ACCESS_DENIED, refusal(str(error))
    if isinstance(error, SIGN_IN_ERRORS):
        return no_sign_in(error)
    if isinstance(error, SecretError):
        return GapReason.NOT_COLLECTED, f"no sign-in is possible: {error}"
    if isinstance(error, ImportError):
        return GapReason.NOT_COLLECTED, f"no sign-in is possible: {lacking(error)}"
    if isinstance(error, Unresolved):
        return GapReason.UNREACHABLE, str(error)
    if isinstance(error, WinRMError):
        return GapReason.UNPARSABLE, f"the answer breaks the protocol: {error}"
    return _broken(error)


def _broken(error: BaseException) -> Meaning | None:
    """Failures of the connection and of what should be WS-Management."""
    if isinstance(error, OSError) and ours(error):
        return GapReason.NOT_COLLECTED, ours(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return GapReason.UNREACHABLE, f"its TLS certificate is not accepted: {distrusted(error, 'sign_in')}"
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return GapReason.UNREACHABLE, CLOSED
    if isinstance(error, ssl.SSLError):
        return GapReason.UNREACHABLE, f"no TLS: {no_tls(error)}; see port and transport of its sign-in"
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return GapReason.TIMEOUT, "it took the connection, and then did not answer in time"
    if isinstance(error, ConnectionRefusedError):
        return GapReason.UNREACHABLE, "the connection was refused"
    if isinstance(error, ConnectionAbortedError):
        return GapReason.UNPARSABLE, str(error)
    if isinstance(error, ConnectionError):
        return GapReason.UNREACHABLE, CLOSED
    if isinstance(error, HTTPException) and not isinstance(error, IncompleteRead):
        return NO_HTTP
    if isinstance(error, requests.exceptions.ChunkedEncodingError | ProtocolError):
        return GapReason.UNREACHABLE, "the connection broke off in the middle of an answer"
    if isinstance(error, ValueError) and "auth protocol" in str(error):
        return GapReason.ACCESS_DENIED, "the machine offers other ways to sign in than the one chosen"
    if isinstance(error, requests.TooManyRedirects | ET.ParseError):
        return NO_WSMAN
    return None


def _fault(error: WSManFaultError) -> Meaning:
    if not error.code:  # any well-formed page with status 500 becomes such a fault
        return NO_WSMAN
    reason, text = FAULTS.get(error.code, (GapReason.NOT_COLLECTED, "the machine refused"))
    said = clean(str(error.reason or "")) if error.code not in FAULTS else ""
    return reason, f"{text} (WSMan fault {clean(str(error.code), 40)}{': ' * bool(said)}{said})"


def connect_failure(error: OSError, port: int, seconds: float, left: float) -> ChannelFailure:
    """Why no address of a machine took a TCP connection.

    Args:
        error: of the attempts, the most telling.
        port: the port.
        seconds: how long a connection may take.
        left: seconds that its deadline left to connect. If that is less, silence says nothing of a firewall.
    """
    if ours(error):
        return ChannelFailure(GapReason.NOT_COLLECTED, ours(error))
    if isinstance(error, TimeoutError):
        if left <= 0:
            return ChannelFailure(GapReason.TIMEOUT, f"no time was left to connect to {port}")
        if left < seconds:
            return ChannelFailure(GapReason.TIMEOUT, f"no answer on {port} in the {lasting(left)} left of its deadline")
        text = f"no answer on {port} within {lasting(seconds)} (dropped, not refused: a firewall?)"
        return ChannelFailure(GapReason.UNREACHABLE, text, Kind.DROPPED)
    if isinstance(error, ConnectionRefusedError):
        text = f"{port} refused the connection: is WinRM listening there?"
        return ChannelFailure(GapReason.UNREACHABLE, text, Kind.REFUSED)
    if isinstance(error, ConnectionResetError):  # taken and reset before this machine looked: as if a moment later
        return ChannelFailure(GapReason.UNREACHABLE, CLOSED)
    return ChannelFailure(GapReason.UNREACHABLE, clean(f"no way to {port}: {error.strerror or error}"))


def no_script(error: ErrorLine) -> ChannelFailure:
    """Why a whole script came to nothing."""
    if error.head == "ScriptsNotAllowed":
        text = "the endpoint takes no scripts: name its session configuration, so that commands are sent"
        return ChannelFailure(GapReason.NOT_COLLECTED, text, Kind.NO_SCRIPTS)
    return ChannelFailure(GapReason.NOT_COLLECTED, f"the script did not end well ({ascii(error.head[:80])[1:-1]})")


def clean(text: str, limit: int = DETAIL) -> str:
    """A foreign text for people: no secret, nothing a console acts on, one line, short."""
    return foreign(redact(text), limit)
