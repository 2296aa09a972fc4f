"""Waivers on the command line: the story of a red gate, with every output of it."""

from __future__ import annotations

import json
import os
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree

from scanner import cli, plugins
from scanner.commands import waivers as commands
from scanner.commands.waivers import of_estate
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read as read_estate
from tests.reports.test_json_report import SCHEMA, faults
from tests.reports.test_junit_report import SCHEMAS

GOOD = Path(__file__).parent / "data" / "good.hvp"
HV01, HV02 = "hv01.corp.example", "hv02.corp.example"
DAY = date(2026, 11, 30)
PLUGIN = """
from scanner.api import *

@check(id="SITE-01", title="Cable is red", severity=Severity.HIGH, who=Who.HOST, scope=scopes.HOST, seed="ours",
       needs=(), remedy="Take another one.")
def red(host, view):
    return passed("red") if host.host != "hv01.corp.example" else failed("blue", "red")

@check(id="SITE-02", title="Cable is long", severity=Severity.HIGH, who=Who.HOST, scope=scopes.HOST, seed="ours",
       needs=(), remedy="Take another one.")
def long(host, view):
    return passed("long") if host.host != "hv02.corp.example" else unknown("nobody measured")

@hookimpl
def scanner_checks():
    return [red, long]
"""


def entry(check: str, subject: str, until: date, **words: object) -> str:
    more = "".join(f"{word} = {json.dumps(value)}\n" for word, value in words.items())
    return (
        f'[[waiver]]\ncheck = "{check}"\nsubject = "{subject}"\nreason = "VLAN is ordered"\nowner = "the team"\n'
        f"until = {until}\n{more}"
    )


