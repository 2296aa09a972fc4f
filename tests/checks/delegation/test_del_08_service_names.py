from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.del_08_service_names import service_names
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount, DomainInfo
from scanner.facts.host import ClusterInfo, ComputerSystem, Service
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings, VMHost
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import disk, module
from tests.checks.common.builders import settings as built
from tests.checks.delegation.domain import CREDSSP, account, both, known, settings, system
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate

NAMES, HOST = both(HV02), both(HV02, "HOST")


RUNS = Service("vmms", "Running", "Auto", 1, None)


def run(judge: Judge, spns, facts=None, where=None):
    base = known(account(HV01), account(HV02, spns=tuple(spns)))
    return judge(service_names, base | (facts or {}), where, subject=HV02)


@pytest.mark.parametrize(
    ("spns", "expected"),
    [
        pytest.param((*NAMES, *HOST), Status.PASS, id="all"),
        pytest.param((*(n.upper() for n in NAMES), *(n.lower() for n in HOST)), Status.PASS, id="case"),
        pytest.param((*NAMES, *both(HV02, "cifs")), Status.PASS, id="cifs itself"),
        pytest.param((*NAMES, HOST[0], both(HV02, "cifs")[1]), Status.PASS, id="one of each"),
        pytest.param((NAMES[0], *HOST), Status.WARN, id="short name only"),
        pytest.param((NAMES[1], *HOST), Status.WARN, id="full name only"),
        pytest.param(HOST, Status.FAIL, id="not registered"),
        pytest.param((), Status.FAIL, id="nothing"),
        pytest.param((*NAMES, HOST[0]), Status.WARN, id="HOST with one name"),
        pytest.param(NAMES, Status.FAIL, id="no HOST"),
        pytest.param((*both(HV02, "Hyper-V Replica Service"), *HOST), Status.FAIL, id="another service of Hyper-V"),
        pytest.param((*both(HV01), *HOST), Status.FAIL, id="another host's"),
    ],
)
def test_names(judge: Judge, spns, expected):
    assert run(judge, spns).status is expected


def test_texts(judge: Judge):
    finding = run(judge, (NAMES[0], *HOST), {(Service, HV02): [RUNS]})
    assert finding.seen == f"servicePrincipalName of HV02 lacks {NAMES[1]}"
    assert finding.remedy == (
        "Invoke-Command -ComputerName 'hv02.corp.example' -ScriptBlock { Restart-Service -Name vmms }"
        "  # machines run on; a move, backup or copy under way breaks off"
    )
    assert finding.works == f"the destination can be called by the name that is there, as in {NAMES[0]}"
    assert run(judge, NAMES).remedy.startswith("Windows registers both names of HOST itself: restart the host.")
    assert "setspn" not in run(judge, ()).remedy


@pytest.mark.parametrize(
    ("services", "command"),
    [
        pytest.param([RUNS], True, id="runs"),
        pytest.param([Service("VMMS", "running", "Auto", 1, None)], True, id="spelling"),
        pytest.param([Service("vmms", "Stopped", "Auto", 0, None)], False, id="does not run"),
        pytest.param([], False, id="is not installed"),
        pytest.param(
            [Service("ClusSvc", "Running", "Auto", 4, None), Service("vmms", "Stopped", "Auto", 0, None)],
            False,
            id="another one runs",
        ),
    ],
)
def test_a_restart_is_printed_where_it_cures(judge: Judge, services, command):
    remedy = run(judge, HOST, {(Service, HV02): services}).remedy
    assert ("Restart-Service" in remedy) is command
    assert command or remedy.endswith("see HOST-01")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({(Service, HV02): [RUNS], (ClusterInfo, HV02): [ClusterInfo("C1", None, None)]}, id="a node"),
        pytest.param({(Service, HV02): GapReason.ACCESS_DENIED}, id="a node or none"),
    ],
)
def test_what_a_cluster_would_fail_over_is_restarted_by_nobody(judge: Judge, more):
    remedy = run(judge, HOST, more).remedy
    assert "Restart-Service" not in remedy
    assert "drain the node first" in remedy


def test_hosts_of_moves_without_storage_need_no_name_for_cifs(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, storage=False),))
    shared, plain = {(VmStorage, HV01): [disk(r"\\fs01\vms\web-01.vhdx")]}, {(MigrationSettings, HV01): [built()]}
    finding = run(judge, NAMES, shared | plain, where)
    assert finding.status is Status.WARN
    assert finding.works.startswith("nothing goes by SMB")
    assert run(judge, HOST, shared | plain, where).status is Status.FAIL


