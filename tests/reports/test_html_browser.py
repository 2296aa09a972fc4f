"""The page in a browser: what the script adds, and that all is there without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.html_filters import AREAS, area
from reports.html_report import render
from scanner import plugins
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports.conftest import GUIDS, HOSTILE, REMEDY, build, finding, host, machine, move, route
from tests.reports.pages import IN_A_BROWSER, LONG_COMMAND, machine_id, many

DEEP = "hv01_corp_example--ID-01"
BLOCKER = "hv01_corp_example--hv11_branch_example--DEL-01"

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def address(report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(render(report), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def tab(browser) -> Iterator[object]:
    """A page that fails the test if it logs anything: an error of the script, or a refusal by the policy."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    yield page
    context.close()
    assert said == []


def shown(tab) -> list[str]:
    return tab.eval_on_selector_all(".f", "all => all.filter(f => !f.closest('[hidden]')).map(f => f.id)")


def settle(tab, text: str) -> None:
    """Wait until the filter has said its number."""
    tab.wait_for_function("text => document.getElementById('shown').textContent === text", arg=text)


def test_everything_is_shown_at_first(tab, address, report: Report):
    tab.goto(address)
    settle(tab, f"all {len(report.findings)} shown")
    assert len(shown(tab)) == len(report.findings)


@pytest.mark.parametrize(
    ("act", "number"),
    [
        (lambda tab: tab.check("input[value=FAIL]"), 3),
        (lambda tab: (tab.check("input[value=FAIL]"), tab.check("input[value=WARN]")), 5),
        (lambda tab: tab.select_option("select[name=severity]", "4"), 8),
        (lambda tab: tab.select_option("select[name=subject]", label="hv02"), 4),
        (lambda tab: tab.select_option("select[name=subject]", f"hv01_corp_example--{GUIDS[1]}"), 1),
        (lambda tab: tab.select_option("select[name=area]", label="delegation (DEL)"), 2),
        (lambda tab: tab.fill("input[type=search]", "set-adcomputer PRINCIPALS"), 1),
        (lambda tab: tab.fill("input[type=search]", "hv01 member of"), 1),
        (lambda tab: tab.fill("input[type=search]", "no such words"), 0),
    ],
    ids=["status", "statuses", "severity", "host", "machine", "area", "command", "subject and text", "nothing"],
)
def test_filters(tab, address, report: Report, act, number):
    tab.goto(address)
    act(tab)
    settle(tab, f"{number or 'none'} of {len(report.findings)} shown")
    assert len(shown(tab)) == number
    assert tab.is_visible("#nothing") == (not number), "a choice that leaves nothing is told"
    assert "#?" in tab.url
    tab.reload()
    settle(tab, f"{number or 'none'} of {len(report.findings)} shown")
    tab.click("#all")
    settle(tab, f"all {len(report.findings)} shown")


