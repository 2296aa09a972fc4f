"""Certificates of practice machines, made from a few words: always the same, whichever machine makes them.

Keys follow from names, and signatures from keys: no key is kept, and none protects anything.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from lab.windows.machine.parts import Made

PURPOSES = {
    "server": ExtendedKeyUsageOID.SERVER_AUTH,
    "client": ExtendedKeyUsageOID.CLIENT_AUTH,
    "any": ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    "mail": ExtendedKeyUsageOID.EMAIL_PROTECTION,
}
ORDER = 2**255


def made(said: Made) -> x509.Certificate:
    """The certificate; made anew on another day only where it counts days from today."""
    today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    return _made(msgspec.json.encode(said), today if said.days_left is not None else None)


@lru_cache(maxsize=1024)
def _made(text: bytes, today: datetime | None) -> x509.Certificate:
    said = msgspec.json.decode(text, type=Made)
    issuer = said.authority or said.subject
    starts, ends = (datetime.combine(day, time(), UTC) for day in (said.starts, said.ends))
    if today is not None:
        ends = today + timedelta(days=said.days_left or 0)
        starts = min(starts, ends - timedelta(days=365))
    builder = x509.CertificateBuilder(
        subject_name=_name(said.subject),
        issuer_name=_name(issuer),
        public_key=_rsa(said) if said.authority and said.bits and not said.is_authority else _public(said.subject),
        serial_number=int.from_bytes(hashlib.sha256(text).digest()[:15], "big") | 1,
        not_valid_before=starts,
        not_valid_after=ends,
    )
    for extension in _extensions(said):
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(_key(issuer), SHA256(), ecdsa_deterministic=True)


def _extensions(said: Made) -> list[x509.ExtensionType]:
    found: list[x509.ExtensionType] = []
    if said.is_authority is not None:
        found.append(x509.BasicConstraints(ca=said.is_authority, path_length=None))
    if said.names:
        found.append(x509.SubjectAlternativeName([x509.DNSName(name) for name in said.names]))
    if said.purposes:
        found.append(x509.ExtendedKeyUsage([PURPOSES[word] for word in said.purposes]))
    if said.usage is not None:
        others = dict.fromkeys(
            ("content_commitment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
             "decipher_only"), False,
        )  # fmt: skip
        found.append(
            x509.KeyUsage(digital_signature="sign" in said.usage, key_encipherment="encipher" in said.usage, **others)
        )
    ocsp = [url.removeprefix("ocsp ") for url in said.lists if url.startswith("ocsp ")]
    if ocsp:
        ways = [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, _place(url)) for url in ocsp]
        found.append(x509.AuthorityInformationAccess(ways))
    if lists := [_place(url) for url in said.lists if not url.startswith("ocsp ")]:
        found.append(x509.CRLDistributionPoints([x509.DistributionPoint(lists, None, None, None)]))
    return found


def _place(url: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(url)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text.partition("#")[0])])


@lru_cache(maxsize=256)
def _key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") % ORDER, ec.SECP256R1())


def _public(name: str) -> ec.EllipticCurvePublicKey:
    return _key(name).public_key()


def _rsa(said: Made) -> rsa.RSAPublicKey:
    """A public key that nobody has the private one of; who needs it to sign is no practice machine."""
    octets = hashlib.shake_256(said.subject.encode()).digest(said.bits // 8)
    return rsa.RSAPublicNumbers(65537, int.from_bytes(octets, "big") | 1 << (said.bits - 1) | 1).public_key()
