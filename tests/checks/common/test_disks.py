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


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        (r"D:\a.vhdx", "Microsoft:Hyper-V:Virtual Hard Disk", True),
        (r"D:\a", "Microsoft:Hyper-V:Virtual Hard Disk", True),
        (r"D:\a.VHDPMEM", "Microsoft:Hyper-V:Another Word", True),
        (r"D:\a.avhdx", "", True),
        (r"D:\a.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk", False),
        (r"D:\a.vfd", "Microsoft:Hyper-V:Virtual Floppy Disk", False),
    ],
)
def test_a_disk_is_told_by_its_kind_or_its_file(path, kind, expected):
    assert disk(path, kind).is_disk is expected
