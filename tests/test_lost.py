"""One cause, one line: what keeps hosts from answering is told once, at once and at the end, with what to do.

On the wire: real endpoints on loopback, and the sentences as a person meets them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.windows.wsman import Listener, Tls
from lab.windows.wsman.certificates import Certificates, make
from scanner import cli
from tests.wire import HOSTS, HV01, Wire, address, wire

BLOCK = 57


def account(lab: Wire, more: str = "") -> str:
    """The sign-in of the lab, and more of its keys."""
    return f'user = "admin"\npassword = {{ file = "{lab.folder}/password" }}\n{more}'


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("stranger"), HOSTS)


@pytest.fixture
def lab(pki: Certificates, tmp_path: Path) -> Iterator[Wire]:
    """Plain HTTP on 5985 and TLS on 5986, as Windows has them."""
    tls = Tls(pki.server.certificate, pki.server.key, pki.ca)
    places = [address(BLOCK, 1 + number) for number in range(len(HOSTS))]
    listeners = [Listener(place, port, of) for place in places for port, of in ((5985, None), (5986, tls))]
    with wire(BLOCK, pki, tmp_path, listeners=listeners) as running:
        yield running


class Told:
    """What a scan said, and its JSON report."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = path.parent / "r.json"
        self.code = cli.run(["scan", str(path), "--json", str(file)])
        said = capsys.readouterr()
        self.out, self.err = " ".join(said.out.split()), said.err
        self.json: dict[str, Any] = json.loads(file.read_bytes())

    @property
    def of_hosts(self) -> dict[str, Any]:
        """The one cause that hit both hosts."""
        (found,) = (lost for lost in self.json["lost"] if set(lost["targets"]) == set(HOSTS))
        return found


def told_once(told: Told, kind: str, cause: str, advice: str) -> None:
    """The cause and what to do: live, on the terminal and in JSON, each once."""
    assert told.code == 3
    lost = told.of_hosts
    assert lost["kind"] == kind
    assert cause in lost["cause"]
    assert advice in lost["advice"]
    assert lost["verdicts"] > 60
    live = told.err.splitlines()
    (first,) = (line for line in live if cause in line and "costs about" in line)
    assert advice in live[live.index(first) + 1]
    other = next(host for host in HOSTS if not first.startswith(host))
    assert any(line.startswith("the same as ") and other in line for line in live)
    details, _, last = told.out.partition("Not judged, and why:")
    assert details.count(cause) == 1
    assert last.count(cause) == 1, "the last lines, which stay on the screen, name it in short"
    assert f"costs {lost['verdicts']} verdicts do {lost['advice']}" in told.out
    assert "! no host could be read" in told.out
    assert told.json["sentence"].startswith("No host could be read.")


def test_https_where_plain_http_is_spoken(lab, capsys):
    path = lab.estate(sign_in=account(lab, "port = 5985"))
    told = Told(path, capsys)
    told_once(told, "no-tls", "what answers on that port does not speak it", "write port = 5986 under [sign_in]")
    assert "WRONG_VERSION_NUMBER" not in told.out + told.err


def test_http_where_tls_is_spoken(lab, capsys):
    path = lab.estate(
        method="negotiate",
        sign_in=account(lab, 'transport = "http"\nport = 5986'),
    )
    told = Told(path, capsys)
    cause = "the machine takes no plain HTTP on that port: does it speak TLS there?"
    told_once(told, "only-tls", cause, 'write transport = "https" under [sign_in]')


def test_a_certificate_that_nobody_vouches_for(lab, stranger, capsys):
    path = lab.estate(ca=stranger.ca)
    told = Told(path, capsys)
    told_once(told, "not-trusted", "its TLS certificate is not accepted", 'write ca = "corp-ca.pem" under [sign_in]')


def test_a_port_where_nobody_listens(lab, capsys):
    path = lab.estate(sign_in=account(lab, "port = 5987"))
    told_once(Told(path, capsys), "refused", "5987 refused the connection", "winrm enumerate winrm/config/listener")


def test_an_account_that_is_refused_is_named(lab, capsys):
    path = lab.estate()
    (lab.folder / "password").write_text("another-password", encoding="utf-8")
    told = Told(path, capsys)
    kinds = {lost["kind"]: lost for lost in told.json["lost"]}
    assert "look at the account admin: its password, whether it is locked" in kinds["sign-in-refused"]["advice"]


def test_hosts_that_answer_are_not_called_unread(lab, capsys):
    told = Told(lab.estate(), capsys)
    assert "no host could be read" not in (told.out + told.json["sentence"]).lower()
    assert all(HV01 not in lost["targets"] for lost in told.json["lost"])
