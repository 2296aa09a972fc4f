"""The engine: failures cost only themselves, undeclared facts are defects, nothing is judged twice or left out."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from scanner.api import (
    ALL_VMS,
    Ask,
    Check,
    Collector,
    Everything,
    Evidence,
    Finding,
    Gap,
    GapReason,
    Profile,
    Route,
    Scope,
    Severity,
    Status,
    Subject,
    Task,
    Verdict,
    View,
    Who,
    check,
    passed,
    scopes,
)
from scanner.collect import rounds
from scanner.collect.rounds import collect
from scanner.estate.access import Access, Limits
from scanner.facts.directory import DirectoryFact
from scanner.facts.host import ClusterInfo, ComputerSystem, Service
from scanner.facts.network import EndpointProbe
from scanner.facts.vm import MOST_MACHINES, VirtualMachineSettings
from scanner.guard import last_resort
from scanner.judge.judging import asks_of, enabled, judge, judge_check
from scanner.judge.machines import MOST_MOVES
from scanner.judge.planned import turns_of
from scanner.plugins import load
from scanner.words.bearing import bearings_on
from scanner.words.names import short
from scanner.words.scope import RUN, Case
from tests.conftest import HV01, HV02, NOW, estate, evidence

SYSTEM = ComputerSystem("HV01", "hv01", "corp.example", part_of_domain=True, domain_role=3)
VM_ID = "1aa70557-7777-4aaa-8aaa-000000000001"
VM = VirtualMachineSettings(f"Microsoft:{VM_ID}", VM_ID, None, None, "web-01", "9.0", None, None)


def a_check(judge_it, *, needs=(ComputerSystem,), scope=scopes.HOST, asks=None, name="X-01") -> Check:
    made = check(
        id=name,
        title="t",
        severity=Severity.HIGH,
        who=Who.HOST,
        scope=scope,
        seed="s",
        needs=needs,
        remedy="r",
        asks=asks,
    )
    return made(judge_it)


def one(made: Check, record: Evidence):
    (finding,) = [f for f in judge_check(made, record) if f.subject.host == HV01]
    return finding


READS = a_check(lambda subject, view: passed(view.one(ComputerSystem, subject.host).name))


def test_a_verdict_carries_what_it_rests_on():
    record = evidence({(ComputerSystem, HV01): [SYSTEM]})
    (source,) = one(READS, record).evidence
    assert (source.fact, source.target, source.at) == ("ComputerSystem", HV01, "2026-11-21T12:00:00Z")


@pytest.mark.parametrize("reason", list(GapReason))
def test_a_gap_is_unknown_and_a_defect_an_error(reason):
    finding = one(READS, evidence({(ComputerSystem, HV01): reason}))
    assert finding.status is (Status.ERROR if reason is GapReason.DEFECT else Status.UNKNOWN)
    assert str(reason) in finding.note


@pytest.mark.parametrize("rows", [[], [SYSTEM, SYSTEM]], ids=["none", "two"])
def test_one_row_means_one(rows):
    assert one(READS, evidence({(ComputerSystem, HV01): rows})).status is Status.UNKNOWN


def test_a_fact_never_asked_for_is_unknown():
    assert one(READS, evidence({})).status is Status.UNKNOWN


def test_reading_an_undeclared_fact_is_a_defect_of_the_check():
    sly = a_check(lambda subject, view: passed(str(view.rows(Service, subject.host))))
    finding = one(sly, evidence({(Service, HV01): [], (ComputerSystem, HV01): [SYSTEM]}))
    assert finding.status is Status.ERROR
    assert "Service" in finding.note


def test_a_check_that_raises_costs_only_itself():
    def broken(_subject, _view):
        raise ZeroDivisionError("by zero")

    bad = a_check(broken, name="X-02")
    findings = judge([READS, bad], evidence({(ComputerSystem, HV01): [SYSTEM], (ComputerSystem, HV02): [SYSTEM]}))
    assert [(f.check, f.status) for f in findings] == [
        ("X-02", Status.ERROR),
        ("X-02", Status.ERROR),
        ("X-01", Status.PASS),
        ("X-01", Status.PASS),
    ]
    assert "ZeroDivisionError: by zero" in findings[0].note


def test_the_worst_is_told_first():
    order = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)
    made = [
        a_check(lambda _s, _v, status=status: Verdict(status, works="it does"), name=f"X-0{number}", scope=scopes.RUN)
        for number, status in enumerate(reversed(order))
    ]
    assert tuple(finding.status for finding in judge(made, evidence({}))) == order


def test_coverage_adds_up():
    where = estate(routes=(Route(HV01, HV02), Route(HV02, HV01)))
    record = evidence({(ComputerSystem, HV01): [SYSTEM], (VirtualMachineSettings, HV01): [VM]}, where)
    say = lambda _s, _v: passed("")  # noqa: E731
    counts = {
        scopes.HOST: 2,
        scopes.SOURCE: 2,
        scopes.ROUTE: 2,
        scopes.PAIR: 1,
        scopes.VM: 2,
        scopes.VM_ROUTE: 2,
        scopes.RUN: 1,
    }
    for scope, count in counts.items():
        found = list(judge_check(a_check(say, scope=scope), record))
        assert len({f.subject for f in found}) == len(found) == count, scope


def test_machines_that_could_not_be_listed_are_unknown_and_none_is_not_applicable():
    made = a_check(lambda _s, _v: passed(""), scope=scopes.VM)
    unlisted = one(made, evidence({(VirtualMachineSettings, HV01): GapReason.ACCESS_DENIED}))
    assert (unlisted.status, unlisted.subject.id) == (Status.UNKNOWN, f"{HV01}/*")
    assert one(made, evidence({(VirtualMachineSettings, HV01): []})).status is Status.NOT_APPLICABLE


def crowd(count: int, *, name: str = "web") -> list[VirtualMachineSettings]:
    """That many virtual machines."""
    return [
        VirtualMachineSettings(f"Microsoft:{uuid.UUID(int=one)}", None, None, None, name, "9.0", None, None)
        for one in range(count)
    ]


def judged(machines: Sequence[VirtualMachineSettings], destinations: int, scope: Scope) -> list[Finding]:
    """What a check says of a host's machines, each of which it passes."""
    routes = tuple(Route(HV01, f"hv{number:02}.corp.example") for number in range(2, 2 + destinations))
    where = estate(hosts=(HV01, *(route.destination for route in routes)), routes=routes)
    made = a_check(lambda _s, _v: passed(""), scope=scope)
    return list(judge_check(made, evidence({(VirtualMachineSettings, HV01): machines}, where)))


