"""Reads a record that a person names."""

from __future__ import annotations

from pathlib import Path

from scanner.commands.console import UsageError, tell
from scanner.files.reading import read_file
from scanner.plugins import Offer
from scanner.record import record
from scanner.record.digest import digest_of
from scanner.words.evidence import Evidence
from scanner.words.telling import tell as phrase
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
        raise UsageError(
            phrase("{file} does not exist; hv-preflight scan --save {file2} writes one", file=file, file2=file.name)
        ) from None
    except OSError as error:
        raise UsageError(phrase("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None
    except record.RecordError as error:
        raise UsageError(phrase("{file}: {error}", file=file, error=error)) from None
