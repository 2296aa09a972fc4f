"""A machine's name as people write it: short, in capitals, with a slip; the one it can mean is found, or it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner import cli
from scanner.api import Route
from scanner.record.record import dump
from scanner.words.names import meant, nearest_host
from tests.conftest import NOW, ended, evidence
from tests.conftest import estate as estate_of
from tests.test_house import ROOT

READY = ROOT / "tests" / "data" / "good.hvp"
HOSTS = ("hv01.corp.example", "hv02.corp.example", "hv02.branch.example", "web.hv.corp.example", "alone")
ESTATE = 'profiles = ["live-migration", "asr-vmm"]\n'
ESTATE += "".join(f'[[host]]\nname = "{name}"\n' for name in HOSTS)
ESTATE += '[[vmm]]\nname = "vmm01.corp.example"\n[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n'


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    path = tmp_path / "estate.toml"
    path.write_text(ESTATE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hv01", [0]), ("HV01", [0]), ("HV01.", [0]), (" hv01.CORP ", [0]), ("hv01.corp.example", [0]),
        ("hv02", [1, 2]), ("hv02.branch", [2]), ("web", [3]), ("web.hv", [3]), ("alone", [4]),
        ("alone.corp.example", [4]), ("hv0", []), ("hv", []), ("v01", []), ("corp.example", []), ("", []), (".", []),
        ("hv01.other.example", []),
    ],
)  # fmt: skip
def test_who_is_meant(text, found):
    assert meant(text, HOSTS) == tuple(HOSTS[place] for place in found)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("hv1", '; did you mean "hv01.corp.example"?'),
        ("hv01.corp.exmaple", '; did you mean "hv01.corp.example"?'),
        ("hv02", '; did you mean "hv02.corp.example" or "hv02.branch.example"?'),
        ("alnoe", '; did you mean "alone"?'),
        ("nothing-like-it", ""),
    ],
)
def test_what_comes_nearest(text, advice):
    assert nearest_host(text, HOSTS) == advice


@pytest.mark.parametrize("text", ["hv01", "HV01", "hv01.corp", "Hv01.Corp.Example.", "vmm01"])
@pytest.mark.parametrize("how", [["--json"], ["--as-script"], []])
def test_queries_finds_the_one_machine(estate, capsysbinary, text, how):
    name = "vmm01.corp.example" if "vmm" in text else "hv01.corp.example"
    assert cli.run(["queries", str(estate), "--target", text, *how]) == 0
    told = capsysbinary.readouterr()
    if how == ["--json"]:
        assert {row["target"] for row in json.loads(told.out)} == {name}
    elif how:
        assert f"Run it on {name}, ".encode() in told.out
        assert f"DIR/{name}.jsonl".encode() in told.err
    else:
        assert told.out.startswith(f"{name}: ".encode())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hv02", '"hv02" may be hv02.corp.example or hv02.branch.example; write the one that is meant'),
        ("hv1", '"hv1" is no machine of estate.toml; did you mean "hv01.corp.example"?'),
        ("zzz", '"zzz" is no machine of estate.toml; there are hv01.corp.example, hv02.corp.example, hv02.branch.'),
        ("zzz", "web.hv.corp.example, alone and 1 more\n"),
    ],
)
def test_queries_says_which_there_are(estate, capsys, text, words):
    assert cli.run(["queries", str(estate), "--target", text]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["scan\x1b[2J", "x\nexit 0 (ready)", "##vso[task.complete result=Succeeded]", "\u202e", "-\n"]
)
@pytest.mark.parametrize("place", [[], ["explain"], ["estate"], ["demo"]])
def test_a_hostile_word_neither_acts_nor_begins_a_line(capsys, monkeypatch, tmp_path, name, place):
    monkeypatch.chdir(tmp_path)
    assert cli.run([*place, name]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert not [c for c in told.err if not c.isprintable() and c != "\n"]
    assert "##vso[" not in told.err
    assert told.err.endswith("\nexit 2\n")


def why(*arguments: str, record: Path = READY) -> int:
    return cli.run(["why", *arguments, "--record", str(record), "--no-plugins"])


@pytest.mark.parametrize(
    ("source", "to"), [("hv01", "hv02"), ("HV01.corp", "HV02.Corp.Example."), ("HV01", "hv02.corp")]
)
def test_why_finds_both_ends(capsys, source, to):
    assert why("host", source, "--to", to) == 0
    assert capsys.readouterr().out.startswith(
        "hv01.corp.example → hv02.corp.example: live migration ready, Hyper-V Replica ready, Site Recovery ready\n"
    )


@pytest.fixture
def two_domains(tmp_path: Path) -> Path:
    """A record of routes from hv01 to two machines of one short name, and from another to a third."""
    a, b, c, d = "hv01.a.x", "hv02.a.x", "hv02.b.x", "hv03.b.x"
    record = estate_of(hosts=(a, b, c, d), routes=(Route(a, b), Route(a, c), Route(d, c)), domains=())
    (tmp_path / "r.hvp").write_bytes(dump(ended(evidence({}, record, now=NOW))))
    return tmp_path / "r.hvp"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["host", "hv01", "--to", "hv02"], '"hv02" may be hv02.a.x or hv02.b.x; write the one that is meant'),
        (["host", "hv1", "--to", "hv02.a"], '"hv1" is no source of r.hvp; did you mean "hv01.a.x"?'),
        (["host", "hv01", "--to", "hv03"], '"hv03" is no destination of r.hvp; did you mean "hv02.'),
        (["host", "hv03", "--to", "hv02.a"], 'no planned move of "hv03" to "hv02.a" is in r.hvp'),
        (["vm", "web", "--to", "hv02"], '"hv02" may be hv02.a.x or hv02.b.x'),
    ],
)
def test_why_says_which_there_are(two_domains, capsys, arguments, words):
    assert why(*arguments, record=two_domains) == 2
    assert words in capsys.readouterr().err


def test_why_takes_the_one_that_is_planned_from_there(two_domains, capsys):
    """hv02 may be two machines, but from hv03 a move leads to one of them only."""
    assert why("host", "hv03", "--to", "hv02", record=two_domains) == 3
    assert capsys.readouterr().out.startswith("hv03.b.x → hv02.b.x: live migration incomplete\n")


def test_why_names_the_nearest_virtual_machine(capsys):
    rows = [row for answer in json.loads(READY.read_bytes())["answers"] for row in answer["rows"]
            if answer["fact"] == "VirtualMachineSettings" and answer["target"] == "hv01.corp.example"]  # fmt: skip
    name = rows[0]["name"]
    assert why("vm", name[:-1].upper() + "7", "--to", "hv02") == 2
    assert f'in good.hvp; did you mean "{name}"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hv01.jsonl", '; did you mean "hv01.corp.example.jsonl"?'),
        ("HV01.CORP.EXAMPLE.jsonl", '; did you mean "hv01.corp.example.jsonl"?'),
        ("hv02.jsonl", '; did you mean "hv02.corp.example.jsonl" or "hv02.branch.example.jsonl"?'),
    ],
)
def test_answers_under_a_short_name(estate, tmp_path, capsys, name, words):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / name).write_text("{}", encoding="utf-8")
    assert cli.run(["scan", str(estate), "--answers", str(tmp_path / "answers")]) == 2
    assert words in capsys.readouterr().err


def test_a_route_with_a_short_name(tmp_path, capsys):
    (tmp_path / "e.toml").write_text(ESTATE.replace('to = "hv02.corp.example"', 'to = "hv02"'), encoding="utf-8")
    assert cli.run(["estate", str(tmp_path / "e.toml")]) == 2
    told = capsys.readouterr().err
    assert '"hv02" is no group and no host; did you mean "hv02.corp.example" or "hv02.branch.example"?' in told
