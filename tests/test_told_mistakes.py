"""Mistakes as a person meets them: what stands there, what would be right, and none of the program's own words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from reports import terminal
from reports.names import Names
from reports.terminal_words import FIELDS, INDENT, widest
from scanner import cli
from scanner.estate import template
from scanner.plugins import load
from tests.reports.test_lost import BOTH, report
from tests.test_house import ROOT

READY = ROOT / "tests" / "data" / "good.hvp"
OFFER = load(third_party=False)
OF_THE_LANGUAGE = ("Traceback", "Errno", "Error:", "expected str", "got int", "Expected `", "_ssl.c")
HOSTS = '[[host]]\nname = "hv01.corp.example"\n[[host]]\nname = "hv02.corp.example"\n'
ROUTE = '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n'
UTF_16 = ("utf-16", "utf-8-sig", "utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a wrong call is answered."""
    assert cli.run(list(map(str, arguments))) == 2
    told = capsys.readouterr().err
    assert not [word for word in OF_THE_LANGUAGE if word in told]
    return told


def estate(folder: Path, text: str) -> Path:
    path = folder / "estate.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("written", ["DEL-1", "del1", "DEL_01", "DEL-001"])
def test_an_id_that_is_written_otherwise_is_the_one_that_is_meant(capsys, written):
    assert said(capsys, "explain", written).endswith('; did you mean "DEL-01"?\nexit 2\n')


@pytest.mark.parametrize(
    ("written", "network", "alone"),
    [
        ("10.20.0.0", "10.20.0.0/24", "10.20.0.0/32"),
        ("10.20.0.5", "10.20.0.0/24", "10.20.0.5/32"),
        ("fd00:20::", "fd00:20::/64", "fd00:20::/128"),
    ],
)
@pytest.mark.parametrize("key", ["trusted", "untrusted", "ipsec"])
def test_an_address_is_no_network(tmp_path, capsys, key, written, network, alone):
    path = estate(tmp_path, f'[networks]\n{key} = ["{written}"]\n{HOSTS}{ROUTE}')
    words = f'"{written}" is one address; write a network, as in "{network}", or "{alone}" to mean it alone'
    assert f"networks.{key}[1]  {words}" in said(capsys, "estate", path)
    path = estate(tmp_path, f'[networks]\n{key} = ["{alone}"]\n{HOSTS}{ROUTE}')
    assert cli.run(["estate", str(path)]) == 0


def test_what_is_no_host_name_is_told_with_one_that_is(tmp_path, capsys):
    path = estate(tmp_path, HOSTS.replace("hv01.corp.example", "hv 01") + ROUTE)
    assert '"hv 01" is no host name; write its DNS name, as in "hv01.corp.example"' in said(capsys, "estate", path)


def test_two_tables_of_one_host_that_say_otherwise_are_no_matter_of_order(tmp_path, capsys):
    more = "".join(f'[[host]]\nname = "hv03.corp.example"\naddress = "10.0.0.{place}"\n' for place in (1, 2))
    told = said(capsys, "estate", estate(tmp_path, HOSTS + more + ROUTE))
    assert 'host[4]  says otherwise about "hv03.corp.example" than host[3]: address' in told


def test_another_kind_of_value_is_told_in_words(tmp_path, capsys):
    told = said(capsys, "estate", estate(tmp_path, HOSTS + ROUTE.replace('"hv02.corp.example"', "2")))
    assert "route[1].to  2 is a number; write text, in quotes" in told


@pytest.mark.parametrize("encoding", UTF_16)
def test_files_are_known_for_what_they_are_in_every_encoding_of_windows(tmp_path, capsys, encoding):
    estate_file, record, answers = tmp_path / "estate.toml", tmp_path / "r.hvp", tmp_path / "hv01.jsonl"
    estate_file.write_text(template.text(), encoding=encoding)
    record.write_text(READY.read_text(encoding="utf-8"), encoding=encoding)
    answers.write_text(json.dumps({"query": "ComputerSystem", "rows": [], "errors": []}) + "\n", encoding=encoding)
    assert "is an estate file, and no record: hv-preflight scan reads it" in said(capsys, "judge", estate_file)
    for call in (["scan"], ["estate"], ["collect", "--save", tmp_path / "x"], ["queries"]):
        told = said(capsys, *call, record)
        assert told.startswith("r.hvp is a record, as --save keeps it, and no estate file: hv-preflight judge reads it")
        assert "hv-preflight scan ESTATE --answers FOLDER" in said(capsys, *call, answers)
    told = said(capsys, "init", "--domain", "corp.example", "--access", record)
    assert "is a record, as --save keeps it, and no estate file" in told
    assert cli.run(["estate", str(estate_file)]) == 0
    assert cli.run(["judge", str(record)]) == 0


def test_texts_of_checks_lead_to_checks_that_are_there():
    known = {check.id for check in OFFER.checks} | {row.id for row in OFFER.not_judged}
    for check in OFFER.checks:
        texts = [
            check.doc,
            check.remedy,
            check.title,
            (ROOT / f"{check.module.replace('.', '/')}.py").read_text("utf-8"),
        ]
        named = {found for text in texts for found in re.findall(r"\b[A-Z]{2,4}-\d\d\b", text)}
        assert named <= known, check.id


def test_every_line_of_a_command_is_indented_alike():
    """As of a remedy that goes on for several lines."""
    made = report(*BOTH)
    page = terminal._Page(made, Names(made), Console(width=100), terminal.Part.ALL)
    lines = [line.plain for line in page._do("Set-VMHost `\n  -Name 'a'\nGet-VM -Name 'b'", "here")]
    room = INDENT + widest(FIELDS) + 2
    assert [line[:room].strip() for line in lines] == ["do", "", ""]
    assert [line[room:] for line in lines] == [
        "Set-VMHost `",
        "  -Name 'a'",
        "Get-VM -Name 'b'",
    ]
