"""The pieces of a text in which names may stand: what lies between signs, and what kind of thing it is."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress

SIGNS = r"\\/:;,=.{}\"'|@$()\[\]<>*?& \t\r\n"
_H = "[0-9A-Fa-f]"
_ADDRESS = rf"(?P<ipv6>{_H}{{0,4}}(?::{_H}{{0,4}}){{2,7}}(?:(?:\.\d{{1,3}}){{3}})?)(?P<scope>%\d+)?(?![^{SIGNS}%-])"
_FIRST = rf"""(?P<sid>[Ss]-1-\d+(?:-\d+)+)(?![^{SIGNS}])
    |(?P<guid>{_H}{{8}}-{_H}{{4}}-{_H}{{4}}-{_H}{{4}}-{_H}{{12}})(?![^{SIGNS}])
    |(?P<mac>{_H}{{2}}(?P<sign>[:-]){_H}{{2}}(?:(?P=sign){_H}{{2}}){{4}})(?![^{SIGNS}])
    |(?P<spaced>{_H}{{2}}(?P<between>[ :-]){_H}{{2}}(?:(?P=between){_H}{{2}}){{4,}}
       |(?:{_H}{{4}}\.){{2}}{_H}{{4}})(?![^{SIGNS}])
    |(?P<ipv4>\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?!\d|\.\d)
    |(?P<network>\d{{1,3}}(?:\.\d{{1,3}}){{1,2}})(?=\.\*|\.in-addr\b)
    |(?P<kept>[A-Za-z]:(?=[\\/]|$)|(?:\d{{1,5}}|0x{_H}{{1,8}})(?![^{SIGNS}]))
    |(?P<digits>{_H}{{12,}})(?![^{SIGNS}])
    |(?P<name>[^{SIGNS}]+)"""
PIECES = re.compile(_FIRST, re.VERBOSE | re.ASCII)
ADDRESS = re.compile(_ADDRESS, re.ASCII)
WORDS = re.compile(rf"[^{SIGNS}]+")
GROUPS = ("sid", "guid", "mac", "spaced", "ipv4", "network", "kept", "digits", "name")
ENDS = re.compile(rf"[{SIGNS}-]|\Z")
"""What may stand behind an address: of what else does, a piece of its own begins there."""


def words_of(text: str) -> frozenset[str]:
    """Its words."""
    return frozenset(word.casefold() for word in WORDS.findall(text))


def address(text: str, place: int) -> tuple[ipaddress.IPv6Address, re.Match[str]] | None:
    """The IPv6 address that begins there, if any does."""
    found = ADDRESS.match(text, place)
    with suppress(ValueError):
        return (ipaddress.IPv6Address(found["ipv6"]), found) if found else None
    return None
