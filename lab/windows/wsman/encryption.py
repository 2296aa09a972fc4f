"""WinRM message encryption: SOAP sealed by the security context of the sign-in ([MS-WSMV] 2.2.9.1)."""

from __future__ import annotations

import re
import struct
from typing import Any

_BOUNDARY = b"--Encrypted Boundary"
_END = _BOUNDARY + b"--\r\n"
_CREDSSP_PART = 16384
_PROTOCOL = re.compile(rb"Content-Type:\s*(application/HTTP-[A-Za-z]+-session-encrypted)")


def unwrap(context: Any, body: bytes) -> tuple[bytes, str]:
    """Return the message and the protocol it was sealed with; ValueError or the context's error if it cannot be."""
    parts = body.split(_BOUNDARY + b"\r\n")
    kind = _PROTOCOL.search(parts[1]) if len(parts) >= 3 else None
    if kind is None:
        raise ValueError("not a sealed message")
    message = b""
    for part in parts[2::2]:
        content = part.removesuffix(_END).replace(b"\tContent-Type: application/octet-stream\r\n", b"", 1)
        length = struct.unpack_from("<I", content, 0)[0]
        message += context.unwrap_winrm(content[4 : 4 + length], content[4 + length :])
    return message, kind.group(1).decode()


def wrap(context: Any, message: bytes, protocol: str) -> tuple[str, bytes]:
    """Return Content-Type and body of a sealed message. CredSSP seals TLS records, so it comes in parts of 16 KiB."""
    kind, pieces = "encrypted", [message]
    if "CredSSP" in protocol and len(message) > _CREDSSP_PART:
        kind = "x-multi-encrypted"
        pieces = [message[at : at + _CREDSSP_PART] for at in range(0, len(message), _CREDSSP_PART)]
    body = b"".join(_part(context, piece, protocol) for piece in pieces) + _END
    return f'multipart/{kind};protocol="{protocol}";boundary="Encrypted Boundary"', body


def _part(context: Any, piece: bytes, protocol: str) -> bytes:
    header, sealed, padding = context.wrap_winrm(piece)
    head = (
        f"--Encrypted Boundary\r\n\tContent-Type: {protocol}\r\n"
        f"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length={len(piece) + padding}\r\n"
        "--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n"
    )
    return head.encode() + struct.pack("<I", len(header)) + header + sealed
