from __future__ import annotations

import pytest

from checks.migration.lm_05_smb_path import smb_path
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationNetwork, MigrationSettings, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter
from scanner.facts.smb import SmbAdapter, SmbClientConfiguration, SmbServerConfiguration
from tests.checks.common.builders import GONE, NEXT_TO_IT, adapter, address, module, network, settings
from tests.checks.common.smb_ends import BY_SMB, MODULE_SMB, SMB, server
from tests.conftest import HV01, HV02, Judge, estate

TEN, GBIT = 10_000_000_000, 1_000_000_000
RDMA, FAST, SLOW = SmbAdapter(7, TEN, True), SmbAdapter(7, TEN, False), SmbAdapter(7, GBIT, False)
LISTED = {(MigrationNetwork, HV02): [network("10.20.0.0/24")]}
NEAR = NEXT_TO_IT | SMB | LISTED


def facts(here, there, **more):
    return NEAR | {(SmbAdapter, HV01): here, (SmbAdapter, HV02): there} | more


@pytest.mark.parametrize(
    ("here", "there", "expected", "words"),
    [
        pytest.param([RDMA], [RDMA], Status.PASS, "RDMA on both hosts", id="RDMA on both"),
        pytest.param([RDMA], [FAST], Status.WARN, f"RDMA on {HV01} alone; 10 Gbit/s", id="on one"),
        pytest.param([FAST], [RDMA], Status.WARN, f"RDMA on {HV02} alone", id="on the other"),
        pytest.param([FAST], [FAST], Status.PASS, "10 Gbit/s", id="fast without"),
        pytest.param([SmbAdapter(7, TEN - 1, False)], [FAST], Status.WARN, "no RDMA, and 10 Gbit/s", id="just below"),
        pytest.param([SLOW], [FAST], Status.WARN, "no RDMA, and 1 Gbit/s", id="the slower one counts"),
        pytest.param([FAST], [SLOW], Status.WARN, "no RDMA, and 1 Gbit/s", id="on either side"),
        pytest.param([], [], Status.WARN, "a speed that SMB does not tell", id="an empty list is no error"),
        pytest.param([SmbAdapter(4, TEN, True)], [RDMA], Status.WARN, f"on {HV02} alone", id="RDMA elsewhere"),
        pytest.param([SmbAdapter(7, None, None)], [FAST], Status.WARN, "does not tell", id="nothing told"),
        pytest.param([SLOW, RDMA], [RDMA, SLOW], Status.PASS, "RDMA on both", id="two rows of one adapter"),
        pytest.param(GONE, [RDMA], Status.UNKNOWN, "", id="source unread"),
        pytest.param([RDMA], GONE, Status.UNKNOWN, "", id="destination unread"),
    ],
)
def test_adapters(judge: Judge, here, there, expected, words):
    finding = judge(smb_path, facts(here, there))
    assert finding.status is expected
    assert words in finding.seen


def test_without_rdma_a_note_says_so(judge: Judge):
    assert judge(smb_path, facts([FAST], [FAST])).note == "no RDMA, so that SMB Direct is not used"
    assert judge(smb_path, facts([RDMA], [RDMA])).note == ""


OTHER_NET = {
    (IPAddress, HV01): [address("10.20.0.9/24"), address("10.30.0.9/24", interface=9)],
    (IPAddress, HV02): [address("10.20.0.5/24"), address("10.40.0.5/24", interface=9)],
    (NetworkAdapter, HV01): [adapter(7), adapter(9)],
    (NetworkAdapter, HV02): [adapter(7), adapter(9)],
    (MigrationNetwork, HV02): [network("10.20.0.0/24"), network("10.40.0.0/24")],
}


def test_rdma_on_adapters_that_share_no_network_is_not_used(judge: Judge):
    """Only the adapters in the shared network are looked at, and there none has it."""
    elsewhere = [FAST, SmbAdapter(9, TEN, True)]
    finding = judge(smb_path, facts(elsewhere, elsewhere) | OTHER_NET)
    assert (finding.status, finding.note) == (Status.PASS, "no RDMA, so that SMB Direct is not used")


def test_rdma_on_two_adapters_that_do_not_meet(judge: Judge):
    there = {
        (IPAddress, HV01): [address("10.20.0.9/24"), address("10.30.0.9/24", interface=9)],
        (IPAddress, HV02): [address("10.20.0.5/24"), address("10.30.0.5/24", interface=9)],
        (NetworkAdapter, HV01): [adapter(7), adapter(9)],
        (NetworkAdapter, HV02): [adapter(7), adapter(9)],
        (MigrationNetwork, HV02): [network("10.20.0.0/24"), network("10.30.0.0/24")],
    }
    finding = judge(smb_path, facts([RDMA, SmbAdapter(9, TEN, False)], [FAST, SmbAdapter(9, TEN, True)]) | there)
    assert finding.status is Status.WARN
    assert "on both hosts, on no adapters in one network; 10 Gbit/s" in finding.seen


def test_behind_a_router_rdma_counts_for_nothing(judge: Judge):
    routed = {(IPAddress, HV01): [address("10.99.0.9/24")]}
    finding = judge(smb_path, facts([RDMA], [RDMA]) | routed)
    assert finding.status is Status.WARN
    assert "on no adapters in one network" in finding.seen
    assert judge(smb_path, facts([FAST], [FAST]) | routed).status is Status.PASS


