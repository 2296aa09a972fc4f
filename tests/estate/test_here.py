from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports import sarif_report
from scanner.commands import named_hosts
from scanner.commands.scan import declared_in
from scanner.estate.here import from_here
from scanner.estate.read import read
from scanner.judge.policy import report_of
from scanner.plugins import load
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import Severity
from tests.reports.conftest import END, START

OFFER = load(third_party=False)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("estate.toml", "estate.toml"),
        ("./estate.toml", "estate.toml"),
        ("estates/prod.toml", "estates/prod.toml"),
        ("estates/../prod.toml", "prod.toml"),
        ("../other/prod.toml", "prod.toml"),
        ("/srv/elsewhere/prod.toml", "prod.toml"),
        ("/dev/stdin", ""),
        ("/dev/fd/63", ""),
    ],
)
def test_a_file_is_named_from_here(path: str, shown: str):
    assert from_here(Path(path)) == shown


def test_whole_paths_below_here_are_named_from_here(tmp_path: Path):
    assert from_here(tmp_path / "a" / "b.toml", tmp_path) == "a/b.toml"


def test_the_record_knows_the_file_and_so_does_every_report_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "estates").mkdir()
    Path("estates/prod.toml").write_text(
        named_hosts.TEXT.format(who="", hosts='"hv01.corp.example", "hv02.corp.example"')
    )
    estate = declared_in(Path("estates/prod.toml"), OFFER).estate
    assert estate == read(Path("estates/prod.toml")).estate, "where it lies makes it no other estate"
    evidence = Evidence(estate, START, END, "0.1.0", "runner", closed=True)
    kept = record.load(record.dump(evidence), OFFER.facts)
    assert kept.estate.file == "estates/prod.toml"
    report = report_of(kept, (), checks=(), plugins=(), threshold=Severity.LOW)
    assert report.estate_file == "estates/prod.toml"
    (one,) = json.loads(sarif_report.render(report))["runs"][0]["results"]
    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "estates/prod.toml"
