from __future__ import annotations

import pytest

from checks.vm.vm_12_key_protector import key_protector
from scanner.api import Profile, Status
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VirtualMachineSettings, VmSecurity
from tests.checks.common.builders import GONE, GUID, machine
from tests.checks.common.processors import system
from tests.conftest import HV01, Judge, estate

FIELDS = ("encrypts_migration", "shielded", "tpm", "key_storage")


def security(number: int = 1, **values: bool | None) -> VmSecurity:
    said = {**dict.fromkeys(FIELDS, False), **values}
    return VmSecurity(f"Microsoft:{GUID.format(number).upper()}\\Security", **said)  # type: ignore[arg-type]


def run(judge: Judge, rows, build=17763, profile=Profile.LIVE_MIGRATION):
    facts = {
        (VirtualMachineSettings, HV01): [machine()],
        (VmSecurity, HV01): rows,
        (OperatingSystem, HV01): [system(build)] if build else GONE,
    }
    return judge(key_protector, facts, estate(profiles=frozenset({profile})))


@pytest.mark.parametrize("profile", [Profile.LIVE_MIGRATION, Profile.REPLICA])
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_sealed_is_unknown(judge: Judge, field, profile):
    finding = run(judge, [security(**{field: True})], profile=profile)
    assert finding.status is Status.UNKNOWN
    assert "told by no query" in finding.note
    others = {other: None for other in FIELDS if other != field}
    assert "told by no query" in run(judge, [security(**{field: True}, **others)]).note


def test_all_of_it_is_told(judge: Judge):
    note = run(judge, [security(shielded=True, tpm=True)]).note
    assert "is shielded, has a virtual TPM" in note
    assert "key storage" not in note


def test_nothing_sealed(judge: Judge):
    assert run(judge, [security()]).status is Status.NOT_APPLICABLE
    assert run(judge, [security(), security(2, tpm=True)]).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_not_told(judge: Judge, field):
    finding = run(judge, [security(**{field: None})])
    assert finding.status is Status.UNKNOWN
    assert "does not tell all" in finding.note


@pytest.mark.parametrize(
    ("rows", "build", "expected"),
    [
        ([], 9200, Status.NOT_APPLICABLE),
        ([], 9600, Status.NOT_APPLICABLE),
        ([], 14393, Status.UNKNOWN),
        ([security(2)], 26100, Status.UNKNOWN),
        ([], 0, Status.UNKNOWN),
        ([security()], 0, Status.NOT_APPLICABLE),
        (GONE, 17763, Status.UNKNOWN),
    ],
)
def test_hosts_that_have_no_row(judge: Judge, rows, build, expected):
    assert run(judge, rows, build).status is expected
