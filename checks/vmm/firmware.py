"""UUIDs of firmware, which Windows and VMM may write with the bytes of their first three parts turned round."""

from __future__ import annotations

import re

from scanner.facts.base import guid_in

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def usable(uuid: str | None) -> bool:
    """Whether it tells one machine from another: firmware that has none fills it with one digit."""
    found = guid_in(uuid or "")
    return _UUID.fullmatch(found) is not None and set(found) - {"-"} not in ({"0"}, {"f"})


def same(one: str | None, other: str | None) -> bool:
    """Whether both are one UUID, in either order of its bytes."""
    first, second = guid_in(one or ""), guid_in(other or "")
    return usable(one) and second in (first, turned(first))


def turned(uuid: str) -> str:
    """The UUID with the bytes of its first three parts turned round."""
    first, second, third, rest = uuid.split("-", 3)
    return "-".join((*(bytes.fromhex(part)[::-1].hex() for part in (first, second, third)), rest))
