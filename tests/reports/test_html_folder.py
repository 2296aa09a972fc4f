"""A report as a folder: each finding on one page, every link leads somewhere, and the index is written last."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from lxml import html

from reports import html_folder, html_parts
from reports.html_view import anchor
from reports.names import Names
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports.conftest import GUIDS, HOSTILE, HV01, HV02, HV11, build, finding, host, move, route

GROUPS = {"berlin": (HV01, HV02), "munich": (HV11,)}


def grouped() -> Report:
    found = [
        finding("DEL-01", route(HV01, HV11), Status.FAIL, "x"),
        finding("DEL-01", route(HV02, HV11), Status.PASS, "y"),
        finding("LM-06", host(HV11), Status.FAIL, "limit 0"),
        finding("VM-02", move(GUIDS[0], "web-1"), Status.UNKNOWN, note="why"),
    ]
    return build(found, routes=((HV01, HV11), (HV02, HV11)), groups=GROUPS, between=(("berlin", "munich"),))


def written(report: Report) -> dict[str, str]:
    return dict(html_folder.folder(report))


@pytest.fixture(scope="module")
def files(report: Report) -> dict[str, str]:
    return written(report)


def tree(text: str):
    return html.fromstring(text)


def pages(files: dict[str, str]) -> list[str]:
    return [name for name in files if name.startswith("part-")]


def test_the_index_comes_last_and_the_style_first(files):
    names = list(files)
    assert names[0] == html_folder.style()
    assert names[-1] == "index.html"
    assert pages(files)
    assert all(re.fullmatch(r"part-[a-z0-9-]{0,40}-[0-9a-f]{8}\.html", name) for name in pages(files))


def test_every_finding_stands_on_one_page(report: Report, files):
    ids = Counter(i for name in pages(files) for i in tree(files[name]).xpath("//*[contains(@class, 'f')]/@id"))
    assert [ids[anchor(one)] for one in report.findings] == [1] * len(report.findings)


@pytest.mark.parametrize("make", [None, grouped], ids=["hosts", "groups"])
def test_every_link_leads_somewhere(report: Report, make):
    files = written(make() if make else report)
    places = {name: set(tree(text).xpath("//@id")) for name, text in files.items() if name.endswith(".html")}
    for name, own in places.items():
        page = tree(files[name])
        assert len(page.xpath("//@id")) == len(own), "no place twice"
        for link in page.xpath("//a"):
            file, _, place = link.get("href").partition("#")
            if file.startswith("https://"):
                assert link.get("rel") == "noopener noreferrer"
                continue
            assert not file or file in files, link.get("href")
            assert not place or place in places[file or name], (name, link.get("href"))
        assert page.xpath("//link[@rel='stylesheet']/@href") == [html_folder.style()]
        assert not page.xpath("//@src | //style")


def test_the_index_adds_up(report: Report, files):
    page = tree(files["index.html"])
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//section[@id='pages']//tbody/tr")]
    (foot,) = [[cell.text_content() for cell in row] for row in page.xpath("//section[@id='pages']//tfoot/tr")]
    for column in range(1, len(foot)):
        assert sum(int(row[column].replace(",", "")) for row in rows) == int(foot[column].replace(",", ""))
    assert int(foot[-1]) == len(report.findings)
    assert int(foot[2]) == len(report.routes)
    assert int(foot[4]) == sum(map(report.blocks, report.findings))
    assert int(foot[5]) == sum(map(report.lacks, report.findings))
    assert int(foot[1]) == 3
    assert len(rows) == len(pages(files))


def test_a_page_for_each_group():
    division = html_parts.Division(report := grouped(), Names(report))
    assert [(part.title, list(part.hosts)) for part in division.parts] == [
        ("berlin", [HV01, HV02]),
        ("munich", [HV11]),
    ]


def test_a_group_that_is_too_large_is_a_page_for_each_host(monkeypatch):
    monkeypatch.setattr(html_parts, "MOST", 2)
    division = html_parts.Division(report := grouped(), Names(report))
    assert [part.title for part in division.parts] == ["berlin: hv01", "berlin: hv02", "munich"]
    assert sum(len(part.findings) for part in division.parts) == len(report.findings)


def test_without_groups_hosts_that_only_receive_share_a_page():
    report = build(
        [finding("ID-01", host(name), Status.PASS, "ok") for name in (HV01, HV02, HV11)],
        routes=((HV01, HV02), (HV01, HV11)),
    )
    division = html_parts.Division(report, Names(report))
    assert [(part.title, len(part.findings)) for part in division.parts] == [
        ("hv01", 1),
        (html_parts.TAKERS, 2),
    ]


def test_a_page_says_of_what_it_is_a_part(report: Report, files):
    name = next(name for name in pages(files) if name.startswith("part-hv01-"))
    lead = " ".join(tree(files[name]).get_element_by_id("part").text_content().split())
    assert "A page of a larger report. Its verdict: not ready. All of it" in lead
    assert f"Of {len(report.findings)} findings those of this page are" in lead


def test_a_page_tells_of_its_machines_by_all_that_bears_on_them(files):
    """DEL-01 of the route and LM-06 of the destination count, wherever they stand."""
    files = written(grouped())
    name = next(name for name in pages(files) if name.startswith("part-berlin-"))
    page = tree(files[name])
    said = " ".join(page.get_element_by_id("machines").text_content().split())
    assert "not ready → hv11 live migration: DEL-01; not known besides: VM-02" in said
    hosts = " ".join(page.get_element_by_id("hosts").text_content().split())
    assert "Can send to none now; not ready hv11" in hosts


def test_what_is_elsewhere_is_linked_there(files):
    files = written(
        build(
            [finding("LM-06", host(HV11), Status.FAIL, "limit 0"), finding("VM-02", move(GUIDS[0], "w"), Status.PASS)],
            routes=((HV01, HV11), (HV11, HV01)),
            threshold=1,
        )
    )
    mine = next(name for name in pages(files) if name.startswith("part-hv01-"))
    other = next(name for name in pages(files) if name.startswith("part-hv11-"))
    links = tree(files[mine]).xpath("//section[@id='machines']//a/@href")
    assert f"{other}#hv11_branch_example--LM-06" in links


def test_names_from_targets_are_no_markup_and_no_path():
    odd = f"../../{HOSTILE}"[:80]
    report = build([finding("ID-01", host(odd), Status.FAIL, HOSTILE)], routes=((odd, HV02),))
    files = written(report)
    assert all("/" not in name and ".." not in name for name in files)
    for name in pages(files):
        assert not tree(files[name]).xpath("//script[contains(text(), 'alert(1)')] | //@onerror")
        assert "<script>alert" not in files[name]


def test_a_link_to_a_whole_chapter_leads_to_the_list_of_pages(files):
    """Each page has but a part of what could not be judged."""
    assert not re.findall(r'href="part-[^"#]*#(?:unknown|blockers|waived|findings)"', files["index.html"])
    assert 'href="#pages"' in files["index.html"]


def test_very_many_moves_have_no_matrix_on_the_index(monkeypatch):
    monkeypatch.setattr(html_folder, "CELLS", 1)
    files = written(grouped())
    page = tree(files["index.html"])
    assert len(page.xpath("//table[contains(@class, 'matrix')]")) == 1, "that of the groups"
    assert "the matrix of its moves on the page of their source" in page.text_content()


def test_nothing_at_all_is_an_index_too():
    files = written(build([]))
    assert set(files) == {html_folder.style(), "index.html"}
    assert "no page: nothing was judged" in files["index.html"]


def test_the_same_report_gives_the_same_files(report: Report, files):
    assert written(replace(report)) == files
