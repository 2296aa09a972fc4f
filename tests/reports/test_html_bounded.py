"""A page of very many findings: what is left out is told, failures last, and no link leads nowhere."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from reports import html_bounded, html_report, html_view
from scanner.judge import scopes
from scanner.words.model import Status
from scanner.words.scope import Subject
from tests.reports.conftest import HV01, HV02, build, finding, host


def machine(number: int) -> Subject:
    return Subject(scopes.VM, (HV01, f"{number:036}"), f"vm{number:04}")


def found(status: Status, number: int, check: str = "NET-01", **words: object):
    return [finding(check, machine(n), status, **words) for n in range(number)]


def many():
    return build(
        [
            *found(Status.FAIL, 60, seen="9.0", wanted="8.0"),
            *found(Status.UNKNOWN, 200, "VM-06", note="nobody answered"),
            *found(Status.PASS, 100, "ID-01"),
            finding("DEL-01", host(HV02), Status.WARN, seen="x", works="y"),
        ],
        routes=((HV01, HV02),),
    )


def page(monkeypatch, report, most: int, limit: int = html_bounded.LIMIT):
    monkeypatch.setattr(html_bounded, "MOST", most)
    monkeypatch.setattr(html_bounded, "LIMIT", limit)
    return html.fromstring(html_report.render(report))


def listed(root, status: str) -> int:
    groups = root.xpath(f"descendant-or-self::*[@data-status='{status}']")
    return sum(len(group.xpath("descendant::*[contains(concat(' ', @class, ' '), ' f ')]")) for group in groups)


def test_few_findings_are_all_there(monkeypatch):
    root = page(monkeypatch, many(), 361)
    assert [listed(root, status) for status in ("FAIL", "WARN", "UNKNOWN", "PASS")] == [60, 1, 200, 100]
    assert "this page lists" not in root.text_content()


def test_failures_and_warnings_go_before_what_is_unknown_and_that_before_what_passed(monkeypatch):
    root = page(monkeypatch, many(), 100)
    assert [listed(root, status) for status in ("FAIL", "WARN", "UNKNOWN", "PASS")] == [60, 1, 39, 0]
    text = root.text_content()
    cut = "Of 361 findings this page lists 100, failures first; "
    assert f"{cut}the JSON report and a folder of pages (--html DIR/) have all." in text
    assert "And 161 more findings of this check, in the JSON report." in text
    assert "And 100 more findings, in the JSON report." in text
    assert root.get_element_by_id("unknown").xpath("string(h3/small)") == "200"


def test_of_too_many_failures_each_check_has_some(monkeypatch):
    report = build([*found(Status.FAIL, 60, seen="9"), *found(Status.FAIL, 5, "VM-06", seen="9")])
    root = page(monkeypatch, report, 20)
    assert listed(root, "FAIL") == 20
    assert listed(root.get_element_by_id("fail-VM-06"), "FAIL") in (0, 5)
    assert "And 45 more findings of this check" in root.text_content()


def test_every_link_leads_somewhere(monkeypatch):
    for most in (1000, 100, 5):
        root = page(monkeypatch, many(), most)
        known = set(root.xpath("//@id"))
        assert {link[1:] for link in root.xpath("//a/@href") if link.startswith("#")} <= known


def test_a_page_that_is_still_too_large_lists_fewer(monkeypatch):
    long = [replace(one, seen=f"{n} " * 100) for n, one in enumerate(found(Status.FAIL, 3000))]
    size = len(html_report.render(build(long)).encode())
    root = page(monkeypatch, build(long), 3000, size // 2)
    assert 500 < listed(root, "FAIL") < 1500
    assert len(html.tostring(root, encoding="utf-8")) < size // 2 * 1.1


def test_shares_are_fair():
    chapters = html_view.parts(many())
    for most in (0, 1, 7, 60, 61, 100, 261, 300, 361, 1000):
        bounded = html_bounded.bounded(chapters, most)
        assert sum(chapter.shown for chapter in bounded) <= most
        assert [chapter.size for chapter in bounded] == [chapter.size for chapter in chapters]


def test_routes_of_which_the_same_is_to_be_said_stand_together(monkeypatch):
    hosts = [f"h{n}.x" for n in range(5)]
    pairs = [(a, b) for a in hosts for b in hosts if a != b]
    report = build([finding("ID-01", host(name), Status.UNKNOWN, note="x") for name in hosts], routes=pairs)
    rows = page(monkeypatch, report, 1000).xpath("//section[@id='routes']//li")
    assert len(rows) == 1
    assert [one.get("id") for one in rows[0].xpath("b")] == [f"route-{a}--{b}".replace(".", "_") for a, b in pairs]
