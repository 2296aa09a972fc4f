from __future__ import annotations

import pytest

from checks.share.shr_02_share import share as check
from scanner.api import Status
from scanner.judge.judging import asks_of
from tests.checks.share.paths import FOLDER, FULL_SHARE, GONE, GROUP, SID, VMM01, known, plan, share
from tests.conftest import HV02, Judge, evidence


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        pytest.param(FULL_SHARE, Status.PASS, id="full"),
        pytest.param(f"D:(A;;0x1f01ff;;;{GROUP})", Status.PASS, id="by a group"),
        pytest.param(f"D:(A;;FA;;;WD)(A;;FA;;;{SID})", Status.PASS, id="everybody, and he himself"),
        pytest.param("D:(A;;FA;;;WD)", Status.WARN, id="everybody"),
        pytest.param("D:(A;;FA;;;AU)", Status.WARN, id="whoever signed in"),
        pytest.param("D:(A;;FA;;;NU)", Status.PASS, id="whoever comes over the network"),
        pytest.param(f"D:(A;;0x1301bf;;;{SID})", Status.FAIL, id="change"),
        pytest.param("D:(A;;0x1200a9;;;WD)", Status.FAIL, id="everybody reads"),
        pytest.param(f"D:(D;;FA;;;WD)(A;;FA;;;{SID})", Status.FAIL, id="denied"),
        pytest.param("D:(A;;FA;;;BA)", Status.FAIL, id="Administrators"),
        pytest.param("D:(A;;FA;;;IU)", Status.UNKNOWN, id="whoever signs in at the console"),
        pytest.param("D:(A;;FA;;;SY)", Status.FAIL, id="the system itself"),
        pytest.param(None, Status.UNKNOWN, id="not told"),
        pytest.param("x", Status.UNKNOWN, id="no list"),
    ],
)
def test_what_the_share_grants(judge: Judge, access, expected):
    assert judge(check, known(shares=[share(access)]), plan()).status is expected


def test_the_command(judge: Judge):
    finding = judge(check, known(shares=[share("D:")]), plan())
    start = "Grant-SmbShareAccess -CimSession 'fs01.corp.example' -Name 'Export'"
    assert finding.remedy == f"{start} -AccountName 'CORP\\svc-vmm' -AccessRight Full -Force"


def test_where_it_does_not_apply(judge: Judge):
    assert judge(check, known(), plan(FOLDER, VMM01)).status is Status.NOT_APPLICABLE
    assert judge(check, known(), plan(rf"\\{HV02}\export")).status is Status.NOT_APPLICABLE


def test_what_is_unknown(judge: Judge):
    assert judge(check, known(shares=GONE), plan()).status is Status.UNKNOWN
    assert judge(check, known(runs_as="CORP\\other"), plan()).status is Status.UNKNOWN
    assert judge(check, known(accounts=GONE), plan()).status is Status.UNKNOWN


def test_no_such_share(judge: Judge):
    assert judge(check, known(shares=[share(name="other")]), plan()).status is Status.FAIL


def test_it_asks_who_is_in_the_groups_of_the_machine():
    asked = {ask.fact.__name__ for ask in asks_of([check], evidence(known(), plan()))}
    assert {"ShareAdministrator", "PowerUser"} <= asked
    assert not list(asks_of([check], evidence(known(), plan(FOLDER, VMM01))))
