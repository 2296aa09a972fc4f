from __future__ import annotations

import pytest

from checks.delegation.del_01_migration_service import migration_service
from scanner.api import GapReason, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import CREDSSP, OFF, OPEN, SIDS, account, across, both, known, settings, system
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate

SHORT, FULL = both(HV02)
ME = SIDS[HV01]
COMPLETE = account(HV01, SHORT, FULL)
LOCAL = estate(remote_initiated=False)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(COMPLETE, account(HV02), Status.PASS, id="both names"),
        pytest.param(account(HV01), account(HV02, allowed=(ME,)), Status.PASS, id="resource-based"),
        pytest.param(account(HV01, FULL), account(HV02), Status.WARN, id="full name only"),
        pytest.param(account(HV01, SHORT), account(HV02), Status.WARN, id="short name only"),
        pytest.param(account(HV01, uac=OPEN), account(HV02), Status.WARN, id="to any service"),
        pytest.param(COMPLETE, account(HV02, denied=(ME,)), Status.WARN, id="both names, yet denied"),
        pytest.param(account(HV01), account(HV02, allowed=(ME,), denied=(ME,)), Status.FAIL, id="denied"),
        pytest.param(account(HV01), account(HV02), Status.FAIL, id="nothing"),
        pytest.param(account(HV01, *both(HV02, "cifs")), account(HV02), Status.FAIL, id="another service"),
        pytest.param(account(HV01, SHORT, FULL, uac=OFF), account(HV02), Status.FAIL, id="source disabled"),
        pytest.param(COMPLETE, account(HV02, uac=OFF), Status.FAIL, id="destination disabled"),
        pytest.param(
            account(HV01, groups=()),
            account(HV02, allowed=("S-1-5-21-1-1-1-2000",)),
            Status.UNKNOWN,
            id="groups of the source unknown",
        ),
        pytest.param(
            account(HV01, SHORT, FULL, groups=()),
            account(HV02, allowed=("S-1-5-21-1-1-1-2000",)),
            Status.PASS,
            id="both names, whatever its groups are",
        ),
    ],
)
def test_same_domain(judge: Judge, source, target, expected):
    assert judge(migration_service, known(source, target)).status is expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(account(HV01, *both(HV11)), account(HV11), Status.FAIL, id="names do not cross a domain's border"),
        pytest.param(account(HV01, uac=OPEN), account(HV11), Status.FAIL, id="neither does delegation to any"),
        pytest.param(account(HV01), account(HV11, allowed=(ME,)), Status.PASS, id="resource-based does"),
        pytest.param(account(HV01), account(HV11, allowed=(ME,), denied=(ME,)), Status.FAIL, id="denied"),
        pytest.param(account(HV01), account(HV11, allowed=("S-1-5-21-2-2-2-9",)), Status.UNKNOWN, id="maybe by group"),
    ],
)
def test_two_domains(judge: Judge, source, target, expected):
    finding = judge(migration_service, known(source, target, hosts=(HV01, HV11)), across())
    assert finding.status is expected


def test_two_domains_say_what_was_seen_and_why_it_does_not_count(judge: Judge):
    facts = known(account(HV01, *both(HV11)), account(HV11), hosts=(HV01, HV11))
    finding = judge(migration_service, facts, across())
    assert "Service/hv11.branch.example" in finding.seen
    assert finding.note.startswith("the domains differ")
    assert finding.wanted == "resource-based delegation on HV11 that names HV01"
    assert finding.remedy.startswith(
        "Set-ADComputer -Identity 'CN=HV11,DC=branch,DC=example' -Server 'branch.example' "
        "-PrincipalsAllowedToDelegateToAccount (Get-ADComputer -Identity 'CN=HV01,DC=corp,DC=example' "
        "-Server 'corp.example')  # replaces"
    )


def test_texts_of_a_missing_name(judge: Judge):
    finding = judge(migration_service, known(account(HV01, FULL), account(HV02)))
    assert FULL in finding.seen
    assert finding.wanted == f'"{SHORT}" and "{FULL}" in msDS-AllowedToDelegateTo of HV01'
    assert finding.remedy == (
        "Set-ADComputer -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example' "
        "-Add @{'msDS-AllowedToDelegateTo' = '" + SHORT + "'}"
    )


def test_near_misses_are_shown_as_written(judge: Judge):
    near = "Microsoft Virtual System Migrations Service/HV02"
    assert near in judge(migration_service, known(account(HV01, near), account(HV02))).seen


@pytest.mark.parametrize("name", ["x'; Remove-Item C:\\ -Recurse #", "\x1b[31mred", "\u202egnp", "x\u2019y"])
def test_no_name_leaves_its_quotes(judge: Judge, name):
    facts = known(account(HV01), account(HV02, dns=HV02, sam=f"{name}$"))
    facts[ComputerSystem, HV02] = [system(HV02, name)]
    remedy = judge(migration_service, facts).remedy
    assert remedy.startswith("Set-ADComputer ")
    assert remedy.isprintable()
    assert "x';" not in remedy.replace("''", "")


@pytest.mark.parametrize(
    ("where", "extra", "expected"),
    [
        pytest.param(LOCAL, {(MigrationSettings, HV01): [CREDSSP]}, Status.NOT_APPLICABLE, id="CredSSP, local start"),
        pytest.param(LOCAL, {(MigrationSettings, HV01): [settings()]}, Status.FAIL, id="Kerberos, local start"),
        pytest.param(LOCAL, {(MigrationSettings, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="which one is unknown"),
        pytest.param(estate(), {(MigrationSettings, HV01): [CREDSSP]}, Status.FAIL, id="Kerberos shall be used"),
        pytest.param(estate(), {(MigrationSettings, HV01): GapReason.TIMEOUT}, Status.FAIL, id="settings not needed"),
        pytest.param(
            estate(), {(ComputerSystem, HV02): [system(HV02, joined=False)]}, Status.NOT_APPLICABLE, id="work group"
        ),
        pytest.param(estate(), {(ComputerSystem, HV02): GapReason.UNREACHABLE}, Status.UNKNOWN, id="no destination"),
        pytest.param(estate(), {(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="no directory"),
        pytest.param(estate(), {(ComputerAccount, CORP): [account(HV01)]}, Status.UNKNOWN, id="no account there"),
        pytest.param(
            estate(), {(ComputerAccount, BRANCH): GapReason.TIMEOUT}, Status.FAIL, id="a domain not concerned"
        ),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, where, extra, expected):
    assert judge(migration_service, known(account(HV01), account(HV02)) | extra, where).status is expected
