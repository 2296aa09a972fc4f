"""What will be asked: the very questions the collectors ask, as text, as data, and as a script that says the same."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from scanner import cli, plugins
from scanner.collect.plan import checks_by_fact, first_round, reading, wanted
from scanner.collect.preview import PlannedQuery, planned
from scanner.collect.windows.questions import questions_of
from scanner.estate.read import read
from scanner.facts.base import WindowsFact
from scanner.facts.network import EndpointProbe
from scanner.hooks import Task
from scanner.judge import judging
from scanner.words.evidence import Evidence
from scanner.words.model import Profile
from scanner.words.query import Command, Query
from scanner.words.script import ESCAPED, script
from tests.test_query import read_literal

HV01, HV02, VMM = "hv01.corp.example", "hv02.corp.example", "vmm01.corp.example"
OFFER = plugins.load(third_party=False)
PROBED = '"127.0.0.1:7", "127.0.0.1:9"'
PLUGIN = f'''
"""Why.

What passes."""
from scanner.api import (Ask, Severity, Who, check, hookimpl, passed, scopes)
from scanner.facts.network import EndpointProbe

@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(EndpointProbe,), remedy="r",
       asks=lambda subject, view: [Ask(EndpointProbe, subject.host, target) for target in ({PROBED})])
def reached(subject, view):
    return passed(" ".join(row.outcome for row in view.rows(EndpointProbe, subject.host)))

@hookimpl
def scanner_checks():
    return [reached]
'''


@pytest.fixture
def estate_file(tmp_path: Path) -> Path:
    return write_estate(tmp_path)


def write_estate(folder: Path, *profiles: str) -> Path:
    path = folder / "estate.toml"
    named = ", ".join(f'"{name}"' for name in profiles or ("live-migration",))
    vmm = f'[[vmm]]\nname = "{VMM}"\n' if "asr-vmm" in profiles else ""
    text = f"""
    profiles = [{named}]
    [[group]]
    name = "all"
    hosts = ["{HV01}", "{HV02}"]
    [[route]]
    from = "{HV01}"
    to = "{HV02}"
    {vmm}
    """
    path.write_text(text, encoding="utf-8")
    return path


def all_asked(path: Path) -> list[PlannedQuery]:
    estate = read(path).estate
    return list(planned(judging.enabled(OFFER.checks, estate.profiles), estate))


def plan_in(text: str) -> list[dict[str, object]]:
    """The plan in a script, read as PowerShell reads its literal."""
    found = re.search(r"^\} -Plan (.*) \| ForEach-Object \{[^\r\n]*\}\r\n\Z", text, re.MULTILINE)
    assert found
    plan: list[dict[str, object]] = json.loads(read_literal(found[1]))
    return plan


def as_script(path: Path, capsysbinary: pytest.CaptureFixture[bytes], *options: str) -> str:
    assert cli.run(["queries", str(path), "--target", HV01, "--as-script", *options]) == 0
    return capsysbinary.readouterr().out.decode("ascii")


@pytest.mark.parametrize("profiles", [("live-migration",), ("replica",), ("asr-vmm",), tuple(Profile)])
def test_what_is_shown_is_what_the_collector_asks(tmp_path, profiles):
    path = write_estate(tmp_path, *profiles)
    estate = read(path).estate
    now = datetime.now(UTC)
    shown, compared = all_asked(path), 0
    for want in first_round(judging.enabled(OFFER.checks, estate.profiles), estate):
        facts = tuple(fact for fact in want.facts if issubclass(fact, WindowsFact))
        if not facts:
            continue
        empty = Evidence(estate, started=now, finished=now)
        task = Task(target=want.target, kind=want.kind, facts=facts, arguments={}, evidence=empty, deadline=0)
        queries = [item.query for item in shown if item.target == want.target and item.round == 1]
        assert queries == [question.query for question in questions_of(task)]
        compared += len(queries)
    assert compared


def test_nobody_is_asked_about_operators_that_the_estate_does_not_name(tmp_path):
    path = write_estate(tmp_path)
    before = {item.query.name for item in all_asked(path)}
    path.write_text(path.read_text(encoding="utf-8") + "\n[operator]\naccount = 'CORP\\ops'\n", encoding="utf-8")
    more = {item.query.name for item in all_asked(path)} - before
    members = {"Administrator", "HyperVAdministrator", "RemoteManagementUser"}
    assert more == {"LocalGroup", "SessionConfiguration", *members}


@pytest.mark.parametrize("profile", list(Profile))
def test_only_what_an_enabled_check_needs_is_asked(tmp_path, profile):
    path = write_estate(tmp_path, profile)
    estate = read(path).estate
    enabled = tuple(reading(judging.enabled(OFFER.checks, estate.profiles), estate))
    second = {fact.__name__: tuple(ids) for fact, ids in checks_by_fact(enabled).items() if fact.second_round}
    first = {(target, fact.__name__): tuple(ids) for (target, _), facts in wanted(enabled, estate).items()
             for fact, ids in facts.items()}  # fmt: skip
    shown = all_asked(path)
    assert shown
    for item in shown:
        name = item.query.name
        assert item.checks == (second.get(name, ()) if item.round == 2 else first.get((item.target, name), ()))
        assert item.checks or item.query.name in ("OperatingSystem", "ComputerSystem", "Service")
    needed = {fact for c in enabled for fact in c.needs if issubclass(fact, WindowsFact)}
    kinds = {kind for kind, names in estate.targets.items() if names}
    missing = {fact.__name__ for fact in needed if fact.kinds & kinds}
    assert missing <= {item.query.name for item in shown}


def test_profiles_change_what_is_asked(tmp_path):
    sets = [{(i.target, i.query.name) for i in all_asked(write_estate(tmp_path, profile))} for profile in Profile]
    assert len({frozenset(one) for one in sets}) == len(Profile)
    both = {(i.target, i.query.name) for i in all_asked(write_estate(tmp_path, "live-migration", "replica"))}
    assert both == sets[list(Profile).index(Profile.LIVE_MIGRATION)] | sets[list(Profile).index(Profile.REPLICA)]


def test_the_text_shows_every_query_with_its_checks(estate_file, capsys):
    assert cli.run(["queries", str(estate_file)]) == 0
    text = capsys.readouterr().out
    items = all_asked(estate_file)
    assert items
    for item in items:
        shown = f"  {item.query.name:<23} {item.query.text}\n  {'':<24}for {' '.join(item.checks)}"
        assert shown in text
    heads = re.findall(r"^(\S+): (\d+) queries in 1 sign-in", text, re.MULTILINE)
    assert heads == [(t, str(sum(i.target == t and i.round == 1 for i in items))) for t in (HV01, HV02)]
    assert text.count("\n                          for ") == len(items)


def test_the_data_is_the_plan(estate_file, capsys):
    assert cli.run(["queries", str(estate_file), "--json", "--target", HV02.upper()]) == 0
    rows = json.loads(capsys.readouterr().out)
    items = [item for item in all_asked(estate_file) if item.target == HV02]
    assert [{"name": row["name"], "commands": row["commands"]} for row in rows] == [i.query.plan() for i in items]
    assert [(row["target"], row["round"], row["checks"]) for row in rows] == [
        (HV02, item.round, list(item.checks)) for item in items
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--target", "hv3.corp.example"], 'did you mean "hv0'),
        (["--target", "nothing.like.it"], '"nothing.like.it" is no machine of estate.toml'),
        (["--as-script"], "--target"),
        (["--as-script", "--json", "--target", HV01], "--as-script"),
        (["--record", "gone.hvp"], "gone.hvp does not exist"),
    ],
)
def test_a_wrong_call_is_told(estate_file, capsys, options, words):
    assert cli.run(["queries", str(estate_file), *options]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_the_script_holds_the_two_files_unchanged(estate_file, capsysbinary):
    text = as_script(estate_file, capsysbinary)
    for name in ("Test-Endpoint.ps1", "Invoke-Query.ps1"):
        assert files("scanner.collect.remote").joinpath(name).read_bytes().decode("ascii").replace("\n", "\r\n") in text
    assert text.count("\n") == text.count("\r\n")
    assert text.count("\r") == text.count("\r\n")
    assert not re.search(r"[^\x20-\x7e\r\n]", text)


def test_the_script_asks_the_first_round_of_its_machine(estate_file, capsysbinary):
    items = [i for i in all_asked(estate_file) if i.target == HV01 and i.round == 1]
    assert plan_in(as_script(estate_file, capsysbinary)) == [item.query.plan() for item in items]


def test_what_the_script_leaves_out_is_said(estate_file, capsys):
    assert cli.run(["queries", str(estate_file), "--target", HV01, "--as-script"]) == 0
    told = capsys.readouterr().err
    assert f"DIR/{HV01}.jsonl" in told
    assert "the probes of the second round are not in this script" in told


def test_a_record_of_the_first_round_brings_the_second_into_the_script(estate_file, tmp_path, capsysbinary):
    (tmp_path / "mine.py").write_text(PLUGIN, encoding="utf-8")
    answers = tmp_path / "answers"
    answers.mkdir()
    for host in (HV01, HV02):
        (answers / f"{host}.jsonl").write_text('{"query": "OperatingSystem", "rows": [], "errors": []}\n')
    estate_file.write_text(closed(estate_file.read_text(encoding="utf-8")), encoding="utf-8")
    options = ["--plugin", str(tmp_path / "mine.py")]
    record = str(tmp_path / "first.hvp")
    assert cli.run(["collect", str(estate_file), "--answers", str(answers), "--save", record, *options]) == 3
    capsysbinary.readouterr()
    first = plan_in(as_script(estate_file, capsysbinary, *options))
    both = plan_in(as_script(estate_file, capsysbinary, *options, "--record", record))
    assert both[: len(first)] == first
    (probe,) = both[len(first) :]
    assert probe["name"] == "EndpointProbe"
    assert json.dumps(probe).count("127.0.0.1:") == 2
    assert cli.run(["queries", str(estate_file), "--target", HV01, *options, "--record", record]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert re.search(r"Test-Endpoint -Target .*'127\.0\.0\.1:7', '127\.0\.0\.1:9' -Timeout", shown)
    assert " XX-01\n" in shown


def closed(text: str) -> str:
    """The estate with a directory that refuses at once, so that nothing leaves this machine."""
    nobody = '[directory]\nmethod = "simple"\nuser = "u"\npassword = { command = ["echo", "of-nobody"] }\n'
    nobody += (
        'controllers = { "corp.example" = ["dc.corp.example"] }\naddresses = { "dc.corp.example" = "127.0.0.1" }\n'
    )
    return text + nobody + '[names]\nservers = ["127.0.0.1"]\nlifetime = "500ms"\n'


def test_a_hostile_name_stays_in_its_comment():
    text = script([], "hv\u202e01'\r\nRemove-Item x; \u00fc`$(1).example")
    assert "\nRemove-Item" not in text
    assert text.splitlines()[1] == "#   powershell -File THIS.ps1 > hv01Remove-Itemx1.example.jsonl"
    assert text.isascii()


def test_a_query_of_a_plugin_with_other_letters_stays_ascii():
    asked = EndpointProbe.queries(["b\u00fcro.example:445"])[0]
    query = Query("B\u00fcro's", (*asked.commands, Command("Select-Object", {"Property": "\u2019;x ##vso[y]"})))
    text = script([query], HV01)
    assert text.isascii()
    assert plan_in(text) == [query.plan()]


def test_answers_leave_as_ascii():
    """What ESCAPED does with a line, done by the same rule here: the JSON means the same."""
    pattern = re.search(r"'(\[\^[^']*)'", ESCAPED)
    assert pattern
    line = json.dumps({"rows": [{"name": "B\u00fcro \u2713"}]}, ensure_ascii=False)
    escaped = re.sub(pattern[1], lambda m: f"\\u{ord(m[0]):04x}", line)
    assert escaped.isascii()
    assert json.loads(escaped) == json.loads(line)
