"""What a Windows machine answers to a query, and the file way: the same lines, brought from a machine by hand."""

from __future__ import annotations

import codecs
import errno
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from scanner.collect.transport.bounds import (
    ALL_CHARACTERS,
    ALL_VALUES,
    MAX_ANSWERS_FILE,
    MAX_LINE,
    MAX_VALUES,
    values_in,
)
from scanner.estate.secret import redact
from scanner.words.channel import ErrorLine


class NoReply(ValueError):  # noqa: N818 - an answer, not a fault
    """A line that is no answer to a query."""


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


@dataclass(slots=True)
class Allowance:
    """What the answers of one machine may still hold: they are kept."""

    characters: int = ALL_CHARACTERS
    values: int = ALL_VALUES

    def take(self, text: str) -> None:
        """Count a text of JSON.

        Raises:
            NoReply: it is too much.
        """
        self.characters -= len(text)
        self.values -= values_in(text)
        if self.characters < 0 or self.values < 0:
            raise NoReply("the machine answers more than any machine holds")


def read_json(text: str) -> object:
    """A JSON value.

    Raises:
        NoReply: it is none, is too long, is nested too deeply, or holds a number JSON does not know.
    """
    if len(text) > MAX_LINE or values_in(text) > MAX_VALUES:
        raise NoReply("an answer is longer than any machine's")
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


def error_line(record: object) -> ErrorLine:
    """An error record as a session gives it."""

    def text(name: str) -> str:
        value: object = getattr(record, name, None)
        return redact(value) if isinstance(value, str) else ""

    category = cast("object", getattr(record, "category", 0))
    return ErrorLine(
        text("fq_error"), category if isinstance(category, int) else 0, text("activity"), text("target_name")
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
        NoReply: it is too large, no plain file, holds too long a line, or is not text in one of these encodings.
    """
    if not path.is_file():
        raise NoReply("it is no plain file")
    with path.open("rb") as file:
        head = file.read(2)
        file.seek(0)
        wide = head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        text = io.TextIOWrapper(cast("IO[bytes]", _Bounded(file)), "utf-16" if wide else "utf-8-sig", newline="\n")
        try:
            while line := text.readline(MAX_LINE + 1):
                if len(line) > MAX_LINE:
                    raise NoReply(f"a line is longer than {MAX_LINE >> 20} MiB")
                if line.strip("\r\n \t\0"):
                    yield line.rstrip("\n")
        except UnicodeError:
            raise NoReply("the file is neither UTF-8 nor UTF-16 with a mark") from None


class _Bounded(io.RawIOBase):
    """A file of which no more is read than an answers file may hold, even if it grows."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._left = file, MAX_ANSWERS_FILE

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As the standard's."""
        data = self._file.read(min(len(buffer), 65536))
        self._left -= len(data)
        if self._left < 0:
            raise NoReply(f"the file is larger than {MAX_ANSWERS_FILE >> 20} MiB")
        buffer[: len(data)] = data
        return len(data)
