"""Throw-away certificates for tests and trials: an authority, servers good and bad, a client."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KEY_PASSWORD = "secret"


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, in PEM files."""

    certificate: str
    key: str
    encrypted_key: str
    """The same key under KEY_PASSWORD."""


@dataclass(frozen=True)
class Certificates:
    """What `make` made. `ca` is the authority to trust; `stranger` was signed by another one."""

    ca: str
    server: Pair
    expired: Pair
    wrong_name: Pair
    stranger: Pair
    client: Pair


class _Authority:
    def __init__(self, name: str, folder: Path) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name, self._folder = _name(name), folder
        usage = x509.KeyUsage(
            digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        self.certificate = (
            _builder(self._name, self._name, self._key.public_key(), days=30)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def issue(
        self, file: str, name: str, usage: x509.ObjectIdentifier, *, days: int = 20, also: Sequence[str] = ()
    ) -> Pair:
        """Return a certificate of `name`, valid for the DNS names and addresses in `also`, for that many days."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = (
            _builder(_name(name), self._name, key.public_key(), days=days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if also:
            builder = builder.add_extension(x509.SubjectAlternativeName([_alternative(each) for each in also]), False)
        certificate = builder.sign(self._key, hashes.SHA256())
        protection = serialization.BestAvailableEncryption(KEY_PASSWORD.encode())
        return Pair(
            _save(self._folder / f"{file}.pem", certificate.public_bytes(serialization.Encoding.PEM)),
            _save(self._folder / f"{file}.key", _pem(key, serialization.NoEncryption())),
            _save(self._folder / f"{file}.encrypted.key", _pem(key, protection)),
        )


def make(folder: Path, names: Sequence[str], client: str = "certuser") -> Certificates:
    """Write certificates into `folder`; those of servers are for `names`, DNS names and addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    ours, theirs = _Authority("Lab authority", folder), _Authority("Another authority", folder)
    server = ExtendedKeyUsageOID.SERVER_AUTH
    return Certificates(
        ca=_save(folder / "ca.pem", ours.certificate.public_bytes(serialization.Encoding.PEM)),
        server=ours.issue("server", names[0], server, also=names),
        expired=ours.issue("expired", names[0], server, also=names, days=-2),
        wrong_name=ours.issue("wrong_name", "elsewhere.example", server, also=["elsewhere.example"]),
        stranger=theirs.issue("stranger", names[0], server, also=names),
        client=ours.issue("client", client, ExtendedKeyUsageOID.CLIENT_AUTH),
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=20))
        .not_valid_after(now + dt.timedelta(days=days))
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey, protection: serialization.KeySerializationEncryption) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)


def _save(file: Path, content: bytes) -> str:
    file.touch(mode=0o600)
    file.write_bytes(content)
    return str(file)
