"""PSRP messages and their fragments ([MS-PSRP] 2.2.1 and 2.2.4), as bytes."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FRAGMENT_SIZE = 32768
"""Windows answers with fragments of this many bytes, header included."""
HEADER_SIZE = 21
BOM = b"\xef\xbb\xbf"
NO_PIPELINE = uuid.UUID(int=0)

SESSION_CAPABILITY = 0x00010002
RUNSPACEPOOL_STATE = 0x00021005
APPLICATION_PRIVATE_DATA = 0x00021009
PIPELINE_OUTPUT = 0x00041004
ERROR_RECORD = 0x00041005
PIPELINE_STATE = 0x00041006
WARNING_RECORD = 0x00041009
PROGRESS_RECORD = 0x00041010


class Message(NamedTuple):
    """A whole message, put together again."""

    type: int
    pool: uuid.UUID
    pipeline: uuid.UUID
    data: str


def encode(object_id: int, message_type: int, pool: uuid.UUID, pipeline: uuid.UUID | None, data: str) -> list[bytes]:
    """Return the fragments of one message to the client."""
    head = struct.pack("<II", 1, message_type) + pool.bytes_le + (pipeline or NO_PIPELINE).bytes_le
    content = head + BOM + data.encode()
    step = FRAGMENT_SIZE - HEADER_SIZE
    pieces = [content[start : start + step] for start in range(0, len(content), step)]
    last = len(pieces) - 1
    return [
        struct.pack(">QQBI", object_id, number, (number == 0) | (number == last) << 1, len(piece)) + piece
        for number, piece in enumerate(pieces)
    ]


def decode(stream: Iterable[bytes]) -> Iterator[Message]:
    """Put messages together from the fragments in `stream`, which may be cut anywhere between fragments."""
    data, content = b"".join(stream), b""
    position = 0
    while position < len(data):
        *_, flags, length = struct.unpack_from(">QQBI", data, position)
        position += HEADER_SIZE
        content = (b"" if flags & 1 else content) + data[position : position + length]
        position += length
        if flags & 2:
            pool, pipeline = uuid.UUID(bytes_le=content[8:24]), uuid.UUID(bytes_le=content[24:40])
            text = content[40:].removeprefix(BOM).decode()
            yield Message(struct.unpack_from("<I", content, 4)[0], pool, pipeline, text)
