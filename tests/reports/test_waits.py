"""Waits for a page are functions: its policy forbids making code of text, which only an answer that is late meets."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def waits(source: str) -> list[str]:
    """What is waited for, as its beginning says it."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    return [
        ast.unparse(node.args[0])
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr == "wait_for_function"
    ]


def named(source: str, name: str) -> str:
    """The text that a name of a module or a function holds."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assign))
    return next((ast.unparse(node.value) for node in nodes if ast.unparse(node.targets[0]) == name), name)


@pytest.mark.parametrize("path", sorted(HERE.rglob("test_*.py")), ids=lambda path: path.stem)
def test_each_wait_is_a_function(path):
    source = path.read_text(encoding="utf-8")
    assert [wait for wait in waits(source) if "=>" not in named(source, wait)] == []


@pytest.mark.parametrize("script", ["page.wait_for_function('a > 0')", "seen = 'a > 0'\npage.wait_for_function(seen)"])
def test_one_that_is_none_is_seen(script):
    assert ["=>" in named(script, wait) for wait in waits(script)] == [False]
