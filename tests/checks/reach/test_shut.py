from __future__ import annotations

import pytest

from checks.reach.shut import nobody_enters
from scanner.api import View
from scanner.facts.network import EndpointProbe, IPAddress
from tests.checks.common.builders import GONE, address, probe
from tests.conftest import HV01, HV02, HV11, estate, evidence

NO = probe(f"{HV02}:445", "TimedOut")


HERS = address("10.20.0.5/24")


def shut(*his, mine=(NO,), own=(), there=(HERS,), port: int = 445, name: str = "") -> bool:
    known = {
        (EndpointProbe, HV01): list(mine),
        (EndpointProbe, HV02): list(own),
        (EndpointProbe, HV11): list(his),
        (EndpointProbe, "old.corp.example"): [probe(f"{HV02}:445")],
        (IPAddress, HV02): there if there is GONE else list(there),
    }
    view = View(evidence(known, estate(hosts=(HV01, HV02, HV11))), (EndpointProbe, IPAddress))
    return nobody_enters(view, HV02, port, *filter(None, [name]))


@pytest.mark.parametrize(
    ("his", "expected"),
    [
        pytest.param(NO, True, id="nobody"),
        pytest.param(probe(f"{HV02}:445"), False, id="by name"),
        pytest.param(probe(f"{HV02}:445", "Refused"), False, id="refused, so let in"),
        pytest.param(probe(f"{HV02}:445", "Unresolved"), True, id="it did not get there"),
        pytest.param(probe(f"{HV02}:445", "Unreachable"), True, id="nor did it without a route"),
        pytest.param(probe(f"{HV02}:445", "Failed"), False, id="another reason"),
        pytest.param(probe("HV02.corp.example:445/tls"), False, id="with a wish"),
        pytest.param(probe("10.20.0.9>hv02.corp.example:445"), False, id="from one of its addresses"),
        pytest.param(probe("10.20.0.5:445"), False, id="by its address"),
        pytest.param(probe("files:445", remote="10.20.0.5"), False, id="by another name that led there"),
        pytest.param(probe("files:445", "Refused", addresses=("10.20.0.5",)), False, id="refused there"),
        pytest.param(probe("files:445", remote="10.20.0.6"), True, id="elsewhere"),
        pytest.param(probe(f"{HV02}:6600"), True, id="another port"),
    ],
)
def test_a_rule_may_be_off_where_nobody_is_let_in(his, expected):
    assert shut(his) is expected


def test_what_the_host_tries_itself_its_firewall_does_not_see():
    assert shut(own=[probe(f"{HV02}:445", remote="10.20.0.5", local="10.20.0.5")]) is True


def test_who_is_no_machine_of_the_estate_says_nothing():
    assert shut() is True


def test_nobody_tried():
    assert shut(mine=()) is False
    assert shut(mine=[probe(f"{HV02}:445", "Unreachable")]) is False


def test_names_and_addresses_that_are_known_besides():
    assert shut(probe("[fd00::5]:445"), there=GONE) is True
    assert shut(probe("[fd00::5]:445"), there=GONE, name="fd00::5") is False
    assert shut(probe("files:445"), name="FILES") is False
