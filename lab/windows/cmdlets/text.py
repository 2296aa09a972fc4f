"""How values become text: .NET's ToString, and ConvertTo-Json with the habits of Windows PowerShell 5.1 and of 7."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row, Version

OLD, NEW = "5.1", "7"
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# 5.1 (JavaScriptSerializer) also escapes what HTML would read; 7 (Newtonsoft) does not
UNSAFE = {OLD: re.compile(r'["\\\x00-\x1f\x85\u2028\u2029<>&\']'), NEW: re.compile(r'["\\\x00-\x1f\x85\u2028\u2029]')}


def to_text(value: Any) -> str:
    """ToString: what an object becomes where only text fits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return " ".join(map(to_text, value))
    if isinstance(value, Row) and value.text:
        return value.text
    if isinstance(value, dict):
        return "@{" + "; ".join(f"{name}={to_text(item)}" for name, item in value.items()) + "}"
    return str(value)


@command("ConvertTo-Json", "Microsoft.PowerShell.Commands.ConvertToJsonCommand")
def convert_to_json(call: Call) -> Iterator[Any]:
    """No input, no output; one object is an object, several are an array (-Compress, -Depth, -AsArray)."""
    rows = call.rows if call.rows is not None else [call.given.get("InputObject")]
    if not rows:
        return
    value = rows[0] if len(rows) == 1 and not call.flag("AsArray") else rows
    text = json_text(value, int(call.given.get("Depth", 2)), call.session.powershell)
    yield text if call.flag("Compress") else json.dumps(json.loads(text), indent=4, ensure_ascii=False)


def json_text(value: Any, depth: int, powershell: str) -> str:
    """Compressed JSON; what lies deeper than `depth` is text."""
    return _Writer(depth, NEW if powershell == NEW else OLD).write(value, 0)


class _Writer:
    def __init__(self, depth: int, habit: str) -> None:
        self.depth = depth
        self.habit = habit

    def write(self, value: Any, level: int) -> str:
        simple = self.simple(value)
        if simple is not None:
            return simple
        if level > self.depth:
            return self.string(to_text(value))
        if isinstance(value, list | tuple):
            return "[" + ",".join(self.write(item, level + 1) for item in value) + "]"
        parts = _parts(value, self.habit)
        return "{" + ",".join(f"{self.string(n)}:{self.write(v, level + 1)}" for n, v in parts.items()) + "}"

    def simple(self, value: Any) -> str | None:
        """JSON of what has no depth; None for the rest."""
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float):
            return repr(value) if self.habit == NEW or not value.is_integer() else str(int(value))
        if isinstance(value, datetime):
            return self.date(value)
        return self.string(value) if isinstance(value, str) else None

    def date(self, value: datetime) -> str:
        """5.1: milliseconds since 1970; 7: ISO 8601 with as many decimals as needed."""
        moment = value.astimezone(UTC)
        if self.habit == OLD:
            return f'"\\/Date({(moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)})\\/"'
        decimals = f".{moment.microsecond:06d}".rstrip("0").rstrip(".")
        return f'"{moment:%Y-%m-%dT%H:%M:%S}{decimals}Z"'

    def string(self, text: str) -> str:
        escaped = UNSAFE[self.habit].sub(lambda m: ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04x}", text)
        return f'"{escaped}"'


def _parts(value: Any, habit: str) -> dict[str, Any]:
    if isinstance(value, Version):
        high, low = (-1, -1) if value.revision < 0 else divmod(value.revision, 1 << 16)
        names = ("Major", "Minor", "Build", "Revision", "MajorRevision", "MinorRevision")
        return dict(zip(names, (value.major, value.minor, value.build, value.revision, high, low), strict=True))
    if isinstance(value, timedelta):
        return _time_span(value, habit)
    if isinstance(value, dict):
        return value
    raise TypeError(f"no JSON for {type(value).__name__}")


def _time_span(value: timedelta, habit: str) -> dict[str, Any]:
    micro = value // timedelta(microseconds=1)
    seconds = micro / 1_000_000
    small = habit == NEW  # micro- and nanoseconds came with .NET 7
    return {
        "Ticks": micro * 10,
        "Days": value.days,
        "Hours": value.seconds // 3600,
        "Milliseconds": value.microseconds // 1000,
        **({"Microseconds": value.microseconds % 1000, "Nanoseconds": 0} if small else {}),
        "Minutes": value.seconds // 60 % 60,
        "Seconds": value.seconds % 60,
        "TotalDays": seconds / 86_400,
        "TotalHours": seconds / 3600,
        "TotalMilliseconds": seconds * 1000,
        **({"TotalMicroseconds": seconds * 1e6, "TotalNanoseconds": seconds * 1e9} if small else {}),
        "TotalMinutes": seconds / 60,
        "TotalSeconds": seconds,
    }
