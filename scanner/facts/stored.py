"""A certificate in a store of the registry, and the properties that stand beside it.

A value of a store is a list of properties: identifier, 1 and length, 4 octets each, then the property (MS-GPEF
2.2.1.1.1.1). Of them are kept the certificate (32), where its private key lies (2), the name that people gave it (11)
and what it may be used for (9): no property holds a key.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from scanner.facts.base import WindowsFact
from scanner.facts.octets import as_hex
from scanner.facts.x509 import LARGEST, Said, said
from scanner.words.telling import tell

KEY, PURPOSES, FRIENDLY, CERTIFICATE = 2, 9, 11, 32
"""properties: where the private key lies, what the store lets it be used for, what people call it, itself"""
_HEAD = struct.Struct("<III")


def elements(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties of a stored certificate.

    Raises:
        ValueError: it ends within one.
    """
    at = 0
    while at < len(octets):
        if at + _HEAD.size > len(octets):
            raise ValueError("it ends within a property")
        number, _, length = _HEAD.unpack_from(octets, at)
        at += _HEAD.size
        if length > len(octets) - at:
            raise ValueError("it ends within a property")
        yield number, octets[at : at + length]
        at += length


def _kept(value: object) -> object:
    """The properties that are read, as text; one that could not be read whole is left as it is, and cut."""
    text = as_hex(value)
    if not isinstance(text, str):
        return value
    try:
        wanted = [(n, data) for n, data in elements(bytes.fromhex(text)) if n in (KEY, PURPOSES, FRIENDLY, CERTIFICATE)]
    except ValueError:
        return text[: 2 * LARGEST]
    return b"".join(_HEAD.pack(n, 1, len(data)) + data for n, data in wanted if len(data) <= LARGEST).hex()


@lru_cache(maxsize=4096)
def properties_of(blob: str) -> Mapping[int, bytes]:
    """The properties of a stored certificate by their identifiers; none where it ends within one."""
    try:
        return dict(elements(bytes.fromhex(blob)))
    except ValueError:
        return {}


class Stored(WindowsFact):
    """A certificate in a store."""

    __slots__ = ()
    path: str
    blob: str | None

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Its octets as text: their order is their meaning."""
        yield {**raw, "Blob": _kept(raw["Blob"])} if "Blob" in raw else raw

    @property
    def thumbprint(self) -> str:
        """SHA-1 of the certificate by which its key is called, upper case."""
        return self.path.rpartition("\\")[2].upper()

    @property
    def store(self) -> str:
        """Which store holds it, lower case."""
        return self.path.lower().removesuffix("\\" + self.thumbprint.lower()).split("\\")[-2:][0]

    @property
    def der(self) -> str:
        """The certificate in hexadecimal digits; empty if there is none."""
        return properties_of(self.blob or "").get(CERTIFICATE, b"").hex()

    @property
    def certificate(self) -> Said:
        """What it says; nothing where its thumbprint is another one."""
        digest = hashlib.sha1(bytes.fromhex(self.der), usedforsecurity=False).hexdigest()
        return (
            said(self.der) if digest.upper() == self.thumbprint else Said(tell("it is not the one that its key names"))
        )
