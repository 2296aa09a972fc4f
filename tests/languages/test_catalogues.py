"""Every language says all there is to say, in sentences that fit; and all that people read can be said in it."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from docs import message_sources, messages
from scanner.judge import scopes
from scanner.plugins import load
from scanner.words.catalogue_file import read
from scanner.words.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
WHOLE = messages.template()
TEXTS = {text for message in WHOLE for text in messages._texts(message.id)}
FILES = messages.catalogues()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.parent.name)
def test_a_language_says_all_of_it(file):
    with file.open("rb") as source:
        found = read_po(source)
    assert [*messages.faults(found, WHOLE)] == []
    assert not found.obsolete
    assert file.parent.parent.name in LANGUAGES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.parent.name)
def test_the_product_reads_what_babel_reads(file):
    text = file.read_text(encoding="utf-8")
    theirs = {
        (message.context or "", messages._texts(message.id)[0]): messages._texts(message.string)
        for message in read_po(io.BytesIO(text.encode()))
        if message.id and not message.fuzzy and all(messages._texts(message.string))
    }
    assert read(text) == theirs


def test_what_checks_say_of_themselves_is_in_it():
    for check in load(third_party=False).checks:
        assert {check.title, check.remedy} <= TEXTS
    assert {"{number:,} " + scopes.HOST.noun, "{number:,} hosts"} <= TEXTS
    assert "unreachable" in TEXTS


def extracted(source: str) -> list[tuple[str | None, object, list[str]]]:
    return [found[1:] for found in message_sources.told(io.BytesIO(source.encode()), (), (), {})]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('tell("on {host} now", host=host)', [("gettext", "on {host} now", [])]),
        ('tell("on" " it")', [("gettext", "on it", [])]),
        ('tell("{x} too", x=listing(own))', [("gettext", "{x} too", ["{x} is listing(own)"])]),
        ('tell("{a}; {b}", a=a, b=b)', []),
        ('tell("host", within="who")', [("pgettext", ("who", "host"), [])]),
        ('by_text("host", "who")', [("pgettext", ("who", "host"), [])]),
        ("by_text(title)", []),
        ('plural(n, "{number} x", "{number} xs")', [("ngettext", ("{number} x", "{number} xs"), [])]),
        ('counted(n, "host")', [("ngettext", ("{number:,} host", "{number:,} hosts"), [])]),
        ('counted(n, "query", "queries")', [("ngettext", ("{number:,} query", "{number:,} queries"), [])]),
        ('joined(" and ", both)', [("pgettext", ("between texts", " and "), [])]),
        ('joined(", ", all_of_them)', []),
        ('other("two words")', []),
    ],
)
def test_what_is_found_in_a_source(source, found):
    assert extracted(source) == found


def catalogue(**said: str) -> Catalog:
    made = Catalog(locale="de")
    for key, text in said.items():
        made.add(IDS[key], text)
    return made


IDS = {"plain": "on {host} for {n:,} s ", "other": "two words"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"plain": "{n:,} s lang auf {host} ", "other": "zwei Worte"}, ""),
        ({"plain": "{n:,} s lang auf {host} "}, "is not in it"),
        ({"plain": "{n:,} s lang auf {host} ", "other": ""}, "is not translated"),
        ({"plain": "{n} s lang auf {host} ", "other": "zwei Worte"}, "other places"),
        ({"plain": "{n:,} s lang ", "other": "zwei Worte"}, "other places"),
        ({"plain": "{n:,} s auf {host} {peer} ", "other": "zwei Worte"}, "other places"),
        ({"plain": "{n:,} s lang auf {host}", "other": "zwei Worte"}, "other blanks"),
    ],
)
def test_a_sentence_that_does_not_fit_is_seen(said, wrong):
    whole = Catalog()
    for text in IDS.values():
        whole.add(text)
    found = [*messages.faults(catalogue(**said), whole)]
    assert len(found) == bool(wrong)
    assert all(wrong in fault for fault in found)


def test_one_that_is_doubted_or_gone_is_seen():
    whole, found = Catalog(), Catalog(locale="de")
    whole.add("two words")
    found.add("two words", "zwei Worte", flags=["fuzzy"])
    found.add("gone words", "fort")
    assert sorted(messages.faults(found, whole)) == [
        "'gone words': nobody says it any more", "'two words': somebody doubts it (fuzzy)",
    ]  # fmt: skip


def test_a_catalogue_keeps_what_is_translated(tmp_path):
    file = tmp_path / "de" / "LC_MESSAGES" / messages.NAME
    file.parent.mkdir(parents=True)
    file.write_text('msgid "two words"\nmsgstr "zwei Worte"\n\nmsgid "gone"\nmsgstr "fort"\n', encoding="utf-8")
    whole = Catalog()
    whole.add("two words")
    whole.add("three words")
    file.write_bytes(messages.updated(file, whole))
    assert read(file.read_text(encoding="utf-8")) == {("", "two words"): ("zwei Worte",)}
    again = messages.updated(file, whole)
    assert again == file.read_bytes(), "nothing of the day stands in it"


PROPERTY = re.compile(r"\w+ = \w+")
"""A property and its value: the same in every language."""
VERDICTS = {"passed", "failed", "warned", "unknown", "not_applicable", "MissingEvidence", "unseen", "no_subject"}


def untold(path: Path) -> list[str]:
    """What a file hands to a verdict as an f-string or a literal."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in VERDICTS:
            for value in (*node.args, *(word.value for word in node.keywords)):
                text = value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
                words = " " in text and not PROPERTY.fullmatch(text)
                if words or (isinstance(value, ast.JoinedStr) and len(value.values) > 1):
                    found.append(f"{path.relative_to(ROOT)}:{value.lineno}: {ast.unparse(value)}")
    return found


TELLING = [path for path in sorted((ROOT / "checks").rglob("*.py")) if "tell(" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", TELLING, ids=lambda path: path.stem)
def test_a_check_that_tells_tells_all(path):
    assert untold(path) == []


def ours(tree: ast.Module) -> set[str]:
    """What ``tell`` is called there; the one of the console prints."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    told = (node for node in imports if node.module in ("scanner.api", "scanner.words.telling"))
    return {alias.asname or alias.name for node in told for alias in node.names if alias.name == "tell"}


def test_patterns_are_literals():
    for path in (path for room in ("checks", "reports", "scanner") for path in (ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = ours(tree)
        for node in ast.walk(tree) if names else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}: what a target says is no pattern"
