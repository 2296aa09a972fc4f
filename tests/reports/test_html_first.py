"""The first screen of the page: what it decides to say, and that its numbers add up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import html

from reports.html_first import ACTORS, NOTES
from reports.html_report import render
from scanner.judge.actions import plan_of
from scanner.words.model import Gap, GapReason, Profile, Status
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.until import Turns, Until
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from tests.reports.conftest import END, HOSTILE, HV01, HV02, HV11, build, finding, findings, host, route
from tests.reports.full_screen import full, fullest
from tests.reports.sites import broken
from tests.reports.strategies import reports


def said(element) -> str:
    return " ".join(element.text_content().split())


def first_of(report: Report):
    return html.fromstring(render(report)).get_element_by_id("first")


def chapters(page) -> list[str]:
    return [said(h) for h in page.get_element_by_id("verdict").iter("h2")]


def acting(report: Report) -> Report:
    actions, actors = plan_of(report)
    return replace(report, actions=actions, actors=actors)


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"(?<![\w-])\d[\d,]*", text)]


def add_up(report: Report) -> None:
    """Every sum of the first screen, from what the page says."""
    first = first_of(report)
    (whole,) = (said(h) for h in first.iter("h2") if re.fullmatch(r"[\d,]+ verdicts?", said(h)))
    tally = [said(one) for one in first.xpath(".//ul[@class='tally']/li")]
    assert numbers(whole) == [len(report.findings)] == [sum(sum(numbers(one)) for one in tally)]
    for text in first.xpath(".//div[@class='sums']/p[@class='of']"):
        for part in said(text).rstrip(".").split(". "):
            what, _, made = re.sub(r" \(.*?\)", "", part).partition(": ")
            assert what in {one.replace("errors", "error") for one in tally} or "unknown" in what
            assert sum(numbers(made)) == sum(numbers(what))
    rows = [said(one) for one in first.xpath(".//*[contains(@class, 'of') and not(contains(@class, 'ends'))]")]
    moves = [numbers(re.sub(r"\(.*?\)", "", row).split(";")[0]) for row in rows if re.match(r"[\d,]+ moves?: ", row)]
    assert all(of == sum(parts) for of, *parts in moves)
    if len(report.readiness) > 1 and moves:
        *each, total = moves
        assert total[0] == sum(row[0] for row in each) == sum(len(route.profiles) for route in report.routes)
    for (text,) in zip(first.xpath(".//div[@class='why-not']/h2"), strict=False):
        missing, of = numbers(said(text))
        told = [numbers(said(one))[0] for one in first.xpath(".//ul[@class='causes']//*[@class='gain']")]
        rest = sum(numbers(b)[0] for b in map(said, first.xpath(".//div[@class='why-not']/p/b")))
        assert (missing, of) == (sum(told) + rest, len(report.findings))
        assert missing == sum(map(report.lacks, report.findings))
    passages = [numbers(said(a))[0] for a in first.xpath(".//p[@class='never']/a")]
    assert sum(passages) == len(report.not_judged)
    for text in map(said, first.xpath(".//div[@class='todo']/p")):
        if split := re.search(
            r"Of ([\d,]+) moves? not ready ([\d,]+|none) wait for one of these alone, ([\d,]+)", text
        ):
            of, alone, several = (0 if one == "none" else int(one) for one in split.groups())
            assert of == alone + several == sum(s.verdict == "not ready" for r in report.routes for s in r.profiles)


@pytest.mark.parametrize(
    "made", [full, fullest, lambda: acting(build(findings(), routes=((HV01, HV11), (HV02, HV11))))]
)
def test_numbers_that_stand_together_add_up(made):
    add_up(made())


@settings(max_examples=40, deadline=None)
@given(reports())
def test_numbers_of_any_report_add_up(made: Report):
    add_up(acting(made))


def test_the_estate_is_named_and_when_it_was_read():
    page = html.fromstring(render(build([], estate="Berlin to Munich")))
    over = said(page.get_element_by_id("first").find("p"))
    assert over == "Berlin to Munich Read 2026-11-21 12:00 UTC from runner.corp.example"
    assert said(page.find("head/title")).startswith("Incomplete · Berlin to Munich · live migration · ")
    bare = html.fromstring(render(build([])))
    assert said(bare.get_element_by_id("first").find("p")) == "Read 2026-11-21 12:00 UTC from runner.corp.example"
    assert said(bare.find("head/title")).startswith("Incomplete · live migration · ")


@pytest.mark.parametrize("name", [HOSTILE, "A" * 1_000_000, "\u202egnp.exe", "##vso[task.complete]"])
def test_whatever_a_record_calls_its_estate_stays_text_and_short(name: str):
    text = render(build([], estate=name))
    over = said(html.fromstring(text).get_element_by_id("first").find("p"))
    assert len(over) < 400
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "##vso[" not in text


def test_each_cause_has_its_number_and_what_lets_it_be_read_and_the_rest_is_counted():
    """Before the matrix, however many routes it has; what is told there in short is told in full below it."""
    notes = [f"nobody knows of {n}" for n in range(7)]
    found = [
        finding("LM-06", host(f"h{n}.example"), Status.UNKNOWN, "", note=note)
        for number, note in enumerate(notes)
        for n in range(number * 10, number * 10 + number + 1)
    ]
    report = build(found, routes=((HV01, HV02), (HV02, HV01)))
    page = html.fromstring(render(report))
    rows = [said(row) for row in page.xpath("//ul[@class='causes']/li")]
    assert rows == [
        "nobody knows of 6 7 verdicts",
        "nobody knows of 5 6 verdicts",
        "nobody knows of 4 5 verdicts",
        "nobody knows of 3 4 verdicts",
    ]
    verdict = said(page.get_element_by_id("verdict"))
    assert "3 more causes: 6 verdicts. Each cause, and what it costs." in verdict
    assert verdict.index("3 more causes") < verdict.index("May a move start?") < verdict.index("nobody knows of 0")
    first = full()
    (top, *_) = first_of(first).xpath(".//ul[@class='causes']/li")
    assert said(top.find_class("advice")[0]).startswith("write ca = ")


def test_a_verdict_that_lacks_two_things_is_counted_with_the_dearest():
    dear = Gap("OperatingSystem", HV01, GapReason.UNREACHABLE, "no answer")
    cheap = Gap("OperatingSystem", HV02, GapReason.ACCESS_DENIED, "refused")
    both = {"note": f"{dear}; {cheap}", "lacks": (dear, cheap)}
    found = [
        finding("DEL-01", route(HV01, HV02), Status.UNKNOWN, **both),
        finding("ID-01", host(HV01), Status.UNKNOWN, note=str(dear), lacks=(dear,)),
    ]
    report = build(found, gaps=(dear, cheap))
    first = first_of(report)
    rows = [said(row) for row in first.xpath(".//ul[@class='causes']/li")]
    assert rows == ["hv01: unreachable (no answer) 2 verdicts"]
    assert "a verdict that lacks several things is counted here with the dearest" in said(first)
    assert [one.verdicts for one in report.lost] == [2, 1], "below it each cause has all that it costs"


def test_each_actor_has_its_actions_and_what_the_first_of_them_frees():
    found = [
        finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", who="host"),
        finding("ID-01", host(HV11), Status.FAIL, "x", who="directory"),
    ]
    page = html.fromstring(render(acting(build(found, routes=((HV01, HV02), (HV01, HV11))))))
    assert "What to do first, by who acts" in chapters(page)
    rows = page.xpath("//ol[@class='doers']/li")
    general = "In general, see to it:"
    assert [said(row) for row in rows] == [
        f"host 1 action: 1 of 2 moves waits for it DEL-01 hv01 → hv02 {general} "
        "source may delegate the migration service. frees 1 of 2 moves",
        f"directory 1 action: 1 of 2 moves waits for it ID-01 hv11 {general} "
        "host is joined to an active directory domain. frees 1 of 2 moves",
    ]
    ids = set(page.xpath("//@id"))
    assert {href[1:] for row in rows for href in row.xpath(".//a/@href")} <= ids
    order = [said(row) for row in page.xpath("//ol[@class='first']/li")]
    assert order[1].endswith("domain. frees 1 of 2 moves")


def test_one_action_alone_says_who_acts_too_and_what_is_only_to_be_read_does_not():
    one = finding("ID-01", host(HV11), Status.FAIL, "x", who="directory")
    page = html.fromstring(render(acting(build([one], routes=((HV01, HV11),)))))
    assert [said(row)[:19] for row in page.xpath("//ol[@class='doers']/li")] == ["directory 1 action:"]
    assert not page.xpath("//ol[@class='first']")
    lacking = finding("ID-01", host(HV11), Status.UNKNOWN, note="nobody knows")
    page = html.fromstring(render(acting(build([lacking], routes=((HV01, HV11),)))))
    assert not page.xpath("//ol[@class='doers']")


def test_an_action_that_frees_nothing_alone_promises_nothing():
    """Of two that a move needs neither frees it; the second may stand first on the screen of its actor."""
    found = [
        finding("ID-01", host(HV01), Status.FAIL, "x", who="directory"),
        finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", who="host"),
    ]
    first = first_of(acting(build(found, routes=((HV01, HV02),))))
    assert [said(row).rsplit(". ", 1)[1] for row in first.xpath(".//ol/li")] == ["frees none by itself"] * 2
    assert "Of 1 move not ready none wait for one of these alone, 1 for several." in said(first)
    unsure = finding("LM-06", host(HV02), Status.UNKNOWN, note="nobody knows")
    first = first_of(acting(build([found[1], unsure], routes=((HV01, HV02),))))
    assert said(first.xpath(".//ol/li")[0]).endswith("frees at most 1 of 1 move")


def test_more_actors_than_there_is_room_for_are_counted():
    first = first_of(full())
    assert len(first.xpath(".//ol[@class='doers']/li")) == ACTORS
    assert "Then virtual machine (1 action), 1 thing to find out." in said(first)


def test_how_many_moves_of_a_kind_are_ready_is_said_of_all():
    found = [finding("DEL-01", route(HV01, HV02), Status.FAIL, "x"), finding("ID-01", host(HV01), Status.PASS, "ok")]
    for routes, moves in (
        (((HV01, HV02), (HV02, HV01)), "2 moves: 1 ready (hv02 → hv01), 1 not ready"),
        (((HV01, HV02),), "1 move: 1 not ready"),
        ((), "no move is planned"),
    ):
        page = html.fromstring(render(build(found, routes=routes)))
        (kind,) = page.xpath("//ul[contains(@class, 'kinds')]/li")
        assert said(kind) == f"live migration not ready, judged by 8 of 9 checks {moves}"


def test_a_note_beside_the_verdict_ends_once():
    page = html.fromstring(render(build([], accepted=("Is this known?", "This is"))))
    assert [said(note) for note in page.find_class("note")][-2:] == ["Is this known?", "This is."]


def test_notes_that_there_is_no_room_for_stand_below_in_full():
    long = "it goes on and on " * 15
    page = html.fromstring(render(build([], besides=("one", long.strip(), "three"))))
    first = page.get_element_by_id("first")
    assert len(first.find_class("note")) == NOTES
    assert "three" not in said(first)
    assert page.xpath("//a[@href='#beside']")
    below = [said(note) for note in page.find_class("note")[NOTES:]]
    assert below == ["one.", f"{long.strip()}.", "three."]
    few = html.fromstring(render(build([], besides=("one",))))
    assert not few.xpath("//*[@id='beside']")


def test_what_is_waived_is_told_on_the_first_screen_however_much_else_there_is():
    waiver = Waiver("LM-06", HV02, "why", "who", END.date())
    use = WaiverUse(waiver=waiver, state=WaiverState.IN_FORCE, days=60, covers=(("LM-06", HV02, ""),))
    notes = tuple(f"note {n}" for n in range(9))
    report = build([], besides=notes, waivers=(use,), waivers_file="waivers.toml")
    assert "1 waiver of waivers.toml: 1 in force" in said(first_of(report))


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


def until(days: int = 0) -> Until:
    time = END.replace(day=END.day + days)
    return Until(
        time=time, verdict="not ready", check="KEY-03", subject=host(HV01), status=Status.FAIL, words="the key expires"
    )


def test_how_long_it_holds_follows_the_verdict_and_is_not_shouted():
    report = build([finding("ID-01", host(HV01), Status.PASS, "ok")], routes=((HV01, HV02),), not_judged=())
    page = html.fromstring(render(replace(report, turns=Turns({("", "", ""): until()}))))
    first = said(page.get_element_by_id("verdict"))
    assert "Ready until 2026-11-21 12:00 UTC: the key expires (KEY-03, hv01)." in first
    assert first.index("Ready until") < first.index("live migration ready")
    assert "no date is known" not in first


def test_each_kind_of_move_says_until_when_and_what_ends_it_where_that_is_not_said_above():
    one = finding("ID-01", host(HV01), Status.PASS, "ok", profiles=frozenset(Profile))
    turns = Turns({("", "", ""): until(), ("", "", Profile.ASR_VMM): until(), ("", "", Profile.REPLICA): until(2)})
    first = first_of(build([one], routes=((HV01, HV02),), profiles=[*Profile], turns=turns))
    assert [said(ends) for ends in first.find_class("ends")] == [
        "no date is known that ends it",
        "until 2026-11-23 12:00 UTC: the key expires (KEY-03, hv01)",
        "until 2026-11-21 12:00 UTC",
    ]


def test_nothing_is_said_twice_on_the_first_screen_where_nobody_answered():
    gap = Gap("OperatingSystem", HV01, GapReason.UNREACHABLE, "no answer")
    lacking = [finding("ID-01", host(HV01), Status.UNKNOWN, note=str(gap))]
    silent = TargetInfo(name=HV01, kind="host")
    page = html.fromstring(render(build(lacking, gaps=(gap,), targets=(silent,), routes=((HV01, HV02),))))
    assert said(page.get_element_by_id("verdict")).count("No host could be read") == 1


def test_what_follows_from_failures_is_told_below_them_and_above_the_waivers():
    cause = finding("ID-01", host(HV01), Status.FAIL, "x")
    later = finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", follows_from=(("ID-01", HV01),))
    waiver = Waiver("LM-06", HV02, "why", "who", END.date())
    use = WaiverUse(waiver=waiver, state=WaiverState.UNUSED, days=60, note="nothing is called so")
    page = html.fromstring(render(replace(build([cause, later]), waivers=(use,), waivers_file="waivers.toml")))
    first = said(page.get_element_by_id("verdict"))
    assert chapters(page) == ["By kind of move", "2 verdicts", "What stands in the way", "Waivers"]
    assert "2 failed: 2 blockers (1 of them follows from others)." in first
    assert first.index("1 more failure follows from these") < first.index("Waivers LM-06 on hv02")


def test_links_of_the_numbers_lead_to_their_chapters():
    page = html.fromstring(render(build(findings())))
    links = page.xpath("//ul[@class='tally']//a/@href")
    assert links == ["#passed", "#blockers", "#warnings", "#not-applicable", "#unknown", "#errors"]
    waiver = Waiver("LM-06", HV02, "why", "who", END.date())
    waived = finding("ID-01", host(HV01), Status.FAIL, "x", waiver=waiver)
    page = html.fromstring(render(build([waived])))
    assert page.xpath("//ul[@class='tally']//a/@href") == ["#waived"]


def test_what_stops_a_route_is_found_below_where_it_only_follows_from_others():
    """Every link of the page leads somewhere, also to a check of which all failures follow from others."""
    first = finding("ID-01", host(HV01), Status.FAIL, "x")
    later = finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", follows_from=(("ID-01", HV01),))
    page = render(build([first, later], routes=((HV01, HV02),)))
    assert broken({"report.html": page}) == []
    assert 'stopped by <a href="#fail-DEL-01-follows">DEL-01</a>' in page
