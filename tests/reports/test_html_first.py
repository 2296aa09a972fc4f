"""The first screen of the page: the verdict by kind of move, what to do first, and why verdicts are missing."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from reports.html_report import render
from scanner.judge.actions import actions_of
from scanner.words.model import Gap, GapReason, Status
from scanner.words.source import TargetInfo
from scanner.words.until import Turns, Until
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from tests.reports.conftest import END, HV01, HV02, HV11, build, finding, host, route
from tests.reports.sites import broken


def said(element) -> str:
    return " ".join(element.text_content().split())


def chapters(page) -> list[str]:
    return [said(h) for h in page.get_element_by_id("verdict").iter("h2")]


def test_the_first_screen_tells_first_what_to_do_and_what_costs_most_verdicts():
    """Before the matrix, however many routes it has; what is told there in short is told in full below it."""
    notes = [f"nobody knows of {n}" for n in range(5)]
    found = [
        finding("LM-06", host(f"h{n}.example"), Status.UNKNOWN, "", note=note)
        for number, note in enumerate(notes)
        for n in range(number * 10, number * 10 + number + 1)
    ]
    report = build(found, routes=((HV01, HV02), (HV02, HV01)))
    page = html.fromstring(render(report))
    assert chapters(page) == ["Why verdicts are missing", "What could not be judged"]
    rows = [said(row) for row in page.xpath("//ul[@class='first']/li")]
    assert rows == [
        "nobody knows of 4 5 verdicts",
        "nobody knows of 3 4 verdicts",
        "nobody knows of 2 3 verdicts",
    ]
    verdict = said(page.get_element_by_id("verdict"))
    assert "And 2 more causes: what could not be judged." in verdict
    assert verdict.index("And 2 more causes") < verdict.index("May a move start?") < verdict.index("nobody knows of 0")


def test_each_action_says_who_acts_on_what_and_how_many_moves_it_frees():
    found = [
        finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", who="host"),
        finding("ID-01", host(HV11), Status.FAIL, "x", who="directory"),
    ]
    report = build(found, routes=((HV01, HV02), (HV01, HV11)))
    page = html.fromstring(render(replace(report, actions=actions_of(report))))
    assert chapters(page)[0] == "What to do first"
    rows = page.xpath("//ol[@class='first']/li")
    general = "In general, see to it:"
    assert [said(row) for row in rows] == [
        f"host DEL-01 hv01 → hv02 {general} source may delegate the migration service. frees 1 of 2 moves",
        f"directory ID-01 hv11 {general} host is joined to an active directory domain. frees 1 of 2 moves",
    ]
    ids = set(page.xpath("//@id"))
    assert {href[1:] for row in rows for href in row.xpath(".//a/@href")} <= ids


def test_how_many_moves_of_a_kind_are_ready_is_said_where_some_are_not():
    found = [finding("DEL-01", route(HV01, HV02), Status.FAIL, "x"), finding("ID-01", host(HV01), Status.PASS, "ok")]
    for routes, said_of in (
        (((HV01, HV02), (HV02, HV01)), "1 of 2 moves ready; 1 blocker"),
        (((HV01, HV02),), "1 blocker"),
    ):
        page = html.fromstring(render(build(found, routes=routes)))
        (kind,) = page.xpath("//ul[contains(@class, 'kinds')]/li")
        assert said(kind).startswith(f"live migration not ready {said_of}")


def test_a_note_beside_the_verdict_ends_once():
    page = html.fromstring(render(build([], accepted=("Is this known?", "This is"))))
    assert [said(note) for note in page.find_class("note")][-2:] == ["Is this known?", "This is."]


def test_a_domain_that_a_cause_names_is_not_told_once_more():
    gap = Gap("Trust", "corp.example", GapReason.UNREACHABLE, "DNS has no such name")
    unread = TargetInfo(name=gap.target, kind="domain")
    lacking = [finding("ID-01", host(HV01), Status.UNKNOWN, note=str(gap))]
    others = [finding("ID-01", host(HV01), Status.PASS, "member")]
    for found, lines in ((lacking, 0), (others, 1)):
        page = html.fromstring(render(build(found, gaps=(gap,), targets=(unread,))))
        notes = [note for note in map(said, page.find_class("note")) if "was not read" in note]
        assert len(notes) == lines
        assert "corp.example" in said(page.get_element_by_id("verdict"))


def test_how_long_it_holds_follows_the_verdict_and_is_not_shouted():
    until = Until(
        time=END, verdict="not ready", check="KEY-03", subject=host(HV01), status=Status.FAIL, words="the key expires"
    )
    report = build([finding("ID-01", host(HV01), Status.PASS, "ok")], routes=((HV01, HV02),), not_judged=())
    page = html.fromstring(render(replace(report, turns=Turns({("", "", ""): until}))))
    first = said(page.get_element_by_id("verdict"))
    assert "Ready until 2026-11-21 12:00 UTC: the key expires (KEY-03, hv01)." in first
    assert first.index("Ready until") < first.index("live migration ready")


def test_nothing_is_said_twice_on_the_first_screen_where_nobody_answered():
    gap = Gap("OperatingSystem", HV01, GapReason.UNREACHABLE, "no answer")
    lacking = [finding("ID-01", host(HV01), Status.UNKNOWN, note=str(gap))]
    silent = TargetInfo(name=HV01, kind="host")
    page = html.fromstring(render(build(lacking, gaps=(gap,), targets=(silent,), routes=((HV01, HV02),))))
    first = said(page.get_element_by_id("verdict"))
    assert first.count("No host could be read") == 1
    assert chapters(page) == ["What could not be judged"]


def test_what_follows_from_failures_is_told_below_them_and_above_the_waivers():
    cause = finding("ID-01", host(HV01), Status.FAIL, "x")
    later = finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", follows_from=(("ID-01", HV01),))
    waiver = Waiver("LM-06", HV02, "why", "who", END.date())
    use = WaiverUse(waiver=waiver, state=WaiverState.UNUSED, days=60, note="nothing is called so")
    page = html.fromstring(render(replace(build([cause, later]), waivers=(use,), waivers_file="waivers.toml")))
    first = said(page.get_element_by_id("verdict"))
    assert chapters(page) == ["What stands in the way", "Waivers"]
    assert first.index("1 more failure follows from these") < first.index("Waivers LM-06 on hv02")


def test_what_stops_a_route_is_found_below_where_it_only_follows_from_others():
    """Every link of the page leads somewhere, also to a check of which all failures follow from others."""
    first = finding("ID-01", host(HV01), Status.FAIL, "x")
    later = finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", follows_from=(("ID-01", HV01),))
    page = render(build([first, later], routes=((HV01, HV02),)))
    assert broken({"report.html": page}) == []
    assert 'stopped by <a href="#fail-DEL-01-follows">DEL-01</a>' in page
