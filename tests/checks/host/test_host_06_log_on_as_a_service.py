from __future__ import annotations

import pytest

from checks.host.host_06_log_on_as_a_service import log_on_as_a_service
from scanner.api import GapReason, Profile, Route, Status
from scanner.facts.host import ComputerSystem
from scanner.facts.policy import DENY, LINKS, LOG_ON, PolicyProcessing, PolicyRight
from tests.conftest import CORP, HV01, HV02, Judge, estate

DONE = [PolicyProcessing(1, 0)]
VM, STAR, NAME = "S-1-5-83-0", "*S-1-5-83-0", "NT VIRTUAL MACHINE\\Virtual Machines"
SERVICE = "*S-1-5-80-0"
GUID = "6A45335D-4C3A-44B7-B61F-C9808BBDF8ED"


def right(*accounts: str, name: str = LOG_ON, precedence: int = 1) -> PolicyRight:
    return PolicyRight(name, accounts, precedence)


def run(judge: Judge, rights, processing=DONE, *, joined: bool = True, **words):
    facts = {
        (PolicyRight, HV02): rights,
        (PolicyProcessing, HV02): processing,
        (ComputerSystem, HV02): [ComputerSystem("HV02", "hv02", CORP, joined, 3)],
    }
    return judge(log_on_as_a_service, facts, estate(**words), subject=HV02)


