"""What a Windows machine answers to a query, and the file way: the same lines, brought from a machine by hand."""

from __future__ import annotations

import codecs
import errno
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from scanner.estate.secret import redact

MAX_FILE = 256 * 2**20
"""octets of an answers file"""
HRESULT = re.compile(r"HRESULT 0x([0-9a-f]{8})", re.IGNORECASE)


class NoReply(ValueError):  # noqa: N818 - an answer, not a fault
    """A line that is no answer to a query."""


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """An error record, as every way of asking gives it."""

    id: str
    """FullyQualifiedErrorId"""
    category: int = 0
    activity: str = ""
    target: str = ""

    @property
    def head(self) -> str:
        """The id up to the comma; behind it stands who raised it."""
        return self.id.partition(",")[0]

    @property
    def code(self) -> str:
        """The HRESULT in the id, eight hexadecimal digits; empty if it names none."""
        found = HRESULT.search(self.id)
        return found[1].lower() if found else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one query; the rows are as JSON gave them."""

    query: str
    rows: object
    errors: tuple[ErrorLine, ...] = ()


def read_reply(line: str) -> Reply:
    """The answer in one line of JSON.

    Raises:
        NoReply: it is no JSON, or no answer.
    """
    raw = read_json(line)
    if not isinstance(raw, dict):
        raise NoReply("a line is no JSON object")
    values = cast("Mapping[str, object]", raw)
    name, errors = values.get("query"), values.get("errors")
    if not isinstance(name, str) or "rows" not in values:
        raise NoReply("a line is no answer to a query")
    listed = cast("list[object]", errors) if isinstance(errors, list) else [errors] if errors else []
    return Reply(name, values["rows"], tuple(_error(error) for error in listed))


def read_json(text: str) -> object:
    """A JSON value.

    Raises:
        NoReply: it is none, is nested too deeply, or holds a number JSON does not know.
    """
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NoReply("a line is no JSON") from None


def _no_number(text: str) -> None:
    raise ValueError(text)


def _error(raw: object) -> ErrorLine:
    """An error as the script writes it; what is no such thing is an error without an id."""
    if not isinstance(raw, dict):
        return ErrorLine("")
    values = cast("Mapping[str, object]", raw)
    category = values.get("category")
    texts = {key: redact(value) for key in ("id", "activity", "target") if isinstance(value := values.get(key), str)}
    return ErrorLine(
        texts.get("id", ""),
        category if isinstance(category, int) else 0,
        texts.get("activity", ""),
        texts.get("target", ""),
    )


def file_of(folder: Path | None, target: str) -> Path | None:
    """What stands in the place of a target's answers, if anything does, be it a file or not: no reason to sign in."""
    if folder is None or Path(target).name != target:
        return None
    path = folder / f"{target}.jsonl"
    try:
        path.lstat()
    except OSError as error:
        return None if error.errno in (errno.ENOENT, errno.ENAMETOOLONG) else path
    return path


def lines_of(path: Path) -> Iterator[str]:
    """The lines of an answers file; UTF-8, or UTF-16 with its mark, which is what Windows PowerShell's > writes.

    Raises:
        OSError: the file cannot be read.
        NoReply: it is too large, no plain file, or not text in one of these encodings.
    """
    if not path.is_file():
        raise NoReply("it is no plain file")
    if path.stat().st_size > MAX_FILE:
        raise NoReply(f"the file is larger than {MAX_FILE >> 20} MiB")
    data = path.read_bytes()
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise NoReply("the file is neither UTF-8 nor UTF-16 with a mark") from None
    yield from (line for line in text.split("\n") if line.strip("\r \t\0"))
