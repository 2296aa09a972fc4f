from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checks.asr.asr_10_proxy_account import proxy_account
from scanner.api import Status
from scanner.facts.host import Service
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.vmm_setup import VmmProcess
from scanner.facts.winhttp import WinHttpProxy
from tests.checks.asr.builders import VMM, plan, service
from tests.checks.common.builders import GONE, probe
from tests.conftest import Judge
from tests.test_winhttp import settings

NAME = "login.example"
SEEN = "2026-11-20 Jane Doe"
BEGAN = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)


def facts(status: int | None = None, winhttp: str = "", processes=(), *, untried: bool = False):
    rows = [] if untried else [probe(f"{NAME}:443/tls", proxy_status=status)]
    return {
        (AsrProxySettings, VMM): [],
        (WinHttpProxy, VMM): [WinHttpProxy(settings(winhttp))] if winhttp else [],
        (EndpointProbe, VMM): rows,
        (Service, VMM): [service()],
        (VmmProcess, VMM): processes if processes is GONE else list(processes),
    }


def where(**words):
    return plan(keys=(), endpoints=(NAME,), **({"proxy": "p.x:8080"} | words))


@pytest.mark.parametrize(
    ("known", "plan_", "expected"),
    [
        pytest.param(facts(), where(proxy=""), Status.NOT_APPLICABLE, id="no proxy"),
        pytest.param(facts(winhttp="w:1"), where(proxy=""), Status.UNKNOWN, id="way not told"),
        pytest.param(facts(200), where(), Status.NOT_APPLICABLE, id="no sign-in wanted"),
        pytest.param(facts(407), where(registered=True), Status.UNKNOWN, id="wanted"),
        pytest.param(facts(407), where(), Status.PASS, id="wanted, not registered yet"),
        pytest.param(facts(407), where(registered=True, proxy_signs_in=SEEN), Status.PASS, id="seen"),
        pytest.param(facts(200), where(registered=True, proxy_signs_in=SEEN), Status.PASS, id="seen, and not wanted"),
        pytest.param(facts(407), where(registered=True, proxy_signs_in="2026-11-21 J"), Status.PASS, id="seen today"),
        pytest.param(
            facts(407) | {(Service, VMM): GONE},
            where(registered=True, proxy_signs_in=SEEN),
            Status.PASS,
            id="seen, services unread",
        ),
        pytest.param(
            facts(407), where(registered=True, proxy_signs_in="2026-11-22 J"), Status.UNKNOWN, id="seen tomorrow"
        ),
        pytest.param(facts(), where(registered=True), Status.UNKNOWN, id="no status"),
        pytest.param(facts(403), where(registered=True), Status.UNKNOWN, id="403"),
        pytest.param(facts(untried=True), where(), Status.UNKNOWN, id="not tried"),
    ],
)
def test_account(judge: Judge, known, plan_, expected):
    assert judge(proxy_account, known, plan_).status is expected


@pytest.mark.parametrize(
    ("processes", "told"),
    [
        ([VmmProcess(4321, BEGAN)], True),
        ([VmmProcess(1, BEGAN)], False),
        ([VmmProcess(4321, None)], False),
        ([], False),
        (GONE, False),
    ],
)
def test_since_when_the_service_runs_is_told_of_its_own_process_alone(judge: Judge, processes, told):
    note = judge(proxy_account, facts(407, processes=processes), where(registered=True, proxy_signs_in=SEEN)).note
    assert ("2026-11-02 07:30 UTC" in note) is told
