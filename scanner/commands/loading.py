"""Reads a record that a person names."""

from __future__ import annotations

from pathlib import Path

from scanner.commands.console import UsageError, tell
from scanner.files.reading import read_file
from scanner.plugins import Offer
from scanner.record import record
from scanner.record.digest import digest_of
from scanner.words.evidence import Evidence
from scanner.words.wording import reason


def load(file: Path, offer: Offer) -> Evidence:
    """Read a record.

    Raises:
        UsageError: there is none, or it is none.
    """
    return loaded(file, offer)[0]


def loaded(file: Path, offer: Offer) -> tuple[Evidence, str]:
    """Read a record; gives its digest, too.

    Raises:
        UsageError: there is none, or it is none.
    """
    try:
        data = read_file(file, record.SIZE_LIMIT)
        return record.load(data, offer.facts, tell), digest_of(data)
    except FileNotFoundError:
        raise UsageError(f"{file} does not exist; hv-preflight scan --save {file.name} writes one") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason(error)}") from None
    except record.RecordError as error:
        raise UsageError(f"{file}: {error}") from None
