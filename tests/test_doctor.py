"""What doctor says: rows in, lines out; evidence in, rows out; and the whole of it where nobody answers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scanner import cli
from scanner.collect import rounds
from scanner.collect.jobs import Progress
from scanner.collect.stepwise import Stepwise
from scanner.commands.doctor_lines import code_of, fitted, last_line, lines
from scanner.commands.doctor_lines import json as as_json
from scanner.commands.doctor_rows import rows_of
from scanner.estate.access import Access
from scanner.facts.directory import DomainController, DomainInfo
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.kerberos import ControllerClock, HostClock
from scanner.plugins import load
from scanner.words.evidence import Evidence
from scanner.words.model import GapReason, TargetKind
from scanner.words.source import TargetInfo
from scanner.words.step import Row, State, Step
from scanner.words.trouble import Kind, advise
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, NOW, estate, evidence
from tests.processes import HEARING

NOT_TRUSTED = advise(Kind.NOT_TRUSTED)
DROPPED = advise(Kind.DROPPED, port=5986)
ROOT = Path(__file__).parents[1]
OK = Step("name", State.OK, "name ok"), Step("port", State.OK, "5986 ok")
UNTRUSTED = Step("certificate", State.WRONG, "certificate: not trusted", NOT_TRUSTED)
LEFT = Step("sign-in", State.LEFT, "")


# ---- rows in, lines out


def test_lines_are_aligned_and_say_what_to_do():
    rows = [
        Row("configuration", "runner", (Step("configuration", State.OK, "ok"),)),
        Row(HV01, TargetKind.HOST, (*OK, UNTRUSTED, LEFT)),
        Row(HV02, TargetKind.HOST, (*OK, Step("sign-in", State.OK, "signed in"))),
        Row(CORP, TargetKind.DOMAIN, (Step("controllers", State.OK, "2 controllers by DNS"),)),
    ]
    assert lines(rows, 200) == [
        "configuration   ok",
        "hv01            name ok · 5986 ok · certificate: not trusted "
        '→ write ca = "corp-ca.pem" under [sign_in]: the PEM file of the authority that issued it',
        "hv02            name ok · 5986 ok · signed in",
        "corp.example    2 controllers by DNS",
    ]
    assert lines(rows, 100)[1:3] == [
        "hv01            name ok · 5986 ok · certificate: not trusted",
        '                → write ca = "corp-ca.pem" under [sign_in]: the PEM file of the authority that issued it',
    ]


def test_on_a_terminal_a_line_goes_on_below_its_beginning():
    assert fitted("hv01   name ok · port: no answer on 5986", 26).splitlines() == [
        "hv01   name ok · port: no answer on",  # a text gets some room, however narrow it is
        "       5986",
    ]
    advice = f"       → {DROPPED.for_target(HV01)}"
    assert [line[:9] for line in fitted(advice, 60).splitlines()] == ["       → ", " " * 9]
    assert "".join(fitted(advice, 60).split()) == "".join(advice.split())
    assert fitted(advice, 300) == advice


def test_advice_is_given_once():
    dropped = Step("port", State.WRONG, "no answer", DROPPED)
    rows = [Row(name, TargetKind.HOST, (dropped,)) for name in (HV01, HV02)]
    assert lines(rows, 300) == [
        f"hv01   no answer → Test-NetConnection {HV01} -Port 5986, from here (Linux: nc -vz {HV01} 5986)",
        "hv02   no answer → as for hv01",
    ]


def test_machines_of_one_short_name_are_told_by_their_whole_one():
    rows = [Row(name, TargetKind.HOST, OK) for name in ("hv01.a.example", "hv01.b.example", "hv02.a.example")]
    assert [line.split()[0] for line in lines(rows, 100)] == ["hv01.a.example", "hv01.b.example", "hv02"]


def test_a_hostile_text_stays_one_line():
    step = Step("sign-in", State.WRONG, "a\n\x1b[2Jb\r##vso[task.complete]", advise(Kind.SIGN_IN_REFUSED, user="x\ny"))
    rows = [Row(HV01, TargetKind.HOST, (step,))]
    told = "\n".join(lines(rows, 80))
    assert told.count("\n") == 1
    assert "\x1b" not in told
    assert "##vso[" not in as_json(rows, 3)


@pytest.mark.parametrize(
    ("step", "interrupted", "code"),
    [(OK[0], False, 0), (UNTRUSTED, False, 3), (LEFT, False, 3), (OK[0], True, 130), (UNTRUSTED, True, 130)],
)
def test_how_it_ends(step, interrupted, code):
    rows = [Row(HV01, TargetKind.HOST, (step,))]
    assert code_of(rows, interrupted=interrupted) == code
    assert (last_line(rows) == "a scan can begin") == (step is OK[0])
    assert json.loads(as_json(rows, code))["interrupted"] is interrupted


# ---- evidence in, rows out


def rows(record: Evidence, way: Stepwise | None = None, **kinds: TargetKind) -> dict[str, dict[str, Step]]:
    wanted = {HV01: TargetKind.HOST, CORP: TargetKind.DOMAIN} | kinds
    record.close()
    found = rows_of(record, wanted, way or Stepwise())
    return {row.subject: {step.name: step for step in row.steps} for row in found}


def clock(ahead: float) -> HostClock:
    return HostClock(NOW + timedelta(seconds=ahead), NOW, NOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("ahead", "state", "text"),
    [
        (0.5, State.OK, "clock ok"),
        (2.9, State.OK, "clock ok"),
        (3, State.OK, "clock 2 s ahead of this machine's"),
        (-2, State.OK, "clock 2 s behind this machine's"),
        (301, State.OK, "clock 300 s ahead of this machine's"),
        (301.1, State.WRONG, "clock 300 s ahead of this machine's"),
        (-300.1, State.WRONG, "clock 300 s behind this machine's"),
    ],
)
def test_a_clock_is_off_by_what_it_is_off_at_least(ahead, state, text):
    step = rows(evidence({(HostClock, HV01): [clock(ahead)]}))[HV01]["clock"]
    assert (step.state, step.text) == (state, text)
    assert step.advice.kind == (Kind.CLOCK if state is State.WRONG else "")


def test_of_several_controllers_the_clock_that_is_off_most_is_told():
    found = [
        ControllerClock(CORP, name, NOW + timedelta(seconds=off), NOW, NOW) for name, off in (("a", 9), ("b", -400))
    ]
    step = rows(evidence({(ControllerClock, CORP): found}))[CORP]["clock"]
    assert (step.state, step.text) == (State.WRONG, "clock 400 s behind this machine's")


def test_missing_rights_are_told_with_the_right_and_the_facts():
    record = evidence({(HostClock, HV01): [clock(0)]})
    denied = "Get-CimInstance: access denied; it takes an administrator of the machine"
    for fact in (MigrationSettings, ComputerSystem):
        record.miss(fact, HV01, GapReason.ACCESS_DENIED, denied, advise(Kind.NO_RIGHTS, user="svc"))
    record.miss(OperatingSystem, HV01, GapReason.NOT_INSTALLED, "there is no such class")
    steps = rows(record)[HV01]
    assert steps["sign-in"].text == "signed in"
    assert steps["rights"].state is State.WRONG
    assert steps["rights"].text == (
        "rights: 2 facts would be missing, ComputerSystem, MigrationSettings (needs an administrator of the machine)"
    )
    assert steps["rights"].facts == ("ComputerSystem", "MigrationSettings")
    assert steps["rights"].advice.kind == Kind.NO_RIGHTS
    assert steps["answers"].text == "1 fact would be missing, OperatingSystem (not installed (there is no such class))"


def test_who_gave_no_answer_is_not_signed_in_to():
    record = evidence(
        {(OperatingSystem, HV01): GapReason.TIMEOUT, (DomainController, CORP): [DomainController("a", CORP)]}
    )
    record.miss(DomainInfo, CORP, GapReason.ACCESS_DENIED, "refused", advise(Kind.SIGN_IN_REFUSED))
    found = rows(record)
    assert found[HV01]["sign-in"] == Step("sign-in", State.WRONG, "not read: timeout")
    assert found[CORP]["sign-in"].text == "not read: access denied (refused)", "DNS told who its controllers are"
    assert found[CORP].keys() == {"sign-in"}


def test_what_was_met_on_the_way_is_told_and_the_rest_is_not_tried():
    way = Stepwise({HV02: "there is no ticket"}, {HV01: [*OK, UNTRUSTED], HV02: [*OK]})
    found = rows(evidence({}), way, **{HV02: TargetKind.HOST})
    assert [(step.name, step.state) for step in found[HV01].values()] == [
        ("name", State.OK), ("port", State.OK), ("certificate", State.WRONG), ("sign-in", State.LEFT),
    ]  # fmt: skip
    assert found[HV02]["sign-in"] == Step("sign-in", State.LEFT, "not signed in: there is no ticket")


def test_a_controller_has_a_row_where_something_of_it_would_be_missing_and_not_of_all_its_domain():
    record = evidence({(DomainInfo, BRANCH): GapReason.UNREACHABLE, (ControllerClock, CORP): []})
    for name in (f"dc.{CORP}", f"dc.{BRANCH}", HV11):
        record.note(TargetInfo(name=name, kind=TargetKind.CONTROLLER))
        record.miss(ControllerClock, name, GapReason.UNREACHABLE, "no answer")
    assert rows(record, None, **{BRANCH: TargetKind.DOMAIN}).keys() == {HV01, CORP, BRANCH, f"dc.{CORP}"}


def test_a_key_file_is_read_or_not():
    record = evidence({(OperatingSystem, "gone.key"): GapReason.NOT_COLLECTED})
    found = rows(record, None, **{"a.key": TargetKind.KEY_FILE, "gone.key": TargetKind.KEY_FILE})
    assert found["a.key"]["file"].state is State.OK
    assert found["gone.key"]["answers"].state is State.WRONG


def test_what_was_known_when_it_was_interrupted_is_told():
    def interrupt(_round: str, _targets: tuple[str, ...]) -> None:
        raise KeyboardInterrupt

    offer, way = load(third_party=False), Stepwise()
    record = rounds.collect(offer.checks, way.before(offer.collectors), estate(), Access(), Progress(begin=interrupt))
    assert record.interrupted
    assert rows(record, way)[HV01]["sign-in"].text == "not read: not collected (interrupted)"


# ---- the whole of it


ESTATE = """
[sign_in]
method = "basic"
user = "u"
port = 1
password = { env = "HV_GOOD" }
[[host]]
name = "hv01.corp.example"
address = "127.0.0.1"
[[host]]
name = "hv02.corp.example"
[[host]]
name = "hv03.corp.example"
address = "127.0.0.1"
sign_in = { user = "w", password = { env = "HV_MISSING" } }
[[route]]
from = "hv01.corp.example"
to = "hv03.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
[directory]
method = "simple"
user = "d"
password = { env = "HV_GOOD" }
[names]
servers = ["127.0.0.1"]
[limits]
host_deadline = "3s"
connect_timeout = "1s"
"""
SECRET = "a-long-enough-password"


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, Any]]:
    path = folder / "estate.toml"
    path.write_text(ESTATE, encoding="utf-8")
    assert cli.run(["doctor", str(path), "--json", str(folder / "d.json")]) == 3
    return capsys.readouterr().out, json.loads((folder / "d.json").read_bytes())


def test_every_step_is_told_where_nobody_answers_and_no_secret(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("HV_GOOD", SECRET)
    out, report = told(tmp_path, capsys)
    assert SECRET not in out + json.dumps(report)
    found = {row["subject"]: {step["step"]: step for step in row["steps"]} for row in report["rows"]}
    secrets = {s["text"]: s["state"] for row in report["rows"] for s in row["steps"] if s["step"] == "secret"}
    assert secrets == {
        "sign_in.password.env: the environment variable it names holds one": "ok",
        "host[3].sign_in.password.env: the environment variable it names is not set or empty": "wrong",
    }
    assert {name: step["state"] for name, step in found[HV01].items()} == {
        "name": "ok", "port": "wrong", "sign-in": "not tried",
    }  # fmt: skip
    assert found[HV01]["port"]["kind"] == "refused"
    assert found[HV02]["name"]["state"] == "wrong"
    assert found["hv03.corp.example"]["port"]["kind"] == "refused", "it is looked at without its secret, too"
    assert found[CORP]["controllers"]["state"] == "wrong"
    assert report["exit"] == 3
    assert [line.split()[0] for line in out.splitlines() if line[0] not in " s"] == [
        "configuration", "hv01", "hv02", "hv03", "corp.example",
    ]  # fmt: skip


def test_a_wrong_estate_file_is_exit_2_with_all_mistakes(tmp_path, capsys):
    path = tmp_path / "estate.toml"
    path.write_text('[[host]]\nname = "hv01"\nadress = "1"\n[[route]]\nfrom = "a"\nto = "b"\n', encoding="utf-8")
    assert cli.run(["doctor", str(path)]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "adress" in streams.err
    assert 'did you mean "address"?' in streams.err


def test_json_to_standard_output_stands_there_alone(tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("HV_GOOD", SECRET)
    path = tmp_path / "estate.toml"
    path.write_text(ESTATE, encoding="utf-8")
    assert cli.run(["doctor", str(path), "--json", "/dev/stdout"]) == 3
    streams = capfd.readouterr()
    assert json.loads(streams.out)["schema"] == 1
    assert "hv01 " in streams.err


def test_quietly_it_tells_what_is_wrong_alone(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("HV_GOOD", SECRET)
    path = tmp_path / "estate.toml"
    path.write_text(ESTATE, encoding="utf-8")
    assert cli.run(["doctor", str(path), "-q"]) == 3
    out = capsys.readouterr().out
    assert "\nhv02 " in out
    assert "configuration " not in out
    assert out.splitlines()[-1].startswith("something would be missing from a scan: ")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_it_with_what_is_known(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        text = ESTATE.replace("port = 1", f"port = {port}").replace('"3s"', '"60s"').replace('"1s"', '"50s"')
        (tmp_path / "estate.toml").write_text(text, encoding="utf-8")
        environment = os.environ | {"HV_GOOD": SECRET, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [*HEARING, sys.executable, "-m", "scanner", "doctor", "estate.toml", "--json", "d.json"],
            cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        with process:
            mute.settimeout(60)
            mute.accept()[0].close()
            with mute.accept()[0]:  # hv01 and hv03: one of them waits for its handshake
                process.send_signal(signal.SIGINT)
                out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out.splitlines()[-1] == "interrupted; the rest is not known"
    assert "hv01            address ok" in out
    assert json.loads((tmp_path / "d.json").read_bytes())["interrupted"] is True
