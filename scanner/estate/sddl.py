"""Access lists of Windows, as its own text form writes them (SDDL): who has which rights to a file or folder.

Whoever owns the machine or its domain may do all of it anyhow, and is not counted: the system, administrators, those
of the domain and the forest, Windows' own installer. An entry that denies is passed over, so that nobody is taken for
shut out who is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TRUSTED = re.compile(
    r"SY|BA|LA|DA|EA|CO|OW|S-1-5-18|S-1-5-32-544|S-1-3-[04]|S-1-5-21-\d+-\d+-\d+-(?:500|512|519)"
    r"|S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
)
"""The last one is Windows' own installer; "creator owner" and "owner rights" are nobody by themselves."""
ANYBODY = "Everyone"
NAMES = {
    "WD": ANYBODY,
    "S-1-1-0": ANYBODY,
    "BU": "Users",
    "S-1-5-32-545": "Users",
    "BG": "Guests",
    "AN": "Anonymous",
    "AU": "Authenticated Users",
    "S-1-5-11": "Authenticated Users",
    "IU": "Interactive",
    "DU": "Domain Users",
}
DENYING = frozenset(["D", "XD", "OD", "AU", "AL", "OU", "OL", "ML", "XU", "RA", "SP", "TL", "FL"])
"""Types of entries that give nothing: they deny, or say what is logged."""
RIGHTS = {
    "CC": 0x1,
    "DC": 0x2,
    "LC": 0x4,
    "SW": 0x8,
    "RP": 0x10,
    "WP": 0x20,
    "DT": 0x40,
    "LO": 0x80,
    "CR": 0x100,
    "SD": 0x10000,
    "RC": 0x20000,
    "WD": 0x40000,
    "WO": 0x80000,
    "GA": 0x10000000,
    "GX": 0x20000000,
    "GW": 0x40000000,
    "GR": 0x80000000,
    "FA": 0x1F01FF,
    "FR": 0x120089,
    "FW": 0x120116,
    "FX": 0x1200A0,
}
ALL = 0xFFFFFFFF
READ = 0x1 | 0x80000000 | 0x10000000
"""What lets one read a file."""
ADD = 0x2 | 0x40000000 | 0x10000000
"""What lets one put a file into a folder."""
_TAKE = 0x10000 | 0x40000 | 0x80000 | 0x40000000 | 0x10000000
CHANGE_FILE = 0x2 | 0x4 | _TAKE
"""Write, append, delete, or give oneself the right to."""
CHANGE_FOLDER = 0x40 | _TAKE
"""Put something else in the place of what is in a folder. To add what is not there yet is another right."""
FORM = re.compile(r"O:(.+?)(?:G:.+?)?(?:D:(.*?))?(?:S:.*)?", re.DOTALL)


def owner_of(text: str) -> str:
    """Who owns it; empty where the text does not say."""
    found = FORM.fullmatch(text)
    return found[1] if found else ""


def others(text: str, rights: int, own: str) -> tuple[str, ...]:
    """Who else has one of these rights: names of groups that everybody knows, else security identifiers.

    Args:
        text: owner and access list.
        rights: bits.
        own: this account's identifier.
    """
    found = FORM.fullmatch(text)
    listed = found[2] if found else None
    if listed is None or "NO_ACCESS_CONTROL" in listed.partition("(")[0]:
        return (ANYBODY,)
    who = [account for account, given in _given(listed) if given & rights and not _is_trusted(account, own)]
    return tuple(dict.fromkeys(NAMES.get(account, account) for account in who))


def is_ours(account: str, own: str) -> bool:
    """Whether an owner is this account, or one that may do all of it anyhow."""
    return _is_trusted(account, own)


def _is_trusted(account: str, own: str) -> bool:
    return account == own or TRUSTED.fullmatch(account) is not None


def _given(listed: str) -> Iterator[tuple[str, int]]:
    """Account and rights of every entry that counts for the thing itself, and not for what is made in it alone."""
    for entry in _entries(listed):
        kind, flags, rights, _object, _inherited, account, *_condition = (*entry.split(";"), *[""] * 5)
        if kind not in DENYING and "IO" not in re.findall("..", flags):
            yield account, _mask(rights)


def _entries(listed: str) -> Iterator[str]:
    """What stands in parentheses; a condition within has its own."""
    depth, start, quoted = 0, 0, False
    for place, sign in enumerate(listed):
        quoted ^= sign == '"'
        if quoted:
            continue
        if sign == "(":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif sign == ")":
            depth -= 1
            if depth == 0:
                yield listed[start:place]


def _mask(rights: str) -> int:
    """What is not known may be any."""
    if re.fullmatch(r"0x[0-9a-fA-F]+", rights):
        return int(rights, 16)
    mask = 0
    for word in re.findall("..?", rights):
        mask |= RIGHTS.get(word, ALL)
    return mask
