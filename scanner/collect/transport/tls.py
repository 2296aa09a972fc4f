"""The contexts of TLS, one a process for each way to trust: loading the authorities costs more than reading a host."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from typing import cast

from scanner.collect.transport.deadline import DeadlineSocket, DeadlineTlsSocket
from scanner.collect.transport.own import ours
from scanner.estate.secret import SecretSource
from scanner.words.trouble import Kind
from scanner.words.wording import foreign, reason

UNUSABLE = {
    "KEY_VALUES_MISMATCH": "the certificate and the key do not belong together",
    "BAD_DECRYPT": "the password of the key is wrong",
    "BAD_PASSWORD_READ": "the key needs a password",
    "NO_CERTIFICATE_OR_CRL_FOUND": "it holds no certificate or key in PEM form",
}
"""What OpenSSL calls what is wrong with a file of certificates or keys, and how we say it."""
NEITHER = "it holds no certificate or key in PEM form, or the password of the key is wrong"
"""Of a key that is encrypted as PKCS #8 says, OpenSSL tells the one as the other."""


NOBODY = (2, 18, 19, 20, 21)
"""OpenSSL's numbers for a certificate for which nobody vouches whom this machine knows (x509_vfy.h)."""
OUT_OF_DATE, OTHER_NAME = (9, 10), (62, 64)
"""and for one that is not valid yet or any more, and for one of another name or address"""
PLAIN = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST")
"""What OpenSSL calls an answer that is no TLS."""


class UnusableFile(Exception):  # noqa: N818 - the file's fault
    """A file of certificates or keys cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe, and with which certificate to show who we are."""

    ca: str = ""
    """PEM file of the certification authorities; empty: the system's"""
    verify: bool = True
    """False: take any certificate"""
    certificate: str | None = None
    """PEM file; nothing: none is shown"""
    key: str = ""
    """PEM file of its key; empty: it is in the same file"""
    key_password: SecretSource | None = field(default=None, compare=False)


_contexts: dict[Trust, ssl.SSLContext] = {}
_contexts_lock = threading.Lock()


def tls_context(trust: Trust) -> ssl.SSLContext:
    """The one context of this process for it: chain, name, and no version before 1.2.

    Raises:
        UnusableFile: a file of certificates or keys cannot be used.
        SecretError: the password of the key cannot be had.
    """
    with _contexts_lock:
        try:
            if trust not in _contexts:
                _contexts[trust] = _make_context(trust)
            return _contexts[trust]
        except OSError as error:  # ssl.SSLError is one
            raise UnusableFile(ours(error) or unusable(error)) from None
        except ValueError as error:
            raise UnusableFile(unusable(error)) from None


def distrusted(error: ssl.SSLCertVerificationError, table: str) -> str:
    """Why another's certificate is not accepted; where nobody trusted vouches for it, also the key that says whom to.

    Args:
        error: as raised.
        table: of the estate file that holds the key.
    """
    advice = f'; ca = "corp-ca.pem" under [{table}] names whom to trust' if error.verify_code in NOBODY else ""
    return f"{foreign(error.verify_message, 200)}{advice}"


def no_tls(error: ssl.SSLError) -> str:
    """Why no TLS came about."""
    why = getattr(error, "reason", None) or str(error)  # one that is made by hand has none
    return "what answers on that port does not speak it" if why in PLAIN else foreign(why, 200)


def kind_of_tls(error: ssl.SSLError) -> str:
    """What to do about a failed handshake, as a kind of trouble; empty where nothing is known that helps."""
    if isinstance(error, ssl.SSLCertVerificationError):
        kinds = ((NOBODY, Kind.NOT_TRUSTED), (OUT_OF_DATE, Kind.OUT_OF_DATE), (OTHER_NAME, Kind.OTHER_NAME))
        return next((kind for codes, kind in kinds if error.verify_code in codes), "")
    return Kind.NO_TLS if (getattr(error, "reason", None) or str(error)) in PLAIN else ""


def unusable(error: OSError | ValueError) -> str:
    """Why a file of certificates or keys cannot be used, in words."""
    if isinstance(error, ssl.SSLError):
        return UNUSABLE.get(error.reason or "", NEITHER)
    return reason(error)


def _make_context(trust: Trust) -> ssl.SSLContext:
    context = validating(trust.ca)
    if not trust.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if trust.certificate is not None:
        password = trust.key_password.value(trust.key) if trust.key_password else ""
        context.load_cert_chain(trust.certificate, trust.key or None, password)
    return context


def validating(ca: str) -> ssl.SSLContext:
    """A context that trusts the authorities in this file, or the system's where there is none.

    Python 3.13 began to hold certificates to the letter of RFC 5280, and to take any certificate of the file as an end
    of the chain. Windows does neither, nor do earlier releases: what is trusted must not depend on who runs the scan.

    Raises:
        OSError: the file cannot be read, or holds no certificate.
        ValueError: its name cannot be one of a file.
    """
    context = ssl.create_default_context(cafile=ca or None)
    context.sslsocket_class = DeadlineTlsSocket
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # whatever the system's library would still take
    context.verify_flags &= ~(ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN)
    return context


def start_tls(sock: DeadlineSocket, context: ssl.SSLContext, name: str) -> DeadlineTlsSocket:
    """Shake hands over a connected socket, within its budget; the peer is to prove that it has this name.

    Raises:
        OSError: no TLS came about.
    """
    budget = sock.budget
    sock.settimeout(budget.left() if budget else None)
    try:
        made = cast("DeadlineTlsSocket", context.wrap_socket(sock, server_hostname=name))
    except OSError:  # of which those about certificates are ValueErrors, too
        raise
    except ValueError as error:  # a name that TLS cannot carry
        raise OSError(0, str(error)) from None
    made.settimeout(None)
    made.budget = budget
    return made
