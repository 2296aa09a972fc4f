"""Where texts for people stand: in calls that tell them, and in what checks and tables say of themselves."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

from reports.kinds_of_word import NUMBERED
from reports.names import NOUNS
from scanner.judge import scopes
from scanner.plugins import load
from scanner.words.check import Who
from scanner.words.kinds_of_trouble import TABLE
from scanner.words.model import GapReason, Profile, Severity, Status, TargetKind
from scanner.words.pictures import Trust

Found = tuple[int, str | None, Any, list[str]]
"""As Babel has it: line, function, message or messages, comments."""
TELL, COUNTED, PLURAL, JOINED = ("tell", "phrase", "by_text"), "counted", "plural", "joined"
LETTERS = re.compile(r"[^\W\d_]{2}")
PLACE = re.compile(r"\{[^{}]*\}|%\(\w+\)s")


def is_language(pattern: str) -> bool:
    """Whether there is anything to translate: words beside the places."""
    return bool(LETTERS.search(PLACE.sub("", pattern)))


def told(file: IO[bytes], keywords: object, tags: object, options: object) -> Iterator[Found]:
    """The messages of a Python file: what ``tell``, ``plural`` and ``counted`` are given as literals."""
    del keywords, tags, options
    for node in ast.walk(ast.parse(file.read())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [_literal(argument) for argument in node.args]
        within = next((_literal(word.value) for word in node.keywords if word.arg == "within"), None)
        if name in TELL and texts[:1] and texts[0] and is_language(texts[0]):
            yield from _message(node, texts[0], within or (texts[1] if name == "by_text" and texts[1:] else None))
        elif name == PLURAL and texts[2:] and texts[1] and texts[2]:
            yield node.lineno, "ngettext", (texts[1], texts[2]), _places(node)
        elif name == JOINED and texts[:1] and texts[0] and is_language(texts[0]):
            yield node.lineno, "pgettext", ("between texts", texts[0]), []
        elif name == COUNTED and texts[1:] and texts[1]:
            yield node.lineno, "ngettext", nouns(texts[1], texts[2] if texts[2:] and texts[2] else ""), []


def paged(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[Found]:
    """The messages of a template: what Jinja finds, and what ``counted`` is given as literals."""
    source = file.read()
    yield from babel_extract(io.BytesIO(source), keywords, tags, options)
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source.decode())
    for node in tree.find_all(nodes.Call):
        texts = [a.value for a in node.args if isinstance(a, nodes.Const) and isinstance(a.value, str)]
        if isinstance(node.node, nodes.Name) and node.node.name == COUNTED and texts:
            yield node.lineno, "ngettext", nouns(*texts), []


def nouns(noun: str, many: str = "") -> tuple[str, str]:
    """The message of so many things."""
    return "{number:,} " + noun, "{number:,} " + (many or noun + "s")


def _message(node: ast.Call, text: str, within: str | None) -> Iterator[Found]:
    if within:
        yield node.lineno, "pgettext", (within, text), _places(node)
    else:
        yield node.lineno, "gettext", text, _places(node)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _places(node: ast.Call) -> list[str]:
    """What stands in each place, where its name does not say it: translators see it beside the message."""
    values = ((word.arg, ast.unparse(word.value)) for word in node.keywords if word.arg and word.arg != "within")
    return [f"{{{name}}} is {value}" for name, value in values if value != name and not value.endswith(f".{name}")]


def objects() -> Iterator[tuple[str, str, Any]]:
    """Where, kind of word, and text (of things that are counted both texts) of what is said by itself."""
    offer = load(third_party=False)
    for check in offer.checks:
        place = f"{check.module.replace('.', '/')}.py"
        why = " ".join(check.doc.split("\n\n", maxsplit=1)[0].split())
        for text in (check.title, check.fails, check.warns, check.remedy, check.ends, check.begins, why):
            yield place, "", text
    for row in offer.not_judged:
        yield "checks/not_judged/never.py", "", row.title
        yield "checks/not_judged/never.py", "", row.look
    for scope in scopes.ALL:
        yield "scanner/judge/scopes.py", "", nouns(scope.noun, scope.many)
    for kind, words in words_of_kinds().items():
        for word in words:
            yield "scanner/words/model.py", kind, word
    for passage in offer.passages:
        yield "checks/sources/__init__.py", "", passage.demand
    for row in TABLE:
        yield "scanner/words/kinds_of_trouble.py", "", row.do
    for word in NUMBERED:
        yield "reports/kinds_of_word.py", "", nouns(word, word)
    for noun in NOUNS.values():
        yield "reports/names.py", "", nouns(noun)


def words_of_kinds() -> dict[str, list[str]]:
    """Words of enumerations, which are identities, too: people read them by their kind."""
    return {
        "why a fact is not there": [reason.value for reason in GapReason],
        "who": [who.value for who in Who],
        "of this machine": ["configuration", "ticket", "library", "secret", "file", "sign-in"],
        "scope": [scope.name for scope in scopes.ALL],
        "status": [status.value for status in Status],
        "severity": [severity.word for severity in Severity],
        "network": [trust.value for trust in Trust],
        "kind of target": [kind.value for kind in TargetKind],
        "origin of a plugin": ["built-in", "package", "file"],
        "kind of move": [profile.value for profile in Profile],
        "verdict": ["ready", "not ready", "incomplete", "interrupted"],
    }


ROOT = Path(__file__).resolve().parent.parent
