"""Whom a security descriptor of a session configuration lets in, of somebody who signs in over the network.

An access list is read from its first entry on, and the first that is about one of the SIDs decides (MS-DTYP 2.5.3.2):
Windows itself puts a refusal of NETWORK first where remoting was switched off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

ALIASES = {
    "WD": "S-1-1-0", "AU": "S-1-5-11", "NU": "S-1-5-2", "IU": "S-1-5-4", "AN": "S-1-5-7", "SY": "S-1-5-18",
    "BA": "S-1-5-32-544", "BU": "S-1-5-32-545", "BG": "S-1-5-32-546", "RM": "S-1-5-32-580", "HA": "S-1-5-32-578",
    "LS": "S-1-5-19", "NS": "S-1-5-20", "SU": "S-1-5-6", "CO": "S-1-3-0", "RD": "S-1-5-32-555",
}  # fmt: skip
"""Two letters of SDDL (MS-DTYP 2.5.1.1) that mean the same SID on every machine."""
NETWORK = "S-1-5-2"
SIMPLE = 6
"""parts of an entry without a condition"""
EXECUTE = 0x10000000 | 0x20000000
"""GENERIC_ALL and GENERIC_EXECUTE: what opens a session"""
LIST = re.compile(r"D:(NO_ACCESS_CONTROL|(?:P|AR|AI)*)(.*)", re.DOTALL)


def lets_in(sddl: str, sids: Collection[str]) -> bool | None:
    """Whether somebody with these SIDs may open a session; nothing where an entry that may decide cannot be read."""
    for entry in _read(sddl):
        if entry is None:
            return None
        if entry is EVERYBODY or entry.sid in sids:
            return entry.allows
    return False


def lets_in_anybody(sddl: str) -> bool | None:
    """Whether it lets in anybody over the network that it names; nothing where an entry cannot be read."""
    refused: set[str] = set()
    for entry in _read(sddl):
        if entry is None or entry.allows is None:
            return None
        if not entry.allows:
            refused.add(entry.sid)
        elif refused.isdisjoint((entry.sid, NETWORK, ALIASES["WD"], ALIASES["AU"])):
            return True
    return False


class _Entry(NamedTuple):
    sid: str
    allows: bool | None
    """whether it allows or refuses; nothing of an entry of another kind"""


EVERYBODY = _Entry(ALIASES["WD"], allows=True)
"""Stands for a list that is not there: Windows then refuses nobody (MS-DTYP 2.5.1.1, NO_ACCESS_CONTROL)."""


def _read(sddl: str) -> Iterator[_Entry | None]:
    """The entries that are about opening a session, in their order; nothing for one that cannot be read, or no list."""
    found = LIST.search(sddl)
    if found is None:
        yield None
        return
    if found[1] == "NO_ACCESS_CONTROL":
        yield EVERYBODY
        return
    for entry in _entries(found[2]):
        parts = entry.split(";")
        sid = ALIASES.get(parts[-1]) or parts[-1]
        if len(parts) != SIMPLE or not sid.startswith("S-1-"):  # an alias that depends on the machine or its domain
            yield None
        elif "IO" not in parts[1] and _opens(parts[2]):
            yield _Entry(sid, {"A": True, "D": False}.get(parts[0]))


def _entries(text: str) -> Iterator[str]:
    """What stands in each pair of parentheses that the text begins with; conditions have more of them within."""
    depth = start = 0
    for at, sign in enumerate(text):
        if sign == "(":
            start = at + 1 if depth == 0 else start
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                yield text[start:at]
        if depth <= 0 and sign != ")":
            return


def _opens(rights: str) -> bool:
    """Whether an entry is about opening a session."""
    try:
        return bool(int(rights, 0) & EXECUTE)
    except ValueError:
        return any(rights[at : at + 2] in ("GA", "GX") for at in range(0, len(rights), 2))
