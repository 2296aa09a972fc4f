"""Runs of the command line: where reports go, and that a run always leaves them, whatever it meets."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from lab.windows.wsman import Event, Fault, PipelineRequest
from lab.windows.wsman.certificates import Certificates, make
from scanner import cli
from scanner.record.record import dump
from tests.conftest import NOW, ended, estate, evidence
from tests.processes import started, typed
from tests.test_asking import closed
from tests.test_cli import COMMAND, ROOT, run
from tests.wire import HOSTS, HV01, HV11, PASSWORD, Wire, address, wire

BLOCK = 92


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS)


@pytest.fixture
def lab(pki: Certificates, tmp_path: Path) -> Iterator[Wire]:
    with wire(BLOCK, pki, tmp_path) as running:
        yield running


@pytest.fixture
def record_file(tmp_path: Path) -> Path:
    path = tmp_path / "record.hvp"
    path.write_bytes(dump(ended(evidence({}, estate(), now=NOW))))
    return path


def test_an_unknown_format_is_refused_before_anything_is_read(lab, capsys):
    assert cli.run(["scan", str(lab.estate()), "--report", f"pdf={lab.folder / 'x'}"]) == 2
    assert 'there is no report format "pdf"; there are ' in capsys.readouterr().err
    assert not lab.server.traffic.connections


@pytest.mark.parametrize(
    ("option", "place"),
    [
        *((option, "missing/x") for option in ("--html", "--junit", "--json", "--save")),
        *((option, ".") for option in ("--junit", "--json", "--save")),  # --html takes a folder
    ],
)
def test_a_report_that_cannot_be_written_is_told_before_anything_is_read(lab, capsys, option, place):
    assert cli.run(["scan", str(lab.estate()), option, str(lab.folder / place)]) == 2
    assert re.search("cannot be written|is a folder", capsys.readouterr().err)
    assert not lab.server.traffic.connections


def test_two_reports_in_one_file_are_refused(lab, capsys):
    same = str(lab.folder / "r")
    assert cli.run(["scan", str(lab.estate()), "--html", same, "--save", same]) == 2
    assert "is named twice" in capsys.readouterr().err


def test_a_device_is_written_to_and_a_link_followed(record_file, tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    before = os.stat("/dev/null")
    done = run("judge", str(record_file), "--json", str(tmp_path / "link.json"), "--html", "/dev/null")
    assert done.returncode == 3, done.stderr
    assert os.stat("/dev/null").st_rdev == before.st_rdev != 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_bytes())["verdict"] == "incomplete"


# ---- a scan


def test_a_dead_host_costs_only_itself(lab, capsys):
    path = lab.estate(address11=address(BLOCK, 77))
    report = lab.folder / "r.json"
    assert cli.run(["scan", str(path), "--json", str(report), "--save", str(lab.folder / "r.hvp")]) in (1, 3)
    found = json.loads(report.read_bytes())
    gaps = {(gap["target"], gap["reason"]) for gap in found["gaps"] if gap["target"] in HOSTS}
    assert gaps == {(HV11, "unreachable")}
    assert {target["name"]: target["answered"] > 0 for target in found["targets"] if target["kind"] == "host"} == {
        HV01: True, HV11: False,
    }  # fmt: skip
    said = " ".join(capsys.readouterr().out.split())  # wrapped where the line ends
    assert "? hv11 unreachable (5986 refused the connection: is WinRM listening there?) costs " in said


def test_why_tells_what_bears_on_a_move(lab, capsys):
    saved = lab.folder / "r.hvp"
    assert cli.run(["collect", str(lab.estate()), "--save", str(saved)]) == 3
    capsys.readouterr()
    assert cli.run(["why", "host", "hv01", "--to", "hv11", "--record", str(saved)]) in (1, 3)
    text = capsys.readouterr().out
    assert text.startswith(f"{HV01} → {HV11}: ")
    lines = re.findall(r"^  ([A-Z_]+) +([A-Z]+-\d\d) ", text, re.MULTILINE)
    order = ["FAIL", "ERROR", "UNKNOWN", "WARN", "PASS", "NOT_APPLICABLE"]
    assert [status for status, _ in lines] == sorted((status for status, _ in lines), key=order.index)
    shown = [check for _, check in lines]
    assert {"HOST-03", "LM-11", "ID-02"} <= set(shown)
    assert cli.run(["why", "vm", "web-01", "--to", "hv11", "--record", str(saved)]) in (1, 3)
    assert " VM-02 " in capsys.readouterr().out
    assert cli.run(["why", "vm", "no-such", "--to", "hv11", "--record", str(saved)]) == 2
    assert 'no planned move of "no-such"' in capsys.readouterr().err


class Reporting:
    """A runner that says when a machine hangs in a pipeline."""

    def __init__(self, lab: Wire) -> None:
        self.lab, self.hanging = lab, threading.Event()

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """Answer two queries, then say so and answer no more."""
        for place, event in enumerate(self.lab.runner.run(request)):
            if request.host == HV11 and place == 2:
                self.hanging.set()
            yield event


def product(*arguments: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """The program as a process that takes signals."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return started([*COMMAND, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def interrupted(pki, folder: Path, options: list[str]) -> tuple[int, str, str] | None:
    """A scan that gets Ctrl-C while a machine hangs in the midst of its answers; nothing if it never came so far."""
    faults = {HV11: [Fault("silent", at="output", nth=(3,))]}
    with wire(BLOCK, pki, folder, faults=faults) as lab:
        reporting = Reporting(lab)
        lab.server.runner = reporting
        with product("scan", str(lab.estate(deadline="35s")), *options) as process:
            if not reporting.hanging.wait(30):
                return None
            process.send_signal(signal.SIGINT)
            said, told = process.communicate(timeout=40)
            return process.returncode, said, told


