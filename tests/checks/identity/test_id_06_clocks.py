from __future__ import annotations

from datetime import timedelta

import pytest

from checks.identity.id_06_clocks import clocks
from scanner.api import Estate, GapReason, Profile, Replica, Status, Thresholds
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.kerberos import ControllerClock, HostClock
from tests.checks.delegation.domain import Known, system
from tests.conftest import BRANCH, CORP, HV01, HV02, NOW, Judge, estate

DC1, DC2, DCB = "dc1.corp.example", "dc2.corp.example", "dcb.branch.example"


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def host(ahead: float, took: float = 0, asked: float = 0) -> HostClock:
    """Read half-way between question and answer."""
    moment = NOW + seconds(asked)
    return HostClock(moment + seconds(took / 2 + ahead), moment, moment + seconds(took))


def controller(name: str, ahead: float = 0, took: float = 0) -> ControllerClock:
    return ControllerClock(name.partition(".")[2], name, NOW + seconds(took / 2 + ahead), NOW, NOW + seconds(took))


def known(one: HostClock, other: HostClock, *more: ControllerClock) -> Known:
    release = OperatingSystem(NOW, 17763, "10.0.17763", ProductType.SERVER, None, 8)
    facts: Known = {(ControllerClock, CORP): [more[0] if more else controller(DC1)]}
    facts |= {(ControllerClock, row.controller): [row] for row in more}
    for name, clock in ((HV01, one), (HV02, other)):
        facts |= {
            (ComputerSystem, name): [system(name)],
            (OperatingSystem, name): [release],
            (HostClock, name): [clock],
        }
    return facts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(host(0), host(0), Status.PASS, id="the same"),
        pytest.param(host(0), host(58), Status.PASS, id="a minute less two"),
        pytest.param(host(0), host(60.5), Status.UNKNOWN, id="a minute, of clocks that tell whole seconds"),
        pytest.param(host(0), host(62), Status.WARN, id="more than a minute"),
        pytest.param(host(0), host(-62), Status.WARN, id="behind"),
        pytest.param(host(-30), host(31.5), Status.WARN, id="both near the controller, and apart"),
        pytest.param(host(0), host(298), Status.WARN, id="five minutes less two"),
        pytest.param(host(0), host(299.9995), Status.UNKNOWN, id="five minutes, by a millisecond"),
        pytest.param(host(0), host(302), Status.FAIL, id="more than five minutes"),
        pytest.param(host(-302), host(-302), Status.FAIL, id="both, by the controller"),
        pytest.param(host(0), host(0, took=40), Status.PASS, id="slow, and it matters not"),
        pytest.param(host(0), host(0, took=130), Status.UNKNOWN, id="too slow to tell"),
        pytest.param(host(0), host(250, took=130), Status.UNKNOWN, id="too slow to tell on the other side"),
        pytest.param(host(0), host(500, took=130), Status.FAIL, id="slow, and it matters not either"),
        pytest.param(host(0), host(0, asked=3600), Status.PASS, id="read an hour later"),
        pytest.param(host(0), HostClock(NOW, NOW, NOW - seconds(1)), Status.UNKNOWN, id="our clock was set back"),
    ],
)
def test_hosts(judge: Judge, one, other, expected):
    assert judge(clocks, known(one, other), estate()).status is expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param((controller(DC1),), Status.PASS, id="one"),
        pytest.param((controller(DC1), controller(DC2)), Status.PASS, id="two"),
        pytest.param((controller(DC1, 100),), Status.WARN, id="ahead"),
        pytest.param((controller(DC1), controller(DC2, -100)), Status.WARN, id="the second is behind"),
        pytest.param((controller(DC1), controller(DC2, -400)), Status.FAIL, id="the second is far behind"),
        pytest.param((controller(DC1), controller(DC2, 400)), Status.FAIL, id="the second is far ahead"),
        pytest.param((controller(DC1, took=130),), Status.UNKNOWN, id="slow"),
        pytest.param((controller(DC1), controller(DC2, 299.5)), Status.UNKNOWN, id="whole seconds leave it open"),
        pytest.param((controller(DC1), controller(DCB, 400)), Status.PASS, id="of another domain"),
    ],
)
def test_controllers(judge: Judge, more, expected):
    assert judge(clocks, known(host(0), host(0), *more), estate()).status is expected


def test_controllers_of_both_domains_count(judge: Judge):
    facts = known(host(0), host(0), controller(DC1), controller(DCB, 400))
    facts |= {
        (ComputerSystem, HV02): [system("hv02.branch.example")],
        (ControllerClock, BRANCH): [controller(DCB, 400)],
    }
    assert judge(clocks, facts, estate()).status is Status.FAIL


def test_the_worst_is_told_with_what_mends_it(judge: Judge):
    finding = judge(clocks, known(host(0), host(400)), estate())
    assert finding.status is Status.FAIL
    assert f"{HV01} and {HV02}: 400 s apart" in finding.seen
    assert finding.remedy.count("w32tm") == 4, "two lines, each with both commands"
    late = judge(clocks, known(host(0), host(0), controller(DC1, 100)), estate())
    assert late.status is Status.WARN
    assert (f"'{HV01}' itself" in late.remedy, DC1 in late.remedy) == (True, False), "no controller is set right"


def test_a_controller_that_tells_the_clock_of_another_domain_tells_none_of_this(judge: Judge):
    facts = known(host(0), host(0)) | {(ControllerClock, CORP): [controller(DCB)]}
    finding = judge(clocks, facts, estate())
    assert finding.status is Status.UNKNOWN
    assert finding.note == f"no controller of {CORP} told a clock of this domain"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Thresholds(clock_warn_seconds=200), Status.PASS),
        (Thresholds(), Status.WARN),
        (Thresholds(clock_fail_seconds=90), Status.FAIL),
    ],
)
def test_limits_are_the_users(judge: Judge, limits, expected):
    assert judge(clocks, known(host(0), host(100)), estate(thresholds=limits)).status is expected


@pytest.mark.parametrize(
    "unread",
    [(HostClock, HV02), (OperatingSystem, HV02), (ComputerSystem, HV02), (ControllerClock, CORP)],
    ids=lambda key: key[0].__name__,
)
def test_unread(judge: Judge, unread):
    facts = known(host(0), host(0)) | {unread: GapReason.NOT_COLLECTED}
    assert judge(clocks, facts, estate()).status is Status.UNKNOWN


def test_a_failure_stands_whatever_is_not_known(judge: Judge):
    facts = known(host(0), host(400)) | {(ControllerClock, CORP): GapReason.TIMEOUT}
    assert judge(clocks, facts, estate()).status is Status.FAIL


def test_a_host_in_no_domain(judge: Judge):
    facts = known(host(0), host(400)) | {(ComputerSystem, HV02): [system(HV02, joined=False)]}
    assert judge(clocks, facts, estate()).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("way", "expected"), [("kerberos", Status.FAIL), ("certificate", Status.NOT_APPLICABLE)])
def test_replication(judge: Judge, way, expected):
    where: Estate = estate(profiles=frozenset({Profile.REPLICA}), replica=Replica(authentication=way))
    assert judge(clocks, known(host(0), host(400)), where).status is expected
