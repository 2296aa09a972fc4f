from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_08_secure_channel import secure_channel
from scanner.api import GapReason, Profile, Replica, Status
from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import SecureChannel
from scanner.judge.judging import asks_of
from tests.checks.delegation.domain import Known, system
from tests.conftest import CORP, HV01, Judge, estate, evidence

ONE = estate(hosts=(HV01,), routes=())
MEMBER = system(HV01)


def known(answer: object, machine: object = MEMBER) -> Known:
    return {(ComputerSystem, HV01): [machine], (SecureChannel, HV01): answer}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(known([SecureChannel(True)]), Status.PASS, id="works"),
        pytest.param(known([SecureChannel(False)]), Status.FAIL, id="does not"),
        pytest.param(known(GapReason.ACCESS_DENIED), Status.UNKNOWN, id="no administrator"),
        pytest.param(known([]), Status.UNKNOWN, id="no answer"),
        pytest.param(
            known(GapReason.NOT_COLLECTED, system(HV01, joined=False)), Status.NOT_APPLICABLE, id="work group"
        ),
        pytest.param(
            known([SecureChannel(False)], replace(MEMBER, domain_role=5)), Status.NOT_APPLICABLE, id="controller"
        ),
        pytest.param(
            known([SecureChannel(False)], replace(MEMBER, domain_role=4)), Status.NOT_APPLICABLE, id="another"
        ),
        pytest.param(
            {(ComputerSystem, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="not known whether it is a member"
        ),
    ],
)
def test_channels(judge: Judge, facts, expected):
    assert judge(secure_channel, facts, ONE).status is expected


def test_the_remedy_repairs_the_channel_of_that_host(judge: Judge):
    remedy = judge(secure_channel, known([SecureChannel(False)]), ONE).remedy
    assert remedy.startswith(f"Sign in at '{HV01}' itself")
    assert "let Test-ComputerSecureChannel repair" in remedy


@pytest.mark.parametrize(
    ("machine", "asked"),
    [(MEMBER, [CORP]), (system(HV01, joined=False), []), (replace(MEMBER, domain_role=4), [])],
    ids=["member", "work group", "controller"],
)
def test_members_alone_are_asked(machine, asked):
    record = evidence({(ComputerSystem, HV01): [machine]}, ONE)
    assert [ask.argument for ask in asks_of((secure_channel,), record)] == asked


@pytest.mark.parametrize(("way", "expected"), [("kerberos", Status.FAIL), ("certificate", Status.NOT_APPLICABLE)])
def test_replication(judge: Judge, way, expected):
    where = estate(hosts=(HV01,), routes=(), profiles=frozenset({Profile.REPLICA}), replica=Replica(authentication=way))
    facts = known([SecureChannel(False)])
    assert judge(secure_channel, facts, where).status is expected
    asked = list(asks_of((secure_channel,), evidence(facts, where)))
    assert bool(asked) is (way == "kerberos")


def test_the_command_has_no_parameter():
    assert SecureChannel.query.text == "Test-ComputerSecureChannel"
    assert SecureChannel.queries(()) == ()
