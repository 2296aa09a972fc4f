"""diff: which findings changed, and below them which entry of which list, read by whom."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner import cli
from scanner.facts.host import Service
from scanner.judge.changes import changes
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Gap, GapReason
from scanner.words.source import TargetInfo
from tests.conftest import HV01, HV02, NOW, estate

GOOD = Path(__file__).parent / "data" / "good.hvp"
WHERE = estate(hosts=(HV01, HV02))


def edited(folder: Path, name: str, edit: Callable[[dict], None]) -> Path:
    record = json.loads(GOOD.read_bytes())
    record["estate"]["profiles"] = ["live-migration"]
    edit(record)
    path = folder / name
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def without_service(record: dict) -> None:
    for answer in record["answers"]:
        if answer["fact"] == "Service" and answer["target"] == HV01:
            answer["rows"] = [row for row in answer["rows"] if row["name"] != "vmms"]


def other_metric(record: dict) -> None:
    for answer in record["answers"]:
        if answer["fact"] == "MigrationNetwork" and answer["target"] == HV01:
            answer["rows"][0]["tags"].append("mine")


@pytest.fixture
def runs(tmp_path):
    return edited(tmp_path, "old.hvp", lambda _: None), edited(tmp_path, "new.hvp", without_service)


def test_a_finding_that_changed_has_its_evidence_below_it(runs, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    page, data = tmp_path / "d.html", tmp_path / "d.json"
    assert cli.run(["diff", *map(str, runs), "--html", str(page), "--json", str(data)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert max(map(len, out)) <= 110
    place = next(
        number for number, line in enumerate(out) if line.startswith(f"new              HOST-01 {HV01}: PASS → FAIL")
    )
    assert out[place + 1].split(maxsplit=1) == ["was", "service vmms is Running (Auto)"]
    assert out[place + 2].split(maxsplit=1) == ["is", "no service vmms"]
    assert out[place + 3].strip().startswith(f"Service of {HV01}: vmms: gone: name vmms, state Running")
    read = "(read by svc-preflight@CORP.EXAMPLE, kerberos over https at 10.77.11.1)"
    assert read in " ".join(" ".join(out[place + 3 : place + 7]).split())
    assert out[-1] == "1 new, 0 mended, 0 no longer judged, 0 still; 1 change of evidence"
    document = json.loads(data.read_text())
    (new,) = (row for row in document["findings"] if row["change"] == "new")
    assert (new["check"], new["before"], new["now"]) == ("HOST-01", "PASS", "FAIL")
    assert new["evidence"][0]["entry"] == "vmms"
    assert (document["evidence"], document["not_compared"]) == ([], [])
    assert "<td>HOST-01<br>" in page.read_text(encoding="utf-8")
    assert "read by svc-preflight@CORP.EXAMPLE" in page.read_text(encoding="utf-8")


def test_the_other_way_round_it_is_mended(runs, capsys):
    assert cli.run(["diff", *map(str, reversed(runs))]) == 0
    out = capsys.readouterr().out
    assert f"mended           HOST-01 {HV01}: FAIL → PASS" in out
    assert "vmms: new: name vmms" in out


def test_evidence_that_changes_no_finding_is_told_besides(tmp_path, capsys):
    old, new = edited(tmp_path, "old.hvp", lambda _: None), edited(tmp_path, "new.hvp", other_metric)
    assert cli.run(["diff", str(old), str(new)]) == 0
    out = capsys.readouterr().out
    assert "evidence that changed besides" in out
    assert "tags: new: mine (read by " in " ".join(out.split())
    assert cli.run(["diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "0 new, 0 mended, 0 no longer judged, 0 still; 0 changes of evidence"
    ]


def test_a_report_holds_no_evidence_and_that_is_said(runs, tmp_path, capsys):
    old, new = runs
    report = tmp_path / "new.json"
    cli.run(["judge", str(new), "--json", str(report)])
    capsys.readouterr()
    assert cli.run(["diff", str(old), str(report)]) == 0
    out = capsys.readouterr().out
    assert f"new              HOST-01 {HV01}: PASS → FAIL" in out
    assert "new.json is a report and holds no evidence" in out
    assert "Service of" not in out


@pytest.mark.parametrize(("which", "said"), [("estate.toml", "is an estate file"), ("none.hvp", "cannot be read")])
def test_what_is_no_run_is_said(runs, tmp_path, capsys, which, said):
    (tmp_path / "estate.toml").write_text('profiles = ["replica"]\n', encoding="utf-8")
    assert cli.run(["diff", str(runs[0]), str(tmp_path / which)]) == 2
    assert said in capsys.readouterr().err


def test_it_writes_over_nothing_that_it_reads(runs, capsys):
    assert cli.run(["diff", *map(str, runs), "--json", str(runs[0])]) == 2
    assert "is what is read" in capsys.readouterr().err


def service(name: str, state: str = "Running") -> Service:
    return Service(name=name, state=state, start_mode="Auto", process_id=1, start_name="x")


def read(rows: tuple[Service, ...] | None, who: str = "a") -> Evidence:
    answers = [] if rows is None else [Answer(Service, HV01, rows, NOW)]
    gaps = [Gap("Service", HV01, GapReason.TIMEOUT)] if rows is None else []
    info = TargetInfo(name=HV01, kind="host", who=who)
    return Evidence(WHERE, NOW, NOW, answers=answers, gaps=gaps, targets=[info])


def test_fields_rows_and_gaps_are_told_apart():
    (field,) = changes(read((service("vmms"),)), read((service("vmms", "Stopped"),), "b"))
    assert (field.entry, field.field, field.before, field.now, field.read_by) == (
        "vmms",
        "state",
        "Running",
        "Stopped",
        "b",
    )
    gone, came = changes(read((service("a"),)), read((service("b"),)))
    assert (gone.entry, bool(gone.before), gone.now) == ("a", True, "")
    assert (came.entry, came.before, bool(came.now)) == ("b", "", True)
    (lost,) = changes(read((service("a"),)), read(None))
    assert (lost.before, lost.now) == ("read, 1 in all", "not read: timeout")
    assert changes(read(None), read(None)) == ()


ROWS = st.lists(st.builds(service, st.sampled_from("abc"), st.sampled_from(["Running", "Stopped"])), max_size=4)


@given(ROWS, ROWS)
def test_what_is_the_same_is_told_of_nobody_and_what_differs_is_told(one, other):
    found = changes(read(tuple(one)), read(tuple(other)))
    assert bool(found) == (sorted(map(repr, one)) != sorted(map(repr, other)))
    back = changes(read(tuple(other)), read(tuple(one)))
    assert sorted((c.entry, c.field, c.before, c.now) for c in found) == sorted(
        (c.entry, c.field, c.now, c.before) for c in back
    )
