"""Fifty machines, a directory and one password, under a real lockout policy: what the controllers count.

The machines hand passwords on to a controller, as members of a domain do. The user is the tests' own.
"""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import ldap3
import pytest
import spnego

from lab import directory
from lab.directory import Lab, namespace
from lab.windows.wsman import WsmanServer
from scanner.api import Estate, Evidence
from scanner.collect import rounds
from scanner.collect.directory import COLLECTOR as DIRECTORY
from scanner.collect.transport.kerberos.password import prove
from scanner.collect.windows import COLLECTOR as WINDOWS
from scanner.estate.access import Access, Limits, Names
from scanner.estate.logons import Logons
from scanner.estate.turns import Word
from scanner.facts.directory import DomainInfo
from scanner.words.model import Gap, GapReason
from tests.collectors.conftest import reads_machine_and_domain
from tests.collectors.test_lockout import NAMES, NO_KERBEROS, NOBODY, REFUSES, access, odd, pki, read, secret, serve
from tests.transport.kerberos_peer import PROOF, serving

__all__ = ["pki", "serve"]
pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]
CORP, NAME, PASSWORD = "corp.example", "svc-lockout", directory.settings().user_password
CONTROLLERS = ("dc1", "dc2")
USER = f"{NAME}@{CORP}"
THRESHOLD = 5


def on(controller: str, *command: str) -> str:
    done = subprocess.run(
        [str(directory.HERE / "in.sh"), controller, *command], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def policed() -> Iterator[Lab]:
    """A domain that locks an account after five refused logons; the controllers of the lab do not tell each other."""
    if reason := directory.available():
        pytest.skip(reason)
    lab = directory.up()
    setting = ("samba-tool", "domain", "passwordsettings", "set")
    with ExitStack() as undo:
        for controller in CONTROLLERS:
            undo.callback(on, controller, *setting, "--account-lockout-threshold=0")
            on(controller, *setting, f"--account-lockout-threshold={THRESHOLD}")
        yield lab


@pytest.fixture
def lab(policed: Lab, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """The test in the scanner's network, and its user unlocked before and after."""
    with ExitStack() as undo:
        for controller in CONTROLLERS:
            undo.callback(on, controller, "samba-tool", "user", "unlock", NAME)
            on(controller, "samba-tool", "user", "unlock", NAME)
        assert (counted(), counted("lockoutTime")) == (0, 0)
        monkeypatch.setenv("KRB5_CONFIG", str(policed.krb5_conf))
        undo.enter_context(namespace.entered("scanner"))
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True, timeout=10)
        yield policed


def counted(attribute: str = "badPwdCount") -> int:
    """By both controllers together."""
    found = 0
    for controller in CONTROLLERS:
        text = on(
            controller, "ldbsearch", "-H", "/var/lib/samba/private/sam.ldb", f"(sAMAccountName={NAME})", attribute
        )
        assert f"CN={NAME}" in text
        found += sum(int(line.split(":")[1]) for line in text.splitlines() if line.startswith(f"{attribute}:"))
    return found


@pytest.fixture
def handed_on(lab: Lab, serve: Callable[..., WsmanServer]) -> Callable[..., WsmanServer]:
    """Machines that ask dc1 about each password."""

    taken: set[tuple[str, str]] = set()

    def judge(user: str, password: str) -> bool:
        if (user, password) not in taken:  # who signed in, signs in with every request of basic
            server = ldap3.Server(lab.controllers["dc1"].address, 636, use_ssl=True, get_info=ldap3.NONE)
            connection = ldap3.Connection(server, user, password, receive_timeout=20)
            if connection.bind():
                taken.add((user, password))
            connection.unbind()
        return (user, password) in taken

    return lambda *left_out, **settings: serve(*left_out, **({"judge": judge} | settings))


def way(lab: Lab, folder: Path, pki: Any, password: str, method: str = "basic", user: str = USER) -> Access:
    source = secret(folder, password)
    made = access(pki, source, method, user)
    directory_way = replace(
        made.directory,
        method="simple", user=USER, password=source, ca=str(lab.ca), controllers={}, addresses={},
        logons=Logons((CORP,)),
    )  # fmt: skip
    limits = Limits(connect_timeout=5, host_deadline=60, concurrency=32)
    return replace(made, directory=directory_way, names=Names(servers=(lab.resolver,)), limits=limits)


def collect(how: Access, names: tuple[str, ...] = NAMES) -> Evidence:
    estate = Estate(hosts=names, domains=(CORP,))
    return rounds.collect((reads_machine_and_domain,), (WINDOWS, DIRECTORY), estate, how)


def unreachable(how: Access) -> Access:
    """No controller can be asked."""
    dead = replace(how.directory, controllers={CORP: ("dead.corp.example",)}, addresses={"dead.corp.example": NOBODY})
    return replace(how, directory=dead)


@pytest.fixture
def no_kerberos(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "krb5.conf").write_text(NO_KERBEROS)
    monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "krb5.conf"))


