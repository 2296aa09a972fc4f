"""Good habits of a command line: help by any name, a hyphen for standard output, quiet, verbose, what options take."""

from __future__ import annotations

import json
import logging
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import cli
from scanner.commands import lazy, logs
from scanner.record.record import dump
from scanner.words.exits import USAGE
from tests.conftest import NOW, ended, estate, evidence

ROOT = Path(__file__).parents[1]
WORDS = {"FILE", "HOST", "DIR", "OCTAL", "SEVERITY", "FORMAT=FILE", "ID,AREA-*", "FROM:TO", "ESTATE", "RECORD", "KIND",
         "NAME", "DOMAIN", "GROUP", "CHECK", "OLD", "NEW", "FINDING", "TEXT", "DATE", "TIME", "NUMBER",
         "ROLE", "MB", "SPAN", "URL", "KEY", "FORM", "PROFILE", "CODE"}  # fmt: skip
"""What an option or an argument may be said to take."""


@pytest.fixture(autouse=True)
def as_before():
    yield
    logs.speak()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.hvp"
    path.write_bytes(dump(ended(evidence({}, estate(), now=NOW))))
    return path


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_whatever_takes_a_value_says_which(name):
    taken = [option for option in lazy.load(name).params if not getattr(option, "is_flag", False)]
    assert {str(option.metavar) for option in taken} <= WORDS


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_has_three_names(name, capsys):
    pages: list[str] = []
    for words in ([name, "--help"], [name, "-h"], ["help", name]):
        assert cli.run(words) == 0
        pages.append(capsys.readouterr().out)
    assert len(set(pages)) == 1
    assert ("Exit: 0 ready" in pages[0]) == (name in cli.GATES), "gates say how they end"


def test_help_of_nothing_is_that_of_all(capsys):
    assert cli.run(["help"]) == cli.run(["--help"]) == 0
    text = capsys.readouterr().out
    assert text[: len(text) // 2] == text[len(text) // 2 :]
    assert cli.run(["help", "scna"]) == USAGE
    assert 'did you mean "scan"?' in capsys.readouterr().err


@pytest.mark.parametrize("columns", [40, 80, 110, 200])
def test_help_is_as_wide_as_the_terminal_and_no_wider_than_lines_are_read(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(columns))
    cli.run(["scan", "--help"])
    widest = max(map(len, capsys.readouterr().out.splitlines()))
    assert widest <= max(min(columns, lazy.WIDEST), 78)


@pytest.mark.parametrize("name", ["html", "junit", "json"])
def test_a_hyphen_is_standard_output(record, name):
    done = subprocess.run(
        [sys.executable, "-m", "scanner", "judge", str(record), f"--{name}", "-", "--no-plugins"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, cwd=record.parent,
    )  # fmt: skip
    assert done.stdout.lstrip()[0] == {"html": "<", "junit": "<", "json": "{"}[name]
    assert "exit 3 (incomplete)" in done.stderr, "what is for people goes beside it"
    assert sorted(path.name for path in record.parent.iterdir()) == ["record.hvp"]
    if name == "json":
        assert json.loads(done.stdout)["verdict"] == "incomplete"


def test_two_hyphens_are_one_too_many(record, capfd):
    assert cli.run(["judge", str(record), "--html", "-", "--json", "-"]) == USAGE


def test_quiet_says_the_last_line_alone(record, capsys):
    assert cli.run(["judge", str(record), "--quiet", "--no-plugins"]) == 3
    assert capsys.readouterr() == ("exit 3 (incomplete)\n", "")


def test_quiet_and_verbose_are_a_contradiction(record, capsys):
    assert cli.run(["judge", str(record), "-q", "-v"]) == USAGE
    assert capsys.readouterr().err.startswith("--quiet and --verbose are both given; choose one\n")


def test_a_log_tells_of_steps_with_times_and_nothing_acts_in_it(tmp_path, capsys):
    path = tmp_path / "run.log"
    path.write_text("before\n")
    logs.guard()
    logs.speak(path)
    logging.getLogger("scanner.x").info("hv01\n##vso[task.complete]\x1b[2J")
    logging.getLogger("scanner.x").debug("not this")
    logging.getLogger("another.library").info("nor this")
    logging.getLogger("another.library").warning("but this")
    before, first, second, third = path.read_text().splitlines()
    assert before == "before"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 INFO hv01", first)
    assert second.startswith("    ")
    assert "##vso[" not in second
    assert "\x1b" not in second
    assert third.endswith(" WARNING but this")
    assert capsys.readouterr().err == "but this\n", "warnings are told as ever"


def test_a_new_log_is_its_owners_alone(tmp_path):
    logs.speak(tmp_path / "run.log")
    assert stat.S_IMODE((tmp_path / "run.log").stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_is_told_before_anything_is_read(record, tmp_path, capsys):
    assert cli.run(["judge", str(record), "--log-file", str(tmp_path / "no" / "run.log")]) == USAGE
    assert re.match(r".*/no/run\.log cannot be written: ", capsys.readouterr().err)


def test_verbose_tells_of_every_machine(tmp_path, capsys):
    file, answers = tmp_path / "estate.toml", tmp_path / "answers"
    file.write_text(
        '[sign_in]\nmethod = "kerberos"\n[directory]\ndomains = ["corp.example"]\n'
        '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n'
        '[[host]]\nname = "hv01.corp.example"\n[[host]]\nname = "hv02.corp.example"\n'
    )
    answers.mkdir()
    for name in ("hv01", "hv02"):
        (answers / f"{name}.corp.example.jsonl").write_text("")
    code = cli.run(["scan", str(file), "--answers", str(answers), "--check", "HOST-02", "-v", "--no-plugins"])
    told = capsys.readouterr().err
    assert code == 3
    assert re.search(r"^hv01\.corp\.example: \d+ facts? answered by .*, \d+ gaps?$", told, re.MULTILINE)
    assert "of hv01.corp.example: " in told
