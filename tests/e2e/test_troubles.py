"""What keeps hosts from answering, on the real wire: the words and the advice that a person meets, with Kerberos."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lab import practice
from lab.windows.wsman.certificates import make
from tests.e2e.two_hosts import HOSTS, SIGN_IN, plan

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]


class Scan:
    """What a scan of two hosts says whose sign-in is another one."""

    def __init__(self, estate: practice.Estate, sign_in: str, **environment: str) -> None:
        file = estate.file.with_name("trouble.toml")
        file.write_text(plan(estate, sign_in), encoding="utf-8")
        report = file.with_suffix(".json")
        report.unlink(missing_ok=True)
        command = estate.scanner(sys.executable, "-m", "scanner", "scan", str(file), "--json", str(report))
        done = subprocess.run(
            command, env=estate.environment | environment, capture_output=True, text=True, timeout=300, check=False
        )
        self.code, self.err, self.out = done.returncode, done.stderr, " ".join(done.stdout.split())
        self.report: dict[str, Any] = json.loads(report.read_bytes()) if report.exists() else {}

    def lost(self) -> dict[str, Any]:
        """The one cause that hit both hosts, told live once with what to do."""
        assert self.code == 3, self.err
        (lost,) = (lost for lost in self.report["lost"] if set(lost["targets"]) == set(HOSTS))
        assert self.err.count("costs about") == 2, "the first with what to do, the other beside it"
        assert self.err.count("do: ") == 1
        assert f"costs {lost['verdicts']} verdicts do {lost['advice']}" in self.out
        assert "no host could be read" in self.out
        assert self.report["sentence"].startswith("No host could be read.")
        return lost


def test_https_on_5985(estate):
    scan = Scan(estate, SIGN_IN + "port = 5985\n")
    lost = scan.lost()
    assert lost["kind"] == "no-tls"
    assert lost["advice"].startswith("write port = 5986 under [sign_in]")
    assert "WRONG_VERSION" not in scan.out + scan.err


def test_http_on_5986(estate):
    lost = Scan(estate, SIGN_IN.replace("https", "http") + "port = 5986\n").lost()
    assert lost["kind"] == "only-tls"
    assert lost["advice"].startswith('write transport = "https" under [sign_in]')


def test_a_certificate_that_nobody_vouches_for(estate, tmp_path):
    stranger = make(tmp_path, HOSTS)
    lost = Scan(estate, SIGN_IN.replace("ca.pem", str(stranger.ca))).lost()
    assert lost["kind"] == "not-trusted"
    assert lost["advice"].startswith('write ca = "corp-ca.pem" under [sign_in]')


@pytest.mark.parametrize("cache", ["none", "expired"])
def test_without_a_ticket_nobody_is_asked(estate, tmp_path, cache):
    tickets = f"FILE:{tmp_path / 'tickets'}"
    if cache == "expired":
        _expired(estate, tickets)
    scan = Scan(estate, SIGN_IN, KRB5CCNAME=tickets)
    assert (scan.code, scan.out, scan.report) == (2, "", {})
    head, why, todo, end = scan.err.splitlines()
    assert head == "nobody was asked anything, since this machine cannot sign in:"
    said = "the Kerberos ticket has expired" if cache == "expired" else "there is no Kerberos ticket"
    assert why.strip().startswith(said)
    assert why.endswith("; without it no answer comes from 4 targets"), "two hosts, two domains"
    assert todo.strip().startswith("do: get one here: kinit svc-preflight@CORP.EXAMPLE")
    assert end == "exit 2"


def _expired(estate: practice.Estate, tickets: str) -> None:
    user = f"{estate.lab.user}@CORP.EXAMPLE"
    keytab = estate.lab.keytab(user.lower())
    command = estate.scanner("sh", "-c", f"kinit -l 1s -k -t {keytab} {user} && sleep 3")
    environment = estate.environment | {"KRB5CCNAME": tickets}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)


def test_a_file_without_a_certificate_asks_nobody(estate, tmp_path):
    (tmp_path / "corp-ca.pem").write_text("no certificate", encoding="utf-8")
    scan = Scan(estate, SIGN_IN.replace("ca.pem", str(tmp_path / "corp-ca.pem")))
    assert (scan.code, scan.out, scan.report) == (2, "", {})
    assert "it holds no certificate or key in PEM form; without it no answer comes from 2 targets" in scan.err
    assert "openssl x509 -inform der" in scan.err
    assert "_ssl.c" not in scan.err
    assert Path(tmp_path / "corp-ca.pem").name in scan.err
