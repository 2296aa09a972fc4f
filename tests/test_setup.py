"""What this machine lacks to sign in ends a run before anybody is asked: exit 2, in words, with what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner import cli
from scanner.collect.transport.kerberos import ticket
from scanner.collect.transport.psrp.kinds import kind_of
from scanner.collect.transport.psrp.refusals import lacking
from scanner.commands import setup
from scanner.words.trouble import Kind

ESTATE = """
[sign_in]
SIGN_IN
[[host]]
name = "hv01.corp.example"
address = "127.0.0.1"
[[host]]
name = "hv02.corp.example"
address = "127.0.0.1"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
[directory]
method = "simple"
user = "u"
password = { env = "HV_GOOD" }
[names]
servers = ["127.0.0.1"]
"""
HEAD = "nobody was asked anything, since this machine cannot sign in:"
PASSWORD = 'user = "u"\npassword = { env = "HV_GOOD" }\n'


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HV_GOOD", "a-long-enough-password")
    setup.no_ticket.cache_clear()
    yield
    setup.no_ticket.cache_clear()


def told(folder: Path, capsys: pytest.CaptureFixture[str], sign_in: str, command: str = "scan") -> list[str]:
    """What a run says that ends before anybody is asked."""
    path = folder / "estate.toml"
    path.write_text(ESTATE.replace("SIGN_IN", sign_in), encoding="utf-8")
    more = ["--save", str(folder / "r.hvp")] if command == "collect" else []
    assert cli.run([command, str(path), *more]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    head, *lines, end = said.err.splitlines()
    assert (head, end) == (HEAD, "exit 2")
    assert not (folder / "r.hvp").exists()
    return [line.strip() for line in lines]


@pytest.mark.parametrize("command", ["scan", "collect"])
def test_no_ticket(tmp_path, capsys, monkeypatch, command):
    monkeypatch.setattr(ticket, "lacking", lambda: (Kind.NO_TICKET, ticket.NO_TICKET))
    why, todo = told(tmp_path, capsys, 'method = "kerberos"', command)
    assert why == "there is no Kerberos ticket; run kinit first; without it no answer comes from 2 targets"
    assert todo.startswith("do: get one here: kinit svc-preflight@CORP.EXAMPLE")


def test_no_gssapi_for_the_default_method(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "gssapi", None)
    why, todo = told(tmp_path, capsys, "")
    assert why == "the library gssapi is not installed; without it no answer comes from 2 targets"
    assert "pipx install --force '.[kerberos]'" in todo


def test_no_credssp(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(setup, "find_spec", lambda _name: None)
    why, todo = told(tmp_path, capsys, f'method = "credssp"\n{PASSWORD}')
    assert why.startswith("the library requests-credssp is not installed")
    assert ".[credssp]" in todo


@pytest.mark.parametrize(
    "content", ["", "no certificate\n", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"]
)
def test_a_file_of_authorities_that_holds_none(tmp_path, capsys, content):
    (tmp_path / "corp-ca.pem").write_text(content, encoding="utf-8")
    why, todo = told(tmp_path, capsys, f'method = "basic"\nca = "corp-ca.pem"\n{PASSWORD}')
    assert why.startswith(
        f"the file of certification authorities {tmp_path / 'corp-ca.pem'} cannot be used: it holds no"
    )
    assert "openssl x509 -inform der" in todo
    assert "_ssl.c" not in why
    assert "NO_CERTIFICATE_OR_CRL_FOUND" not in why


def test_a_certificate_and_key_that_are_none(tmp_path, capsys):
    for name in ("own.pem", "own.key"):
        (tmp_path / name).write_text("nothing", encoding="utf-8")
    (tmp_path / "own.key").chmod(0o600)
    sign_in = 'method = "certificate"\ncertificate = "own.pem"\ncertificate_key = "own.key"'
    why, _ = told(tmp_path, capsys, sign_in)
    assert why.startswith(f"the certificate {tmp_path / 'own.pem'} or its key cannot be used: it holds no certificate")


def test_the_fault_of_one_host_alone_ends_the_run_as_well(tmp_path, capsys):
    path = tmp_path / "estate.toml"
    text = ESTATE.replace("SIGN_IN", f'method = "basic"\n{PASSWORD}')
    one = '[[host]]\nname = "hv03.corp.example"\nsign_in = { password = { env = "HV_MISSING" } }\n'
    path.write_text(text + one + '[[route]]\nfrom = "hv03.corp.example"\nto = "hv01.corp.example"\n', encoding="utf-8")
    assert cli.run(["scan", str(path)]) == 2
    assert "host[3].sign_in.password.env: the environment variable it names" in capsys.readouterr().err


def test_all_of_it_is_told_at_once(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(ticket, "lacking", lambda: (Kind.NO_TICKET, ticket.NO_TICKET))
    monkeypatch.delenv("HV_GOOD")
    lines = told(tmp_path, capsys, 'method = "kerberos"')
    assert [line.partition(";")[0] for line in lines[::2]] == [
        "there is no Kerberos ticket",
        "directory.password.env: the environment variable it names is not set or empty",
    ]


def test_init_asks_no_domain_without_a_ticket(capsys, monkeypatch):
    monkeypatch.setattr(ticket, "lacking", lambda: (Kind.NO_TICKET, ticket.OLD_TICKET))
    assert cli.run(["init", "--domain", "corp.example"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{HEAD}\n  the Kerberos ticket has expired; run kinit; without it")


def test_a_library_that_only_a_session_misses_is_named_as_people_know_it():
    """What pyspnego says of it names a class of its own."""
    error = ImportError("GSSAPIProxy requires the Python gssapi library: No module named 'gssapi'")
    assert lacking(error).startswith("the library gssapi is not installed; install hv-preflight with its extra")
    assert kind_of(error) == Kind.NO_LIBRARY
