"""One of our files named in place of another: it is said which it is, and what to do with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner import cli
from scanner.estate import template
from tests.test_house import ROOT

READY = ROOT / "tests" / "data" / "good.hvp"
SAVE = "name the record of that run (scan --save FILE, collect --save FILE)"
LINE = json.dumps({"query": "ComputerSystem", "rows": [], "errors": []})


@pytest.fixture
def files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Path]:
    """One of every kind."""
    made = {name: tmp_path / f"r.{name}" for name in ("json", "xml", "html")}
    options = ["--json", str(made["json"]), "--junit", str(made["xml"]), "--html", str(made["html"])]
    assert cli.run(["judge", str(READY), *options]) == 0
    (tmp_path / "estate.toml").write_text(template.text(), encoding="utf-8")
    (tmp_path / "hv01.jsonl").write_text(f"{LINE}\n{LINE}\n", encoding="utf-8")
    (tmp_path / "indented.json").write_text(json.dumps(json.loads(made["json"].read_bytes()), indent=4, sort_keys=True))
    (tmp_path / "marked.json").write_bytes(b"\xef\xbb\xbf" + made["json"].read_bytes())
    capsys.readouterr()
    return made | {path.name: path for path in tmp_path.iterdir()} | {"record": READY}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("json", f"is a report, as --json writes it, and no record: a report holds no evidence; {SAVE}"),
        ("indented.json", "is a report, as --json writes it, and no record"),
        ("marked.json", "is a report, as --json writes it, and no record"),
        ("xml", f"is a report, as --junit writes it, and no record: a report holds no evidence; {SAVE}"),
        ("html", f"is a report, as --html writes it, and no record: a report holds no evidence; {SAVE}"),
        ("estate.toml", "is an estate file, and no record: hv-preflight scan reads it, and with --save run.hvp keeps"),
        ("hv01.jsonl", "is the answers of one machine, and no record: put it into a folder, for hv-preflight scan"),
    ],
)
@pytest.mark.parametrize("command", ["judge", "why", "queries"])
def test_in_place_of_a_record(files, capsys, command, name, what):
    path = str(files[name])
    more = {"judge": [path], "why": ["host", "a", "--to", "b", "--record", path]}
    assert cli.run([command, *more.get(command, [str(files["estate.toml"]), "--record", path])]) == 2
    told = capsys.readouterr().err
    assert f"{path}: it {what}" in told


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("record", "is a record, as --save keeps it, and no estate file: hv-preflight judge reads it"),
        ("json", "is a report, as --json writes it, and no estate file: name the estate file"),
        ("xml", "is a report, as --junit writes it, and no estate file: name the estate file"),
        ("html", "is a report, as --html writes it, and no estate file: name the estate file"),
        ("hv01.jsonl", "is the answers of one machine, and no estate file: name the estate file"),
    ],
)
@pytest.mark.parametrize("command", ["scan", "estate", "queries"])
def test_in_place_of_an_estate_file(files, capsys, command, name, what):
    assert cli.run([command, str(files[name])]) == 2
    assert what in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"{", b"{}", b'{"query": 1}', b"[]", b"<x/>", b"x", b"", b"{" * 9999, b"\xff\xfe<"])
def test_what_is_none_of_ours_is_not_guessed(tmp_path, capsys, data):
    (tmp_path / "x").write_bytes(data)
    for command in ("judge", "estate"):
        assert cli.run([command, str(tmp_path / "x")]) in (2, 0)
        assert " is a re" not in capsys.readouterr().err
