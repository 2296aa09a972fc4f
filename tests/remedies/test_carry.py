"""The remedy test sees what it is there for: what is refused, what does not cure, what harms, and in which order."""

from __future__ import annotations

from random import Random

import pytest

from lab.remedy.carry import cure, ordered
from lab.remedy.world import World
from scanner.api import Finding, Profile, Severity, Status, Subject, scopes
from tests.remedies.estates import FAULTS, GOOD, world_of

HV01 = "hv01.corp.example"
ENABLE = f"Enable-VMMigration -ComputerName '{HV01}'"
KERBEROS = f"Set-VMHost -ComputerName '{HV01}' -VirtualMachineMigrationAuthenticationType Kerberos"


def finding(check: str, status: Status, remedy: str = "", *, seen: str = "it") -> Finding:
    return Finding(
        check=check,
        subject=Subject(scopes.HOST, (HV01,)),
        bears=(),
        profiles=frozenset({Profile.LIVE_MIGRATION}),
        status=status,
        severity=Severity.HIGH,
        title="",
        seen=seen,
        remedy=remedy,
    )


@pytest.fixture
def off() -> World:
    """A host whose migration is off and signs in with CredSSP."""
    world = world_of("good", GOOD)
    FAULTS["migration off"](world, world.hosts[HV01])
    FAULTS["CredSSP"](world, world.hosts[HV01])
    return world


def judged(world: World, *, remedy: str = ENABLE, others: tuple[Finding, ...] = ()) -> tuple[Finding, ...]:
    on = world.hosts[HV01].machine.state.migration.enabled
    return (finding("LM-01", Status.PASS) if on else finding("LM-01", Status.FAIL, remedy), *others)


def said(world: World, judge, **given) -> list[str]:
    return [problem.what.partition(":")[0] for problem in cure(world, judge, **given)]


def test_what_cures_has_no_problem(off):
    assert said(off, judged) == []


def test_what_is_refused_is_told(off):
    lines = f"Set-Nothing -Name 'x'\n{ENABLE}"
    assert said(off, lambda world: judged(world, remedy=lines)) == ["refused"]


def test_what_does_not_cure_is_told(off):
    assert said(off, lambda world: judged(world, remedy=KERBEROS)) == ["not cured"]


def test_what_is_gone_is_not_cured(off):
    def judge(world: World) -> tuple[Finding, ...]:
        on = world.hosts[HV01].machine.state.migration.enabled
        return () if on else (finding("LM-01", Status.FAIL, ENABLE),)

    assert said(off, judge) == ["not cured"]


@pytest.mark.parametrize("worse", [Status.FAIL, Status.UNKNOWN, Status.ERROR])
def test_what_passed_and_fails_afterwards_is_told(off, worse):
    def judge(world: World) -> tuple[Finding, ...]:
        on = world.hosts[HV01].machine.state.migration.enabled
        return judged(world, others=(finding("LM-02", worse if on else Status.PASS),))

    assert said(off, judge) == ["harmed"]


@pytest.mark.parametrize(
    ("end", "problems"),
    [
        (finding("LM-01", Status.NOT_APPLICABLE), []),
        (finding("LM-01", Status.WARN, seen="another"), []),
        (finding("LM-01", Status.WARN), ["not cured"]),
        (finding("LM-01", Status.WARN, KERBEROS, seen="another"), ["not cured"]),
        (finding("LM-01", Status.UNKNOWN, seen="another"), ["not cured"]),
    ],
)
def test_how_a_finding_may_end(off, end, problems):
    def judge(world: World) -> tuple[Finding, ...]:
        on = world.hosts[HV01].machine.state.migration.enabled
        return (end,) if on else (finding("LM-01", Status.FAIL, ENABLE),)

    assert said(off, judge) == problems


@pytest.mark.parametrize(("status", "problems"), [(Status.FAIL, []), (Status.UNKNOWN, ["not cured"])])
def test_what_a_person_mends_may_stay_as_it_was(off, status, problems):
    def judge(world: World) -> tuple[Finding, ...]:
        on = world.hosts[HV01].machine.state.migration.enabled
        return (finding("LM-01", Status.FAIL, "" if on else ENABLE),)

    assert said(off, judge, by_hand={("LM-01", HV01, ""): finding("LM-01", status)}) == problems


def test_causes_come_first():
    asking = [finding(check, Status.FAIL, ENABLE) for check in ("RCH-01", "LM-02", "LM-01", "XX-01", "HOST-01")]
    asking += [finding("DEL-01", Status.PASS, ENABLE), finding("DEL-02", Status.FAIL, "Ask whoever made it.")]
    assert [f.check for f in ordered(asking)] == ["HOST-01", "LM-01", "LM-02", "RCH-01", "XX-01"]
    mixed = {tuple(f.check for f in ordered(asking, Random(seed))) for seed in range(20)}
    assert mixed == {
        ("HOST-01", "LM-01", "LM-02", "RCH-01", "XX-01"),
        ("HOST-01", "LM-02", "LM-01", "RCH-01", "XX-01"),
    }