def test_ctrl_c_still_writes_the_reports(pki, tmp_path):
    reports = {"--json": tmp_path / "r.json", "--junit": tmp_path / "r.xml", "--html": tmp_path / "r.html"}
    options = [
        text for option, path in {**reports, "--save": tmp_path / "r.hvp"}.items() for text in (option, str(path))
    ]
    # the hang is a race of two processes on a busy machine: it gets a second chance to come about, the verdict none
    done = interrupted(pki, tmp_path, options) or interrupted(pki, tmp_path, options)
    assert done, "the machine never came to hang"
    code, said, told = done
    assert code == 130, said + told
    assert "exit 130 (interrupted)" in said
    assert "the reports hold what was read until then" in told
    assert "Traceback" not in told
    found = json.loads(reports["--json"].read_bytes())
    assert (found["verdict"], found["exit_code"]) == ("interrupted", 130)
    assert "interrupted" in {gap["detail"] for gap in found["gaps"] if gap["target"] == HV11}
    assert all(path.stat().st_size for path in reports.values())
    again = run("judge", str(tmp_path / "r.hvp"))
    assert again.returncode == 130


def test_ctrl_c_while_a_password_is_waited_for_ends_the_run_with_its_reports(lab):
    """Secrets are read before anything else is said or done."""
    os.mkfifo(lab.folder / "begun")
    command = f"echo > '{lab.folder / 'begun'}'; exec sleep 55"
    path = lab.estate(sign_in=f'user = "admin"\npassword = {{ command = ["sh", "-c", "{command}"] }}')
    report = lab.folder / "r.json"
    with product("scan", str(path), "--json", str(report)) as process:
        begun = os.open(lab.folder / "begun", os.O_RDONLY | os.O_NONBLOCK)
        assert select.select([begun], [], [], 50)[0]
        os.close(begun)
        process.send_signal(signal.SIGINT)
        said, told = process.communicate(timeout=40)
    assert json.loads(report.read_bytes())["verdict"] == "interrupted"
    assert process.returncode == 130, said + told
    assert "Traceback" not in told
    assert "reading" not in told
    assert not lab.server.traffic.connections


def test_a_prompt_comes_once_and_before_the_progress(lab):
    path = lab.estate(sign_in='user = "admin"\npassword = { prompt = true }')
    text = path.read_text(encoding="utf-8").replace("\n\n[[route]]", "\nsign_in = { port = 5986 }\n\n[[route]]")
    path.write_text(text, encoding="utf-8")
    code, said, told, shown = typed([*COMMAND, "scan", str(path)], 'password of "admin": ', PASSWORD)
    assert code in (1, 3), told
    assert told.count('password of "admin": ') == 1
    assert told.index('password of "admin": ') < told.index("reading: 3 targets")
    assert PASSWORD not in said + told + shown
    assert all(lab.server.traffic.count("Create", name) for name in HOSTS)


def test_a_password_that_is_refused_is_told_in_one_place(lab, capsys):
    path = lab.estate()
    (lab.folder / "password").write_text("Not-the-password")
    assert cli.run(["scan", str(path)]) == 3
    told = " ".join(capsys.readouterr().out.split())
    said = r"\? hv01, hv11 access denied \([^?]*the account is used no further in this run[^?]*\) costs \d+ verdicts"
    assert len(re.findall(said, told)) == 1
    assert sum(lab.server.traffic.connections.values()) <= 2


def test_a_password_that_is_none_asks_nobody(lab, capsys):
    path = lab.estate()
    (lab.folder / "password").write_text("$(HV_PASSWORD)")
    assert cli.run(["scan", str(path)]) == 2
    assert "as a pipeline leaves it" in capsys.readouterr().err
    assert not lab.server.traffic.connections


def test_machines_that_refuse_leave_gaps_alone(tmp_path, capsys):
    path = tmp_path / "estate.toml"
    hosts = "".join(f'[[host]]\nname = "{name}"\naddress = "{address(BLOCK, 78)}"\n' for name in HOSTS)
    sign_in = '[sign_in]\nmethod = "basic"\nuser = "u"\npassword = { command = ["echo", "of-nobody"] }\n'
    text = closed(f'{sign_in}{hosts}[[route]]\nfrom = "{HV01}"\nto = "{HV11}"\n')
    path.write_text(text, encoding="utf-8")
    assert cli.run(["collect", str(path), "--save", str(tmp_path / "x.hvp")]) == 3
    assert re.match(r"no host could be read\n1 answer and \d+ gaps; judge them: ", capsys.readouterr().out)
    saved = json.loads((tmp_path / "x.hvp").read_bytes())
    assert not [answer for answer in saved["answers"] if answer["target"] in HOSTS]
    assert {gap["reason"] for gap in saved["gaps"]} == {"unreachable"}
