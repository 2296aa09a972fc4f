"""Answers with fewer rows than there always are, and rows in one order, each once."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from scanner.api import Gap, GapReason, WindowsFact, cim, windows_fact
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationNetwork
from scanner.facts.network import IPAddress, NetworkAdapter
from scanner.facts.smb import SmbServerConfiguration
from scanner.judge.whole import ordered_rows, whole_answers
from tests.checks.common.builders import adapter, address
from tests.conftest import HV01, HV02, evidence


def test_an_answer_without_the_row_that_there_always_is_is_a_gap():
    made = whole_answers(
        evidence(
            {
                (IPAddress, HV01): [],
                (IPAddress, HV02): [address("10.20.0.5/24")],
                (MigrationNetwork, HV01): [],
                (Service, HV02): GapReason.TIMEOUT,
            }
        )
    )
    lost = made.ask(IPAddress, HV01)
    assert isinstance(lost, Gap)
    assert (lost.reason, lost.detail) == (GapReason.UNPARSABLE, "0 rows where there always is one")
    assert len(made.ask(IPAddress, HV02)) == 1, "one is enough"
    assert made.ask(MigrationNetwork, HV01) == (), "of others no row is an answer"
    assert {(gap.fact, gap.target) for gap in made.gaps()} == {("IPAddress", HV01), ("Service", HV02)}


def test_what_is_whole_stays_as_it_is():
    record = evidence({(IPAddress, HV01): [address("10.20.0.5/24")], (MigrationNetwork, HV01): []})
    assert whole_answers(record) is record
    assert ordered_rows(record) is record


@pytest.mark.parametrize("rows", [*permutations([adapter(1), adapter(2), adapter(3)])])
def test_rows_stand_in_one_order(rows):
    made = ordered_rows(evidence({(NetworkAdapter, HV01): list(rows), (NetworkAdapter, HV02): [adapter(9)]}))
    assert [row.interface for row in made.ask(NetworkAdapter, HV01)] == [1, 2, 3]
    assert [row.interface for row in made.ask(NetworkAdapter, HV02)] == [9]


@pytest.mark.parametrize("told", [(1, 1, 2, 1), (1, 1, 2), (1, 2, 2), (2, 1, 2)])
def test_rows_that_are_the_same_are_one(told):
    made = ordered_rows(evidence({(NetworkAdapter, HV01): [adapter(number) for number in told]}))
    assert [row.interface for row in made.ask(NetworkAdapter, HV01)] == [1, 2]


def test_a_null_beside_a_value_has_its_place_too():
    told, silent = address("10.20.0.5/24", store=1), address("10.20.0.5/24", store=None)
    one, other = (
        ordered_rows(evidence({(IPAddress, HV01): rows})).ask(IPAddress, HV01)
        for rows in ([told, silent], [silent, told])
    )
    assert one == other
    assert set(one) == {told, silent}


EVERYWHERE = [Service(name, "Running", "Auto", 4, None) for name in ("vmms", "LANMANSERVER", "netlogon")]


@pytest.mark.parametrize(
    ("rows", "lacks"),
    [
        (EVERYWHERE, ""),
        ([replace(row, state="Stopped", start_mode="Disabled") for row in EVERYWHERE], ""),
        (EVERYWHERE[:2], "no row of Netlogon, which every server has"),
        (EVERYWHERE[:1], "no row of LanmanServer and Netlogon, which every server has"),
        ([], "0 rows where there always is one"),
    ],
)
def test_services_that_every_server_has(rows, lacks):
    told = whole_answers(evidence({(Service, HV01): rows})).ask(Service, HV01)
    assert (told.detail if isinstance(told, Gap) else "") == lacks


@pytest.mark.parametrize(
    ("fact", "rows", "wrong"),
    [
        pytest.param(NetworkAdapter, [adapter(1), adapter(2)], "", id="two adapters"),
        pytest.param(NetworkAdapter, [adapter(1), adapter(1)], "", id="the same said twice"),
        pytest.param(
            NetworkAdapter,
            [adapter(1), replace(adapter(1), speed=1)],
            'two rows of "1" that differ',
            id="one interface",
        ),
        pytest.param(
            NetworkAdapter,
            [replace(adapter(n), speed=s) for n in (3, 1) for s in (1, 2)],
            'two rows of "1" that differ',
            id="the first by name is told, whatever came first",
        ),
        pytest.param(
            NetworkAdapter,
            [replace(adapter(1), interface=None, speed=speed) for speed in (1, 2)],
            "",
            id="of no key nothing is known",
        ),
        pytest.param(
            Service,
            [*EVERYWHERE, Service("VMMS", "Stopped", "Auto", 0, None)],
            'two rows of "vmms" that differ',
            id="case",
        ),
        pytest.param(
            SmbServerConfiguration,
            [SmbServerConfiguration(encrypts, None) for encrypts in (True, False)],
            "two rows that differ",
            id="of a machine there is one",
        ),
        pytest.param(IPAddress, [address("10.20.0.5/24", store=store) for store in (0, 1)], "", id="it has no key"),
    ],
)
def test_two_rows_of_one_key(fact, rows, wrong):
    told = whole_answers(evidence({(fact, HV01): rows})).ask(fact, HV01)
    assert (told.detail if isinstance(told, Gap) else "") == (f"{wrong}, where there is one" if wrong else "")


def test_a_key_names_fields():
    with pytest.raises(TypeError, match=r"Wrong: key=\('id',\), and it has no field id"):
        windows_fact(cim("Win32_Service"), key=("id",))(type("Wrong", (WindowsFact,), {"__annotations__": {}}))
