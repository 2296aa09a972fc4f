from __future__ import annotations

import pytest

from checks.share.shr_01_folder import folder as check
from scanner.api import Estate, Offline, OfflinePath, Status
from scanner.facts.host import OperatingSystem, Service
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from scanner.facts.share import (
    FolderAccess,
    PowerUser,
    PrivilegedGroup,
    ServerOperator,
    ShareAdministrator,
    SmbShare,
)
from scanner.facts.vmm import VmmServer
from scanner.facts.vmm_setup import VmmSetup
from scanner.judge.judging import asks_of, judge_check
from tests.checks.share.paths import (
    ADMINS,
    DOMAIN,
    FOLDER,
    FS01,
    FULL_FOLDER,
    GONE,
    GROUP,
    ME,
    PATH,
    PROVIDER,
    SID,
    SVC,
    VMM01,
    VMM_SID,
    WITNESS,
    account,
    folder,
    known,
    plan,
    share,
)
from tests.conftest import BRANCH, HV02, Judge, evidence

OTHER = "S-1-5-21-7-8-9-1100"


def run(judge: Judge, where: Estate | None = None, **said):
    return judge(check, known(**said), where or plan())


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        pytest.param(FULL_FOLDER, Status.PASS, id="full"),
        pytest.param(f"D:AI(A;OICIID;FA;;;{GROUP})", Status.PASS, id="by a group, inherited"),
        pytest.param("D:(A;OICI;FA;;;WD)", Status.PASS, id="as everybody"),
        pytest.param(f"D:(A;OICI;FA;;;{SID})(D;;FA;;;{ADMINS})", Status.PASS, id="denied to a group he is not in"),
        pytest.param(f"D:(A;OICI;0x1301bf;;;{SID})", Status.FAIL, id="modify alone"),
        pytest.param(f"D:(D;OICI;WO;;;{GROUP})(A;OICI;FA;;;{SID})", Status.FAIL, id="a part is denied to his group"),
        pytest.param("D:(A;OICI;FA;;;BA)", Status.FAIL, id="Administrators, and he is none"),
        pytest.param("D:(A;OICI;FA;;;DA)(A;OICI;FA;;;SY)", Status.FAIL, id="Domain Admins, and he is none"),
        pytest.param("D:", Status.FAIL, id="nobody"),
        pytest.param(f"D:(A;;FA;;;{SID})", Status.UNKNOWN, id="not handed down"),
        pytest.param("D:(A;OICI;FA;;;BU)", Status.UNKNOWN, id="Users, which nobody read"),
        pytest.param("D:(A;OICI;FA;;;S-1-5-21-4-4-4-1005)", Status.UNKNOWN, id="a group of the machine's own"),
        pytest.param(f"D:(D;;FA;;;BG)(A;OICI;FA;;;{SID})", Status.UNKNOWN, id="denied to a group nobody read"),
        pytest.param("D:(A;OICI;FA;;;LA)", Status.UNKNOWN, id="letters that depend on the machine"),
        pytest.param("no list", Status.UNKNOWN, id="no list"),
        pytest.param(None, Status.UNKNOWN, id="no text"),
    ],
)
def test_what_the_folder_grants(judge: Judge, access, expected):
    assert run(judge, folders=[folder(access)]).status is expected


def test_the_command_gives_what_lacks_by_the_accounts_sid(judge: Judge):
    finding = run(judge, folders=[folder("D:(A;OICI;FA;;;BA)")])
    assert finding.remedy == (
        f"Invoke-Command -ComputerName '{FS01}' -ScriptBlock {{ icacls '{FOLDER}' /grant '*{SID}:(OI)(CI)F' }}"
    )
    denied = run(judge, folders=[folder(f"D:(D;;FA;;;{GROUP})(A;OICI;FA;;;{SID})")])
    assert "icacls" not in denied.remedy


def test_as_a_member_of_administrators(judge: Judge):
    access = [folder("D:(A;OICI;FA;;;BA)")]
    assert run(judge, folders=access, administrators=[ME]).status is Status.PASS
    assert run(judge, folders=access, administrators=[]).status is Status.FAIL
    assert run(judge, folders=access, administrators=GONE).status is Status.UNKNOWN
    assert run(judge, folders=access, groups=GONE).status is Status.UNKNOWN


def test_what_is_not_there(judge: Judge):
    assert run(judge, shares=[share(name="other")]).status is Status.FAIL
    assert run(judge, shares=[share(state=2)]).status is Status.FAIL
    assert run(judge, folders=[]).status is Status.FAIL
    assert run(judge, folders=[folder(path="D:\\Elsewhere")]).status is Status.FAIL


