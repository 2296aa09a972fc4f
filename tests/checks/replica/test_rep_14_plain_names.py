from __future__ import annotations

import pytest

from checks.replica.rep_14_plain_names import plain_names
from scanner.api import Route, Status
from scanner.facts.host import ComputerSystem
from scanner.facts.replication import ReplicationSettings
from tests.checks.common.builders import GONE
from tests.checks.replica.builders import plan
from tests.conftest import HV01, HV02, Judge


def goes_to(*names: str | None) -> list[ReplicationSettings]:
    return [ReplicationSettings(f"Microsoft:{place}\\HVR\\0", HV01, name) for place, name in enumerate(names)]


def facts(host: str, *, name: str = "HV02", dns: str = "hv02", to=()):
    return {
        (ComputerSystem, host): [ComputerSystem(name, dns, "corp.example", True, 3)],
        (ReplicationSettings, host): to if to is GONE else list(to),
    }


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(HV02), Status.PASS, id="plain"),
        pytest.param(facts(HV02, dns="hv-ü"), Status.WARN, id="its DNS name"),
        pytest.param(facts(HV02, name="HV-Ü"), Status.WARN, id="its NetBIOS name"),
        pytest.param(facts(HV02, to=goes_to("räplica.corp.example")), Status.WARN, id="what it sends to"),
        pytest.param(facts(HV02, to=goes_to("a.corp.example", None, " ")), Status.PASS, id="what it sends to is plain"),
        pytest.param(facts(HV02, to=GONE), Status.UNKNOWN, id="whom it sends to is unread"),
        pytest.param(facts(HV02) | {(ComputerSystem, HV02): GONE}, Status.UNKNOWN, id="its name unread"),
    ],
)
def test_a_replica_server(judge: Judge, known, expected):
    finding = judge(plain_names, known, plan(), subject=HV02)
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ([], Status.NOT_APPLICABLE),
        (goes_to("hv02.corp.example"), Status.PASS),
        (goes_to("hv02.corp.example", "réplique.corp.example"), Status.WARN),
    ],
)
def test_a_source_alone_is_judged_by_what_it_sends_to(judge: Judge, to, expected):
    assert judge(plain_names, facts(HV01, dns="hv-ü", to=to), plan(), subject=HV01).status is expected


def test_one_route_of_several_is_enough(judge: Judge):
    where = plan(routes=(Route(HV02, HV01), Route(HV01, HV02)))
    assert judge(plain_names, facts(HV02, dns="hv-ü"), where, subject=HV02).status is Status.WARN
