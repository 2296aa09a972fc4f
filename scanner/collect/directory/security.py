"""Security identifiers and self-relative security descriptors, strictly read (MS-DTYP 2.4.2.2, 2.4.4 to 2.4.6).

``msDS-AllowedToActOnBehalfOfOtherIdentity`` is such a descriptor: whoever its DACL allows may act on behalf of others
towards the computer that holds it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

DACL_PRESENT, SELF_RELATIVE = 0x4, 0x8000
INHERIT_ONLY = 0x8
OBJECT_TYPE, INHERITED_OBJECT_TYPE = 0x1, 0x2
ALLOW, DENY = (0, 5), (1, 6, 10, 12)
"""Types of entries. A conditional allowance (9, 11) is none that can be counted on; a conditional denial counts."""
OBJECT_ENTRIES = (5, 6, 11, 12)


@dataclass(frozen=True, slots=True)
class Dacl:
    """Whom a descriptor allows and denies, in its order, each once."""

    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


def sid_text(data: bytes) -> str:
    """A security identifier as text, S-1-5-21-...

    Raises:
        ValueError: it is none.
    """
    if len(data) < 8 or data[0] != 1 or data[1] > 15 or len(data) != 8 + 4 * data[1]:
        raise ValueError("no security identifier")
    authority = int.from_bytes(data[2:8], "big")
    parts = struct.unpack_from(f"<{data[1]}I", data, 8)
    return "-".join(["S-1", hex(authority) if authority >= 2**32 else str(authority), *map(str, parts)])


def sid_octets(text: str) -> bytes:
    """The octets of a security identifier, as filters take it.

    Raises:
        ValueError: it is none.
    """
    try:
        revision, authority, *parts = map(int, text.upper().removeprefix("S-").split("-"))
        return (
            struct.pack("<BB", revision, len(parts))
            + authority.to_bytes(6, "big")
            + struct.pack(f"<{len(parts)}I", *parts)
        )
    except (ValueError, OverflowError, struct.error):
        raise ValueError("no security identifier") from None


def dacl_of(data: bytes) -> Dacl:
    """Whom a self-relative security descriptor allows and denies.

    Raises:
        ValueError: it is none, or is malformed.
    """
    if len(data) < 20 or data[0] != 1:
        raise ValueError("no security descriptor")
    control, _, _, _, offset = struct.unpack_from("<HIIII", data, 2)
    if not control & SELF_RELATIVE:
        raise ValueError("the security descriptor is not self-relative")
    if not control & DACL_PRESENT or offset == 0:
        return Dacl()
    return _entries(data, offset)


def _entries(data: bytes, offset: int) -> Dacl:
    if offset < 20 or offset + 8 > len(data):
        raise ValueError("the access list lies outside the security descriptor")
    revision, _, size, count, _ = struct.unpack_from("<BBHHH", data, offset)
    end = offset + size
    if revision not in (2, 4) or size < 8 or end > len(data):
        raise ValueError("the access list is malformed")
    allowed: dict[str, None] = {}
    denied: dict[str, None] = {}
    at = offset + 8
    for _ in range(count):
        if at + 4 > end:
            raise ValueError("the access list ends before its last entry")
        kind, flags, length = struct.unpack_from("<BBH", data, at)
        if length < 4 or at + length > end:
            raise ValueError("an entry of the access list is malformed")
        if (kind in ALLOW or kind in DENY) and not flags & INHERIT_ONLY:
            sid = _trustee(kind, data[at + 4 : at + length])
            if sid:
                (allowed if kind in ALLOW else denied)[sid] = None
        at += length
    return Dacl(tuple(allowed), tuple(denied))


def _trustee(kind: int, body: bytes) -> str:
    """Whom an entry is about; nobody when it grants or denies nothing, or one kind of object only."""
    if len(body) < 12:
        raise ValueError("an entry of the access list is too short")
    mask = int.from_bytes(body[:4], "little")
    at = 4
    if kind in OBJECT_ENTRIES:
        present = int.from_bytes(body[4:8], "little")
        at = 8 + 16 * bool(present & OBJECT_TYPE) + 16 * bool(present & INHERITED_OBJECT_TYPE)
        if present & OBJECT_TYPE:
            mask = 0
    if at + 2 > len(body):
        raise ValueError("an entry of the access list names nobody")
    sid = sid_text(body[at : at + 8 + 4 * body[at + 1]])
    return sid if mask else ""
