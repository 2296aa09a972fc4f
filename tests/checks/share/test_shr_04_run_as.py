from __future__ import annotations

import pytest

from checks.share.shr_04_run_as import run_as as check
from scanner.api import GapReason, Status
from scanner.facts.vmm import RunAsAccount, VmmHost, VmmServer
from scanner.judge.judging import asks_of
from tests.checks.share.paths import FOLDER, GONE, RUN, RUN_SID, SVC, VMM01, folder, known, plan, share
from tests.conftest import HV01, HV02, Judge, evidence

PLAN = plan(run_as=(RUN,))
MODIFY, CHANGE = f"D:(A;OICI;0x1301bf;;;{RUN_SID})", f"D:(A;;0x1301bf;;;{RUN_SID})"
READ_WRITE = f"D:(A;OICI;FRFW;;;{RUN_SID})"


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        pytest.param(MODIFY, CHANGE, Status.PASS, id="as asked"),
        pytest.param(f"D:(A;OICI;FA;;;{RUN_SID})", "D:(A;;FA;;;WD)", Status.WARN, id="by everybody on the share"),
        pytest.param(f"D:(A;OICI;FR;;;{RUN_SID})", CHANGE, Status.FAIL, id="reads"),
        pytest.param(MODIFY, f"D:(A;;FR;;;{RUN_SID})", Status.FAIL, id="reads by the share"),
        pytest.param(READ_WRITE, CHANGE, Status.UNKNOWN, id="may not delete"),
        pytest.param(MODIFY, READ_WRITE, Status.UNKNOWN, id="may not delete by the share"),
        pytest.param(CHANGE, CHANGE, Status.UNKNOWN, id="not handed down"),
        pytest.param("D:", CHANGE, Status.FAIL, id="nothing"),
        pytest.param("x", CHANGE, Status.UNKNOWN, id="no list"),
    ],
)
def test_folder_and_share(judge: Judge, inside, outside, expected):
    facts = known(folders=[folder(inside)], shares=[share(outside)])
    assert judge(check, facts, PLAN).status is expected


def vmm(run_as: str | None = None, *, accounts=(), hosts=None):
    rows = [VmmHost(str(n), name, None, "All Hosts", None, None, 2, 1, 0, None, 1, None, run_as)
            for n, name in enumerate((HV01, HV02))]  # fmt: skip
    return known(
        folders=[folder(MODIFY)], shares=[share(CHANGE)],
        more={
            (VmmServer, VMM01): [VmmServer("localhost", VMM01, "4.0.2775.0", SVC, False, (), None, 1)],
            (VmmHost, VMM01): rows if hosts is None else hosts,
            (RunAsAccount, VMM01): accounts if isinstance(accounts, GapReason) else list(accounts),
        },
    )  # fmt: skip


HOSTS = RunAsAccount("1", "Hosts", RUN)


