"""Ten thousand findings in every format: seconds, bytes, whether JUnit is valid and HTML is usable in a browser.

    python -m benchmarks.reports [--size FINDINGS] [--runs N]

Two reports: ``mixed``, of an estate where every second host has a fault, and ``red``, where no finding is green.
``usable`` is what Chromium's own clock shows, from the start of the navigation until a first click on a filter is
painted; ``main thread`` is the CPU time that the page's main thread took for it. Both are held against a bare table of
the same texts, without style, script, links and folds, in the same browser: that is what no page that says them all
can do without, and how long it takes is a matter of the machine.
"""

from __future__ import annotations

import argparse
import html
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

from benchmarks.estate import estate_of, evidence_of
from benchmarks.measure import ROOT, Budget, cores, median, pin, table, tell, whole_machine
from scanner.api import Evidence, Finding, Report, Severity, Status
from scanner.judge import judging, policy
from scanner.plugins import Offer, load

MACHINES = 2000 / 64
FORMATS = ("html", "junit", "json")
CHROMIUM = Path("/usr/bin/chromium")
SCHEMAS = ROOT / "tests" / "data" / "xsd"
LOADED = "() => performance.timing.loadEventEnd - performance.timing.navigationStart"
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
GREEN = (Status.PASS, Status.NOT_APPLICABLE)


def mixed(hosts: int, offer: Offer) -> tuple[Evidence, list[Finding]]:
    """An estate where every second host has a fault."""
    estate = estate_of(hosts)
    evidence = evidence_of(estate, round(MACHINES * hosts), offer.checks, faulty=2)
    return evidence, list(judging.judge(offer.checks, evidence))


def red(hosts: int, offer: Offer) -> tuple[Evidence, list[Finding]]:
    """An estate whose virtual machines are all too new for every destination, and only what is not green of it."""
    estate = estate_of(hosts)
    evidence = evidence_of(estate, round(MACHINES * hosts), offer.checks, faulty=1, kinds=("new machines",))
    return evidence, [f for f in judging.judge(offer.checks, evidence) if f.status not in GREEN]


def sized(make: Callable[[int, Offer], tuple[Evidence, list[Finding]]], size: int, offer: Offer) -> Any:
    """The smallest estate with so many findings, and a sample of just that many, in order."""
    for hosts in range(4, 200, 2):
        evidence, findings = make(hosts, offer)
        if len(findings) >= size:
            places = sorted(Random(1).sample(range(len(findings)), size))
            return evidence, [findings[place] for place in places]
    raise SystemExit("that many findings are out of reach")


def report_of(evidence: Evidence, findings: Sequence[Finding], offer: Offer) -> Report:
    """The report that every format is written from."""
    checks = judging.enabled(offer.checks, evidence.estate.profiles)
    return policy.report_of(evidence, findings, checks=checks, plugins=offer.plugins, threshold=Severity.MEDIUM)


def render(report: Report, offer: Offer, runs: int) -> dict[str, tuple[str, float]]:
    """Text and CPU seconds by format."""
    found: dict[str, tuple[str, float]] = {}
    for reporter in offer.reporters:
        if reporter.name in FORMATS:
            seconds: list[float] = []
            text = ""
            for _ in range(runs):
                began = time.process_time()
                text = reporter.render(report)
                seconds.append(time.process_time() - began)
            found[reporter.name] = text, median(seconds)
    return found


def bare(report: Report) -> str:
    """The findings as a table and nothing else: what the page is held against."""
    texts = (
        (f.status.value, f.check, f.subject.title, f.title, f.seen, f.wanted, f.note, f.remedy) for f in report.findings
    )
    rows = "\n".join(f"<tr>{''.join(f'<td>{html.escape(text)}' for text in row)}" for row in texts)
    return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>bare</title><table>\n{rows}\n</table>'


def invalid(junit: str) -> list[str]:
    """The schemas that the JUnit file breaks, with the first mistake."""
    tree = etree.fromstring(junit.encode("utf-8"), etree.XMLParser(huge_tree=True))
    wrong: list[str] = []
    for path in sorted(SCHEMAS.glob("*.xsd")):
        schema = etree.XMLSchema(etree.parse(path))
        if not schema.validate(tree):
            wrong.append(f"{path.name}: {schema.error_log[0]}")
    return wrong


def usable(page_file: Path, runs: int, *, tools: bool = True) -> tuple[float, float, float]:
    """Seconds until loaded, until the first click on a filter is painted, and of main-thread CPU; medians.

    Of a page without such tools, until it is painted itself.
    """
    from playwright.sync_api import sync_playwright

    seen: list[tuple[float, float, float]] = []
    with sync_playwright() as playwright, whole_machine():
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for _ in range(runs + 1):
            page = browser.new_page()
            inspector = page.context.new_cdp_session(page)
            inspector.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(page_file.as_uri())
            loaded = page.evaluate(LOADED)
            shown = page.text_content("#shown") if tools else None
            if tools:
                page.evaluate("() => document.querySelector('#tools input[name=status]').click()")
            painted = page.evaluate(PAINTED)
            told = {m["name"]: m["value"] for m in inspector.send("Performance.getMetrics")["metrics"]}
            assert not tools or page.text_content("#shown") != shown, "the click filtered nothing"
            seen.append((loaded / 1000, painted / 1000, told["TaskDuration"]))
            page.close()
        browser.close()
    first, second, third = zip(*seen[1:], strict=True)
    return median(first), median(second), median(third)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    pin(cores()[0])
    offer = load(third_party=False)
    rows: list[tuple[object, ...]] = []
    pages: list[tuple[object, ...]] = []
    budgets: list[Budget] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("mixed", mixed), ("red", red)):
            evidence, findings = sized(make, given.size, offer)
            report = report_of(evidence, findings, offer)
            counts = Counter(finding.status.value for finding in findings)
            print(f"{name}: {len(evidence.estate.hosts)} hosts, {len(report.routes)} routes, {dict(counts)}")
            texts = render(report, offer, given.runs)
            rows += [(name, form, len(t.encode()) / 1e6, s) for form, (t, s) in texts.items()]
            page = Path(folder) / f"{name}.html"
            page.write_text(texts["html"][0], encoding="utf-8")
            table_alone = Path(folder) / f"{name}-bare.html"
            table_alone.write_text(bare(report), encoding="utf-8")
            sizes = page.stat().st_size, table_alone.stat().st_size
            budgets.append(Budget(f"{name}: HTML / a bare table of the same texts", sizes[0] / sizes[1], "times", 2))
            wrong = invalid(texts["junit"][0])
            print(*wrong, sep="\n", end="\n" if wrong else "")
            budgets.append(Budget(f"{name}: HTML", page.stat().st_size / 1e6, "MB", 5))
            budgets.append(Budget(f"{name}: schemas that JUnit breaks", len(wrong), "", 0))
            if CHROMIUM.exists():
                times, others = usable(page, given.runs), usable(table_alone, given.runs, tools=False)
                pages += [(name, *times), (f"{name}, bare table", *others)]
                budgets.append(Budget(f"{name}: usable / bare table painted", times[1] / others[1], "times", 1))
                budgets.append(Budget(f"{name}: HTML usable after", times[1], "s", 1.5))
            else:
                print(f"{name}: {CHROMIUM} is not there, so how usable the page is was not measured")
    table(("report", "format", "MB", "CPU s"), rows)
    if pages:
        table(("in Chromium", "loaded s", "usable s", "main thread CPU s"), pages)
    tell(*budgets)


if __name__ == "__main__":
    main()
