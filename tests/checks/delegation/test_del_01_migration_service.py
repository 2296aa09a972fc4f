from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.coverage import MIGRATION
from checks.delegation.del_01_migration_service import migration_service
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, DnsSuffix, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import (
    CREDSSP,
    GUARDED,
    OFF,
    OPEN,
    SIDS,
    UNGUARDED,
    account,
    across,
    both,
    known,
    settings,
    system,
    windows,
)  # fmt: skip
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
        pytest.param(COMPLETE, account(HV02, denied=(ME,)), Status.UNKNOWN, id="both names, yet denied"),
        pytest.param(account(HV01, FULL), account(HV02, denied=(ME,)), Status.UNKNOWN, id="one name, yet denied"),
        pytest.param(COMPLETE, account(HV02, denied=("S-1-5-15",)), Status.UNKNOWN, id="both names, perhaps denied"),
        pytest.param(
            account(HV01, FULL), account(HV02, denied=("S-1-5-15",)), Status.UNKNOWN, id="one, perhaps denied"
        ),
        pytest.param(COMPLETE, account(HV02, allowed=("S-1-5-15",)), Status.PASS, id="both names, others allowed"),
        pytest.param(
            account(HV01, FULL), account(HV02, allowed=("S-1-5-15",)), Status.WARN, id="one name, others allowed"
        ),
        pytest.param(account(HV01), account(HV02, allowed=(ME,), denied=(ME,)), Status.FAIL, id="denied"),
        pytest.param(
            account(HV01), account(HV02, denied=(ME, "S-1-5-15")), Status.FAIL, id="denied, and perhaps once more"
        ),
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
        "-Server 'corp.example')  # the whole list"
    )


def test_texts_of_a_missing_name(judge: Judge):
    finding = judge(migration_service, known(account(HV01, FULL), account(HV02)))
    assert FULL in finding.seen
    assert finding.wanted == f'"{SHORT}" and "{FULL}" in msDS-AllowedToDelegateTo of HV01'
    assert finding.remedy == (
        "Set-ADComputer -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example' "
        "-Add @{'msDS-AllowedToDelegateTo' = '" + SHORT + "'}"
    )


HOST3 = "hv03.corp.example"
FROM_THREE = estate(hosts=(HV01, HV02, HOST3), routes=(Route(HV01, HV02), Route(HV02, HOST3)))
OTHER, GROUP, FOREIGN = "S-1-5-21-1-1-1-1500", "S-1-5-21-1-1-1-2000", "S-1-5-21-9-9-9-500"


def denied_by(judge: Judge, **lists: tuple[str, ...]) -> str:
    """The remedy for a source that the destination denies; its list holds others besides."""
    others = (replace(account("other.corp.example"), sid=OTHER), replace(account(HOST3), sid=SIDS[HV11]))
    facts = known(account(HV01), account(HV02, **lists), *others, hosts=(HV01, HV02, HOST3))
    return judge(migration_service, facts, FROM_THREE, subject=f"{HV01}/{HV02}").remedy


def test_a_command_that_replaces_the_list_names_all_that_stay(judge: Judge):
    remedy = denied_by(judge, allowed=(OTHER, GROUP), denied=(ME,))
    assert remedy == (
        "Set-ADComputer -Identity 'CN=HV02,DC=corp,DC=example' -Server 'corp.example' "
        "-PrincipalsAllowedToDelegateToAccount "
        "(Get-ADComputer -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example'), "
        "(Get-ADComputer -Identity 'CN=HV03,DC=corp,DC=example' -Server 'corp.example'), "
        "(Get-ADComputer -Identity 'CN=OTHER,DC=corp,DC=example' -Server 'corp.example'), "
        f"'{GROUP}'  # the whole list, as it is replaced"
    )


