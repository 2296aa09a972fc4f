"""Pictures and the matrix in a browser: nothing overlaps, nothing is wider than the screen, all can be reached."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.html_report import render
from scanner.words.model import Status
from scanner.words.pictures import (
    Account,
    Arrow,
    Arrows,
    Clouds,
    CloudSide,
    Delegation,
    Mark,
    NetworkHost,
    Networks,
    PairOfClouds,
    Pictures,
    Place,
    Trust,
    VmmServerSeen,
)  # fmt: skip
from scanner.words.report import Report
from tests.drawn_estates import many
from tests.reports.conftest import build, finding, route
from tests.reports.pages import IN_A_BROWSER

pytestmark = IN_A_BROWSER
LONG = ("W" * 200, "hv-" + "m" * 200, "漢字仮名" * 40, "שלום" * 40, "a" * 200)


def longest() -> Report:
    """A report of the longest names, in every picture."""
    arrows = tuple(
        Arrow(source=one, target=other, what=one, there=False, told=one, mark=Mark(status=Status.FAIL))
        for one in LONG
        for other in LONG
        if one != other
    )
    mark = Mark(status=Status.FAIL)
    side = CloudSide(server=LONG[0], name=LONG[2], there=True, groups=LONG, hosts=LONG)
    hosts = tuple(
        NetworkHost(
            name=name,
            mark=mark,
            places=(
                Place(
                    network="2001:db8:1111:2222::/64",
                    addresses=("2001:db8:1111:2222:3333:4444:5555:6666",) * 2,
                    takes=True,
                ),
            ),
        )
        for name in LONG
    )
    networks = (("2001:db8:1111:2222::/64", Trust.UNTRUSTED),)
    accounts = tuple(Account(name=name, mark=mark) for name in LONG)
    return replace(
        build([]),
        pictures=Pictures(
            networks=Networks(networks=networks, hosts=hosts, ways=Arrows(drawn=arrows)),
            delegation=Delegation(accounts=accounts, arrows=Arrows(drawn=arrows)),
            clouds=Clouds(
                servers=(VmmServerSeen(name=LONG[0], mark=mark),),
                pairs=(PairOfClouds(source=side, target=side, mark=mark, networks=Arrows(drawn=arrows[:3])),),
                others=(side,),
            ),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pictures")
    made = {"longest": longest(), "five": many(5), "good": many(13, good=True), "fifty": matrix(50)}
    files = {name: folder / f"{name}.html" for name in made}
    for name, report in made.items():
        files[name].write_text(render(report), encoding="utf-8")
    return files


def matrix(number: int) -> Report:
    """So many hosts, each to each other."""
    hosts = [f"hv{n:02}.corp.example" for n in range(1, number + 1)]
    routes = tuple((one, other) for one in hosts for other in hosts if one != other)
    states = (Status.PASS, Status.FAIL, Status.UNKNOWN)
    found = [finding("DEL-01", route(*way), states[n % 3], "seen") for n, way in enumerate(routes)]
    return build(found, routes=routes)


MEASURE = """() => [...document.querySelectorAll("svg[role=img]")].flatMap((svg) => {
  const wrong = [], {width, height} = svg.viewBox.baseVal;
  const boxes = [...svg.querySelectorAll("g.box > rect:first-of-type")].map((one) => one.getBBox());
  for (const group of svg.querySelectorAll("g")) {
    const own = group.matches(".box") ? group.querySelector("rect").getBBox() : null;
    for (const text of group.querySelectorAll("text")) {
      const at = text.getBBox(), words = text.textContent;
      if (at.x < 0 || at.y < 0 || at.x + at.width > width || at.y + at.height > height) wrong.push(["out", words]);
      if (own && (at.x < own.x || at.x + at.width > own.x + own.width || at.y + at.height > own.y + own.height))
        wrong.push(["out of its box", words]);
      if (!own) for (const box of boxes)
        if (at.x < box.x + box.width && box.x < at.x + at.width && at.y < box.y + box.height
            && box.y < at.y + at.height)
          wrong.push(["over a box", words]);
    }
  }
  const texts = [...svg.querySelectorAll("text")].filter((one) => one.textContent.length > 1);
  const places = texts.map((one) => [one.getBBox(), one.textContent]);
  places.forEach(([one, words], n) => places.slice(n + 1).forEach(([other, more]) => {
    if (one.x < other.x + other.width - 1 && other.x < one.x + one.width - 1 &&
        one.y + 3 < other.y + other.height - 3 && other.y + 3 < one.y + one.height - 3) wrong.push([words, more]);
  }));
  return wrong;
})"""


@pytest.mark.parametrize("name", ["longest", "five", "good"])
def test_no_text_overlaps_another_or_a_box_or_leaves_the_picture(browser, pages, name):
    page = browser.new_page()
    page.goto(pages[name].as_uri())
    assert page.evaluate("document.querySelectorAll('svg[role=img]').length") >= 3
    assert page.evaluate(MEASURE) == []
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["longest", "five", "fifty"])
def test_the_page_is_never_wider_than_the_screen(browser, pages, name, width):
    context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_picture_that_is_wider_than_the_screen_is_scrolled_by_keys(browser, pages):
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(pages["five"].as_uri())
    region = page.locator("#delegation .pic")
    region.focus()
    assert page.evaluate("document.activeElement.matches('.pic')")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_missing_has_a_colour_of_its_own(browser, pages, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(pages["five"].as_uri())
    colour = "selector => getComputedStyle(document.querySelector(selector)).stroke"
    strokes = [page.evaluate(colour, f"#delegation .arrow.{css} path") for css in ("fail", "pass", "unknown", "warn")]
    assert len(set(strokes)) == 4
    context.close()


def test_fifty_by_fifty_is_a_matrix_of_small_cells_whose_heads_stay(browser, pages):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(pages["fifty"].as_uri())
    box = page.locator(".signs tbody tr:nth-child(2) td a").first.bounding_box()
    assert (box["width"], box["height"]) == (24, 24)
    assert page.evaluate("document.querySelectorAll('.signs td a').length") == 2450
    page.locator("#verdict .many").scroll_into_view_if_needed()
    before = page.evaluate("() => document.querySelector('.many').scrollHeight")
    assert before > 1000
    page.evaluate("document.querySelector('.many').scrollTo(400, 600)")
    heads = page.evaluate("""() => {
      const at = (one) => one.getBoundingClientRect(), region = at(document.querySelector(".many"));
      const corner = at(document.querySelector(".signs thead th"));
      const head = at(document.querySelector(".signs thead th:nth-child(40)"));
      const side = at(document.querySelector(".signs tbody tr:nth-child(35) th"));
      return [corner.left - region.left, corner.top - region.top, head.top - region.top, side.left - region.left];
    }""")
    assert all(-1 <= place <= 3 for place in heads), heads
    context.close()


def test_a_cell_tells_its_reason_on_focus_and_leads_to_its_route(browser, pages):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["fifty"].as_uri())
    cell = page.locator(".signs td a").nth(1)
    assert cell.locator(".tip").bounding_box()["width"] <= 1
    cell.focus()
    box = cell.locator(".tip").bounding_box()
    assert box["width"] > 100
    assert box["y"] + box["height"] <= 800
    assert cell.locator(".tip").inner_text() == "hv01 → hv03: not ready, stopped by DEL-01"
    cell.press("Enter")
    assert page.url.endswith("#" + cell.get_attribute("href")[1:])
    context.close()


def test_on_a_small_screen_the_matrix_is_a_list_by_source(browser, pages):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(pages["fifty"].as_uri())
    first = page.locator(".signs td a").first
    assert first.locator(".tip").inner_text() == "hv01 → hv02: ready"
    assert first.bounding_box()["width"] > 200
    assert first.bounding_box()["height"] >= 24
    context.close()
