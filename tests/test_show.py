"""A person sees what a recording or a record holds before it leaves the machine: all of it in words, and inert."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner import cli
from scanner.commands.show_recording import STAND_IN, lines
from scanner.record.decoding import RecordError
from scanner.record.recording_file import FORM, dump, load
from scanner.words.model import TargetKind
from scanner.words.recording import PLAIN, Asked, Failure, Held, Recording, Schema, Settled
from tests.test_house import ROOT

READY = ROOT / "tests" / "data" / "good.hvp"
FAILURE = Failure(error_id="PathNotFound,Microsoft.X", category="ObjectNotFound", type="ItemNotFoundException", text="")
RECORDING = Recording(
    version="1.2.3",
    kind=TargetKind.HOST,
    at=datetime(2026, 12, 3, 9, 30, tzinfo=UTC),
    transport="kerberos over https",
    computer={"build": 9600, "language": 1031},
    asked=(
        Asked(
            fact="Service",
            query="Get-CimInstance -ClassName Win32_Service",
            rows=({"Name": "vmms", "State": "Running", "StartName": "NAME-2\\name-3"}, {"Name": "WinRM"}),
            seconds=0.25,
        ),
        Asked(fact="SecureChannel", query="Test-ComputerSecureChannel", rows=({"Answer": True},), plain=True),
        Asked(fact="Odd", query="Get-Odd", rows=({PLAIN: "name-4"},), failures=(FAILURE,), left_out=3),
        Asked(fact="VMHost", query="Get-VMHost", unanswered="timeout"),
    ),
    schemas=(Schema(namespace="root\\cimv2", name="Win32_Service", properties={"Name": "String"}),),
    hidden=4,
    settled=(
        Settled(point="WIN-02", held=Held.HOLDS, why="4 numbers"),
        Settled(point="WIN-03", held=Held.FAILS, why="5 of them are text"),
        Settled(point="WIN-04", held=Held.OPEN, why="a VMM server would tell"),
    ),
)


def shown(folder: Path, recording: Recording, *more: str) -> int:
    path = folder / "learnt.json"
    path.write_bytes(dump(recording))
    return cli.run(["show", str(path), "--no-plugins", *more])


def test_what_is_written_is_read_as_it_was():
    assert load(dump(RECORDING)) == RECORDING


@pytest.mark.parametrize("text", ["10.77.21.name-3", "10.77.21", "2001:4860:4860:name-1", "name-1.example"])
def test_what_may_be_part_of_an_address_is_shown_before_it_leaves(text):
    told = replace(RECORDING, asked=(Asked(fact="F", query="Q", rows=({"Name": text},)),))
    assert STAND_IN.sub("…", text) in [line.strip() for line in lines(told, every=False)]


@pytest.mark.parametrize("text", ["192.0.2.7-192.0.2.9", "2001:db8:0:1::2", "00-15-5D-00-53-01", "1.2", "12:30:00"])
def test_stand_ins_and_plain_numbers_are_not_shown_as_clear(text):
    told = replace(RECORDING, asked=(Asked(fact="F", query="Q", rows=({"Name": text},)),))
    assert STAND_IN.sub("…", text) not in [line.strip() for line in lines(told, every=False)]


def test_a_recording_is_told_in_words(tmp_path, capsys):
    assert shown(tmp_path, RECORDING) == 0
    assert (
        capsys.readouterr().out
        == """\
a recording of one machine, a host, Windows Server 2012 R2: build 9600, language 1031
made 2026-12-03 09:30 UTC, by hv-preflight 1.2.3, signed in by kerberos over https
4 queries, 1 of them not answered; 4 rows; 4 values hidden

of what is not proven on real Windows (docs/unproven.md): holds: 1, does not hold: 1, cannot tell: 1
  does not hold  WIN-03: 5 of them are text
  holds          WIN-02: 4 numbers

asked, and what came of it; below it the texts that stay in clear, … for a stand-in
  Service                      2 rows, 0.2 s
    vmms; Running; WinRM
  SecureChannel                1 row
  Odd                          1 row, and 3 more that are not kept
    error PathNotFound,Microsoft.X (ObjectNotFound)
  VMHost                       no answer: timeout

names and types of the properties of 1 class, as Windows has them

