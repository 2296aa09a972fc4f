"""Exit codes and route states: what counts, and that unknown is never green."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reach import limits
from scanner.api import (
    Evidence,
    Finding,
    Gap,
    GapReason,
    KeyFile,
    Profile,
    Route,
    Severity,
    SiteRecovery,
    Status,
    Subject,
    TargetInfo,
    scopes,
)  # fmt: skip
from scanner.facts.directory import DomainController, DomainInfo
from scanner.judge.policy import report_of
from scanner.judge.tally import decide, tallied
from scanner.words.bearing import of_hosts
from scanner.words.evidence import Answer
from scanner.words.exits import INCOMPLETE, INTERNAL, INTERRUPTED, NOT_READY, READY, USAGE
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, NOW, estate

LIVE, ASR = frozenset({Profile.LIVE_MIGRATION}), frozenset({Profile.ASR_VMM})


def finding(
    status: Status,
    severity: Severity = Severity.HIGH,
    subject: Subject | None = None,
    profiles: frozenset[Profile] = LIVE,
) -> Finding:
    about = subject or Subject(scopes.HOST, (HV01,))
    bears = about.kind.bearing(about)
    return Finding(
        check="X-01", subject=about, bears=bears, status=status, severity=severity, title="t", profiles=profiles
    )


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([Status.PASS], READY),
        ([Status.WARN], READY),
        ([Status.PASS, Status.NOT_APPLICABLE], READY),
        ([], INCOMPLETE),
        ([Status.NOT_APPLICABLE], INCOMPLETE),
        ([Status.PASS, Status.UNKNOWN], INCOMPLETE),
        ([Status.PASS, Status.ERROR], INCOMPLETE),
        ([Status.UNKNOWN, Status.FAIL], NOT_READY),
        ([Status.ERROR, Status.FAIL], NOT_READY),
    ],
)
def test_exit_code(statuses, code):
    assert decide(tallied([finding(status) for status in statuses], Severity.LOW)) == code


def test_the_codes_are_those_that_scripts_know():
    assert (READY, NOT_READY, USAGE, INCOMPLETE, INTERNAL, INTERRUPTED) == (0, 1, 2, 3, 4, 130)


def test_threshold_is_inclusive():
    assert decide(tallied([finding(Status.FAIL, Severity.MEDIUM)], Severity.MEDIUM)) == NOT_READY
    assert decide(tallied([finding(Status.FAIL, Severity.MEDIUM)], Severity.HIGH)) == READY


@given(st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Severity))), st.sampled_from(Severity))
def test_ready_means_that_everything_was_judged_and_nothing_stops(rows, threshold):
    open_or_stopped = [
        status in (Status.UNKNOWN, Status.ERROR) or (status is Status.FAIL and severity >= threshold)
        for status, severity in rows
    ]
    judged = [status for status, _ in rows if status in (Status.PASS, Status.WARN, Status.FAIL)]
    ready = decide(tallied([finding(*row) for row in rows], threshold)) == READY
    assert ready == (bool(judged) and not any(open_or_stopped))


def test_a_route_counts_what_bears_on_it():
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)))
    findings = (
        finding(Status.FAIL, subject=Subject(scopes.ROUTE, (HV01, HV02))),
        finding(Status.FAIL, Severity.MEDIUM, Subject(scopes.HOST, (HV01,))),
        finding(Status.UNKNOWN, subject=Subject(scopes.HOST, (HV11,))),
        finding(Status.ERROR, subject=Subject(scopes.HOST, (HV11,))),
        finding(Status.WARN, subject=Subject(scopes.PAIR, (HV01, HV02))),
        finding(Status.FAIL, Severity.LOW, Subject(scopes.VM, (HV01, "id"))),
        finding(Status.PASS, subject=Subject(scopes.DOMAIN, (BRANCH,))),
        finding(Status.PASS, subject=Subject(scopes.RUN, ("run",))),
    )
    record = Evidence(where, NOW, NOW)
    report = report_of(record, findings, checks=(), plugins=(), threshold=Severity.MEDIUM)
    first, second = report.routes
    assert (first.verdict, first.failed, first.warned, first.unknown) == ("not ready", 3, 1, 0)
    assert first.blockers == (("X-01", f"{HV01}/{HV02}"), ("X-01", HV01))
    assert (second.verdict, second.failed, second.warned, second.unknown) == ("incomplete", 0, 0, 2)
    assert report.counts == {"PASS": 2, "FAIL": 3, "WARN": 1, "NOT_APPLICABLE": 0, "UNKNOWN": 1, "ERROR": 1}
    assert (report.verdict, report.exit_code) == ("not ready", NOT_READY)


def of_cluster(status: Status, *hosts: str, name: str = "c1") -> Finding:
    """A finding about a cluster of these hosts."""
    return replace(finding(status, subject=Subject(scopes.CLUSTER, (name,))), bears=of_hosts(*hosts))


MOVES = ((HV01, HV02), (HV02, HV01), (HV02, HV11), (HV11, "hv12"))


@pytest.mark.parametrize(
    ("hosts", "stopped"),
    [
        ((HV01, HV02), [True, True, True, False]),
        ((HV02, HV01, HV02), [True, True, True, False]),
        ((HV01,), [True, True, False, False]),
        (("hv12", "other"), [False, False, False, True]),
        ((HV01, HV02, HV11, "hv12"), [True] * 4),
        ((), [True] * 4),
    ],
    ids=["both ends", "in any order", "one host", "one of many", "every host", "nobody knows them"],
)
@pytest.mark.parametrize("status", [Status.FAIL, Status.UNKNOWN, Status.WARN])
def test_what_hosts_have_in_common_counts_once_on_each_of_their_moves(hosts, stopped, status):
    """Where both ends are nodes of one cluster, too; and once in the whole run."""
    where = estate(hosts=(HV01, HV02, HV11, "hv12"), routes=tuple(Route(*move) for move in MOVES))
    findings = (finding(Status.PASS, subject=Subject(scopes.RUN, ("run",))), of_cluster(status, *hosts))
    report = report_of(Evidence(where, NOW, NOW), findings, checks=(), plugins=(), threshold=Severity.LOW)
    for states in (report.routes, [route.profiles[0] for route in report.routes]):
        counted = [(state.failed, state.warned, state.unknown) for state in states]
        wanted = tuple(int(status is one) for one in (Status.FAIL, Status.WARN, Status.UNKNOWN))
        assert counted == [wanted if stops else (0, 0, 0) for stops in stopped]
        blocks = status is Status.FAIL
        assert [state.blockers for state in states] == [(("X-01", "c1"),) if blocks and s else () for s in stopped]
    assert report.counts[status.value] == 1
    assert (report.readiness[0].failed, report.readiness[0].unknown) == (wanted[0], wanted[2])
    assert report.off_route == ()
    assert [findings[1].bears_on(*move) for move in MOVES] == stopped


def test_what_hosts_of_no_route_have_in_common_is_told_beside_the_verdict():
    """It stops none, and counts against the run."""
    where = estate(hosts=(HV01, HV02, HV11, "hv12"), routes=(Route(HV01, HV02),))
    for hosts, off in (((HV11, "hv12"), True), ((HV11, HV02), False)):
        findings = (of_cluster(Status.FAIL, *hosts), finding(Status.PASS))
        report = report_of(Evidence(where, NOW, NOW), findings, checks=(), plugins=(), threshold=Severity.LOW)
        assert report.off_route == (findings[:1] if off else ())
        assert (report.verdict, report.routes[0].verdict) == ("not ready", "ready" if off else "not ready")


def test_several_clusters_each_count_and_blockers_keep_their_order():
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)))
    findings = (
        of_cluster(Status.FAIL, HV11, "x", name="c3"),
        finding(Status.FAIL, subject=Subject(scopes.HOST, (HV02,))),
        of_cluster(Status.FAIL, HV02, HV11, name="c2"),
        of_cluster(Status.FAIL, HV02, HV01, name="c1"),
        of_cluster(Status.UNKNOWN, HV02, HV01, name="c0"),
    )
    report = report_of(Evidence(where, NOW, NOW), findings, checks=(), plugins=(), threshold=Severity.LOW)
    first, second = report.routes
    assert [name for _, name in first.blockers] == [HV02, "c2", "c1"]
    assert [name for _, name in second.blockers] == ["c3", HV02, "c2", "c1"]
    assert (first.unknown, second.unknown, report.readiness[0].failed) == (1, 1, 4)


def test_blockers_stand_in_the_order_of_the_findings():
    """They come together from what bears on a route, on a host and on all."""
    where = estate(routes=(Route(HV01, HV02),))
    subjects = [
        Subject(scopes.HOST, (HV02,)),
        Subject(scopes.RUN, ("run",)),
        Subject(scopes.ROUTE, (HV01, HV02)),
        Subject(scopes.HOST, (HV01,)),
        Subject(scopes.PAIR, (HV01, HV02)),
        Subject(scopes.DESTINATION, (HV02,)),
        Subject(scopes.SOURCE, (HV01,)),
    ]
    for some in (subjects, subjects[::-1]):
        findings = [finding(Status.FAIL, subject=subject) for subject in some]
        report = report_of(Evidence(where, NOW, NOW), findings, checks=(), plugins=(), threshold=Severity.LOW)
        for state in (*report.routes, *report.readiness):
            assert [name for _, name in state.blockers] == [subject.id for subject in some]


def test_an_interrupted_run_says_so_whatever_was_found():
    record = Evidence(estate(), NOW, NOW, interrupted=True)
    report = report_of(record, (finding(Status.PASS),), checks=(), plugins=(), threshold=Severity.LOW)
    assert (report.verdict, report.exit_code) == ("interrupted", INTERRUPTED)


def test_whom_the_estate_names_is_a_target_even_if_no_collector_came_to_speak_of_it():
    """As where a run ended before its turn; of a domain that DNS alone tells of, nobody answered."""
    where = estate(domains=(CORP, "dead.example", "unasked.example"), key_files=(KeyFile("k.vault"),))
    timeout = GapReason.TIMEOUT
    found = Evidence(
        where, NOW, NOW,
        answers=(Answer(DomainController, "dead.example", (), NOW), Answer(DomainInfo, CORP, (), NOW)),
        gaps=[Gap("Trust", name, timeout) for name in (CORP, "dead.example", "told.example", "k.vault", HV01, HV02)],
        targets=(TargetInfo(name=HV02, kind="host", how="https", answered=7),),
    )  # fmt: skip
    report = report_of(found, (), checks=(), plugins=(), threshold=Severity.LOW)
    assert [(t.kind, t.name, t.answered) for t in report.targets] == [
        ("domain", CORP, 1),
        ("domain", "dead.example", 0),
        ("host", HV01, 0),
        ("host", HV02, 7),
        ("key-file", "k.vault", 0),
    ]


BOTH = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})


def test_each_kind_of_move_is_as_ready_as_what_bears_on_it():
    where = estate(profiles=frozenset({*BOTH, Profile.ASR_VMM}))
    findings = (
        finding(Status.PASS, profiles=BOTH),
        finding(Status.FAIL, subject=Subject(scopes.ROUTE, (HV01, HV02)), profiles=frozenset({Profile.REPLICA})),
        finding(Status.UNKNOWN, subject=Subject(scopes.RUN, ("run",)), profiles=frozenset({Profile.ASR_VMM})),
    )
    report = report_of(Evidence(where, NOW, NOW), findings, checks=(), plugins=(), threshold=Severity.LOW)
    (route,) = report.routes
    for states in (route.profiles, report.readiness):
        assert [(state.profile.value, state.verdict) for state in states] == [
            ("live-migration", "ready"),
            ("replica", "not ready"),
            ("asr-vmm", "incomplete"),
        ]
    assert (route.verdict, report.verdict, report.exit_code) == ("not ready", "not ready", NOT_READY)
    assert route.profiles[1].blockers == (("X-01", f"{HV01}/{HV02}"),)


def test_each_kind_of_move_counts_what_bears_on_it():
    statuses = (*[Status.PASS] * 2, *[Status.FAIL] * 3, *[Status.WARN] * 2, Status.ERROR)
    findings = [finding(status, profiles=BOTH) for status in statuses]
    findings += [finding(status, profiles=LIVE) for status in (Status.FAIL, Status.WARN, Status.UNKNOWN)]
    where = estate(profiles=BOTH)
    report = report_of(Evidence(where, NOW, NOW), findings, checks=(), plugins=(), threshold=Severity.LOW)
    assert [(state.profile, state.failed, state.warned, state.unknown) for state in report.readiness] == [
        (Profile.LIVE_MIGRATION, 4, 3, 2),
        (Profile.REPLICA, 3, 2, 1),
    ]


def test_a_kind_of_move_that_nothing_judged_is_not_ready_because_of_another():
    where = estate(profiles=BOTH)
    report = report_of(
        Evidence(where, NOW, NOW), (finding(Status.PASS),), checks=(), plugins=(), threshold=Severity.LOW
    )
    assert [state.verdict for state in report.readiness] == ["ready", "incomplete"]
    assert (report.verdict, report.exit_code) == ("incomplete", INCOMPLETE)


def test_a_source_bears_on_what_starts_there_and_a_destination_on_what_ends_there():
    where = estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02), Route(HV02, HV01)))
    for scope, verdicts in (
        (scopes.SOURCE, ["not ready", "incomplete"]),
        (scopes.DESTINATION, ["incomplete", "not ready"]),
    ):
        found = (finding(Status.FAIL, subject=Subject(scope, (HV01,))),)
        report = report_of(Evidence(where, NOW, NOW), found, checks=(), plugins=(), threshold=Severity.LOW)
        assert [route.verdict for route in report.routes] == verdicts


@pytest.mark.parametrize(
    ("profiles", "words", "told"),
    [
        (ASR, {"closed_scenario": "accepted"}, True),
        (LIVE | ASR, {"closed_scenario": "accepted"}, True),
        (LIVE, {"closed_scenario": "accepted"}, False),
        (ASR, {"closed_scenario": "accepted", "registered": True}, False),
        (ASR, {}, False),
    ],
)
def test_what_the_user_accepts_is_said_beside_the_verdict(profiles, words, told):
    where = estate(profiles=profiles, site_recovery=SiteRecovery(**words))
    made = report_of(
        Evidence(estate=where, started=NOW, finished=NOW), [], checks=(), plugins=(), threshold=Severity.LOW
    )
    assert any("takes no new servers" in line for line in limits(made)) == told


@pytest.mark.parametrize("profile", Profile)
def test_where_no_move_is_planned_nothing_is_ready(profile):
    """What is well with the hosts, and with Site Recovery's endpoints, says nothing of a way that nobody tried."""
    good = finding(Status.PASS, profiles=frozenset(Profile))
    for routes, ready in (((), False), ((Route(HV01, HV02),), True)):
        known = Evidence(estate(routes=routes, profiles=frozenset({profile})), NOW, NOW)
        report = report_of(known, [good], checks=(), plugins=(), threshold=Severity.LOW)
        assert report.exit_code == (READY if ready else INCOMPLETE)
        assert [state.verdict for state in report.readiness] == ["ready" if ready else "incomplete"]


@pytest.mark.parametrize("routes", [(), (Route(HV01, HV02),)])
def test_a_failure_stops_whether_or_not_a_move_is_planned(routes):
    known = Evidence(estate(routes=routes), NOW, NOW)
    report = report_of(known, [finding(Status.FAIL)], checks=(), plugins=(), threshold=Severity.LOW)
    assert (report.exit_code, [state.verdict for state in report.readiness]) == (NOT_READY, ["not ready"])
