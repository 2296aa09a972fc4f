"""Answers that were old when the run ended: gaps, whoever was asked, and what the file way takes for their age."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scanner.api import Gap, GapReason, Thresholds
from scanner.collect.windows import COLLECTOR
from scanner.estate.access import Access
from scanner.facts.directory import DomainInfo
from scanner.facts.host import AnsweringMachine, ComputerSystem, OperatingSystem, Service
from scanner.hooks import Task
from scanner.judge.age import fresh_answers
from scanner.judge.settling import settle
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import TargetKind
from tests.conftest import CORP, HV01, HV02, NOW, estate

SYSTEM = ComputerSystem("HV01", "hv01", CORP, True, 3)
VMMS = Service("vmms", "Running", "Auto", 4, None)
DAY = timedelta(days=1)


def old(fact: type, age: timedelta, *rows: object, target: str = HV01) -> Answer:
    return Answer(fact, target, rows, NOW - age)  # type: ignore[arg-type]


def run(*answers: Answer, hours: int = 24) -> Evidence:
    where = estate(thresholds=Thresholds(answer_hours=hours))
    return Evidence(where, started=NOW, finished=NOW, answers=answers, closed=True)


@pytest.mark.parametrize(
    ("age", "hours", "said"),
    [
        (timedelta(0), 24, ""),
        (DAY, 24, ""),
        (-400 * DAY, 24, ""),
        (DAY + timedelta(seconds=1), 24, "on 2026-11-20, 24 hours before the run ended; at most 24 hours count"),
        (2 * DAY, 24, "on 2026-11-19, 2 days before the run ended; at most 24 hours count"),
        (2 * DAY, 48, ""),
        (timedelta(hours=2), 1, "on 2026-11-21, 2 hours before the run ended; at most 1 hour count"),
    ],
)
def test_older_than_the_estate_lets_them_be(age: timedelta, hours: int, said: str) -> None:
    told = fresh_answers(run(old(Service, age, VMMS), hours=hours)).ask(Service, HV01)
    if said:
        assert isinstance(told, Gap)
        assert (told.reason, told.because) == (GapReason.TOO_OLD, f"answered too long ago: {said}")
    else:
        assert told == (VMMS,)


def test_whoever_answered() -> None:
    made = fresh_answers(run(old(DomainInfo, 9 * DAY, target=CORP), old(Service, DAY, VMMS)))
    assert isinstance(made.ask(DomainInfo, CORP), Gap)
    assert made.ask(Service, HV01) == (VMMS,)


def test_fresh_evidence_stays_as_it_is() -> None:
    record = run(old(Service, DAY, VMMS))
    assert fresh_answers(record) is record


def test_who_answered_long_ago_says_nothing_of_who_answers_now() -> None:
    """One reason for all of the machine, in the first settling and in each later one; other machines keep theirs."""
    system = old(ComputerSystem, 9 * DAY, SYSTEM)
    other = ComputerSystem("HV02", "hv02", CORP, True, 3)
    fresh = (
        old(Service, DAY, VMMS),
        old(ComputerSystem, DAY, other, target=HV02),
        old(Service, DAY, VMMS, target=HV02),
    )
    once = settle(run(system, old(OperatingSystem, 9 * DAY), *fresh))
    gaps = [once.ask(fact, HV01) for fact in (ComputerSystem, OperatingSystem, Service)]
    assert {gap.reason for gap in gaps if isinstance(gap, Gap)} == {GapReason.TOO_OLD}
    assert len([gap for gap in gaps if isinstance(gap, Gap)]) == 3
    assert once.answer(AnsweringMachine, HV01) is None
    assert once.answer(AnsweringMachine, HV02) is not None
    twice = settle(once)
    assert (twice.answers(), twice.gaps()) == (once.answers(), once.gaps())


def given(folder: Path, written: datetime | None, *clocks: datetime | str) -> datetime:
    """When the answers of this file count as given."""
    lines = [{"query": "Service", "rows": [{"Name": "OperatingSystem"}], "errors": []}]
    for clock in clocks:
        said = f"/Date({int(clock.timestamp() * 1000)})/" if isinstance(clock, datetime) else clock
        row = {"LocalDateTime": said, "BuildNumber": "17763", "Version": "10.0.17763", "ProductType": 3}
        lines.append({"query": "OperatingSystem", "rows": [row], "errors": []})
    lines.append({"query": "ComputerSystem", "rows": [vars_of(SYSTEM)], "errors": []})
    path = folder / f"{HV01}.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\nOperatingSystem", encoding="utf-8")
    if written is not None:
        os.utime(path, (written.timestamp(), written.timestamp()))
    started = datetime.now(UTC)
    evidence = Evidence(estate(), started=started, finished=started)
    task = Task(
        target=HV01, kind=TargetKind.HOST, facts=(ComputerSystem,), arguments={}, evidence=evidence, deadline=60.0
    )
    COLLECTOR.collect(task, Access(answers=folder))
    answer = evidence.answer(ComputerSystem, HV01)
    assert answer is not None
    return answer.at


def vars_of(system: ComputerSystem) -> dict[str, object]:
    return {
        "Name": system.name, "DNSHostName": system.dns_host_name, "Domain": system.domain,
        "PartOfDomain": system.part_of_domain, "DomainRole": system.domain_role,
    }  # fmt: skip


YESTERDAY, LONG_AGO, AHEAD = (datetime.now(UTC).replace(microsecond=0) + days * DAY for days in (-1, -1000, 1000))


@pytest.mark.parametrize(
    ("written", "clocks", "expected"),
    [
        pytest.param(YESTERDAY, [], YESTERDAY, id="no clock in it: when it was written"),
        pytest.param(YESTERDAY, [AHEAD], YESTERDAY, id="a clock that is ahead"),
        pytest.param(YESTERDAY, [LONG_AGO], LONG_AGO, id="copied since"),
        pytest.param(None, [LONG_AGO], LONG_AGO, id="just copied"),
        pytest.param(LONG_AGO, [YESTERDAY], LONG_AGO, id="a file older than its clock"),
        pytest.param(YESTERDAY, [YESTERDAY, LONG_AGO, YESTERDAY], LONG_AGO, id="the oldest of several"),
        pytest.param(YESTERDAY, ["nonsense"], YESTERDAY, id="no time"),
    ],
)
def test_when_a_file_was_answered(
    tmp_path: Path, written: datetime | None, clocks: list[datetime | str], expected: datetime
) -> None:
    assert given(tmp_path, written, *clocks) == expected


@pytest.mark.parametrize("written", [None, AHEAD])
def test_no_file_is_of_tomorrow(tmp_path: Path, written: datetime | None) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)  # file systems round
    assert before <= given(tmp_path, written, AHEAD) <= datetime.now(UTC)
