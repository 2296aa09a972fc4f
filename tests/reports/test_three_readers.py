"""Thirty questions of three readers, each answered from the first screen or within two clicks.

A click follows a link, or opens what is folded. What the page must say there is taken from the report, and compared
without blanks, which style puts where it likes.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from reports.html_report import render
from scanner.api import Status
from tests.reports.pages import IN_A_BROWSER, kept
from tests.reports.three_readers import HOST, QUESTIONS, Question, reports

pytestmark = IN_A_BROWSER
SCREENS = {"wide": (1280, 800), "phone": (390, 844)}
EARLY = 3
"""So many questions of each reader are asked on a phone, too."""
ASKED = [(size, one) for size in SCREENS for one in QUESTIONS if size == "wide" or one.number <= EARLY]
PAPER = " on paper"
FOLD = "for (const details of document.querySelectorAll('details[open]')) details.open = false; scrollTo(0, 0)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("readers"), ((name, render(one)) for name, one in reports().items()))


@pytest.fixture(scope="module")
def tab_of(browser, folder):
    """A page on a screen of a size, opened once."""

    @cache
    def opened(name: str, size: str):
        width, height = SCREENS[size]
        tab = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        tab.goto((folder / f"{name.removesuffix(PAPER)}.html").as_uri())
        tab.emulate_media(media="print" if name.endswith(PAPER) else "screen")
        return tab

    return opened


def bare(text: str) -> str:
    return "".join(text.split()).casefold()


def bottom(tab, place: str) -> float:
    """How far down an element reaches, seen from the top of the page."""
    return tab.locator(place).first.evaluate("e => e.getBoundingClientRect().bottom + scrollY")


def test_each_reader_asks_ten():
    assert Counter(one.reader for one in QUESTIONS) == {"manager": 10, "engineer": 10, "auditor": 10}
    assert all(len(one.clicks) <= 2 for one in QUESTIONS)


@pytest.mark.parametrize(("size", "one"), ASKED, ids=[f"{size}, {one.reader} {one.number}" for size, one in ASKED])
def test_the_question_is_answered(tab_of, size: str, one: Question):
    tab, height = tab_of(one.page, size), SCREENS[size][1]
    tab.evaluate(FOLD)
    if not one.page.endswith(PAPER):
        assert bottom(tab, one.clicks[0] if one.clicks else one.place) <= height, "on the first screen"
    for number, click in enumerate(one.clicks):
        link = tab.locator(click).first
        if number:
            link.scroll_into_view_if_needed()
        link.click()
    place = tab.locator(one.place).first
    assert place.evaluate("e => e.checkVisibility()")
    expected = [text for text in one.says(reports()[one.page.removesuffix(PAPER)]) if text]
    told = bare(place.text_content())
    assert expected
    assert [text for text in expected if bare(text) not in told] == []


def test_the_failed_ones_of_one_host_are_counted(browser, folder):
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto((folder / "practice.html").as_uri() + "#findings")
    tab.check("input[value=FAIL]")
    tab.select_option("select[name=subject]", label=HOST.partition(".")[0])
    of = reports()["practice"].findings
    found = sum(one.status is Status.FAIL and HOST in one.subject.machines for one in of)
    told = f"{found} of {len(of):,} shown"
    tab.wait_for_function("told => document.getElementById('shown').textContent === told", arg=told)
    tab.close()
