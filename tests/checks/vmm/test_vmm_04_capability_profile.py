from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_04_capability_profile import capability_profile
from scanner.api import GapReason, Status
from scanner.facts.vmm import Cloud, VmmServer
from tests.checks.vmm.vmm_rows import PRIMARY, RECOVERY, SERVER, VMM1, VMM2, cloud, estate, facts, ha_facts

HERE = f"{VMM1}/c1"
GUEST = replace(SERVER, profile=4)


def judged(judge, *profiles, server=SERVER):
    given = facts(clouds=[replace(PRIMARY, capability_profiles=profiles), RECOVERY], server=server)
    return judge(capability_profile, given, estate(), subject=HERE)


@pytest.mark.parametrize(
    ("profiles", "status"),
    [
        (("Hyper-V",), Status.PASS),
        (("hyper-v ",), Status.PASS),
        (("ESX Server", "Hyper-V"), Status.PASS),
        (("Generation2", "Hyper-V"), Status.PASS),
        ((), Status.FAIL),
        (("ESX Server",), Status.FAIL),
        (("XenServer", "ESX Server"), Status.FAIL),
        (("Generation2",), Status.UNKNOWN),
        (("ESX Server", "Hyper-V for us"), Status.UNKNOWN),
    ],
)
def test_profiles(judge, profiles, status):
    assert judged(judge, *profiles).status is status


def test_who_sees_a_part(judge):
    assert judged(judge, "Hyper-V", server=GUEST).status is Status.PASS
    assert judged(judge, server=GUEST).status is Status.UNKNOWN
    assert judged(judge, "ESX Server", server=GUEST).status is Status.UNKNOWN


def test_the_remedy_names_the_cloud_by_its_id(judge):
    assert judged(judge).remedy == (
        f"Set-SCCloud -Cloud (Get-SCCloud -VMMServer '{VMM1}' -ID 'c1') -AddCapabilityProfile"
        f" (Get-SCCapabilityProfile -VMMServer '{VMM1}' -Name Hyper-V)"
    )


def test_a_cloud_of_no_plan_is_not_judged(judge):
    given = facts(clouds=[PRIMARY, RECOVERY, cloud("c3", "VMware", profiles=("ESX Server",))])
    assert judge(capability_profile, given, estate(), subject=f"{VMM1}/c3").status is Status.NOT_APPLICABLE
    assert judge(capability_profile, given, estate(cloud_pairs=()), subject=f"{VMM1}/c3").status is Status.FAIL


def test_the_active_node_answers(judge):
    where = estate(vmm_servers=(VMM1, VMM2))
    assert judge(capability_profile, ha_facts(), where, subject=HERE).status is Status.PASS


def test_unread(judge):
    assert judge(capability_profile, facts() | {(Cloud, VMM1): GapReason.TIMEOUT}, estate()).status is Status.UNKNOWN
    given = facts(clouds=[replace(PRIMARY, capability_profiles=())]) | {(VmmServer, VMM1): GapReason.TIMEOUT}
    assert judge(capability_profile, given, estate()).status is Status.UNKNOWN


def test_two_of_one_id(judge):
    given = facts(clouds=[PRIMARY, replace(PRIMARY, capability_profiles=())])
    assert judge(capability_profile, given, estate()).status is Status.UNKNOWN
