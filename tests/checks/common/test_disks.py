from __future__ import annotations

import pytest

from checks.common.disks import is_local
from tests.checks.common.builders import disk
from tests.conftest import HV01


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"D:\web.vhdx", True),
        (r"\\localhost\vms\web.vhdx", True),
        (r"\\127.0.0.1\vms\web.vhdx", True),
        (r"\\HV01\d$\web.vhdx", True),
        (r"\\hv01.corp.example.\d$\web.vhdx", True),
        (r"\\?\UNC\HV01.corp.example\d$\web.vhdx", True),
        (r"\\hv01.branch.example\vms\web.vhdx", False),
        (r"\\hv011\vms\web.vhdx", False),
        (r"\\fs1\vms\web.vhdx", False),
    ],
)
def test_a_share_of_the_source_itself_is_local(path, expected):
    assert is_local(disk(path), HV01) is expected
