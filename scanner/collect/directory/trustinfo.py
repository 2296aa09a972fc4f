"""The forest trust information of a trusted domain (msDS-TrustForestTrustInfo), strictly read.

A little-endian version (1) and a count, then records: length of what follows, flags, time, type, and for a top-level
name or its exclusion the name as counted UTF-8 (MS-ADTS 6.1.6.9.3; the same layout is written by Samba).
"""

from __future__ import annotations

import struct

from scanner.facts.directory import TopLevelName
from scanner.words.wording import counted

TOP_LEVEL_NAME, EXCLUSION, DOMAIN = 0, 1, 2
DISABLED = 0x1 | 0x2 | 0x4
"""newly found, by an administrator, or by a conflict"""
HEAD = struct.Struct("<IQB")
MOST = 10_000
"""records; Windows writes a few"""


def suffixes_of(data: bytes) -> tuple[TopLevelName, ...]:
    """The name suffixes that the trust routes, in the order stored.

    Raises:
        ValueError: it is no forest trust information of version 1, or is malformed.
    """
    if len(data) < 8:
        raise ValueError("forest trust information is too short")
    version, count = struct.unpack_from("<II", data)
    if version != 1 or count > MOST:
        raise ValueError(f"forest trust information of version {version} with {counted(count, 'record')}")
    found: list[TopLevelName] = []
    at = 8
    for _ in range(count):
        size = _number(data, at)
        record = data[at + 4 : at + 4 + size]
        if len(record) != size or size < HEAD.size:
            raise ValueError("a record of forest trust information is malformed")
        name = _suffix(record)
        if name is not None:
            found.append(name)
        at += 4 + size
    if at != len(data):
        raise ValueError("forest trust information is longer than its records")
    return tuple(found)


def _suffix(record: bytes) -> TopLevelName | None:
    """The suffix a record tells; none for a domain's record or a kind added later."""
    flags, _, kind = HEAD.unpack_from(record)
    if kind == DOMAIN:
        _, at = _counted(record, HEAD.size)
        _, at = _counted(record, at)
        _counted(record, at)
    if kind not in (TOP_LEVEL_NAME, EXCLUSION):
        return None
    name, _ = _counted(record, HEAD.size)
    text = name.decode().lower().rstrip(".")
    if not text or not text.isprintable():
        raise ValueError("a top-level name is no name")
    return TopLevelName(text, not flags & DISABLED, kind == EXCLUSION)


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    size = _number(data, at)
    end = at + 4 + size
    if end > len(data):
        raise ValueError("a record of forest trust information ends early")
    return data[at + 4 : end], end


def _number(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise ValueError("forest trust information ends early")
    return int.from_bytes(data[at : at + 4], "little")
