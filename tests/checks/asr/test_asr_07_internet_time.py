from __future__ import annotations

from datetime import timedelta

import pytest

from checks.asr.asr_07_internet_time import internet_time
from scanner.api import KeyFile, Status
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.kerberos import ControllerClock, HostClock
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy
from scanner.judge.judging import asks_of
from tests.checks.asr.builders import VMM, plan, system
from tests.checks.common.builders import GONE, probe
from tests.conftest import CORP, NOW, Judge, evidence
from tests.test_winhttp import settings

LOGIN, POD = "login.example", "pod.example"
READ = NOW - timedelta(seconds=10)
"""when the server's clock was read; the run ended at NOW, and in between the endpoints were asked"""
SYSTEM = ComputerSystem("VMM01", "vmm01", CORP, True, 3)


def told(name: str, seconds: float | None = 0, **more):
    """An endpoint whose clock is so many seconds ahead of ours."""
    date = None if seconds is None else NOW - timedelta(seconds=5) + timedelta(seconds=seconds)
    return probe(f"{name}:443/tls/date", server_date=date, **({"tls_outcome": "Ok"} | more))


def facts(answers=(), own: float = 0, controllers=GONE, clock=None):
    """What is known of a server whose clock is so many seconds ahead of ours."""
    return {
        (OperatingSystem, VMM): [system()],
        (HostClock, VMM): [HostClock(READ + timedelta(seconds=own), READ, READ)] if clock is None else clock,
        (ComputerSystem, VMM): [SYSTEM],
        (EndpointProbe, VMM): answers if answers is GONE else list(answers),
        (AsrProxySettings, VMM): [],
        (WinHttpProxy, VMM): [],
        (ControllerClock, CORP): controllers,
    }


def controller(seconds: float = 0):
    return [ControllerClock(CORP, "dc1.corp.example", READ + timedelta(seconds=seconds), READ, READ)]


WHERE = plan(keys=(), endpoints=(LOGIN, POD))


def both_controllers(one: float, other: float):
    return [*controller(one), ControllerClock(CORP, "dc2.corp.example", READ + timedelta(seconds=other), READ, READ)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts([told(LOGIN), told(POD)]), Status.PASS, id="near"),
        pytest.param(facts([told(LOGIN)], own=290), Status.PASS, id="five minutes less what the answers took"),
        pytest.param(facts([told(LOGIN)], own=300), Status.UNKNOWN, id="five minutes, by the answers' time"),
        pytest.param(facts([told(LOGIN)], own=310), Status.WARN, id="more than five minutes"),
        pytest.param(facts([told(LOGIN)], own=294), Status.PASS, id="by less than a second"),
        pytest.param(facts([told(LOGIN)], own=295), Status.UNKNOWN, id="five minutes, to the second"),
        pytest.param(facts([told(LOGIN)], own=296), Status.UNKNOWN, id="five minutes, and perhaps a second"),
        pytest.param(facts([told(LOGIN)], own=-294), Status.PASS, id="behind, by less than a second"),
        pytest.param(facts([told(LOGIN)], own=-295), Status.UNKNOWN, id="behind, and perhaps a second more"),
        pytest.param(facts([told(LOGIN)], own=-310), Status.WARN, id="behind"),
        pytest.param(facts([told(LOGIN)], own=890), Status.WARN, id="less than fifteen"),
        pytest.param(facts([told(LOGIN)], own=900), Status.UNKNOWN, id="fifteen, by the answers' time"),
        pytest.param(facts([told(LOGIN)], own=910), Status.FAIL, id="more than fifteen"),
        pytest.param(facts([told(LOGIN, 910)]), Status.FAIL, id="the endpoint is ahead"),
        pytest.param(facts([told(LOGIN), told(POD, 500)]), Status.UNKNOWN, id="endpoints that do not agree"),
        pytest.param(facts([told(LOGIN, None), told(POD)]), Status.PASS, id="one that tells none"),
        pytest.param(facts([told(LOGIN, 1000), told(POD, 1000)], controllers=controller()), Status.FAIL, id="first"),
        pytest.param(facts([told(LOGIN, None)], controllers=controller()), Status.PASS, id="by the controllers"),
        pytest.param(facts([told(LOGIN, None)], own=400, controllers=controller()), Status.WARN, id="400 s to them"),
        pytest.param(facts([told(LOGIN, None)], own=1000, controllers=controller()), Status.FAIL, id="1000 s to them"),
        pytest.param(
            facts([told(LOGIN, None)], controllers=both_controllers(0, 1000)), Status.FAIL, id="the second is far off"
        ),
        pytest.param(
            facts([told(LOGIN, None)], controllers=both_controllers(400, 0)), Status.WARN, id="the first is off"
        ),
        pytest.param(facts([told(LOGIN, None)]), Status.UNKNOWN, id="nobody told"),
        pytest.param(facts(GONE), Status.UNKNOWN, id="no attempt"),
        pytest.param(facts(GONE, controllers=controller()), Status.PASS, id="no attempt, by the controllers"),
        pytest.param(facts([told(LOGIN)], clock=GONE), Status.UNKNOWN, id="clock unread"),
        pytest.param(facts([told(LOGIN)], clock=[]), Status.UNKNOWN, id="clock of a file"),
    ],
)
def test_clock(judge: Judge, known, expected):
    assert judge(internet_time, known, WHERE).status is expected


def test_texts(judge: Judge):
    late = judge(internet_time, facts([told(LOGIN)], own=1000), WHERE)
    assert late.seen.startswith(f"{VMM} and {LOGIN}: 99")
    assert f"'{VMM}'" in late.remedy
    assert "no endpoint told its time" in judge(internet_time, facts(controllers=controller()), WHERE).note


def asked(known, where) -> list[str]:
    return [ask.argument for ask in asks_of([internet_time], evidence(known, where))]


def test_three_endpoints_at_most_are_asked_the_way_that_the_provider_goes():
    many = plan(keys=(), endpoints=("a.x", "b.x", "c.x", "d.x"))
    assert asked(facts(), many) == ["a.x:443/tls/date", "b.x:443/tls/date", "c.x:443/tls/date"]
    through = plan(keys=(), endpoints=(LOGIN,), proxy="p.x:8080")
    assert asked(facts(), through) == [f"{LOGIN}:443/tls/date via p.x:8080"]
    unknown = facts() | {(WinHttpProxy, VMM): [WinHttpProxy(settings("w:8080"))]}
    assert asked(unknown, WHERE) == []
    unread = facts() | {(RegistrationKey, "k"): GONE}
    assert asked(unread, plan(keys=(KeyFile("k"),))) == []
