"""Writes what one machine answered to a file and reads it back, whoever wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from scanner.record.decoding import RecordError, decoded
from scanner.words.inert import inert_json
from scanner.words.model import TargetKind
from scanner.words.recording import Asked, Failure, Recording, Schema, Settled
from scanner.words.told import written

FORM = 1
"""of the file; a form that a reader of today would read wrongly is another number"""
SIZE_LIMIT = 64 << 20
"""octets of a file; a machine of 2,000 virtual machines has 8 MiB"""


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """As ``Asked``, with rows of any form: their words are a type that names itself."""

    fact: str
    query: str
    rows: list[dict[str, Any]] = []
    failures: tuple[Failure, ...] = ()
    seconds: float | None = None
    unanswered: str = ""
    plain: bool = False
    left_out: int = 0


class _File(msgspec.Struct, frozen=True, kw_only=True):
    hv_preflight_recording: int
    version: str
    kind: TargetKind
    at: datetime
    transport: str
    computer: dict[str, Any] = {}
    asked: list[_Asked] = []
    schemas: tuple[Schema, ...] = ()
    hidden: int = 0
    settled: tuple[Settled, ...] = ()


class _Form(msgspec.Struct, frozen=True):
    hv_preflight_recording: int
    version: str = ""


def dump(recording: Recording) -> bytes:
    """The recording as JSON, for people to read, too.

    Raises:
        ValueError: it is larger than one that can be read again.
    """
    known = msgspec.to_builtins(recording, enc_hook=written)
    data = msgspec.json.encode({"hv_preflight_recording": FORM, **known})
    text = inert_json(msgspec.json.format(data, indent=1).decode()) + "\n"
    made = text.encode()
    if len(made) > SIZE_LIMIT:
        raise ValueError(f"the recording is larger than {SIZE_LIMIT >> 20} MiB")
    return made


def load(data: bytes) -> Recording:
    """Read a recording.

    Raises:
        RecordError: it is none, or one of a newer form.
    """
    try:
        return _read(data)
    except RecordError as error:
        raise RecordError(str(error).replace("it is no record of", "it is no recording of")) from None


def _read(data: bytes) -> Recording:
    head = decoded(data, _Form)
    if head.hv_preflight_recording != FORM:
        raise RecordError(
            f"it is a recording of form {head.hv_preflight_recording}, and this version reads form {FORM}: "
            f"show it with the version that wrote it, {head.version[:40] or 'which it does not tell'}"
        )
    file = decoded(data, _File)
    return Recording(
        version=file.version,
        kind=file.kind,
        at=file.at,
        transport=file.transport,
        computer=file.computer,
        asked=tuple(_asked(one) for one in file.asked),
        schemas=file.schemas,
        hidden=file.hidden,
        settled=file.settled,
    )


def _asked(one: _Asked) -> Asked:
    return Asked(
        fact=one.fact,
        query=one.query,
        rows=tuple(one.rows),
        failures=one.failures,
        seconds=one.seconds,
        unanswered=one.unanswered,
        plain=one.plain,
        left_out=one.left_out,
    )
