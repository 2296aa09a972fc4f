from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_05_host_groups import host_groups
from scanner.api import GapReason, Status
from scanner.facts.vmm import Cloud, VmmServer
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, SERVER, VMM1, estate, facts

BARE = replace(PRIMARY, host_groups=())
GUEST = replace(SERVER, profile=4)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (facts(), Status.PASS),
        (facts(server=GUEST), Status.PASS),
        (facts(clouds=[BARE, RECOVERY]), Status.FAIL),
        (facts(clouds=[BARE, RECOVERY], server=GUEST), Status.UNKNOWN),
        (facts(clouds=[PRIMARY, replace(RECOVERY, host_groups=())]), Status.PASS),
        (facts(clouds=[RECOVERY]), Status.FAIL),
        (facts(clouds=[RECOVERY], server=GUEST), Status.UNKNOWN),
        (facts() | {(Cloud, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
        (facts(clouds=[BARE]) | {(VmmServer, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
    ],
    ids=["one", "one, seen by a guest", "none", "none, seen by a guest", "the target's do not count", "no cloud",
         "no cloud, seen by a guest", "unread", "nobody says who looked"],
)  # fmt: skip
def test_host_groups(judge, given, status):
    assert judge(host_groups, given, estate()).status is status


def test_by_id_and_without_a_pair(judge):
    given = facts(clouds=[BARE, RECOVERY])
    assert judge(host_groups, given, estate(cloud_pairs=(replace(PAIR, source="{C1}"),))).status is Status.FAIL
    assert judge(host_groups, given, estate(cloud_pairs=())).status is Status.UNKNOWN
    assert judge(host_groups, {}, estate(cloud_pairs=(), vmm_servers=())).status is Status.NOT_APPLICABLE
