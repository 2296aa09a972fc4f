"""What an X.509 certificate says. It is another machine's text: what cannot be read is told, and proves nothing.

DER comes as hexadecimal digits, as facts hold it. ``cryptography`` is loaded when the first certificate is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.words.telling import tell

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Extensions

SERVER, CLIENT, ANY = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "2.5.29.37.0"
"""Extended key usages: server authentication, client authentication, any."""
LARGEST = 16 * 1024
"""octets of a certificate; one with a hundred names has 4 KiB"""
MOST_NAMES = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """A certificate, as far as it could be read."""

    problem: str = ""
    """why it could not be; then nothing else of it counts"""
    subject: str = ""
    issuer: str = ""
    common_names: tuple[str, ...] = ()
    dns_names: tuple[str, ...] = ()
    not_before: datetime = EPOCH
    not_after: datetime = EPOCH
    purposes: tuple[str, ...] | None = None
    """extended key usages by OID; nothing without the extension"""
    signs: bool | None = None
    """key usage digitalSignature; nothing without the extension"""
    enciphers: bool | None = None
    """key usage keyEncipherment"""
    rsa_bits: int = 0
    """0: no RSA key"""
    self_issued: bool = False
    """subject and issuer are one name"""
    authority: bool | None = None
    """basic constraints; nothing without the extension"""
    lists: tuple[str, ...] = ()
    """where it says that revocation is told: URLs of lists and of OCSP"""


@lru_cache(maxsize=4096)
def said(der: str) -> Said:
    """What a certificate says."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509.oid import NameOID

    try:
        found = load(der)
        common = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return _extended(found, found.extensions, tuple(str(one.value) for one in common))
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType, x509.InvalidVersion, UnsupportedAlgorithm):
        return Said(tell("it holds what cannot be read"))
    except (ValueError, TypeError, OverflowError):
        return Said(tell("it is malformed"))


def load(der: str) -> Certificate:
    """The certificate.

    Raises:
        ValueError: it is none, or larger than any.
    """
    from cryptography.x509 import load_der_x509_certificate

    if not 0 < len(der) <= 2 * LARGEST:
        raise ValueError("no certificate, or larger than any")
    return load_der_x509_certificate(bytes.fromhex(der))


def _extended(found: Certificate, extensions: Extensions, common: tuple[str, ...]) -> Said:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key = found.public_key()
    names = eku = ku = basic = None
    for value in (one.value for one in extensions):
        match value:
            case x509.SubjectAlternativeName():
                names = value
            case x509.ExtendedKeyUsage():
                eku = value
            case x509.KeyUsage():
                ku = value
            case x509.BasicConstraints():
                basic = value
            case _:
                pass
    dns = names.get_values_for_type(x509.DNSName) if names is not None else []
    return Said(
        subject=found.subject.rfc4514_string(),
        issuer=found.issuer.rfc4514_string(),
        common_names=common[:MOST_NAMES],
        dns_names=tuple(dns[:MOST_NAMES]),
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        purposes=None if eku is None else tuple(one.dotted_string for one in eku),
        signs=None if ku is None else ku.digital_signature,
        enciphers=None if ku is None else ku.key_encipherment,
        rsa_bits=key.key_size if isinstance(key, RSAPublicKey) else 0,
        self_issued=found.subject == found.issuer,
        authority=basic.ca if basic is not None else None,
        lists=tuple(_lists(extensions)),
    )


def _lists(extensions: Extensions) -> list[str]:
    """URLs of revocation lists and of OCSP."""
    from cryptography import x509
    from cryptography.x509.oid import AuthorityInformationAccessOID

    found: list[str] = []
    for one in extensions:
        if isinstance(one.value, x509.CRLDistributionPoints):
            names = [name for point in one.value for name in point.full_name or ()]
            found += [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
        elif isinstance(one.value, x509.AuthorityInformationAccess):
            ways = [way for way in one.value if way.access_method == AuthorityInformationAccessOID.OCSP]
            found += [
                way.access_location.value
                for way in ways
                if isinstance(way.access_location, x509.UniformResourceIdentifier)
            ]
    return found[:MOST_NAMES]


@lru_cache(maxsize=4096)
def issued(der: str, by: str) -> bool | None:
    """Whether one certificate was signed with the key of another that bears its issuer's name; nothing if not told."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        load(der).verify_directly_issued_by(load(by))
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, TypeError, ValueError):
        return None
    return True
