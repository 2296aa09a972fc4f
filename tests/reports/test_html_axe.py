"""The whole page, all unfolded, is free of what axe-core calls a violation: light, dark and as it is printed."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scanner.words.report import Finding, Report
from tests.reports.conftest import START
from tests.reports.pages import IN_A_BROWSER, kept, many, practice, whole

AXE = Path(sys.prefix) / "readers" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    *IN_A_BROWSER,
    pytest.mark.skipif(
        not AXE.exists() and os.environ.get("HV_PREFLIGHT_LAB") != "required",
        reason="axe-core is not installed (tests/readers)",
    ),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = "* { content-visibility: visible !important; }"
"""axe passes over what a browser skips while it is out of sight."""
OPEN = "for (const details of document.querySelectorAll('details')) details.open = true"
FEW = """for (const element of document.querySelectorAll("main *")) {
  const seen = {};
  for (const child of [...element.children]) {
    const kind = `${child.tagName} ${child.className}`;
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 6) child.remove();
  }
}"""
"""Of what repeats, six are looked at: axe takes minutes for the whole page of many hosts."""
RUN = """async (options) => (await axe.run(document, options)).violations
  .map(({ id, nodes }) => `${id}: ${nodes.length} times, as ${nodes[0].html.slice(0, 160)}`)"""
COLOURS = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "print": {"media": "print"}}


@pytest.fixture(scope="module")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    known = replace(report, findings=tuple(map(known_for_days, report.findings)))
    made = (("practice", practice()), ("hostile", whole(report)), ("known", whole(known)), ("many", many()))
    return kept(tmp_path_factory.mktemp("pages"), made)


def known_for_days(finding: Finding) -> Finding:
    """The finding, which a baseline has known for two days."""
    return finding.saying(replace(finding.said, known_since=START - timedelta(days=2)))


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("page", ["practice", "hostile", "known", "many"])
def test_axe_finds_nothing(browser, folder, page, colours):
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    tab.emulate_media(**COLOURS[colours])
    tab.goto((folder / f"{page}.html").as_uri())
    tab.add_style_tag(content=ALL)
    tab.evaluate(OPEN)
    tab.evaluate(FEW)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    # Nobody points at paper, so there a target may be of any size.
    off = {"target-size": {"enabled": colours != "print"}}
    assert tab.evaluate(RUN, {"resultTypes": ["violations"], "runOnly": RULES, "rules": off}) == []
    context.close()


def test_axe_is_told_of_what_is_hidden_until_it_is_seen(browser, folder):
    """What a browser skips while it is out of sight is looked at, too: a bad colour far below is found."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto((folder / "many.html").as_uri())
    tab.evaluate("document.querySelector('#method dd').style.color = '#eee'")
    tab.evaluate("document.querySelectorAll('.q li')[0].style.color = '#eee'")
    tab.add_style_tag(content=ALL)
    tab.evaluate(OPEN)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    assert "color-contrast: 2 times" in str(tab.evaluate(RUN, {"runOnly": ["wcag2aa"]}))
    context.close()
