from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.builds import LINES, build_of, line_of
from checks.vmm.vmm_02_version import version
from scanner.api import Estate, GapReason, Profile, Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import VmmHost, VmmServer
from scanner.words.clouds import Mapping

N1, N2 = "vmm01.corp.example", "vmm02.corp.example"
ESTATE = Estate(profiles=frozenset({Profile.ASR_VMM}), vmm_servers=(N1,))
TOLD = VmmServer("localhost", N1, "4.0.2775.0", None, False, (), None, 1)
HOST = VmmHost("1", "hv01", None, "All Hosts", None, None, 2, 0, 0, None, 1, None, None)
NODE = replace(HOST, id="2", name="hv02", cluster="CL1")
RUNS = [Service("SCVMMService", "Running", "Auto", 8, None)]


def facts(told, hosts=(HOST,)):
    return {
        (VmmServer, N1): [replace(TOLD, version=told)],
        (VmmHost, N1): hosts,
        (Service, N1): RUNS,
        (ClusterInfo, N1): [],
    }


@pytest.mark.parametrize(
    ("told", "expected", "seen"),
    [
        ("3.0.6005.0", Status.FAIL, "VMM 3.0.6005.0"),
        ("3.0.99999.0", Status.FAIL, "VMM 3.0.99999.0"),
        ("2.0.4271.0", Status.FAIL, "VMM 2.0"),
        ("3.1.6010.9", Status.FAIL, "VMM 3.1.6010.9"),
        ("3.1.6011.0", Status.WARN, "2012 SP1, as it was first released"),
        ("3.1.6027.0", Status.WARN, "2012 SP1, a later update rollup"),
        ("3.2.7510.0", Status.WARN, "2012 R2, as it was first released"),
        ("3.2.7672.0", Status.WARN, "2012 R2, Update Rollup 3"),
        ("3.2.8292.0", Status.WARN, "2012 R2, Update Rollup 12"),
        ("3.2.8377.0", Status.WARN, "2012 R2, an update rollup after 12"),
        ("4.0.1662.0", Status.WARN, "2016, as it was first released"),
        ("4.0.2051.1", Status.WARN, "2016, Update Rollup 2.1"),
        ("4.0.2711.0", Status.WARN, "2016, Update Rollup 9"),
        ("4.0.2775.0", Status.PASS, "2016, Update Rollup 10"),
        ("4.0.2775", Status.PASS, "2016, Update Rollup 10"),
        ("4.1.3223.0", Status.WARN, "1801"),
        ("10.19.2883.0", Status.PASS, "2019, Update Rollup 6"),
        ("10.22.1711.0", Status.WARN, "2022, Update Rollup 2"),
        ("10.22.2112.0", Status.PASS, "2022, Update Rollup 3"),
        ("10.25.1200.0", Status.PASS, "2025, as it was first released"),
        ("3.1.6012.0", Status.UNKNOWN, ""),
        ("3.2.7673.0", Status.UNKNOWN, ""),
        ("4.0.2776.0", Status.UNKNOWN, ""),
        ("10.22.2500.0", Status.UNKNOWN, ""),
        ("11.0.1.0", Status.UNKNOWN, ""),
        ("", Status.UNKNOWN, ""),
        ("2016 UR10", Status.UNKNOWN, ""),
        ("4.0", Status.UNKNOWN, ""),
        ("4.0.2775.0.1", Status.UNKNOWN, ""),
        ("4.0.٢٧٧٥.0", Status.UNKNOWN, ""),
    ],
)  # fmt: skip
def test_versions(judge, told, expected, seen):
    found = judge(version, facts(told), ESTATE)
    assert found.status is expected, found
    assert seen in found.seen


def test_an_old_rollup_is_told_which_one_is_new(judge):
    assert "in May 2025: Update Rollup 3" in judge(version, facts("10.22.1287.0"), ESTATE).wanted
    assert judge(version, facts("3.2.8377.0"), ESTATE).wanted == "the latest update rollup"


def test_versions_that_the_support_matrix_does_not_name_are_noted(judge):
    assert "2012 R2 and 2016 alone" in judge(version, facts("10.19.2883.0"), ESTATE).note
    assert "alone" not in judge(version, facts("4.0.2775.0"), ESTATE).note


@pytest.mark.parametrize(
    ("told", "hosts", "expected"),
    [
        ("3.2.7672.0", [HOST], Status.WARN),
        ("3.2.7672.0", [], Status.WARN),
        ("3.2.7672.0", [HOST, NODE], Status.UNKNOWN),
        ("3.2.7672.0", GapReason.ACCESS_DENIED, Status.UNKNOWN),
        ("3.2.7634.0", [NODE], Status.WARN),
        ("3.2.7768.0", [NODE], Status.WARN),
        ("3.2.7768.0", GapReason.ACCESS_DENIED, Status.WARN),
    ],
)
def test_update_rollup_3_and_hosts_in_clusters(judge, told, hosts, expected):
    found = judge(version, facts(told, hosts), ESTATE)
    assert found.status is expected
    assert ("KB 3010979" in found.note) is (expected is Status.UNKNOWN and hosts == [HOST, NODE])


@pytest.mark.parametrize(
    ("told", "hosts", "expected"),
    [
        ("3.2.7672.0", [HOST, NODE], Status.FAIL),
        ("3.2.7672.0", [HOST], Status.WARN),
        ("3.2.7672.0", GapReason.ACCESS_DENIED, Status.UNKNOWN),
        ("3.2.7634.0", [NODE], Status.WARN),
        ("3.2.7768.0", [NODE], Status.WARN),
    ],
)
def test_update_rollup_3_hosts_in_clusters_and_a_plan_that_maps_storage(judge, told, hosts, expected):
    where = replace(ESTATE, storage_mappings=(Mapping("Gold", "Silver"),))
    found = judge(version, facts(told, hosts), where)
    assert found.status is expected
    assert (found.wanted == "Update Rollup 4 or later") is (expected is Status.FAIL)


@pytest.mark.parametrize("gap", [GapReason.NOT_COLLECTED, GapReason.ACCESS_DENIED, GapReason.NOT_INSTALLED])
def test_unread(judge, gap):
    assert judge(version, facts("4.0.2775.0") | {(VmmServer, N1): gap}, ESTATE).status is Status.UNKNOWN


def test_the_node_that_answers_tells_the_version(judge):
    same = [ClusterInfo("VMMCLU", "vmmclu.corp.example", 9)]
    both = facts("4.0.2775.0") | {
        (VmmServer, N1): [replace(TOLD, highly_available=True)], (ClusterInfo, N1): same,
        (VmmServer, N2): GapReason.NOT_COLLECTED, (ClusterInfo, N2): same,
        (Service, N2): [replace(RUNS[0], state="Stopped")],
    }  # fmt: skip
    where = replace(ESTATE, vmm_servers=(N1, N2))
    assert judge(version, both, where, subject=N1).status is Status.PASS
    assert judge(version, both, where, subject=N2).status is Status.NOT_APPLICABLE
    assert judge(version, both | {(ClusterInfo, N2): []}, where, subject=N2).status is Status.UNKNOWN


def test_the_table_is_in_order_and_names_no_build_twice():
    builds = [build for line in LINES for build in line.builds]
    assert builds == sorted(set(builds))
    assert all(line_of(build) is not None for build in builds)
    assert build_of("10.22.1508.0") == (10, 22, 1508)
