"""When an attribute was last written anywhere: the metadata by which controllers replicate, in both of its forms.

``msDS-ReplAttributeMetaData`` is a piece of XML for each attribute (DS_REPL_ATTR_META_DATA, MS-DRSR 4.1.13.1.15), which
a controller of Windows makes when it is asked of one object. ``replPropertyMetaData`` is what it is made of: octets
(MS-DRSR 4.1.10.2.22; layout by Samba's drsblobs.idl), in which an attribute is a number that every forest has alike.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scanner.collect.transport.ldap.answers import LONGEST
from scanner.words.wording import counted

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry

XML, OCTETS = "msDS-ReplAttributeMetaData", "replPropertyMetaData"
LISTED, CONTROL, RESOURCE = (
    "msDS-AllowedToDelegateTo",
    "userAccountControl",
    "msDS-AllowedToActOnBehalfOfOtherIdentity",
)
NUMBERS = {0x000906FB: LISTED, 0x00090008: CONTROL, 0x00090886: RESOURCE}
"""1.2.840.113556.1.4.1787, .8 and .2182, whose prefix is number 9 in every forest (MS-DRSR 5.16.4)"""
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
LEAF = re.compile(r"<(\w+)>([^<>&]*)</\1>")
"""One element without others inside; the texts that are looked for hold no mark that XML writes otherwise."""
BIGGEST = 4096
"""characters of one attribute's metadata; a real one has some 400"""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z")


def changes_of(entry: Entry) -> dict[str, datetime]:
    """When each of the three attributes was last written, by its name in the schema; what never was is not there.

    Raises:
        ValueError: the object shows no metadata, or it cannot be understood.
    """
    texts, octets = entry.texts(XML), entry.raw(OCTETS)
    if texts:
        found = dict(_of_xml(texts))
    elif len(octets) == 1:
        found = dict(_of_octets(octets[0]))
    else:
        right = f'reading it needs "Read all properties" on the account (Authenticated Users have it by default): {XML}'
        raise ValueError(f"no replication metadata is shown; {right}")
    if CONTROL not in found:  # every account has one, written when it was made
        raise ValueError(f"{XML} tells nothing of {CONTROL}")
    return found


def _of_xml(texts: Iterable[str]) -> Iterator[tuple[str, datetime]]:
    """No parser of XML sees it: names and times are plain words between two marks, and all else is passed over."""
    names = {name.lower(): name for name in NUMBERS.values()}
    for text in texts:
        if len(text) > BIGGEST:
            raise ValueError(f"{XML} holds a value of {counted(len(text), 'character')}")
        leaves = {name.lower(): value.strip() for name, value in LEAF.findall(text)}
        name = names.get(leaves.get("pszattributename", "").lower())
        if name is not None:
            yield name, _moment(leaves.get("ftimelastoriginatingchange", ""))


def _moment(text: str) -> datetime:
    if not MOMENT.fullmatch(text):
        raise ValueError(f"{XML} tells a time that is none: {text[:LONGEST]!r}")
    return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)


def _of_octets(data: bytes) -> Iterator[tuple[str, datetime]]:
    """Version 1: a head of 16 octets, then 48 for each attribute; times are seconds since 1601."""
    if len(data) < 16:
        raise ValueError(f"{OCTETS} is cut")
    version, _, count, _ = struct.unpack_from("<IIII", data)
    if version != 1 or len(data) != 16 + 48 * count:
        raise ValueError(f"{OCTETS} is of a form that is not known")
    for place in range(count):
        number, _, seconds = struct.unpack_from("<IIQ", data, 16 + 48 * place)
        if number in NUMBERS:
            try:
                yield NUMBERS[number], EPOCH + timedelta(seconds=seconds)
            except OverflowError:
                raise ValueError(f"{OCTETS} tells a time that is none") from None
