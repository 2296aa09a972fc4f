"""Which spellings are one account, and what is let through: however hosts behave, few refusals end it."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.estate.accounts import account_of
from scanner.estate.logons import Logons
from scanner.estate.turns import Answer, LogonStopped, NoTurn, Word

DOMAINS = ("corp.example", "branch.example")
MACHINES = ("hv01.corp.example", "hv02.corp.example")
HV01, HV02 = MACHINES


def alike(one: str, other: str, at: str = HV01, there: str = HV02) -> bool:
    return account_of(one, at, DOMAINS).may_be(account_of(other, there, DOMAINS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("svc@corp.example", "CORP\\svc"),
        ("svc@CORP.EXAMPLE", "corp.example\\Svc"),
        ("svc@corp.example", "svc"),
        ("CONTOSO\\svc", "svc@corp.example"),  # its NetBIOS name may be another than its label
        ("CORP\\svc", "CN=Scanner,OU=Users,DC=corp,DC=example"),
        ("svc@upn.example", "CORP\\svc"),
        ("HV01\\x", "HV01\\x"),  # on HV02, HV01 is a domain if it is anything
        ("CORP\\své", "sve@corp.example"),
        ("CORP\\ｓｖｃ", "svc@corp.example"),
        ("CORP\\STRASSE", "straße@corp.example"),
        ("CORP\\さ", "CORP\\サ"),
        ("CN=x\\,DC=branch,DC=corp,DC=example", "CORP\\svc"),  # the comma is of the name
        ("CN=x,DC=cor\\70,DC=example", "CORP\\svc"),
    ],
)
def test_what_may_be_one_account_is_taken_for_one(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("svc@corp.example", "svc@branch.example"),
        ("CORP\\svc", "BRANCH\\svc"),
        ("CORP\\svc", "CORP\\other"),
        ("HV01\\x", "HV02\\x"),
        ("HV01\\x", "svc"),
        ("HV01\\x", "HV01\\y"),
        (".\\x", ".\\x"),
        (".\\svc", "svc@corp.example"),
        ("CN=a,DC=corp,DC=example", "svc@branch.example"),
        ("CN=Doe\\, Jane,DC=corp,DC=example", "svc@branch.example"),
        ("corp.example/Users/a", "svc@branch.example"),
    ],
)
def test_what_the_estate_proves_to_be_two_accounts(one: str, other: str) -> None:
    assert not alike(one, other)


OTHER_KINDS = [
    "S-1-5-21-3046779002-2497345627-1353637757-1106",
    "{3a7b0b9d-2fee-4419-908a-5008ad1dddac}",
    "<SID=S-1-5-21-1-2-3-1106>",
    "corp.example/Lab Users/svc-lockout",
    "corp.example/Lab Users\nsvc-lockout",
    "corp.example/Lab Users/a@b",
    "HTTP/web.corp.example",
    "John Doe",
    "Doe, John",
    "CN=Doe\\, John,OU=Users,DC=corp,DC=example",
    'CN="Doe, John",OU=Users,DC=corp,DC=example',
    "CORP\\a@b.example",
    "a@b@corp.example",
]
"""what a directory takes for a name besides account names and UPNs ([MS-ADTS] 5.1.1.1.1)"""


@pytest.mark.parametrize("user", OTHER_KINDS)
@pytest.mark.parametrize("other", ["CORP\\svc", "svc@corp.example", "svc", *OTHER_KINDS])
def test_a_name_of_another_kind_may_be_any_account_of_its_domain(user: str, other: str) -> None:
    assert alike(user, other)
    assert alike(other, user)
    assert not account_of(user, HV01, DOMAINS).principal


@pytest.mark.parametrize("user", [".\\x", "HV01\\x", "hv01.corp.example\\X"])
def test_a_local_account_is_the_machines_own(user: str) -> None:
    assert account_of(user, HV01, DOMAINS).may_be(account_of("hv01\\x", HV01, DOMAINS))
    assert account_of(user, HV01, DOMAINS).host == HV01


def test_a_machine_named_like_a_domain_does_not_make_its_accounts_local() -> None:
    assert not account_of("CORP\\svc", "corp.corp.example", DOMAINS).host
    contoso = "contoso.corp.example"  # the machine; and CONTOSO may be what CORP.EXAMPLE is called, too
    assert alike("CONTOSO\\svc", "CONTOSO\\svc", contoso, HV01)
    assert alike("CONTOSO\\svc", "CONTOSO\\svc", HV01, HV02)
    assert alike("CONTOSO\\svc", "svc@corp.example", HV01, HV02)


def test_what_may_be_a_domains_is_not_refused_twice_since_a_machine_bears_its_name() -> None:
    logons, (machine, other) = Logons(DOMAINS), ("contoso.corp.example", HV01)
    local = logons.account("CONTOSO\\svc", machine)
    with logons.turn(local, "secret", machine, time.monotonic() + 5) as turn:
        turn.refused()
    with pytest.raises(LogonStopped):
        logons.check(logons.account("CONTOSO\\svc", other), "secret")
    logons.check(logons.account(".\\svc", other), "secret")


@pytest.mark.parametrize(
    ("user", "principal"),
    [
        ("Svc@corp.example", "Svc@CORP.EXAMPLE"),
        ("CORP\\Svc", "Svc@CORP.EXAMPLE"),
        ("svc", ""),
        ("svc@upn.example", ""),
        (".\\svc", ""),
        ("CN=svc,DC=corp,DC=example", ""),
        ("a/b@corp.example", ""),
    ],
)
def test_only_a_name_in_a_declared_domain_is_asked_of_kerberos(user: str, principal: str) -> None:
    assert account_of(user, HV01, DOMAINS).principal == principal


def soon() -> float:
    return time.monotonic() + 5


USERS = st.sampled_from(["svc@corp.example", "CORP\\svc", "svc"])


@given(st.lists(st.tuples(USERS, st.sampled_from(["accept", "refuse", "nothing", "elsewhere"])), max_size=40))
def test_however_hosts_behave_few_refusals_end_it(hosts: list[tuple[str, str]]) -> None:
    """More than accepted cannot refuse, more than one besides cannot keep silent, and after the end none is tried."""
    logons, stopped = Logons(DOMAINS), False
    count = {"accept": 0, "refuse": 0, "nothing": 0, "elsewhere": 0}
    for user, does in hosts:
        try:
            with logons.turn(logons.account(user, HV01), "secret", "a host", soon()) as turn:
                assert not stopped
                count[does] += 1
                {"accept": turn.accepted, "refuse": turn.refused, "nothing": turn.unanswered}.get(does, turn.over)()
        except LogonStopped:
            stopped = True
    # three spellings that may be one account are three ledgers of acceptance, and one of refusal
    assert count["refuse"] <= count["accept"] + 1
    assert count["nothing"] <= count["accept"] + 3 * 2


@given(st.sampled_from(["svc@corp.example", "CORP\\svc", "svc", "CN=x,DC=corp,DC=example"]), USERS)
def test_a_controllers_refusal_ends_it_under_every_name(refused: str, used: str) -> None:
    logons = Logons(DOMAINS)
    with pytest.raises(LogonStopped, match="dc1 refused it; the account is used no further in this run"):
        logons.ask(logons.account(refused, ""), "a", lambda: Answer(Word.REFUSED, "dc1 refused it"))
    with pytest.raises(LogonStopped), logons.turn(logons.account(used, HV01), "another", HV01, soon()):
        pytest.fail("it may not be sent")


@pytest.mark.parametrize(
    ("refused", "used"),
    [
        ("CORP\\jdoe", "john.doe@corp.example"),
        ("john.doe@corp.example", "jdoe"),
        ("jdoe@corp.example", "john.doe@corp.example"),  # the account name with its domain is a UPN, too
        ("jdoe@corp.example", "BRANCH\\jdoe"),  # its suffix may be any of the forest's
        ("Scanner", "CORP\\jdoe"),  # may be its display name
        ("Scanner", "jdoe"),
    ],
)
def test_one_password_under_two_names_is_refused_once(refused: str, used: str) -> None:
    """A user has a UPN, an account name and a display name: the estate does not prove two accounts."""
    logons = Logons(DOMAINS)
    with pytest.raises(LogonStopped):
        logons.ask(logons.account(refused, ""), "stale", lambda: Answer(Word.REFUSED, "dc1 refused it"))
    with pytest.raises(LogonStopped):
        logons.ask(logons.account(used, ""), "stale", lambda: pytest.fail("it may not be asked"))
    with pytest.raises(LogonStopped), logons.turn(logons.account(used, HV01), "stale", HV01, soon()):
        pytest.fail("it may not be sent")
    with logons.turn(logons.account(used, HV01), "a password of its own", HV01, soon()):
        pass


@pytest.mark.parametrize("used", ["CORP\\other", "BRANCH\\jdoe", ".\\jdoe"])
def test_one_password_of_two_accounts_that_are_surely_two(used: str) -> None:
    logons = Logons(DOMAINS)
    with pytest.raises(LogonStopped):
        logons.ask(logons.account("CORP\\jdoe", ""), "stale", lambda: Answer(Word.REFUSED, "dc1 refused it"))
    with logons.turn(logons.account(used, HV01), "stale", HV01, soon()):
        pass


@pytest.mark.parametrize("user", ["svc@corp.example.", "CORP.EXAMPLE.\\svc"])
def test_a_dot_at_the_end_of_a_domain_is_none_of_its_name(user: str) -> None:
    assert account_of(user, HV01, DOMAINS).domain == "corp.example"


def test_a_controllers_good_word_makes_a_refusal_the_hosts_own() -> None:
    logons = Logons(DOMAINS)
    account = logons.account("svc@corp.example", "")
    logons.ask(account, "secret", lambda: Answer(Word.TAKEN, "kerberos"))
    logons.ask(account, "secret", lambda: pytest.fail("it is asked once"))
    for _ in range(9):
        with logons.turn(account, "secret", HV01, soon()) as turn:
            assert turn.refused() == "the sign-in was refused; it is not tried again"
    logons.check(account)
    with logons.turn(account, "another secret", HV01, soon()) as turn:  # which nobody vouches for
        assert "used no further" in turn.refused()


def test_a_late_word_counts() -> None:
    logons = Logons(DOMAINS)
    account = logons.account("svc@corp.example", "")
    logons.ask(account, "secret", lambda: Answer(Word.NONE))
    logons.told(account, "secret", Answer(Word.REFUSED, "late"))
    with pytest.raises(LogonStopped, match="late"):
        logons.check(account)


def test_the_others_wait_for_the_first_word_half_of_its_time() -> None:
    """However short the patience with later ones; each to its own deadline. Two that never answered end it."""
    logons = Logons(DOMAINS, patience=0.01)
    account = logons.account("svc@corp.example", "")
    with logons.turn(account, "secret", HV01, time.monotonic() + 2):
        with pytest.raises(NoTurn), logons.turn(account, "secret", HV02, time.monotonic() + 0.5):
            pytest.fail("the first may still answer")
        with (
            logons.turn(account, "secret", HV02, time.monotonic() + 2),
            pytest.raises(LogonStopped, match="do not answer"),
            logons.turn(account, "secret", "hv03", soon()),
        ):
            pytest.fail("two have not answered")


def test_once_one_has_accepted_a_word_is_not_waited_for_for_ever() -> None:
    """Two that owe it give their place to others; two more than have accepted end it."""
    logons = Logons(DOMAINS, patience=0.2)
    account = logons.account("svc@corp.example", "")
    with logons.turn(account, "secret", HV01, soon()) as turn:
        turn.accepted()
    with ExitStack() as waiting:
        for host in ("hv02", "hv03", "hv04"):
            waiting.enter_context(logons.turn(account, "secret", host, time.monotonic() + 60))
        with pytest.raises(LogonStopped, match="do not answer"), logons.turn(account, "secret", HV02, soon()):
            pytest.fail("three have not answered")


def test_a_controller_that_was_sent_it_and_gave_no_word_ends_it_unless_another_has_taken_it() -> None:
    logons = Logons(DOMAINS)
    account, lost = logons.account("svc@corp.example", ""), Answer(Word.LOST, "dc1 was sent it")
    logons.told(account, "right", Answer(Word.TAKEN, "kerberos"))
    logons.ask(account, "right", lambda: lost)
    with pytest.raises(LogonStopped, match="dc1 was sent it; the account is used no further in this run"):
        logons.ask(account, "another", lambda: lost)


def test_who_is_first_is_one_of_those_that_show_themselves() -> None:
    logons = Logons(DOMAINS)
    account = logons.account("svc@corp.example", "")
    silent, shown = threading.Event(), []

    def show_nothing() -> None:
        shown.append("silent")
        silent.wait(20)
        raise OSError("nobody there")

    def try_silent() -> None:
        with pytest.raises(OSError, match="nobody"), logons.turn(account, "secret", HV01, soon(), show_nothing):
            pytest.fail("it did not show itself")

    waiting = threading.Thread(target=try_silent)
    waiting.start()
    with logons.turn(account, "secret", HV02, soon(), lambda: shown.append("there")) as turn:
        turn.accepted()
    silent.set()
    waiting.join()
    assert "there" in shown
