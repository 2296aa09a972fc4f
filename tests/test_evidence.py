"""The doors of evidence: what is taken, from whom and until when, and what becomes of it before anybody sees it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.api import Ask, Evidence, Fact, Gap, GapReason, Severity, TargetInfo, Who, check, passed, scopes
from scanner.collect import keyfile, rounds, windows
from scanner.estate.access import Access
from scanner.estate.secret import HIDDEN, remember
from scanner.facts.base import WindowsFact
from scanner.facts.directory import DirectoryFact
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.network import EndpointProbe
from scanner.hooks import Collector, Task
from scanner.judge import settling
from scanner.judge.judging import judge
from scanner.record.record import dump, load
from tests.conftest import CORP, HV01, HV02, NOW, ended, estate, evidence

SECRET = "pl4nted-and-echoed"
FACTS = (ComputerSystem, ClusterInfo, EndpointProbe)


def cluster(name: str) -> ClusterInfo:
    return ClusterInfo(name, None, None)


def system(host: str) -> ComputerSystem:
    return ComputerSystem(host[:4].upper(), host[:4], host.partition(".")[2], part_of_domain=True, domain_role=3)


def rows_of(fact: type[Fact], host: str) -> list[Fact]:
    """What a sound machine answers."""
    known: dict[type[Fact], Fact] = {ComputerSystem: system(host), ClusterInfo: cluster("read")}
    return [known[fact]] if fact in known else []


def everything(record: Evidence) -> tuple[object, ...]:
    return record.answers(), record.gaps(), record.targets()


@pytest.mark.parametrize(
    ("collector", "kind", "fact"),
    [(keyfile.COLLECTOR, "key-file", RegistrationKey), (windows.COLLECTOR, "host", OperatingSystem)],
    ids=["key file", "windows"],
)
def test_nothing_is_taken_after_the_end_from_any_collector(
    tmp_path: Path, collector: Collector, kind: str, fact: type[Fact]
) -> None:
    """The directory's is held to it where there are domains."""
    record = evidence({})
    (tmp_path / f"{HV01}.jsonl").write_text('{"query": "OperatingSystem", "rows": [], "errors": []}\n')
    target = HV01 if kind == "host" else str(tmp_path / f"{HV01}.jsonl")
    task = Task(target=target, kind=kind, facts=(fact,), arguments={}, evidence=record, deadline=time.monotonic() + 10)
    collector.collect(task, Access(answers=tmp_path))
    assert everything(record) != ((), (), ()), "it does say something before the end"
    late = evidence({})
    late.close()
    collector.collect(replace(task, evidence=late), Access(answers=tmp_path))
    assert everything(late) == ((), (), ())


def test_who_was_given_up_in_the_first_round_has_no_part_in_the_second() -> None:
    """Nor after the end: what it holds is not what is judged."""
    held: list[Task] = []

    def collect(task: Task, _access: Access) -> None:
        for earlier in held:
            earlier.evidence.note(TargetInfo(name="late", kind="host"))
            earlier.evidence.put(ClusterInfo, HV02, [cluster("late")], at=NOW)
        held.append(task)
        for fact in task.facts:
            task.evidence.put(fact, task.target, rows_of(fact, task.target), at=datetime.now(UTC))

    made = rounds.collect([asking], [of(collect)], estate(hosts=(HV01,), routes=()), Access())
    assert len(held) == 2, "two rounds"
    before = everything(made)
    collect(held[0], Access())
    held[-1].evidence.note(TargetInfo(name="later", kind="host"))
    assert everything(made) == before
    assert made.target("late") is None
    assert not made.has(ClusterInfo, HV02)


@check(
    id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST, scope=scopes.HOST, seed="s", needs=FACTS, remedy="r",
    asks=lambda subject, view: [
        Ask(EndpointProbe, subject.host, f"{row.name}:6600") for row in view.rows(ClusterInfo, subject.host)
    ] or [Ask(EndpointProbe, subject.host, "hv02:6600")],
)  # fmt: skip
def asking(subject, view):
    return passed(f"{view.rows(ClusterInfo, subject.host)} at {view.now:%H}")


def of(collect, provides=lambda fact: issubclass(fact, WindowsFact)) -> Collector:
    return Collector(name="mine", kinds=frozenset({"host"}), provides=provides, collect=collect)


def test_what_is_there_is_added_to_and_never_replaced() -> None:
    record = evidence({(ClusterInfo, HV01): [cluster("a")], (OperatingSystem, HV01): GapReason.TIMEOUT})
    record.put(ClusterInfo, HV01, [cluster("b")], at=NOW)
    assert record.ask(ClusterInfo, HV01) == (cluster("a"), cluster("b"))
    record.put(OperatingSystem, HV01, [], at=NOW)
    record.miss(OperatingSystem, HV01, GapReason.ACCESS_DENIED)
    assert record.ask(OperatingSystem, HV01) == Gap("OperatingSystem", HV01, GapReason.TIMEOUT)
    record.miss(ClusterInfo, HV01, GapReason.UNPARSABLE)
    assert isinstance(record.ask(ClusterInfo, HV01), Gap)
    assert record.answer(ClusterInfo, HV01) is None
    assert record.answers() == ()


def test_what_evidence_gives_cannot_be_changed_and_is_in_order() -> None:
    first = evidence({(ClusterInfo, HV02): [], (ClusterInfo, HV01): [cluster("a")], (ComputerSystem, HV01): []})
    second = evidence({(ComputerSystem, HV01): [], (ClusterInfo, HV01): [cluster("a")], (ClusterInfo, HV02): []})
    assert first.answers() == second.answers()
    assert [answer.key for answer in first.answers()] == sorted(answer.key for answer in first.answers())
    with pytest.raises(FrozenInstanceError):
        first.answers()[0].rows = ()  # type: ignore[misc]
    assert not [name for name, value in vars(first).items() if isinstance(value, dict) and not name.startswith("_")]


