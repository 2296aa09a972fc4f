from __future__ import annotations

import pytest

from checks.delegation.del_01_migration_service import migration_service
from checks.delegation.del_02_cifs import cifs
from scanner.api import GapReason, Route, Status
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage
from tests.checks.delegation.domain import CREDSSP, SIDS, account, both, known
from tests.conftest import HV01, HV02, Judge, estate

DISK = "Microsoft:Hyper-V:Virtual Hard Disk"
STAYS = estate(routes=(Route(HV01, HV02, storage=False),))
SHORT, FULL = both(HV02, "cifs")


def disk(path: str, kind: str = DISK) -> VmStorage:
    return VmStorage("Microsoft:1b2c3d4e-0000-0000-0000-000000000001\\x\\0\\0\\D", kind, (path,) if path else ())


SMB, HERE = disk(r"\\fs01\vms\a.vhdx"), disk(r"D:\vms\b.vhdx")


@pytest.mark.parametrize(
    ("names", "target", "expected"),
    [
        pytest.param((SHORT, FULL), account(HV02), Status.PASS, id="both"),
        pytest.param(("CIFS/hv02", "Cifs/HV02.corp.example"), account(HV02), Status.PASS, id="case"),
        pytest.param((SHORT,), account(HV02), Status.WARN, id="one"),
        pytest.param((), account(HV02, allowed=(SIDS[HV01],)), Status.PASS, id="resource-based"),
        pytest.param((), account(HV02), Status.FAIL, id="none"),
        pytest.param(both(HV02, "host"), account(HV02), Status.FAIL, id="host does not stand for cifs"),
        pytest.param((f"{SHORT}:445", FULL), account(HV02), Status.WARN, id="a port makes another name"),
        pytest.param(both(HV02), account(HV02), Status.FAIL, id="the migration service is not cifs"),
    ],
)
def test_storage_moves(judge: Judge, names, target, expected):
    assert judge(cifs, known(account(HV01, *names), target)).status is expected


def test_host_entries_are_shown(judge: Judge):
    finding = judge(cifs, known(account(HV01, "host/HV02"), account(HV02)))
    assert "host/HV02" in finding.seen
    assert finding.remedy.endswith(f"-Add @{{'msDS-AllowedToDelegateTo' = '{SHORT}', '{FULL}'}}")


@pytest.mark.parametrize(
    ("disks", "expected"),
    [
        pytest.param([SMB], Status.NOT_APPLICABLE, id="all on a file server"),
        pytest.param(
            [SMB, disk("E:\\setup.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk")], Status.NOT_APPLICABLE, id="iso"
        ),
        pytest.param([SMB, disk("")], Status.NOT_APPLICABLE, id="empty drive"),
        pytest.param([], Status.NOT_APPLICABLE, id="no disk at all"),
        pytest.param([SMB, HERE], Status.FAIL, id="one is local"),
        pytest.param(GapReason.TIMEOUT, Status.UNKNOWN, id="disks unknown"),
    ],
)
def test_storage_stays(judge: Judge, disks, expected):
    facts = known(account(HV01), account(HV02)) | {(VmStorage, HV01): disks}
    assert judge(cifs, facts, STAYS).status is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [((SHORT, FULL), Status.PASS), ((SHORT,), Status.WARN), ((), Status.FAIL), (both(HV02), Status.FAIL)],
)
def test_disks_move_alone(judge: Judge, names, expected):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    facts = known(account(HV01, *names), account(HV02))
    assert judge(cifs, facts, where).status is expected
    assert judge(migration_service, facts, where).status is Status.NOT_APPLICABLE


def test_disks_are_not_read_when_storage_moves(judge: Judge):
    facts = known(account(HV01, SHORT, FULL), account(HV02)) | {(VmStorage, HV01): GapReason.TIMEOUT}
    assert judge(cifs, facts).status is Status.PASS


def test_not_judged_for_credssp(judge: Judge):
    facts = known(account(HV01), account(HV02)) | {(MigrationSettings, HV01): [CREDSSP]}
    assert judge(cifs, facts, estate(remote_initiated=False)).status is Status.NOT_APPLICABLE
