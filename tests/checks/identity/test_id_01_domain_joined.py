from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_01_domain_joined import domain_joined
from scanner.api import GapReason, Profile, Replica, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, Service
from scanner.judge.judging import judge_check
from tests.checks.delegation.domain import account
from tests.conftest import CORP, HV01, HV02, Judge, estate, evidence

MEMBER = ComputerSystem("HV01", "hv01", "corp.example", part_of_domain=True, domain_role=3)
ALONE = ComputerSystem("HV01", "hv01", "WORK.GROUP", part_of_domain=False, domain_role=2)


def host_of(*profiles: Profile, authentication: str = "kerberos"):
    return estate(
        hosts=(HV01,), routes=(), profiles=frozenset(profiles), replica=Replica(authentication=authentication)
    )


OWN = account(HV01)
NETLOGON = [Service("Netlogon", "Running", "Auto", 4, "LocalSystem")]
LIVE = host_of(Profile.LIVE_MIGRATION)


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        pytest.param(
            {(ComputerSystem, HV01): [MEMBER], (ComputerAccount, CORP): [OWN], (Service, HV01): NETLOGON},
            LIVE,
            Status.PASS,
            id="member",
        ),
        pytest.param(
            {(ComputerSystem, HV01): [MEMBER], (ComputerAccount, CORP): [OWN], (Service, HV01): GapReason.TIMEOUT},
            LIVE,
            Status.UNKNOWN,
            id="services unread",
        ),
        pytest.param({(ComputerSystem, HV01): [ALONE]}, LIVE, Status.FAIL, id="work group with a dot in its name"),
        pytest.param(
            {(ComputerSystem, HV01): [ALONE]},
            host_of(Profile.REPLICA, authentication="certificate"),
            Status.WARN,
            id="replica by certificate",
        ),
        pytest.param({(ComputerSystem, HV01): [ALONE]}, host_of(Profile.REPLICA), Status.FAIL, id="replica, Kerberos"),
        pytest.param(
            {(ComputerSystem, HV01): [ALONE]},
            host_of(Profile.ASR_VMM, authentication="certificate"),
            Status.FAIL,
            id="a host that VMM manages",
        ),
        pytest.param({(ComputerSystem, HV01): GapReason.TIMEOUT}, LIVE, Status.UNKNOWN, id="gap"),
        pytest.param({(ComputerSystem, HV01): []}, LIVE, Status.UNKNOWN, id="no row"),
        pytest.param({}, LIVE, Status.UNKNOWN, id="never asked"),
    ],
)
def test_domain_joined(judge: Judge, facts, where, expected):
    assert judge(domain_joined, facts, where).status is expected


@pytest.mark.parametrize(
    ("state", "expected"), [("Stopped", Status.UNKNOWN), ("Paused", Status.UNKNOWN), ("Running", Status.PASS)]
)
def test_a_member_whose_netlogon_does_not_run_is_not_sure_to_sign_in(judge: Judge, state, expected):
    facts = {
        (ComputerSystem, HV01): [MEMBER],
        (ComputerAccount, CORP): [OWN],
        (Service, HV01): [Service("Netlogon", state, "Auto", 0, None)],
    }
    assert judge(domain_joined, facts, LIVE).status is expected


@pytest.mark.parametrize(
    ("joined", "role", "expected"),
    [
        *((True, role, Status.UNKNOWN) for role in (0, 2)),
        *((True, role, Status.PASS) for role in (1, 3, 4, 5)),
        *((False, role, Status.FAIL) for role in (0, 2)),
        *((False, role, Status.UNKNOWN) for role in (1, 3, 4, 5)),
    ],
)
def test_a_membership_told_in_two_ways_is_not_known(judge: Judge, joined, role, expected):
    row = replace(MEMBER, part_of_domain=joined, domain_role=role)
    facts = {(ComputerSystem, HV01): [row], (ComputerAccount, CORP): [OWN], (Service, HV01): NETLOGON}
    finding = judge(domain_joined, facts, LIVE)
    assert finding.status is expected
    assert (f"its role is {role}" in finding.note) is (expected is Status.UNKNOWN)
    certificate = judge(domain_joined, facts, host_of(Profile.REPLICA, authentication="certificate"))
    assert certificate.status is (Status.PASS if joined else Status.WARN), "which it is, certificates do not need"


def test_each_kind_of_move_is_judged_by_itself():
    where = host_of(*Profile, authentication="certificate")
    found = judge_check(domain_joined, evidence({(ComputerSystem, HV01): [ALONE]}, where))
    assert {finding.profile: finding.status for finding in found} == {
        Profile.LIVE_MIGRATION: Status.FAIL,
        Profile.REPLICA: Status.WARN,
        Profile.ASR_VMM: Status.FAIL,
    }


def test_texts(judge: Judge):
    finding = judge(domain_joined, {(ComputerSystem, HV01): [ALONE]}, LIVE)
    assert finding.remedy.startswith("Join 'hv01.corp.example' to a domain")
    assert "Add-Computer" not in finding.remedy, "which domain, and as whom, nobody can print"
    warning = judge(
        domain_joined, {(ComputerSystem, HV01): [ALONE]}, host_of(Profile.REPLICA, authentication="certificate")
    )
    assert warning.works == "replication signs in with certificates, which need no domain"
    assert "WORK.GROUP" in finding.seen


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        pytest.param([OWN, account(HV02, uac=0x1002)], Status.PASS, id="enabled"),
        pytest.param([account(HV01, uac=0x1002)], Status.FAIL, id="disabled"),
        pytest.param([account(HV01, uac=0x201000)], Status.UNKNOWN, id="keys of DES alone"),
        pytest.param([account(HV01, uac=0x201002)], Status.FAIL, id="disabled, and of DES alone"),
        pytest.param([account(HV02)], Status.UNKNOWN, id="none"),
        pytest.param([account(HV01, sam="HV01-OLD$")], Status.UNKNOWN, id="one of its DNS name, called otherwise"),
        pytest.param(GapReason.TIMEOUT, Status.UNKNOWN, id="the directory was not read"),
    ],
)
def test_the_account_signs_in(judge: Judge, profile, accounts, expected):
    facts = {(ComputerSystem, HV01): [MEMBER], (ComputerAccount, CORP): accounts, (Service, HV01): NETLOGON}
    finding = judge(domain_joined, facts, host_of(profile))
    assert finding.status is expected
    command = f"Enable-ADAccount -Identity '{OWN.dn}' -Server 'corp.example'"
    assert (finding.remedy == command) is (expected is Status.FAIL)
    certificate = host_of(profile, authentication="certificate")
    other = Status.PASS if profile is Profile.REPLICA else expected
    assert judge(domain_joined, facts, certificate).status is other


def test_another_service_that_is_stopped_says_nothing(judge: Judge):
    services = [*NETLOGON, Service("WinRM", "Stopped", "Manual", 4, "NetworkService")]
    facts = {(ComputerSystem, HV01): [MEMBER], (ComputerAccount, CORP): [OWN], (Service, HV01): services}
    assert judge(domain_joined, facts, LIVE).status is Status.PASS
