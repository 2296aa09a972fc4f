"""An earlier run out of its JSON report: of either version of the form, in one file or in several."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reports import json_report
from scanner.api import Status
from scanner.commands.baseline import of_report
from scanner.commands.console import UsageError
from scanner.commands.diff import run_of
from scanner.commands.in_files import numbered, put_all
from scanner.plugins import load
from tests.test_baseline import NOON, finding, machine, run
from tests.test_junit_limit import put

MANY = [replace(finding(Status.UNKNOWN, subject=machine(f"vm{n:03}")), seen="", note=f"not {n}") for n in range(300)]


def written(folder: Path, at=NOON) -> Path:
    """The report in files as small as they can be."""
    path = folder / "r.json"
    made = run(*MANY, at=at)
    put_all(path, "it", lambda: json_report.files(made, 20_000), put)
    return path


def old_form(document):
    """The same as version 1 had it."""
    for name in ("part", "more", "notes", "answers"):
        document.pop(name)
    for each in document["findings"]:
        each.pop("noted"), each.pop("rests_on")
    return document | {"schema": 1}


def test_all_files_of_a_report_are_read(tmp_path):
    path, made = written(tmp_path), run(*MANY)
    assert len(list(tmp_path.iterdir())) > 3
    in_one = of_report(json_report.render(made).encode(), "r.json")
    assert of_report(path.read_bytes(), path) == in_one
    assert [(one.subject.id, one.seen) for one in in_one.findings] == [
        (one.subject.id, one.seen or one.note) for one in made.findings
    ]
    assert run_of(path, load(third_party=False)).told == in_one


def test_version_1_tells_the_same():
    made = run(*MANY)
    document = json.loads(json_report.render(made))
    notes = [document["notes"][each["noted"]] for each in document["findings"]]
    old = old_form(document)
    for each, note in zip(old["findings"], notes, strict=True):
        each["note"] = note
    assert of_report(json.dumps(old).encode(), "r.json") == of_report(json_report.render(made).encode(), "r.json")


def test_a_part_that_is_not_there_is_told(tmp_path):
    path = written(tmp_path)
    numbered(path, 3).unlink()
    with pytest.raises(UsageError, match=r"goes on in r\.part3\.json, which cannot be read: "):
        of_report(path.read_bytes(), path)


def test_a_part_of_another_run_is_told(tmp_path):
    path = written(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    numbered(path, 2).write_bytes(numbered(written(other, NOON.replace(hour=13)), 2).read_bytes())
    with pytest.raises(UsageError, match=r"r\.part2\.json, and what stands there is not of the same report"):
        of_report(path.read_bytes(), path)


def test_a_part_that_is_named_for_the_whole_is_told(tmp_path):
    second = numbered(written(tmp_path), 2)
    with pytest.raises(UsageError, match="is part 2 of a report that stands in several files: name the first of them"):
        of_report(second.read_bytes(), second)


def test_a_note_that_is_not_there_is_told():
    document = json.loads(json_report.render(run(*MANY)))
    document["findings"][-1] |= {"noted": 4000, "seen": ""}
    with pytest.raises(UsageError, match="there is no note 4000"):
        of_report(json.dumps(document).encode(), "r.json")


def test_files_that_a_longer_report_left_go(tmp_path):
    path = written(tmp_path)
    (tmp_path / "r.part9.json").write_text("{}", encoding="utf-8")
    put_all(path, "it", lambda: json_report.files(run(), 20_000), put)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["r.json", "r.part9.json"]
    numbered(path, 2).write_text('{\n "schema": 2,\n "part": 1,\n "mine": 2\n}', encoding="utf-8")
    put_all(path, "it", lambda: json_report.files(run(), 20_000), put)
    assert numbered(path, 2).exists(), "it says that it is the first of another report"
