"""What ``init`` writes from a hostile directory holds host names and nothing else, and no password goes astray."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.windows.wsman.certificates import Certificates, make
from scanner import cli
from scanner.estate import template
from scanner.estate.read import read
from scanner.estate.writing import TomlError
from scanner.words.names import valid_host_name
from tests.transport.ldap_domain import Directory, listening
from tests.wire import address

BLOCK = 98
DC, DOMAIN, PASSWORD = "dc.corp.example", "corp.example", "Long-enough-1!"
ATTACK = """x.example",
]
[[host]]
name = "evil.example"
[host.sign_in]
method = "basic"
user = "x"
password = { command = ["/bin/sh", "-c", "touch owned"] }
[[group]]
name = "y"
hosts = [
    "z.example"""
GOOD = ["HV01.corp.example.", "hv02.corp.example", "xn--bro-hoa.corp.example"]
BAD = [ATTACK, "a b.example", "b\u00fcro.example", "x\x1b[31m.example", "##vso[task.complete]", "10.0.0.1", "fe80::1",
       "-x.example", "x" * 64 + ".example", ".".join(["abcdefgh"] * 40), "a..b", "$(touch owned)", "\u202egnp.example",
       "\u212a.example"]  # fmt: skip
ACCESS = """
[directory]
method = "simple"
user = "svc"
password = {{ env = "HV_INIT" }}
ca = "{ca}"
controllers = {{ "corp.example" = ["dc.corp.example"], "evil.example" = ["dc.evil.example"] }}
addresses = {{ "dc.corp.example" = "{dc}", "dc.evil.example" = "{evil}" }}
[[host]]
name = "a.example"
[[host]]
name = "b.example"
[[route]]
from = "a.example"
to = "b.example"
"""
Run = Callable[[Directory], tuple[int, str, str, Directory]]


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), [DC, "dc.evil.example"])


@pytest.fixture
def init(pki: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Run:
    monkeypatch.setenv("HV_INIT", PASSWORD)
    access, evil = tmp_path / "access.toml", Directory()
    places = {"dc": address(BLOCK, 1), "evil": address(BLOCK, 2)}
    access.write_text(ACCESS.format(ca=pki.ca, **places), encoding="utf-8")

    def run(directory: Directory) -> tuple[int, str, str, Directory]:
        with listening(places["dc"], pki.server, directory), listening(places["evil"], pki.server, evil):
            code = cli.run(["init", "--domain", DOMAIN, "--access", str(access)])
        return code, *capsys.readouterr(), evil

    return run


def test_only_host_names_are_written(init: Run, tmp_path: Path) -> None:
    code, out, err, _ = init(Directory([*BAD, *GOOD]))
    assert code == 0
    written = tomllib.loads(out)
    assert written["group"] == [
        {"name": DOMAIN, "hosts": ["hv01.corp.example", "hv02.corp.example", "xn--bro-hoa.corp.example"]}
    ]
    assert written["directory"] == {"domains": [DOMAIN]}
    assert written["sign_in"] == {"method": "kerberos", "transport": "https"}
    assert written["name"] == DOMAIN
    assert set(written) == {"name", "profiles", "sign_in", "directory", "networks", "group", "route", "limits"}
    path = tmp_path / "estate.toml"
    path.write_text(out, encoding="utf-8")
    assert len(read(path).estate.hosts) == 3
    assert "which is no host name: left out" in err
    assert f"{len(BAD) - 5} more computers without a host name" in err
    assert all(char.isprintable() or char == "\n" for char in err)
    assert "##vso[" not in err


@pytest.mark.parametrize("verify", [True, False])
def test_what_init_found_says_so(init: Run, tmp_path: Path, verify: bool) -> None:
    """Whoever stood on the way may have named the hosts."""
    path = tmp_path / "access.toml"
    lines = path.read_text(encoding="utf-8")
    path.write_text(lines.replace('user = "svc"', f'user = "svc"\nverify = {str(verify).lower()}'), encoding="utf-8")
    code, _, err, _ = init(Directory(GOOD))
    assert code == 0
    words = "certificates were NOT verified (verify = false), so anybody may have answered for corp.example"
    assert (words in err) is not verify


def test_no_password_goes_to_a_domain_that_only_a_directory_names(init: Run) -> None:
    directory = Directory(GOOD, ["evil.example", 'x"]\n[[host]]'])
    code, out, err, evil = init(directory)
    assert code == 0
    assert any(PASSWORD.encode() in request for request in directory.bound)
    assert not evil.bound
    assert "evil.example" not in out
    assert "--domain evil.example" in err
    assert "which is no domain's name: left out" in err


def test_a_domain_without_one_good_name_is_told(init: Run) -> None:
    code, out, err, _ = init(Directory(BAD[:2]))
    assert (code, out) == (3, "")
    assert "no computer of corp.example has registered" in err


def test_a_domain_that_cannot_be_read_is_no_wrong_call(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "access.toml"
    path.write_text(
        "profiles = ['asr-vmm']\n[[vmm]]\nname = 'v'\n[names]\nservers = ['127.0.0.1']\nlifetime = '500ms'\n"
        "[directory]\nmethod = 'simple'\nuser = 'u'\npassword = { command = ['echo', 'of-nobody'] }\n",
        encoding="utf-8",
    )
    assert cli.run(["init", "--domain", DOMAIN, "--access", str(path)]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{DOMAIN} cannot be read: ")
    assert told.err.endswith("\nexit 3\n")


@pytest.mark.parametrize("name", ["x y", 'x"', "corp.example/x", "10.0.0.1", ""])
def test_what_is_no_domain_is_not_asked(name: str, capsys: Any) -> None:
    assert cli.run(["init", "--domain", name]) == 2
    assert "is no domain's name" in capsys.readouterr().err


ANY = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(
    [ATTACK, "", '"', "\\", "'''", '"""']
)


@given(st.dictionaries(ANY, st.lists(ANY, max_size=4), min_size=1, max_size=4), st.lists(ANY, min_size=1, max_size=4))
def test_what_is_written_is_what_was_meant(groups: dict[str, list[str]], domains: list[str]) -> None:
    """Values of every kind, not only names: the writer of the format holds by itself."""
    try:
        text = template.text(groups, domains)
    except TomlError:
        texts = [*groups, *domains, *(host for hosts in groups.values() for host in hosts)]
        assert any("\ud800" <= char <= "\udfff" for text in texts for char in text), "only what UTF-8 has not"
        return
    written, plain = tomllib.loads(text), tomllib.loads(template.text())
    assert written.pop("group") == [{"name": name, "hosts": hosts} for name, hosts in groups.items()]
    assert written.pop("directory") == {"domains": domains}
    routes = written.pop("route", [])
    ends = [(one, other) for one in groups for other in groups]
    assert all((route["from"], route["to"]) in ends and set(route) == set(plain["route"][0]) for route in routes)
    assert written == {key: plain[key] for key in ("profiles", "sign_in", "networks", "limits")}


@given(ANY)
def test_a_host_name_is_nothing_else(text: str) -> None:
    name = valid_host_name(text)
    assert not name or (name.isascii() and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_."))
    assert valid_host_name(name) == name
