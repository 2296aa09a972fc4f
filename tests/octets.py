"""What a format says, also where it is no text: a workbook is an archive of them."""

from __future__ import annotations

import io
from zipfile import ZipFile


def readable(written: str | bytes) -> str:
    """All the text of a report; of a workbook its parts, each behind its name."""
    if isinstance(written, str):
        return written
    with ZipFile(io.BytesIO(written)) as book:
        assert book.testzip() is None
        return "\n".join(f"{name}\n{book.read(name).decode('utf-8')}" for name in book.namelist())
