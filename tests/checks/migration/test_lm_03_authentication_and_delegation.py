from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_03_authentication_and_delegation import fit_together
from scanner.api import Ask, GapReason, Route, Status
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.network import IPAddress
from scanner.facts.vm import VmStorage
from scanner.judge.judging import asks_of
from tests.checks.common.builders import disk
from tests.checks.delegation.domain import (
    ANY_PROTOCOL,
    CREDSSP,
    GUARDED,
    OFF,
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
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate, evidence

HV03 = "hv03.corp.example"

FULL = account(HV01, *both(HV02), *both(HV02, "cifs"))
REGISTERED = account(HV02, spns=(*both(HV02), *both(HV02, "HOST")))
LOCAL = estate(remote_initiated=False)


def run(judge: Judge, source=FULL, mode=None, where=None, facts=None):
    base = known(source, REGISTERED) | {(OperatingSystem, HV01): [windows()]}
    base |= {(MigrationSettings, host): [mode or settings()] for host in (HV01, HV02)}
    base[VmStorage, HV01] = []
    base |= {(NamedAccount, CORP): [], (NamedAccount, BRANCH): []}
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
        pytest.param(
            account(HV01, *FULL.delegates_to[:3]), {}, ["Set-ADComputer", *["Set-VMHost"] * 2], id="the other name, too"
        ),
        pytest.param(FULL, {(ComputerAccount, CORP): GapReason.TIMEOUT}, ["Find"], id="delegation is not known"),
        pytest.param(FULL, {(ComputerSystem, HV02): GapReason.TIMEOUT}, ["Find"], id="membership is not known"),
        pytest.param(FULL, {(MigrationSettings, HV02): GapReason.TIMEOUT}, ["Find"], id="how it signs in is not known"),
        pytest.param(FULL, {(ComputerSystem, HV02): [system(HV02, joined=False)]}, ["Kerberos"], id="work group"),
        pytest.param(FULL, {(VmStorage, HV01): GapReason.TIMEOUT}, ["Find"], id="disks may lie on a file server"),
    ],
)
def test_kerberos_is_not_ordered_before_what_it_needs(judge: Judge, source, facts, steps):
    finding = run(judge, source, CREDSSP, None, facts)
    assert [line.split()[0] for line in finding.remedy.splitlines()] == steps


@pytest.mark.parametrize(
    ("spns", "complete"),
    [
        pytest.param((*both(HV02), *both(HV02, "HOST")), True, id="both"),
        pytest.param((), False, id="none"),
        pytest.param((*both(HV02)[:1], *both(HV02, "HOST")), False, id="one, by which alone it could be called then"),
    ],
)
def test_kerberos_is_not_ordered_for_a_destination_that_it_does_not_find(judge: Judge, spns, complete):
    facts = {(ComputerAccount, CORP): [FULL, account(HV02, spns=spns)]}
    finding = run(judge, FULL, CREDSSP, LOCAL, facts)
    assert finding.status is Status.WARN
    assert ("Set-VMHost" in finding.remedy) is complete
    assert complete or f"{HV01} → {HV02} (DEL-08)" in finding.remedy
    assert ("delegation is complete" in finding.note) is (len(spns) > 0)


def test_kerberos_is_not_ordered_where_a_file_server_is_not_delegated(judge: Judge):
    shared = {(VmStorage, HV01): ON_A_SHARE, (ComputerAccount, CORP): [FULL, REGISTERED, account(FS)]}
    finding = run(judge, FULL, CREDSSP, LOCAL, shared)
    assert finding.status is Status.WARN
    assert f"{HV01} → {HV02} (cifs to file servers)" in finding.remedy
    assert "Set-VMHost" not in finding.remedy
    assert "delegation is complete" not in finding.note


