"""Groups as they were declared: a line and a place of their own, the hosts below; no verdict is changed by them."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile

import pytest
from lxml import html

from reports import html_report, json_report, terminal
from scanner.judge import scopes
from scanner.words.model import Profile, Status
from scanner.words.moves import MOVES
from scanner.words.scope import Subject
from scanner.words.until import Turns, Until
from tests.reports.conftest import HOSTILE, HV01, HV02, HV11, build, finding, host, route

HV12 = "hv12.branch.example"
SITES = {"berlin": (HV01, HV02), "munich": (HV11, HV12)}
BETWEEN = (("berlin", "munich"),)
ROUTES = tuple((here, there) for here in SITES["berlin"] for there in SITES["munich"])
GOOD = [finding("ID-01", host(name), Status.PASS, "member") for name in (HV01, HV02, HV11, HV12)]


def made(*found, routes=ROUTES, groups=SITES, between=BETWEEN, **words):
    return build([*GOOD, *found], routes=routes, groups=groups, between=between, **words)


def top(report, *, width=120, whole=False) -> list[str]:
    """The lines of moves on a terminal: the last but for the counts, or before all else."""
    text = terminal.render(report, width=width, part=terminal.Part.WHOLE if whole else terminal.Part.ALL)
    parts = text.split("\n\n")
    (part,) = [part for part in (parts[0], parts[-1]) if part.startswith(tuple(MOVES.values()))][:1]
    lines = takewhile(lambda line: line.startswith((*MOVES.values(), " ")), part.splitlines())
    return [" ".join(line.split()) for line in lines]


def said(element) -> str:
    return " ".join(element.text_content().split())


def verdict_of(page):
    return page.get_element_by_id("verdict")


def test_moves_that_are_alike_are_one_line():
    assert top(made()) == ["live migration READY berlin → munich all 4 moves"]
    stopped = made(finding("ID-01", host(HV11), Status.FAIL, "x"), finding("ID-01", host(HV12), Status.FAIL, "x"))
    assert top(stopped) == ["live migration NOT READY berlin → munich all 4 moves; 2 blockers"]


def test_moves_that_differ_are_opened_worst_first():
    report = made(finding("DEL-01", route(HV02, HV11), Status.FAIL, "x"), finding("LM-06", host(HV12), Status.UNKNOWN))
    assert top(report, width=200) == [
        "live migration NOT READY berlin → munich 1 of 4 moves ready, 1 not ready, 2 incomplete; 1 blocker, 1 unknown",
        "NOT READY hv02 → hv11 1 blocker",
        "INCOMPLETE hv01 → hv12 1 unknown",
        "INCOMPLETE hv02 → hv12 1 unknown",
        "READY hv01 → hv11",
    ]


def test_verbose_opens_all():
    whole = top(made(), whole=True)
    assert whole[0] == top(made())[0]
    assert whole[1:] == ["READY hv01 → hv11", "READY hv01 → hv12", "READY hv02 → hv11", "READY hv02 → hv12"]


def test_what_stops_several_moves_counts_once():
    (group,) = made(finding("ID-01", host(HV01), Status.FAIL, "x"), finding("NET-02", host(HV01), Status.WARN)).groups
    assert (group.blockers, group.warned) == ((("ID-01", HV01),), 1)
    assert (group.numbers.ready, group.numbers.not_ready, group.numbers.incomplete) == (2, 2, 0)


def test_a_group_of_one_host_to_one_needs_no_numbers():
    groups = {"berlin": (HV01,), "munich": (HV11,)}
    report = made(finding("DEL-01", route(HV01, HV11), Status.FAIL, "x"), routes=((HV01, HV11),), groups=groups)
    assert top(report, whole=True) == ["live migration NOT READY berlin → munich 1 blocker"]
    assert verdict_of(html.fromstring(html_report.render(report))).xpath(".//details") == []


def test_a_host_may_stand_beside_a_group_and_for_itself():
    routes = ((HV01, HV11), (HV02, HV11), (HV01, HV02), (HV02, HV01), (HV12, HV01))
    between = (("berlin", HV11), ("berlin", "berlin"))
    report = made(finding("DEL-01", route(HV12, HV01), Status.FAIL, "x"), routes=routes, between=between)
    assert top(report) == [
        "live migration NOT READY hv12 → hv01 1 blocker",
        "READY berlin → hv11 all 2 moves",
        "READY within berlin all 2 moves",
    ]
    page = verdict_of(html.fromstring(html_report.render(report)))
    assert "Between single hosts:" in said(page)
    assert [said(one) for one in page.xpath(".//summary/b")] == ["berlin → hv11", "within berlin"]


def test_each_kind_of_move_has_its_own_line():
    both = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})
    found = [replace(one, profiles=both) for one in GOOD]
    one = finding("DEL-01", route(HV01, HV11), Status.FAIL, "x", profiles=frozenset({Profile.REPLICA}))
    report = build([*found, one], routes=ROUTES, groups=SITES, between=BETWEEN, profiles=both)
    assert top(report)[:2] == [
        "live migration READY berlin → munich all 4 moves",
        "Hyper-V Replica NOT READY berlin → munich 3 of 4 moves ready, 1 not ready; 1 blocker",
    ]
    told = json.loads(json_report.render(report))["groups"][0]
    assert [(kind["profile"], kind["ready"], kind["not_ready"]) for kind in told["profiles"]] == [
        ("live-migration", 4, 0),
        ("replica", 3, 1),
    ]


@pytest.mark.parametrize("found", [[], [finding("DEL-01", route(HV02, HV11), Status.FAIL, "x")]])
def test_no_verdict_is_another_for_the_groups(found):
    with_groups, without = made(*found), made(*found, groups={}, between=())
    assert replace(with_groups, groups=()) == without
    assert without.groups == ()


def test_an_estate_without_groups_reads_as_before():
    report = made(finding("DEL-01", route(HV02, HV11), Status.FAIL, "x"), groups={}, between=())
    assert top(report)[0] == "live migration NOT READY hv02 → hv11 1 blocker"
    assert json.loads(json_report.render(report))["groups"] == []
    assert verdict_of(html.fromstring(html_report.render(report))).xpath(".//details") == []


def test_a_run_that_was_narrowed_says_of_how_many_moves_its_group_is():
    report = made(routes=ROUTES[:1], chosen=("hv01 → hv11",))
    assert top(report)[0].startswith("live migration READY berlin → munich 1 of its 4 moves chosen")
    told = json.loads(json_report.render(report))["groups"][0]
    assert (told["moves"], told["of"]) == (1, 4)


def test_groups_that_share_hosts_are_each_told_whole():
    groups = {"all": (HV01, HV02), "one": (HV01,), "munich": (HV11,)}
    routes = ((HV01, HV11), (HV02, HV11))
    found = [finding("DEL-01", route(HV01, HV11), Status.FAIL, "x")]
    report = made(*found, groups=groups, routes=routes, between=(("all", "munich"), ("one", "munich")))
    assert [(group.source, group.numbers.not_ready, group.of) for group in report.groups] == [
        ("all", 1, 2),
        ("one", 1, 1),
    ]


def test_a_group_is_ready_until_the_first_of_its_moves_is_not():
    def until(day: int, verdict: str) -> Until:
        when = datetime(2026, 12, day, 9, 0, tzinfo=UTC)
        about = Subject(scopes.HOST, (HV01,))
        return Until(
            time=when, verdict=verdict, check="KEY-03", subject=about, status=Status.FAIL, words="the key expires"
        )

    turns = {(*ROUTES[2], ""): until(5, "not ready"), (*ROUTES[1], ""): until(3, "incomplete")}
    turns |= {(*ends, Profile.LIVE_MIGRATION): one for (*ends, _), one in turns.items()}
    report = made(turns=Turns(turns))
    assert top(report) == ["live migration READY berlin → munich all 4 moves; until 2026-12-03 09:00 UTC"]
    told = json.loads(json_report.render(report))["groups"][0]
    assert (told["until"], told["then"]) == ("2026-12-03T09:00:00Z", "incomplete")
    assert told["profiles"][0]["until"] == told["until"]
    stopped = made(finding("DEL-01", route(HV02, HV11), Status.FAIL, "x"), turns=Turns(turns))
    assert json.loads(json_report.render(stopped))["groups"][0]["until"] == ""


def test_the_page_shows_groups_first_and_opens_each_to_its_hosts():
    report = made(finding("DEL-01", route(HV02, HV11), Status.FAIL, "x"))
    page = html.fromstring(html_report.render(report))
    groups, hosts = verdict_of(page).iter("table")
    assert [said(th) for th in groups.xpath(".//th")] == ["from \\ to", "munich", "berlin"]
    assert said(groups.xpath(".//tbody//td")[0]) == "not ready 3 of 4 moves ready, 1 not ready"
    (details,) = verdict_of(page).iter("details")
    assert details.get("open") is None
    assert hosts in list(details.iter("table"))
    place = page.get_element_by_id(groups.xpath(".//td/a/@href")[0][1:])
    assert details in list(place.iterancestors()), "a browser opens the details around what a link leads to"
    assert {link[1:] for link in hosts.xpath(".//td/a/@href")} <= set(page.xpath("//*[@id]/@id"))


def test_many_groups_are_folded_together():
    groups = {f"g{number:02}": (f"a{number}.example", f"b{number}.example") for number in range(14)}
    routes = tuple((name, HV11) for hosts in groups.values() for name in hosts)
    report = made(groups=groups, routes=routes, between=tuple((name, HV11) for name in groups))
    page = verdict_of(html.fromstring(html_report.render(report)))
    (outer,) = page.xpath(".//details[not(ancestor::details)]")
    assert said(outer.find("summary")) == "Host by host: 14 moves of groups"
    assert len(outer.xpath(".//details")) == 14


def test_a_large_matrix_is_signs_with_a_letter_and_its_reason():
    hosts = [f"hv{number:02}.example" for number in range(50)]
    routes = tuple((here, there) for here in hosts for there in hosts if here != there)
    found = [finding("DEL-01", route(hosts[1], hosts[2]), Status.FAIL, "x")]
    begun = time.process_time()
    text = html_report.render(build([finding("ID-01", host(n), Status.PASS, "") for n in hosts] + found, routes=routes))
    assert time.process_time() - begun < 20
    assert len(text) < 1_500_000
    (table,) = verdict_of(html.fromstring(text)).iter("table")
    cell = table.xpath(".//tbody/tr[2]/td[3]")[0]
    assert cell.get("class") == "fail"
    assert said(cell.find("a/b")) == "N"
    assert said(cell.find("a/span")) == "hv01 → hv02: not ready, stopped by DEL-01"
    assert "R ready, N not ready, I incomplete" in said(table.find("caption"))
    assert {said(b) for b in table.xpath(".//td//b")} == {"R", "N"}


def test_a_star_is_a_list_by_source():
    spokes = [f"spoke{number:02}.example" for number in range(20)]
    routes = tuple((HV01, name) for name in spokes) + tuple((name, HV01) for name in spokes)
    page = verdict_of(html.fromstring(html_report.render(made(groups={}, between=(), routes=routes))))
    assert list(page.iter("table")) == []
    rows = page.xpath(".//ul[contains(@class, 'moves')]/li")
    assert len(rows) == 21
    assert len(rows[0].xpath(".//a")) == 20
    assert said(rows[1]) == "spoke00 R hv01 spoke00 → hv01: ready"


def test_what_a_group_is_called_acts_nowhere():
    groups = {HOSTILE: (HV01, HV02), "munich": (HV11, HV12)}
    report = made(groups=groups, between=((HOSTILE, "munich"),))
    page = html_report.render(report)
    assert "<script>alert" not in page
    assert len(html.fromstring(page).xpath("//script")) == 1
    for text in (page, terminal.render(report, part=terminal.Part.WHOLE)):
        assert "\u202e" not in text
        assert "\x1b" not in text
    assert json.loads(json_report.render(report))["groups"][0]["source"] == HOSTILE