class Gate:
    """A record of one day, the plug-in, and waivers; it is judged into every format."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        (folder / "plugin.py").write_text(PLUGIN, encoding="utf-8")

    def judge(self, waivers: str | None = None) -> int:
        record = json.loads(GOOD.read_bytes())
        record["finished"] = "2026-11-30T00:00:01Z"
        record["estate"]["profiles"] = ["live-migration"]
        (self.folder / "run.hvp").write_text(json.dumps(record), encoding="utf-8")
        call = ["judge", str(self.folder / "run.hvp"), "--plugin", str(self.folder / "plugin.py")]
        for name in ("html", "junit", "json"):
            call += [f"--{name}", str(self.folder / name)]
        if waivers is not None:
            (self.folder / "w.toml").write_text(waivers, encoding="utf-8")
            call += ["--waivers", str(self.folder / "w.toml")]
        code = cli.run(call)
        self.out, self.err = self.capsys.readouterr()
        return code

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def json(self) -> dict[str, object]:
        found = json.loads(self.text("json"))
        assert list(faults(found, SCHEMA)) == []
        return found

    def case(self, check: str, host: str) -> etree._Element:
        root = etree.fromstring(self.text("junit").encode())
        for schema in SCHEMAS.values():
            schema.assertValid(root)
        for suite in root.iter("testsuite"):
            outcomes = [case[0].tag for case in suite.iter("testcase") if len(case)]
            for word, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(suite.get(word)) == outcomes.count(outcome)
        slug = host.replace(".", "_")
        (case,) = root.xpath(f"//testcase[contains(@classname, '.{slug}') and starts-with(@name, '{check}')]")
        return case


@pytest.fixture
def gate(tmp_path, capsys):
    return Gate(tmp_path, capsys)


def test_estate_looks_at_the_waivers_that_a_run_would_take_too(tmp_path, capsys):
    estate, waivers = tmp_path / "estate.toml", tmp_path / "waivers.toml"
    good = "".join(f'[[host]]\nname = "{name}"\n' for name in (HV01, HV02))
    good = f'profiles = ["live-migration"]\n{good}[[route]]\nfrom = "{HV01}"\nto = "{HV02}"\n'
    estate.write_text(good, encoding="utf-8")
    assert cli.run(["estate", str(estate)]) == 0
    assert "waivers " not in capsys.readouterr().out
    waivers.write_text(entry("LM-01", HV02, commands.today() + timedelta(days=9)), encoding="utf-8")
    assert cli.run(["estate", str(estate)]) == 0
    assert "\nwaivers    1 of waivers.toml\n" in capsys.readouterr().out
    waivers.write_text(entry("LM-01", "hv03.corp.example", DAY), encoding="utf-8")
    assert cli.run(["estate", str(estate)]) == 2
    assert "waiver[1].subject" in capsys.readouterr().err
    waivers.write_text(entry("LM-001", HV02, DAY), encoding="utf-8")
    estate.write_text(good.replace('to = "hv02', 'to = "hv03'), encoding="utf-8")
    assert cli.run(["estate", str(estate)]) == 2
    told = capsys.readouterr().err
    assert "estate.toml has 1 mistake" in told
    assert "route[1].to" in told
    assert "waivers.toml has 1 mistake" in told
    assert 'there is no check "LM-001"' in told


UNKNOWN = entry("SITE-02", HV02, DAY + timedelta(days=300), accept_unknown=True)


def test_from_red_to_waived_to_red_again(gate):
    waived = entry("SITE-01", HV01, date(2027, 1, 31), ticket="CHG-1182") + UNKNOWN
    assert gate.judge() == 1
    assert gate.case("SITE-01", HV01)[0].tag == "failure"

    assert gate.judge(waivers=waived) == 0
    assert "READY, 1 waived, 1 unknown accepted" in gate.out
    assert "exit 0 (ready, 1 waived, 1 unknown accepted)" in gate.out
    assert "~ SITE-01 hv01   waived until 2027-01-31 by the team: VLAN is ordered (CHG-1182)" in gate.out
    assert "~ SITE-02 hv02   unknown, accepted until 2027-09-26" in gate.out
    assert "2 waivers of w.toml: 2 in force, for 2 findings" in gate.out
    assert "ends in" not in gate.out
    case = gate.case("SITE-01", HV01)
    assert case[0].get("message").startswith("WAIVED until 2027-01-31 by the team: VLAN is ordered (CHG-1182); FAIL: ")
    assert "Seen: blue" in case[0].text
    assert gate.case("SITE-02", HV02)[0].get("message").startswith("UNKNOWN, ACCEPTED until 2027-09-26 by the team")
    assert (gate.json["verdict"], gate.json["exit_code"]) == ("ready", 0)
    assert gate.json["waived"] == {"findings": 2, "failed": 1, "unknown": 1}
    page = gate.text("html")
    assert "Ready, 1 waived, 1 unknown accepted</h1>" in page
    assert '<h2 id="waivers">Waivers</h2>' in page
    assert "waived until 2027-01-31 by the team: VLAN is ordered (CHG-1182)" in page

    assert gate.judge(waivers=waived.replace("2027-01-31", "2026-12-09")) == 0
    for text in (gate.out, gate.text("html"), gate.text("junit")):
        flat = " ".join(text.split())
        assert "waiver of SITE-01 on hv01.corp.example, the team: ends in 9 days, on 2026-12-09" in flat.replace(
            "W", "w"
        )
    assert [use["state"] for use in gate.json["waivers"]] == ["ends soon", "in force"]

    assert gate.judge(waivers=waived.replace("2027-01-31", "2026-11-30")) == 1
    assert "ended on 2026-11-30: 1 finding counts again" in " ".join(gate.out.split())
    case = gate.case("SITE-01", HV01)
    assert case[0].tag == "failure"
    assert case[0].text.startswith("Waiver: ended on 2026-11-30; it was the team's: VLAN is ordered\n")
    assert "READY, 1 unknown accepted" in gate.out  # of the routes from other hosts


def test_what_nobody_could_judge_is_waived_only_in_so_many_words(gate):
    plain = entry("SITE-01", "*", DAY + timedelta(days=99)) + entry("SITE-02", HV02, DAY + timedelta(days=99))
    assert gate.judge(waivers=plain) == 3
    assert gate.case("SITE-02", HV02)[0].tag == "error"
    assert 'w.toml: SITE-02 on "hv02.corp.example" waives nothing: what it is about could not be judged' in gate.err
    assert gate.json["waivers"][1]["state"] == "unused"


def test_what_passes_or_is_nowhere_is_listed(gate):
    later = DAY + timedelta(days=99)
    passing, nowhere = entry("SITE-01", HV02, later), entry("SITE-01", "hv1.corp.example", later)
    gate.judge(waivers=passing + nowhere)
    assert "waiver of SITE-01 on hv02.corp.example, the team: is for what passes now" in " ".join(gate.out.split())
    assert 'did you mean "hv01.corp.example"?' in gate.err
    assert [use["state"] for use in gate.json["waivers"]] == ["passes now", "unused"]


def test_a_file_without_an_entry_changes_nothing_but_the_list(gate):
    gate.judge()
    before = gate.json, gate.text("junit"), gate.text("html")
    gate.judge(waivers="")
    assert gate.json | {"waivers_file": ""} == before[0]


def test_mistakes_end_the_run_before_it_begins(gate):
    assert gate.judge(waivers=entry("SITE-1", HV01, DAY) + entry("SITE-01", HV01, DAY).replace("owner", "ovner")) == 2
    assert 'waiver[1].check  there is no check "SITE-1"; did you mean "SITE-01"?' in gate.err
    assert "waiver[2].ovner" in gate.err
    assert not (gate.folder / "json").exists()


def test_hostile_words_of_a_waiver_stay_words(gate):
    words = "\\u001b[31m ##vso[task.complete] <script>alert(1)</script> ::error::x"
    text = entry("SITE-01", HV01, DAY + timedelta(days=5)).replace("VLAN is ordered", words).replace("the team", words)
    assert gate.judge(waivers=text) == 3
    for name in ("html", "junit", "json"):
        assert "##vso[" not in gate.text(name)
        assert "\x1b" not in gate.text(name)
    assert "<script>alert(1)" not in gate.text("html")
    assert "##vso[" not in gate.out + gate.err
    assert "\x1b" not in gate.out + gate.err


def test_why_takes_them_too(gate, tmp_path, capsys):
    gate.judge(waivers=entry("SITE-01", HV01, DAY + timedelta(days=99)) + UNKNOWN)
    call = ["why", "host", "hv01", "--to", "hv02", "--record", str(tmp_path / "run.hvp")]
    call += ["--plugin", str(tmp_path / "plugin.py")]
    assert cli.run(call) == 1
    capsys.readouterr()
    assert cli.run([*call, "--waivers", str(tmp_path / "w.toml")]) == 0
    out = capsys.readouterr().out
    assert "live migration ready, 1 waived, 1 unknown accepted" in out
    assert "waived  until " in out


def test_waive_prints_what_a_run_takes_once_it_is_filled(tmp_path, capsys):
    assert cli.run(["waive", f"VM-06@{HV01}/*"]) == 0
    table = tomllib.loads(capsys.readouterr().out)["waiver"][0]
    assert (table["check"], table["subject"]) == ("VM-06", f"{HV01}/[*]")
    (tmp_path / "w.toml").write_text("", encoding="utf-8")
    assert cli.run(["waive", "VM-06", "--subject", "hv*"]) == 0
    (tmp_path / "w.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.run(["waivers", str(tmp_path / "w.toml")]) == 2
    said = capsys.readouterr().err
    assert all(f"waiver[1].{word}" in said for word in ("reason", "owner", "until"))
    until = str(commands.today() + timedelta(days=30))
    filled = ["--reason", 'a "b"\n', "--owner", "o", "--until", until, "--accept-unknown", "--ticket", "T-1"]
    assert cli.run(["waive", "VM-06", "--subject", "hv*", *filled]) == 0
    (tmp_path / "w.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.run(["waivers", str(tmp_path / "w.toml")]) == 0
    assert f'VM-06   "hv*"  until {until}, 30 days; accepted even if nobody can judge it' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["waive", "VM-6@x"], 'did you mean "VM-06"?'),
        (["waive", "VM-06"], "name the subject once"),
        (["waive", "VM-06@x", "--subject", "y"], "name the subject once"),
        (["waive", "VM-06@x", "--until", "soon"], "write a day, as in"),
        (["waive", "VM-06@x", "--until", "2020-01-01"], "that day has come"),
        (["waive", "VM-06@x", "--until", "2999-01-01"], "more than a year ahead"),
        (["waivers", "/nowhere.toml"], "hv-preflight waive CHECK"),
    ],
)
def test_what_is_wrong_is_said(call, said, capsys):
    assert cli.run(call) == 2
    assert said in capsys.readouterr().err


def test_an_estate_takes_those_it_names_or_those_beside_it(tmp_path, capsys):
    estate = tmp_path / "estate.toml"
    text = '[[host]]\nname = "hv01.corp.example"\n[[host]]\nname = "hv02.corp.example"\n'
    text += '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n'
    (tmp_path / "answers").mkdir()
    bad = entry("ID-1", HV01, DAY)

    def scan(*more: str) -> str:
        call = ["scan", str(estate), "--answers", str(tmp_path / "answers"), *more]
        assert cli.run(call) == 2
        return capsys.readouterr().err

    estate.write_text(text, encoding="utf-8")
    (tmp_path / "waivers.toml").write_text(bad, encoding="utf-8")
    assert "waivers.toml has 1 mistake" in scan()
    (tmp_path / "other.toml").write_text(bad, encoding="utf-8")
    estate.write_text(f'waivers = "other.toml"\n{text}', encoding="utf-8")
    assert "other.toml has 1 mistake" in scan()
    (tmp_path / "third.toml").write_text(entry("ID-01", "hv03.corp.example", DAY), encoding="utf-8")
    said = scan("--waivers", str(tmp_path / "third.toml"))
    assert "third.toml has 1 mistake" in said
    assert "no host of the estate is called" in said
    estate.write_text(f'waivers = "none.toml"\n{text}', encoding="utf-8")
    assert "none.toml does not exist; hv-preflight waive CHECK" in scan()
    assert "is what is read" in scan("--json", str(tmp_path / "waivers.toml"))


@pytest.mark.skipif(os.name == "nt", reason="access lists are not looked at")
@pytest.mark.parametrize("named", [False, True])
def test_who_may_not_change_the_estate_waives_nothing_of_it(tmp_path, capsys, named):
    """Else another account lays a file beside an estate of mine in /tmp, and my gate is green."""
    estate, file = tmp_path / "estate.toml", tmp_path / "waivers.toml"
    head = 'waivers = "waivers.toml"\n' if named else ""
    hosts = "".join(f'[[host]]\nname = "{name}.corp.example"\n' for name in ("hv01", "hv02"))
    route = '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n'
    estate.write_text(f"{head}{hosts}{route}", encoding="utf-8")
    file.write_text(entry("ID-01", HV01, commands.today() + timedelta(days=30)), encoding="utf-8")
    declared, offer = read_estate(estate), plugins.load(third_party=False)
    file.chmod(0o644)
    assert of_estate(None, estate, declared, offer).entries
    file.chmod(0o666)
    with pytest.raises(EstateError) as refused:
        of_estate(None, estate, declared, offer)
    assert "is not taken, since others may change it: " in str(refused.value)
    assert f"--waivers {file}" in str(refused.value)
    assert of_estate(file, estate, declared, offer).entries, "whoever names it says that it is meant"
    if os.geteuid() == 0:
        file.chmod(0o644)
        os.chown(file, 65534, -1)
        with pytest.raises(EstateError, match="belongs to"):
            of_estate(None, estate, declared, offer)
    estate.chmod(0o666)
    file.chmod(0o644)
    if os.geteuid() == 0:
        os.chown(file, 0, -1)
    assert of_estate(None, estate, declared, offer).entries, "no more may change it than the estate"


def test_a_baseline_is_a_record_or_a_report(gate, tmp_path, capsys):
    assert gate.judge() == 1
    (tmp_path / "old.json").write_text(gate.text("json"), encoding="utf-8")
    (tmp_path / "old.hvp").write_bytes((tmp_path / "run.hvp").read_bytes())
    call = ["judge", str(tmp_path / "run.hvp"), "--plugin", str(tmp_path / "plugin.py")]
    call += ["--html", str(tmp_path / "html"), "--junit", str(tmp_path / "junit"), "--json", str(tmp_path / "json")]
    for name in ("old.json", "old.hvp"):
        assert cli.run([*call, "--baseline", str(tmp_path / name)]) == 3
        out = " ".join(capsys.readouterr().out.split())
        assert f"since 2026-11-30 00:00 UTC ({name}): 0 new, 0 mended, 2 still, 0 no longer judged" in out
        assert "exit 3 (not ready; incomplete but for what is known)" in out
        assert (
            gate.case("SITE-01", HV01)[0].get("message").startswith("KNOWN since 2026-11-30 00:00 UTC: FAIL: seen blue")
        )
        assert gate.json["exit_code"] == 3
        assert "Known since<dd>2026-11-30 00:00 UTC" in gate.text("html")
    for name, said in (("plugin.py", "plugin.py"), ("html", "is a report, as --html writes it, and neither a record")):
        assert cli.run([*call[:4], "--baseline", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err
    assert cli.run([*call, "--baseline", str(tmp_path / "json")]) == 2
    assert "is what is read" in capsys.readouterr().err
