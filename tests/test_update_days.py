"""The day of an update, however Windows and PowerShell write it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scanner.collect.windows.decoder import decode
from scanner.facts.upkeep import Update

DAY = datetime(2026, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("10/9/2026", DAY),
        (" 10/09/2026 ", DAY),
        ("/Date(1791504000000)/", DAY),
        ({"value": "/Date(1791504000000)/", "DisplayHint": 0}, DAY),
        ("2026-10-09T00:00:00", DAY),
        ("2026-10-09T00:00:00.0000000Z", DAY),
        (None, None),
        ("", None),
        ("13/9/2026", None),
        ("9.10.2026", None),
        ("01dc38a1f2b3c400", None),
        ("10/9/0000", None),
        ("2026-13-09T00:00:00", None),
        ("/Date(99999999999999999)/", None),
        ({"DateTime": "Freitag, 9. Oktober 2026"}, None),
        (20261009, None),
        ([], None),
    ],
)
def test_days(told, day):
    (row,) = decode(Update, [{"HotFixID": "KB1", "InstalledOn": told}])
    assert isinstance(row, Update)
    assert row.installed == day


def test_a_row_without_the_property_tells_none():
    (row,) = decode(Update, [{"HotFixID": None}])
    assert row == Update(None, None)
