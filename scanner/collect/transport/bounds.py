"""What one machine may make us read, hold and work on: every bound with its reason, and the look before a parse.

A parse in C holds the interpreter's lock, so that a long one keeps every other machine beyond its deadline. So nothing
is given to a parser before its size and the number of its parts are known to be small, whatever the machine sent.
Going beyond a bound is a ``ConnectionAbortedError``, whose text the report prints.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

MIB = 2**20
MAX_MESSAGE = 2 * MIB
"""octets of one HTTP message, head included. We ask for envelopes of 500 KiB (WinRM's MaxEnvelopeSizekb, which also is
its default), and a service must not send larger ones (DSP0226, MaxEnvelopeSize); encryption adds a few octets."""
MAX_SESSION = 64 * MIB
"""octets a machine may answer in one session. A machine of 2,000 virtual machines answers 2 MiB today; Windows itself
takes 50 MB of a client's data (PSMaximumReceivedDataSizePerCommandMB), which are 67 MB as base64."""
MAX_TAGS = 4000
"""tags of one envelope: a dozen, and two for every fragment in it"""
MAX_TAG = 4096
"""octets of one tag: a name space costs its length in every tag below it"""
MAX_TEXT = 65536
"""octets of a text with quotes in it, which may be a tag that hides a ">" in quotes; base64 holds none"""
MAX_OBJECT = 8 * MIB
"""octets of one object of PowerShell's, put together, and of all unfinished ones. The largest answer of a machine of
2,000 virtual machines has 1 MiB; Windows takes 10 MB (PSMaximumReceivedObjectSizeMB)."""
MAX_RECORD = MIB
"""octets of one object that is no text: an error, a state"""
MAX_RECORDS = 4 * MIB
"""octets of all of them in one session: they are kept until its end"""
RECORD_TAGS, RECORD_OBJECTS = 5000, 200
"""tags and inner objects of one: pypsrp writes an object out once for every object around it"""
MAX_LINE = 8 * MIB
"""characters of one answer in JSON"""
MAX_VALUES = 500_000
"""values in one answer: JSON of two characters becomes an object of a hundred octets. A machine of 2,000 virtual
machines has 20,000 in its largest answer."""
ALL_CHARACTERS, ALL_VALUES = 32 * MIB, 1_000_000
"""of all answers of one machine in one round: they become facts, which are kept"""
MAX_ROWS = 50_000
"""facts of one kind of one machine: 2,000 virtual machines with two disks and ten checkpoints"""
MAX_ANSWERS_FILE = 64 * MIB
"""octets of an answers file; UTF-16, which Windows PowerShell writes, takes two a character"""
MAX_LDAP_MESSAGE = MIB
"""octets of one LDAP message, which holds one object: 1,500 values (MaxValRange) of a name each have 300 KiB"""
MAX_LDAP_MESSAGES = 2000
"""messages that answer one request: a page of objects, its references to elsewhere, the result"""
MAX_LDAP_TOTAL = 32 * MIB
"""octets one controller may answer: an account has 10 KiB at most"""
MAX_ENTRIES = 50_000
"""objects that answer one search"""

ENCRYPTED = re.compile(r'multipart/(x-multi-)?encrypted; ?protocol="[\w./-]{1,100}"; ?boundary="Encrypted Boundary"')
"""The only content type of an encrypted answer (MS-WSMV 2.2.9.1): pypsrp makes a pattern of the boundary it is told."""


def check_markup(data: bytes, tags: int) -> None:
    """Refuse XML that would cost more to parse than its size tells, or is none that Windows writes.

    Raises:
        ET.ParseError: as the parser itself would for what is no XML.
    """
    if b"<!" in data or b"\0" in data:  # SOAP 1.2 part 5 forbids document types; UTF-16 could hide one
        raise ET.ParseError("a document type, a comment or another encoding")
    if data.count(b"<") > tags:
        raise ET.ParseError(f"more than {tags} tags")
    for part in data.split(b"<"):
        tag, _, text = part.partition(b">")
        if len(tag) > MAX_TAG or (len(text) > MAX_TEXT and (b'"' in text or b"'" in text)):
            raise ET.ParseError("a tag is too long")


def values_in(text: str) -> int:
    """How many values a text of JSON holds, at most."""
    return text.count(",") + text.count("[") + text.count("{") + 1