def test_two_rounds_with_a_target_are_noted_as_one() -> None:
    record = evidence({})
    first = TargetInfo(name=HV01, kind="host", who="a", how="b", seconds=0.25, queries=3, answered=2, proof="kerberos")
    record.note(first)
    record.note(replace(first, who="c", how="d", unverified=True, queries=1, answered=1))
    assert record.target(HV01) == replace(first, who="c", how="d", seconds=0.5, queries=4, answered=3, unverified=True)
    record.note(replace(first, proof=""))
    record.note(first)
    told = record.target(HV01)
    assert told is not None
    assert told.proof == "", "once unproven, nothing proves it"
    assert told.unverified


class Own(DirectoryFact):
    """A plug-in's."""


@check(
    id="XX-02", title="t", severity=Severity.LOW, who=Who.HOST, scope=scopes.DOMAIN, seed="s", needs=(Own,), remedy="r"
)
def of_a_domain(subject, view):
    return passed(str(len(view.rows(Own, subject.names[0]))))


@pytest.mark.parametrize(
    "forge",
    [
        lambda task: task.evidence.put(ClusterInfo, HV01, [cluster("forged")], at=NOW),
        lambda task: task.evidence.miss(ClusterInfo, HV01, GapReason.NOT_INSTALLED),
    ],
    ids=["put", "miss"],
)
@pytest.mark.parametrize("provides", [lambda fact: fact is Own, lambda _fact: True], ids=["its own", "all"])
def test_a_collector_answers_for_what_is_its_own_and_for_nothing_else(
    forge: Callable[[Task], None], provides: Callable[[type[Fact]], bool]
) -> None:
    """Else a plug-in's would come before ours, and what is there already is not read again."""

    def forging(task: Task, _access: Access) -> None:
        forge(task)

    def good(task: Task, _access: Access) -> None:
        for fact in task.facts:
            task.evidence.put(fact, task.target, rows_of(fact, task.target), at=datetime.now(UTC))

    cheat = replace(of(forging, provides), name="cheat", kinds=frozenset({"domain"}))
    made = rounds.collect([asking, of_a_domain], [of(good), cheat], estate(hosts=(HV01,), routes=()), Access())
    assert made.ask(ClusterInfo, HV01) == (cluster("read"),)
    gap = made.ask(Own, CORP)
    assert isinstance(gap, Gap)
    assert 'collector "cheat" answers for ClusterInfo of hv01.corp.example, which another is asked for' in gap.detail


asked: list[Task] = []


def echoing(task: Task, _access: Access) -> None:
    """A machine whose cluster is called like a secret that is read only later."""
    for fact in task.facts:
        rows: list[Fact] = [cluster(f"x {SECRET}")] if fact is ClusterInfo else []
        task.evidence.put(
            fact, task.target, [system(task.target)] if fact is ComputerSystem else rows, at=datetime.now(UTC)
        )
    asked.append(task)
    task.evidence.note(TargetInfo(name=task.target, kind="host", who=SECRET, how=f"by {SECRET}"))
    remember(SECRET)


def test_a_secret_is_hidden_before_a_check_a_report_or_another_machine_sees_it() -> None:
    asked.clear()
    made = rounds.collect([asking], [of(echoing)], estate(hosts=(HV01,), routes=()), Access())
    assert [task.arguments for task in asked] == [{}, {EndpointProbe: (f"x {HIDDEN}:6600",)}]
    (finding,) = judge([asking], made)
    assert f"x {HIDDEN}" in finding.seen
    assert SECRET not in repr(everything(made))
    assert made.target(HV01) is not None, "names of the estate stay"
    assert SECRET.encode() not in dump(made)
    assert judge([asking], load(dump(made), FACTS)) == (finding,)


def test_a_secret_that_is_the_name_of_a_declared_host_costs_none_of_its_answers() -> None:
    remember(HV01)
    remember(SECRET)
    facts = {
        (ClusterInfo, HV01): [cluster(HV01)],
        (OperatingSystem, HV02): GapReason.TIMEOUT,
        (ClusterInfo, SECRET): [],
    }
    record = evidence(facts)
    record.note(TargetInfo(name=HV01, kind="host", proof="kerberos"))
    made = ended(record)
    assert made.ask(ClusterInfo, HV01) == (cluster(HIDDEN),)
    assert SECRET not in repr(everything(made)), "a target that nobody declared was told by somebody"


def test_every_step_is_applied_before_the_second_round_at_the_end_and_on_a_loaded_record(monkeypatch) -> None:
    steps: list[tuple[int, bool]] = []

    def step(record: Evidence) -> Evidence:
        steps.append((len(asked), record.closed))
        return record

    monkeypatch.setattr(settling, "STEPS", (*settling.STEPS, step))
    asked.clear()
    made = rounds.collect([asking], [of(echoing)], estate(hosts=(HV01,), routes=()), Access())
    assert steps == [(1, False), (2, True)]
    load(dump(made), FACTS)
    assert steps[2:] == [(2, True)]


def test_settled_twice_is_settled_once_and_the_first_stays_as_it_was() -> None:
    remember(SECRET)
    record = evidence({(ComputerSystem, HV02): [system(HV01)], (ClusterInfo, HV02): [cluster(SECRET)]})
    record.close()
    before = everything(record)
    once = settling.settle(record)
    assert everything(record) == before
    assert everything(once) != before
    assert everything(settling.settle(once)) == everything(once)
    assert once.closed