@pytest.mark.parametrize("scope", [scopes.VM, scopes.VM_ROUTE])
def test_more_machines_than_a_host_has_are_unknown_as_one(scope):
    assert {f.status for f in judged(crowd(MOST_MACHINES), 1, scope)} == {Status.PASS}
    found = judged(crowd(MOST_MACHINES + 1), 3, scope)
    assert len(found) == (1 if scope is scopes.VM else 3)
    assert {f.status for f in found} == {Status.UNKNOWN}
    assert "there are 4097 virtual machines, and no host has more than 4096" in found[0].note


def test_more_moves_of_a_host_than_one_run_judges_are_unknown_and_its_machines_are_not():
    many = crowd(MOST_MOVES // 4)
    assert {f.status for f in judged(many, 4, scopes.VM_ROUTE)} == {Status.PASS}
    found = judged(many, 5, scopes.VM_ROUTE)
    assert [f.status for f in found] == [Status.UNKNOWN] * 5
    assert len({f.subject for f in found}) == 5
    assert "2,048 virtual machines of hv01.corp.example and 5 destinations make 10,240 moves" in found[0].note
    assert "judges 8,192 of a host: give its routes in several estate files" in found[0].note
    assert {f.status for f in judged(many, 5, scopes.VM)} == {Status.PASS}


@pytest.mark.parametrize("machines", [crowd(2), GapReason.TIMEOUT])
def test_where_disks_move_alone_no_move_of_a_machine_is_judged(machines):
    hv03 = "hv03.corp.example"
    where = estate(hosts=(HV01, HV02, hv03), routes=(Route(HV01, HV02, machines=False), Route(HV01, hv03)))
    made = a_check(lambda _s, _v: passed(""), scope=scopes.VM_ROUTE)
    found = list(judge_check(made, evidence({(VirtualMachineSettings, HV01): machines}, where)))
    alone = [f for f in found if f.subject.destination == HV02]
    assert [(f.subject.vm_id, f.status) for f in alone] == [(ALL_VMS, Status.NOT_APPLICABLE)]
    assert alone[0].note == "only disks move, and no virtual machine"
    assert {f.status for f in found if f.subject.destination == hv03} <= {Status.PASS, Status.UNKNOWN}


@pytest.mark.parametrize("count", [1000, MOST_MACHINES, MOST_MACHINES + 1, 50_000])
@pytest.mark.parametrize("destinations", [1, 12, 63])
def test_one_host_makes_no_more_findings_than_fit(count, destinations):
    machines = crowd(count)
    found = [*judged(machines, destinations, scopes.VM), *judged(machines, destinations, scopes.VM_ROUTE)]
    assert len(found) <= MOST_MACHINES + MOST_MOVES
    assert {f.subject.destination for f in found if f.subject.kind is scopes.VM_ROUTE} == {
        f"hv{number:02}.corp.example" for number in range(2, 2 + destinations)
    }, "no route is left out"


@pytest.mark.parametrize(("kinds", "most"), [((Profile.LIVE_MIGRATION,), 9), (tuple(Profile), 11)])
def test_a_move_is_no_more_findings_than_the_bound_reckons_with(kinds, most):
    asked = estate(profiles=frozenset(kinds))
    checks = [one for one in load(third_party=False).checks if one.scope is scopes.VM_ROUTE]
    assert sum(len(turns_of(one, asked)) for one in enabled(checks, asked.profiles)) == most


def test_a_machines_name_is_cut_in_a_label():
    (found,) = judged(crowd(1, name="x" * 100_000), 1, scopes.VM_ROUTE)
    assert found.subject.label == "x" * 99 + "… on hv01 → hv02"
    (found,) = judged(crowd(1, name="x" * 100), 1, scopes.VM)
    assert found.subject.label == "x" * 100 + " on hv01"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hv01.corp.example", "hv01"),
        ("hv01", "hv01"),
        ("10.20.0.5", "10.20.0.5"),
        ("fd00:20::5", "fd00:20::5"),
        ("::ffff:10.20.0.5", "::ffff:10.20.0.5"),
        ("1.corp.example", "1"),
    ],
)
def test_a_name_is_short_and_an_address_whole(name, expected):
    assert short(name) == expected