@pytest.mark.parametrize(
    "row", [share(scope="SOFS"), share(path=None), share(path=""), share(path=r"\\?\Volume{x}\x"), share(path="D:")]
)
def test_a_share_without_a_folder_on_a_drive(judge: Judge, row):
    assert run(judge, shares=[row]).status is Status.UNKNOWN


@pytest.mark.parametrize("other", [share(), share(path="D:\\Else"), share(scope="SOFS")])
def test_two_shares_of_one_name(judge: Judge, other):
    assert run(judge, shares=[share(), other]).status is Status.UNKNOWN
    assert run(judge, shares=[other, share()]).status is Status.UNKNOWN


def test_each_path_is_judged_by_itself():
    export, other = OfflinePath(PATH, ""), OfflinePath(rf"\\{FS01}\other", "")
    paths = Offline(export=export, import_=other, service_accounts=(SVC,))
    found = [finding.status for finding in judge_check(check, evidence(known(), plan(offline=paths)))]
    assert sorted(found) == sorted((Status.PASS, Status.FAIL))


def test_a_folder_below_the_share(judge: Judge):
    where = plan(rf"{PATH}\first")
    assert run(judge, where, folders=[folder(path=f"{FOLDER}\\First")]).status is Status.PASS
    assert run(judge, where).status is Status.FAIL


@pytest.mark.parametrize("word", ["shares", "folders", "accounts", "vmm"])
def test_unread(judge: Judge, word):
    assert run(judge, **{word: GONE}).status is Status.UNKNOWN


def test_nothing_is_planned(judge: Judge):
    finding = judge(check, known(), plan(offline=type(plan().offline)()))
    assert finding.status is Status.NOT_APPLICABLE


def test_a_machine_that_nobody_reads(judge: Judge):
    finding = run(judge, plan(r"\\fs99.corp.example\export"))
    assert finding.status is Status.UNKNOWN
    assert "name it as [[file_server]]" in finding.note


def test_on_a_host_another_check_fails(judge: Judge):
    assert run(judge, plan(rf"\\{HV02}\export")).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("told", [SVC, "corp\\SVC-VMM", "corp.example\\svc-vmm", "svc-vmm@corp.example"])
def test_vmm_and_the_estate_name_one_account(judge: Judge, told):
    assert run(judge, runs_as=told).status is Status.PASS


@pytest.mark.parametrize("told", ["CORP\\other", "OTHER\\svc-vmm", "svc-vmm@other.example", "LocalSystem"])
def test_vmm_runs_as_another(judge: Judge, told):
    finding = run(judge, runs_as=told)
    assert finding.status is Status.FAIL
    assert "the estate says" in finding.seen


def test_vmm_runs_as_an_account_that_the_estate_does_not_name(judge: Judge):
    finding = run(judge, plan(accounts=()))
    assert finding.status is Status.UNKNOWN
    assert "service_account" in finding.note


@pytest.mark.parametrize("told", ["LocalSystem", "NT AUTHORITY\\SYSTEM"])
def test_as_the_machine_itself(judge: Judge, told):
    own = [folder(f"D:(A;OICI;FA;;;{VMM_SID})")]
    assert run(judge, plan(accounts=()), runs_as=told, folders=own).status is Status.PASS
    assert run(judge, plan(accounts=()), runs_as=told).status is Status.FAIL
    assert run(judge, plan(accounts=()), runs_as=told, computers=[]).status is Status.UNKNOWN


def test_a_folder_of_vmm_itself_is_open_to_the_system(judge: Judge):
    where = plan(FOLDER, VMM01, accounts=())
    more = {
        (FolderAccess, VMM01): [folder("D:(A;OICI;FA;;;SY)")],
        (PrivilegedGroup, VMM01): GONE,
    }
    at = known(more=more)
    at[OperatingSystem, VMM01] = at[OperatingSystem, FS01]
    assert (
        judge(
            check, at | {(Service, VMM01): [Service("SCVMMService", "Running", "Auto", 4, "LocalSystem")]}, where
        ).status
        is Status.PASS
    )
    assert judge(check, at, plan(FOLDER, VMM01)).status is Status.FAIL


def test_no_service_of_vmm_leaves_what_the_estate_says(judge: Judge):
    assert run(judge, vmm=[]).status is Status.PASS
    assert run(judge, plan(accounts=()), vmm=[]).status is Status.UNKNOWN
    assert run(judge, accounts=[]).status is Status.UNKNOWN
    assert run(judge, accounts=[account(unread="tokenGroups")]).status is Status.UNKNOWN


