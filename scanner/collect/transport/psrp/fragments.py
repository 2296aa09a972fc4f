"""Puts the fragments of a PowerShell session together, within bounds, and keeps only what the scanner looks at.

pypsrp's own way copies the rest of a message for every fragment, keeps every record of progress, and deserialises
whatever a machine calls an object. Here an object is put together in one pass, an output is a text or nothing, and
messages that nobody reads are left out before they are parsed.
"""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any

from pypsrp.messages import Message, MessageType
from pypsrp.powershell import Fragmenter

from scanner.collect.transport.bounds import (
    MAX_OBJECT,
    MAX_RECORD,
    MAX_RECORDS,
    RECORD_OBJECTS,
    RECORD_TAGS,
    check_markup,
)

HEAD = struct.Struct(">QQBI")
"""Object, number of the fragment, flags, octets ([MS-PSRP] 2.2.4)."""
START, END = 1, 2
MESSAGE_HEAD, BOM = 40, b"\xef\xbb\xbf"
RECORDS = frozenset(
    {
        MessageType.SESSION_CAPABILITY,
        MessageType.RUNSPACEPOOL_INIT_DATA,
        MessageType.RUNSPACEPOOL_STATE,
        MessageType.PIPELINE_STATE,
        MessageType.ERROR_RECORD,
    }
)
"""Messages beside the output that a session needs; progress, warnings, calls of the host and the like are left out."""


@dataclass(slots=True)
class _Pending:
    """An object of which fragments are still to come."""

    data: bytearray = field(default_factory=bytearray)
    next: int = 0


class BoundedFragmenter(Fragmenter):
    """As pypsrp's for what is sent; for what comes, within bounds."""

    def __init__(self, max_size: int, serializer: Any) -> None:
        super().__init__(max_size, serializer)
        self._pending: dict[int, _Pending] = {}
        self._unfinished = self._records = 0

    def defragment(self, data: bytes) -> list[Message]:
        """The messages that are whole now.

        Raises:
            ConnectionAbortedError: beyond a bound, or no fragments.
        """
        found: list[Message] = []
        at = 0
        while at < len(data):
            if len(data) - at < HEAD.size:
                raise ConnectionAbortedError("a fragment of the answer is cut off")
            number, place, flags, size = HEAD.unpack_from(data, at)
            at += HEAD.size
            whole = self._add(number, place, flags, data[at : at + size])
            at += size
            message = None if whole is None else self._message(whole)
            if message is not None:
                found.append(message)
        return found

    def _add(self, number: int, place: int, flags: int, data: bytes) -> bytes | None:
        """Add a fragment to its object; the object, if it is whole by that."""
        pending = self._pending.setdefault(number, _Pending())
        if place != pending.next or bool(flags & START) is not (place == 0):
            raise ConnectionAbortedError("fragments of the answer are missing")
        self._unfinished += len(data) + HEAD.size
        if self._unfinished > MAX_OBJECT:
            raise ConnectionAbortedError(f"one object of the answer is longer than {MAX_OBJECT >> 20} MiB")
        pending.data += data
        pending.next += 1
        if not flags & END:
            return None
        del self._pending[number]
        self._unfinished -= len(pending.data) + HEAD.size * pending.next
        return bytes(pending.data)

    def _message(self, data: bytes) -> Message | None:
        """The message in an object, if it is one that is looked at."""
        kind = int.from_bytes(data[4:8], "little")
        text = data[MESSAGE_HEAD:].removeprefix(BOM)
        if kind == MessageType.PIPELINE_OUTPUT:
            if not text.startswith((b"<S>", b"<S ")) or text.count(b"<") > 2 or b"<!" in text:
                data = data[:MESSAGE_HEAD] + b"<Nil />"  # no text of ours: an answer that says nothing
        elif kind in RECORDS:
            self._check_record(text)
        else:
            return None
        return Message.unpack(data, self.serializer)

    def _check_record(self, text: bytes) -> None:
        self._records += len(text)
        if len(text) > MAX_RECORD or self._records > MAX_RECORDS:
            raise ConnectionAbortedError("errors and states of the answer are longer than anybody would send")
        try:
            check_markup(text, RECORD_TAGS)
        except ET.ParseError as error:
            raise ConnectionAbortedError(f"a record of the answer is none of Windows': {error}") from None
        if text.count(b"<Obj") > RECORD_OBJECTS:
            raise ConnectionAbortedError("a record of the answer is nested too deeply")


def bound(pool: Any) -> None:
    """Let a pool of runspaces take its answers within bounds; ``_fragmenter`` is a private name of pypsrp."""
    pool._fragmenter = BoundedFragmenter(pool.connection.max_payload_size, pool._fragmenter.serializer)
