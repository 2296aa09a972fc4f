"""The language that people are told in: what ``--lang`` says, else the environment."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import Annotated

import typer

from scanner.words.languages import ENGLISH, Language, named, of_environment, offered
from scanner.words.told import said, speaking
from scanner.words.wording import nearest, show

Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="CODE",
        help="Language of what people read, as de; else the one of LC_ALL, LC_MESSAGES or LANG.",
        autocompletion=lambda: list(offered()),
    ),
]
_wanted: list[Language] = []
"""what a command was asked for"""


def choose(code: str | None) -> str:
    """Take a language for what is printed from here on; what is wrong about it, empty if nothing is."""
    language = named(code) if code else of_environment(os.environ)
    _wanted[:] = [language or ENGLISH]
    there = offered()
    return "" if language else f"--lang {show(code)}{nearest(code or '', there)}: there are {', '.join(there)}"


def wanted() -> Language:
    """The language that was chosen last."""
    return _wanted[0] if _wanted else ENGLISH


def aloud() -> AbstractContextManager[None]:
    """In here texts are for people, in the language that was chosen."""
    return speaking(wanted())


def in_words(text: str) -> str:
    """The text in the language that was chosen."""
    return said(text, wanted())