def three(judge: Judge, facts, **words):
    """hv01 and hv03 move to hv02, all with CredSSP; the finding of hv01."""
    where = estate(hosts=(HV01, HV02, HV03), routes=(Route(HV01, HV02), Route(HV03, HV02)), **words)
    listed = account(HV03, *FULL.delegates_to)
    base = known(FULL, REGISTERED, replace(listed, sid="S-1-5-21-1-1-1-1103"), hosts=(HV01, HV02, HV03))
    for host in (HV01, HV02, HV03):
        base |= {(MigrationSettings, host): [CREDSSP], (VmStorage, host): [], (OperatingSystem, host): [windows()]}
    return judge(fit_together, base | facts, where, subject=f"{HV01}/{HV02}")


def test_all_hosts_that_moves_tie_change_together(judge: Judge):
    remedy = three(judge, {}).remedy
    assert [line.split("'")[1] for line in remedy.splitlines()] == [HV01, HV02, HV03]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({(MigrationSettings, HV03): GapReason.TIMEOUT}, "Find out how these hosts sign in"),
        ({(ComputerSystem, HV03): [system(HV03, joined=False)]}, "Kerberos needs every one of these hosts in a domain"),
        ({(VmStorage, HV03): GapReason.TIMEOUT}, "Find out first what could not be read"),
    ],
)
def test_no_host_is_parted_from_one_that_cannot_change(judge: Judge, facts, words):
    remedy = three(judge, facts).remedy
    assert remedy.startswith(words)
    assert HV03 in remedy


def test_one_with_kerberos_already_is_not_changed(judge: Judge):
    remedy = three(judge, {(MigrationSettings, HV02): [settings()]}).remedy
    assert [line.split("'")[1] for line in remedy.splitlines()] == [HV01]


def test_a_client_is_told_no_command_that_it_lacks(judge: Judge):
    client = {(OperatingSystem, HV02): [windows(22631, ProductType.CLIENT)]}
    assert [line.split("'")[1] for line in three(judge, client).remedy.splitlines()] == [HV01, HV03]


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
        pytest.param(NAMED, None, Status.UNKNOWN, id="listed, and no account bears the name"),
        pytest.param(FULL, account(FS), Status.FAIL, id="nothing"),
        pytest.param(FULL, account(FS, spns=both(FS, "HOST")), Status.FAIL, id="nothing, where the name would help"),
        pytest.param(FULL, account(FS, dns=""), Status.FAIL, id="its account by short name"),
        pytest.param(FULL, account(FS, allowed=(SIDS[HV01],), spns=both(FS, "HOST")), Status.PASS, id="resource-based"),
        pytest.param(FULL, account(FS, allowed=(SIDS[HV01],)), Status.UNKNOWN, id="resource-based, and no such name"),
        pytest.param(NAMED, account(FS, spns=both(FS, "HOST")), Status.PASS, id="listed, and its account agrees"),
        pytest.param(NAMED, account(FS, spns=both(FS, "CIFS")), Status.PASS, id="listed, by the service's own name"),
        pytest.param(NAMED, account(FS), Status.UNKNOWN, id="listed, and nobody holds the name"),
        pytest.param(NAMED, account(FS, uac=OFF, spns=both(FS, "HOST")), Status.FAIL, id="listed, and disabled"),
        pytest.param(FULL, account(FS, uac=OFF, allowed=(SIDS[HV01],)), Status.FAIL, id="named, and disabled"),
        pytest.param(
            NAMED, account(FS, denied=(SIDS[HV01],), spns=both(FS, "HOST")), Status.UNKNOWN, id="listed, and denied"
        ),
        pytest.param(
            NAMED, account(FS, denied=("S-1-5-32-544",), spns=both(FS, "HOST")), Status.UNKNOWN, id="perhaps denied"
        ),
        pytest.param(NAMED, replace(account(FS), unread="torn"), Status.UNKNOWN, id="listed, and not read whole"),
        pytest.param(FULL, account(FS, allowed=(SIDS[HV02],)), Status.FAIL, id="another list"),
        pytest.param(FULL, account(FS, allowed=("S-1-5-32-544",)), Status.UNKNOWN, id="another list, perhaps a group"),
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
    accounts = [source, REGISTERED, *([server] if server else [])]
    finding = run(judge, source, facts={(VmStorage, HV01): ON_A_SHARE, (ComputerAccount, CORP): accounts})
    assert finding.status is expected
    if expected is Status.FAIL and not server.disabled:
        assert finding.seen == "Kerberos, and cifs to file servers incomplete"
        command = "Set-ADComputer -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example' -Add"
        assert finding.remedy.startswith(command) is bool(server.spns), "a name that nobody holds helps nobody"
        assert bool(server.spns) or finding.note == f"HV01 does not list cifs/{FS}"