not kept: the names of the machine, of its domain, of accounts; the texts of errors
every value, as it stands there: --all
"""
    )


def test_every_value_is_told_as_it_stands_there(tmp_path, capsys):
    assert shown(tmp_path, RECORDING, "--all") == 0
    out = capsys.readouterr().out
    for asked in RECORDING.asked:
        assert asked.query in out
        assert all(json.dumps(row) in out for row in asked.rows)
    assert "root\\cimv2:Win32_Service  Name String" in out


def test_a_text_is_told_once_and_stand_ins_are_none():
    rows = tuple({"Path": f"C:\\name-{number}\\Virtual Hard Disks\\name-9.vhdx"} for number in range(99))
    asked = Asked(fact="VmStorage", query="", rows=(*rows, {"Id": "00000000-0000-4000-8000-000000000012"}))
    told = list(lines(replace(RECORDING, asked=(asked,), settled=()), every=False))
    assert "    C:\\…\\Virtual Hard Disks\\….vhdx" in told


@pytest.mark.parametrize("text", [
    "name-1", "NAME-12", "name-12xxxxxxxx", "name-12xxxxxxxx-3", "F0000000000001", "192.0.2.7", "198.18.4.5", "fe80::1",
    "S-1-5-21-1-1-1-1001", "S-1-5-21-2-2-2", "2001:db8:0:1::2", "00-00-5E-00-53-01", "00155D005302",
])  # fmt: skip
def test_every_kind_of_stand_in_is_known(text):
    assert STAND_IN.fullmatch(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hv_preflight_recording": FORM + 1}, "it is a recording of form 2, and this version reads form 1"),
        ({"asked": 7}, "asked: a number stands where a list belongs"),
        ({"kind": "toaster"}, 'kind: "toaster" is no word'),
        ({"at": "yesterday"}, "at: a date is not written as one"),
        ({"asked": [{"fact": 1, "query": ""}]}, "it is no recording of hv-preflight: asked[0].fact: a number"),
        ({"settled": [{"point": "x", "held": "maybe", "why": ""}]}, 'settled[0].held: "maybe"'),
    ],
)
def test_what_is_none_is_told_with_its_place(tmp_path, capsys, change, said):
    (tmp_path / "x.json").write_text(json.dumps(json.loads(dump(RECORDING)) | change), encoding="utf-8")
    assert cli.run(["show", str(tmp_path / "x.json"), "--no-plugins"]) == 2
    assert said in capsys.readouterr().err


def test_what_is_nested_too_deeply_is_no_recording():
    deep = '{"hv_preflight_recording": 1, "computer": ' + '{"a":' * 200_000 + "1" + "}" * 200_001
    with pytest.raises(RecordError):
        load(deep.encode())


def test_a_recording_of_windows_powershells_encoding_is_read(tmp_path, capsys):
    (tmp_path / "x.json").write_text(dump(RECORDING).decode(), encoding="utf-16")
    assert cli.run(["show", str(tmp_path / "x.json"), "--no-plugins"]) == 0
    assert capsys.readouterr().out.startswith("a recording of one machine")


def test_another_file_of_ours_is_told(tmp_path, capsys):
    (tmp_path / "estate.toml").write_text('[[host]]\nname = "hv01.corp.example"\n', encoding="utf-8")
    assert cli.run(["show", str(tmp_path / "estate.toml")]) == 2
    assert "is an estate file, and neither a record nor a recording: name what" in capsys.readouterr().err
    assert shown(tmp_path, RECORDING, "--target", "hv01") == 2
    assert "is a recording of one machine, which it does not name" in capsys.readouterr().err
    for command in ("judge", "scan"):
        assert cli.run([command, str(tmp_path / "learnt.json")]) == 2
        assert "as doctor --learn keeps it" in (said := capsys.readouterr().err)
        assert "hv-preflight show tells what it holds" in said


# ---- a record


def test_a_record_is_told_in_words(capsys):
    assert cli.run(["show", str(READY)]) == 0
    out = capsys.readouterr().out
    assert "hv01.corp.example, host: read as svc-preflight@CORP.EXAMPLE by kerberos over https at " in out
    assert "it proved who it is by kerberos" in out
    assert "corp.example, domain: read as" in out
    assert "  VirtualMachineSettings       " in out


def test_who_answered_nothing_was_not_read_and_proof_is_asked_of_machines_alone(capsys):
    assert cli.run(["show", str(ROOT / "scanner" / "data" / "practice.hvp")]) == 0
    told = dict(zip(lines := capsys.readouterr().out.splitlines(), lines[1:], strict=False))
    assert told["island.example, domain: not read"].startswith("  9 queries, 0 answered, in ")
    assert "proved" not in told["island.example, domain: not read"]
    assert "proved" not in next(
        below for line, below in told.items() if line.startswith("corp.example, domain: read as")
    )


def test_of_a_record_one_target_is_told(capsys):
    assert cli.run(["show", str(READY), "--target", "hv01", "--all"]) == 0
    out = capsys.readouterr().out
    assert " of 1 target\n" in out
    assert "\nhv02.corp.example" not in out
    assert '{"local_date_time": "' in out
    assert "Get-CimInstance -ClassName Win32_OperatingSystem" in out
    assert cli.run(["show", str(READY), "--target", "hv0x"]) == 2
    assert '"hv0x" is nobody of whom this record tells' in capsys.readouterr().err
