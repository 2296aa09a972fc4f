"""Certificates of a machine's own stores, as the registry keeps them: its own, and whom it trusts."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.stored import FRIENDLY, KEY, PURPOSES, Stored, properties_of
from scanner.facts.x509 import CLIENT, SERVER
from scanner.words.query import below, registry
from scanner.words.wording import counted

MOST, MOST_TRUSTED = 500, 2000
"""certificates of one store, and of all that are trusted"""
MACHINE = r"SOFTWARE\Microsoft\SystemCertificates"
POLICY = r"SOFTWARE\Policies\Microsoft\SystemCertificates"
ENTERPRISE = r"SOFTWARE\Microsoft\EnterpriseCertificates"
ROOTS, PROGRAM, BETWEEN, UNTRUSTED = "root", "authroot", "ca", "disallowed"
"""Stores, lower case: roots, roots of Microsoft's program, authorities between root and leaf, what is not trusted"""
SERVER_OID, CLIENT_OID, ANY_OID = (bytes.fromhex(text) for text in ("06082b06010505070301", "06082b06010505070302",
                                                                     "0604551d2500"))  # fmt: skip
_WHERE = struct.Struct("<IIIIIII")


@windows_fact(
    below(rf"{MACHINE}\MY\Certificates"),
    absent=("key",),
    yields="REG",
    no_row="the machine has no certificate of its own",
    key=("path",),
)
class OwnCertificate(Stored):
    """A certificate of the machine itself (LocalMachine\\My), with where its private key lies; not the key."""

    path: str = prop("PSPath", "its key, which ends in its thumbprint")
    blob: str | None = prop("Blob", "certificate, friendly name, name and kind of its key; hexadecimal digits")

    @classmethod
    def excess(cls, rows: Iterable[WindowsFact]) -> str:
        """More than any machine has."""
        return _excess(rows, MOST)

    @property
    def friendly_name(self) -> str:
        """What people, or programs, call it."""
        return properties_of(self.blob or "").get(FRIENDLY, b"").decode("utf-16-le", "replace").rstrip("\0")

    @property
    def has_key(self) -> bool:
        """Whether it says where its private key lies."""
        return KEY in properties_of(self.blob or "")

    @property
    def private_key(self) -> tuple[str, int] | None:
        """The provider that keeps the key, and its kind: 0 CNG, 1 for exchange, 2 for signatures. Nothing if not told.

        Source: MS-GPEF 2.2.1.1.1.1.1, KEY_PROV_INFO: offsets of two names, type, flags, 8 reserved octets, the kind.
        """
        data = properties_of(self.blob or "").get(KEY, b"")
        if len(data) < _WHERE.size:
            return None
        container, provider, *_, kind = _WHERE.unpack_from(data)
        names = [_text(data, at) for at in (container, provider)]
        return None if None in names else (names[1] or "", kind)


@windows_fact(
    below(
        *(rf"{MACHINE}\{name}\Certificates" for name in ("ROOT", "AuthRoot", "CA")),
        *(rf"{POLICY}\{name}\Certificates" for name in ("Root", "CA")),
        *(rf"{ENTERPRISE}\{name}\Certificates" for name in ("Root", "CA")),
    ),
    absent=("key",),
    yields="REG",
    least=1,
    key=("path",),
)
class Authority(Stored):
    """A certificate that the machine trusts as a root, or knows as one between root and leaf."""

    path: str = prop("PSPath", "its key, which tells the store and ends in its thumbprint")
    blob: str | None = prop("Blob", "the certificate and what it may be used for; hexadecimal digits")

    @classmethod
    def excess(cls, rows: Iterable[WindowsFact]) -> str:
        """More than any machine has."""
        return _excess(rows, MOST_TRUSTED)

    @property
    def root(self) -> bool:
        """Whether it is trusted by itself."""
        return self.store in (ROOTS, PROGRAM)

    @property
    def limited(self) -> bool:
        """Whether its store keeps it from proving servers and clients, whatever the certificate says."""
        told = properties_of(self.blob or "").get(PURPOSES)
        return told is not None and ANY_OID not in told and not (SERVER_OID in told and CLIENT_OID in told)


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\Replication",
             r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\FailoverReplication"),
    absent=("key",),
    yields="REG",
    no_row="nothing is set: whether a certificate was revoked is looked up",
    key=("path",),
)  # fmt: skip
class RevocationCheck(WindowsFact):
    """Whether the machine looks up if the certificate of a partner in replication was revoked (KB 2767928)."""

    path: str = prop("PSPath", "its key; one under FailoverReplication, which the beta of 2012 had, counts for nothing")
    disabled: int | None = prop("DisableCertRevocationCheck", "1: it does not")

    @property
    def counts(self) -> bool:
        """Whether Windows reads it there."""
        return self.path.lower().endswith("\\replication")


@windows_fact(
    below(
        rf"{MACHINE}\Disallowed\Certificates", rf"{POLICY}\Disallowed\Certificates",
        rf"{ENTERPRISE}\Disallowed\Certificates",
    ),
    absent=("key",),
    yields="REG",
    no_row="the machine holds nothing for untrusted by name",
    key=("path",),
)  # fmt: skip
class UntrustedCertificate(WindowsFact):
    """A certificate that the machine must not trust, whoever signed it."""

    path: str = prop("PSPath", "its key, which ends in its thumbprint")

    @property
    def thumbprint(self) -> str:
        """SHA-1 of the certificate by which its key is called, upper case."""
        return self.path.rpartition("\\")[2].upper()


def _excess(rows: Iterable[WindowsFact], most: int) -> str:
    number = len(tuple(rows))
    return f"{counted(number, 'certificate')}, and no machine has more than {most:,}" if number > most else ""


def _text(data: bytes, at: int) -> str | None:
    """A name of two octets a sign within the property; nothing where none ends there."""
    end = next((place for place in range(at, len(data) - 1, 2) if data[place : place + 2] == b"\0\0"), -1)
    return data[at:end].decode("utf-16-le", "replace") if _WHERE.size <= at <= end else None


BOTH = frozenset({SERVER, CLIENT})
"""What a certificate of Hyper-V Replica must be for, on either side."""
