"""Who of everybody may read a file, by its access list as SDDL writes it (MS-DTYP 2.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

BROAD = {
    "WD": "Everyone", "S-1-1-0": "Everyone", "BU": "Users", "S-1-5-32-545": "Users", "AU": "Authenticated Users",
    "S-1-5-11": "Authenticated Users", "DU": "Domain Users", "IU": "Interactive", "S-1-5-4": "Interactive",
    "NU": "Network", "S-1-5-2": "Network", "S-1-5-15": "This Organization", "BG": "Guests", "S-1-5-32-546": "Guests",
    "AN": "Anonymous", "S-1-5-7": "Anonymous",
}  # fmt: skip
"""whoever has an account, and more"""
DOMAIN_USERS = re.compile(r"S-1-5-21-\d+-\d+-\d+-513", re.ASCII)
READING = 0x1 | 0x80000000 | 0x10000000
"""FILE_READ_DATA, GENERIC_READ, GENERIC_ALL"""
WORDS = frozenset({"FA", "FR", "GA", "GR", "CC"})
"""two letters for rights with one of those; CC is the first bit"""
ENTRY = re.compile(r"\(([^()]*)\)")
LIST = re.compile(r"D:([A-Z_]*)((?:\([^()]*\))*)(?:S:.*)?\Z", re.DOTALL)
"""With a condition in it, which has parentheses of its own, it is none that we can read."""
MOST = 1_000
"""entries that are looked at"""


def broad_readers(sddl: str) -> tuple[str, ...] | None:
    """Who of everybody is let in to read; nothing where the list, or an entry that may decide, cannot be read.

    An entry that denies counts for those after it: the list is read from its first entry on (MS-DTYP 2.5.3.2).
    """
    found = LIST.search(sddl)
    if found is None:
        return ("Everyone",) if "D:" not in sddl else None
    if "NO_ACCESS_CONTROL" in found[1]:
        return ("Everyone",)
    allowed: dict[str, None] = {}
    denied: set[str] = set()
    for entry in _entries(found[2]):
        if entry is None:
            return None
        kind, who = entry
        if kind == "D":
            denied.add(who)
        elif denied.isdisjoint((who, "Everyone")):
            allowed[who] = None
    return tuple(allowed)


def _entries(text: str) -> Iterator[tuple[str, str] | None]:
    """Kind and name of each entry that is about reading, of everybody; nothing for one that cannot be read."""
    for place, entry in enumerate(ENTRY.findall(text)):
        parts = entry.split(";")
        if len(parts) != 6 or place >= MOST:
            yield None
            return
        kind, flags, rights, sid = parts[0], parts[1], parts[2], parts[5]
        who = BROAD.get(sid) or ("Domain Users" if DOMAIN_USERS.fullmatch(sid) else "")
        reads = _reads(rights)
        if not who or "IO" in re.findall("..", flags) or reads is False:
            continue
        yield None if kind not in ("A", "D") or reads is None else (kind, who)


def _reads(rights: str) -> bool | None:
    """Whether rights hold reading; nothing where they cannot be read."""
    if rights[:2].lower() == "0x" or rights.isdigit():
        try:
            return bool(int(rights, 0) & READING)
        except ValueError:
            return None
    letters = re.findall("..", rights)
    return bool(WORDS & set(letters)) if "".join(letters) == rights and rights.isalpha() else None
