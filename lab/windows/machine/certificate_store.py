"""A certificate as a store's registry key keeps it: elements of property id, 1, length and data.

Ids as in wincrypt.h and MS-GPEF 2.2.1.1.1.1: 32 the certificate (DER), 11 the friendly name (UTF-16), 2 where the
private key lies, 9 what the store lets it be used for.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding

from lab.windows.machine.making import PURPOSES, made
from lab.windows.machine.parts import Certificate, Made

STORES = "SOFTWARE\\Microsoft\\SystemCertificates"
USUAL = Certificate(made=Made("Windows Practice Root", is_authority=True), private_key=False, store="ROOT")
"""Every machine of Windows has roots."""


def certificate_of(certificate: Certificate) -> x509.Certificate:
    """The certificate itself. Raises ValueError where neither a text nor what it is made from is given."""
    if certificate.pem:
        return x509.load_pem_x509_certificate(certificate.pem.encode())
    if certificate.made is None:
        raise ValueError("a certificate has pem or made")
    return made(certificate.made)


def thumbprint_of(certificate: Certificate) -> str:
    """SHA-1 of the certificate in capitals."""
    return certificate_of(certificate).fingerprint(SHA1()).hex().upper()


def store_blob(certificate: Certificate) -> tuple[str, bytes]:
    """(thumbprint, content of the value Blob)."""
    elements = [*_properties(certificate), (32, certificate_of(certificate).public_bytes(Encoding.DER))]
    blob = b"".join(struct.pack("<III", number, 1, len(data)) + data for number, data in elements)
    return thumbprint_of(certificate), blob


def keys(certificates: list[Certificate]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """Keys below HKLM with their values: of each certificate, and of stores that are empty."""
    for certificate in (*certificates, USUAL):
        store = certificate.store if "\\" in certificate.store else f"{STORES}\\{certificate.store}"
        thumbprint, blob = store_blob(certificate)
        yield f"{store}\\Certificates\\{thumbprint}", {"Blob": list(blob)}
    yield f"{STORES}\\MY\\Certificates", {}


def _properties(certificate: Certificate) -> Iterator[tuple[int, bytes]]:
    if certificate.private_key and certificate.store == "MY":
        container, provider = (f"{text}\0".encode("utf-16-le") for text in ("practice", certificate.provider))
        head = struct.pack("<IIII8xI", 28, 28 + len(container), 12, 0x20, certificate.key_spec)
        yield 2, head + container + provider
    if certificate.purposes is not None:
        oids = b"".join(_oid(PURPOSES[word].dotted_string) for word in certificate.purposes)
        yield 9, b"\x30" + bytes([len(oids)]) + oids
    if certificate.friendly_name:
        yield 11, f"{certificate.friendly_name}\0".encode("utf-16-le")


def _oid(text: str) -> bytes:
    """An object identifier in DER; all of its numbers but the last ones of two octets are small."""
    first, second, *rest = map(int, text.split("."))
    body = bytes([40 * first + second]) + b"".join(
        bytes([0x80 | number >> 7, number & 0x7F]) if number > 127 else bytes([number]) for number in rest
    )
    return b"\x06" + bytes([len(body)]) + body
