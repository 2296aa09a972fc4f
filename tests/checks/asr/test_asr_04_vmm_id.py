from __future__ import annotations

import pytest

from checks.asr.asr_04_vmm_id import has_vmm_id
from scanner.api import Status
from scanner.facts.vmm_setup import VmmSetup
from tests.checks.asr.builders import GUID, VMM, plan, setup
from tests.checks.common.builders import GONE, HOSTILE
from tests.conftest import Judge


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([setup()], Status.PASS),
        ([setup(vmm_id=f"{{{GUID.upper()}}}")], Status.PASS),
        ([setup(vmm_id="")], Status.FAIL),
        ([setup(vmm_id="  ")], Status.FAIL),
        ([setup(vmm_id=None)], Status.FAIL),
        ([], Status.FAIL),
        ([setup(vmm_id="00000000-0000-0000-0000-000000000000")], Status.UNKNOWN),
        ([setup(vmm_id=GUID[:-1])], Status.UNKNOWN),
        ([setup(vmm_id=HOSTILE)], Status.UNKNOWN),
        (GONE, Status.UNKNOWN),
    ],
)
def test_vmm_id(judge: Judge, rows, expected):
    assert judge(has_vmm_id, {(VmmSetup, VMM): rows}, plan()).status is expected
