"""Whatever command is run, with names as hostile as they come, nothing it prints is one to whoever runs the job."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scanner import cli
from scanner.words.model import Status
from tests.history.filled import fill, of_host
from tests.test_inert import commands

HERE, THERE = "hv01.corp.example", "hv11.corp.example"
ACTS = "##vso[task.complete result=Succeeded]"
WORST = f"{ACTS}\n::error::x\r::add-mask::y\n##[error] ##teamcity[x section_end:1:a travis_fold:start:b"
LINE = WORST.replace("\n", " ").replace("\r", " ")
FOLDER = "##[x]"
"""Every path that is told holds one, too."""
ESTATE = f"""
[sign_in]
method = "basic"
user = {json.dumps(LINE)}
password = {{ env = "HV_NOT_SET" }}
[[host]]
name = "{HERE}"
[[host]]
name = "{THERE}"
[[group]]
name = {json.dumps(LINE)}
hosts = ["{HERE}"]
[[route]]
from = "{HERE}"
to = "{THERE}"
[directory]
controllers = {{ "corp.example" = ["dc.corp.example"] }}
addresses = {{ "dc.corp.example" = "127.0.0.1" }}
[[key_file]]
path = {json.dumps(LINE.replace("/", "-"))}
vault = {json.dumps(WORST)}
[limits]
connect_timeout = "1s"
host_deadline = "5s"
"""
PLUGIN = f"""
from scanner.api import *
from scanner.api import (Reporter, check, cim, failed, hookimpl, prop, windows_fact)


@windows_fact(cim("Win32_Volume", where="Name='{ACTS}'"))
class Marked(WindowsFact):
    \"""{LINE}\"""

    name: str = prop("Name", {LINE!r})


@check(id="SITE-01", title={WORST!r}, severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed={WORST!r}, needs=(Marked,),
       remedy={WORST!r})
def judge(host, view):
    return failed({WORST!r}, {WORST!r}, remedy={WORST!r}, note={WORST!r})


@hookimpl
def scanner_checks():
    return [judge]


@hookimpl
def scanner_reporters():
    return [Reporter(name="plain", suffix=".txt", render=lambda report: {WORST!r})]
"""


def answers(host: str) -> str:
    """What a machine says of itself and everything else."""
    rows = {
        "ComputerSystem": {"Name": host[:4].upper(), "DNSHostName": host[:4], "Domain": WORST, "DomainRole": 3},
        "Service": {"Name": ACTS, "State": "##[error]x", "StartMode": WORST, "ProcessId": 1, "StartName": None},
        "Marked": {"Name": WORST},
        WORST: {WORST: WORST},
    }
    rows["ComputerSystem"]["PartOfDomain"] = True
    return "".join(json.dumps({"query": query, "rows": [row]}) + "\n" for query, row in rows.items())


