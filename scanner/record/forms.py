"""The forms that a record's file has had, and what makes one of today's of an older one. All of it stands here.

The form rises when a reader of the form before would read the file wrongly. A field more in a fact, a fact more and a
key more in the estate need no new form: what becomes of them is told in docs/record.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from scanner import __version__
from scanner.files.encodings import in_utf_8
from scanner.files.mixed_up import in_place_of_a_record
from scanner.record.decoding import RecordError, decoded
from scanner.words.wording import show

FORM = 1
"""The form that is written; older ones are made into it, newer ones are refused."""

Document = dict[str, Any]
UPGRADES: Mapping[int, Callable[[Document], Document]] = {}
"""What makes a document of form n + 1 of one of form n, by n: every form from 1 on has its entry."""


class _Head(msgspec.Struct, frozen=True):
    hv_preflight: int | str | None = None
    version: str = ""


def of_today(
    data: bytes, form: int = FORM, upgrades: Mapping[int, Callable[[Document], Document]] = UPGRADES
) -> tuple[bytes, str]:
    """The file in the form of today, and the version of hv-preflight that wrote it.

    Raises:
        RecordError: it is no record, or one of a form that nothing leads from.
    """
    data = _as_written(data)
    head = _head(data)
    found = head.hv_preflight
    if found == form:
        return data, head.version
    if not isinstance(found, int) or found not in upgrades:
        other = "it names none" if found is None else show(found)
        raise RecordError(f"it is not a record of version {form} ({other}){written_by(head.version)}")
    document = decoded(data, Document)
    for step in range(found, form):
        document = upgrades[step](document)
    return msgspec.json.encode(document | {"hv_preflight": form}), head.version


def _as_written(data: bytes) -> bytes:
    """The file in UTF-8 without a mark, also where an editor, or Windows PowerShell's ``>``, saved it again."""
    try:
        return in_utf_8(data)
    except UnicodeError:
        raise RecordError("it is no record of hv-preflight: it is neither UTF-8 nor UTF-16") from None


def _head(data: bytes) -> _Head:
    """What the file says of itself; what is another file of ours is told by its name."""
    try:
        head, none = decoded(data, _Head), None
    except RecordError as error:
        head, none = _Head(), error
    other = in_place_of_a_record(data) if head.hv_preflight is None else ""
    if other:
        raise RecordError(f"it {other}")
    if none:
        raise none
    return head


def written_by(version: str) -> str:
    """Who wrote a file that cannot be read, where it was another version; else nothing."""
    if not version or version == __version__:
        return ""
    return f"; hv-preflight {show(version)[1:-1]} wrote it, and this is {__version__}"
