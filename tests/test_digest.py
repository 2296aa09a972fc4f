"""A report tells which record it was judged from: its digest is that of the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scanner import cli, plugins
from scanner.commands.auditing import auditable
from scanner.commands.outputs import Outputs
from scanner.record import record
from scanner.record.forms import FORM
from tests.reports.conftest import build

ROOT = Path(__file__).parents[1]
GOOD, PRACTICE = ROOT / "tests/data/good.hvp", ROOT / "scanner/data/practice.hvp"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("command", "file"), [(["demo"], PRACTICE), (["judge", str(GOOD)], GOOD)], ids=["demo", "judge"]
)
def test_it_is_that_of_the_file_that_was_read(tmp_path, command, file):
    page = tmp_path / "page.html"
    cli.run([*command, "--html", str(page)])
    assert digest(file) in page.read_text("utf-8")


def test_it_is_that_of_the_file_that_is_written(tmp_path):
    offer = plugins.load(third_party=False)
    evidence = record.load(GOOD.read_bytes(), offer.facts)
    outputs = Outputs(save=tmp_path / "kept.hvp")
    outputs.keep(evidence)
    assert outputs.digest == digest(tmp_path / "kept.hvp")


def test_without_a_file_there_is_none(tmp_path):
    offer = plugins.load(third_party=False)
    evidence = record.load(GOOD.read_bytes(), offer.facts)
    nowhere = Outputs()
    nowhere.keep(evidence)
    assert nowhere.digest == ""
    unwritten = Outputs(save=tmp_path / "no folder" / "kept.hvp")
    unwritten.keep(evidence)
    assert unwritten.digest == "", "a record that is not written is none that anybody could judge"


def test_what_judged_it_is_told():
    report = auditable(build([]), "ab")
    assert report.record == "ab"
    assert report.method.form == FORM
    assert report.method.python.startswith("3.")
