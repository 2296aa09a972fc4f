"""What is said of a host that listens nowhere, and the command that only a setting that is off gets."""

from __future__ import annotations

import pytest

from checks.common.enabling import ENABLING
from checks.reach.listener import Listening, nowhere
from scanner.api import GapReason, Status, View
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from tests.checks.common.builders import module, network, settings
from tests.conftest import HV02, evidence

NEEDS = tuple(dict.fromkeys((MigrationSettings, MigrationService, MigrationNetwork, VMHost, *ENABLING)))
SILENT, ELSEWHERE = Listening((), "it does not listen", silent=True), Listening((), "on other networks only")


@pytest.mark.parametrize(
    ("found", "rows", "remedy"),
    [
        pytest.param(SILENT, [settings(enabled=False)], True, id="off"),
        pytest.param(SILENT, [settings()], False, id="on, and silent"),
        pytest.param(SILENT, [], False, id="no settings"),
        pytest.param(SILENT, [settings(enabled=False)] * 2, False, id="two settings"),
        pytest.param(SILENT, GapReason.TIMEOUT, False, id="unread"),
        pytest.param(ELSEWHERE, [settings(enabled=False)], False, id="off, and listening elsewhere"),
    ],
)
def test_nowhere(found, rows, remedy):
    facts = {
        (MigrationSettings, HV02): rows,
        (MigrationNetwork, HV02): [network("10.20.0.0/24")],
        (VMHost, HV02): [module(any_network=False)],
    }
    facts |= {(fact, HV02): [] for fact in ENABLING if (fact, HV02) not in facts}
    verdict = nowhere(View(evidence(facts), NEEDS), HV02, found)
    assert (verdict.status, verdict.seen) == (Status.FAIL, found.none)
    assert bool(verdict.remedy) is remedy
