"""Which failures follow from others, and that no report loses one for it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from reports import json_report, junit_report, terminal
from reports.html_view import parts
from reports.summary import causes_first
from scanner.api import ALL_VMS, Part, Profile, Severity, Status, Who, check, failed, scopes
from scanner.judge import causes as causing
from scanner.judge import judging, policy
from scanner.judge.causes import EVERYTHING, MOST, _explains, with_causes
from scanner.record import record
from scanner.words.report import Finding
from tests.conftest import HV01, HV02, HV11
from tests.field.record import OFFER
from tests.json_report import findings as told_findings

PRACTICE = Path(__file__).parents[1] / "scanner" / "data" / "practice.hvp"
LIVE = frozenset({Profile.LIVE_MIGRATION})


def made(name, scope, *names, status=Status.FAIL, profiles=LIVE):
    subject = scope.of(*names).subject
    return Finding(
        check=name, subject=subject, bears=scope.bearing(subject), profiles=profiles, status=status,
        severity=Severity.HIGH, title="t",
    )  # fmt: skip


def checks(**follows):
    return [
        check(
            id=name.replace("_", "-"), title="t", severity=Severity.HIGH, who=Who.HOST, scope=scopes.HOST, seed="s",
            needs=(), remedy="r", follows=tuple(causes),
        )(lambda subject, view: failed("x", "y"))
        for name, causes in follows.items()
    ]  # fmt: skip


def causes_of(findings, known):
    return {(f.check, f.subject.id): f.follows_from for f in with_causes(findings, known)}


RCH = checks(RCH_01=["LM-01", "LM-10"], LM_01=[], LM_10=["LM-01"], HOST_01=[])
ROUTE = ("RCH-01", f"{HV01}/{HV02}")


@pytest.mark.parametrize(
    ("cause", "explains"),
    [
        (made("LM-01", scopes.HOST, HV02), True),
        (made("LM-01", scopes.HOST, HV01), True),
        (made("LM-01", scopes.HOST, HV11), False),
        (made("LM-10", scopes.DESTINATION, HV02), True),
        (made("LM-10", scopes.DESTINATION, HV01), False),
        (made("LM-10", scopes.SOURCE, HV01), True),
        (made("LM-10", scopes.SOURCE, HV02), False),
        (made("LM-10", scopes.PAIR, HV01, HV02), True),
        (made("LM-10", scopes.PAIR, HV02, HV11), False),
        (made("LM-10", scopes.ROUTE, HV01, HV02), True),
        (made("LM-10", scopes.ROUTE, HV02, HV01), False),
        (made("LM-01", scopes.HOST, HV02, status=Status.UNKNOWN), False),
        (made("LM-01", scopes.HOST, HV02, profiles=frozenset({Profile.REPLICA})), False),
        (made("LM-02", scopes.HOST, HV02), False),
        (made("HOST-01", scopes.HOST, HV02), True),
    ],
)
def test_what_explains_a_route(cause, explains):
    found = causes_of([made("RCH-01", scopes.ROUTE, HV01, HV02), cause], RCH)
    assert found[ROUTE] == (((cause.check, cause.subject.id),) if explains else ())


@pytest.mark.parametrize("scope", [scopes.CLUSTER, scopes.KEY_FILE, scopes.SHARE], ids=str)
def test_what_is_wrong_with_one_explains_nothing_of_another_of_its_kind(scope):
    """Before, a cluster without a broker was why another one's broker was not as it should be."""
    known = checks(CLU_02=[], CLU_03=["CLU-02"])
    found = causes_of([made("CLU-02", scope, "a"), made("CLU-03", scope, "a"), made("CLU-03", scope, "b")], known)
    assert found == {("CLU-02", "a"): (), ("CLU-03", "a"): (("CLU-02", "a"),), ("CLU-03", "b"): ()}


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.FAIL])
def test_only_a_failure_follows(status):
    found = causes_of([made("RCH-01", scopes.ROUTE, HV01, HV02, status=status), made("LM-01", scopes.HOST, HV02)], RCH)
    assert found[ROUTE] == ()


@pytest.mark.parametrize(("other", "explains"), [("a", True), ("b", False), (ALL_VMS, False)])
def test_one_machine_explains_no_other(other, explains):
    known = checks(VM_05=["VM-01"], VM_01=[])
    found = causes_of([made("VM-05", scopes.VM_ROUTE, HV01, "a", HV02), made("VM-01", scopes.VM, HV01, other)], known)
    assert bool(found["VM-05", f"{HV01}/a/{HV02}"]) is explains


def test_none_follows_from_itself_and_few_causes_are_kept():
    known = checks(XX_01=["XX-01", "XX-02"], XX_02=[])
    many = [made("XX-02", scopes.VM, HV01, str(number)) for number in range(MOST + 3)]
    found = causes_of([made("XX-01", scopes.HOST, HV01), *many], known)
    assert len(found["XX-01", HV01]) == MOST
    assert {check for check, _ in found["XX-01", HV01]} == {"XX-02"}


