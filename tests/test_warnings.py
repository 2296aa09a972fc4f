"""WARN means: the move works. Every place that warns says why, and one that does not is an error."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from docs.warnings import ROOT, places
from scanner.api import Severity, Status, Who, check, passed, scopes, warned
from scanner.judge.judging import judge_check
from tests.conftest import HV01, estate, evidence

FILES = sorted((ROOT / "checks").rglob("*.py"))
PLACES = list(places(FILES))
NAMES = ("SMB ", "Site Recovery ")
"""What stands in capitals wherever it stands."""


def test_there_are_places():
    assert len(PLACES) > 20


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.module}:{place.function}")
def test_every_warning_says_why_the_move_works(place):
    words = place.works.strip("{}")
    assert words
    assert not place.works.endswith(".")
    assert place.works[0] == "{" or not place.works[0].isupper() or place.works.startswith(NAMES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_warning_is_made_where_it_can_be_seen(path: Path):
    """``warned`` is called by its name and handed on nowhere, so that the list of all warnings is whole."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    called = {id(call.func) for call in calls}
    assert not [n for n in nodes if isinstance(n, ast.Name) and n.id == "warned" and id(n) not in called]
    makers = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("replace", "Verdict")]
    made = {id(given) for call in makers for given in (*call.args, *(word.value for word in call.keywords))}
    asked = [n for n in nodes if isinstance(n, ast.Compare | ast.Tuple | ast.Set | ast.Dict | ast.match_case)]
    compared = {id(within) for node in asked for within in ast.walk(node)}
    assert not [n for n in nodes if isinstance(n, ast.Attribute) and n.attr == "WARN" and id(n) not in made | compared]


def judged(verdict):
    made = check(
        id="X-01", title="t", severity=Severity.LOW, who=Who.HOST, scope=scopes.HOST, seed="s", needs=(), remedy="r"
    )(lambda _subject, _view: verdict)
    (finding,) = judge_check(made, evidence({}, estate(hosts=(HV01,))))
    return finding


def test_a_warning_without_its_reason_is_an_error():
    found = judged(warned("seen", "wanted"))
    assert found.status is Status.ERROR
    assert "why the move works" in found.note


def test_a_warning_with_it_stands_and_other_verdicts_carry_none():
    assert (judged(warned("s", "w", works="it does")).status, judged(warned("s", "w", works="it does")).works) == (
        Status.WARN,
        "it does",
    )
    assert judged(replace(passed("s"), works="it does")).works == ""
