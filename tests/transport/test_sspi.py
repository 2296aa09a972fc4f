"""What Windows' own failures of a sign-in mean, and what is said there in place of kinit and gssapi."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from spnego import ContextReq
from spnego.exceptions import NativeError, SpnegoError

from scanner.collect.transport.kerberos import password
from scanner.collect.transport.ldap import session
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.collect.transport.psrp import proof, sign_in
from scanner.collect.transport.psrp.failures import classify
from scanner.collect.transport.psrp.kinds import kind_of
from scanner.estate.access import SignIn
from scanner.words.model import GapReason
from scanner.words.trouble import Kind, advise

HOST = "hv01.corp.example"


def failed(number: int) -> SpnegoError:
    """As pyspnego raises it on Windows, where numbers are signed."""
    return SpnegoError(base_error=NativeError("übersetzter Text", winerror=number), context_msg="Processing token")


@pytest.mark.parametrize(
    ("number", "reason", "word", "kind"),
    [
        (-2146893042, GapReason.ACCESS_DENIED, "this session has no credentials for it (0x8009030E)", Kind.NO_TICKET),
        (-2146893053, GapReason.ACCESS_DENIED, "the domain knows no such service (0x80090303)", Kind.NO_SERVICE),
        (0x8009030C, GapReason.ACCESS_DENIED, "Windows refuses the account (0x8009030C)", Kind.SIGN_IN_REFUSED),
        (0x80090311, GapReason.UNREACHABLE, "no Kerberos server (0x80090311)", Kind.NO_KDC),
        (0x80090324, GapReason.ACCESS_DENIED, "the clocks differ too much (0x80090324)", Kind.CLOCK),
        (0x80090305, GapReason.ACCESS_DENIED, "Windows gives 0x80090305", ""),
    ],
)
def test_windows_numbers_are_words_of_ours(number: int, reason: GapReason, word: str, kind: str) -> None:
    error = failed(number)
    assert classify(error) == (reason, f"no sign-in: {word}")
    assert kind_of(error) == kind
    told = session._failure(error, "ldap/dc1 in CORP")
    assert (told.reason, told.detail, told.final) == (
        reason, f"no Kerberos sign-in to ldap/dc1 in CORP: {word}", kind == Kind.NO_TICKET,
    )  # fmt: skip


def test_a_refused_password_counts_as_one_and_nothing_else_does() -> None:
    assert password.refusal(failed(-2146893044)) == "Windows refuses the account (0x8009030C)"
    assert [password.refusal(failed(number)) for number in (0x8009030E, 0x80090311, 0x80090324)] == ["", "", ""]


def test_an_error_without_a_number_of_windows_is_told_as_it_was() -> None:
    told = session._failure(ValueError("odd"), "ldap/dc1 in CORP")
    assert isinstance(told, DirectoryError)
    assert told.detail == "no Kerberos sign-in to ldap/dc1 in CORP: odd"


@pytest.mark.parametrize(("spn", "proven"), [(f"WSMAN/{HOST}", "kerberos"), ("WSMAN/hv02.corp.example", "")])
def test_windows_proves_the_name_that_was_asked_for(monkeypatch: pytest.MonkeyPatch, spn: str, proven: str) -> None:
    """Its context says nothing of whom the ticket is for."""
    monkeypatch.setattr(proof, "WINDOWS", True)
    flags = ContextReq.mutual_auth | ContextReq.integrity
    context = SimpleNamespace(complete=True, context_attr=flags, _context=object(), spn=spn)
    authentication = SimpleNamespace(contexts={HOST: context})
    assert proof.proof_of(SignIn(method="kerberos"), HOST, [], authentication) == proven


def test_who_signs_in_from_a_session_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "WINDOWS", True)
    assert sign_in.who(SignIn()) == "the signed-in user"
    assert sign_in.who(SignIn(user="CORP\\x")) == "CORP\\x"


@pytest.mark.parametrize("kind", Kind)
def test_no_advice_on_windows_speaks_of_what_is_not_there(kind: Kind) -> None:
    text = advise(kind, windows=True).text
    assert text
    assert not any(word in text for word in ("kinit", "openssl", "timedatectl", "[kerberos]", "nc -"))


def test_a_session_without_credentials_learns_how_to_get_one() -> None:
    text = advise(Kind.NO_TICKET, windows=True).for_target(HOST)
    assert "runas /netonly /user:svc-preflight@corp.example powershell" in text
    assert "klist" in text
    assert advise(Kind.NO_TICKET, windows=False).text.startswith("get one here: kinit")
