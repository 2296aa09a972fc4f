"""Reads a catalogue of gettext: what translators write (``.po``), which so needs not be compiled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

Catalogue = dict[tuple[str, str], tuple[str, ...]]
"""By kind of word and English text (of a plural the singular): what a language has, a plural form after the other."""
PART = re.compile(r'^(msg\w+(?:\[\d\])?) ((?:".*"\s*)+)', re.MULTILINE)
FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
ENDS = re.compile(r'"\s*\n\s*"')


def read(text: str) -> Catalogue:
    """The messages that are translated, and of which nobody doubts it (``fuzzy``)."""
    return {key: forms for key, forms in map(_message, re.split(r"\n\s*\n", text)) if key[1] and forms and all(forms)}


def _message(block: str) -> tuple[tuple[str, str], tuple[str, ...]]:
    parts = dict(_parts(block))
    forms = tuple(said for name, said in parts.items() if name.startswith("msgstr"))
    return (parts.get("msgctxt", ""), parts.get("msgid", "")), () if FUZZY.search(block) else forms


def _parts(block: str) -> Iterator[tuple[str, str]]:
    """The parts of a message; its escapes are those of JSON."""
    for name, lines in PART.findall(block):
        yield name, json.loads(ENDS.sub("", lines.strip()), strict=False)
