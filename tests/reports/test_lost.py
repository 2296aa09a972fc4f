"""What kept many verdicts from being given, from gaps to every format: one cause, whom it hit, its cost, what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from reports import html_report, json_report, terminal
from reports.lost import told
from scanner.judge import judging, policy
from scanner.plugins import load
from scanner.words.evidence import Evidence
from scanner.words.kinds_of_trouble import OF_THE_RUNNER, TABLE
from scanner.words.model import GapReason, Severity, Status, TargetKind
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.trouble import NO_ADVICE, Advice, Kind, advise
from tests.conftest import CORP, HV01, HV02, NOW, ended, estate

CHECKS = load(third_party=False).checks
DROPPED = advise(Kind.DROPPED, port=5986)
SILENCE = "no answer on 5986 within 10 s (dropped, not refused: a firewall?)"
Missed = tuple[str, GapReason, str, Advice]


def report(*missed: Missed, answered: Iterable[str] = ()) -> Report:
    """Of an estate whose hosts and domain gave nothing, each for this reason."""
    evidence = Evidence(estate=estate(), started=NOW, finished=NOW)
    wanted = {fact: fact.kinds for check in judging.enabled(CHECKS, evidence.estate.profiles) for fact in check.needs}
    for target, reason, detail, advice in missed:
        kind = TargetKind.DOMAIN if target == CORP else TargetKind.HOST
        for fact in (fact for fact, kinds in wanted.items() if kind in kinds):
            evidence.miss(fact, target, reason, detail, advice)
        evidence.note(TargetInfo(name=target, kind=kind, answered=int(target in answered)))
    evidence = ended(evidence)
    findings = judging.judge(CHECKS, evidence)
    checks = judging.enabled(CHECKS, evidence.estate.profiles)
    return policy.report_of(evidence, findings, checks=checks, plugins=(), threshold=Severity.LOW)


BOTH = tuple((host, GapReason.UNREACHABLE, SILENCE, DROPPED) for host in (HV01, HV02))


def test_one_cause_of_two_hosts_is_one_and_counts_every_verdict_once():
    made = report(*BOTH)
    (lost,) = made.lost
    assert (lost.kind, lost.targets) == ("dropped", (HV01, HV02))
    assert lost.cause == f"unreachable ({SILENCE})"
    assert lost.advice.startswith(f"Test-NetConnection {HV01} -Port 5986, from here")
    open_ = [f for f in made.findings if f.status is Status.UNKNOWN]
    about = [f for f in open_ if any(gap.target in (HV01, HV02) for gap in f.lacks)]
    assert lost.verdicts == len(about) > 60
    assert set(lost.checks) == {f.check for f in about}


def test_causes_are_told_dearest_first_and_each_with_its_own_advice():
    ticket = advise(Kind.NO_SERVICE)
    made = report((CORP, GapReason.ACCESS_DENIED, "no Kerberos sign-in", ticket), *BOTH)
    assert made.lost[0].kind == "dropped"
    domain = [lost for lost in made.lost if lost.targets == (CORP,)]
    assert [lost.kind for lost in domain] == ["no-service"] * len(domain)


def test_what_may_not_be_read_is_one_matter_of_rights():
    rights = advise(Kind.NO_RIGHTS, user="svc@corp.example")
    denied = (HV01, GapReason.ACCESS_DENIED, "Get-VMHost: access denied", rights)
    hidden = (HV02, GapReason.HIDDEN, "VirtualMachineState gave no row of the host", rights)
    (lost,) = report(denied, hidden).lost
    assert lost.targets == (HV01, HV02)
    assert lost.cause == "access denied"
    assert lost.advice.startswith("give svc@corp.example the rights that docs/least-privilege.md names")


def test_a_name_in_the_detail_keeps_no_cause_apart():
    missed = [(h, GapReason.UNREACHABLE, f"DNS has no A record for {h}", advise(Kind.NO_NAME)) for h in (HV01, HV02)]
    (lost,) = report(*missed).lost
    assert lost.targets == (HV01, HV02)
    assert lost.cause == "unreachable (DNS has no A record)"


def test_a_target_that_is_silent_for_a_reason_without_advice_is_lost_as_well():
    made = report((HV01, GapReason.NOT_COLLECTED, "no plugin brings it", NO_ADVICE), *BOTH[1:])
    assert {lost.targets: (lost.kind, lost.advice) for lost in made.lost}[HV01,] == ("", "")


def test_every_format_says_it_once_with_what_to_do():
    made = report(*BOTH)
    (lost,) = made.lost
    above, last = terminal.render(made, width=120).rsplit("\n\n", maxsplit=1)
    shown, stays = " ".join(above.split()), " ".join(last.split())
    assert shown.count(SILENCE) == stays.count(SILENCE) == 1
    assert f"? hv01, hv02 costs {lost.verdicts} verdicts unreachable ({SILENCE}) do {lost.advice}" in stays
    assert f"? hv01, hv02 unreachable ({SILENCE}) costs {lost.verdicts} verdicts do {lost.advice}" in shown
    assert "no host could be read" in stays
    page = html_report.render(made)
    assert page.count(f"<b>hv01, hv02: {lost.cause}</b>") == 1
    assert f"<p>{lost.advice}</p>" in page
    assert "No host could be read" in page
    data = json.loads(json_report.render(made))
    assert data["sentence"].startswith("No host could be read. ")
    assert [one["kind"] for one in data["lost"]] == ["dropped"]
    assert data["lost"][0]["verdicts"] == lost.verdicts


def test_one_host_that_answered_is_enough():
    made = report(*BOTH, answered=[HV01])
    assert not made.nobody_read
    assert "no host could be read" not in terminal.render(made).lower()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.kind)
def test_every_kind_says_what_to_do_in_words_without_what_is_ours(row):
    made = advise(row.kind, port=5986, user="svc@corp.example", extra="kerberos")
    told = made.for_target(HV01)
    assert made.kind == row.kind
    assert len(told) > 20
    assert not {"{target}", "{domain}", "{realm}", "{table}", "{port}", "{user}", "{extra}"} & set(told.split())
    assert not any(word in told for word in ("_ssl", "Error", "Exception", "GSSAPIProxy", "errno"))


def test_every_kind_has_a_row():
    assert [row.kind for row in TABLE] == list(Kind)
    assert set(OF_THE_RUNNER) < set(Kind)
    assert advise("of-a-later-version") == NO_ADVICE


def test_what_is_open_for_another_reason_is_told_beside_what_was_lost():
    """A check that goes on without a lost answer, and then lacks a word of the estate, says so on the terminal."""
    made = report(*BOTH)
    about = next(one for one in made.findings if one.lacks and told(made)(one))
    assert all(str(gap) not in "the estate names no pair of clouds" for gap in about.lacks)
    other = replace(about, note="the estate names no pair of clouds")
    changed = replace(made, findings=(other, *(one for one in made.findings if one is not about)))
    assert not told(changed)(other)
    assert "not judged: the estate names no pair of clouds" in " ".join(terminal.render(changed, width=120).split())
