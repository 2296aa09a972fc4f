"""Whose fault it is: what a machine sends may be garbled, and a line of ours may be wrong; they are never mixed up."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scanner.api import Ask, GapReason, Severity, Status, Who, check, passed, scopes
from scanner.collect.jobs import QUIET, Collection
from scanner.collect.rounds import collect
from scanner.collect.transport.psrp.raised import ended, translated
from scanner.estate.access import Access
from scanner.facts.host import ComputerSystem
from scanner.facts.network import EndpointProbe
from scanner.guard import guarded, is_defect
from scanner.hooks import Collector, Task
from scanner.judge.judging import asks_of, judge_check
from scanner.words import names
from scanner.words.channel import ChannelFailure
from tests.conftest import HV01, estate, evidence


def raised(work) -> BaseException:
    """What the work raises."""
    return guarded(work, "a test", lambda error: error)


def in_ours() -> object:
    return names.short(None)  # type: ignore[arg-type]


def in_a_library() -> object:
    return json.loads(None)  # type: ignore[arg-type]


def test_a_wrong_line_of_ours_is_a_defect_and_one_of_a_library_is_not():
    assert is_defect(raised(in_ours))
    assert not is_defect(raised(in_a_library))
    assert not is_defect(ValueError("of the data"))
    assert not is_defect(AttributeError("raised nowhere"))


def test_a_garbled_answer_is_told_and_a_defect_goes_on():
    """Before, our own AttributeError was told as: the answer is not what Windows sends."""
    later = time.monotonic() + 60
    with pytest.raises(ChannelFailure) as told, translated(later, 60):
        in_a_library()
    assert told.value.reason is GapReason.UNPARSABLE
    with pytest.raises(AttributeError), translated(later, 60):
        in_ours()
    with suppress(AttributeError):
        ended(in_ours)
        pytest.fail("a defect was passed over")
    ended(in_a_library)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (59.6, "not done within 60 s"),
        (0.4, "not done within 0.4 s"),
        (0.0, "no time was left to ask it"),
        (-1.2, "no time"),
    ],
)
def test_what_came_too_late_tells_the_time_that_there_was(seconds: float, told: str):
    with pytest.raises(ChannelFailure, match=f"^{told}") as late, translated(time.monotonic(), seconds):
        in_a_library()
    assert late.value.reason is GapReason.TIMEOUT


@check(
    id="X-01", title="It is read", severity=Severity.LOW, who=Who.HOST, scope=scopes.HOST, seed="beyond seeds",
    needs=(ComputerSystem,), remedy="none",
)  # fmt: skip
def reads(host, view):
    return passed(view.one(ComputerSystem, host.host).name)


def test_a_collector_with_a_defect_makes_errors_and_no_unknown():
    def run(_task: Task, _access: Access) -> None:
        in_ours()

    collectors = [Collector(name="lab", kinds=frozenset({"host"}), provides=lambda _fact: True, collect=run)]
    made = collect([reads], collectors, estate(hosts=(HV01,), routes=()), Access(), QUIET)
    (finding,) = judge_check(reads, made)
    assert finding.status is Status.ERROR
    assert "the collector failed: AttributeError" in finding.note


def gives_what_it_reads(task: Task, _access: Access) -> None:
    for fact in task.facts:
        system = ComputerSystem("HV01", "hv01", "corp.example", part_of_domain=True, domain_role=3)
        task.evidence.put(fact, task.target, [system], at=datetime.now(UTC))


def test_a_collector_that_cannot_say_what_it_reads_takes_nothing_from_the_others():
    """Before, nothing of any target was read, and that was told as: it was not asked for."""
    host = frozenset({"host"})
    works = Collector(name="lab", kinds=host, provides=lambda _fact: True, collect=gives_what_it_reads)
    fails = Collector(name="site", kinds=host, provides=lambda _fact: in_ours() is None, collect=gives_what_it_reads)
    for collectors in ([fails, works], [works, fails]):
        made = collect([reads], collectors, estate(hosts=(HV01,)), Access(), QUIET)
        assert [finding.status for finding in judge_check(reads, made)] == [Status.PASS]


def test_a_defect_between_the_rounds_makes_errors_and_no_unknown(monkeypatch):
    works = Collector(name="lab", kinds=frozenset({"host"}), provides=lambda _fact: True, collect=gives_what_it_reads)
    monkeypatch.setattr(Collection, "jobs", lambda *_: in_ours())
    made = collect([reads], [works], estate(hosts=(HV01,)), Access(), QUIET)
    (finding,) = judge_check(reads, made)
    assert finding.status is Status.ERROR


def test_what_is_no_question_costs_its_check_alone():
    """Before, it ended the second round for all."""
    asked = Ask(EndpointProbe, HV01, "10.0.0.1:6600")
    good = replace(reads, id="X-02", asks=lambda _subject, _view: [asked])
    bad = replace(reads, asks=lambda _subject, _view: [None])
    assert set(asks_of([bad, good], evidence({}))) == {asked}