@pytest.mark.parametrize(
    ("subject", "there", "back"),
    [
        (Subject(scopes.ROUTE, (HV01, HV02)), True, False),
        (Subject(scopes.VM_ROUTE, (HV01, "id", HV02)), True, False),
        (Subject(scopes.PAIR, (HV01, HV02)), True, True),
        (Subject(scopes.VM, (HV01, "id")), True, False),
        (Subject(scopes.HOST, (HV02,)), True, True),
        (Subject(scopes.HOST, ("hv03.corp.example",)), False, False),
        (Subject(scopes.DOMAIN, ("corp.example",)), True, True),
    ],
)
def test_which_moves_a_finding_can_stop(subject, there, back):
    bears = subject.kind.bearing(subject)
    assert (bears in bearings_on(HV01, HV02), bears in bearings_on(HV02, HV01)) == (there, back)


def test_source_and_destination_only_where_they_are():
    say = lambda _s, _v: passed("")  # noqa: E731
    found = {f.subject.host: f.status for f in judge_check(a_check(say, scope=scopes.DESTINATION), evidence({}))}
    assert found == {HV01: Status.NOT_APPLICABLE, HV02: Status.PASS}
    found = {f.subject.host: f.status for f in judge_check(a_check(say, scope=scopes.SOURCE), evidence({}))}
    assert found == {HV01: Status.PASS, HV02: Status.NOT_APPLICABLE}