def test_each_of_several_accounts_counts(judge: Judge):
    where = plan(accounts=(SVC, r"CORP\other"))
    two = [account(), account(r"CORP\other", f"{DOMAIN}-1609", group_sids=())]
    assert run(judge, where, accounts=two).status is Status.FAIL


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [([OperatorElsewhere(SID, (OTHER,))], Status.PASS), ([], Status.UNKNOWN), (GONE, Status.UNKNOWN)],
)
def test_a_machine_in_another_domain(judge: Judge, elsewhere, expected):
    more = {(OperatorElsewhere, BRANCH): elsewhere, (OperatorAccount, BRANCH): []}
    said = {"domain": BRANCH, "more": more, "folders": [folder(f"D:(A;OICI;FA;;;{OTHER})")]}
    assert run(judge, **said).status is expected


def test_what_is_asked():
    asked = {(ask.fact, ask.target, ask.argument) for ask in asks_of([check], evidence(known(), plan()))}
    assert (FolderAccess, FS01, FOLDER) in asked
    assert {fact.__name__ for fact, _, _ in asked} == {"FolderAccess", "ShareAdministrator", "PowerUser"}
    assert (ServerOperator, FS01, "") not in asked


def test_the_folder_is_read_behind_the_providers_name():
    assert FolderAccess(f"{PROVIDER}D:\\a::b", None).folder == "b"
    assert FolderAccess("D:\\a", None).folder == "D:\\a"
    assert SmbShare.lacks([share()]) != ""
    assert SmbShare.lacks([share(name="ipc$")]) == ""


def says(account: str | None, installed: str | None = None):
    setup = [VmmSetup("10.22.1287.0", None, None, installed)] if installed else GONE
    row = VmmServer("localhost", VMM01, "4.0.2775.0", account, False, (), None, 1)
    return {(VmmServer, VMM01): [row], (VmmSetup, VMM01): setup}


@pytest.mark.parametrize(
    ("runs", "more", "expected"),
    [
        pytest.param({}, says(SVC), Status.PASS, id="both tell the same"),
        pytest.param({}, says("corp\\SVC-VMM"), Status.PASS, id="in another case"),
        pytest.param({}, says("svc-vmm@corp.example"), Status.PASS, id="as a UPN"),
        pytest.param({}, says(None), Status.PASS, id="VMM does not tell"),
        pytest.param({}, says("CORP\\svc-other"), Status.UNKNOWN, id="VMM tells another one"),
        pytest.param({}, says("LocalSystem"), Status.UNKNOWN, id="VMM tells LocalSystem"),
        pytest.param({"runs_as": "CORP\\svc-other"}, says("CORP\\svc-other"), Status.FAIL, id="both, not the estate"),
        pytest.param(
            {"runs_as": "CORP\\svc-other"}, says(SVC), Status.UNKNOWN, id="the estate's by its own word alone"
        ),
        pytest.param({"vmm": GONE}, says(SVC), Status.PASS, id="services unread, VMM tells"),
        pytest.param({"vmm": GONE}, says("CORP\\svc-other"), Status.FAIL, id="services unread, VMM tells another one"),
        pytest.param({"vmm": GONE}, says(None, SVC), Status.PASS, id="set-up tells"),
        pytest.param({"vmm": GONE}, says(None, "CORP\\svc-other"), Status.FAIL, id="set-up tells another one"),
        pytest.param({"vmm": GONE}, says(None), Status.UNKNOWN, id="nobody tells"),
        pytest.param({}, says(SVC, "CORP\\before"), Status.PASS, id="what set-up left comes last"),
    ],
)
def test_what_vmm_itself_says_that_it_runs_as(judge: Judge, runs, more, expected):
    assert run(judge, more=more, **runs).status is expected


def test_local_system_by_both_is_one_account(judge: Judge):
    where = plan(accounts=())
    folders = [folder(f"D:(A;OICI;FA;;;{VMM_SID})")]
    known_ = {"runs_as": "LocalSystem", "folders": folders}
    assert run(judge, where, more=says("NT AUTHORITY\\SYSTEM"), **known_).status is Status.PASS
    assert run(judge, where, more=says("CORP\\svc-other"), **known_).status is Status.UNKNOWN


