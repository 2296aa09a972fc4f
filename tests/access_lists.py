"""Access lists of files, as Linux keeps them."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

READ, WRITE = 4, 2
NOT_SET = 0xFFFFFFFF


def access_list(account: int, rights: int, group: int = READ) -> bytes:
    """A list of owner, group, others and one account more, as Linux keeps it (version 2: tag, rights, id)."""
    rows = [(1, READ | WRITE, NOT_SET), (2, rights, account), (4, group, NOT_SET), (16, rights | group, NOT_SET)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *row) for row in [*rows, (32, 0, NOT_SET)])


def give(path: Path, kind: str, data: bytes) -> None:
    try:
        os.setxattr(path, f"system.posix_acl_{kind}", data)
    except (OSError, AttributeError) as error:
        pytest.skip(f"no access lists on this file system: {error}")
