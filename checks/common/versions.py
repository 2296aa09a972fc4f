"""Configuration versions of virtual machines, and which of them a Windows Server release runs.

The table is that of Microsoft's page on upgrading configuration versions (revision of January 2025), and Windows Server
2012, which is older than the page and has one version alone. Builds that the page does not list, and client builds that
share a number with a server, are left out: nothing is said of them.
"""

from __future__ import annotations

import re

from checks.common.client import of_client
from scanner.facts.host import OperatingSystem

Version = tuple[int, int]

OLDEST: Version = (5, 0)
"""The oldest version that live migration is described for, native to Windows Server 2012 R2."""
OF_2012: Version = (4, 0)
"""The version of Windows Server 2012. 2012 R2 takes it from there, and upgrades it on arrival: one way only."""
PREVIEW = 254
"""Major versions from here on belong to previews, also where a host lists them: never a supported target."""
TEXT = re.compile(r"(\d{1,5})(?:\.(\d{1,5}))?", re.ASCII)


def parse(text: str | None) -> Version | None:
    """A version out of its text, ``5`` being ``5.0``; nothing if it is none. Never a float: 10.0 is above 9.0."""
    match = TEXT.fullmatch((text or "").strip())
    return (int(match[1]), int(match[2] or 0)) if match else None


def told(version: Version) -> str:
    """The version as people write it."""
    return f"{version[0]}.{version[1]}"


def is_preview(version: Version) -> bool:
    """Whether a preview of Windows made it."""
    return version[0] >= PREVIEW


_2016: tuple[Version, ...] = ((5, 0), (6, 2), (7, 0), (7, 1), (8, 0))
_2022: tuple[Version, ...] = ((8, 0), (8, 1), (8, 2), (8, 3), (9, 0), (9, 1), (9, 2), (9, 3), (10, 0))

BY_BUILD: dict[int, tuple[Version, ...]] = {
    9200: (OF_2012,),
    9600: ((5, 0),),
    14393: _2016,
    17763: (*_2016, (8, 1), (8, 2), (8, 3), (9, 0)),
    20348: _2022,
    26100: (*_2022, (11, 0), (12, 0)),
}
"""Versions by server build: 2012, 2012 R2, 2016, 2019, 2022, 2025."""


def by_build(system: OperatingSystem) -> tuple[Version, ...]:
    """The versions a server of this build runs; empty where the table says nothing."""
    return () if of_client(system) else BY_BUILD.get(system.build, ())