def learnt() -> dict[str, object]:
    """A recording of one machine in which every text is hostile."""
    failure = dict.fromkeys(("error_id", "category", "type", "text", "activity", "target"), WORST)
    asked = {"fact": WORST, "query": WORST, "rows": [{WORST: WORST}], "failures": [failure], "unanswered": WORST}
    schema = {"namespace": WORST, "name": WORST, "properties": {WORST: WORST}, "missing": WORST}
    return {
        "hv_preflight_recording": 1, "version": WORST, "kind": "host", "at": "2026-11-30T12:00:00Z", "transport": WORST,
        "computer": {WORST: WORST}, "asked": [asked, asked | {"unanswered": ""}], "schemas": [schema],
        "settled": [{"point": WORST, "held": "does not hold", "why": WORST}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An estate, a plug-in, answers and a record, all of them hostile."""
    folder = tmp_path_factory.mktemp("hostile") / FOLDER
    (folder / "answers").mkdir(parents=True)
    for host in (HERE, THERE):
        (folder / "answers" / f"{host}.jsonl").write_text(answers(host), encoding="utf-8")
    (folder / "estate.toml").write_text(ESTATE, encoding="utf-8")
    (folder / "plugin.py").write_text(PLUGIN, encoding="utf-8")
    (folder / "wrong.toml").write_text(f"{json.dumps(WORST)} = {json.dumps(WORST)}\n" + ESTATE, encoding="utf-8")
    entry = f'check = "SITE-01"\nsubject = "*"\nreason = {json.dumps(WORST)}\nowner = {json.dumps(WORST)}\n'
    day = (datetime.now(UTC) + timedelta(days=9)).date()
    other = entry.replace('"*"', json.dumps(f"nobody{WORST}"))
    waivers = "".join(f"[[waiver]]\n{one}until = {day}\n" for one in (entry, other))
    (folder / "waivers.toml").write_text(waivers, encoding="utf-8")
    record = (Path(__file__).parents[1] / "scanner" / "data" / "practice.hvp").read_text(encoding="utf-8")
    spoilt = re.sub(r'("(?:name|vm_name|detail|switch|path)": )"((?![^"]*corp\.example)[^"]+)"', replaced, record)
    assert spoilt.count(ACTS) > 50
    (folder / "run.hvp").write_text(spoilt, encoding="utf-8")
    (folder / "learnt.json").write_text(json.dumps(learnt()), encoding="utf-8")
    (folder / "other.hvp").write_text(spoilt.replace('"switch": "', '"switch": "other '), encoding="utf-8")
    told = replace(of_host("NET-01", HERE, Status.FAIL, WORST), check=WORST, title=WORST)
    fill(folder / "past.db", [[told], [told]], name=WORST, routes=((WORST, THERE),), record=spoilt.encode())
    return folder


def replaced(found: re.Match[str]) -> str:
    return f"{found[1]}{json.dumps(WORST + found[2])}"


SINKS = [("--html", "/dev/stdout"), ("--junit", "/dev/stdout"), ("--json", "/dev/stdout"),
         ("--report", "text=/dev/stdout"), ("--report", "plain=/dev/stdout"), ()]  # fmt: skip
ANSWERED = ("estate.toml", "--answers", "answers", "--plugin", "plugin.py")
CALLS: dict[str, list[tuple[str, ...]]] = {
    "init": [(), ("--domain", LINE), ("--domain", "corp.example", "--access", "wrong.toml")],
    "estate": [("estate.toml",), ("wrong.toml",), (f"{ACTS}.toml",), ("run.hvp",)],
    "schema": [()],
    "queries": [(*ANSWERED[:1], *ANSWERED[3:], *more) for more in (
        (), ("--json",), ("--as-script", "--target", HERE), ("--target", LINE), ("--record", "run.hvp"))],
    "jea": [("estate.toml", "--out", f"jea-{ACTS}", "--group", LINE, "--plugin", "plugin.py"),
            ("estate.toml", "--out", "jea", "--group", WORST)],
    "scan": [(*ANSWERED, *sink) for sink in [*SINKS, ("--save", "/dev/stdout"), ("--html", f"{ACTS}/x")]],
    "audit": [(*ANSWERED, *where, *sink) for where in (("--history", "kept.db"), ("--history", ACTS + "/" + ACTS))
              for sink in [*SINKS, ("--history", LINE), ("--estate-name", WORST), ("--keep", LINE), ("--gate", LINE)]],
    "collect": [(*ANSWERED, "--save", "/dev/stdout"), (*ANSWERED, "--save", "kept.hvp"), ANSWERED],
    "judge": [("run.hvp", "--plugin", "plugin.py", *sink) for sink in [*SINKS, ("--report", LINE)]],
    "demo": [sink for sink in SINKS if "plain=/dev/stdout" not in sink],
    "diff": [("run.hvp", "other.hvp", *sink) for sink in ((), ("--json", "/dev/stdout"), ("--html", "/dev/stdout"))],
    "history": [("--history", "past.db", *more) for more in (
        (), (WORST,), (LINE,), ("--route", f"{WORST}:{THERE}"), ("--route", f"{LINE}:x"), ("--estate", LINE),
        ("--json", "/dev/stdout"), ("--site", f"pages-{ACTS}", "--reports", "1"))] + [("--history", f"{ACTS}.db")],
    "waive": [("SITE-01", "--subject", WORST, "--plugin", "plugin.py"), (LINE,), (f"SITE-01@{LINE}",)],
    "waivers": [("waivers.toml", "--plugin", "plugin.py"), ("wrong.toml",), (f"{ACTS}.toml",)],
    "checks": [("--plugin", "plugin.py"), ("--plugin", f"{ACTS}.py")],
    "explain": [("SITE-01", "--plugin", "plugin.py"), (LINE,)],
    "why": [("host", "hb01", "--to", "hb02", "--record", "run.hvp", "--plugin", "plugin.py"),
            ("vm", f"{WORST}web-01", "--to", "hb02", "--record", "run.hvp"),
            (LINE, LINE, "--to", LINE, "--record", f"{ACTS}.hvp")],
    "doctor": [("estate.toml", "--plugin", "plugin.py", *more) for more in ((), ("--json", "/dev/stdout"))]
              + [(LINE, "--learn", f"{ACTS}"), (HERE, "--learn", "kept.json", "--estate", "estate.toml")],
    "show": [("run.hvp", "--plugin", "plugin.py", *more) for more in ((), ("--all",), ("--target", LINE))]
            + [("learnt.json", *more) for more in ((), ("--all",))] + [(f"{ACTS}.json",)],
    "verify": [(f"{ACTS}.json", "--key", f"{ACTS}.pem"), ("run.hvp",),
               ("run.hvp", "--identity", LINE, "--issuer", LINE)],
    "fix": [("run.hvp", "--for", role, "--plugin", "plugin.py") for role in ("directory", "host", LINE)],
    "vms": [("--record", "run.hvp", "--plugin", "plugin.py", *more) for more in ((), ("--csv",), ("--to", LINE))],
    LINE: [()],
}  # fmt: skip
"""Every command, and one that is none."""


def test_every_command_is_tried() -> None:
    assert set(CALLS) - {LINE} == set(cli.COMMANDS)


@pytest.mark.parametrize("call", [(name, *more) for name, calls in CALLS.items() for more in calls], ids=repr)
def test_nothing_that_is_printed_is_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], call: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    code = cli.run(list(call))
    assert code in (0, 1, 2, 3)
    printed = capfd.readouterr()
    assert printed.out + printed.err
    assert "Traceback" not in printed.err
    for stream in printed:
        assert not list(commands(stream))
    written = [*folder.rglob("*.ps*")] if call[0] == "jea" else [*folder.glob("kept.hvp")]
    if "--site" in call:
        written = [*folder.rglob("*.html")]
        assert len(written) > 4
    assert written or code == 2 or ("kept.hvp" not in call and call[0] != "jea")
    for path in written:
        assert not list(commands(path.read_text(encoding="utf-8")))
