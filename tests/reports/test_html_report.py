from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from lxml import html

from reports.html_report import render
from reports.html_view import anchor
from reports.text import clean
from scanner.judge import scopes
from scanner.words.model import Profile, Status
from scanner.words.report import UNPROVEN, Report
from scanner.words.scope import Subject
from scanner.words.wording import READABLE
from tests.reports.conftest import GUIDS, HV01, HV02, HV11, REMEDY, build, finding, host, machine, move, route
from tests.reports.strategies import reports


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return render(report)


@pytest.fixture(scope="module")
def page(text: str):
    return html.fromstring(text)


def said(element) -> str:
    return " ".join(element.text_content().split())


def apart(element) -> str:
    """The words with a blank between elements, as in tables and lists."""
    return " ".join(" ".join(element.itertext()).split())


def test_every_finding_is_there_once(page, report: Report):
    ids = page.xpath("//*[contains(concat(' ', @class, ' '), ' f ')]/@id")
    assert Counter(ids) == Counter(map(anchor, report.findings))


@settings(max_examples=25, deadline=None)
@given(reports())
def test_every_report_is_a_page_with_every_finding_once(made: Report):
    page = html.fromstring(render(made))
    ids = page.xpath("//*[contains(concat(' ', @class, ' '), ' f ')]/@id")
    assert Counter(ids) == Counter(map(anchor, made.findings))
    assert len(page.xpath("//script")) == 1


def test_ids_are_unique_and_links_lead_somewhere(page):
    ids = Counter(page.xpath("//@id"))
    assert set(ids.values()) == {1}
    targets = {href[1:] for href in page.xpath("//@href") if href.startswith("#")}
    assert targets <= set(ids)
    away = [a for a in page.iter("a") if not a.get("href").startswith("#")]
    assert {a.get("rel") for a in away} <= {"noopener noreferrer"}, "links to the vendor's pages"
    assert not page.xpath("//@src"), "and the page itself asks nobody for anything"
    assert not page.xpath("//*[@href and not(self::a or self::use)]")


def test_first_the_policy_then_everything_by_its_hash(text: str, page):
    first = page.find("head")[0]
    assert first.get("http-equiv") == "Content-Security-Policy"
    policy = first.get("content")
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nothing_from_targets_is_markup(text: str, page):
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style")
    assert "<script>alert" not in text
    assert "{{7*7}}" in text
    assert "49" not in said(page.get_element_by_id("hv01_corp_example--NET-02"))
    assert "[bold]b[/bold]" in text
    assert all(char.isprintable() or char in READABLE for char in text)
    assert "\\u202egnp.exe" in text
    text.encode("utf-8")


def test_a_megabyte_stays_out(text: str):
    assert len(text) < 200_000
    assert "(1,048,576 characters)" in text
    assert "# a command of 1,048,576 characters; the JSON report has it" in text


def test_first_screen(page):
    first = page.get_element_by_id("verdict")
    assert [said(h) for h in first.iter("h1")] == ["Not ready"]
    assert "2 blockers stop 3 of 4 routes. 7 verdicts could not be given." in said(first)
    headings = [said(h) for h in first.iter("h2")]
    assert headings == [
        "By kind of move",
        "16 verdicts",
        "What could not be judged 7 verdicts of 16",
        "What stands in the way",
        "Each cause of what could not be judged",
    ]
    assert "DEL-01 Source may delegate the migration service critical hv01 → hv11" in said(first)
    assert "hv11: unreachable (no answer on 5986 within 10 s)" in said(first)


def test_beside_the_verdict_stands_how_far_it_reaches(page):
    kinds = page.xpath("//ul[contains(@class, 'kinds')]/li")
    first = said(page.get_element_by_id("verdict"))
    moves = "4 moves: 3 not ready, 1 incomplete"
    assert [said(li) for li in kinds] == [f"live migration not ready, judged by 8 of 9 checks {moves}"]
    assert "Live migration: 2 blockers, 1 lesser failed, 2 warnings, 7 unknown." in first
    assert "Not judged at all: 1 passage no check ever can, 1 passage none does yet." in first
    assert f"{UNPROVEN}." in first
    ready = html.fromstring(render(build([finding("ID-01", host(HV01), Status.PASS, "ok")], routes=((HV01, HV02),))))
    (one,) = ready.xpath("//ul[contains(@class, 'kinds')]/li")
    ends = "no date is known that ends it"
    assert said(one) == f"live migration ready, as far as judged: 8 of 9 checks 1 move: 1 ready {ends}"
    assert one.xpath(".//a/@href") == ["#not-judged"]
    whole = html.fromstring(render(build([finding("ID-01", host(HV01), Status.PASS, "ok")], not_judged=())))
    assert "judged" not in said(whole.get_element_by_id("verdict"))


