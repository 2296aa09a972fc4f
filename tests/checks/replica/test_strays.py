"""A server with an authority between root and leaf among its roots refuses the certificates of clients."""

from __future__ import annotations

import pytest

from checks.replica.rep_05_certificate import replica_certificate
from checks.replica.strays import strays_part
from scanner.api import Status, View
from scanner.facts.certificates import Authority
from tests.checks.common.certified import ROOT, authority, pair, planned
from tests.conftest import HV01, HV02, Judge, evidence

STRAY = authority("Issuing CA", signed_by=ROOT)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([authority()], Status.PASS),
        ([], Status.PASS),
        ([authority(), authority("Issuing CA", store="CA", signed_by=ROOT)], Status.PASS),
        ([authority(), Authority(authority().path, "00")], Status.PASS),
        ([authority(), STRAY], Status.UNKNOWN),
    ],
)
def test_strays(rows, expected):
    verdict = strays_part(View(evidence({(Authority, HV02): rows}), (Authority,)), HV02)
    assert verdict.status is expected
    assert ("CN=Issuing CA" in verdict.note) is (expected is Status.UNKNOWN)


@pytest.mark.parametrize(("host", "expected"), [(HV01, Status.PASS), (HV02, Status.UNKNOWN)])
def test_of_the_end_that_takes_replicas_alone(judge: Judge, host, expected):
    facts = pair({(Authority, host): [authority(), STRAY]})
    assert judge(replica_certificate, facts, planned(), subject=f"{HV01}/{HV02}").status is expected