@pytest.mark.parametrize(
    ("rights", "processing", "expected"),
    [
        pytest.param([], DONE, Status.PASS, id="no policy sets it"),
        pytest.param([right(STAR, SERVICE)], DONE, Status.PASS, id="with asterisk"),
        pytest.param([right(VM)], DONE, Status.PASS, id="without"),
        pytest.param([right(VM.lower())], DONE, Status.PASS, id="in small letters"),
        pytest.param([right(NAME.upper(), SERVICE)], DONE, Status.PASS, id="by the name that is known"),
        pytest.param([right(STAR)], [], Status.PASS, id="a row needs no word of its processing"),
        pytest.param([right(SERVICE)], DONE, Status.FAIL, id="others"),
        pytest.param([right(SERVICE)], GapReason.TIMEOUT, Status.FAIL, id="others, whatever the processing"),
        pytest.param([right()], DONE, Status.FAIL, id="nobody"),
        pytest.param([right("*S-1-5-83-1")], DONE, Status.FAIL, id="a longer SID"),
        pytest.param([right("CORP\\svc")], DONE, Status.UNKNOWN, id="a name"),
        pytest.param([right("NT VIRTUAL MACHINE\\Virtuelle Computer")], DONE, Status.PASS, id="another language"),
        pytest.param([right("NT VIRTUAL MACHINE\\\u4eee\u60f3")], DONE, Status.PASS, id="other letters"),
        pytest.param([right(NAME)], [], Status.UNKNOWN, id="a name that policy may not have resolved"),
        pytest.param([right(NAME)], [PolicyProcessing(1, 1332)], Status.UNKNOWN, id="a name that it did not resolve"),
        pytest.param([right(NAME)], GapReason.TIMEOUT, Status.UNKNOWN, id="a name, and its processing unread"),
        pytest.param([right(f"NT VIRTUAL MACHINE\\{GUID}")], DONE, Status.UNKNOWN, id="one machine"),
        pytest.param([right("NT VIRTUAL MACHINE\\")], DONE, Status.UNKNOWN, id="the authority alone"),
        pytest.param([right("CORP\\NT VIRTUAL MACHINE\\x")], DONE, Status.UNKNOWN, id="a domain's"),
        pytest.param([right("*S-1-1-0")], DONE, Status.UNKNOWN, id="Everyone"),
        pytest.param([right(SERVICE, precedence=2), right(STAR)], DONE, Status.PASS, id="precedence 1 is in force"),
        pytest.param([right(SERVICE), right(STAR, precedence=2)], DONE, Status.FAIL, id="and the other is not"),
        pytest.param([right(SERVICE), right(STAR)], DONE, Status.UNKNOWN, id="two in force"),
        pytest.param([right(STAR), right(VM)], DONE, Status.PASS, id="two in force that are one"),
        pytest.param([right(STAR), right(STAR, name=DENY)], DONE, Status.FAIL, id="denied"),
        pytest.param([right(STAR), right(NAME, name=DENY)], DONE, Status.FAIL, id="denied by name"),
        pytest.param([right(STAR), right("*S-1-5-32-546", name=DENY)], DONE, Status.PASS, id="others denied"),
        pytest.param([right(STAR), right("CORP\\x", name=DENY)], DONE, Status.UNKNOWN, id="a name denied"),
        pytest.param([right("*S-1-1-0", name=DENY)], DONE, Status.UNKNOWN, id="Everyone denied"),
        pytest.param([right(STAR), right(NAME, name=DENY)], DONE, Status.FAIL, id="denied by the name that is known"),
        pytest.param([right(STAR), right("*S-1-5-11", name=DENY)], DONE, Status.UNKNOWN, id="who signs in, denied"),
        pytest.param([right(STAR), right("S-1-5-6", name=DENY)], DONE, Status.UNKNOWN, id="services denied"),
        pytest.param([right(STAR), right("*S-1-2-0", name=DENY)], DONE, Status.UNKNOWN, id="who is here, denied"),
        pytest.param([right(STAR), right("*S-1-5-32-545", name=DENY)], DONE, Status.UNKNOWN, id="users denied"),
        pytest.param([right("S-1-5-")], DONE, Status.UNKNOWN, id="half a SID"),
        pytest.param([right("S-1")], DONE, Status.UNKNOWN, id="less than half a SID"),
        pytest.param([right(STAR), right("S-1-5-83-1-1-2-3-4", name=DENY)], DONE, Status.UNKNOWN, id="one denied"),
        pytest.param([right(STAR), right("*S-1-5-32-544", name=LINKS)], DONE, Status.WARN, id="no links"),
        pytest.param([right(STAR, name=LINKS)], DONE, Status.WARN, id="links without Administrators"),
        pytest.param(
            [right("NT VIRTUAL MACHINE\\Virtuelle Computer", name=LINKS)], DONE, Status.WARN, id="links, by their name"
        ),
        pytest.param(
            [right(STAR), right("*S-1-5-32-546", "*S-1-5-11", name=DENY)], DONE, Status.UNKNOWN, id="one of two is wide"
        ),
        pytest.param([], [*DONE, PolicyProcessing(2, 0)], Status.UNKNOWN, id="one of two ends is not logged whole"),
        pytest.param([right(STAR, "*S-1-5-32-544", name=LINKS)], DONE, Status.PASS, id="links for both"),
        pytest.param([], [], Status.UNKNOWN, id="never processed"),
        pytest.param([], [PolicyProcessing(2, 0)], Status.UNKNOWN, id="not logged whole"),
        pytest.param([], [PolicyProcessing(3, 0)], Status.UNKNOWN, id="logging not supported"),
        pytest.param([], [PolicyProcessing(1, 5)], Status.UNKNOWN, id="ended with an error"),
        pytest.param([], [PolicyProcessing(None, None)], Status.UNKNOWN, id="says nothing"),
        pytest.param([], GapReason.ACCESS_DENIED, Status.UNKNOWN, id="processing unread"),
        pytest.param(GapReason.ACCESS_DENIED, DONE, Status.UNKNOWN, id="rights unread"),
    ],
)
def test_right(judge: Judge, rights, processing, expected):
    assert run(judge, rights, processing).status is expected


def test_a_host_in_no_domain_has_no_policy_of_one(judge: Judge):
    assert run(judge, [], [], joined=False).status is Status.PASS


@pytest.mark.parametrize("profile", Profile)
def test_every_kind_of_move(judge: Judge, profile):
    assert run(judge, [right(SERVICE)], profiles=frozenset({profile})).status is Status.FAIL


def test_where_nothing_arrives(judge: Judge):
    assert run(judge, [right(SERVICE)], routes=(Route(HV02, HV01),)).status is Status.NOT_APPLICABLE
