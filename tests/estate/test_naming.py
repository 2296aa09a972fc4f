"""What an estate is called: what its file says, else what the file is called, where that tells anything."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.estate import template
from scanner.estate.mistakes import EstateError
from scanner.estate.naming import LONGEST, of_domains
from scanner.estate.read import read
from scanner.record import record
from tests.conftest import ended, estate, evidence

MOVE = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\n[[route]]\nfrom = "a.x"\nto = "b.x"\n'


def called(folder: Path, text: str, file: str = "estate.toml") -> str:
    path = folder / file
    path.write_text(text + MOVE, encoding="utf-8")
    return read(path).estate.name


@pytest.mark.parametrize("name", ["Berlin to Munich", "Zürich → Genf, 2027", "x" * LONGEST, "a"])
def test_the_file_says_it(tmp_path: Path, name: str):
    assert called(tmp_path, f'name = "{name}"\n') == name
    assert called(tmp_path, f'name = "{name}"\n', "berlin.toml") == name


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("", "holds no word"),
        (" \\t ", "holds no word"),
        ("x" * (LONGEST + 1), "has 101 characters"),
        ("Berlin\\u0007", "holds control characters"),
        ("Berlin\\u202e", "holds control characters"),
        ("Berlin\\nMunich", "holds control characters"),
        (" Berlin", "or blanks at an end"),
    ],
)
def test_what_is_no_name_is_told(tmp_path: Path, value: str, why: str):
    with pytest.raises(EstateError) as wrong:
        called(tmp_path, f'name = "{value}"\n')
    (mistake,) = wrong.value.mistakes
    assert mistake.key == "name"
    assert why in mistake.text


def test_a_number_is_no_name(tmp_path: Path):
    with pytest.raises(EstateError) as wrong:
        called(tmp_path, "name = 7\n")
    assert [mistake.key for mistake in wrong.value.mistakes] == ["name"]


@pytest.mark.parametrize(
    ("file", "name"),
    [("berlin.toml", "berlin"), ("estate.toml", ""), ("a\u202eb.toml", ""), ("x" * (LONGEST + 1) + ".toml", "")],
)
def test_without_a_name_the_files_is_taken_where_it_tells_anything(tmp_path: Path, file: str, name: str):
    assert called(tmp_path, "", file) == name


def test_a_domain_that_was_asked_gives_the_name_if_a_line_has_room():
    assert of_domains(["corp.example", "branch.example"]) == "corp.example, branch.example"
    assert of_domains([f"{'x' * 60}.example", f"{'y' * 60}.example"]) == ""
    written = template.text({"corp.example": ["a.corp.example"]}, ["corp.example"], "corp.example")
    assert tomllib.loads(written)["name"] == "corp.example"
    assert "name" not in tomllib.loads(template.text())
    assert '# name = "' in template.text()


def test_the_record_keeps_it_and_one_of_before_has_none():
    data = record.dump(ended(evidence({}, replace(estate(), name="Berlin"))))
    assert record.load(data, ()).estate.name == "Berlin"
    old = data.replace(b'"name": "Berlin",', b"")
    assert old != data
    assert record.load(old, ()).estate.name == ""