HERE = {(VmStorage, HV01): []}
BY_SMB = built(smb=True, compression=False)
MODULE_SMB = replace(module(), performance=MigrationPerformance.SMB)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({(VmStorage, HV01): [disk(r"D:\VMs\web-01.vhdx")]}, Status.FAIL, id="a local disk"),
        pytest.param(HERE | {(MigrationSettings, HV01): [BY_SMB]}, Status.FAIL, id="memory by SMB"),
        pytest.param(HERE | {(MigrationSettings, HV01): [built()]}, Status.WARN, id="memory by itself"),
        pytest.param(HERE | {(MigrationSettings, HV01): [built(smb=True)]}, Status.UNKNOWN, id="told in two ways"),
        pytest.param(
            HERE | {(MigrationSettings, HV01): [BY_SMB], (VMHost, HV01): [module()]},
            Status.UNKNOWN,
            id="module: no SMB",
        ),
        pytest.param(
            HERE | {(MigrationSettings, HV01): [built()], (VMHost, HV01): [MODULE_SMB]},
            Status.UNKNOWN,
            id="module: SMB",
        ),
        pytest.param(HERE | {(MigrationSettings, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="memory unread"),
        pytest.param(
            {(VmStorage, HV01): GapReason.TIMEOUT, (MigrationSettings, HV01): [BY_SMB]},
            Status.FAIL,
            id="memory, at least",
        ),
        pytest.param({(VmStorage, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="disks unread"),
    ],
)
def test_what_goes_by_smb_needs_the_name_whatever_the_plan_leaves(judge: Judge, facts, expected):
    where = estate(routes=(Route(HV01, HV02, storage=False),))
    assert run(judge, NAMES, facts, where).status is expected
    assert run(judge, (), facts, where).status is Status.FAIL


def test_one_move_of_several_that_goes_by_smb_needs_the_name(judge: Judge):
    hv03 = "hv03.corp.example"
    where = estate(hosts=(HV01, HV02, hv03), routes=(Route(HV01, HV02, storage=False), Route(hv03, HV02)))
    shared = {(VmStorage, HV01): [], (MigrationSettings, HV01): [built()], (MigrationSettings, hv03): [built()]}
    assert run(judge, NAMES, shared, where).status is Status.FAIL
    assert (
        run(
            judge,
            NAMES,
            shared | {(VmStorage, hv03): []},
            estate(
                hosts=(HV01, HV02, hv03), routes=(Route(HV01, HV02, storage=False), Route(hv03, HV02, storage=False))
            ),
        ).status
        is Status.WARN
    )


@pytest.mark.parametrize(("spns", "expected"), [(HOST, Status.PASS), (HOST[:1], Status.WARN), (NAMES, Status.FAIL)])
def test_where_disks_move_alone_the_migration_service_is_not_called(judge: Judge, spns, expected):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    assert run(judge, spns, where=where).status is expected


ALL = (*NAMES, *HOST)
FORESTS = {(DomainInfo, CORP): [DomainInfo(CORP, CORP, "DC=x", 7)]}
ONE_FOREST = FORESTS | {(DomainInfo, BRANCH): [DomainInfo(BRANCH, CORP, "DC=x", 7)]}
TWO_FORESTS = FORESTS | {(DomainInfo, BRANCH): [DomainInfo(BRANCH, BRANCH, "DC=x", 7)]}
TO_ANOTHER = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV11, HV01)), domains=(CORP, BRANCH))
FROM_BRANCH = estate(hosts=(HV02, HV11), routes=(Route(HV11, HV02),), domains=(CORP, BRANCH))


def beside(judge: Judge, domain: str, spns, forests=TWO_FORESTS, where=None, target=None):
    """Another account that holds some names, too."""
    host = f"old.{domain}"
    other = replace(account(host, spns=tuple(spns)), sid="S-1-5-21-7-7-7-7777")
    mine = [account(HV01), account(HV02, spns=ALL)]
    facts = {(ComputerAccount, CORP): [*mine, other] if domain == CORP else mine}
    if domain != CORP or target:
        facts[ComputerAccount, target or domain] = [other]
    facts |= {(ComputerSystem, HV11): [system(HV11)]}
    return run(judge, ALL, facts | forests, where)


@pytest.mark.parametrize("name", [*ALL, *both(HV02, "cifs")])
def test_a_name_that_another_account_of_the_domain_holds(judge: Judge, name):
    finding = beside(judge, CORP, [name.upper()])
    assert finding.status is Status.FAIL
    assert finding.seen == f"CN=OLD,DC=corp,DC=example holds {name.upper()}, too"
    assert finding.remedy == (
        "Set-ADComputer -Identity 'CN=OLD,DC=corp,DC=example' -Server 'corp.example' "
        f"-Remove @{{'servicePrincipalName' = '{name.upper()}'}}"
    )


