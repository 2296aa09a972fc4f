"""A value of the wrong kind, at every key of the form: the message says what stands there and what would be right."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import fields

from scanner.estate.file import EstateFile, SecretTable
from scanner.estate.mistakes import Mistake, bare_of, is_table, mistakes_in

PYTHON = re.compile(r"`|\b(?:int|str|bool|float|dict|array|object|None|True|False|Expected|expected|NoneType)\b")
SECRET = "hunter2-in-the-wrong-place"
VALUES: tuple[object, ...] = (
    SECRET, "", 5, -1, 70000, 1.5, True, [], [SECRET], [5], {"a": SECRET}, {"a": 5}, {"a": [True]}, date(2026, 1, 2),
)  # fmt: skip
KINDS = r"is (text|a number|a number with a fraction|true or false|a list|a table|a date or a time)\b"


def places(form: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Every key of the form, and whether a secret may be written there."""
    for field in fields(form):
        inner = bare_of(field.type)
        if typing.get_origin(inner) is list and is_table(typing.get_args(inner)[0]):
            inner = typing.get_args(inner)[0]
        here = (*path, field.encode_name)
        yield here, form is SecretTable or inner is SecretTable
        if is_table(inner):
            yield from places(inner, here)


def document(path: tuple[str, ...], value: object, form: Any = EstateFile) -> dict[str, object]:
    """The smallest document with this value at this key."""
    field = next(field for field in fields(form) if field.encode_name == path[0])
    if len(path) == 1:
        return {path[0]: value}
    inner = bare_of(field.type)
    listed = typing.get_origin(inner) is list
    below = document(path[1:], value, typing.get_args(inner)[0] if listed else inner)
    return {path[0]: [below] if listed else below}


def about(path: tuple[str, ...], value: object) -> list[Mistake]:
    found = mistakes_in(EstateFile, document(path, value))
    return [mistake for mistake in found if mistake.text != "is missing"]


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_no_message_speaks_the_language_of_the_program(value, secret):
    paths = [path for path, may in places(EstateFile) if may is secret]
    assert len(paths) > (20 if secret else 50)
    told = [(path, mistake) for path in paths for mistake in about(path, value)]
    assert told
    for path, mistake in told:
        assert not PYTHON.search(mistake.text.replace(SECRET, "")), mistake
        assert not secret or SECRET not in mistake.text, mistake
        assert ".".join(path[:1]) in mistake.key


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("sign_in.port", "443", '"443" is text; write a whole number from 0 to 65535, without quotes'),
        ("sign_in.port", 70000, "70000 is out of range; write a whole number from 0 to 65535"),
        ("sign_in.port", 1.5, "1.5 is a number with a fraction; write a whole number from 0 to 65535"),
        ("sign_in.verify", "yes", '"yes" is text; write true or false, without quotes'),
        ("sign_in.verify", 1, "1 is a number; write true or false, without quotes"),
        ("sign_in.user", 5, "5 is a number; write text, in quotes"),
        ("sign_in.user", True, "true is true or false; write text, in quotes"),
        ("sign_in.user", ["a", True], '["a", true] is a list; write text, in quotes'),
        ("sign_in.user", {"a": 1}, "{ a = 1 } is a table; write text, in quotes"),
        ("sign_in.user", date(2026, 1, 2), "2026-01-02 is a date or a time; write text, in quotes"),
        ("networks.trusted", "10.0.0.0/8", '"10.0.0.0/8" is text; write a list, in brackets, as in ["10.0.0.0/8"]'),
        ("directory.addresses", "x", '"x" is text; write a table, as in { name = ... }'),
        ("directory.addresses", {"dc1": 5}, 'at "dc1": 5 is a number; write text, in quotes'),
        ("directory.controllers", {"c.x": ["a", 5]}, 'at "c.x": at 2: 5 is a number; write text, in quotes'),
        ("directory.controllers", {"c.x": [""]}, 'at "c.x": at 1: is empty'),
        ("group.name", "", "is empty"),
        ("sign_in.password.prompt", SECRET, "text stands there, and not what prompt takes; write prompt = true"),
        ("sign_in.password.env", 5, 'a number stands there, and not what env takes; write env = "HV_PASSWORD"'),
        (
            "directory.password.command",
            f"echo {SECRET}",
            'text stands there, and not what command takes; write command = ["pass", "hv-preflight"]',
        ),
    ],
)
def test_what_stands_there_and_what_would_be_right(path, value, text):
    assert [mistake.text for mistake in about(tuple(path.split(".")), value)] == [text]