def test_the_matrix_names_kinds_of_move_only_where_they_differ():
    both = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})
    found = [
        finding("ID-01", host(HV01), Status.PASS, "member", profiles=both),
        finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", profiles=frozenset({Profile.REPLICA})),
    ]
    page = html.fromstring(render(build(found, routes=((HV01, HV02), (HV02, HV01)), profiles=both)))
    cells = [said(td) for td in page.xpath("//table[contains(@class, 'matrix')]//td/a/..")]
    assert cells == ["not ready live migration ready Hyper-V Replica not ready 1 blocker", "ready"]
    assert "Where kinds of move differ, each is named." in said(page.get_element_by_id("verdict"))
    routes = said(page.get_element_by_id("routes"))
    assert "live migration ready Hyper-V Replica not ready, stopped by DEL-01; 1 blocker" in routes


def test_kinds_of_move_of_which_the_same_is_to_be_said_are_named_together_by_route():
    one = finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", profiles=frozenset({Profile.REPLICA}))
    page = html.fromstring(render(build([one], routes=((HV01, HV02),), profiles=tuple(Profile))))
    lines = [said(line) for line in page.xpath("//*[@id='routes']//*[contains(@class, 'ls')]")]
    assert lines == [
        "live migration, Site Recovery incomplete",
        "Hyper-V Replica not ready, stopped by DEL-01; 1 blocker",
    ]


def test_what_the_estate_accepts_stands_beside_the_verdict():
    page = html.fromstring(render(build([], accepted=("Accepted by the estate: <b>this</b>",))))
    assert "Accepted by the estate: <b>this</b>." in [said(note) for note in page.find_class("note")]


def test_what_a_person_has_to_do_has_no_button_to_copy():
    words = "Join 'hv01.corp.example' to a domain that the other hosts are in."
    each = [finding("ID-01", host(f"h{n}.example"), Status.FAIL, "x", remedy=f"Join h{n} to one.") for n in range(5)]
    for found, told in (([finding("ID-01", host(HV01), Status.FAIL, "y", remedy=words)], words), (each, "Join h4 to")):
        findings = html.fromstring(render(build(found))).get_element_by_id("findings")
        assert told in said(findings)
        assert findings.xpath(".//pre | .//*[@class='do']") == []


def test_the_matrix_is_a_table_that_can_be_read_aloud(page):
    (table,) = page.get_element_by_id("verdict").iter("table")
    assert table.find("caption") is not None
    assert [said(th) for th in table.xpath(".//th[@scope='col']")] == ["from \\ to", "hv01", "hv11", "hv02"]
    assert [said(th) for th in table.xpath(".//th[@scope='row']")] == ["hv01", "hv11", "hv02"]
    cells = [said(td) for td in table.xpath(".//tbody/tr[1]/td")]
    assert cells[0] == "the same host"
    assert cells[1].startswith("not ready 1 blocker")
    assert table.xpath(".//td/a/@href")[0] == "#route-hv01_corp_example--hv11_branch_example"


def test_a_finding_says_seen_wanted_why_do_evidence(page):
    found = page.get_element_by_id("hv01_corp_example--hv11_branch_example--DEL-01")
    assert [said(dt) for dt in found.iter("dt")] == ["About", "Seen", "Wanted", "Do", "Evidence"]
    assert found.getparent().tag == "details", "a browser opens what holds the target of a link, not the target itself"
    assert found.xpath(".//code")[0].text_content() == REMEDY
    assert "MigrationSettings of hv01.corp.example, 12:00:03Z" in said(found)
    answer = page.get_element_by_id(found.xpath(".//a/@href")[-1][1:])
    assert "question 1" in said(answer)
    assert "Get-CimInstance -ClassName Msvm_X" in said(page.get_element_by_id("q1"))


def test_worst_first(page):
    parts = page.xpath("//section[contains(@class, 'part')]/@id")
    assert parts == ["blockers", "lesser", "errors", "unknown", "warnings", "passed", "not-applicable"]


def test_shared_texts_are_not_repeated_for_every_subject():
    many = build([finding("ID-01", host(f"h{number}.corp.example"), Status.FAIL, "x") for number in range(200)])
    text = render(many)
    assert text.count("In general, see to it: host is joined to an active directory domain.") <= 3
    assert text.count("S0-S3 #consider-options") <= len(many.checks) + 1


def test_views_by_route_host_machine_network(page):
    assert "hv01 → hv11 virtual disks move, too live migration not ready, stopped by DEL-01; 1 blocker" in said(
        page.get_element_by_id("routes")
    )
    assert "failed DEL-01 hv01 → hv11, LM-06" in said(page.get_element_by_id("hosts"))
    assert "not ready → hv11 live migration: DEL-01; not known besides: VM-02" in said(
        page.get_element_by_id("machines")
    )
    assert "192.168.10.0/24 – – – – 1 failed NET-01 hv02" in apart(page.get_element_by_id("networks"))


