from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_05_no_controller import no_controller
from scanner.api import GapReason, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from tests.checks.delegation.domain import account, system
from tests.conftest import CORP, HV01, NOW, Judge, estate

ONE = estate(hosts=(HV01,), routes=())


def known(role: int = 3, product: ProductType = ProductType.SERVER, uac: int = 0x1000) -> dict:
    return {
        (ComputerSystem, HV01): [replace(system(HV01), domain_role=role)],
        (OperatingSystem, HV01): [OperatingSystem(NOW, 17763, "10.0.17763", product, None, 8)],
        (ComputerAccount, CORP): [account(HV01, uac=uac)],
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(known(), Status.PASS, id="member"),
        pytest.param(known(role=4), Status.WARN, id="backup controller"),
        pytest.param(known(role=5), Status.WARN, id="primary controller"),
        pytest.param(known(product=ProductType.DOMAIN_CONTROLLER), Status.WARN, id="by its product"),
        pytest.param(known(uac=0x82000), Status.WARN, id="by its account"),
        pytest.param(known(uac=0x5001000), Status.WARN, id="read-only, by its account"),
        pytest.param(known() | {(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.PASS, id="account unread"),
        pytest.param(known(role=2) | {(ComputerAccount, CORP): []}, Status.PASS, id="no account"),
        pytest.param(known() | {(ComputerSystem, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="role unread"),
        pytest.param(known() | {(OperatingSystem, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="product unread"),
    ],
)
def test_controllers(judge: Judge, facts, expected):
    finding = judge(no_controller, facts, ONE)
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)