def test_checks_of_other_profiles_are_not_judged():
    other = replace(READS, profiles=frozenset({Profile.ASR_VMM}))
    assert judge([other], evidence({(ComputerSystem, HV01): [SYSTEM]})) == ()


@dataclass(frozen=True, slots=True)
class Odd(DirectoryFact):
    value: int


def collector(run, provides=lambda _fact: True, name="lab") -> Collector:
    return Collector(name=name, kinds=frozenset({"host", "domain"}), provides=provides, collect=run)


def fast(deadline: float = 5.0) -> Access:
    return Access(limits=Limits(host_deadline=deadline, run_deadline=60))


def answer(task: Task, _access: Access) -> None:
    label = task.target.partition(".")[0]
    for fact in task.facts:
        rows = [replace(SYSTEM, name=label.upper(), dns_host_name=label)] if fact is ComputerSystem else []
        task.evidence.put(fact, task.target, rows, at=datetime.now(UTC))


def test_a_collector_that_fails_costs_only_its_target():
    def run(task: Task, access: Access) -> None:
        if task.target == HV01:
            raise OSError("cable cut")
        answer(task, access)

    record = collect([READS], [collector(run)], estate(), fast())
    assert "cable cut" in str(record.ask(ComputerSystem, HV01))
    assert record.ask(ComputerSystem, HV02) == (replace(SYSTEM, name="HV02", dns_host_name="hv02"),)


def test_a_silent_target_ends_at_its_deadline_and_what_had_arrived_counts():
    release = threading.Event()
    both = a_check(lambda _s, _v: passed(""), needs=(ComputerSystem, ClusterInfo))

    def run(task: Task, access: Access) -> None:
        if task.target == HV01:
            task.evidence.put(ComputerSystem, HV01, [SYSTEM], at=datetime.now(UTC))
            release.wait(60)
            task.evidence.put(ClusterInfo, HV01, [], at=NOW)  # too late: the account is closed
        else:
            answer(task, access)

    record = collect([both], [collector(run)], estate(), fast(0.1))
    release.set()
    assert record.ask(ComputerSystem, HV01) == (SYSTEM,)
    gap = record.ask(ClusterInfo, HV01)
    assert getattr(gap, "reason", None) is GapReason.TIMEOUT
    assert record.ask(ClusterInfo, HV02) == ()


def test_the_reason_of_a_collector_that_fails_is_cut():
    def run(_task: Task, _access: Access) -> None:
        raise OSError("x" * 1_000)

    record = collect([READS], [collector(run)], estate(), fast())
    start = "OSError: "
    assert getattr(record.ask(ComputerSystem, HV01), "detail", "") == start + "x" * (300 - len(start))


def test_what_a_collector_does_not_mention_is_a_gap():
    record = collect([READS], [collector(lambda _task, _access: None)], estate(), fast())
    assert getattr(record.ask(ComputerSystem, HV01), "reason", None) is GapReason.NOT_COLLECTED


def test_a_fact_that_no_collector_reads_is_a_gap():
    made = a_check(lambda _s, _v: passed(""), needs=(Odd,))
    record = collect([made], [collector(answer, provides=lambda fact: fact is not Odd)], estate(), fast())
    assert "no collector" in str(record.ask(Odd, "corp.example"))


def test_the_second_round_asks_what_the_first_one_told():
    asked: list[tuple[str, tuple[str, ...]]] = []

    def asks(subject, view):
        name = view.one(ComputerSystem, subject.host).name
        yield Ask(EndpointProbe, subject.host, f"{name}:6600")
        yield Ask(EndpointProbe, subject.host, f"{name}:6600")

    def run(task: Task, access: Access) -> None:
        if EndpointProbe in task.facts:
            asked.append((task.target, task.arguments[EndpointProbe]))
        answer(task, access)

    made = a_check(lambda _s, _v: passed(""), needs=(ComputerSystem, EndpointProbe), asks=asks)
    record = collect([made], [collector(run)], estate(), fast())
    assert sorted(asked) == [(HV01, ("HV01:6600",)), (HV02, ("HV02:6600",))]
    assert record.has(EndpointProbe, HV01)


