"""Who starts moves, and where: every name that can be no account of a domain is told, with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.collect.plan import first_round
from scanner.estate.mistakes import EstateError
from scanner.estate.read import Declared, read
from scanner.judge import judging
from scanner.words.model import TargetKind
from tests.estate.test_mistakes import mistakes
from tests.test_asking import OFFER

HOSTS = """
[[host]]
name = "hv01.corp.example"
[[host]]
name = "hv02.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
"""
ADMIN = "admin01.mgmt.example"


def declared(folder: Path, text: str) -> Declared:
    path = folder / "estate.toml"
    path.write_text(HOSTS + text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    "account",
    [
        "CORP\\\\ops",
        "corp.example\\\\ops",
        "ops@corp.example",
        "Müller, Jürgen@corp.example".replace(", ", "."),
        "CORP\\\\Jürgen Müller (Ops)",
        "ops@elsewhere",
        "S-1-5-21-1-2-3-1601",
    ],
)
def test_an_account(tmp_path, account):
    assert declared(tmp_path, f'[operator]\naccount = "{account}"\n').estate.operators == (
        account.replace("\\\\", "\\"),
    )


@pytest.mark.parametrize(
    ("account", "why"),
    [
        ("", "names nobody"),
        ("  ", "names nobody"),
        ("ops", "does not say of which domain it is"),
        ("CORP\\\\HV01$", "is a computer's account"),
        ("hv01$@corp.example", "is a computer's account"),
        ("hv01\\\\Administrator", "is known to one machine alone"),
        (".\\\\ops", "is known to one machine alone"),
        ("BUILTIN\\\\Administrators", "is known to one machine alone"),
        ("NT AUTHORITY\\\\SYSTEM", "is known to one machine alone"),
        ("S-1-5-32-544", "is the SID of no account in a domain"),
        ("CORP\\\\", "is no account's name"),
        ("\\\\ops", "is no account's name"),
        ("@corp.example", "is no account's name"),
        ("CORP\\\\a\\\\b", "is no account's name"),
        ("CORP\\\\a*", "is no account's name"),
        ("a;b@corp.example", "is no account's name"),
        ("ops@corp example", "names a domain that cannot be one"),
        ("CÖRP\\\\ops", "names a domain that cannot be one"),
    ],
)
def test_what_is_no_account_of_a_domain(tmp_path, account, why):
    if account:
        (text,) = mistakes(tmp_path, HOSTS + f'[operator]\naccount = ["CORP\\\\x", "{account}"]\n').values()
        assert why in text
    found = mistakes(tmp_path, HOSTS + f'[operator]\naccount = "{account}"\n')
    assert set(found) == {"operator.account"}


def test_one_account_is_one_however_it_is_spelt(tmp_path):
    text = '[operator]\naccount = ["CORP\\\\ops", "corp\\\\OPS", "b@x.example"]\n'
    assert declared(tmp_path, text).estate.operators == ("CORP\\ops", "b@x.example")


@pytest.mark.parametrize("name", ["10.0.0.1", "a b", "admin01.corp.example/x", "admïn"])
def test_what_is_no_machine(tmp_path, name):
    found = mistakes(tmp_path, HOSTS + f'[live_migration]\nstarted_from = "{name}"\n')
    assert set(found) == {"live_migration.started_from"}
    assert "admin01.corp.example" in found["live_migration.started_from"]


def test_the_machine_is_read_and_asked_little(tmp_path):
    made = declared(tmp_path, f'[live_migration]\nstarted_from = "{ADMIN.upper()}"\n')
    estate = made.estate
    assert estate.machines[-1] == estate.started_from == ADMIN
    assert "mgmt.example" in estate.declared_domains
    checks = judging.enabled(OFFER.checks, estate.profiles)
    (want,) = (want for want in first_round(checks, estate) if want.target == ADMIN)
    assert want.kind is TargetKind.MANAGEMENT
    assert [fact.__name__ for fact in want.facts] == ["HyperVModule"]


def test_a_host_is_a_host(tmp_path):
    estate = declared(tmp_path, '[live_migration]\nstarted_from = "hv02.corp.example"\n').estate
    checks = judging.enabled(OFFER.checks, estate.profiles)
    (want,) = (want for want in first_round(checks, estate) if want.target == "hv02.corp.example")
    assert want.kind is TargetKind.HOST
    assert len(estate.machines) == 2


def test_its_sign_in_is_the_general_one(tmp_path):
    ways = "".join(
        f'[[host]]\nname = "hv0{n}.corp.example"\nsign_in = {{ method = "kerberos", transport = "http" }}\n'
        for n in (1, 2)
    )
    wrong = '[sign_in]\nmethod = "basic"\n' + ways + HOSTS[HOSTS.index("[[route]]") :]
    path = tmp_path / "estate.toml"
    path.write_text(wrong, encoding="utf-8")
    read(path)  # nobody uses it
    path.write_text(wrong + f'[live_migration]\nstarted_from = "{ADMIN}"\n', encoding="utf-8")
    with pytest.raises(EstateError, match=r"sign_in\.method"):
        read(path)