def test_copy_gives_the_command_exactly(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(address)
    tab.click(f"#{BLOCKER} button")
    tab.wait_for_selector("button:text('Copied')")
    assert tab.evaluate("navigator.clipboard.readText()") == REMEDY
    assert tab.inner_text("#shown") == "command copied"
    context.close()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with 300 failures that share a command, and 300 that have one each."""
    alike = {"wanted": "at least 8.0", "note": "too old for it"}
    shared = [
        finding("VM-02", move(machine_id(n), f"web-{n:03}"), Status.FAIL, f"5.{n}", remedy=REMEDY, **alike)
        for n in range(300)
    ]
    apart = [
        finding("VM-02", move(machine_id(n), f"db-{n:03}"), Status.FAIL, f"6.{n}", remedy=f"{REMEDY} # {n}", **alike)
        for n in range(300, 600)
    ]
    file = tmp_path_factory.mktemp("crowd") / "report.html"
    file.write_text(render(build([*shared, *apart])), encoding="utf-8")
    return file.as_uri()


def place(number: int) -> str:
    return f"hv01_corp_example--{machine_id(number)}--hv11_branch_example--VM-02"


@pytest.mark.parametrize(
    ("words", "number"), [("web-", 300), ("too old web-007", 1), ("set-adcomputer 6.450", 1), ("nowhere", 0)]
)
def test_filters_know_what_many_findings_share(tab, crowd, words, number):
    tab.goto(crowd)
    tab.fill("input[type=search]", words)
    settle(tab, f"{number or 'none'} of 600 shown")
    assert len(shown(tab)) == number
    lists = tab.eval_on_selector_all(".b", "all => all.filter((list) => list.checkVisibility()).length")
    assert lists == min(number, 1), "a list with nothing to show is not shown"


def test_copy_gives_the_command_that_many_share_and_the_one_of_each(browser, crowd):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    for number, button, command in (
        (0, ".b[open] > dl button", REMEDY),
        (599, f"[id='{place(599)}'] button", f"{REMEDY} # 599"),
    ):
        tab.goto(f"{crowd}#{place(number)}")
        tab.click(button)
        tab.wait_for_selector(f"{button}:text('Copied')")
        assert tab.evaluate("navigator.clipboard.readText()") == command
    context.close()


@pytest.mark.parametrize("number", [0, 299, 599])
def test_a_deep_link_leads_into_a_long_list(tab, crowd, number):
    tab.goto(f"{crowd}#{place(number)}")
    target = tab.locator(f"[id='{place(number)}']")
    tab.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.height && box.top >= 0 && box.top < innerHeight; }",
        arg=place(number),
    )
    assert "here" in target.locator("xpath=ancestor-or-self::*[self::li or self::details][1]").get_attribute("class")


def test_a_deep_link_opens_what_it_names(tab, address):
    tab.goto(f"{address}#{DEEP}")
    tab.wait_for_selector(f"#{DEEP}", state="visible")
    assert tab.evaluate("id => document.getElementById(id).closest('details').open", DEEP)


def test_a_deep_link_outlives_filters(tab, address):
    tab.goto(address)
    tab.check("input[value=FAIL]")
    tab.wait_for_selector("#passed", state="hidden")
    tab.evaluate("id => { location.hash = id; }", DEEP)
    tab.wait_for_selector(f"#{DEEP}", state="visible")
    assert tab.url.endswith(f"#{DEEP}")


def test_the_theme_can_be_changed(tab, address):
    tab.goto(address)
    before = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    tab.click("nav button")
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before
    assert tab.inner_text("nav button") == "Light"


def test_printing_opens_everything_and_closes_it_again(tab, address):
    tab.goto(address)
    closed = tab.locator("details:not([open])").count()
    assert closed > 5
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.locator("details:not([open])").count() == 0
    tab.emulate_media(media="print")
    assert not tab.is_visible("#tools")
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.locator("details:not([open])").count() == closed


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_never_scrolls_sideways(tab, address, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address)
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_everything_is_there(browser, address, report: Report):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert not tab.is_visible("#tools")
    tab.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert tab.locator(".f:visible").count() == len(report.findings)
    context.close()


CONTRAST = """() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const e of document.body.querySelectorAll("*")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.matches("script,option")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.add(`${e.localName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(tab, address, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(f"{address}#{BLOCKER}")
    assert tab.evaluate(CONTRAST) == []


def test_controls_have_names_and_are_big_enough(tab, address):
    tab.goto(address)
    poor = tab.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary")]
          .filter((e) => e.checkVisibility())
          .filter((e) => !(e.textContent.trim() || e.labels?.length) || (e.closest("label") ?? e)
            .getBoundingClientRect().height < 24)
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert poor == []


def test_hostile_text_stays_text(tab, address):
    tab.goto(f"{address}#hv01_corp_example--NET-02")
    assert "<script>alert(1)</script> {{7*7}}" in tab.inner_text("#hv01_corp_example--NET-02")
    assert HOSTILE not in tab.content()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_link_of_the_page_lands(browser, tmp_path, width):
    """With motion allowed, too: what is laid out late must not move the place a link leads to."""
    found = [
        finding("VM-02", move(f"{n:08}-0000-4000-8000-000000000000", f"vm{n} on hv01 → hv11"), Status.FAIL, "5.0")
        for n in range(400)
    ]
    file = tmp_path / "many.html"
    file.write_text(render(build(found)), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="no-preference")
    page.goto(file.as_uri())
    seen = "header nav a[href^='#']"
    for target in page.eval_on_selector_all(seen, "all => all.map(a => a.getAttribute('href'))"):
        page.click(f"header nav a[href='{target}']")
        y = "document.querySelector(t).getBoundingClientRect().top"
        page.wait_for_function(f"t => {y} > -60 && {y} < innerHeight", arg=target)
    page.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of findings that have much in common, of every kind of move."""
    file = tmp_path_factory.mktemp("shared") / "report.html"
    file.write_text(many(), encoding="utf-8")
    return file.as_uri()


def numbers(tab, where: str) -> list[str]:
    return [one.text_content() for one in tab.locator(f"{where} .n:visible").all()]


def test_a_filter_changes_the_numbers_of_chapters_groups_and_what_is_folded(tab, shared):
    tab.goto(shared)
    total = tab.locator(".f").count()
    before = numbers(tab, "#blockers")
    assert before == ["21", "3", "3", "16", "8", "8"], "a chapter, and groups with what is said once in each"
    tab.fill("input[type=search]", "web-3")
    settle(tab, f"1 of {total} shown")
    assert numbers(tab, "#blockers") == ["1 of 21 shown", "1 of 16 shown", "1 of 8 shown"]
    assert tab.is_visible(f"[id='{place(3)}']"), "what is folded opens where a filter leaves a part of it"
    tab.click("#all")
    assert numbers(tab, "#blockers") == before
    assert not tab.is_visible(f"[id='{place(3)}']"), "and closes again"


def test_kinds_of_move_and_who_acts_are_filters_where_there_are_several(tab, shared, address):
    tab.goto(shared)
    tab.select_option("select[name=kind]", label="Hyper-V Replica")
    settle(tab, f"1 of {tab.locator('.f').count()} shown")
    assert shown(tab) == ["hv02_corp_example--ID-01--replica"]
    assert "kind=replica" in tab.url
    tab.goto(address)
    assert tab.locator("select[name=kind], select[name=who]").count() == 0, "one alone is no choice"


def test_an_address_that_names_what_is_not_there_filters_by_the_rest(tab, address, report: Report):
    tab.goto(f"{address}#?subject=gone&area=GONE&status=GONE&status=WARN&text=%E0%A4%A")
    settle(tab, f"none of {len(report.findings)} shown")
    tab.goto(f"{address}#?subject=gone&area=GONE&status=GONE&status=WARN")
    settle(tab, f"2 of {len(report.findings)} shown")


def test_a_command_is_its_text_and_is_copied_whole(browser, shared):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{shared}#{BLOCKER}")
    assert tab.text_content(f"#{BLOCKER} code") == LONG_COMMAND
    tab.evaluate("id => getSelection().selectAllChildren(document.querySelector(`#${id} code`))", BLOCKER)
    tab.keyboard.press("Control+c")
    assert tab.evaluate("navigator.clipboard.readText()") == LONG_COMMAND
    context.close()


def test_every_area_of_the_checks_has_a_name():
    offer = plugins.load(third_party=False)
    assert {area(check.id) for check in offer.checks} == set(AREAS)


STRANGE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(
    [
        "w" * 200,
        "\u202e" + "rtl" * 40,
        "\u0645\u0636\u064a\u0641" * 30,
        "主機" * 80,
        "a\u0301" * 90,
        "<b>" * 50,
        HOSTILE,
    ]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(STRANGE, min_size=3, max_size=3, unique=True), command=STRANGE)
def test_the_page_is_never_wider_than_the_screen_whatever_a_target_is_called(browser, tmp_path, names, command):
    one, two, label = names
    found = [
        *(finding("ID-01", host(name), status, label) for name in (one, two) for status in (Status.FAIL,)),
        finding("DEL-01", route(one, two), Status.FAIL, label * 5, wanted=label, remedy=f"Set-X -Name {command * 3}"),
        finding("VM-06", replace(machine(GUIDS[0], label), names=(one, GUIDS[0])), Status.WARN, label, works=label),
        finding("NET-02", host(two), Status.UNKNOWN, note=label * 3),
        finding("LM-06", host(one), Status.PASS, label),
    ]
    file = tmp_path / "strange.html"
    file.write_text(render(build(found, routes=((one, two), (two, one)))), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    tab.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    for width in (320, 390, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
