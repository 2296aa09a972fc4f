"""What becomes of a check's verdict, and of what it wants asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scanner.api import (
    Ask,
    Check,
    GapReason,
    Route,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    scopes,
    unknown,
    warned,
)
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.network import PROBES_A_SUBJECT, EndpointProbe
from scanner.facts.vm import VirtualMachineSettings
from scanner.judge.judging import asks_of, judge, judge_check
from tests.checks.common.builders import machine
from tests.conftest import HV01, HV02, estate, evidence

SAID = {
    "pass": passed("seen"),
    "fail": failed("seen", "wanted", "remedy"),
    "warn": warned("seen", "wanted", works="it does"),
    "unknown": unknown("nobody knows"),
    "silent": Verdict(Status.WARN, "seen", "wanted"),
}
ALONE = estate(hosts=(HV01,), routes=())


def made(says: str = "pass", *, name="X-01", severity=Severity.HIGH, scope=scopes.HOST, asks=None, **more) -> Check:
    """A check that reads a fact and says this, whatever it is."""

    def judged(subject: Subject, view: View) -> Verdict:
        view.ask(ClusterInfo, subject.host)
        view.ask(ComputerSystem, subject.host)
        return SAID[says]

    needs = (ComputerSystem, ClusterInfo, EndpointProbe)
    words = {"title": "t", "who": Who.HOST, "seed": "s", "remedy": "r", "needs": needs} | more
    return check(id=name, severity=severity, scope=scope, asks=asks, **words)(judged)


@pytest.mark.parametrize(
    ("says", "reason", "expected"),
    [
        ("unknown", GapReason.DEFECT, Status.ERROR),
        ("unknown", GapReason.TIMEOUT, Status.UNKNOWN),
        ("fail", GapReason.DEFECT, Status.FAIL),
        ("warn", GapReason.DEFECT, Status.WARN),
        ("pass", GapReason.DEFECT, Status.PASS),
        ("silent", GapReason.TIMEOUT, Status.ERROR),
    ],
)
def test_a_gap_that_is_an_error_makes_errors_of_what_is_unknown_alone(says, reason, expected):
    record = evidence({(ComputerSystem, HV01): reason}, ALONE)
    (finding,) = judge_check(made(says), record)
    assert finding.status is expected


def test_of_equally_bad_ones_the_severest_comes_first():
    checks = [
        made("fail", name="X-01", severity=Severity.LOW),
        made("fail", name="X-02", severity=Severity.CRITICAL),
        made("unknown", name="X-03", severity=Severity.CRITICAL),
        made("fail", name="X-04", severity=Severity.HIGH),
    ]
    found = judge(checks, evidence({(ComputerSystem, HV01): GapReason.TIMEOUT}, ALONE))
    assert [finding.check for finding in found] == ["X-02", "X-04", "X-01", "X-03"]


def cluster(subject: Subject, _view: View) -> Iterator[Ask]:
    yield Ask(ClusterInfo, subject.host, "it")


def attempts(subject: Subject, _view: View) -> Iterator[Ask]:
    """Each machine of the host at addresses of its own."""
    for number in range(PROBES_A_SUBJECT + 1):
        yield Ask(EndpointProbe, subject.host, f"{subject.vm_id or 'a'}:{number + 1}")


def test_a_check_that_asks_nothing_keeps_no_other_from_asking():
    record = evidence({}, ALONE)
    asking = made(name="X-02", asks=cluster)
    assert [ask.target for ask in asks_of([made(), asking], record)] == [HV01]
    assert [ask.target for ask in asks_of([asking, made(name="X-03")], record)] == [HV01]


def test_where_disks_move_alone_nothing_is_asked_about_machines():
    routes = (Route(HV01, HV02, machines=False), Route(HV02, HV01))
    asking = made(scope=scopes.ROUTE, asks=cluster, of_machines=True)
    assert [ask.target for ask in asks_of([asking], evidence({}, estate(routes=routes)))] == [HV02]
    asking = made(scope=scopes.ROUTE, asks=cluster)
    assert [ask.target for ask in asks_of([asking], evidence({}, estate(routes=routes)))] == [HV01, HV02]


def test_attempts_are_limited_and_questions_are_not():
    rows = {(VirtualMachineSettings, HV01): [machine(1), machine(2)]}
    for scope, record in ((scopes.HOST, evidence({}, ALONE)), (scopes.VM, evidence(rows))):
        both = [made(scope=scope, asks=attempts), made(name="X-02", scope=scope, asks=cluster)]
        asked = [ask.fact for ask in asks_of(both, record)]
        assert asked.count(EndpointProbe) == PROBES_A_SUBJECT, "however many subjects are about the same machine"
        assert asked.count(ClusterInfo) == (1 if scope is scopes.HOST else 2)
