"""What each check says is, where it fails and where it warns; and that it says so exactly where it can do either."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

import pytest

from scanner import plugins
from scanner.api import Check, Severity, Verdict, Who, check, failed, passed, scopes, unknown, warned
from scanner.judge.judging import judge_check
from tests.conftest import HV01, estate, evidence

CHECKS = plugins.load(third_party=False).checks
LONGEST = 90

NEVER = {
    ("CLU-03", "WARN"): "a broker that is still to come is not its matter",
    ("HOST-05", "WARN"): "warnings of delegation are asked for to make its remedy",
    ("LM-02", "WARN"): "warnings of delegation are asked for to make its remedy",
    ("LM-09", "FAIL"): "networks are judged to choose those that its remedy names",
    ("RCH-04", "FAIL"): "where the endpoint mapper does not connect WinRM decides, and its silence is unknown",
}
"""Verdicts that are made in what a check calls, and are never its own."""


@cache
def parts(module: str) -> dict[str, ast.AST]:
    """What stands in a module under a name: functions, classes, and values such as a verdict that is made once."""
    found: dict[str, ast.AST] = {}
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return found


def named(node: ast.AST, module: str) -> Iterator[tuple[str, Any]]:
    """What a piece of code names of its own module, or of one that it imports, however it calls it."""
    here = vars(sys.modules[module])
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id, here.get(part.id)
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            other = here.get(part.value.id)
            if isinstance(other, ModuleType):
                yield part.attr, getattr(other, part.attr, None)


def made(node: ast.AST) -> Iterator[str]:
    """The verdicts that a piece of code makes itself."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            yield from {"failed": ["FAIL"], "warned": ["WARN"]}.get(call.func.id, [])
            if call.func.id in ("replace", "Verdict"):
                given = [*call.args, *(word.value for word in call.keywords)]
                yield from (one.attr for one in given if isinstance(one, ast.Attribute))


def possible(one: Check) -> set[str]:
    """FAIL and WARN as far as the check's function, or one that it calls below ``checks``, makes them."""
    found, seen, open_ = set[str](), set[tuple[str, str]](), [(one.module, one.judge.__name__)]
    while open_:
        module, name = open_.pop()
        node = parts(module).get(name)
        if node is None or (module, name) in seen:
            continue
        seen.add((module, name))
        found.update(made(node))
        for _, value in named(node, module):
            if isinstance(value, FunctionType | type) and value.__module__.startswith("checks."):
                open_.append((value.__module__, value.__name__))
            elif isinstance(value, Verdict):
                found.add(value.status.name)
    return {status for status in found & {"FAIL", "WARN"} if (one.id, status) not in NEVER}


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.id)
def test_each_says_what_is_exactly_where_it_can(one: Check):
    said = {status for status, words in (("FAIL", one.fails), ("WARN", one.warns)) if words}
    assert said == possible(one)


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.id)
def test_the_words_keep_to_the_form(one: Check):
    texts = [one.title, *filter(None, (one.fails, one.warns))]
    assert len({text.casefold() for text in texts}) == len(texts)
    for text in texts[1:]:
        assert len(text) <= LONGEST
        assert text[0].isupper()
        assert not text.endswith((".", "!", ":", ";"))
        assert re.fullmatch(r"[ -~]+", text)
        assert text == " ".join(text.split())


def test_no_two_checks_say_the_same():
    said = [text for one in CHECKS for text in (one.title, one.fails, one.warns) if text]
    assert len(said) == len(set(said))


def test_there_are_checks_of_each_kind():
    kinds = {(bool(one.fails), bool(one.warns)) for one in CHECKS}
    assert len(kinds) == 4
    known = {one.id: one for one in CHECKS}
    assert all(not getattr(known[id_], {"FAIL": "fails", "WARN": "warns"}[status]) for id_, status in NEVER)


def headline(verdict: Verdict, **words: str) -> str:
    made_ = check(
        id="X-01", title="It is well", severity=Severity.LOW, who=Who.HOST, scope=scopes.HOST, seed="s", needs=(),
        remedy="r", **words,
    )(lambda _subject, _view: verdict)  # fmt: skip
    (finding,) = judge_check(made_, evidence({}, estate(hosts=(HV01,))))
    assert finding.title == "It is well"
    return finding.headline


WORDS = {"fails": "It is ill", "warns": "It is pale"}


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (failed("s", "w"), "It is ill"),
        (warned("s", "w", works="it does"), "It is pale"),
        (passed("s"), "It is well"),
        (unknown("nobody looked"), "It is well"),
    ],
)
def test_a_finding_says_what_is(verdict, said):
    assert headline(verdict, **WORDS) == said


@pytest.mark.parametrize("verdict", [failed("s", "w"), warned("s", "w", works="it does"), passed("s")])
def test_a_check_of_elsewhere_without_these_words_shows_its_title(verdict):
    assert headline(verdict) == "It is well"