@pytest.mark.parametrize("method", ["basic", "negotiate", "credssp"])
def test_a_wrong_password_costs_one_refused_logon(
    lab: Lab, handed_on: Any, pki: Any, tmp_path: Path, method: str
) -> None:
    server = handed_on()
    evidence = collect(way(lab, tmp_path, pki, "Wr0ng.Lab-Pass", method))
    assert counted() == 1
    assert counted("lockoutTime") == 0
    assert server.traffic.refused() == 0
    assert not server.traffic.connections
    ((reason, detail),) = {(gap.reason, gap.detail) for gap in evidence.gaps()}
    assert reason is GapReason.ACCESS_DENIED
    assert detail == (
        f"the Kerberos server of CORP.EXAMPLE refused the sign-in of {NAME}@CORP.EXAMPLE: wrong password; "
        "the account is used no further in this run"
    )


@pytest.mark.parametrize("user", [USER, f"CORP\\{NAME}", f"CN={NAME},OU=Lab Users,DC=corp,DC=example"])
def test_a_controller_is_asked_over_ldap_where_kerberos_is_not_to_be_had(
    lab: Lab, no_kerberos: None, handed_on: Any, pki: Any, tmp_path: Path, user: str
) -> None:
    handed_on()
    how = way(lab, tmp_path, pki, "Wr0ng.Lab-Pass", user=user)
    evidence = collect(replace(how, directory=replace(how.directory, user=user)))
    assert counted() == 1
    ((_, detail),) = {(gap.reason, gap.detail) for gap in evidence.gaps()}
    assert detail.startswith("dc1.corp.example refused the sign-in: wrong user or password; ")
    how = way(lab, tmp_path, pki, PASSWORD, user=user)
    assert read(collect(replace(how, directory=replace(how.directory, user=user)))) == set(NAMES)
    assert counted() == 0  # a good logon sets it back


@pytest.mark.parametrize("kind", ["objectSid", "canonicalName"])
def test_a_name_of_another_kind_for_the_directory_costs_no_second_refused_logon(
    lab: Lab, no_kerberos: None, handed_on: Any, pki: Any, tmp_path: Path, kind: str
) -> None:
    handed_on()
    text = on("dc1", "ldbsearch", "-H", "/var/lib/samba/private/sam.ldb", f"(sAMAccountName={NAME})", kind)
    user = next(line.partition(": ")[2] for line in text.splitlines() if line.startswith(f"{kind}: "))
    how = way(lab, tmp_path, pki, "Wr0ng.Lab-Pass", user=f"CORP\\{NAME}")
    collect(replace(how, directory=replace(how.directory, user=user)))
    assert counted() == 1


@pytest.fixture
def far_away(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """A Kerberos server behind dc1 that hands on all, and its answer to a proof late; gives the proofs."""
    proofs: list[bytes] = []
    twice = threading.Event()
    controller = lab.controllers["dc1"].address

    def answer(question: bytes) -> bytes:
        proof = PROOF in question
        if proof:
            proofs.append(question)
            if len(proofs) > 1:
                twice.set()
        with socket.create_connection((controller, 88), timeout=20) as sock:
            sock.sendall(len(question).to_bytes(4, "big") + question)
            size = int.from_bytes(sock.recv(4, socket.MSG_WAITALL), "big")
            said = sock.recv(size, socket.MSG_WAITALL)
        if proof:
            twice.wait(2)
        return said

    with serving(answer, "127.0.0.77") as port:
        realm = f"[realms]\n{CORP.upper()} = {{\n  kdc = 127.0.0.77:{port}\n}}\n"
        (tmp_path / "far.conf").write_text(NO_KERBEROS + realm)
        monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "far.conf"))
        yield proofs
        twice.set()