def test_where_all_follow_from_each_other_none_is_put_aside():
    one = replace(made("XX-01", scopes.HOST, HV01), follows_from=(("XX-02", HV01),))
    other = replace(made("XX-02", scopes.HOST, HV01), follows_from=(("XX-01", HV01),))
    assert causes_first([one, other]) == ([one, other], [])
    assert causes_first([one, replace(other, follows_from=())]) == ([replace(other, follows_from=())], [one])


def test_no_check_of_ours_follows_from_itself_by_any_way():
    follows = {check.id: set(check.follows) for check in OFFER.checks}
    for name, causes in follows.items():
        seen, waiting = set(), list(causes)
        while waiting:
            cause = waiting.pop()
            if cause not in seen:
                seen.add(cause)
                waiting += follows.get(cause, ())
        assert name not in seen


def test_every_check_says_who_mends_it_and_follows_from_what_there_is():
    names = {check.id for check in OFFER.checks}
    for each in OFFER.checks:
        assert isinstance(each.who, Who)
        assert set(each.follows) <= names, each.id


def test_no_report_loses_a_consequence():
    evidence = record.load(PRACTICE.read_bytes(), OFFER.facts)
    report = policy.report_of(
        evidence, judging.judge(OFFER.checks, evidence), checks=OFFER.checks, plugins=(), threshold=Severity.LOW
    )
    texts = {"json": json_report.render(report), "junit": junit_report.render(report), "text": terminal.render(report)}
    later = [f for f in report.findings if f.follows_from]
    assert later
    pages = [f for chapter in parts(report) for group in chapter.groups for f in group.findings]
    assert sorted(map(id, pages)) == sorted(
        id(f) for f in report.findings if f.status not in (Status.PASS, Status.NOT_APPLICABLE)
    )
    told = told_findings(json.loads(texts["json"]))
    assert len(told) == len(report.findings)
    assert sum(bool(f["follows_from"]) for f in told) == len(later)
    assert texts["junit"].count("<failure") == sum(map(report.blocks, report.findings))
    assert all(f"{f.check}" in texts["text"] for f in later)


def by_hand(findings, check):
    """The rule itself: every failure of a machine is looked through, in their order."""
    made = []
    for finding in findings:
        found = {}
        for name in (*check.follows, EVERYTHING):
            for machine in finding.subject.machines or ("",):
                for cause in findings if name != finding.check and finding.check == check.id else ():
                    near = cause.check == name and machine in (cause.subject.machines or ("",))
                    bad = cause.status is finding.status is Status.FAIL
                    if near and bad and cause.profiles & finding.profiles and _explains(cause.subject, finding.subject):
                        found[name, cause.subject.id] = None
        made.append(tuple(found)[:MOST])
    return made


@pytest.mark.parametrize("of", [s for s in scopes.ALL if s.parts.count(Part.MACHINE)] + [scopes.RUN, scopes.DOMAIN])
def test_causes_that_are_looked_up_are_those_that_the_rule_finds(of):
    names = {Part.MACHINE: (HV01, HV02, HV11), Part.VM: ("a", "b", ALL_VMS)}
    findings = [
        made(scope.name, scope, *one, profiles=frozenset({profile}))
        for scope in scopes.ALL
        for one in product(*(names.get(part, ("x", "y")) for part in scope.parts))
        for profile in (Profile.LIVE_MIGRATION, Profile.REPLICA)
    ]
    (check,) = checks(**{of.name: [scope.name for scope in scopes.ALL if scope != of]})
    asked = replace(check, id=of.name)
    found = [finding.follows_from for finding in with_causes(findings, [asked])]
    told = [finding.check == of.name for finding in findings]
    assert [one for one, own in zip(found, told, strict=True) if own] == [
        one for one, own in zip(by_hand(findings, asked), told, strict=True) if own
    ]
    assert any(found)


def test_time_to_find_causes_grows_with_the_failures():
    """Were all failures of each machine looked through, four times the hosts would take sixty times as long."""

    def looked(hosts):
        names = [f"hv{n}.corp.example" for n in range(hosts)]
        ways = [(a, b) for a in names for b in names if a != b]
        moves = [made("VM-05", scopes.VM_ROUTE, a, "vm", b) for a, b in ways]
        pairs = [made("HOST-12", scopes.PAIR, a, b) for a, b in ways if a < b]
        with pytest.MonkeyPatch.context() as patch:
            calls = []
            patch.setattr(causing, "_explains", lambda *both: calls.append(both) or _explains(*both))
            with_causes([*moves, *pairs], checks(HOST_12=["VM-05"], VM_05=[]))
        return len(calls) / len(ways)

    assert looked(12) == looked(3)