def test_a_check_without_questions_has_none_and_no_defect(caplog: pytest.LogCaptureFixture):
    assert list(asks_of([READS], evidence({(ComputerSystem, HV01): [SYSTEM]}))) == []
    assert caplog.records == []


def test_a_target_that_was_silent_is_not_asked_again():
    rounds: list[str] = []

    def run(task: Task, access: Access) -> None:
        rounds.append(task.target)
        if task.target == HV01:
            task.evidence.miss(ComputerSystem, HV01, GapReason.UNREACHABLE, "refused")
        else:
            answer(task, access)

    made = a_check(
        lambda _s, _v: passed(""),
        needs=(ComputerSystem, EndpointProbe),
        asks=lambda subject, _view: [Ask(EndpointProbe, subject.host, "x:1")],
    )
    record = collect([made], [collector(run)], estate(), fast())
    assert sorted(rounds) == [HV01, HV02, HV02]
    gap = record.ask(EndpointProbe, HV01)
    assert (getattr(gap, "reason", None), getattr(gap, "detail", None)) == (GapReason.UNREACHABLE, "refused")


def test_ctrl_c_keeps_what_was_read():
    def run(task: Task, access: Access) -> None:
        answer(task, access)

    from scanner.collect.jobs import Progress

    def done(_target: str) -> None:
        raise KeyboardInterrupt

    access = Access(limits=Limits(concurrency=1))
    record = collect([READS], [collector(run)], estate(), access, Progress(done=done))
    assert record.interrupted
    assert record.ask(ComputerSystem, HV01) == (SYSTEM,)
    assert "interrupted" in str(record.ask(ComputerSystem, HV02))
    assert str(record.ask(EndpointProbe, HV02)) == f"EndpointProbe of {HV02}: not collected (interrupted)"
    assert "it was not asked for" in str(record.amended(interrupted=False).ask(EndpointProbe, HV02))


def test_a_defect_of_ours_is_exit_4_and_tells_no_secret():
    from scanner.estate.secret import remember

    remember("pl4nted-secret")
    told: list[str] = []

    def run() -> int:
        raise RuntimeError("with pl4nted-secret inside")

    assert last_resort(run, told.append) == 4
    assert "RuntimeError" in told[0]
    assert "pl4nted-secret" not in told[0]


def test_an_index_is_made_once_and_only_of_evidence_that_is_closed():
    made: list[int] = []

    def count(rows: tuple[ComputerSystem, ...]) -> int:
        made.append(len(rows))
        return len(rows)

    twice = a_check(
        lambda subject, view: passed(
            f"{view.derived(ComputerSystem, subject.host, count)} {view.derived(ComputerSystem, subject.host, count)}"
        )
    )
    record = evidence({(ComputerSystem, HV01): [SYSTEM]})
    assert one(twice, record).seen == "1 1"
    assert made == [1, 1]
    record.close()
    assert one(twice, record).seen == "1 1"
    assert made == [1, 1, 1]
    assert [s.fact for s in one(twice, record).evidence] == ["ComputerSystem"]
    assert one(twice, evidence({})).status is Status.UNKNOWN


def test_a_clock_that_is_set_back_makes_no_run_that_ends_before_it_began():
    """A record of one is refused."""
    times = [NOW, NOW - timedelta(hours=1)]

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return times.pop(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "datetime", Clock)
        record = collect([], [], estate(), fast())
    assert not times
    assert record.started == record.finished == NOW


BOTH = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})


def test_a_check_of_several_kinds_of_move_gives_one_verdict_for_those_asked_for_or_one_for_each():
    def judge_it(_subject: Subject, view: View) -> Verdict:
        return passed(", ".join(sorted(view.profiles)))

    made = replace(a_check(judge_it, needs=()), profiles=frozenset(Profile))
    record = evidence({}, estate(hosts=(HV01,), profiles=BOTH))
    (whole,) = judge_check(made, record)
    assert (whole.seen, whole.profile, whole.profiles) == ("live-migration, replica", "", BOTH)
    each = list(judge_check(replace(made, by_profile=True), record))
    assert [(f.seen, f.profile) for f in each] == [("live-migration", "live-migration"), ("replica", "replica")]
    assert [f.profiles for f in each] == [{Profile.LIVE_MIGRATION}, {Profile.REPLICA}]