@pytest.mark.parametrize(
    ("guard", "expected"), [([UNGUARDED], Status.PASS), ([GUARDED], Status.FAIL), (GapReason.TIMEOUT, Status.UNKNOWN)]
)
def test_any_service_covers_file_servers_where_credential_guard_does_not_run(judge: Judge, guard, expected):
    source = account(HV01, *FULL.delegates_to, uac=OPEN | ANY_PROTOCOL)
    accounts = [source, REGISTERED, account(FS, spns=both(FS, "HOST"))]
    facts = {(VmStorage, HV01): ON_A_SHARE, (DeviceGuard, HV01): guard, (ComputerAccount, CORP): accounts}
    assert run(judge, source, facts=facts).status is expected


def test_disks_that_were_not_read_may_lie_on_a_file_server(judge: Judge):
    assert run(judge, facts={(VmStorage, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN
    assert run(judge, mode=CREDSSP, where=LOCAL, facts={(VmStorage, HV01): ON_A_SHARE}).status is Status.WARN


def elsewhere(judge: Judge, server: str, accounts, *listed: str, guard=UNGUARDED, **words):
    """Disks on a file server, and the accounts that a domain tells."""
    shares = [disk(rf"\\{server}\vms\web.vhdx")]
    facts = {(VmStorage, HV01): shares, (DeviceGuard, HV01): [guard]} | accounts
    return run(judge, account(HV01, *FULL.delegates_to, *listed, **words), facts=facts)


FAR = "fs01.branch.example"
FAR_HOST = both(FAR, "HOST")


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        pytest.param({}, Status.UNKNOWN, id="its account was not read: whose domain it is in nobody knows"),
        pytest.param({(ComputerAccount, BRANCH): []}, Status.UNKNOWN, id="nor was it among those asked for"),
        pytest.param({(ComputerAccount, BRANCH): [account(FAR, spns=FAR_HOST)]}, Status.FAIL, id="of another domain"),
        pytest.param(
            {(ComputerAccount, BRANCH): [account(FAR, spns=FAR_HOST, allowed=(SIDS[HV01],))]},
            Status.PASS,
            id="of another domain, and it names the source",
        ),
        pytest.param(
            {(ComputerAccount, BRANCH): [account(FAR, allowed=(SIDS[HV01],), denied=(SIDS[HV01],), spns=FAR_HOST)]},
            Status.UNKNOWN,
            id="names and denies",
        ),
        pytest.param(
            {(ComputerAccount, CORP): [account(FS, dns=FAR, spns=FAR_HOST)]}, Status.PASS, id="its name is, it is not"
        ),
        pytest.param(
            {(ComputerAccount, BRANCH): [account(FAR)], (ComputerAccount, CORP): [account(FS, dns=FAR)]},
            Status.UNKNOWN,
            id="two are called so",
        ),
        pytest.param(
            {(ComputerAccount, "dc1.corp.example"): [account(FS, dns=FAR, uac=OFF)]},
            Status.UNKNOWN,
            id="what a single controller tells is not the domain's word",
        ),
    ],
)
def test_a_list_ends_at_the_border_of_its_domain(judge: Judge, accounts, expected):
    own = [account(HV01, *FULL.delegates_to, f"cifs/{FAR}"), REGISTERED]
    accounts = {(ComputerAccount, CORP): [], **accounts}
    accounts[ComputerAccount, CORP] = [*own, *accounts[ComputerAccount, CORP]]
    finding = elsewhere(judge, FAR, accounts, f"cifs/{FAR}")
    assert finding.status is expected
    if expected is Status.FAIL:
        assert "msDS-AllowedToActOnBehalfOfOtherIdentity of 'CN=FS01,DC=branch,DC=example'" in finding.remedy


@pytest.mark.parametrize("server", ["fs01", FS, "fs01.prod.example", "fs01.other.example"])
@pytest.mark.parametrize("known_there", [[], GapReason.TIMEOUT])
def test_a_listed_server_that_no_account_is_called_is_unknown(judge: Judge, server, known_there):
    finding = elsewhere(judge, server, {(NamedAccount, CORP): known_there}, f"cifs/{server}")
    assert finding.status is Status.UNKNOWN


def test_any_service_ends_at_the_border_of_the_domain_too(judge: Judge):
    source = account(HV01, *FULL.delegates_to, uac=OPEN | ANY_PROTOCOL)
    here = [source, REGISTERED, account(FS, spns=both(FS, "HOST"))]
    assert elsewhere(judge, FS, {(ComputerAccount, CORP): here}).status is Status.PASS
    there = {(ComputerAccount, BRANCH): [account(FAR, spns=FAR_HOST)], (ComputerAccount, CORP): here}
    assert elsewhere(judge, FAR, there).status is Status.FAIL
    assert elsewhere(judge, FAR, {(ComputerAccount, CORP): here}).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("stay", "there", "expected"),
    [
        pytest.param(True, (), Status.FAIL, id="the destination opens them, and may not"),
        pytest.param(True, both(FS, "cifs"), Status.PASS, id="and may"),
        pytest.param(False, (), Status.PASS, id="they move, and it opens none"),
    ],
)
def test_where_disks_stay_the_destination_opens_them_too(judge: Judge, stay, there, expected):
    source = account(HV01, *FULL.delegates_to, *both(FS, "cifs"))
    taker = account(HV02, *there, spns=REGISTERED.spns)
    accounts = [source, taker, account(FS, spns=both(FS, "HOST"))]
    facts = {(VmStorage, HV01): ON_A_SHARE[:1], (ComputerAccount, CORP): accounts}
    where = estate(routes=(Route(HV01, HV02, storage=not stay),))
    assert run(judge, source, where=where, facts=facts).status is expected


