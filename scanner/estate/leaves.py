"""What is wrong with one value of an estate file: what stands there, and what would be right, in words."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any, cast

import msgspec

from scanner.words.wording import kind, nearest, show

SECRETS = {
    "env": 'env = "HV_PASSWORD"',
    "file": 'file = "password.txt"',
    "keyring": 'keyring = "hv-preflight"',
    "command": 'command = ["pass", "hv-preflight"]',
    "prompt": "prompt = true",
}
"""How each source of a secret is written."""


def metas(expected: Any) -> tuple[msgspec.Meta, ...]:
    """What is demanded of a value beside its kind."""
    return getattr(expected, "__metadata__", ())


def wrong(expected: Any, value: object) -> str:
    """What is wrong with the value; empty when nothing is."""
    if _fits(expected, value):
        return ""
    told = [meta.extra["wrong"] for meta in metas(expected) if meta.extra]
    options = _options(expected)
    if told:
        return f"{show(value)} {told[0]}"
    if options:
        return f"{show(value)} is none of {', '.join(filter(None, options))}{nearest(str(value), options)}"
    bare = _bare(expected)
    inside = next((f"at {place}: {text}" for item, place, one in _parts(bare, value) if (text := wrong(item, one))), "")
    if inside or (bare is str and value == ""):
        return inside or "is empty"
    what = "is out of range" if bare is int and type(value) is int else f"is {kind(value)}"
    return f"{show(value)} {what}; write {_form(expected, value)}"


def wrong_source(word: str, expected: Any, value: object) -> str:
    """The same of a source of a secret, where the secret itself may stand: the value is in no message."""
    if _fits(expected, value):
        return ""
    what = next((meta.extra["wrong"] for meta in metas(expected) if meta.extra and isinstance(value, str)), "")
    return f"{what or f'{kind(value)} stands there, and not what {word} takes'}; write {SECRETS[word]}"


def _parts(bare: Any, value: object) -> Iterator[tuple[Any, str, object]]:
    """The values within, each with what is expected there and its place."""
    if isinstance(value, list) and typing.get_origin(bare) is list:
        for place, one in enumerate(cast("list[object]", value), 1):
            yield typing.get_args(bare)[0], str(place), one
    elif isinstance(value, dict) and typing.get_origin(bare) is dict:
        for key, one in cast("dict[str, object]", value).items():
            yield typing.get_args(bare)[1], show(key), one


def _fits(expected: Any, value: object) -> bool:
    try:
        msgspec.convert(value, expected)
    except msgspec.ValidationError:
        return False
    return True


def _bare(expected: Any) -> Any:
    return typing.get_args(expected)[0] if hasattr(expected, "__metadata__") else expected


def _options(expected: Any) -> tuple[str, ...]:
    inner = _bare(expected)
    if typing.get_origin(inner) is list:
        inner = typing.get_args(inner)[0]
    return tuple(typing.get_args(inner)) if typing.get_origin(inner) is typing.Literal else ()


def _form(expected: Any, value: object) -> str:
    """What belongs there."""
    bare = _bare(expected)
    if bare is bool:
        return "true or false, without quotes"
    if bare is int:
        within = next((f" from {meta.ge} to {meta.le}" for meta in metas(expected)), "")
        return f"a whole number{within}" + (", without quotes" if isinstance(value, str) else "")
    if typing.get_origin(bare) is dict:
        return "a table, as in { name = ... }"
    return "a list, in brackets" if typing.get_origin(bare) is list else "text, in quotes"
