"""The page in a browser: what the script adds, and that all is there without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.html_report import render
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports.conftest import GUIDS, HOSTILE, REMEDY, build, finding, move

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DEEP = "hv01_corp_example--ID-01"
BLOCKER = "hv01_corp_example--hv11_branch_example--DEL-01"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
    settle(tab, f"all {len(report.findings)} findings")
    assert len(shown(tab)) == len(report.findings)


@pytest.mark.parametrize(
    ("act", "number"),
    [
        (lambda tab: tab.uncheck("input[value=PASS]"), 14),
        (lambda tab: tab.select_option("select[name=severity]", "4"), 8),
        (lambda tab: tab.select_option("select[name=subject]", label="hv02"), 4),
        (lambda tab: tab.fill("input[type=search]", "set-adcomputer PRINCIPALS"), 1),
        (lambda tab: tab.fill("input[type=search]", "hv01 member of"), 1),
        (lambda tab: tab.fill("input[type=search]", "no such words"), 0),
    ],
    ids=["status", "severity", "host", "command", "subject and text", "nothing"],
)
def test_filters(tab, address, report: Report, act, number):
    tab.goto(address)
    act(tab)
    settle(tab, f"{number} of {len(report.findings)} findings")
    assert len(shown(tab)) == number
    assert "#?" in tab.url
    tab.reload()
    settle(tab, f"{number} of {len(report.findings)} findings")
    tab.click("#all")
    settle(tab, f"all {len(report.findings)} findings")


def test_copy_gives_the_command_exactly(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(address)
    tab.click(f"#{BLOCKER} button")
    tab.wait_for_selector("button:text('Copied')")
    assert tab.evaluate("navigator.clipboard.readText()") == REMEDY
    assert tab.inner_text("#shown") == "command copied"
    context.close()


def machine_id(number: int) -> str:
    return f"{number:08x}{GUIDS[0][8:]}"


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
    settle(tab, f"{number} of 600 findings")
    assert len(shown(tab)) == number
    lists = tab.eval_on_selector_all(".b", "all => all.filter((list) => list.checkVisibility()).length")
    assert lists == min(number, 1), "a list with nothing to show is not shown"


def test_copy_gives_the_command_that_many_share_and_the_one_of_each(browser, crowd):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{crowd}#{place(599)}")
    for button, command in ((".b > dl button", REMEDY), (f"[id='{place(599)}'] button", f"{REMEDY} # 599")):
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
    assert "here" in target.get_attribute("class")


def test_a_deep_link_opens_what_it_names(tab, address):
    tab.goto(f"{address}#{DEEP}")
    tab.wait_for_selector(f"#{DEEP}", state="visible")
    assert tab.evaluate("id => document.getElementById(id).closest('details').open", DEEP)


def test_a_deep_link_outlives_filters(tab, address):
    tab.goto(address)
    tab.uncheck("input[value=PASS]")
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
    for part in tab.locator("details.g > summary").all():
        part.click()
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
    for target in page.eval_on_selector_all("nav a[href^='#']", "all => all.map(a => a.getAttribute('href'))"):
        page.click(f"nav a[href='{target}']")
        y = "document.querySelector(t).getBoundingClientRect().top"
        page.wait_for_function(f"t => {y} > -60 && {y} < innerHeight", arg=target)
    page.close()