OFF_CLIENT, OFF_SERVER = [SmbClientConfiguration(None, False)], [server(multichannel=False)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param({(SmbClientConfiguration, HV01): OFF_CLIENT}, Status.WARN, id="client of the source"),
        pytest.param({(SmbServerConfiguration, HV02): OFF_SERVER}, Status.WARN, id="server of the destination"),
        pytest.param({(SmbClientConfiguration, HV02): OFF_CLIENT}, Status.PASS, id="client of the destination"),
        pytest.param({(SmbServerConfiguration, HV01): OFF_SERVER}, Status.PASS, id="server of the source"),
        pytest.param({(SmbServerConfiguration, HV02): [server(multichannel=None)]}, Status.UNKNOWN, id="not told"),
        pytest.param({(SmbServerConfiguration, HV02): GONE}, Status.UNKNOWN, id="server unread"),
        pytest.param({(SmbClientConfiguration, HV01): GONE}, Status.UNKNOWN, id="client unread"),
        pytest.param({(SmbClientConfiguration, HV01): []}, Status.UNKNOWN, id="no row"),
    ],
)
def test_multichannel(judge: Judge, rows, expected):
    finding = judge(smb_path, facts([RDMA], [RDMA]) | rows)
    assert finding.status is expected
    assert ("SMB Multichannel is off" in finding.seen) is (expected is Status.WARN)


def test_each_planned_direction_is_judged(judge: Judge):
    back = {(MigrationNetwork, HV01): [network("10.20.0.0/24")], (SmbServerConfiguration, HV01): OFF_SERVER}
    told = facts([RDMA], [RDMA]) | back
    both = estate(routes=(Route(HV01, HV02), Route(HV02, HV01)))
    assert judge(smb_path, told).status is Status.PASS
    finding = judge(smb_path, told, both)
    assert (finding.status, finding.seen) == (Status.WARN, f"{HV02} → {HV01}: SMB Multichannel is off")


PLAIN = {(MigrationSettings, host): [settings()] for host in (HV01, HV02)}
PLAIN |= {(VMHost, host): [module()] for host in (HV01, HV02)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(PLAIN, Status.NOT_APPLICABLE, id="neither"),
        pytest.param(
            PLAIN | {(MigrationSettings, HV01): [BY_SMB], (VMHost, HV01): [MODULE_SMB]}, Status.PASS, id="the source"
        ),
        pytest.param(
            PLAIN | {(MigrationSettings, HV02): [BY_SMB], (VMHost, HV02): [MODULE_SMB]}, Status.PASS, id="the other"
        ),
        pytest.param(PLAIN | {(MigrationSettings, HV02): GONE}, Status.UNKNOWN, id="one not read"),
        pytest.param(
            {(MigrationSettings, HV01): [settings(smb=True)], (MigrationSettings, HV02): [settings()]},
            Status.UNKNOWN,
            id="SMB and compression at once",
        ),
        pytest.param(PLAIN | {(VMHost, HV01): [MODULE_SMB]}, Status.UNKNOWN, id="the module says otherwise"),
    ],
)
def test_only_where_smb_is_chosen(judge: Judge, rows, expected):
    assert judge(smb_path, facts([RDMA], [RDMA]) | rows).status is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({(MigrationNetwork, HV02): []}, Status.NOT_APPLICABLE),
        ({(MigrationNetwork, HV02): GONE}, Status.UNKNOWN),
        ({(IPAddress, HV02): [address("10.20.0.9/24")]}, Status.NOT_APPLICABLE),  # the source holds it itself
        ({(IPAddress, HV02): GONE}, Status.UNKNOWN),
        ({(IPAddress, HV01): GONE}, Status.UNKNOWN),
    ],
)
def test_without_a_migration_address(judge: Judge, rows, expected):
    assert judge(smb_path, facts([RDMA], [RDMA]) | rows).status is expected


def test_any_network_needs_no_rows(judge: Judge):
    told = facts([RDMA], [RDMA]) | {(VMHost, HV02): [module(any_network=True)], (MigrationNetwork, HV02): GONE}
    finding = judge(smb_path, told)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.PASS


TWO_NETS = {
    (IPAddress, HV01): [address("10.20.0.9/24"), address("10.30.0.9/24", interface=9)],
    (IPAddress, HV02): [address("10.20.0.5/24"), address("10.30.0.5/24", interface=9)],
    (NetworkAdapter, HV01): [adapter(7), adapter(9)],
    (NetworkAdapter, HV02): [adapter(7), adapter(9)],
    (MigrationNetwork, HV02): [network("10.20.0.0/24"), network("10.30.0.0/24")],
}


@pytest.mark.parametrize(
    ("second", "more", "expected", "words"),
    [
        pytest.param(SmbAdapter(9, GBIT, False), {}, Status.PASS, "RDMA on both hosts", id="one of two ways has it"),
        pytest.param(SmbAdapter(9, GBIT, True), {}, Status.PASS, "RDMA on both hosts", id="both have it"),
        pytest.param(
            SmbAdapter(9, GBIT, False),
            {(NetworkAdapter, HV01): [adapter(7, 2), adapter(9)]},
            Status.WARN,
            "no RDMA",
            id="the one that has it is down",
        ),
    ],
)
def test_the_best_of_several_ways_counts(judge: Judge, second, more, expected, words):
    finding = judge(smb_path, facts([RDMA, second], [RDMA, second]) | TWO_NETS | more)
    assert finding.status is expected
    assert words in finding.seen


def test_the_fastest_of_several_ways_counts(judge: Judge):
    slow = SmbAdapter(9, GBIT, False)
    for speed in (TEN, 4 * TEN):
        fast = SmbAdapter(7, speed, False)
        assert judge(smb_path, facts([fast, slow], [fast, slow]) | TWO_NETS).status is Status.PASS
