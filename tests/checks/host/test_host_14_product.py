from __future__ import annotations

from dataclasses import replace

import pytest

from checks.host.host_14_product import product
from scanner.api import GapReason, Profile, Status
from scanner.facts.host import OperatingSystem, ProductType
from tests.checks.delegation.domain import windows
from tests.conftest import HV01, HV02, Judge, estate

AZURE, SERVER, AZURE_EDITION = 406, 8, 407


def system(build: int, sku: int | None = SERVER, kind: ProductType = ProductType.SERVER) -> OperatingSystem:
    return replace(windows(build, kind), sku=sku)


def run(judge: Judge, here, there, profile=Profile.REPLICA):
    facts = {
        (OperatingSystem, host): s if isinstance(s, GapReason) else [s]
        for host, s in zip((HV01, HV02), (here, there), strict=True)
    }
    return judge(product, facts, estate(profiles=frozenset({profile})))


SAME, OTHER, DOUBT = "same", "other", "doubt"


@pytest.mark.parametrize(
    ("here", "there", "kind"),
    [
        pytest.param(system(17763), system(20348), SAME, id="two releases"),
        pytest.param(system(20348, AZURE), system(26100, AZURE), SAME, id="two of Azure Local"),
        pytest.param(system(20348), system(20348, AZURE), OTHER, id="one build, two products"),
        pytest.param(system(26100, AZURE), system(26100), OTHER, id="the other way"),
        pytest.param(system(20348), system(20349), OTHER, id="22H2 by its build"),
        pytest.param(system(20348), system(17784), OTHER, id="20H2 by its build"),
        pytest.param(system(20348), system(25398), SAME, id="version 23H2 of Windows Server"),
        pytest.param(system(20348), system(26100, AZURE_EDITION), SAME, id="Azure Edition is Windows Server"),
        pytest.param(system(9600, None), system(17763, None), SAME, id="older than the other product"),
        pytest.param(system(17763), system(17784, None), OTHER, id="a build of its own, edition not told"),
        pytest.param(system(17763), system(20348, None), DOUBT, id="edition not told"),
        pytest.param(system(20348, None), system(20348, None), DOUBT, id="of both"),
        pytest.param(system(20349), system(20348, None), DOUBT, id="of the other"),
    ],
)
@pytest.mark.parametrize("profile", Profile)
def test_products(judge: Judge, here, there, kind, profile):
    differs = Status.UNKNOWN if profile is Profile.LIVE_MIGRATION else Status.WARN
    expected = {SAME: Status.PASS, OTHER: differs, DOUBT: Status.UNKNOWN}[kind]
    assert run(judge, here, there, profile).status is expected


def test_a_client(judge: Judge):
    client = system(26100, 4, ProductType.CLIENT)
    assert run(judge, client, system(26100, AZURE)).status is Status.NOT_APPLICABLE
    assert run(judge, system(26100), system(26100, 175)).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("gone", [0, 1])
def test_unread(judge: Judge, gone):
    pair = [system(17763), system(17763)]
    pair[gone] = GapReason.TIMEOUT
    assert run(judge, *pair).status is Status.UNKNOWN
