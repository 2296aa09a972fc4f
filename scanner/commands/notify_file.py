"""The file of the services that are told: their URLs are secrets, and who may write it says who is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from scanner.commands.console import UsageError
from scanner.estate import access_lists
from scanner.estate.owners import changeable
from scanner.files.encodings import in_utf_8
from scanner.files.reading import read_file
from scanner.words.system import WINDOWS
from scanner.words.telling import tell
from scanner.words.wording import reason

LARGEST = 1 << 16
"""octets of a file of URLs"""


def urls_of(path: Path) -> Iterator[tuple[int, str]]:
    """The URLs of a file, each with its line.

    Raises:
        UsageError: it cannot be read, or others may read or change it.
    """
    try:
        found = path.stat()
        text = in_utf_8(read_file(path, LARGEST)).decode()
    except (OSError, ValueError) as error:
        raise UsageError(tell("{path} cannot be read: {reason}", path=path, reason=reason(error))) from None
    if _is_read_by_others(path, found):
        less = tell("icacls shows its list") if WINDOWS else tell("chmod go= on it")
        raise UsageError(tell("{path} may be read by others, and its URLs are secrets: {less}", path=path, less=less))
    if others := changeable(path):
        raise UsageError(
            tell("{path} is not taken, since others may say in it who is told: {others}", path=path, others=others)
        )
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _is_read_by_others(path: Path, found: os.stat_result) -> bool:
    if WINDOWS:
        return bool(access_lists.readers(path))
    by_group = found.st_mode & stat.S_IRGRP and not found.st_uid == found.st_gid == 0  # as systemd keeps credentials
    return bool(by_group or found.st_mode & stat.S_IROTH)