@pytest.mark.parametrize(
    ("name", "forests", "where", "expected"),
    [
        pytest.param(NAMES[1], TWO_FORESTS, None, Status.FAIL, id="full name, another forest"),
        pytest.param(NAMES[1], {}, None, Status.FAIL, id="full name, forests unknown"),
        pytest.param(NAMES[0], ONE_FOREST, None, Status.FAIL, id="short name in the forest"),
        pytest.param(NAMES[0], TWO_FORESTS, None, Status.PASS, id="short name elsewhere"),
        pytest.param(NAMES[0], TWO_FORESTS, FROM_BRANCH, Status.WARN, id="short name where moves come from"),
        pytest.param(NAMES[0], TWO_FORESTS, TO_ANOTHER, Status.PASS, id="short name where moves to another come from"),
        pytest.param("Hyper-V Replica Service/HV02", ONE_FOREST, None, Status.PASS, id="another service"),
        pytest.param(f"{NAMES[1]}.org", ONE_FOREST, None, Status.PASS, id="another name"),
    ],
)
def test_a_name_that_another_domain_holds(judge: Judge, name, forests, where, expected):
    finding = beside(judge, BRANCH, [name], forests, where)
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)
    if name == NAMES[0]:
        assert "Set-ADComputer" not in finding.remedy, "the other machine may be called so"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(GapReason.TIMEOUT, Status.WARN, id="unread: its name tells the domain"),
        pytest.param([replace(system(HV11), domain=BRANCH.upper())], Status.WARN, id="of that domain"),
        pytest.param([replace(system(HV11), domain="third.example")], Status.PASS, id="of another than it is named"),
    ],
)
def test_where_moves_come_from_is_what_the_source_says(judge: Judge, source, expected):
    other = replace(account("old.branch.example", spns=NAMES[:1]), sid="S-1-5-21-7-7-7-7777")
    facts = TWO_FORESTS | {(ComputerAccount, BRANCH): [other], (ComputerSystem, HV11): source}
    assert run(judge, ALL, facts, FROM_BRANCH).status is expected


def test_what_one_controller_alone_tells_counts(judge: Judge):
    assert beside(judge, CORP, [NAMES[1]], target="dc2.corp.example").status is Status.FAIL
    mine = {(ComputerAccount, "dc2.corp.example"): [replace(account(HV02, spns=ALL), dn="CN=HV02,OU=Moved,DC=corp")]}
    assert run(judge, ALL, mine).status is Status.PASS, "an account that was moved is the same"


OLD = "S-1-5-21-1-1-1-1002"
ELSEWHERE = "CN=HV02,OU=Old,DC=corp,DC=example"
BRANCHED = "CN=HV02,DC=branch,DC=example"


@pytest.mark.parametrize(
    ("words", "target", "expected"),
    [
        pytest.param({"sid": OLD}, "dc2.corp.example", Status.UNKNOWN, id="in the same place"),
        pytest.param({"sid": OLD, "dn": "cn=hv02,dc=CORP,dc=example"}, "dc2.corp.example", Status.UNKNOWN, id="case"),
        pytest.param({"sid": OLD, "dn": ELSEWHERE}, "dc2.corp.example", Status.UNKNOWN, id="in another place"),
        pytest.param({"sid": "", "dn": ELSEWHERE}, "dc2.corp.example", Status.UNKNOWN, id="elsewhere, no SID"),
        pytest.param({"dn": ELSEWHERE}, "dc2.corp.example", Status.PASS, id="moved"),
        pytest.param({"sid": ""}, "dc2.corp.example", Status.PASS, id="in the same place, no SID"),
        pytest.param({"sid": OLD, "dn": BRANCHED, "dns_name": ""}, BRANCH, Status.FAIL, id="of another domain"),
    ],
)
def test_no_command_takes_a_host_its_own_names(judge: Judge, words, target, expected):
    """Joined anew, it has another SID under the same name; which of the two it is now, no controller tells."""
    finding = run(judge, ALL, TWO_FORESTS | {(ComputerAccount, target): [replace(account(HV02, spns=ALL), **words)]})
    assert finding.status is expected
    assert ("Set-ADComputer" in finding.remedy) is (expected is Status.FAIL)
    assert ("CN=HV02,DC=corp" in finding.remedy) is False


