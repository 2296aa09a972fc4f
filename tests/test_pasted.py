"""Lines that we print to be pasted: a shell reads from them the words that were meant, whatever files are called."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner import cli
from scanner.words.quoting import shell

ODD = "my estate's $(x) `y`.toml"
ESTATE = """
[[host]]
name = "hv01.corp.example"
[[host]]
name = "hv02.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
[names]
servers = ["127.0.0.1"]
lifetime = "1s"
[limits]
host_deadline = "2s"
"""
PLUGIN = "from scanner.api import hookimpl\n\n\n@hookimpl\ndef scanner_checks():\n    return []\n"
LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1)


@given(LINES)
def test_a_shell_reads_the_same_words(words: list[str]) -> None:
    assert shlex.split(shell(*words, windows=False)) == words


@pytest.mark.parametrize(
    ("word", "literal"),
    [
        ("estate.toml", "estate.toml"),
        (r"C:\estates\e.toml", r"C:\estates\e.toml"),
        ("--save", "--save"),
        ("-e.toml", "'-e.toml'"),
        (r"C:\my estates\e.toml", r"'C:\my estates\e.toml'"),
        ("it's.toml", "'it''s.toml'"),
        ("$(x);y", "'$(x);y'"),
        ("@x", "'@x'"),
        ("a,b", "'a,b'"),
        ("", "''"),
    ],
)
def test_powershell_hands_on_the_same_word(word: str, literal: str) -> None:
    assert shell("x", word, windows=True) == f"x {literal}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ODD).write_text(ESTATE, encoding="utf-8")
    (tmp_path / "p q.py").write_text(PLUGIN, encoding="utf-8")
    (tmp_path / "DIR").mkdir()
    return tmp_path


def lines(text: str) -> list[list[str]]:
    """The words of every line of ours in it."""
    return [shlex.split(f"hv-preflight{rest}") for rest in text.replace("\n", "\0").split("hv-preflight")[1:]
            for rest in [rest.partition("\0")[0]]]  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_what_queries_prints_is_the_way_on(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    more = ["--plugin", "p q.py", "--no-plugins"]
    assert cli.run(["queries", ODD, "--target", "hv01", "--as-script", *more]) == 0
    host = "hv01.corp.example"
    assert lines(capsysbinary.readouterr().err.decode()) == [
        ["hv-preflight", "scan", ODD, "--answers", "DIR", *more],
        ["hv-preflight", "collect", ODD, "--answers", "DIR", "--save", "first.hvp", *more],
        ["hv-preflight", "queries", ODD, "--target", host, "--as-script", "--record", "first.hvp", *more],
    ]


def test_what_collect_prints_judges_the_record(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("hv01", "hv02"):
        (folder / "DIR" / f"{host}.corp.example.jsonl").touch()
    assert cli.run(["collect", ODD, "--answers", "DIR", "--save", "x y.hvp", "--plugin", "p q.py"]) == 3
    ((_, *line),) = lines(capsys.readouterr().out)
    assert line == ["judge", "x y.hvp", "--plugin", "p q.py"]
    assert cli.run(line) == 3


@pytest.mark.usefixtures("folder")
def test_what_checks_prints_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["checks", "--plugin", "p q.py"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    line = shlex.split(last.partition("; hv-preflight ")[2].removesuffix(" tells more"))
    assert line[2:] == ["--plugin", "p q.py"]
    assert cli.run(line) == 0
