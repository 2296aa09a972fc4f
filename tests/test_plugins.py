"""Plugins: single files come in by the same door, and a plugin that cannot be used is refused with its reason."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from scanner.api import Status
from scanner.judge.judging import judge_check
from scanner.plugins import PluginError, load
from tests.conftest import evidence

GOOD = '''
"""Why it matters.

What passes."""
from scanner.api import (Severity, Who, WindowsFact, check, cim, hookimpl, passed, prop, windows_fact, scopes)

@windows_fact(cim("Win32_Battery"))
class Battery(WindowsFact):
    """A battery."""
    name: str = prop("Name")

@check(id="{id}", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.RUN, seed="s", needs=(Battery,), remedy="r")
def charged(subject, view):
    return passed("yes")

@hookimpl
def {hook}():
    return [charged]
'''


def plugin(folder: Path, *, name: str = "mine.py", **words: str) -> Path:
    path = folder / name
    path.write_text(GOOD.format(**({"id": "XX-01", "hook": "scanner_checks"} | words)), encoding="utf-8")
    return path


def test_a_file_takes_part(tmp_path):
    offer = load([plugin(tmp_path)], third_party=False)
    made = next(c for c in offer.checks if c.id == "XX-01")
    assert made.doc.startswith("Why it matters.")
    assert [f.status for f in judge_check(made, evidence({}))] == [Status.PASS]
    assert any(p.name == "mine.py" and p.origin == "file" for p in offer.plugins)


def test_built_ins_come_in_by_the_same_door():
    offer = load(third_party=False)
    assert {p.name for p in offer.plugins} == {"scanner.collectors", "checks", "reports"}
    assert offer.checks
    assert offer.collectors
    assert offer.reporters


def test_a_misspelt_hook_is_an_error(tmp_path):
    with pytest.raises(PluginError, match=r'mine\.py: there is no hook scanner_cheks; did you mean "scanner_checks"\?'):
        load([plugin(tmp_path, hook="scanner_cheks")], third_party=False)


@pytest.mark.parametrize(
    ("hook", "body", "words"),
    [
        ("scanner_checks", "return None", "gave None; it must return a list of Check"),
        ("scanner_checks", "pass", "gave None; it must return a list of Check"),
        ("scanner_checks", "return [rule]", r"gave <function rule at \w+>, which is no Check"),
        ("scanner_checks", "yield 5", "gave 5, which is no Check"),
        ("scanner_checks", "raise ValueError('boom')", "failed: ValueError: boom"),
        ("scanner_checks", "yield 1 / 0", "failed: ZeroDivisionError"),
        ("scanner_reporters", "return 'csv'", "gave 'csv'; it must return a list of Reporter"),
        ("scanner_reporters", "return [None]", "gave None, which is no Reporter"),
        ("scanner_collectors", "return ['x' * 1000]", r"gave 'x+\.\.\., which is no Collector"),
    ],
)
def test_what_a_hook_gave_wrong_is_named(tmp_path, hook, body, words):
    path = tmp_path / "odd.py"
    text = f"from scanner.api import hookimpl\ndef rule(): ...\n@hookimpl\ndef {hook}():\n    {body}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PluginError, match=rf"odd\.py: {hook} {words}") as caught:
        load([path], third_party=False)
    assert len(str(caught.value)) < 300


def test_a_plugin_without_hooks_is_an_error(tmp_path):
    path = tmp_path / "empty.py"
    path.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(PluginError, match="none of our hooks"):
        load([path], third_party=False)


def test_a_check_id_twice_is_an_error(tmp_path):
    with pytest.raises(PluginError, match="ID-01"):
        load([plugin(tmp_path, id="ID-01")], third_party=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import no_such_module", "no_such_module"),
        ("def (", "line 1 is no Python"),
        ("raise ValueError('boom')", "boom"),
    ],
)
def test_a_plugin_that_cannot_be_loaded_is_named(tmp_path, text, words):
    path = tmp_path / "bad.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PluginError, match=words) as caught:
        load([path], third_party=False)
    assert "bad.py" in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PluginError, match=r"gone\.py"):
        load([tmp_path / "gone.py"], third_party=False)


def test_a_plugin_cannot_ask_what_is_not_known_to_only_read(tmp_path):
    path = tmp_path / "act.py"
    text = """
    from scanner.api import WindowsFact, windows_fact, Command, prop
    @windows_fact(Command("Stop-VM", {"Name": "x"}))
    class Stopped(WindowsFact):
        name: str = prop("Name")
    """
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    with pytest.raises(PluginError, match="Stop-VM is not on the list"):
        load([path], third_party=False)
