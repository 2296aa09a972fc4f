"""The certificate inside a key file: dates and thumbprint, and whether a private key comes with it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from scanner.facts.keyfile import EMPTY, MALFORMED, NO_BASE64, NO_KEY, PROTECTED, UNSUPPORTED


@dataclass(frozen=True, slots=True)
class Certificate:
    """What may be known of it."""

    thumbprint: str = ""
    """SHA-1, upper case"""
    problem: str = ""
    not_before: datetime | None = None
    not_after: datetime | None = None


NO_CERTIFICATE = Certificate(problem=EMPTY)


def certificate_of(text: str) -> Certificate:
    """Read base64 of a PKCS#12 with an empty password, or of a bare certificate (which lacks the key).

    Nothing of the text is part of the answer.
    """
    packed = "".join(text.split())
    if not packed:
        return NO_CERTIFICATE
    try:
        data = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return Certificate(problem=NO_BASE64)
    try:
        return _bare(data) or _packed(data)
    except ValueError:
        return Certificate(problem=MALFORMED)


def _packed(data: bytes) -> Certificate:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    problem = PROTECTED
    for password in (b"", None):  # both are written for "none"
        try:
            store = load_pkcs12(data, password)
        except UnsupportedAlgorithm:
            problem = UNSUPPORTED
            continue
        except (ValueError, TypeError):
            continue
        if store.cert is not None:
            return _described(store.cert.certificate, "" if store.key is not None else NO_KEY)
        if store.additional_certs:
            return _described(store.additional_certs[0].certificate, NO_KEY)
        return NO_CERTIFICATE
    return Certificate(problem=problem)


def _bare(data: bytes) -> Certificate | None:
    from cryptography import x509

    try:
        certificate = x509.load_der_x509_certificate(data)
    except ValueError:
        return None
    return _described(certificate, NO_KEY)


def _described(certificate: object, problem: str) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    if not isinstance(certificate, x509.Certificate):
        return NO_CERTIFICATE
    return Certificate(
        thumbprint=certificate.fingerprint(hashes.SHA1()).hex().upper(),  # noqa: S303 - an identity, as Windows shows it
        problem=problem,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )
