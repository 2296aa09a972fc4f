"""The auditor's chapter, the contents page and the pages of a folder, in a browser and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import html_folder
from reports.html_report import render
from scanner.words.report import Report
from tests.reports.conftest import build, finding, findings
from tests.reports.pages import IN_A_BROWSER

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("folder")
    for name, text in html_folder.folder(report):
        (path / name).write_text(text, encoding="utf-8")
    (path / "whole.html").write_text(render(report), encoding="utf-8")
    return path


@pytest.fixture
def tab(browser) -> Iterator[object]:
    """A page that fails the test if it logs anything, or asks anybody for anything."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith("file:") else None)
    yield page
    context.close()
    assert said == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_is_wider_than_the_screen(tab, folder, width):
    tab.set_viewport_size({"width": width, "height": 844})
    for file in sorted(folder.glob("*.html")):
        tab.goto(file.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, file.name


def test_contents_are_for_paper(tab, folder):
    tab.goto((folder / "whole.html").as_uri())
    assert not tab.is_visible("nav.contents")
    tab.emulate_media(media="print")
    assert tab.is_visible("nav.contents")
    assert not tab.is_visible("header nav")
    top = tab.evaluate("[...document.querySelectorAll('nav.contents, main')].map(e => e.getBoundingClientRect().top)")
    assert top == sorted(top), "they come first"


def test_tables_fit_the_paper(tab, folder):
    """A4 without its margins; what is wider would be cut."""
    tab.set_viewport_size({"width": 688, "height": 1000})
    tab.emulate_media(media="print")
    for file in ("whole.html", "index.html"):
        tab.goto((folder / file).as_uri())
        widths = tab.eval_on_selector_all("#method table, #pages table", "all => all.map(t => t.offsetWidth)")
        assert widths
        assert max(widths) <= 688


def test_links_of_the_contents_work_in_a_pdf(browser, folder):
    tab = browser.new_page()
    tab.goto((folder / "whole.html").as_uri())
    data = tab.pdf()
    tab.close()
    for place in (b"/Dest /verdict", b"/Dest /passages", b"/Dest /answers"):
        assert place in data


def test_the_index_leads_to_what_stands_on_a_page(tab, folder):
    tab.goto((folder / "index.html").as_uri())
    tab.click("#pages tbody a >> nth=0")
    assert tab.url.rpartition("/")[2].startswith("part-")
    tab.click("text=Whole report")
    link = tab.get_attribute("#verdict a[href^='part-'] >> nth=0", "href")
    file, _, place = link.partition("#")
    tab.goto((folder / file).as_uri() + f"#{place}")
    assert tab.is_visible(f"[id='{place}']")


def test_the_filter_works_on_a_page_of_a_folder(tab, folder):
    (file,) = folder.glob("part-hv01-*.html")
    tab.goto(file.as_uri())
    tab.fill("input[type=search]", "no such words")
    tab.wait_for_function("text => document.getElementById('shown').textContent.startsWith(text)", arg="none of")


def test_a_style_that_is_a_file_is_taken(tab, folder):
    tab.goto((folder / "index.html").as_uri())
    assert tab.evaluate("getComputedStyle(document.body).margin") == "0px"


def test_names_of_any_length_fit(browser, tmp_path):
    report = build([finding("ID-01", f.subject, f.status, "x" * 3000) for f in findings() if f.check == "ID-01"])
    for name, text in html_folder.folder(report):
        (tmp_path / name).write_text(text, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    for file in tmp_path.glob("*.html"):
        tab.goto(file.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.close()
