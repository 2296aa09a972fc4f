from __future__ import annotations

import pytest

from checks.replica.rep_13_proxy import proxy
from scanner.api import Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.winhttp import WinHttpProxy
from tests.checks.common.builders import GONE
from tests.checks.replica.builders import CERTIFICATE, NODE, RUNS, plan
from tests.conftest import HV01, HV02, Judge
from tests.test_winhttp import settings

THROUGH = settings("proxy.corp.example:8080")


def facts(data, *, services=(RUNS,), cluster=()):
    rows = data if data is GONE or isinstance(data, list) else [WinHttpProxy(data)]
    return {
        (WinHttpProxy, HV01): rows,
        (Service, HV02): services if services is GONE else list(services),
        (ClusterInfo, HV02): list(cluster),
    }


def past(*names: str) -> str:
    return settings("proxy.corp.example:8080", ";".join(names))


IN_A_CLUSTER = {"services": (RUNS, NODE), "cluster": (ClusterInfo("CL1", None, 10),)}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(None), Status.PASS, id="never set"),
        pytest.param(facts([]), Status.PASS, id="no key"),
        pytest.param(facts(settings(flags=1)), Status.PASS, id="direct"),
        pytest.param(facts(THROUGH), Status.WARN, id="through the proxy"),
        pytest.param(facts(past("*.corp.example")), Status.PASS, id="past it, its domain"),
        pytest.param(facts(past("<local>", HV02.upper())), Status.PASS, id="past it, its name"),
        pytest.param(facts(past("<local>")), Status.WARN, id="a full name is not local"),
        pytest.param(facts(past("*.branch.example")), Status.WARN, id="past it for others"),
        pytest.param(facts(settings(flags=5)), Status.UNKNOWN, id="a script names it"),
        pytest.param(facts("zz"), Status.UNKNOWN, id="no settings"),
        pytest.param(facts(GONE), Status.UNKNOWN, id="unread"),
        pytest.param(facts(THROUGH, services=GONE), Status.UNKNOWN, id="a node or none"),
        pytest.param(facts(None, services=GONE), Status.PASS, id="direct, whatever it is"),
        pytest.param(facts(THROUGH, **IN_A_CLUSTER), Status.UNKNOWN, id="the broker's name is not read"),
    ],
)
def test_proxy(judge: Judge, known, expected):
    assert judge(proxy, known, plan()).status is expected


@pytest.mark.parametrize(
    ("servers", "kerberos", "certificate"),
    [
        ("http=p:80", Status.WARN, Status.PASS),
        ("https=p:80", Status.PASS, Status.WARN),
        ("p:80", Status.WARN, Status.WARN),
        ("ftp=p:80", Status.PASS, Status.PASS),
    ],
)
def test_the_proxy_of_what_is_sent_counts(judge: Judge, servers, kerberos, certificate):
    known = facts(settings(servers))
    assert judge(proxy, known, plan()).status is kerberos
    assert judge(proxy, known, plan(**CERTIFICATE)).status is certificate


def test_the_warning_says_why_it_works(judge: Judge):
    finding = judge(proxy, facts(THROUGH), plan())
    assert "BypassProxyServer" in finding.works
    assert "proxy.corp.example:8080" in finding.seen
