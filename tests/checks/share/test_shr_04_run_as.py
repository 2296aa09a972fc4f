from __future__ import annotations

import pytest

from checks.share.shr_04_run_as import run_as as check
from scanner.api import Status
from scanner.judge.judging import asks_of
from tests.checks.share.paths import FOLDER, GONE, RUN, RUN_SID, VMM01, folder, known, plan, share
from tests.conftest import HV02, Judge, evidence

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


def test_none_is_named(judge: Judge):
    assert judge(check, known(), plan()).status is Status.NOT_APPLICABLE
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
