"""Access lists as text (SDDL), strictly read: [MS-DTYP] 2.5.1.1 and 2.4.4. What cannot be read is no list.

An access list is read from its first entry on: what an entry grants before another one refuses it stays granted, and
the other way round (2.5.3.2). Entries that are only handed down to what is below grant nothing in the folder itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

LONGEST = 300_000
"""signs; a list has 64 KiB at most, and an entry of 36 octets takes about 60 signs"""
FULL, CHANGE = 0x1F01FF, 0x1301BF
"""all rights of a folder or a share, and those that read, write and delete"""
READ, WRITE, EXECUTE = 0x120089, 0x120116, 0x1200A0
GENERIC = {0x10000000: FULL, 0x20000000: EXECUTE, 0x40000000: WRITE, 0x80000000: READ}
WORDS = {
    "GA": FULL, "GR": READ, "GW": WRITE, "GX": EXECUTE, "FA": FULL, "FR": READ, "FW": WRITE, "FX": EXECUTE,
    "KA": 0xF003F, "KR": 0x20019, "KW": 0x20006, "KX": 0x20019, "RC": 0x20000, "SD": 0x10000, "WD": 0x40000,
    "WO": 0x80000, "CC": 0x1, "DC": 0x2, "LC": 0x4, "SW": 0x8, "RP": 0x10, "WP": 0x20, "DT": 0x40, "LO": 0x80,
    "CR": 0x100,
}  # fmt: skip
FLAGS = frozenset({"OI", "CI", "NP", "IO", "ID", "SA", "FA", "TP", "CR"})
ALIASES = {
    "WD": "S-1-1-0", "CO": "S-1-3-0", "CG": "S-1-3-1", "OW": "S-1-3-4", "NU": "S-1-5-2", "IU": "S-1-5-4",
    "SU": "S-1-5-6", "AN": "S-1-5-7", "ED": "S-1-5-9", "PS": "S-1-5-10", "AU": "S-1-5-11", "RC": "S-1-5-12",
    "SY": "S-1-5-18", "LS": "S-1-5-19", "NS": "S-1-5-20", "WR": "S-1-5-33", "BA": "S-1-5-32-544",
    "BU": "S-1-5-32-545", "BG": "S-1-5-32-546", "PU": "S-1-5-32-547", "AO": "S-1-5-32-548", "SO": "S-1-5-32-549",
    "PO": "S-1-5-32-550", "BO": "S-1-5-32-551", "RE": "S-1-5-32-552", "RU": "S-1-5-32-554", "RD": "S-1-5-32-555",
    "NO": "S-1-5-32-556", "MU": "S-1-5-32-558", "LU": "S-1-5-32-559", "IS": "S-1-5-32-568", "CY": "S-1-5-32-569",
    "ER": "S-1-5-32-573", "CD": "S-1-5-32-574", "RA": "S-1-5-32-575", "ES": "S-1-5-32-576", "MS": "S-1-5-32-577",
    "HA": "S-1-5-32-578", "AA": "S-1-5-32-579", "RM": "S-1-5-32-580", "AC": "S-1-15-2-1",
}  # fmt: skip
"""Two letters that mean one SID on every machine."""
OF_DOMAIN = {"DA": 512, "DU": 513, "DG": 514, "DC": 515, "DD": 516, "CA": 517, "PA": 520, "AP": 525, "KA": 526}
"""those that mean one of the machine's own domain"""
ELSEWHERE = frozenset({"EA", "SA", "RO", "EK", "CN", "RS", "LA", "LG"})
"""those of the forest's root, or of the machine itself"""
SID = re.compile(r"S-1-(?:\d{1,10}|0x[0-9A-F]{12})(?:-\d{1,10}){1,15}", re.IGNORECASE | re.ASCII)
WHO = r"(?:S-1-[0-9A-Fx-]+|[A-Z]{2})"
WHOLE = re.compile(
    rf"(?:O:{WHO})?(?:G:{WHO})?D:(?P<flags>NO_ACCESS_CONTROL|(?:P|AR|AI)*)(?P<entries>(?:\(.*\))?)(?:S:.*)?",
    re.ASCII | re.DOTALL,
)
PARTS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry grants or refuses."""

    allows: bool
    certain: bool
    """it depends on no condition"""
    here: bool
    """it counts for the folder itself"""
    below: bool
    """files and folders that are made below get it, too"""
    mask: int
    who: str
    """a SID; where that depends on what the text does not tell, its two letters"""


def entries(sddl: str, domain: str = "") -> tuple[Entry, ...] | None:
    """The entries of a list in their order; nothing where there is no list that could be read.

    Args:
        sddl: the text.
        domain: SID of the domain of the machine that wrote it.
    """
    found = WHOLE.fullmatch(sddl) if len(sddl) <= LONGEST else None
    if found is None:
        return None
    if found["flags"] == "NO_ACCESS_CONTROL":  # no list is there, and everybody may do everything
        return (Entry(True, True, True, True, FULL, ALIASES["WD"]),)
    made = [_entry(text, domain) for text in _texts(found["entries"])]
    return None if None in made else tuple(filter(None, made))


Belongs = Callable[[str], bool | None]
"""Whether somebody is whom an entry is about; nothing where that is not known."""


def granted(list_: Iterable[Entry], wanted: int, belongs: Belongs, *, below: bool = False) -> bool | None:
    """Whether somebody has all these rights; nothing where that depends on what is not known.

    Args:
        list_: the entries in their order.
        wanted: the rights.
        belongs: who he is.
        below: in what is made below the folder, not in it.
    """
    counting = [entry for entry in list_ if (entry.below if below else entry.here)]
    if _has(counting, wanted, belongs, doubtful=False):
        return True
    return None if _has(counting, wanted, belongs, doubtful=True) else False


def _has(list_: Iterable[Entry], wanted: int, belongs: Belongs, *, doubtful: bool) -> bool:
    """Whether the rights are had, where what is doubtful turns out for him, or against him."""
    left = wanted
    for entry in list_:
        is_he = belongs(entry.who)
        if is_he is None or (is_he and not entry.certain):
            is_he = entry.allows is doubtful
        if is_he and entry.allows:
            left &= ~entry.mask
        elif is_he and entry.mask & left:
            return False
    return not left


def _texts(text: str) -> Iterator[str]:
    """What stands in each outer pair of parentheses."""
    depth = start = 0
    for at, sign in enumerate(text):
        if sign == "(":
            start = at + 1 if depth == 0 else start
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                yield text[start:at]
            if depth < 0:
                yield ""
        elif depth == 0:
            if sign == "S":  # what follows is no access list
                return
            yield ""
    if depth:
        yield ""


def _entry(text: str, domain: str) -> Entry | None:
    parts = text.split(";")
    kind, conditional = parts[0].removeprefix("X"), parts[0] in ("XA", "XD")
    if len(parts) < PARTS or (len(parts) > PARTS) is not conditional or kind not in ("A", "D") or parts[3] or parts[4]:
        return None
    flags, mask, who = _pairs(parts[1]), _mask(parts[2]), _sid(parts[5], domain)
    if flags is None or not flags <= FLAGS or mask is None or not who:
        return None
    return Entry(kind == "A", not conditional, "IO" not in flags, {"OI", "CI"} <= flags, mask, who)


def _pairs(text: str) -> frozenset[str] | None:
    return None if len(text) % 2 else frozenset(text[at : at + 2] for at in range(0, len(text), 2))


def _mask(text: str) -> int | None:
    if re.fullmatch(r"0x[0-9A-Fa-f]{1,8}|\d{1,10}", text, re.ASCII):
        return _with_generic(int(text, 16 if text.startswith("0x") else 10))
    words = _pairs(text)
    if words is None or not words <= WORDS.keys():
        return None
    mask = 0
    for word in words:
        mask |= WORDS[word]
    return mask


def _with_generic(number: int) -> int:
    for bit, rights in GENERIC.items():
        if number & bit:
            number |= rights
    return number


def _sid(text: str, domain: str) -> str:
    if SID.fullmatch(text):
        return text.upper()
    if text in OF_DOMAIN:
        return f"{domain}-{OF_DOMAIN[text]}" if domain else text
    return ALIASES.get(text, text if text in ELSEWHERE else "")
