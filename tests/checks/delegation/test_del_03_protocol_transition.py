from __future__ import annotations

import pytest

from checks.delegation.del_03_protocol_transition import protocol_transition
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import (
    ANY_PROTOCOL,
    CREDSSP,
    OPEN,
    PLAIN,
    SIDS,
    account,
    across,
    both,
    known,
    settings,
    system,
    windows,
)  # fmt: skip
from tests.conftest import CORP, HV01, HV02, HV11, Judge, estate

ME = SIDS[HV01]
CLASSIC = account(HV01, *both(HV02), uac=PLAIN)
EMPTY = account(HV01, uac=PLAIN)
NAMED = account(HV02, allowed=(ME,))


def run(judge: Judge, source, *others, build: int = 17763, hosts=(HV01, HV02), where=None, **extra):
    facts = known(source, *others, hosts=hosts) | {(OperatingSystem, HV01): [windows(build)]}
    return judge(protocol_transition, facts | extra.get("facts", {}), where, subject=HV01)


@pytest.mark.parametrize(
    ("source", "target", "build", "expected"),
    [
        pytest.param(account(HV01, *both(HV02)), account(HV02), 17763, Status.PASS, id="set"),
        pytest.param(account(HV01, uac=ANY_PROTOCOL | OPEN), account(HV02), 17763, Status.PASS, id="set beside others"),
        pytest.param(CLASSIC, account(HV02), 17763, Status.FAIL, id="clear"),
        pytest.param(CLASSIC, account(HV02), 14393, Status.FAIL, id="clear on 2016"),
        pytest.param(CLASSIC, account(HV02), 14392, Status.WARN, id="clear before 2016"),
        pytest.param(EMPTY, account(HV02), 17763, Status.FAIL, id="clear, and nothing listed"),
        pytest.param(account(HV01, uac=OPEN), account(HV02), 17763, Status.FAIL, id="any service is no protocol"),
        pytest.param(EMPTY, NAMED, 17763, Status.PASS, id="resource-based alone"),
        pytest.param(CLASSIC, NAMED, 17763, Status.WARN, id="resource-based beside a list"),
        pytest.param(
            EMPTY, account(HV02, allowed=(ME,), denied=(ME,)), 17763, Status.FAIL, id="resource-based, denied"
        ),
        pytest.param(
            account(HV01, uac=PLAIN, groups=()),
            account(HV02, allowed=("S-1-5-21-1-1-1-7",)),
            17763,
            Status.UNKNOWN,
            id="resource-based by a group that was not read",
        ),
    ],
)
def test_one_destination(judge: Judge, source, target, build, expected):
    assert run(judge, source, target, build=build).status is expected


def test_texts(judge: Judge):
    finding = run(judge, CLASSIC, account(HV02))
    assert finding.seen == 'userAccountControl of HV01: 0x1000, without "use any authentication protocol" (0x1000000)'
    assert "signed in on the source host work" in finding.note
    assert finding.remedy == (
        "Set-ADAccountControl -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example' "
        "-TrustedToAuthForDelegation $true"
    )


@pytest.mark.parametrize("bits", [0x2000 | OPEN & ~0x1000, OPEN, PLAIN])
def test_no_remedy_takes_a_bit_away(judge: Judge, bits):
    remedy = run(judge, account(HV01, uac=bits), account(HV02)).remedy
    assert "$false" not in remedy
    assert remedy.endswith("-TrustedToAuthForDelegation $true")


def test_the_account_of_a_read_only_controller_is_left_alone(judge: Judge):
    finding = run(judge, account(HV01, uac=0x4001000), account(HV02))
    assert finding.status is Status.FAIL
    assert finding.remedy.startswith("Have whoever promoted the read-only domain controller 'CN=HV01,")
    assert "Set-AD" not in finding.remedy
    assert run(judge, account(HV01, uac=0x5001000), account(HV02)).status is Status.PASS


def test_every_warning_says_why_the_move_works(judge: Judge):
    assert "before Windows Server 2016" in run(judge, CLASSIC, account(HV02), build=14392).works
    assert "resource-based" in run(judge, CLASSIC, NAMED).works
    kerberos = {(MigrationSettings, HV01): [settings()]}
    local = run(judge, CLASSIC, account(HV02), where=estate(remote_initiated=False), facts=kerberos)
    assert "signed in on the source" in local.works


def test_started_on_the_source_itself_it_is_a_warning(judge: Judge):
    kerberos = {(MigrationSettings, HV01): [settings()]}
    finding = run(judge, CLASSIC, account(HV02), where=estate(remote_initiated=False), facts=kerberos)
    assert finding.status is Status.WARN


def test_another_domain_does_without(judge: Judge):
    hosts = (HV01, HV11)
    assert run(judge, EMPTY, account(HV11), hosts=hosts, where=across()).status is Status.NOT_APPLICABLE
    named = account(HV11, allowed=(ME,))
    assert run(judge, EMPTY, named, hosts=hosts, where=across()).status is Status.PASS
    listed = account(HV01, *both(HV11), uac=PLAIN)
    assert run(judge, listed, named, hosts=hosts, where=across()).status is Status.WARN


THREE = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV01, HV11)))


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        pytest.param({}, Status.FAIL, id="the other one passes"),
        pytest.param({(ComputerSystem, HV11): GapReason.TIMEOUT}, Status.FAIL, id="the other one is unknown"),
    ],
)
def test_a_failure_stands_whatever_the_other_destination_is(judge: Judge, there, expected):
    others = (account(HV02), account(HV11, allowed=(ME,)))
    finding = run(judge, EMPTY, *others, hosts=(HV01, HV02, HV11), where=THREE, facts=there)
    assert finding.status is expected


def test_only_moves_that_start_here_count(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV11), Route(HV11, HV02)))
    others = (account(HV02), account(HV11, allowed=(ME,)))
    assert run(judge, EMPTY, *others, hosts=(HV01, HV02, HV11), where=where).status is Status.PASS


def test_the_destination_is_not_needed_when_the_bit_is_set(judge: Judge):
    gone = {(ComputerSystem, HV02): GapReason.UNREACHABLE}
    assert run(judge, account(HV01), account(HV02), facts=gone).status is Status.PASS
    assert run(judge, EMPTY, account(HV02), facts=gone).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        ({(OperatingSystem, HV01): GapReason.TIMEOUT}, None, Status.UNKNOWN),
        ({(ComputerAccount, CORP): GapReason.TIMEOUT}, None, Status.UNKNOWN),
        ({(ComputerSystem, HV01): [system(HV01, joined=False)]}, None, Status.NOT_APPLICABLE),
        ({(ComputerSystem, HV02): [system(HV02, joined=False)]}, None, Status.NOT_APPLICABLE),
        ({(MigrationSettings, HV01): [CREDSSP]}, estate(remote_initiated=False), Status.NOT_APPLICABLE),
        ({}, estate(routes=(Route(HV02, HV01),)), Status.NOT_APPLICABLE),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, where, expected):
    known_facts = known(CLASSIC, account(HV02)) | {(OperatingSystem, HV01): [windows()]} | facts
    assert judge(protocol_transition, known_facts, where, subject=HV01).status is expected
