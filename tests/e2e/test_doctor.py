"""What doctor says on the real wire: of an estate that is well, and of ways that are not, each cause by its name."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import Any

import pytest

from lab import directory, practice
from lab.windows.wsman.certificates import make
from tests.e2e.two_hosts import HOSTS, HV01, HV02, SIGN_IN, plan

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]


class Doctor:
    """What doctor says of the estate, or of two hosts of it whose sign-in is another one."""

    def __init__(self, estate: practice.Estate, sign_in: str = "", **environment: str) -> None:
        file = estate.file
        if sign_in:
            file = file.with_name("doctor.toml")
            file.write_text(plan(estate, sign_in, more='[limits]\nconnect_timeout = "3s"\n'), encoding="utf-8")
        report = file.with_suffix(".json")
        report.unlink(missing_ok=True)
        command = estate.scanner(sys.executable, "-m", "scanner", "doctor", str(file), "--json", str(report))
        done = subprocess.run(
            command, env=estate.environment | environment, capture_output=True, text=True, timeout=300, check=False
        )
        self.out = done.stdout
        self.report: dict[str, Any] = json.loads(report.read_bytes())
        assert done.returncode == self.report["exit"], done.stderr
        self.code = done.returncode

    def line(self, label: str) -> str:
        (found,) = (line for line in self.out.splitlines() if line.split(" ")[0] == label)
        return found.removeprefix(label).strip()

    def steps(self, subject: str) -> dict[str, dict[str, Any]]:
        (row,) = (row for row in self.report["rows"] if row["subject"] == subject)
        return {step["step"]: step for step in row["steps"]}

    def wrong(self, subject: str) -> tuple[str, str, list[str]]:
        """The one step that went wrong: its name, the kind of trouble; and the names of those that went well."""
        steps = self.steps(subject).values()
        (wrong,) = (step for step in steps if step["state"] == "wrong")
        return wrong["step"], wrong["kind"], [step["step"] for step in steps if step["state"] == "ok"]


def test_an_estate_that_is_well(estate):
    doctor = Doctor(estate)
    assert doctor.code == 0, doctor.out
    assert "svc-preflight@CORP.EXAMPLE, " in doctor.line("ticket")
    assert doctor.line("ticket").endswith(" left")
    reached = "name ok · 5986 ok · certificate ok · signed in"
    assert doctor.line("hv01").startswith(f"{reached} · clock ok · rights ok · ")
    assert " queries in " in doctor.line("hv01")
    assert doctor.line("admin01").startswith(reached)
    assert doctor.line("corp.example").startswith("2 controllers by DNS · signed in · clock ok · rights ok")
    assert doctor.out.splitlines()[-1] == "a scan can begin"
    assert "→" not in doctor.out


def test_https_on_5985(estate):
    doctor = Doctor(estate, SIGN_IN + "port = 5985\n")
    assert doctor.code == 3
    for host in HOSTS:
        assert doctor.wrong(host) == ("certificate", "no-tls", ["name", "port"])
    assert doctor.out.count("→ write port = 5986 under [sign_in]") == 1
    assert "→ as for hv01" in doctor.out


def test_a_certificate_that_nobody_vouches_for(estate, tmp_path):
    stranger = make(tmp_path, HOSTS)
    doctor = Doctor(estate, SIGN_IN.replace("ca.pem", str(stranger.ca)))
    assert doctor.wrong(HV01) == ("certificate", "not-trusted", ["name", "port"])
    assert doctor.out.count('→ write ca = "corp-ca.pem" under [sign_in]') == 1
    assert doctor.steps("corp.example")["sign-in"]["state"] == "ok"


def test_without_a_ticket_the_way_is_looked_at_all_the_same(estate, tmp_path):
    doctor = Doctor(estate, SIGN_IN, KRB5CCNAME=f"FILE:{tmp_path / 'none'}")
    assert doctor.code == 3
    assert doctor.steps("ticket")["ticket"]["kind"] == "no-ticket"
    assert doctor.out.count("→ get one here: kinit") == 1
    for host in HOSTS:
        steps = doctor.steps(host)
        assert [steps[name]["state"] for name in ("name", "port", "certificate")] == ["ok"] * 3
        assert steps["sign-in"]["state"] == "not tried"
    assert doctor.steps("corp.example")["sign-in"]["state"] == "not tried"


@pytest.mark.parametrize(
    ("action", "step", "kind"),
    [("drop", "port", "dropped"), ("reject", "port", "refused"), ("stop", "certificate", "silent")],
)
def test_a_host_that_does_not_answer_costs_only_itself(estate, action, step, kind):
    process = estate.processes["hv02"]
    try:
        process.send_signal(signal.SIGSTOP) if action == "stop" else directory.machine(action, "hv02", "5986")
        doctor = Doctor(estate, SIGN_IN)
    finally:
        process.send_signal(signal.SIGCONT) if action == "stop" else directory.machine("undrop", "hv02")
    assert doctor.code == 3
    assert doctor.wrong(HV02) == (step, kind, ["name"] if step == "port" else ["name", "port"])
    assert {step["state"] for step in doctor.steps(HV01).values()} == {"ok"}, doctor.out


def test_a_right_that_is_missing_is_named_with_what_would_be_missing_by_it(estate):
    (machine,) = (machine for machine in estate.machines if machine.name == "hv02")
    before = machine.path.read_text(encoding="utf-8")
    assert "[faults]" not in before
    machine.path.write_text(before + '\n[faults]\ndenied = ["root\\\\virtualization\\\\v2"]\n', encoding="utf-8")
    try:
        estate.reload(machine)
        doctor = Doctor(estate, SIGN_IN)
    finally:
        machine.path.write_text(before, encoding="utf-8")
        estate.reload(machine)
    rights = doctor.steps(HV02)["rights"]
    assert (doctor.code, rights["state"], rights["kind"]) == (3, "wrong", "no-rights")
    assert "MigrationSettings" in rights["facts"]
    assert "needs an administrator of the machine" in rights["text"]
    assert doctor.steps(HV02)["sign-in"]["state"] == "ok"
    assert doctor.steps(HV01)["rights"]["state"] == "ok", doctor.out