def test_method_tells_who_when_how_and_what_is_missing(page):
    method = apart(page.get_element_by_id("method"))
    for words in (
        "2026-11-21 12:00:00 UTC to 2026-11-21 12:00:07 UTC",
        "runner.corp.example",
        "hv01.corp.example host CORP\\audit https verified nothing 2.2 41 41",
        "checks 0.1.0 (built-in)",
        "hv11.branch.example unreachable: no answer on 5986 within 10 s 1 fact: MigrationSettings",
        "16 findings in all",
    ):
        assert words in method
    assert "no such subject in this estate" in render(build([finding("ID-01", host(HV01), Status.PASS)]))


class Outline(HTMLParser):
    """Collects what assistive technology walks by."""

    def __init__(self):
        super().__init__()
        self.headings: list[int] = []
        self.tags = Counter()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_outline(text: str, page):
    outline = Outline()
    outline.feed(text)
    outline.close()
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert [outline.tags[tag] for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 2]
    assert page.get("lang") == "en"
    assert {table.find("caption") is not None for table in page.iter("table")} == {True}
    assert {svg.get("aria-hidden") for svg in page.iter("svg")} == {"true"}
    assert outline.tags["details"] == len(re.findall("</details>", text))


def test_without_script_and_style_every_text_is_there(report: Report, page):
    whole = said(page)
    for found in report.findings:
        for words in (found.title, found.seen, found.wanted, found.note):
            assert " ".join(clean(words).split()) in whole or found.status in (Status.PASS, Status.NOT_APPLICABLE)
        assert found.seen in whole or found.status is not Status.PASS
    assert page.get_element_by_id("tools").get("hidden") is not None, "controls that need the script are not shown"


OFF = finding("ID-01", host(HV11), Status.FAIL, "x")
OK = finding("ID-01", host(HV01), Status.PASS, "ok")


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ({}, "Nothing was judged."),
        ({"found": [OK]}, "No move is planned, so none is ready."),
        ({"found": [OK], "routes": ((HV01, HV02),), "profiles": ("live-migration", "replica")}, "judged by nothing."),
        ({"found": [OK], "routes": ((HV01, HV02),)}, "Nothing stands in the way, as far as judged."),
        ({"found": [OK, OFF], "routes": ((HV01, HV02),)}, "1 blocker, and none of them on a route."),
        ({"found": [OK, OFF], "routes": ((HV01, HV02),)}, "On no route: hv11 (counts against the run: 1 blocker)."),
        ({"found": [OK, OFF], "routes": ((HV01, HV11),)}, "1 blocker stops 1 of 1 route."),
        ({"found": [OK, OFF]}, "1 blocker stops the move."),
        ({"found": [], "interrupted": True}, "The run was ended early; what had been read by then is judged."),
    ],
    ids=["empty", "no route", "one kind of move", "ready", "off", "who is off", "on", "no move", "interrupted"],
)
def test_every_verdict_in_words(words, lead):
    page = html.fromstring(render(build(words.pop("found", []), **words)))
    assert lead in said(page.get_element_by_id("verdict"))


def test_many_subjects_are_cut_in_lists_and_whole_among_findings():
    moves = [
        finding("VM-02", move(f"{n:08x}{GUIDS[0][8:]}", f"web-{n}"), Status.UNKNOWN, note="why") for n in range(40)
    ]
    routes = [(HV01, HV11), (HV01, HV02)]
    found = [*moves, *(finding("DEL-01", route(*pair), Status.FAIL, "x") for pair in routes)]
    page = html.fromstring(render(build(found, routes=routes)))
    assert "40 VMs → hv11: VM-02" in said(page.get_element_by_id("verdict"))
    assert len(page.xpath("//section[@id='unknown']//*[@id]/bdi")) == 40


def test_other_kinds_of_subject_and_unknown_checks_are_shown():
    key = Subject(scopes.KEY_FILE, ("C:\\keys\\<a>.VaultCredentials",))
    page = html.fromstring(render(replace(build([finding("ID-01", key, Status.FAIL, "x")]), checks=())))
    assert "<a>.VaultCredentials" in said(page.get_element_by_id("blockers"))


def test_ten_thousand_findings_are_a_small_file():
    statuses = [Status.PASS] * 8 + [Status.FAIL, Status.UNKNOWN]
    found = [
        finding(check, subject(f"{n:08x}{GUIDS[0][8:]}", f"web-{n:04}"), statuses[n % 10], "x" * 60, wanted="y" * 60)
        for n in range(5_000)
        for check, subject in (("VM-02", move), ("VM-06", machine))
    ]
    assert len(render(build(found)).encode()) < 5_000_000
