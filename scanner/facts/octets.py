"""Values that are bytes, whose order is their meaning, unlike that of a list."""

from __future__ import annotations

from typing import cast


def as_hex(value: object) -> object:
    """Bytes as PowerShell lists them, in hexadecimal digits; what is no such list stays as it is."""
    inner = value
    if isinstance(inner, dict) and {"value", "Count"} == set(cast("dict[str, object]", inner)):
        inner = cast("dict[str, object]", inner)["value"]  # Windows PowerShell wraps a list that carries notes
    if isinstance(inner, list):
        listed = cast("list[object]", inner)
        if all(isinstance(one, int) and 0 <= one <= 255 for one in listed):
            return bytes(cast("list[int]", listed)).hex()
    return cast("object", inner)
