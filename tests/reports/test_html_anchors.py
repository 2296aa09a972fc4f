"""Links of the page lead to something that is there and unfolded: with a script, without one, and in Jenkins."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.words.report import Report
from tests.reports.pages import IN_A_BROWSER, kept, many, practice, served, whole

pytestmark = IN_A_BROWSER
PAGES = ("practice", "whole", "many")
TARGETS = "all => [...new Set(all.map(a => a.getAttribute('href').slice(1)))]"
FOLD = "for (const details of document.querySelectorAll('details[open]')) details.open = false;"
CLICK = "document.querySelector(`a[href='#${CSS.escape(target)}'],a[href='#${target}']`).click();"
FOLLOW = f"""async ([targets, script]) => {{
  const wrong = {{}};
  for (const target of targets) {{
    {FOLD}
    const followed = script && location.hash !== `#${{target}}`
      && new Promise((done) => addEventListener("hashchange", done, {{ once: true }}));
    {CLICK}
    if (followed) await followed;
    const element = document.getElementById(target);
    if (!element) wrong[target] = "is not there";
    else if (!element.checkVisibility()) wrong[target] = "is not shown";
  }}
  return wrong;
}}"""
PLACE = """target => {
  const { top, bottom, height } = document.getElementById(target).getBoundingClientRect();
  return height > 0 && bottom > 0 && top > -2 && top < innerHeight;
}"""


@pytest.fixture(scope="module")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = (("practice", practice()), ("whole", whole(report)), ("many", many()))
    return kept(tmp_path_factory.mktemp("pages"), made)


@pytest.fixture(scope="module")
def strict(folder: Path):
    with served(folder) as address:
        yield address


def lost(tab, address: str, *, script: bool, every: int = 1) -> dict[str, str]:
    """The targets of links that are not there or stay folded when one is followed; of some, those out of sight."""
    from playwright.sync_api import TimeoutError as Late

    tab.goto(address)
    targets = tab.eval_on_selector_all("a[href^='#']", TARGETS)[::every]
    assert len(targets) > 20
    wrong = tab.evaluate(FOLLOW, [targets, script])
    for target in targets[:: 1 + len(targets) // 40]:
        tab.evaluate(f"{FOLD} scrollTo(0, 0)")
        tab.evaluate(f"target => {{ {CLICK} }}", target)
        try:
            tab.wait_for_function(PLACE, arg=target, timeout=3000)
        except Late:
            wrong[target] = "is out of sight"
    return wrong


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_every_link_leads_to_what_is_seen(browser, folder, page, script):
    tab = browser.new_page(java_script_enabled=script, reduced_motion="reduce")
    every = 5 if page == "practice" else 1
    assert lost(tab, (folder / f"{page}.html").as_uri(), script=script, every=every) == {}
    tab.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_what_is_seen_in_jenkins(browser, strict, page):
    tab = browser.new_page(reduced_motion="reduce")
    assert lost(tab, f"{strict}{page}.html", script=False, every=5 if page == "practice" else 1) == {}
    assert not tab.is_visible("#tools"), "no script runs there"
    tab.close()


def test_a_click_without_a_script_unfolds_the_finding_it_names(browser, folder):
    tab = browser.new_page(java_script_enabled=False, reduced_motion="reduce")
    tab.goto((folder / "practice.html").as_uri())
    link = tab.locator("#hosts a[href*='--DEL-01']").first
    target = tab.locator(f"[id='{link.get_attribute('href')[1:]}']")
    assert not target.is_visible()
    link.click()
    target.wait_for(state="visible")
    name = target.locator("xpath=ancestor::details[1]/summary").element_handle()
    seen = "name => { const { top } = name.getBoundingClientRect(); return top >= 0 && top < 200; }"
    tab.wait_for_function(seen, arg=name, timeout=3000)
    tab.close()


@pytest.mark.parametrize("page", ["practice", "many"])
@pytest.mark.parametrize("width", [1280, 390])
def test_commands_break_into_lines_in_jenkins(browser, strict, page, width):
    """No style applies there; a line of a command that went on beyond the screen would be cut when printed."""
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(f"{strict}{page}.html")
    tab.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert tab.evaluate("document.styleSheets.length") == 0
    wide = """all => all.filter(e => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > e.clientWidth)
      .map(e => e.textContent)"""
    assert tab.locator("pre").count() > 9
    assert tab.eval_on_selector_all("pre", wide) == []
    tab.close()
