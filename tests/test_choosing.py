"""Choosing: fewer checks, routes or machines, the same findings of them, and every output says that it is not all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reports import html_report, json_report, junit_report, terminal
from scanner import cli, plugins
from scanner.commands import choosing
from scanner.commands.console import UsageError
from scanner.estate.read import Declared, read
from scanner.judge import judging, policy
from scanner.record import record
from scanner.words.estate import Estate, Route
from scanner.words.model import Profile, Severity
from scanner.words.selection import Selection, matches

ROOT = Path(__file__).parents[1]
GOOD, BROKEN = ROOT / "tests/data/good.hvp", ROOT / "scanner/data/practice.hvp"
OFFER = plugins.load(third_party=False)
A, B, C = "hv01.corp.example", "hv02.corp.example", "hv03.corp.example"
PLAN = Estate(hosts=(A, B, C), routes=(Route(A, B), Route(B, A), Route(A, C)))


def chosen(estate: Estate = PLAN, *, check=None, skip=None, severity=None, target=None, route=None) -> Selection:
    checks, moves = choosing.Checks(check, skip, severity), choosing.Moves(target, route)
    return choosing.choose(checks, OFFER.checks, estate, "estate.toml", moves)


def ids(selection: Selection) -> set[str]:
    return {check.id for check in OFFER.checks if selection.takes(check)}


def test_nothing_chosen_is_all_of_it():
    nothing = chosen()
    assert nothing == Selection()
    assert ids(nothing) == {check.id for check in OFFER.checks}
    assert nothing.estate(PLAN, OFFER.checks) is PLAN
    assert nothing.words(OFFER.checks, PLAN) == ()


def test_checks_by_id_pattern_and_in_any_case():
    assert ids(chosen(check=["del-01, DEL-02", "KEY-0?"])) >= {"DEL-01", "DEL-02", "KEY-01"}
    assert all(name.startswith("DEL-") for name in ids(chosen(check=["DEL-*"])))
    both = ids(chosen(check=["DEL-*"], skip=["DEL-01,DEL-02"]))
    assert both == ids(chosen(check=["DEL-*"])) - {"DEL-01", "DEL-02"}


def test_severity_is_the_least_that_is_judged():
    grave = ids(chosen(severity="High"))
    assert grave == {check.id for check in OFFER.checks if check.severity >= Severity.HIGH}
    assert 0 < len(grave) < len(OFFER.checks)


@pytest.mark.parametrize(
    ("options", "targets", "routes"),
    [
        ({"target": ["hv01"]}, (A,), ()),
        ({"target": ["hv01,hv03"]}, (A, C), ()),
        ({"target": ["HV0?.corp*"]}, (A, B, C), ()),
        ({"route": ["hv01:hv02"]}, (), ((A, B),)),
        ({"route": ["hv01:*"]}, (), ((A, B), (A, C))),
        ({"route": [f"{A}:{B}", "hv02:hv01"]}, (), ((A, B), (B, A))),
    ],
)
def test_machines_and_moves(options, targets, routes):
    found = chosen(**options)
    assert (found.targets, found.routes) == (targets, routes)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"check": ["DEL-1"]}, '--check "DEL-1": there is no such check; did you mean "DEL-'),
        ({"check": [" , "]}, '--check " , ": write ids or patterns, as in DEL-01,LM-*'),
        ({"skip": ["XYZ-99"]}, '--skip "XYZ-99": there is no such check'),
        ({"skip": ["*"]}, "--check, --skip and --severity together leave no check to judge"),
        ({"severity": "hgh"}, '--severity "hgh": it is one of info, low, medium, high, critical'),
        ({"target": ["hv09"]}, '--target "hv09" is no host of estate.toml; did you mean "hv0'),
        ({"target": ["hv"]}, '--target "hv" is no host of estate.toml'),
        ({"route": ["hv01"]}, '--route "hv01": write FROM:TO, as in hv01:hv11'),
        ({"route": [":hv01"]}, '--route ":hv01": write FROM:TO, as in hv01:hv11'),
        ({"route": ["hv01:"]}, '--route "hv01:": write FROM:TO, as in hv01:hv11'),
        ({"route": ["hv03:hv01"]}, '--route "hv03:hv01" is no planned route of estate.toml'),
        ({"route": ["hv02:hv03"]}, f"is no planned route of estate.toml; from {B} moves lead to {A}"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(options, said):
    with pytest.raises(UsageError) as told:
        chosen(**options)
    assert said in str(told.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(UsageError) as told:
        chosen(check=["NO-1"], skip=["NO-2"], severity="x", target=["hv77"], route=["a:b"])
    assert [line.split()[0] for line in str(told.value).splitlines()] == [
        "--check", "--skip", "--severity", "--target", "--route",
    ]  # fmt: skip


def test_the_estate_has_no_more_than_was_chosen_and_says_so():
    narrow = chosen(route=["hv01:hv02"]).estate(PLAN, OFFER.checks)
    assert (narrow.hosts, narrow.routes) == ((A, B), (Route(A, B),))
    assert narrow.chosen == (f"{A} → {B} (1 of 3 routes)",)
    about = chosen(target=["hv03"]).estate(PLAN, OFFER.checks)
    assert (about.hosts, about.routes) == ((A, C), (Route(A, C),))
    assert about.chosen == (f"{C} (1 of 3 routes)",)


def test_a_host_that_no_route_names_can_be_chosen():
    lonely = replace(PLAN, routes=(Route(A, B),))
    narrow = chosen(lonely, target=["hv03"]).estate(lonely, OFFER.checks)
    assert (narrow.hosts, narrow.routes) == ((C,), ())


def test_a_kind_of_move_that_no_chosen_check_judges_is_not_chosen():
    plan = replace(PLAN, profiles=frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA}))
    replica = next(c for c in OFFER.checks if c.profiles == {Profile.REPLICA})
    assert chosen(check=[replica.id]).estate(plan, OFFER.checks).profiles == {Profile.REPLICA}
    moving = next(c for c in OFFER.checks if c.profiles == {Profile.LIVE_MIGRATION})
    alone = replace(PLAN, profiles=frozenset({Profile.ASR_VMM}))
    assert chosen(check=[moving.id]).estate(alone, OFFER.checks).profiles == {Profile.ASR_VMM}, "then nothing is judged"


def test_many_choices_are_told_by_number():
    words = chosen(check=[check.id for check in OFFER.checks[:9]]).words(OFFER.checks, PLAN)
    assert words[0].endswith(f" and 3 more (9 of {len(OFFER.checks)} checks)")
    everything = chosen(check=["DEL-*"], skip=["DEL-01"], severity="high").words(OFFER.checks, PLAN)[0]
    assert everything.startswith("DEL-* without DEL-01 of severity high or worse (")


def test_patterns_are_case_sure():
    assert matches("DEL-01", ("DEL-*",))
    assert not matches("DEL-01", ("LM-*", "DEL-0"))


# ---- the same findings


@pytest.fixture(scope="module", params=[GOOD, BROKEN], ids=["good", "broken"])
def whole(request):
    evidence = record.load(request.param.read_bytes(), OFFER.facts, lambda _text: None)
    return evidence, judging.judge(OFFER.checks, evidence)


@pytest.mark.parametrize(
    "options",
    [{"check": ["DEL-*,NET-*"]}, {"severity": "critical"}, {"skip": ["VM-*"]}, {"route": ["h?01.*:h?02.*"]},
     {"target": ["h?01.*"]}, {"target": ["h?02.*"], "check": ["LM-*", "HOST-*"]}],
)  # fmt: skip
def test_no_finding_of_what_was_chosen_differs_from_that_of_the_whole(whole, options):
    evidence, findings = whole
    selection = chosen(evidence.estate, **options)
    checks = tuple(filter(selection.takes, judging.enabled(OFFER.checks, evidence.estate.profiles)))
    meant = selection.estate(evidence.estate, OFFER.checks)
    some = selection.findings(judging.judge(checks, evidence), meant.routes)
    assert some
    bare = {replace(finding, follows_from=()) for finding in findings}
    assert {replace(finding, follows_from=()) for finding in some} <= bare
    ends = {(route.source, route.destination) for route in meant.routes}
    left = bare - {replace(finding, follows_from=()) for finding in some}
    assert not any(any(one.bears_on(*end) for end in ends) and one.check in {c.id for c in checks} for one in left), (
        "nothing that bears on a chosen move is left out"
    )


# ---- every output says so


def test_every_format_says_what_was_chosen(whole):
    evidence, _ = whole
    selection = chosen(evidence.estate, check=["LM-*"], route=["h?01.*:h?02.*"])
    meant = selection.estate(evidence.estate, OFFER.checks)
    checks = tuple(filter(selection.takes, OFFER.checks))
    findings = selection.findings(judging.judge(checks, evidence), meant.routes)
    report = policy.report_of(
        evidence.amended(estate=meant), findings, checks=checks, plugins=(), threshold=Severity.LOW
    )
    assert report.chosen == meant.chosen
    assert len(report.chosen) == 2
    assert json.loads(json_report.render(report))["chosen"] == list(report.chosen)
    page, text = html_report.render(report), terminal.render(report, width=400)
    suites = ElementTree.fromstring(junit_report.render(report))
    said = {one.get("value") for one in suites.iter("property") if one.get("name") == "chosen"}
    assert said == {"; ".join(report.chosen)}
    assert f"as far as chosen: {'; '.join(report.chosen)}; the rest was left out" in text
    assert f"{report.verdict.capitalize()}, as far as chosen</h1>" in page
    assert ("Nothing stands in the way, as far as chosen" in page) == (report.verdict == "ready")


def test_a_whole_run_says_nothing_of_choosing(whole):
    evidence, findings = whole
    report = policy.report_of(evidence, findings, checks=OFFER.checks, plugins=(), threshold=Severity.LOW)
    assert report.chosen == ()
    assert "as far as chosen" not in html_report.render(report) + terminal.render(report)
    assert json.loads(json_report.render(report))["chosen"] == []


def test_the_exit_is_that_of_what_was_chosen(capsys):
    assert cli.run(["judge", str(BROKEN), "--check", "KEY-05", "--no-plugins"]) == 0
    assert capsys.readouterr().out.endswith("exit 0 (ready, as far as chosen)\n")
    assert cli.run(["judge", str(BROKEN), "--no-plugins"]) == 1
    assert capsys.readouterr().out.endswith("exit 1 (not ready)\n")


def test_a_record_of_what_was_chosen_never_passes_for_a_whole_one(whole, capsys, tmp_path):
    evidence, _ = whole
    kept = tmp_path / "some.hvp"
    kept.write_bytes(record.dump(evidence.amended(estate=chosen(evidence.estate, check=["LM-*"]).estate(
        evidence.estate, OFFER.checks))))  # fmt: skip
    assert cli.run(["judge", str(kept), "--no-plugins", "--json", str(tmp_path / "r.json")]) in (0, 1)
    assert "as far as chosen: LM-* (" in capsys.readouterr().out.replace("\n  ", " ")
    assert json.loads((tmp_path / "r.json").read_text())["chosen"][0].startswith("LM-* (")
    again = cli.run(["judge", str(kept), "--no-plugins", "--json", str(tmp_path / "r.json"), "--check", "LM-01"])
    assert again in (0, 1)
    assert [text[:6] for text in json.loads((tmp_path / "r.json").read_text())["chosen"]] == ["LM-* (", "LM-01 "]


def test_only_what_was_chosen_is_read(tmp_path):
    from scanner.collect.preview import planned
    from scanner.commands.scan import narrowed

    file = tmp_path / "estate.toml"
    file.write_text(
        'profiles = ["live-migration"]\n[sign_in]\nmethod = "kerberos"\n'
        f'[[group]]\nname = "all"\nhosts = ["{A}", "{B}", "{C}"]\n[[route]]\nfrom = "all"\nto = "all"\n'
    )
    declared = read(file)
    selection = chosen(declared.estate, check=["LM-01"], route=["hv01:hv02"])
    offer, less = narrowed(OFFER, declared, selection)
    assert isinstance(less, Declared)
    asked = list(planned(offer.checks, less.estate, None))
    assert {item.target for item in asked} == {A, B}
    assert len(asked) < len(list(planned(OFFER.checks, declared.estate, None))) / 10
    assert less.access is declared.access
