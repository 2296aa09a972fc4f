"""What to do about a failed session: for every exception the libraries below raise, the kind of trouble it means.

``failures`` says why it failed; this says what helps, where anything is known that does.
"""

from __future__ import annotations

import ssl
from http.client import BadStatusLine

from pypsrp.exceptions import AuthenticationError, WinRMTransportError, WSManFaultError
from urllib3.exceptions import ReadTimeoutError

from scanner.collect.transport.kerberos import password, sspi, ticket
from scanner.collect.transport.own import ours
from scanner.collect.transport.psrp.failures import causes
from scanner.collect.transport.psrp.refusals import CREDSSP_REFUSALS, SIGN_IN_ERRORS, other_ways
from scanner.collect.transport.resolve import Unresolved
from scanner.collect.transport.tls import kind_of_tls
from scanner.estate.secret import SecretError
from scanner.estate.secret_text import UnusableSecretError
from scanner.words.trouble import Kind

FAULTS: dict[object, Kind] = {
    5: Kind.NOT_ALLOWED,
    2147942405: Kind.NOT_ALLOWED,
    2150858752: Kind.NO_CONFIGURATION,
    2150858811: Kind.NO_CONFIGURATION,
    2150858793: Kind.SILENT,
}
"""By WSMan fault code, as ``failures`` has them."""
TLS_ALERT = "\x15\x03"
"""How TLS begins to complain (RFC 8446 part 5.1): an answer to HTTP that is none."""


def kind_of(error: BaseException) -> str:
    """The kind of trouble; empty where nothing is known that helps."""
    return next((kind for cause in causes(error) if (kind := _kind(cause))), "")


def _kind(error: BaseException) -> str:
    if isinstance(error, WSManFaultError):
        return FAULTS.get(error.code, "")
    if isinstance(error, WinRMTransportError):
        return Kind.NOT_ALLOWED if error.code == 403 else ""
    if isinstance(error, AuthenticationError):
        return Kind.OTHER_WAYS if other_ways(str(error)) else Kind.SIGN_IN_REFUSED
    if isinstance(error, SIGN_IN_ERRORS):
        return _of_sign_in(error)
    if isinstance(error, SecretError):
        return Kind.UNUSABLE_FILE if isinstance(error, UnusableSecretError) else Kind.NO_SECRET
    if isinstance(error, ImportError):
        return Kind.NO_LIBRARY
    if isinstance(error, Unresolved):
        return Kind.NO_NAME
    if isinstance(error, BadStatusLine):
        return Kind.ONLY_TLS if any(isinstance(said, str) and TLS_ALERT in said for said in error.args) else ""
    return _of_connection(error)


def _of_sign_in(error: BaseException) -> str:
    if windows := sspi.meaning(error):
        return windows.kind
    if "No Kerberos credentials" in str(error) or "No credentials" in str(error):
        return Kind.NO_TICKET
    if isinstance(error, CREDSSP_REFUSALS) or password.refusal(error):
        return Kind.SIGN_IN_REFUSED
    return ticket.kind_of(error)


def _of_connection(error: BaseException) -> str:
    if isinstance(error, OSError) and ours(error):
        return ""
    if isinstance(error, ssl.SSLError):
        return kind_of_tls(error)
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return Kind.SILENT
    if isinstance(error, ValueError) and "auth protocol" in str(error):
        return Kind.OTHER_WAYS
    return Kind.REFUSED if isinstance(error, ConnectionRefusedError) else ""