def test_a_kerberos_server_that_answers_late_counts_one_refused_logon(
    lab: Lab, far_away: list[bytes], handed_on: Any, pki: Any, tmp_path: Path
) -> None:
    server = handed_on()
    collect(way(lab, tmp_path, pki, "Wr0ng.Lab-Pass"))
    assert len(far_away) == 1
    assert counted() == 1
    assert server.traffic.refused() == 0


@pytest.mark.parametrize("name", [NAME, NAME.upper(), "Svc-Lockout"])
def test_a_name_in_other_case_has_a_word_of_kerberos_and_a_ticket(lab: Lab, name: str) -> None:
    principal = f"{name}@{CORP.upper()}"
    assert prove(principal, PASSWORD, 30, pytest.fail).word is Word.TAKEN
    assert prove(principal, "Wr0ng.Lab-Pass", 30, pytest.fail).word is Word.REFUSED
    assert counted() == 1
    made = spnego.client(principal, PASSWORD, hostname=f"dc1.{CORP}", service="ldap", protocol="kerberos")
    assert made.step()


def test_without_a_controller_one_machine_is_asked(
    lab: Lab, no_kerberos: None, handed_on: Any, pki: Any, tmp_path: Path
) -> None:
    server = handed_on()
    collect(unreachable(way(lab, tmp_path, pki, "Wr0ng.Lab-Pass")))
    assert (counted(), server.traffic.refused()) == (1, 1)


def test_a_machine_that_refuses_all_blinds_nobody(lab: Lab, handed_on: Any, pki: Any, tmp_path: Path) -> None:
    hostile, *good = NAMES[:11]
    handed_on(hostile)
    with odd(hostile, pki, REFUSES):
        evidence = collect(way(lab, tmp_path, pki, PASSWORD), NAMES[:11])
    assert read(evidence) == set(good)
    assert {gap.target for gap in evidence.gaps()} == {hostile}
    assert counted() == 0
    assert not isinstance(evidence.ask(DomainInfo, CORP), Gap)


@pytest.mark.parametrize("user", [USER, f"corp\\{NAME}", f"CORP.EXAMPLE\\{NAME}"])
def test_negotiate_costs_a_machine_that_refuses_one_logon(
    lab: Lab, handed_on: Any, pki: Any, tmp_path: Path, user: str
) -> None:
    """Its controller has taken the password; the machines know another one."""
    principal = f"{NAME}@CORP.EXAMPLE"
    server = handed_on(users={principal: "another"}, judge=None)
    evidence = collect(way(lab, tmp_path, pki, PASSWORD, "negotiate", user), NAMES[:5])
    assert not read(evidence)
    assert server.traffic.refused() == 5
    assert set(server.traffic.refused_logons.values()) == {1}
    assert counted() == 0


def test_a_locked_account_is_sent_nowhere(lab: Lab, handed_on: Any, pki: Any, tmp_path: Path) -> None:
    server = handed_on()
    for _ in range(THRESHOLD):
        assert not server.accounts.knows(USER, "Wr0ng.Lab-Pass")
    assert counted("lockoutTime") > 0
    evidence = collect(way(lab, tmp_path, pki, PASSWORD))
    assert not server.traffic.connections
    ((_, detail),) = {(gap.reason, gap.detail) for gap in evidence.gaps()}
    assert "the account is locked, disabled or expired" in detail


def test_nothing_of_the_exchange_is_kept(
    lab: Lab, handed_on: Any, pki: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / 'tickets'}")
    handed_on()
    assert read(collect(way(lab, tmp_path, pki, PASSWORD), NAMES[:1])) == set(NAMES[:1])
    assert not (tmp_path / "tickets").exists()
