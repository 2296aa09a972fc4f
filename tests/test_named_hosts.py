"""scan hv01 hv02: hosts in place of a file, each with the others, and the estate that was used is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scanner import cli
from scanner.commands import options
from scanner.commands.console import UsageError
from scanner.commands.named_hosts import declared_of, file_of
from scanner.words.estate import Route

A, B, C = "hv01.corp.example", "hv02.corp.example", "hv11.branch.example"


def test_one_word_is_a_file_and_none_is_the_one_that_stands_here():
    assert file_of(()) == options.ESTATE
    assert file_of(["x"]) == Path("x")
    assert file_of([A]) == Path(A), "a move needs two"
    assert file_of([A, B]) is None


def test_each_moves_to_the_others_and_the_estate_is_told(capsys):
    declared = declared_of([A, "HV02.corp.example.", C])
    assert set(declared.estate.routes) == {Route(x, y) for x in (A, B, C) for y in (A, B, C) if x != y}
    head, _, text = capsys.readouterr().err.partition("\n\n")
    assert head == "the estate of this run, to keep as a file and to add to:"
    assert tomllib.loads(text)["group"][0]["hosts"] == [A, B, C]


def test_nothing_of_it_is_left(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    declared_of([A, B])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([A, "hv02"], '"hv02": write one estate file, or the names of two hosts or more; hosts are written with'),
        (["a.toml", "b.toml"], "one estate at a time"),
        ([A, "b.toml"], "hosts are written with their domain"),
        ([A, "hv02;calc.corp.example"], "hosts are written with their domain"),
        ([A, "10.0.0.1"], "hosts are written with their domain"),
    ],
)
def test_what_is_neither_is_told(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text("")
    with pytest.raises(UsageError) as told:
        file_of(words)
    assert said in str(told.value)


def test_a_host_named_twice_is_told(capsys):
    assert cli.run(["scan", A, A.upper()]) == 2
    assert capsys.readouterr().err.startswith(f"{A} is named twice; a move needs two hosts\n")
