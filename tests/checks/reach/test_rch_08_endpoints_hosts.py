from __future__ import annotations

import pytest

from checks.reach.rch_08_endpoints_hosts import endpoints_from_host
from scanner.api import Profile, Route, SiteRecovery, Status
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, probe
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

ROUTES = (Route(HV01, HV02),)
NAME = "pod01.backup.windowsazure.com"


def plan(routes=ROUTES, **words):
    recovery = SiteRecovery(endpoints=(NAME,), **words)
    return estate(
        profiles=frozenset({Profile.ASR_VMM}), hosts=(HV01, HV02, HV11), site_recovery=recovery, routes=routes
    )


def facts(outcome: str | None = "Connected"):
    rows = [] if outcome is None else [probe(f"{NAME}:443/tls", outcome, tls_outcome="Ok")]
    return {(AsrProxySettings, HV01): [], (WinHttpProxy, HV01): [], (EndpointProbe, HV01): rows}


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(), plan(), Status.PASS, id="reached"),
        pytest.param(facts("TimedOut"), plan(), Status.FAIL, id="filtered"),
        pytest.param(facts("TimedOut"), plan(hosts_need_internet=False), Status.WARN, id="filtered by design"),
        pytest.param(facts(None), plan(hosts_need_internet=False), Status.UNKNOWN, id="not probed is not by design"),
        pytest.param(facts() | {(AsrProxySettings, HV01): GONE}, plan(), Status.UNKNOWN, id="proxy unread"),
    ],
)
def test_endpoints_from_host(judge: Judge, known, where, expected):
    assert judge(endpoints_from_host, known, where, subject=HV01).status is expected


def test_by_design_keeps_what_was_seen(judge: Judge):
    finding = judge(endpoints_from_host, facts("TimedOut"), plan(hosts_need_internet=False), subject=HV01)
    assert finding.seen.startswith(f"{NAME}: no answer")
    assert "need no internet" in finding.works


@pytest.mark.parametrize("routes", [(), ROUTES, (Route(HV01, HV02), Route(HV02, HV11))])
def test_every_host_takes_part(judge: Judge, routes):
    known = facts() | {(fact, host): [] for fact in (AsrProxySettings, WinHttpProxy) for host in (HV02, HV11)}
    asked = [ask.target for ask in asks_of([endpoints_from_host], evidence(known, plan(routes)))]
    assert asked == [HV01, HV02, HV11]
    assert judge(endpoints_from_host, known, plan(routes), subject=HV01).status is Status.PASS
    assert judge(endpoints_from_host, known, plan(routes), subject=HV11).status is Status.UNKNOWN