def itself(access: str, where: Estate, told: str = "LocalSystem", **more):
    """The path is on the server of VMM."""
    at = known(**more)
    at[FolderAccess, VMM01] = [folder(access)]
    at[OperatingSystem, VMM01] = at[OperatingSystem, FS01]
    at[PrivilegedGroup, VMM01] = [
        PrivilegedGroup(f"S-1-5-32-{rid}", name, "VMM01") for rid, name in ((544, "A"), (547, "P"))
    ]
    at[ShareAdministrator, VMM01] = [WITNESS]
    at[PowerUser, VMM01] = []
    at[Service, VMM01] = [Service("SCVMMService", "Running", "Auto", 4, told)]
    return at, where


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param("SY", Status.PASS, id="the system"),
        pytest.param("BA", Status.PASS, id="administrators"),
        pytest.param("PU", Status.FAIL, id="power users"),
        pytest.param(f"{DOMAIN}-1999", Status.FAIL, id="somebody else"),
        pytest.param("LS", Status.FAIL, id="a service with fewer rights"),
    ],
)
def test_who_the_machine_is_on_itself(judge: Judge, who, expected):
    assert judge(check, *itself(f"D:(A;OICI;FA;;;{who})", plan(FOLDER, VMM01, accounts=()))).status is expected


@pytest.mark.parametrize(("who", "expected"), [("SY", Status.FAIL), (VMM_SID, Status.PASS)])
def test_over_the_network_the_machine_is_its_account_alone(judge: Judge, who, expected):
    where = plan(rf"\\{VMM01}\export", accounts=(), file_servers=(FS01, VMM01))
    at, _ = itself(f"D:(A;OICI;FA;;;{who})", where)
    assert judge(check, at | {(SmbShare, VMM01): [share()]}, where).status is expected


def test_of_the_services_only_that_of_vmm_tells_its_account(judge: Judge):
    others = [Service("MSSQLSERVER", "Running", "Auto", 5, "CORP\\sql"), Service("Spooler", "Running", "Auto", 6, None)]
    mine = Service("SCVMMService", "Running", "Auto", 4, SVC)
    assert run(judge, vmm=[*others, mine]).status is Status.PASS
    assert run(judge, vmm=others).status is Status.PASS, "the estate says which it is"


def test_each_server_of_vmm_tells_its_account(judge: Judge):
    second = "vmm02.corp.example"
    where = plan(vmm_servers=(VMM01, second))
    for told, expected in ((SVC, Status.PASS), ("CORP\\other", Status.FAIL)):
        more = {(Service, second): [Service("SCVMMService", "Running", "Auto", 4, told)]}
        assert run(judge, where, vmm=[], more=more).status is expected


def test_vmm_need_run_as_one_of_several_accounts_alone(judge: Judge):
    access = [folder(f"{FULL_FOLDER}(A;OICI;FA;;;{DOMAIN}-1609)")]
    two = [account(), account(r"CORP\other", f"{DOMAIN}-1609", group_sids=())]
    assert run(judge, plan(accounts=(SVC, r"CORP\other")), accounts=two, folders=access).status is Status.PASS


def test_vmm_and_the_estate_say_one_name_of_another_suffix(judge: Judge):
    name = "svc-vmm@alias.example"
    rows = [account(name, account=SVC)]
    assert run(judge, plan(accounts=(name,)), runs_as=name.upper(), accounts=rows).status is Status.PASS


@pytest.mark.parametrize(("domain", "expected"), [("corp.example", Status.PASS), (BRANCH, Status.UNKNOWN)])
def test_letters_of_a_domain_mean_the_machines_own(judge: Judge, domain, expected):
    more = {(OperatorElsewhere, BRANCH): [], (OperatorAccount, BRANCH): []}
    users = [folder("D:(A;OICI;FA;;;DU)")]
    assert run(judge, domain=domain, more=more, folders=users).status is expected


def test_who_asks_about_an_account_of_another_domain():
    more = {(OperatorAccount, BRANCH): []}
    asked = {ask.fact for ask in asks_of([check], evidence(known(domain=BRANCH, more=more), plan()))}
    assert OperatorElsewhere in asked


def test_an_account_of_one_server_says_nothing_of_the_others(judge: Judge):
    """The first runs as itself and may use the folder; the second as somebody of whom nobody was asked."""
    second = "vmm02.corp.example"
    more = {(Service, second): [Service("SCVMMService", "Running", "Auto", 4, "CORP\\other")]}
    folders = [folder(f"D:(A;OICI;FA;;;{VMM_SID})")]
    where = plan(accounts=(), vmm_servers=(VMM01, second))
    assert run(judge, where, more=more, runs_as="LocalSystem", folders=folders).status is Status.UNKNOWN
    one = plan(accounts=())
    assert run(judge, one, runs_as="LocalSystem", folders=folders).status is Status.PASS
