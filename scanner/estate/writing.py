"""Writes TOML: values are set in a document and never put into a text, and what came out is read again and compared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, cast

import tomlkit

Table = Mapping[str, Any]


class TomlError(ValueError):
    """What was meant cannot be written as TOML; nothing that could be taken for something else is given out."""


def filled(template: str, *path: str | int, values: Table, lines: Sequence[str] = ()) -> str:
    """The template with these values in the table at ``path``; comments and everything else stay.

    Args:
        template: TOML.
        path: keys, and places in lists, that lead to the table.
        values: texts and lists of texts.
        lines: keys of lists that have a line for each text.
    """
    document = tomlkit.parse(template)
    table = cast("Any", document)
    for step in path:
        table = table[step]
    for word, value in values.items():
        if isinstance(value, str):
            table[word] = tomlkit.string(value)
            continue
        array = cast("Any", tomlkit.array())
        array.extend(value)
        table[word] = array.multiline(word in lines)
    return tomlkit.dumps(document)


def proven(text: str, meant: Table) -> str:
    """The text, if it says what was meant and nothing else.

    Raises:
        TomlError: it does not.
    """
    try:
        text.encode()
        if tomllib.loads(text) == meant:
            return text
    except (tomllib.TOMLDecodeError, UnicodeEncodeError):
        pass
    raise TomlError(f"cannot be written as TOML: {ascii(meant)[:300]}")
