from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_12_priorities import priorities
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, ANY4, GONE, adapter, address, module, network
from tests.conftest import HV01, HV02, Judge, estate

GBIT = 1_000_000_000
A, B = "10.20.0.0/24", "10.30.0.0/24"


def listed(*metrics):
    return [replace(network(text), metric=metric) for text, metric in zip((A, B), metrics, strict=False)]


def facts(rows, speeds=(10 * GBIT, GBIT), **more):
    cards = [replace(adapter(interface), speed=speed) for interface, speed in zip((7, 9), speeds, strict=True)]
    return {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): [module()],
        (IPAddress, HV02): [address("10.20.0.5/24"), address("10.30.0.5/24", interface=9)],
        (NetworkAdapter, HV02): cards,
    } | more


ORDER, OTHER = f"in this order: {A} (10 Gbit/s), {B} (1 Gbit/s)", f"in this order: {B} (1 Gbit/s), {A} (10 Gbit/s)"
SAME = "all have the same number: none says which is tried first"
SLOW_FIRST = f"{B} (1 Gbit/s) is tried before {A} (10 Gbit/s)"


@pytest.mark.parametrize(
    ("rows", "seen", "note"),
    [
        pytest.param(listed(0, 1), ORDER, "", id="the fastest first"),
        pytest.param(listed(5, 7), ORDER, "", id="whatever the numbers are"),
        pytest.param(listed(1, 0), OTHER, SLOW_FIRST, id="the slowest first"),
        pytest.param(listed(60_001, 60_000), OTHER, SLOW_FIRST, id="the slowest first, of great numbers"),
        pytest.param(listed(None, 2**32 - 1), OTHER, SLOW_FIRST, id="without a number behind the greatest"),
        pytest.param(listed(3, 3), ORDER, SAME, id="equal"),
        pytest.param(listed(None, None), ORDER, SAME, id="none told"),
        pytest.param(listed(None, 9), OTHER, SLOW_FIRST, id="without a number behind all others"),
        pytest.param(listed(0, None), ORDER, "", id="and the fastest before it"),
        pytest.param([*listed(4, 3), *listed(1)], ORDER, "", id="one listed twice has its lowest"),
    ],
)
def test_order(judge: Judge, rows, seen, note):
    finding = judge(priorities, facts(rows), subject=HV02)
    assert (finding.status, finding.seen, finding.note) == (Status.PASS, seen, note)


def test_of_equal_speed_any_order_is_right(judge: Judge):
    assert judge(priorities, facts(listed(1, 0), (GBIT, GBIT)), subject=HV02).note == ""


def test_of_two_adapters_in_one_network_the_faster_counts(judge: Judge):
    third = [*facts([])[NetworkAdapter, HV02], replace(adapter(11), speed=40 * GBIT)]
    own = [*facts([])[IPAddress, HV02], address("10.30.0.6/24", interface=11)]
    told = facts(listed(1, 0)) | {(NetworkAdapter, HV02): third, (IPAddress, HV02): own}
    assert judge(priorities, told, subject=HV02).note == ""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({(MigrationNetwork, HV02): []}, Status.NOT_APPLICABLE, id="none listed"),
        pytest.param({(MigrationNetwork, HV02): listed(0)}, Status.NOT_APPLICABLE, id="one"),
        pytest.param({(IPAddress, HV02): [address("10.20.0.5/24")]}, Status.NOT_APPLICABLE, id="an address in one"),
        pytest.param(
            {(NetworkAdapter, HV02): [adapter(7), adapter(9, status=2)]}, Status.NOT_APPLICABLE, id="one is down"
        ),
        pytest.param(
            {(MigrationNetwork, HV02): ANY, (VMHost, HV02): [module(any_network=True)]}, Status.NOT_APPLICABLE, id="any"
        ),
        pytest.param({(MigrationNetwork, HV02): [*listed(0, 1), ANY4]}, Status.NOT_APPLICABLE, id="any of a family"),
        pytest.param({(MigrationNetwork, HV02): [*listed(0, 1), network("junk/24")]}, Status.UNKNOWN, id="junk"),
        pytest.param({(MigrationNetwork, HV02): GONE}, Status.UNKNOWN, id="networks unread"),
        pytest.param({(VMHost, HV02): GONE}, Status.UNKNOWN, id="module unread"),
        pytest.param({(IPAddress, HV02): GONE}, Status.UNKNOWN, id="addresses unread"),
        pytest.param({(NetworkAdapter, HV02): GONE}, Status.UNKNOWN, id="adapters unread"),
    ],
)
def test_what_there_is_to_judge(judge: Judge, more, expected):
    assert judge(priorities, facts(listed(0, 1)) | more, subject=HV02).status is expected


def test_an_adapter_without_a_speed(judge: Judge):
    finding = judge(priorities, facts(listed(0, 1), (GBIT, None)), subject=HV02)
    assert finding.status is Status.UNKNOWN
    assert f"the speed of the adapter in {B} is not told" in finding.note


def test_only_a_destination_of_machines(judge: Judge):
    assert judge(priorities, {}, subject=HV01).status is Status.NOT_APPLICABLE
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    assert judge(priorities, facts(listed(0, 1)), where, subject=HV02).status is Status.NOT_APPLICABLE


def test_any_network_whatever_its_rows_are(judge: Judge):
    told = facts(listed(1, 0)) | {(VMHost, HV02): [module(any_network=True)]}
    assert judge(priorities, told, subject=HV02).status is Status.NOT_APPLICABLE
