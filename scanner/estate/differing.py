"""What an estate file sets otherwise than it is by default: every key of it, found by its form."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from msgspec import NODEFAULT, Struct

from scanner.estate.file import SecretTable
from scanner.estate.mistakes import fields_of
from scanner.words.wording import show


def differing(table: Struct, told: Collection[str], key: str = "") -> Iterator[tuple[str, str]]:
    """Each such key with its value as the file would hold it; of a secret only how it is had.

    Args:
        table: the file, or a table of it.
        told: keys to leave out, of lists without the places: ``host.name``.
        key: of the table.
    """
    for field in fields_of(type(table)):
        path = f"{key}.{field.encode_name}".removeprefix(".")
        value: object = getattr(table, field.name)
        default = field.default if field.default_factory is NODEFAULT else field.default_factory()
        if value == default or "".join(part for part in path.replace("]", "[").split("[")[::2]) in told:
            continue
        if isinstance(value, SecretTable):
            yield path, f"{{ {next(one.name for one in fields_of(SecretTable) if getattr(value, one.name))} = ... }}"
        elif isinstance(value, Struct):
            yield from differing(value, told, path)
        elif isinstance(value, list) and value and isinstance(value[0], Struct):
            for place, one in enumerate(cast("list[Struct]", value), 1):
                yield from differing(one, told, f"{path}[{place}]")
        elif isinstance(value, dict):
            yield from ((f"{path}.{show(name)}", _said(one)) for name, one in cast("dict[str, object]", value).items())
        else:
            yield path, _said(cast("object", value))


def _said(value: object) -> str:
    """As ``show`` has it, but all of a list."""
    if isinstance(value, list):
        return f"[{', '.join(map(show, cast('list[object]', value)))}]"
    return show(value)
