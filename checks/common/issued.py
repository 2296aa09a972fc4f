"""Distinguished names of certificates, as .NET writes them."""

from __future__ import annotations

import re

LONGEST = 1_000
"""characters of a name that are looked at"""
PART = re.compile(r"""\s*([A-Za-z0-9.]{1,40})=(?:"((?:[^"]|"")*)"\s*|([^,;+"]*))(?:[,;+]|\Z)""")
"""One part of a name: quoted where the value holds a comma, with quotes doubled."""


def parts_of(name: str, kind: str) -> tuple[str, ...]:
    """What the name says of one kind, as CN or O; nothing if it is no distinguished name."""
    name, place, found = name[:LONGEST], 0, list[str]()
    while place < len(name):
        part = PART.match(name, place)
        if part is None:
            return ()  # no distinguished name, so nobody's that we know
        place = part.end()
        if part[1].upper() == kind:
            found.append((part[2] or part[3] or "").replace('""', '"').strip())
    return tuple(found)
