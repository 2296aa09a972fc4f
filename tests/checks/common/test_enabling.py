from __future__ import annotations

import pytest

from checks.common.enabling import ENABLING, enable, in_no_domain
from scanner.api import View
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, ProductType, Service
from tests.checks.common.builders import GONE
from tests.conftest import HV01, NOW, evidence

COMMAND = "Enable-VMMigration -ComputerName 'hv01.corp.example'"
ALONE = {(Service, HV01): [], (ClusterInfo, HV01): []}


def system(*, joined: bool) -> list[ComputerSystem]:
    return [ComputerSystem("HV01", "hv01", "corp.example" if joined else "WORKGROUP", joined, 3 if joined else 2)]


def of(product: ProductType) -> list[OperatingSystem]:
    return [OperatingSystem(NOW, 20348, "10.0.20348", product, None)]


@pytest.mark.parametrize(
    ("known", "remedy"),
    [
        pytest.param(ALONE, COMMAND, id="nothing against it"),
        pytest.param(ALONE | {(ComputerSystem, HV01): system(joined=True)}, COMMAND, id="a member"),
        pytest.param(ALONE | {(ComputerSystem, HV01): GONE}, COMMAND, id="a member or not"),
        pytest.param(
            ALONE | {(ComputerSystem, HV01): system(joined=False)},
            "Join hv01.corp.example to a domain first (ID-01); then enable live migrations in its Hyper-V settings.",
            id="in a work group",
        ),
        pytest.param(ALONE | {(OperatingSystem, HV01): of(ProductType.CLIENT)}, "", id="a client"),
        pytest.param(ALONE | {(OperatingSystem, HV01): of(ProductType.SERVER)}, COMMAND, id="a server"),
        pytest.param(ALONE | {(ClusterInfo, HV01): [ClusterInfo("CL1", None, 10)]}, "", id="a node"),
        pytest.param({(Service, HV01): GONE}, "", id="a node or none"),
    ],
)
def test_the_command_only_where_it_runs_and_is_the_hosts(known, remedy):
    assert enable(View(evidence(known), ENABLING), HV01) == remedy


@pytest.mark.parametrize(
    ("rows", "expected"), [(system(joined=True), False), (system(joined=False), True), (GONE, False), ([], False)]
)
def test_in_no_domain(rows, expected):
    assert in_no_domain(View(evidence({(ComputerSystem, HV01): rows}), ENABLING), HV01) is expected
