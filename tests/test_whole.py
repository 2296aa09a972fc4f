"""Answers with fewer rows than there always are, and rows in one order, each once."""

from __future__ import annotations

from itertools import permutations

import pytest

from scanner.api import Gap, GapReason
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationNetwork
from scanner.facts.network import IPAddress, NetworkAdapter
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
