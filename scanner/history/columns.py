"""How texts and instants stand in a database."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.types import TypeDecorator

ESCAPED = re.compile("[\\\\\0\ud800-\udfff]")
WRITTEN = re.compile(r"\\u([0-9a-f]{4})")


class Told(TypeDecorator[str]):
    """Text as it was told: what a database takes no text with (NUL, halves of characters) is written as an escape."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """On its way in."""
        del dialect
        return None if value is None else ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", value)

    def process_result_value(self, value: Any, dialect: Any) -> str | None:
        """On its way out."""
        del dialect
        return None if value is None else WRITTEN.sub(lambda found: chr(int(found[1], 16)), str(value))


class Instant(TypeDecorator[datetime]):
    """An instant in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """On its way in."""
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """On its way out; SQLite knows no zones."""
        del dialect
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value and value.astimezone(UTC)
