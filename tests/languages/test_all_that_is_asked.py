"""Whatever a language is asked to say while pages and terminals are made stands in the catalogues."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docs import messages
from docs.message_sources import is_language
from scanner.cli import run
from scanner.commands.lazy import parse
from scanner.words import languages
from scanner.words.languages import ENGLISH, Language

PRACTICE = str(Path(__file__).parents[2] / "scanner" / "data" / "practice.hvp")
KNOWN = {messages._key(message) for message in messages.template() if message.id}
Asked = set[tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Asking(Language):
    """Says everything in English, and remembers what it was asked."""

    asked: Asked = field(default_factory=set)
    is_there = True

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """The English."""
        self.asked.add((within, one))
        return super().pattern(one, many, within, number)


@pytest.fixture
def asked(monkeypatch, capsys):
    """What was asked for so far."""
    language = Asking("xx", "asking")
    monkeypatch.setattr(languages, "LANGUAGES", {"en": ENGLISH, "xx": language})
    yield language.asked
    parse(["checks", "--lang", "en"])


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--html", "page.html", "--markdown", "page.md"),
        ("demo", "--html", "pages/"),
        ("judge", PRACTICE, "--summary"),
        ("judge", PRACTICE, "--at", "2031-01-01", "-v"),
        ("why", "host", "hb02", "--to", "hb01", "--record", PRACTICE),
        ("vms", "--record", PRACTICE),
        ("show", PRACTICE),
        ("show", PRACTICE, "--target", "hb01"),
        ("explain", "DEL-01"),
        ("explain", "VM-02"),
        ("checks",),
        ("checks", "--not-judged"),
    ],
    ids=" ".join,
)
def test_it_stands_in_the_catalogues(words, asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run([*words, "--lang", "xx"]) in (0, 1, 3)
    assert asked
    assert sorted(key for key in asked - KNOWN if is_language(key[1])) == []