@pytest.mark.parametrize(
    ("facts", "where", "expected", "said"),
    [
        pytest.param(vmm(), plan(), Status.NOT_APPLICABLE, "", id="nobody names one"),
        pytest.param(vmm("Hosts", accounts=[HOSTS]), PLAN, Status.PASS, "", id="both name it"),
        pytest.param(vmm("hosts ", accounts=[HOSTS]), PLAN, Status.PASS, "", id="in another case"),
        pytest.param(
            vmm("Hosts", accounts=[RunAsAccount("1", "Hosts", "hosts")]), PLAN, Status.PASS, "", id="without its domain"
        ),
        pytest.param(
            vmm("Hosts", accounts=[RunAsAccount("1", "Hosts", "hosts@corp.example")]), PLAN, Status.PASS, "", id="UPN"
        ),
        pytest.param(
            vmm("Hosts", accounts=[RunAsAccount("1", "Hosts", "CORP\\other")]),
            PLAN, Status.UNKNOWN, "CORP\\other (Hosts): name it", id="VMM has another one",
        ),
        pytest.param(
            vmm("Hosts", accounts=[RunAsAccount("1", "Hosts", "BRANCH\\hosts")]),
            PLAN, Status.UNKNOWN, "BRANCH\\hosts", id="of another domain",
        ),
        pytest.param(vmm("Hosts", accounts=[HOSTS]), plan(), Status.UNKNOWN, "name it in run_as", id="VMM alone"),
        pytest.param(
            vmm("Hosts", accounts=[RunAsAccount("2", "Other", "CORP\\other"), HOSTS]), PLAN, Status.PASS, "",
            id="another beside it",
        ),
        pytest.param(vmm("Hosts"), PLAN, Status.UNKNOWN, "does not list it", id="not listed"),
        pytest.param(
            vmm("Hosts", accounts=[RunAsAccount("1", "Hosts", None)]), PLAN, Status.UNKNOWN, "does not tell", id="none"
        ),
        pytest.param(vmm("Hosts", accounts=GONE), PLAN, Status.UNKNOWN, "", id="accounts unread"),
        pytest.param(vmm(hosts=GONE), plan(), Status.UNKNOWN, "", id="hosts unread, and none named"),
        pytest.param(vmm(hosts=[]), plan(), Status.NOT_APPLICABLE, "", id="no host listed, and none named"),
        pytest.param(vmm(hosts=GONE), PLAN, Status.PASS, "", id="hosts unread, and one named"),
    ],
)  # fmt: skip
def test_what_vmm_itself_tells(judge: Judge, facts, where, expected, said):
    finding = judge(check, facts, where)
    assert finding.status is expected, finding
    assert said in finding.note


def test_a_host_that_is_not_in_the_plan_names_nobody(judge: Judge):
    row = VmmHost("9", "hv99.corp.example", None, "All Hosts", None, None, 2, 1, 0, None, 1, None, "Other")
    mine = VmmHost("1", HV01, None, "All Hosts", None, None, 2, 1, 0, None, 1, None, None)
    assert judge(check, vmm(hosts=[row, mine]), PLAN).status is Status.PASS


def test_what_fails_stands_whatever_vmm_tells(judge: Judge):
    facts = vmm("Hosts", accounts=[RunAsAccount("1", "Hosts", "CORP\\other")])
    assert judge(check, facts | known(folders=[folder("D:")]), PLAN).status is Status.FAIL


def test_none_is_named(judge: Judge):
    assert judge(check, known(), plan()).status is Status.UNKNOWN
    assert list(asks_of([check], evidence(known(), plan()))) == []


def test_on_a_host(judge: Judge):
    assert judge(check, known(), plan(rf"\\{HV02}\e", run_as=(RUN,))).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("word", ["shares", "folders", "accounts"])
def test_unread(judge: Judge, word):
    assert judge(check, known(**{word: GONE}), PLAN).status is Status.UNKNOWN


def test_a_folder_has_no_share(judge: Judge):
    from scanner.facts.host import OperatingSystem
    from scanner.facts.share import FolderAccess, PrivilegedGroup

    facts = known(more={(FolderAccess, VMM01): [folder(MODIFY)], (PrivilegedGroup, VMM01): []})
    facts[OperatingSystem, VMM01] = facts[OperatingSystem, "fs01.corp.example"]
    assert judge(check, facts, plan(FOLDER, VMM01, run_as=(RUN,))).status is Status.PASS


def test_it_asks_for_the_folder_and_who_is_in_the_groups_of_its_machine():
    asked = {ask.fact.__name__ for ask in asks_of([check], evidence(known(), plan(run_as=(RUN,))))}
    assert {"FolderAccess", "ShareAdministrator", "PowerUser"} <= asked


def test_one_server_of_two_names_an_account(judge: Judge):
    """The other lists the same hosts, and adds them as nobody."""
    second = "vmm02.corp.example"
    here, there = vmm("Hosts", accounts=[HOSTS]), vmm()
    facts = here | {(fact, second): there[fact, VMM01] for fact in (VmmHost, VmmServer, RunAsAccount)}
    finding = judge(check, facts, plan(vmm_servers=(VMM01, second)))
    assert (finding.status, "name it in run_as" in finding.note) == (Status.UNKNOWN, True), finding