@pytest.mark.parametrize("domain", [CORP, BRANCH])
def test_the_second_round_finds_the_account(judge: Judge, domain):
    """A server of another domain is looked for there, too, where that was read."""
    server = f"fs01.{domain}"
    row = NamedAccount(**{f: getattr(account(server, spns=both(server, "HOST")), f) for f in ComputerAccount.__slots__})
    accounts = {(ComputerAccount, BRANCH): [], (NamedAccount, domain): [row]}
    expected = Status.PASS if domain == CORP else Status.FAIL
    assert elsewhere(judge, server, accounts, *both(server, "cifs")).status is expected


def test_what_is_asked_for_the_accounts_of_file_servers():
    facts = known(FULL, REGISTERED) | {
        (VmStorage, HV01): [*ON_A_SHARE, disk(rf"\\{FAR}\vms\x.vhdx"), disk(r"\\no name\x\y.vhdx")],
        (ComputerAccount, BRANCH): [],
        (IPAddress, HV01): [],
        (IPAddress, HV02): [],
    }
    asked = set(asks_of([fit_together], evidence(facts, estate())))
    both_domains = {Ask(NamedAccount, domain, FAR) for domain in (CORP, BRANCH)}
    assert asked == {Ask(NamedAccount, CORP, FS), *both_domains}


def test_every_line_of_what_lacks_is_a_command_of_its_own(judge: Judge):
    """Both services lack; a part that no command mends adds no line, and is told instead."""
    accounts = [account(HV01), REGISTERED, account(FS)]
    alone = run(judge, account(HV01))
    beside = run(judge, account(HV01), facts={(VmStorage, HV01): ON_A_SHARE, (ComputerAccount, CORP): accounts})
    for finding in (alone, beside):
        lines = finding.remedy.split("\n")
        assert len(lines) == 2
        assert all(line.startswith("Set-ADComputer -Identity ") for line in lines)
    assert alone.note == ""
    assert beside.note == f"HV01 does not list cifs/{FS}"