@pytest.mark.parametrize(
    ("allowed", "denied", "lost"),
    [
        pytest.param((), (ME, OTHER), OTHER, id="a deny entry for another"),
        pytest.param((), (ME, "S-1-1-0"), "S-1-1-0", id="a deny entry for everyone"),
        pytest.param((FOREIGN,), (ME,), FOREIGN, id="who cannot be named from here"),
        pytest.param(("S-1-5-11",), (ME,), "S-1-5-11", id="who is no account"),
    ],
)
def test_what_the_command_would_drop_makes_it_words(judge: Judge, allowed, denied, lost):
    remedy = denied_by(judge, allowed=allowed, denied=denied)
    assert remedy.startswith("Have whoever administers 'corp.example' edit")
    assert f"'{lost}'" in remedy
    assert not remedy.startswith("Set-ADComputer")


@pytest.mark.parametrize(
    ("guard", "build", "expected"),
    [
        pytest.param([UNGUARDED], 26100, Status.WARN, id="does not run"),
        pytest.param([DeviceGuard((2,))], 17763, Status.WARN, id="code integrity is another service"),
        pytest.param([DeviceGuard((0,))], 17763, Status.WARN, id="nothing runs"),
        pytest.param([DeviceGuard(())], 17763, Status.UNKNOWN, id="not even that nothing runs is told"),
        pytest.param([GUARDED], 17763, Status.FAIL, id="runs"),
        pytest.param([UNGUARDED, GUARDED], 17763, Status.FAIL, id="one row says it runs"),
        pytest.param(GapReason.ACCESS_DENIED, 26100, Status.UNKNOWN, id="not read"),
        pytest.param(GapReason.ACCESS_DENIED, 17763, Status.UNKNOWN, id="not read, older"),
        pytest.param([], 14393, Status.UNKNOWN, id="no row where there is one"),
        pytest.param([], 14392, Status.WARN, id="no such thing before 2016"),
    ],
)
def test_credential_guard_blocks_delegation_to_any_service(judge: Judge, guard, build, expected):
    facts = known(account(HV01, uac=OPEN), account(HV02)) | {(DeviceGuard, HV01): guard}
    facts[OperatingSystem, HV01] = [windows(build)]
    finding = judge(migration_service, facts)
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)
    complete = known(account(HV01, SHORT, FULL, uac=OPEN), account(HV02)) | {(DeviceGuard, HV01): guard}
    assert judge(migration_service, complete).status is Status.PASS


def test_no_row_and_no_release_is_unknown(judge: Judge):
    facts = known(account(HV01, uac=OPEN), account(HV02)) | {(DeviceGuard, HV01): []}
    assert judge(migration_service, facts).status is Status.UNKNOWN


def test_one_name_says_which_to_use(judge: Judge):
    finding = judge(migration_service, known(account(HV01, FULL), account(HV02)))
    assert finding.works
    assert "call the destination by the name that is listed" in finding.note


@pytest.mark.parametrize("suffix", ["prod.example", "corp.example"])
def test_a_disjoint_namespace(judge: Judge, suffix):
    """Windows registers the name that the account tells; the domain's name is no part of it."""
    full = f"hv02.{suffix}"
    names = (f"{MIGRATION}/HV02", f"{MIGRATION}/{full}")
    own = {(DnsSuffix, HV02): [DnsSuffix(suffix, suffix)]}
    finding = judge(migration_service, known(account(HV01, *names), account(HV02, dns=full)) | own)
    assert finding.status is Status.PASS
    other = judge(migration_service, known(account(HV01, names[0]), account(HV02, dns=full)) | own)
    assert f"'{names[1]}'" in other.remedy


def test_near_misses_are_shown_as_written(judge: Judge):
    near = "Microsoft Virtual System Migrations Service/HV02"
    assert near in judge(migration_service, known(account(HV01, near), account(HV02))).seen


@pytest.mark.parametrize("name", ["x'; Remove-Item C:\\ -Recurse #", "\x1b[31mred", "\u202egnp", "x\u2019y"])
def test_no_name_leaves_its_quotes(judge: Judge, name):
    facts = known(account(HV01), account(HV02, dns=HV02, sam=f"{name[:15]}$"))
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
