from __future__ import annotations

import pytest

from checks.migration.credssp import DELEGATION_FIRST, credssp_verdict
from checks.migration.lm_03_authentication_and_delegation import fit_together
from scanner.api import GapReason, Status, Subject, View, failed, scopes
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import disk
from tests.checks.delegation.domain import (
    ANY_PROTOCOL,
    CREDSSP,
    GUARDED,
    OPEN,
    PLAIN,
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
from tests.conftest import CORP, HV01, HV02, HV11, Judge, estate, evidence

FULL = account(HV01, *both(HV02), *both(HV02, "cifs"))
LOCAL = estate(remote_initiated=False)


def run(judge: Judge, source=FULL, mode=None, where=None, facts=None):
    base = known(source, account(HV02)) | {(OperatingSystem, HV01): [windows()]}
    base[MigrationSettings, HV01] = [mode or settings()]
    base[VmStorage, HV01] = []
    return judge(fit_together, base | (facts or {}), where)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(FULL, Status.PASS, id="complete"),
        pytest.param(account(HV01), Status.FAIL, id="nothing"),
        pytest.param(account(HV01, *both(HV02)), Status.FAIL, id="no cifs"),
        pytest.param(account(HV01, *both(HV02, "cifs")), Status.FAIL, id="no migration service"),
        pytest.param(account(HV01, *FULL.delegates_to, uac=PLAIN), Status.FAIL, id="Kerberos only"),
        pytest.param(account(HV01, *FULL.delegates_to[:3]), Status.PASS, id="one name missing is DEL-02's warning"),
    ],
)
def test_kerberos(judge: Judge, source, expected):
    assert run(judge, source).status is expected


@pytest.mark.parametrize("source", [FULL, account(HV01)])
def test_credssp(judge: Judge, source):
    assert run(judge, source, CREDSSP).status is Status.FAIL
    assert run(judge, source, CREDSSP, LOCAL).status is Status.WARN


@pytest.mark.parametrize(
    ("guard", "expected"),
    [([UNGUARDED], Status.WARN), ([GUARDED], Status.FAIL), (GapReason.TIMEOUT, Status.UNKNOWN), ([], Status.UNKNOWN)],
)
def test_credential_guard_decides_whether_credssp_can_be_used(judge: Judge, guard, expected):
    finding = run(judge, FULL, CREDSSP, LOCAL, {(DeviceGuard, HV01): guard})
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)
    assert run(judge, FULL, CREDSSP, LOCAL, {(DeviceGuard, HV02): guard}).status is Status.WARN, "the source decides"
    assert run(judge, FULL, None, LOCAL, {(DeviceGuard, HV01): guard}).status is Status.PASS


@pytest.mark.parametrize(
    ("systems", "expected"),
    [
        ([windows(14392)], Status.WARN),
        ([windows(14393)], Status.UNKNOWN),
        ([], Status.UNKNOWN),
        (GapReason.TIMEOUT, Status.UNKNOWN),
    ],
)
def test_without_its_row_only_an_older_release_has_no_credential_guard(judge: Judge, systems, expected):
    facts = {(DeviceGuard, HV01): [], (OperatingSystem, HV01): systems}
    assert run(judge, FULL, CREDSSP, LOCAL, facts).status is expected


@pytest.mark.parametrize(
    ("source", "facts", "steps"),
    [
        pytest.param(FULL, {}, ["Set-VMHost", "Set-VMHost"], id="complete"),
        pytest.param(account(HV01), {}, [*["Set-ADComputer"] * 2, *["Set-VMHost"] * 2], id="delegation first"),
        pytest.param(FULL, {(ComputerAccount, CORP): GapReason.TIMEOUT}, ["Find"], id="delegation is not known"),
        pytest.param(FULL, {(ComputerSystem, HV02): GapReason.TIMEOUT}, ["Find"], id="membership is not known"),
        pytest.param(FULL, {(ComputerSystem, HV02): [system(HV02, joined=False)]}, ["Kerberos"], id="work group"),
    ],
)
def test_kerberos_is_not_ordered_before_delegation(judge: Judge, source, facts, steps):
    finding = run(judge, source, CREDSSP, None, facts)
    assert [line.split()[0] for line in finding.remedy.splitlines()] == steps


@pytest.mark.parametrize("by_hand", ["", "Let an administrator of the domain complete it."])
def test_what_only_a_person_can_complete_comes_before_kerberos(by_hand):
    facts = known(FULL, account(HV02)) | {(DeviceGuard, HV01): [UNGUARDED]}
    view = View(evidence(facts), (ComputerAccount, ComputerSystem, DeviceGuard))
    parts = {"DEL-01": failed("nothing", "all", "Set-ADComputer HV01"), "DEL-02": failed("nothing", "all", by_hand)}
    assert credssp_verdict(view, Subject(scopes.ROUTE, (HV01, HV02)), parts).remedy == DELEGATION_FIRST


def test_no_host_is_left_with_the_other_protocol(judge: Judge):
    remedy = run(judge, FULL, CREDSSP).remedy
    assert [line.split("'")[1] for line in remedy.splitlines() if "Set-VMHost" in line] == [HV01, HV02]


def test_file_servers_are_not_claimed(judge: Judge):
    assert run(judge).seen == "Kerberos, delegation to the destination complete"


