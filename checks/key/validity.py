"""From when until when a registration key is valid, and how well that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scanner.facts.keyfile import RegistrationKey

LIFETIME = timedelta(days=5)
"""A key is good for this long after it was generated."""
MARGIN = timedelta(minutes=10)
"""By this much azure-powershell dates a certificate back."""


@dataclass(frozen=True, slots=True)
class Validity:
    """When a key expires."""

    expires: datetime
    """UTC"""
    certain: bool
    """told by the certificate; else estimated from the time in the file's name"""


def validity(key: RegistrationKey) -> Validity | None:
    """When the key expires: with its certificate, at the latest five days after generation; nothing if unknown."""
    if key.not_after is not None:
        return Validity(min(key.not_after, _generated(key, key.not_after) + LIFETIME), certain=True)
    if key.file_time is not None:
        return Validity(key.file_time + LIFETIME, certain=False)
    return None


def _generated(key: RegistrationKey, not_after: datetime) -> datetime:
    if key.not_before is None:
        return not_after
    dated_back = not_after - key.not_before == LIFETIME + MARGIN
    return key.not_before + MARGIN if dated_back else key.not_before


def instant(time: datetime) -> str:
    """The instant as reports print it."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC")
