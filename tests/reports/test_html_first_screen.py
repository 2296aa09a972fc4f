"""What stands on the first screen of the page, in a browser: positions of a desktop's and a phone's, measured."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from reports.html_report import render
from scanner import cli
from scanner.words.model import Profile, Status
from scanner.words.report import Report
from tests.reports.conftest import HOSTILE, HV01, HV02, build, finding, host
from tests.reports.full_screen import full, fullest
from tests.reports.pages import IN_A_BROWSER
from tests.reports.test_html_browser import CONTRAST

ROOT = Path(__file__).resolve().parents[2]
RECORDS = {"practice": ROOT / "scanner" / "data" / "practice.hvp", "good": ROOT / "tests" / "data" / "good.hvp"}
AXE = Path(sys.prefix) / "readers" / "node_modules" / "axe-core" / "axe.min.js"
REQUIRED = os.environ.get("HV_PREFLIGHT_LAB") == "required"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
BOTTOMS = """() => Object.fromEntries(Object.entries({
  all: "#first", verdict: "#first h1", until: "#first .until", kinds: "#first .may", first: ".doers > li:first-child",
  actors: ".todo", never: ".never"
}).map(([name, selector]) =>
  [name, [...document.querySelectorAll(selector)].at(-1)?.getBoundingClientRect().bottom ?? 0]))"""
"""How far down each part reaches; nothing that is not there does."""
WIDE = "document.getElementById('first').scrollWidth + document.getElementById('first').getBoundingClientRect().left"

pytestmark = IN_A_BROWSER
Open = Callable[..., object]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of pages: of the practice records as ``judge`` writes them, and of made estates."""
    folder = tmp_path_factory.mktemp("pages")
    for name, record in RECORDS.items():
        cli.run(["judge", str(record), "--html", str(folder / f"{name}.html"), "--quiet"])
    made: dict[str, Report] = {"full": full(), "fullest": fullest(), "hostile": hostile()}
    for name, report in made.items():
        (folder / f"{name}.html").write_text(render(report), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in (*RECORDS, *made)}


def hostile() -> Report:
    """Long words without a place to break at, wherever a machine or a file may give one."""
    long = "W" * 5000
    names = [f"{'h' * 200}{n}.{'d' * 200}.example" for n in range(3)]
    found = [
        finding("ID-01", host(name), Status.UNKNOWN, note=long + name, profiles=frozenset(Profile)) for name in names
    ]
    found.append(
        finding("ID-01", host(HV01), Status.FAIL, long, remedy=long, who="directory", profiles=frozenset(Profile))
    )
    return build(
        found, routes=((HV01, HV02), *pairwise(names)), estate=long, besides=(long, HOSTILE),
        profiles=[*Profile],
    )  # fmt: skip


@pytest.fixture
def opened(browser, pages: dict[str, str]) -> Iterator[Open]:
    made: list[object] = []

    def open_(name: str, size: dict[str, int], **words: object):
        context = browser.new_context(viewport=size, **words)
        made.append(context)
        tab = context.new_page()
        tab.goto(pages[name])
        return tab

    yield open_
    for context in made:
        context.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["practice", "good", "full", "fullest"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_fits_a_desktops_screen(opened: Open, name: str, scheme: str):
    bottoms = opened(name, DESKTOP, color_scheme=scheme).evaluate(BOTTOMS)
    assert 0 < bottoms["verdict"] < bottoms["kinds"] < bottoms["never"] <= bottoms["all"] <= DESKTOP["height"]


@pytest.mark.parametrize("name", ["practice", "good", "full"])
def test_a_phone_shows_the_verdicts_until_when_the_first_action_and_the_numbers_of_the_rest(opened: Open, name: str):
    bottoms = opened(name, PHONE).evaluate(BOTTOMS)
    assert max(bottoms[part] for part in ("verdict", "until", "kinds", "first", "actors")) <= PHONE["height"]


def test_the_two_columns_stand_beside_each_other_on_a_desktop_and_below_on_a_phone(opened: Open):
    place = "s => { const box = document.querySelector(s).getBoundingClientRect(); return [box.left, box.top]; }"
    wide = opened("practice", DESKTOP)
    may, todo, sums = (wide.evaluate(place, selector) for selector in (".may", ".todo", ".sums"))
    assert may[1] == todo[1]
    assert may[0] == sums[0] < todo[0]
    assert may[1] < sums[1]
    narrow = opened("practice", PHONE)
    may, todo, sums = (narrow.evaluate(place, selector) for selector in (".may", ".todo", ".sums"))
    assert may[0] == todo[0] == sums[0]
    assert may[1] < todo[1] < sums[1]


@pytest.mark.parametrize("name", ["practice", "fullest", "hostile"])
def test_it_is_never_wider_than_the_screen(opened: Open, name: str):
    tab = opened(name, PHONE)
    for width in (320, 390, 760, 900, 1280, 1920):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate(WIDE) <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(opened: Open, scheme: str):
    assert opened("full", DESKTOP, color_scheme=scheme).evaluate(CONTRAST) == []


@pytest.mark.skipif(not AXE.exists() and not REQUIRED, reason="axe-core is not installed (make test does)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_it_shuts_anybody_out(opened: Open, scheme: str):
    tab = opened("full", DESKTOP, color_scheme=scheme, bypass_csp=True)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run('#first')")
    assert [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]] == []


def test_without_style_it_reads_in_order(opened: Open):
    """As where a server forbids inline styles: verdict, kinds, actions, numbers, causes, then the matrix."""
    tab = opened("full", DESKTOP)
    tab.evaluate("document.querySelector('style').remove()")
    text = tab.inner_text("#verdict")
    told = ["Berlin to Munich", "Not ready", "By kind of move", "What to do first", "68 verdicts", "33 verdicts of 68",
            "Not judged at all", "May a move start?", "What stands in the way"]  # fmt: skip
    places = [text.index(words) for words in told]
    assert places == sorted(places)


def test_printed_nothing_of_it_is_cut(opened: Open):
    tab = opened("full", DESKTOP)
    tab.emulate_media(media="print")
    cut = """() => [...document.querySelectorAll("#first .cols *")].filter((e) => e.checkVisibility()
      && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== "visible").map((e) => e.className)"""
    assert tab.evaluate(cut) == []
    tasks = tab.locator(".doers .task")
    assert all(task.is_visible() for task in tasks.all())
