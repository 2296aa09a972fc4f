"""why vm: what was not read is never told as a machine that is not there, and what is planned is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner import cli
from scanner.words.model import GapReason

DATA = Path(__file__).parents[1]
GOOD, BROKEN = DATA / "tests" / "data" / "good.hvp", DATA / "scanner" / "data" / "practice.hvp"
HV01, LIST = "hv01.corp.example", "VirtualMachineSettings"


def edited(folder: Path, gaps: list[tuple[str, str]]) -> Path:
    """The good record with gaps of these reasons and details in the place of hv01's list of machines."""
    record = json.loads(GOOD.read_bytes())
    record["answers"] = [a for a in record["answers"] if (a["fact"], a["target"]) != (LIST, HV01)]
    record["gaps"] += [{"fact": LIST, "target": HV01, "reason": why, "detail": text} for why, text in gaps]
    path = folder / "r.hvp"
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def why(name: str, to: str, record: Path) -> int:
    return cli.run(["why", "vm", name, "--to", to, "--record", str(record), "--no-plugins"])


@pytest.mark.parametrize("reason", GapReason)
@pytest.mark.parametrize("name", ["web-01", "no-such"])
def test_a_list_that_was_not_read_tells_of_no_absence(tmp_path, capsys, reason, name):
    assert why(name, "hv02", edited(tmp_path, [(reason, "")])) == 3
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == f"virtual machines of hv01 were not read: {reason}"
    assert second.startswith(f"{HV01} → hv02.corp.example: live migration incomplete")


def test_the_reason_has_its_detail(tmp_path, capsys):
    why("web-01", "hv02", edited(tmp_path, [(GapReason.TIMEOUT, "60 s")]))
    assert capsys.readouterr().out.startswith("virtual machines of hv01 were not read: timeout (60 s)\n")


def test_a_machine_that_another_source_lists_is_told_as_ever(tmp_path, capsys):
    """legacy-01 is on hv03, whose list was read. As a replica it shares hv02's room with the machines of hv01."""
    path = edited(tmp_path, [(GapReason.TIMEOUT, "")])
    assert why("legacy-01", "hv02", path) == 3
    first, second, third, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("hv03.corp.example → hv02.corp.example: live migration ready, Hyper-V Replica incomplete")
    assert second.split()[:2] == ["UNKNOWN", "REP-07"]
    assert third.endswith("VirtualMachineSettings of hv01.corp.example: timeout")
    record = json.loads(path.read_bytes())
    record["estate"]["profiles"] = ["live-migration"]
    path.write_text(json.dumps(record), encoding="utf-8")
    code = why("legacy-01", "hv02", path)
    said = capsys.readouterr().out
    assert code == 0
    assert "not read" not in said
    assert said.startswith("hv03.corp.example → hv02.corp.example: live migration ready")


def test_a_list_that_lacks_machines(tmp_path, capsys):
    record = json.loads(GOOD.read_bytes())
    for answer in record["answers"]:
        if (answer["fact"], answer["target"]) == (LIST, HV01):
            answer["rows"] = [row for row in answer["rows"] if row["name"] != "web-01"]
    (tmp_path / "r.hvp").write_text(json.dumps(record), encoding="utf-8")
    assert why("web-01", "hv02", tmp_path / "r.hvp") == 3
    assert "that VirtualMachineSettings does not list\n" in capsys.readouterr().out.partition("→")[0]


def test_nothing_was_read_at_all(tmp_path, capsys):
    record = json.loads(GOOD.read_bytes())
    record["answers"] = []
    (tmp_path / "r.hvp").write_text(json.dumps(record), encoding="utf-8")
    assert why("web-01", "hv02", tmp_path / "r.hvp") == 3
    assert "virtual machines of hv01 were not read: not collected" in capsys.readouterr().out


def test_a_machine_planned_for_elsewhere(capsys):
    assert why("ancient-01", "hb02", BROKEN) == 2
    said = capsys.readouterr().err
    assert said.startswith(
        'no planned move of "ancient-01" to "hb02" is in practice.hvp; it is planned to move to hb01.'
    )
    assert "did you mean" not in said


def test_a_machine_of_nobody(capsys):
    assert why("no-such", "hv02", GOOD) == 2
    assert capsys.readouterr().err == 'no planned move of "no-such" to "hv02" is in good.hvp\nexit 2\n'


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ({"vms_except": ["WEB-*"]}, 2, "web-01"),
        ({"vms_only": ["db-01"]}, 2, "web-01"),
        ({"vms_only": ["web-01"]}, 0, ""),
    ],
)
def test_a_machine_that_the_estate_leaves_out_is_not_ready(tmp_path, capsys, words, code, says):
    """What bears on its move says nothing about it: READY would."""
    record = json.loads(GOOD.read_bytes())
    record["estate"] |= words
    (tmp_path / "r.hvp").write_text(json.dumps(record), encoding="utf-8")
    assert why("web-01", "hv02", tmp_path / "r.hvp") == code
    captured = capsys.readouterr()
    assert ("is not judged: [vms]" in captured.err + captured.out) is bool(says)


def test_since_when_it_is_known_is_told_and_changes_no_verdict(tmp_path, capsys):
    record = json.loads(BROKEN.read_bytes())
    record["started"], record["finished"] = "2026-11-01T08:00:00Z", "2026-11-01T08:01:00Z"
    (tmp_path / "before.hvp").write_text(json.dumps(record), encoding="utf-8")
    call = ["why", "host", "hb02", "--to", "hb01", "--record", str(BROKEN), "--no-plugins"]
    assert cli.run(call) == 1
    plain = capsys.readouterr().out
    assert "known   since" not in plain
    assert cli.run([*call, "--baseline", str(tmp_path / "before.hvp")]) == 1
    told = capsys.readouterr().out
    assert "known   since 2026-11-01 08:01 UTC\n" in told
    assert [line for line in told.splitlines() if "known   since" not in line] == plain.splitlines()
    later = tmp_path / "later.hvp"
    later.write_text(json.dumps(record | {"finished": "2036-11-01T08:01:00Z"}), encoding="utf-8")
    assert cli.run([*call, "--baseline", str(later)]) == 2
    assert "that run is later than" in capsys.readouterr().err
