from __future__ import annotations

import pytest

from checks.common.disks import DISKS, disks_move
from scanner.api import GapReason, MissingEvidence, Route, View
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import disk
from tests.conftest import HV01, HV02, HV11, estate, evidence

SHARED, LOCAL = disk(r"\\fs01\vms\web.vhdx"), disk(r"D:\vms\web.vhdx")
IMAGE = disk(r"D:\iso\x.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk")
STAYS = Route(HV01, HV02, storage=False)


def view(*routes: Route, disks=(SHARED,)) -> View:
    rows = disks if isinstance(disks, GapReason) else list(disks)
    return View(evidence({(VmStorage, HV01): rows}, estate(hosts=(HV01, HV02, HV11), routes=routes)), DISKS)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param(view(Route(HV01, HV02)), True, id="planned"),
        pytest.param(view(Route(HV01, HV02), disks=GapReason.TIMEOUT), True, id="planned, wherever they lie"),
        pytest.param(view(STAYS), False, id="they stay on a file server"),
        pytest.param(view(STAYS, disks=[]), False, id="there is none"),
        pytest.param(view(STAYS, disks=[SHARED, LOCAL]), True, id="one is local"),
        pytest.param(view(STAYS, disks=[SHARED, IMAGE]), False, id="an image is no disk"),
        pytest.param(view(STAYS, disks=[disk("")]), False, id="an empty drive"),
        pytest.param(view(Route(HV02, HV01, storage=False)), False, id="the way back of a plan that leaves them"),
        pytest.param(view(Route(HV02, HV01)), True, id="the way back of a plan that moves them"),
        pytest.param(view(STAYS, Route(HV02, HV01)), False, id="its own plan counts first"),
        pytest.param(view(Route(HV01, HV11, storage=False)), True, id="no plan joins the two"),
    ],
)
def test_whether_disks_move(seen, expected):
    assert disks_move(seen, HV01, HV02) is expected


def test_where_they_lie_must_be_known_if_the_plan_leaves_them():
    with pytest.raises(MissingEvidence):
        disks_move(view(STAYS, disks=GapReason.TIMEOUT), HV01, HV02)


def test_an_address_that_may_be_its_own_is_not_known_unless_another_disk_is_local():
    literal = disk(r"\\10.20.0.9\d$\web.vhdx")
    with pytest.raises(MissingEvidence, match="IPAddress"):
        disks_move(view(STAYS, disks=[literal]), HV01, HV02)
    assert disks_move(view(STAYS, disks=[literal, LOCAL]), HV01, HV02) is True