def test_a_check_that_judges_several_at_once_cannot_tell_one_from_another():
    made = replace(a_check(lambda _subject, view: passed(view.profile), needs=()), profiles=frozenset(Profile))
    finding = one(made, evidence({}, estate(hosts=(HV01,), profiles=BOTH)))
    assert finding.status is Status.ERROR


def test_what_is_made_of_all_targets_is_made_once_and_of_what_was_declared():
    made: list[str] = []

    def build(everything: Everything) -> dict[str, str]:
        made.append("once")
        return {target: row.name for target, row in everything.rows(ComputerSystem)}

    def judge_it(host: Subject, view: View) -> Verdict:
        return passed(view.across((ComputerSystem,), build)[host.host])

    record = evidence({(ComputerSystem, HV01): [SYSTEM], (ComputerSystem, HV02): GapReason.TIMEOUT})
    record.close()
    found = {f.subject.host: f for f in judge_check(a_check(judge_it), record)}
    assert (found[HV01].seen, found[HV02].status, made) == (SYSTEM.name, Status.ERROR, ["once"])
    undeclared = one(a_check(judge_it, needs=(Service,)), evidence({}, estate(hosts=(HV01,))))
    assert "ComputerSystem is read but not declared" in undeclared.note


def test_facts_of_all_targets_that_were_not_named_are_not_given():
    everything = Everything(evidence({(ComputerSystem, HV02): GapReason.TIMEOUT}), (ComputerSystem,))
    assert isinstance(everything.ask(ComputerSystem, HV02), Gap)
    assert list(everything.targets(ComputerSystem)) == []
    with pytest.raises(ValueError, match="Service is not among"):
        list(everything.rows(Service))


def test_a_check_sees_of_the_estate_only_the_kinds_of_move_it_judges():
    made = a_check(lambda _subject, view: passed(", ".join(sorted(view.estate.profiles))), needs=())
    record = evidence({}, estate(hosts=(HV01,), profiles=BOTH))
    assert one(replace(made, profiles=frozenset({Profile.REPLICA, Profile.ASR_VMM})), record).seen == "replica"
    assert one(replace(made, profiles=BOTH), record).seen == "live-migration, replica"


@pytest.mark.parametrize(
    ("ask", "times"),
    [(lambda _: "", 1), (lambda v: v.profile, 2), (lambda v: str(len(v.profiles)), 2), (lambda v: str(v.estate), 2)],
)
def test_a_check_by_kind_of_move_that_does_not_ask_for_it_looks_once_and_has_its_findings_all_the_same(ask, times):
    seen: list[str] = []

    def judge_it(host: Subject, view: View) -> Verdict:
        seen.append(ask(view))
        return passed(view.one(ComputerSystem, host.host).name)

    made = replace(a_check(judge_it), profiles=frozenset(Profile), by_profile=True)
    record = evidence({(ComputerSystem, HV01): [SYSTEM]}, estate(hosts=(HV01,), profiles=BOTH))
    first, second = judge_check(made, record)
    assert len(seen) == times
    assert (first.profile, second.profile) == ("live-migration", "replica")
    assert replace(second, profiles=first.profiles) == first
    assert [source.fact for source in first.evidence] == ["ComputerSystem"]


def test_checks_of_one_scope_share_its_subjects_of_closed_evidence_and_of_another_they_are_others():
    asked: list[str] = []

    def subjects(scope: Scope, record: Evidence):
        asked.append(scope.name)
        return scopes.HOST.subjects(scope, record)

    shared = replace(scopes.HOST, name="plugin.shared", subjects=subjects)
    record = evidence({}, estate(hosts=(HV01,)))
    record.close()
    made = [a_check(lambda _s, _v: passed(""), scope=shared, name=f"X-0{n}") for n in (1, 2)]
    assert [f.subject.host for f in judge(made, record)] == [HV01, HV01]
    assert asked == ["plugin.shared"]
    (other,) = judge_check(a_check(lambda _s, _v: passed(""), scope=replace(shared, subjects=_no_cases)), record)
    assert other.subject.kind is RUN


