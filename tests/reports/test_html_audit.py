"""The auditor's chapter: numbers that add up and say of what, where demands are written, how each target was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html

from reports.html_audit import certificate
from reports.html_report import render
from scanner.judge.method import method_of
from scanner.words.estate import Estate
from scanner.words.evidence import Answer, Evidence
from scanner.words.method import Asked, Method, Reading
from scanner.words.model import Fact, Profile, Severity, Status, key_of
from scanner.words.not_judged import NotJudged
from scanner.words.passage import Page, Passage, address_of
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from tests.reports.conftest import END, HOSTILE, HV01, HV02, HV11, START, build, finding, findings, host, route

LIVE = Page("Set up hosts", ("S0", "S1"), "https://learn.example/hosts")
OLD = Page("Replicate", ("S4",), "https://github.example/vmm.md")
PASSAGES = (
    Passage("L01", "Hosts are in a domain", "S0:33", ("ID-01", "ID-09"), page=LIVE),
    Passage("L02", "Delegation & <more>", "S0:76", ("DEL-01",), page=LIVE),
    Passage("A01", "The vault is active", "S4:55", never="The vault is active", page=OLD),
    Passage("A02", "Ports are open", "S4:191", ("RCH-06",), page=OLD),
)
WAIVER = Waiver("NET-01", HV02, f"cable {HOSTILE}", "network <team>", date(2027, 1, 31), ticket="CHG-1")


def said(node) -> str:
    return " ".join(node.text_content().split())


def table(page, caption: str) -> tuple[list[list[str]], list[str]]:
    """The rows and the foot of the table whose region is called so."""
    (found,) = page.xpath(f"//div[@aria-label='{caption}']/table")
    rows = [[said(cell) for cell in row] for row in found.xpath("tbody/tr")]
    foot = [[said(cell) for cell in row] for row in found.xpath("tfoot/tr")]
    return rows, foot[0] if foot else []


def number(text: str) -> int:
    return int(text.replace(",", "") or 0)


def audited(**words: object) -> Report:
    found = findings()
    waived = [replace_waiver(one) if one.check == "NET-01" else one for one in found]
    use = WaiverUse(waiver=WAIVER, state=WaiverState.IN_FORCE, days=61, covers=(("NET-01", HV02, ""),))
    made = build(
        waived,
        routes=((HV01, HV11), (HV11, HV01)),
        passages=PASSAGES,
        record="ab" * 32,
        waivers=(use,),
        waivers_file="waivers.toml",
        not_judged=(NotJudged("", "The vault is active", "S4, step 1", frozenset(Profile), look="Look."),),
    )
    return replace(made, **words)


def replace_waiver(one):
    from dataclasses import replace as changed

    return one.saying(changed(one.said, waiver=WAIVER))


@pytest.fixture(scope="module")
def page():
    return html.fromstring(render(audited()))


def test_findings_are_counted_in_one_place_each_and_add_up(page):
    rows, foot = table(page, "Numbers")
    for row in rows:
        assert sum(map(number, row[1:-1])) == number(row[-1])
    for column in range(1, len(foot)):
        assert sum(number(row[column]) for row in rows) == number(foot[column])
    report = audited()
    assert number(foot[-1]) == len(report.findings)
    blocks, lacks = sum(map(report.blocks, report.findings)), sum(map(report.lacks, report.findings))
    assert [number(text) for text in foot[1:5]] == [blocks, 1, lacks, report.waived.findings]
    assert "one is what one check says of one subject" in said(page.xpath("//div[@aria-label='Numbers']//caption")[0])


def test_checks_add_up_to_all_findings(page):
    rows, foot = table(page, "Checks")
    report = audited()
    told = [row for row in rows if len(row) == 10]
    for column in range(3, 10):
        assert sum(number(row[column]) for row in told) == number(foot[column])
    assert number(foot[-1]) == len(report.findings)
    assert foot[1] == "8 checks"
    assert len(rows) == 8


def test_findings_of_a_check_that_nobody_knows_count_too():
    page = html.fromstring(render(replace(audited(), checks=())))
    rows, foot = table(page, "Checks")
    assert number(foot[-1]) == len(audited().findings)
    assert {row[1] for row in rows} == {"told by no plugin of this run"}


def test_chapters_of_findings_add_up_to_all(page):
    entries = {link.get("href")[1:]: link.getparent() for link in page.xpath("//nav[@class='contents']//a")}
    inner = [
        said(li.find("span")) for li in entries.values() if li.get("class") == "in" and li.find("span") is not None
    ]
    whole = number(said(entries["findings"].find("span")))
    chapters = page.xpath("//section[@id='findings']/section/@id")
    sizes = [number(said(entries[chapter].find("span"))) for chapter in chapters]
    assert sum(sizes) == whole == len(audited().findings)
    assert inner


def test_the_contents_lead_to_every_chapter(page):
    links = [link.get("href")[1:] for link in page.xpath("//nav[@class='contents']//a")]
    ids = page.xpath("//@id")
    assert [ids.index(link) for link in links] == sorted(ids.index(link) for link in links), "in the page's order"
    sections = set(page.xpath("//main/section/@id | //section[@id='method']/h3/@id"))
    assert sections <= set(links)


def test_every_passage_has_one_place_and_its_address(page):
    rows, _ = table(page, "Passages")
    assert [row[0] for row in rows] == ["L01", "L02", "A01"]
    assert rows[0][1:] == ["Hosts are in a domain", "S0:33", "ID-01", "2 passed, 1 unknown"]
    assert rows[2][3] == "No check ever can: look yourself"
    told = said(page.get_element_by_id("passages").getnext())
    assert (
        "by 4 passages of the vendor's pages: 2 in this run, 1 that no check can judge, 1 other: their checks took no"
        in told
    )
    links = page.xpath("//div[@aria-label='Passages']//a[starts-with(@href, 'https')]")
    assert [link.get("href") for link in links] == [LIVE.address, LIVE.address, OLD.address]
    assert {link.get("rel") for link in page.xpath("//a[starts-with(@href, 'https')]")} == {"noopener noreferrer"}


@pytest.mark.parametrize(
    ("citation", "address"),
    [
        ("S0-S3 #requirements-for-setting-up bullet 2", "https://learn.example/hosts#requirements-for-setting-up"),
        ("S0-S3 #BKMK_Step1 / #use-the-snap-in-… item 5", "https://learn.example/hosts#BKMK_Step1"),
        ("S0-S3 #use-the-snap-in-… item 5", "https://learn.example/hosts"),
        ("S4, step 1", "https://github.example/vmm.md"),
        ("S0-S3 introduction", "https://learn.example/hosts"),
        ("beyond seeds", ""),
        ('S9 #"><script>', ""),
        ('S4 #"><script>', "https://github.example/vmm.md"),
    ],
)
def test_a_citation_leads_to_its_page(citation, address):
    assert address_of(citation, (LIVE, OLD)) == address


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"how": "kerberos over https at 10.0.0.1", "proof": "kerberos"}, "verified"),
        ({"how": "basic over https", "proof": "certificate"}, "verified, and names it"),
        ({"how": "basic over https", "unverified": True}, "NOT verified"),
        ({"how": "kerberos over http"}, "none: sealed by the sign-in"),
        ({"how": "kerberos, sealed on 389, dc1"}, "none: sealed by the sign-in"),
        ({"how": "simple, over TLS on 636, dc1"}, "verified"),
        ({"how": "file"}, "none"),
        ({"how": "kerberos over https", "answered": 0}, "nobody signed in"),
    ],
)
def test_certificates(words, told):
    assert certificate(TargetInfo(name="x", kind="host", **{"answered": 1} | words)) == told


def test_what_was_not_verified_is_loud():
    target = TargetInfo(name=HV01, kind="host", how="basic over https", answered=3, queries=3, unverified=True)
    page = html.fromstring(render(build(findings(), targets=(target,))))
    assert [said(strong) for strong in page.xpath("//div[@aria-label='Targets']//strong")] == ["NOT verified"]


def test_targets_tell_when_and_add_up():
    targets = tuple(
        TargetInfo(name=name, kind="host", who="CORP\\audit", how="kerberos over https", queries=n, answered=n - 1)
        for n, name in enumerate((HV01, HV02), 3)
    )
    readings = (
        Reading(HV01, START + timedelta(seconds=1), START + timedelta(seconds=5)),
        Reading(HV02, START - timedelta(days=1), START),
    )
    page = html.fromstring(render(build(findings(), targets=targets, method=Method(readings=readings))))
    rows, foot = table(page, "Targets")
    assert [row[5] for row in rows] == ["12:00:01 to 12:00:05", "2026-11-20 12:00:00 to 2026-11-21 12:00:00"]
    assert [row[-2:] for row in rows] == [["3", "2"], ["4", "3"]]
    assert foot[-2:] == ["7", "5"]
    assert "2 targets" in foot


def test_the_record_is_told_by_its_digest(page):
    method = said(page.get_element_by_id("method"))
    assert f"SHA-256 {'ab' * 32}" in method
    none = said(html.fromstring(render(audited(record=""))).get_element_by_id("method"))
    assert "No record was kept, so nobody can judge again what was read: --save FILE keeps one." in none


def test_versions_and_that_all_only_reads(page):
    made = audited(method=Method(form=1, python="3.11.7"))
    method = said(html.fromstring(render(made)).get_element_by_id("method"))
    assert "hv-preflight 0.1.0 read; judged under Python 3.11.7; records of form 1" in method
    assert "All questions below only read" in method
    assert "tests/test_readonly.py" in method


def test_the_threshold_and_what_lies_below_it(page):
    method = said(page.get_element_by_id("method"))
    assert (
        "medium: a failure of this severity or a higher one stops the run. 1 failure below it: LM-06, listed" in method
    )
    none = html.fromstring(render(audited(threshold=Severity.INFO, findings=())))
    assert "No failure is below it." in said(none.get_element_by_id("method"))


def test_waivers_have_an_owner_a_reason_and_an_end(page):
    ((what, fate, until, owner, reason, covers),) = table(page, "Waivers")[0]
    assert (what, until, owner, covers) == (f"NET-01 on {HV02}", "2027-01-31", "network <team>", "1")
    assert fate == "in force until 2027-01-31"
    assert reason.startswith("cable red")
    assert reason.endswith("(CHG-1)")
    assert "Nothing is waived." in said(html.fromstring(render(build(findings()))).get_element_by_id("method"))


def test_questions_tell_of_how_many_they_were_asked():
    asked = (
        Asked("MigrationSettings", "Get-CimInstance -ClassName Msvm_X", 12),
        Asked("Other", "Get-CimInstance -ClassName Y", 1, HOSTILE),
        Asked("Reach", "Test-Endpoint -Name x", 4),
    )
    page = html.fromstring(render(build(findings(), method=Method(asked=asked))))
    items = [said(li) for li in page.xpath("//ol[@class='asked']/li")]
    assert items[0] == "MigrationSettings 12 targetsGet-CimInstance -ClassName Msvm_X"
    assert len(items) == 3
    assert "<script>" not in html.tostring(page.xpath("//ol[@class='asked']")[0]).decode()
    assert "4 answers are about attempts to connect" in said(page.get_element_by_id("method"))


class Some(Fact):
    """A fact."""


class Other(Fact):
    """Another one."""


def test_the_method_follows_from_the_answers():
    def answer(fact: type[Fact], target: str, seconds: int, query: str) -> Answer:
        return Answer(fact, target, (), START + timedelta(seconds=seconds), query)

    answers = (answer(Some, "b", 3, "q"), answer(Other, "b", 1, "r"), answer(Some, "a", 2, "q"))
    made = method_of(Evidence(Estate(profiles=frozenset()), START, END, answers=answers, closed=True))
    assert made.readings == (
        Reading("a", START + timedelta(seconds=2), START + timedelta(seconds=2)),
        Reading("b", START + timedelta(seconds=1), START + timedelta(seconds=3)),
    )
    assert made.asked == (Asked(key_of(Other), "r", 1, "b"), Asked(key_of(Some), "q", 2))
    assert made.answers == sum(asked.answered for asked in made.asked) == 3


def test_a_finding_below_and_one_waived_mean_one_thing_each():
    low = finding("LM-06", host(HV01), Status.FAIL, "x")
    waived = replace_waiver(finding("NET-01", host(HV02), Status.FAIL, "x"))
    stops = finding("DEL-01", route(HV01, HV11), Status.FAIL, "x")
    rows, foot = table(html.fromstring(render(build([low, waived, stops], routes=((HV01, HV11),)))), "Numbers")
    assert rows == [["failed", "1", "1", "", "1", "", "3"]]
    assert foot == ["all", "1", "1", "0", "1", "0", "3"]
