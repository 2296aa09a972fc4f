from __future__ import annotations

import pytest

from checks.reach.rch_10_vmm_port import vmm_port
from scanner.api import GapReason, Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.judge.judging import asks_of
from tests.checks.asr.builders import CLUSTER, VMM, VMM2, plan, service
from tests.checks.common.builders import GONE, address, probe
from tests.conftest import Judge, evidence

ADMIN = "admin01.corp.example"
HERE, THERE = "10.0.0.20", "10.0.0.21"


def facts(outcome: str | None = "Connected", *, remote=HERE, other=None, state="Running", cluster=(), local="10.0.0.9"):
    probes = [probe(f"{VMM}:8100", outcome, remote=remote, local=local)] if outcome else []
    probes += [probe(f"{VMM2}:8100", other, remote=THERE)] if other else []
    return {
        (EndpointProbe, ADMIN): probes,
        (IPAddress, VMM): [address(f"{HERE}/24")],
        (Service, VMM): state if isinstance(state, GapReason) else [service(state=state)] if state else [],
        (ClusterInfo, VMM): cluster if isinstance(cluster, GapReason) else list(cluster),
        (ClusterInfo, VMM2): CLUSTER,
    }


WHERE = plan(VMM, VMM2, started_from=ADMIN)


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(), WHERE, Status.PASS, id="connects"),
        pytest.param(facts(remote="10.9.9.9"), WHERE, Status.UNKNOWN, id="another machine"),
        pytest.param(facts(remote=None), WHERE, Status.UNKNOWN, id="no address told"),
        pytest.param(facts() | {(IPAddress, VMM): GONE}, WHERE, Status.UNKNOWN, id="addresses unread"),
        pytest.param(facts("TimedOut"), WHERE, Status.FAIL, id="no answer"),
        pytest.param(facts("Unresolved"), WHERE, Status.FAIL, id="not resolved"),
        pytest.param(facts("Refused"), WHERE, Status.UNKNOWN, id="refused while VMM runs"),
        pytest.param(facts("Refused", state="Stopped"), WHERE, Status.FAIL, id="refused, and VMM is stopped"),
        pytest.param(facts("Refused", state=""), WHERE, Status.FAIL, id="no VMM service"),
        pytest.param(
            facts("Refused") | {(Service, VMM): [Service("W32Time", "Running", "Auto", 9, None)]}, WHERE, Status.FAIL,
            id="another service runs",
        ),
        pytest.param(facts("Refused", state=GONE), WHERE, Status.UNKNOWN, id="services unread"),
        pytest.param(
            facts("Refused", state="Stopped", cluster=CLUSTER, other="Connected"),
            WHERE, Status.NOT_APPLICABLE, id="the passive node",
        ),
        pytest.param(
            facts("Refused", state="Stopped", cluster=CLUSTER, other="Refused"), WHERE, Status.FAIL, id="none connects"
        ),
        pytest.param(
            facts("Refused", state="Stopped", other="Connected"), WHERE, Status.FAIL, id="the other is another's"
        ),
        pytest.param(facts("Refused", state="Stopped", cluster=GONE), WHERE, Status.UNKNOWN, id="cluster unread"),
        pytest.param(facts("TimedOut", cluster=CLUSTER, other="Connected"), WHERE, Status.FAIL, id="the active node"),
        pytest.param(facts(None), WHERE, Status.UNKNOWN, id="not tried"),
        pytest.param(facts(), plan(VMM, VMM2), Status.NOT_APPLICABLE, id="no machine named"),
        pytest.param(facts(), plan(VMM, VMM2, started_from=VMM), Status.NOT_APPLICABLE, id="on the server itself"),
    ],
)  # fmt: skip
def test_port(judge: Judge, known, where, expected):
    assert judge(vmm_port, known, where, subject=VMM).status is expected


def test_asks():
    def asked(where):
        return [(ask.target, ask.argument) for ask in asks_of([vmm_port], evidence({}, where))]

    assert asked(WHERE) == [(ADMIN, f"{VMM}:8100"), (ADMIN, f"{VMM2}:8100")]
    assert asked(plan(VMM, VMM2, started_from=VMM)) == [(VMM, f"{VMM2}:8100")]
    assert asked(plan(VMM)) == []
