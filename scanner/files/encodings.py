"""The encoding of a file that a person names: UTF-8, or what Windows PowerShell's ``>`` makes of it."""

from __future__ import annotations

import codecs

MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def in_utf_8(data: bytes) -> bytes:
    """The same text in UTF-8 without a mark; what bears no mark stays as it is.

    Raises:
        UnicodeError: it bears the mark of UTF-16, and is none.
    """
    if data.startswith(MARKS):
        return data.decode("utf-16").encode()
    return data.removeprefix(codecs.BOM_UTF8)
