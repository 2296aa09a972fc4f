"""What a hurried person gets wrong: files mixed up, outputs over inputs, a record without answers, a cancelled job."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner import cli
from scanner.estate.secret import HIDDEN, SecretSource, redact
from tests.json_report import findings as told_findings

ROOT = Path(__file__).resolve().parent.parent
ESTATE = """
[sign_in]
method = "basic"
user = "u"
password = { env = "HV_GUARDS" }
[[host]]
name = "hv01.corp.example"
address = "127.0.0.1"
[[host]]
name = "hv02.corp.example"
address = "127.0.0.1"
[sign_in.unused]
"""
HOSTS = ("hv01.corp.example", "hv02.corp.example")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An estate of two closed ports, and a folder for answers."""
    monkeypatch.setenv("HV_GUARDS", "a-long-enough-password")
    text = ESTATE.replace("[sign_in.unused]\n", "").replace('user = "u"', 'user = "u"\nport = 1')
    text += '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n[names]\nservers = ["127.0.0.1"]\n'
    text += '[directory]\nmethod = "simple"\nuser = "u"\npassword = { env = "HV_GUARDS" }\n'
    text += '[limits]\nhost_deadline = "5s"\nconnect_timeout = "1s"\n'
    (tmp_path / "estate.toml").write_text(text, encoding="utf-8")
    (tmp_path / "answers").mkdir()
    return tmp_path


def line(query: str, **row: object) -> str:
    return json.dumps({"query": query, "rows": [row], "errors": [], "milliseconds": 1})


def system(name: str) -> str:
    return line(
        "ComputerSystem", Name=name, DNSHostName=name.lower(), Domain="corp.example", PartOfDomain=True, DomainRole=3
    )


def scan(folder: Path, *options: str) -> tuple[int, dict[str, object]]:
    report = folder / "r.json"
    code = cli.run(["scan", str(folder / "estate.toml"), "--json", str(report), *options])
    return code, json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}


def test_another_machines_answers_give_no_verdict(folder):
    (folder / "answers" / "hv01.corp.example.jsonl").write_text(system("HV99"), encoding="utf-8")
    _, report = scan(folder, "--answers", str(folder / "answers"))
    about = [f for f in told_findings(report) if f["subject"]["id"] == HOSTS[0]]
    assert {f["status"] for f in about} <= {"UNKNOWN", "NOT_APPLICABLE"}
    assert any("another machine answered: HV99 (corp.example)" in f["note"] for f in about)


@pytest.mark.parametrize("name", ["HV01", "hv01"])
def test_its_own_answers_do(folder, name):
    (folder / "answers" / "hv01.corp.example.jsonl").write_text(system(name), encoding="utf-8")
    _, report = scan(folder, "--answers", str(folder / "answers"))
    gaps = {(gap["fact"], gap["target"]) for gap in report["gaps"]}  # type: ignore[index,union-attr]
    assert ("ComputerSystem", HOSTS[1]) in gaps
    assert ("ComputerSystem", HOSTS[0]) not in gaps


@pytest.mark.parametrize("name", ["hv01.jsonl", "HV01.CORP.EXAMPLE.jsonl", "hv01.corp.example.json"])
def test_a_misnamed_file_is_refused_before_anything_is_asked(folder, name, capsys):
    (folder / "answers" / name).write_text(system("HV01"), encoding="utf-8")
    code, report = scan(folder, "--answers", str(folder / "answers"))
    assert (code, report) == (2, {})
    said = capsys.readouterr().err
    assert name in said
    assert "did you mean" in said


@pytest.mark.parametrize("option", ["--save", "--html", "--junit"])
def test_what_is_read_is_never_written_over(folder, option, capsys):
    estate = folder / "estate.toml"
    before = estate.read_bytes()
    assert scan(folder, option, str(estate))[0] == 2
    assert estate.read_bytes() == before
    assert "is what is read" in capsys.readouterr().err


def test_a_record_is_never_written_over(tmp_path):
    path = tmp_path / "r.hvp"
    path.write_bytes((ROOT / "tests" / "data" / "good.hvp").read_bytes())
    assert cli.run(["judge", str(path), "--html", str(path)]) == 2
    assert path.read_bytes() == (ROOT / "tests" / "data" / "good.hvp").read_bytes()


def test_a_collection_of_nobody_says_so(folder, capsys):
    assert cli.run(["collect", str(folder / "estate.toml"), "--save", str(folder / "r.hvp")]) == 3
    assert capsys.readouterr().out.startswith("no host could be read\n")


def test_why_is_never_green_when_nothing_could_be_read(folder, capsys):
    record = folder / "r.hvp"
    assert scan(folder, "--save", str(record))[0] == 3
    assert cli.run(["why", "host", "hv01", "--to", "hv02", "--record", str(record)]) == 3
    assert "UNKNOWN" in capsys.readouterr().out


def test_why_ends_as_the_move_does(capsys):
    good, broken = ROOT / "tests" / "data" / "good.hvp", ROOT / "scanner" / "data" / "practice.hvp"
    assert cli.run(["why", "vm", "web-01", "--to", "hv02", "--record", str(good)]) == 0
    assert "web-01 on hv01" in capsys.readouterr().out
    assert cli.run(["why", "vm", "web-01", "--to", "hb03", "--record", str(broken)]) == 1
    said = capsys.readouterr().out
    assert said.index("FAIL") < said.index("PASS")
    assert "old-01" not in said, "another machine's verdict"
    assert "Set-ADAccountControl" in said


def test_the_closing_line_names_every_file(folder, capsys):
    scan(folder, "--save", str(folder / "kept.hvp"))
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert "kept.hvp" in last
    assert "r.json" in last


def test_a_short_secret_garbles_no_names(monkeypatch):
    monkeypatch.setenv("HV_SHORT_ONE", "corp")
    SecretSource(env="HV_SHORT_ONE").value()
    assert redact("hv01.corp.example") == "hv01.corp.example"
    assert redact("corp") == HIDDEN