def _no_cases(_scope: Scope, _evidence: Evidence) -> tuple[Case, ...]:
    return ()


def test_what_is_looked_at_aside_is_made_once_for_a_target_and_not_named():
    made: list[str] = []

    def build(view: View, host: str) -> str:
        made.append(host)
        return view.one(ComputerSystem, host).name

    def judge_it(host: Subject, view: View) -> Verdict:
        return passed(view.aside(build, HV01), note=view.aside(build, host.host))

    record = evidence({(ComputerSystem, HV01): [SYSTEM], (ComputerSystem, HV02): GapReason.TIMEOUT})
    record.close()
    found = {f.subject.host: f for f in judge_check(a_check(judge_it), record)}
    assert made == [HV01, HV02]
    assert (found[HV01].seen, found[HV01].note, found[HV01].evidence) == (SYSTEM.name, SYSTEM.name, ())
    assert found[HV02].status is Status.UNKNOWN
    undeclared = one(a_check(judge_it, needs=(Service,)), evidence({}, estate(hosts=(HV01,))))
    assert "ComputerSystem is read but not declared" in undeclared.note


def test_what_is_looked_at_aside_for_one_kind_of_move_is_not_taken_for_another():
    def build(view: View, _host: str) -> str:
        return view.profile

    made = replace(
        a_check(lambda host, view: passed(view.aside(build, host.host)), needs=()),
        profiles=frozenset(Profile),
        by_profile=True,
    )
    record = evidence({}, estate(hosts=(HV01,), profiles=BOTH))
    record.close()
    assert [f.seen for f in judge_check(made, record)] == ["live-migration", "replica"]


def test_what_is_shared_is_made_once_and_reports_name_it_each_time():
    made: list[str] = []

    def build(view: View, host: str, *, loud: bool) -> str:
        made.append(host)
        name = view.one(ComputerSystem, host).name
        return name.upper() if loud else name

    def judge_it(host: Subject, view: View) -> Verdict:
        return passed(view.shared(build, HV01, loud=False), note=view.shared(build, host.host, loud=False))

    record = evidence({(ComputerSystem, HV01): [SYSTEM], (ComputerSystem, HV02): GapReason.TIMEOUT})
    record.close()
    checks = [a_check(judge_it), replace(a_check(judge_it), id="T-02")]
    first, second = ({f.subject.host: f for f in judge_check(one, record)} for one in checks)
    assert made == [HV01, HV02], "the second check needs the same facts"
    for found in (first, second):
        assert [source.target for source in found[HV01].evidence] == [HV01]
        assert [source.target for source in found[HV02].evidence] == [HV01, HV02]
        assert found[HV02].status is Status.UNKNOWN
        assert "timeout" in found[HV02].note
    other = replace(a_check(judge_it), needs=(Service,))
    assert all("read but not declared" in f.note for f in judge_check(other, record)), "what others read helps nobody"
    made.clear()
    shouts = a_check(lambda host, view: passed(view.shared(build, HV01, loud=True)))
    assert {f.seen for f in judge_check(shouts, record)} == {SYSTEM.name.upper()}
    assert made == [HV01], "asked in another way, it is another"


def test_what_is_shared_for_one_kind_of_move_is_not_taken_for_another():
    def build(view: View, _host: str) -> str:
        return view.profile

    made = replace(
        a_check(lambda host, view: passed(view.shared(build, host.host)), needs=()),
        profiles=frozenset(Profile),
        by_profile=True,
    )
    record = evidence({}, estate(hosts=(HV01,), profiles=BOTH))
    record.close()
    assert [f.seen for f in judge_check(made, record)] == ["live-migration", "replica"]