def test_texts(judge: Judge):
    finding = run(judge, account(HV01, uac=PLAIN))
    assert finding.seen == "Kerberos, and DEL-01, DEL-02, DEL-03 incomplete"
    assert len(finding.remedy.splitlines()) == 3
    assert run(judge, account(HV01, *FULL.delegates_to[:3])).note == "with warnings of DEL-02"
    unused = run(judge, FULL, CREDSSP)
    assert unused.note.endswith("delegation is complete, and CredSSP does not use it")
    assert unused.remedy.startswith("Set-VMHost -ComputerName 'hv01.corp.example' -VirtualMachineMigrationAuth")
    assert "does not use it" not in run(judge, account(HV01), CREDSSP).note


def test_two_domains(judge: Judge):
    base = {(OperatingSystem, HV01): [windows()], (MigrationSettings, HV01): [settings()], (VmStorage, HV01): []}
    names = (*both(HV11), *both(HV11, "cifs"))
    listed = known(account(HV01, *names), account(HV11), hosts=(HV01, HV11)) | base
    assert judge(fit_together, listed, across()).status is Status.FAIL
    named = known(account(HV01), account(HV11, allowed=(SIDS[HV01],)), hosts=(HV01, HV11)) | base
    assert judge(fit_together, named, across()).status is Status.PASS


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({(MigrationSettings, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="settings unknown"),
        pytest.param({(MigrationSettings, HV01): []}, Status.UNKNOWN, id="no settings"),
        pytest.param({(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="directory unknown"),
        pytest.param({(ComputerSystem, HV02): [system(HV02, joined=False)]}, Status.NOT_APPLICABLE, id="work group"),
        pytest.param({(ComputerSystem, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="destination unknown"),
        pytest.param({(OperatingSystem, HV01): GapReason.TIMEOUT}, Status.PASS, id="release not needed"),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, expected):
    assert run(judge, facts=facts).status is expected


def test_unknown_parts_hide_no_failure(judge: Judge):
    source = account(HV01, *both(HV02), uac=PLAIN)
    finding = run(judge, source, facts={(OperatingSystem, HV01): GapReason.TIMEOUT})
    assert finding.status is Status.FAIL
    assert finding.seen == "Kerberos, and DEL-02 incomplete"
    clear = account(HV01, *FULL.delegates_to, uac=PLAIN)
    assert run(judge, clear, facts={(OperatingSystem, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [ComputerAccount, ComputerSystem])
def test_credssp_is_judged_without_the_directory(judge: Judge, fact):
    target = CORP if fact is ComputerAccount else HV02
    finding = run(judge, FULL, CREDSSP, facts={(fact, target): GapReason.TIMEOUT})
    assert finding.status is Status.FAIL
    assert "delegation is complete" not in finding.note


FS = "fs01.corp.example"
ON_A_SHARE = [disk(rf"\\{FS}\vms\web.vhdx"), disk(r"D:\vms\data.vhdx")]
NAMED = account(HV01, *FULL.delegates_to, f"CIFS/{FS}")


@pytest.mark.parametrize(
    ("source", "server", "expected"),
    [
        pytest.param(NAMED, None, Status.PASS, id="the name in the path is listed"),
        pytest.param(FULL, account(FS), Status.FAIL, id="nothing"),
        pytest.param(FULL, account(FS, dns=""), Status.FAIL, id="its account by short name"),
        pytest.param(FULL, account(FS, allowed=(SIDS[HV01],)), Status.PASS, id="resource-based"),
        pytest.param(FULL, account(FS, allowed=(SIDS[HV02],)), Status.UNKNOWN, id="another list, perhaps a group"),
        pytest.param(
            FULL, account(FS, allowed=(SIDS[HV01],), denied=(SIDS[HV01],)), Status.UNKNOWN, id="names and denies it"
        ),
        pytest.param(FULL, None, Status.UNKNOWN, id="an alias, another domain, no Windows"),
        pytest.param(
            account(HV01, *FULL.delegates_to, f"cifs/{FS}.other"), account(FS), Status.FAIL, id="another name"
        ),
    ],
)
def test_delegation_is_complete_with_the_file_servers_in_use(judge: Judge, source, server, expected):
    accounts = [source, account(HV02), *([server] if server else [])]
    finding = run(judge, source, facts={(VmStorage, HV01): ON_A_SHARE, (ComputerAccount, CORP): accounts})
    assert finding.status is expected
    if expected is Status.FAIL:
        assert (finding.seen, finding.remedy) == ("Kerberos, and cifs to file servers incomplete", "")
        assert finding.note == f"HV01 does not list cifs/{FS}"


@pytest.mark.parametrize(
    ("guard", "expected"), [([UNGUARDED], Status.PASS), ([GUARDED], Status.FAIL), (GapReason.TIMEOUT, Status.UNKNOWN)]
)
def test_any_service_covers_file_servers_where_credential_guard_does_not_run(judge: Judge, guard, expected):
    source = account(HV01, *FULL.delegates_to, uac=OPEN | ANY_PROTOCOL)
    facts = {(VmStorage, HV01): ON_A_SHARE, (DeviceGuard, HV01): guard}
    assert run(judge, source, facts=facts).status is expected


def test_disks_that_were_not_read_may_lie_on_a_file_server(judge: Judge):
    assert run(judge, facts={(VmStorage, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN
    assert run(judge, mode=CREDSSP, where=LOCAL, facts={(VmStorage, HV01): ON_A_SHARE}).status is Status.WARN
