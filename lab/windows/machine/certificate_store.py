"""A certificate as the machine store's registry key keeps it: elements of property id, 1, length and data.

Ids as in wincrypt.h: 32 the certificate (DER), 11 the friendly name (UTF-16), 2 where the private key lies.
"""

from __future__ import annotations

import struct

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding

from lab.windows.machine.parts import Certificate


def store_blob(certificate: Certificate) -> tuple[str, bytes]:
    """(thumbprint, content of the value Blob)."""
    parsed = x509.load_pem_x509_certificate(certificate.pem.encode())
    elements: list[tuple[int, bytes]] = []
    if certificate.private_key:
        elements.append((2, "Microsoft Software Key Storage Provider\0".encode("utf-16-le")))
    if certificate.friendly_name:
        elements.append((11, f"{certificate.friendly_name}\0".encode("utf-16-le")))
    elements.append((32, parsed.public_bytes(Encoding.DER)))
    blob = b"".join(struct.pack("<III", number, 1, len(data)) + data for number, data in elements)
    return parsed.fingerprint(SHA1()).hex().upper(), blob
