"""show: what a file of ours holds, in words, before it leaves this machine: a record, or the recording of a machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options, show_record, show_recording
from scanner.commands.console import UsageError, say
from scanner.commands.loading import load
from scanner.files.encodings import in_utf_8
from scanner.files.mixed_up import in_place_of_what_is_shown, is_recording
from scanner.files.reading import read_file
from scanner.record import recording_file
from scanner.record.decoding import RecordError
from scanner.record.record import SIZE_LIMIT
from scanner.words.exits import READY
from scanner.words.telling import tell
from scanner.words.wording import reason

Shown = Annotated[Path, typer.Argument(help="What --save or doctor --learn wrote.", metavar="FILE")]
Target = Annotated[
    str | None, typer.Option("--target", metavar="HOST", help="Of a record: what was read of this one alone.")
]
Every = Annotated[bool, typer.Option("--all", help="Every value, as it stands there.")]


def show(file: Shown, *, target: Target = None, every: Every = False, plugins: options.Plugins) -> int:
    """Show what a record holds, or a recording of one machine: what was read, and what of it is in clear text."""
    for line in _lines(file, target, plugins, every=every):
        say(line)
    return READY


def _lines(file: Path, target: str | None, plugins: options.Plugins, *, every: bool) -> Iterable[str]:
    try:
        data = in_utf_8(read_file(file, SIZE_LIMIT))
    except OSError as error:
        raise UsageError(tell("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None
    except UnicodeError as error:
        raise UsageError(tell("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None
    if other := in_place_of_what_is_shown(data):
        raise UsageError(tell("{file} {other}", file=file, other=other))
    if not is_recording(data):
        return show_record.lines(load(file, plugins.load()), target, every=every)
    if target:
        raise UsageError(
            tell("{file} is a recording of one machine, which it does not name: leave --target out", file=file)
        )
    if len(data) > recording_file.SIZE_LIMIT:
        raise UsageError(
            tell(
                "{file} is larger than any recording: {size_limit} MiB",
                file=file,
                size_limit=recording_file.SIZE_LIMIT >> 20,
            )
        )
    try:
        return show_recording.lines(recording_file.load(data), every=every)
    except RecordError as error:
        raise UsageError(tell("{file}: {error}", file=file, error=error)) from None
