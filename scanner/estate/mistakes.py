"""Finds every mistake of an estate file at once: the key, what stands there, what would be right."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import fields

from scanner.estate.file import SecretTable
from scanner.estate.leaves import SECRETS, metas, wrong, wrong_source
from scanner.words.wording import counted, kind, near, nearest, show

SECRET_WORDS = ("password", "passwd", "secret", "token", "credential", "private_key")
INSTEAD = (
    'a secret may not stand in this file; write {key} = {{ env = "HV_PASSWORD" }} or {{ keyring = "hv-preflight" }}'
)

fields_of = cache(fields)
"""The fields of a form; found once, since it takes longer than all else that is done with a table."""
WIDEST = 80
"""signs of a key in messages; one of a megabyte would be as much of blanks before every mistake"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. Places in lists count from 1, as people do."""

    key: str
    text: str
    meant: str = ""
    """the key that was probably meant: it is not missing besides"""


class EstateError(Exception):
    """The estate file cannot be used; ``mistakes`` says everything that is wrong with it."""

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(mistakes)
        super().__init__(f"{name} has {counted(len(self.mistakes), 'mistake')}")

    def __str__(self) -> str:
        """All of it, one mistake a line; what is wrong with the file as a whole, as one sentence."""
        if len(self.mistakes) == 1 and not self.mistakes[0].key:
            return f"{self.name} {self.mistakes[0].text}"
        width = min(WIDEST, max((len(mistake.key) for mistake in self.mistakes), default=0))
        lines = [f"  {mistake.key:<{width}}  {mistake.text}" for mistake in self.mistakes]
        return "\n".join([f"{self.name} has {counted(len(self.mistakes), 'mistake')}:", *lines])


def mistakes_in(expected: Any, value: object, key: str = "") -> Iterator[Mistake]:
    """Every mistake in ``value``, read as ``expected``."""
    bare = bare_of(expected)
    if is_table(bare):
        yield from _in_table(bare, value, key)
    elif typing.get_origin(bare) is list:
        yield from _in_list(bare, value, key)
        if value == []:
            for meta in metas(expected):
                if meta.min_length and meta.examples:
                    yield Mistake(key, f"is empty; write {key.rpartition('.')[2]} = {json.dumps(meta.examples[0])}")
    else:
        yield from _told(key, wrong(expected, value))


def is_table(expected: Any) -> bool:
    """Whether a table is expected."""
    return isinstance(expected, type) and issubclass(expected, Struct)


def bare_of(expected: Any) -> Any:
    """The table behind ``Table | None`` and behind an annotated list."""
    if isinstance(expected, types.UnionType):
        return next(part for part in typing.get_args(expected) if part is not types.NoneType)
    inner = typing.get_args(expected)[0] if hasattr(expected, "__metadata__") else expected
    return inner if typing.get_origin(inner) is list and typing.get_args(inner)[0] is not str else expected


def _in_table(expected: type[Struct], value: object, key: str) -> Iterator[Mistake]:
    name = key.rpartition(".")[2]
    if not isinstance(value, Mapping):
        if expected is SecretTable:
            yield Mistake(key, INSTEAD.format(key=name))
        else:
            yield Mistake(key, f"{show(value)} stands where a table belongs: [{key}]")
        return
    table = cast("Mapping[str, object]", value)
    known = {field.encode_name: field for field in fields_of(expected)}
    guessed: set[str] = set()
    for word, inner in table.items():
        path = f"{key}.{word}" if key else word
        if word in known and expected is SecretTable:
            yield from _told(path, wrong_source(word, known[word].type, inner))
        elif word in known:
            yield from mistakes_in(known[word].type, inner, path)
        elif any(hint in word.lower() for hint in SECRET_WORDS) and isinstance(inner, str):
            yield Mistake(path, INSTEAD.format(key="password"))
        elif guess := near(word, known):
            guessed.add(guess)
            yield Mistake(path, f"there is no such key{nearest(word, known)}", f"{key}.{guess}" if key else guess)
        elif expected is SecretTable:  # which may be the secret itself
            yield Mistake(key, f"holds an unknown key; known are {', '.join(known)}")
        else:
            yield Mistake(path, f"there is no such key; known are {', '.join(known)}")
    for word, field in known.items():
        if field.required and word not in table and word not in guessed:
            yield Mistake(f"{key}.{word}" if key else word, "is missing")
    if expected is SecretTable:
        yield from _in_secret(table, key)


def _in_secret(table: Mapping[str, object], key: str) -> Iterator[Mistake]:
    if len(table) != 1:
        yield Mistake(key, f"needs exactly one of {', '.join(SECRETS)}")
        return
    ((word, value),) = table.items()
    nothing: object = getattr(SecretTable(), word, None)
    if type(value) is type(nothing) and value == nothing:
        yield Mistake(f"{key}.{word}", f"{show(value)} names no secret; write {SECRETS[word]}")


def _in_list(expected: Any, value: object, key: str) -> Iterator[Mistake]:
    (item,) = typing.get_args(expected)
    if not isinstance(value, list):
        text = f"must be a list of tables: write [[{key}]]" if is_table(item) else _no_list(value)
        yield Mistake(key, text)
        return
    for place, inner in enumerate(cast("list[object]", value), 1):
        yield from mistakes_in(item, inner, f"{key}[{place}]")


def _no_list(value: object) -> str:
    example = f", as in [{show(value)}]" if isinstance(value, str) else ""
    return f"{show(value)} is {kind(value)}; write a list, in brackets{example}"


def _told(key: str, text: str) -> Iterator[Mistake]:
    if text:
        yield Mistake(key, text)
