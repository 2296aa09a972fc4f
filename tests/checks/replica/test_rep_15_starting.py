from __future__ import annotations

import pytest

from checks.replica.rep_15_starting import HOW, starting
from scanner.api import Profile, Status
from scanner.facts.host import ComputerSystem
from tests.checks.common.builders import GONE
from tests.checks.replica.builders import member, plan
from tests.conftest import BRANCH, CORP, HV01, HV02, Judge


def facts(here, there):
    return {(ComputerSystem, HV01): here, (ComputerSystem, HV02): there}


AT_HOME = [member(HV01, CORP)]
ALONE = [member(HV02, "WORKGROUP", joined=False)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(AT_HOME, [member(HV02, "CORP.example.")]), Status.PASS, id="one domain"),
        pytest.param(facts(AT_HOME, [member(HV02, BRANCH)]), Status.WARN, id="two domains"),
        pytest.param(facts(AT_HOME, ALONE), Status.WARN, id="a work group"),
        pytest.param(facts(ALONE, ALONE), Status.WARN, id="one work group is no domain"),
        pytest.param(facts(AT_HOME, GONE), Status.UNKNOWN, id="unread"),
        pytest.param(facts(AT_HOME, [member(HV02, "CORP")]), Status.UNKNOWN, id="a short name that nobody tells"),
    ],
)
def test_starting(judge: Judge, known, expected):
    finding = judge(starting, known, plan())
    assert finding.status is expected
    assert (finding.remedy == HOW) is (expected is Status.WARN)
    assert ("PowerShell" in finding.works) is (expected is Status.WARN)


def test_site_recovery_starts_it_itself():
    assert starting.profiles == {Profile.REPLICA}
