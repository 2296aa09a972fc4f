from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checks.asr.asr_10_proxy_account import proxy_account
from scanner.api import Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.vmm import ADMINISTRATOR, RunAsAccount, VmmServer
from scanner.facts.vmm_setup import VmmProcess
from scanner.facts.winhttp import WinHttpProxy
from tests.checks.asr.builders import CLUSTER, VMM, VMM2, plan, service
from tests.checks.common.builders import GONE, probe
from tests.conftest import Judge
from tests.test_winhttp import settings

NAME = "login.example"
SEEN = "2026-11-20 Jane Doe"
BEGAN = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)


DRA = RunAsAccount("1", "DRAProxyAccount", "CORP\\proxy")


def vmm(profile: int = ADMINISTRATOR, **more) -> VmmServer:
    return VmmServer("localhost", VMM, "4.0.2775.0", None, more.get("available", False), (), None, profile)


def facts(
    status: int | None = None, winhttp: str = "", processes=(), accounts=GONE, server=GONE, *, untried: bool = False
):
    rows = [] if untried else [probe(f"{NAME}:443/tls", proxy_status=status)]
    return {
        (AsrProxySettings, VMM): [],
        (WinHttpProxy, VMM): [WinHttpProxy(settings(winhttp))] if winhttp else [],
        (EndpointProbe, VMM): rows,
        (Service, VMM): [service()],
        (RunAsAccount, VMM): accounts,
        (VmmServer, VMM): server,
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
        pytest.param(facts(407, accounts=[DRA]), where(registered=True), Status.PASS, id="the account is there"),
        pytest.param(
            facts(407, accounts=[RunAsAccount("2", "draproxyaccount ", None)], server=[vmm(2)]),
            where(registered=True),
            Status.PASS,
            id="in another case, whatever else is not shown",
        ),
        pytest.param(facts(407, accounts=[], server=[vmm()]), where(registered=True), Status.FAIL, id="it is missing"),
        pytest.param(
            facts(407, accounts=[RunAsAccount("2", "DRAProxyAccount2", None)], server=[vmm()]),
            where(registered=True),
            Status.FAIL,
            id="a name that begins alike",
        ),
        pytest.param(
            facts(407, accounts=[], server=[vmm(2)]), where(registered=True), Status.UNKNOWN, id="a part is shown"
        ),
        pytest.param(
            facts(407, accounts=[], server=[vmm(None)]), where(registered=True), Status.UNKNOWN, id="role not told"
        ),
        pytest.param(facts(407, accounts=[]), where(registered=True), Status.UNKNOWN, id="the server does not answer"),
        pytest.param(
            facts(407, accounts=GONE, server=[vmm()]), where(registered=True), Status.UNKNOWN, id="accounts unread"
        ),
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


def test_of_a_passive_node_the_node_that_answers_tells(judge: Judge):
    same = {(ClusterInfo, server): CLUSTER for server in (VMM, VMM2)}
    known = facts(407) | same | {
        (Service, VMM): [service(state="Stopped")],
        (Service, VMM2): [service()],
        (VmmServer, VMM2): [vmm(available=True)],
        (RunAsAccount, VMM2): [DRA],
        (VmmProcess, VMM2): [],
    }  # fmt: skip
    both = plan(VMM, VMM2, keys=(), endpoints=(NAME,), proxy="p.x:8080", registered=True)
    assert judge(proxy_account, known, both, subject=VMM).status is Status.PASS
    assert judge(proxy_account, known | {(RunAsAccount, VMM2): []}, both, subject=VMM).status is Status.FAIL
    assert judge(proxy_account, known | {(ClusterInfo, VMM2): []}, both, subject=VMM).status is Status.UNKNOWN