def test_an_account_that_bears_the_same_full_name_is_stripped_by_nobody(judge: Judge):
    other = replace(account("old.branch.example", spns=NAMES[1:], dns=HV02.upper()), sid=OLD)
    finding = run(judge, ALL, TWO_FORESTS | {(ComputerAccount, BRANCH): [other]})
    assert finding.status is Status.FAIL
    assert finding.remedy.startswith("Another account bears the host's full name, too")


def test_a_full_name_that_the_machine_does_not_have_is_not_looked_for(judge: Judge):
    full = "hv02b.corp.example"
    names = [name.replace(HV02, full) for name in ALL]
    facts = {(ComputerAccount, CORP): [account(HV01), account(HV02, dns=full, spns=tuple(names))]}
    assert run(judge, (), facts).status is Status.UNKNOWN


def test_an_account_that_tells_no_sid_is_known_by_its_name(judge: Judge):
    mine, other = (replace(account(host, spns=ALL), sid="") for host in (HV02, "old.corp.example"))
    assert run(judge, ALL, {(ComputerAccount, CORP): [account(HV01), mine]}).status is Status.PASS
    assert run(judge, ALL, {(ComputerAccount, CORP): [account(HV01), mine, other]}).status is Status.FAIL


def test_many_names_are_told_shortly(judge: Judge):
    finding = beside(judge, CORP, [*ALL, *both(HV02, "cifs")])
    assert finding.seen.count("holds") == 4
    assert finding.seen.endswith("; and 2 more")
    assert len(finding.remedy.splitlines()) == 1
    assert beside(judge, CORP, ALL).seen.endswith(f"holds {ALL[-1]}, too"), "four are told"


def test_a_name_cannot_leave_its_quotes(judge: Judge):
    evil = "x'; Remove-Item C:\\ -Recurse #\r\nfoo"
    facts = {(ComputerSystem, HV02): [system(HV02, evil)], (Service, HV02): [RUNS]}
    facts[ComputerSystem, HV02] = [replace(system(HV02, evil), dns_host_name=evil)]
    facts[ComputerAccount, CORP] = [account(HV02, sam=f"{evil[:15]}$", dns=f"{evil}.example")]
    remedy = run(judge, (), facts).remedy.split("\n")
    assert len(remedy) == 2
    assert "'x''; remove-item c:\\ -recurse #' + [char]13 + [char]10 + 'foo.example'" in remedy[0]


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        pytest.param({}, estate(routes=(Route(HV02, HV01),)), Status.NOT_APPLICABLE, id="no destination"),
        pytest.param({(ComputerSystem, HV01): GapReason.TIMEOUT}, None, Status.FAIL, id="source is not needed"),
        pytest.param({(ComputerSystem, HV02): GapReason.TIMEOUT}, None, Status.UNKNOWN, id="host unknown"),
        pytest.param({(ComputerAccount, CORP): GapReason.TIMEOUT}, None, Status.UNKNOWN, id="directory unknown"),
        pytest.param({(ComputerSystem, HV02): [system(HV02, joined=False)]}, None, Status.NOT_APPLICABLE, id="alone"),
        pytest.param(
            {(MigrationSettings, HV01): [CREDSSP]}, estate(remote_initiated=False), Status.NOT_APPLICABLE, id="CredSSP"
        ),
        pytest.param(
            {(MigrationSettings, HV01): [settings()]}, estate(remote_initiated=False), Status.FAIL, id="Kerberos"
        ),
        pytest.param(
            {(MigrationSettings, HV01): GapReason.TIMEOUT}, estate(remote_initiated=False), Status.UNKNOWN, id="neither"
        ),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, where, expected):
    assert run(judge, (), facts, where).status is expected


def test_one_source_with_kerberos_suffices(judge: Judge):
    hv03 = "hv03.corp.example"
    where = estate(hosts=(HV01, HV02, hv03), routes=(Route(hv03, HV02), Route(HV01, HV02)), remote_initiated=False)
    facts = {(MigrationSettings, hv03): GapReason.TIMEOUT, (MigrationSettings, HV01): [settings()]}
    assert run(judge, (), facts, where).status is Status.FAIL
    assert run(judge, (), facts | {(MigrationSettings, HV01): [CREDSSP]}, where).status is Status.UNKNOWN


def test_a_source_of_another_destination_does_not_count(judge: Judge):
    hv03 = "hv03.corp.example"
    where = estate(hosts=(HV01, HV02, hv03), routes=(Route(HV01, HV02), Route(hv03, HV01)), remote_initiated=False)
    facts = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, hv03): [settings()]}
    assert run(judge, (), facts, where).status is Status.NOT_APPLICABLE
