"""Whoever counts in two reports of one run counts the same: in what each says, and in what it lists."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings

from reports import (
    csv_report,
    ctrf_report,
    gitlab_report,
    html_folder,
    html_report,
    json_report,
    junit_report,
    markdown_report,
    ocsf_report,
    openmetrics_report,
    prometheus_report,
    sarif_report,
    terminal,
    xlsx_report,
)  # fmt: skip
from reports.programs import RUN
from reports.summary import STATUS_WORDS
from scanner.words.junit_choice import JunitChoice
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports.junit_files import practice
from tests.reports.situations import SITUATIONS
from tests.reports.strategies import reports

Counts = dict[str, int]
WORDS = {word: status.value for status, word in STATUS_WORDS.items()}
WORDS |= {f"{word}s": status for word, status in WORDS.items()}
NUMBER = rf"([\d,]+) ({'|'.join(WORDS)})\b"
FINDING = re.compile(r'data-status="?([A-Z_]+)|\bclass=f id=')


def of_words(text: str) -> Counts:
    """``3 passed · 2 failed``."""
    return {WORDS[word]: int(number.replace(",", "")) for number, word in re.findall(NUMBER, text)}


def listed_on(page: str) -> Counts:
    """By the status of what each finding stands in."""
    found: Counter[str] = Counter()
    status = ""
    chapter = page.partition('<section id="findings">')[2].partition('<section id="routes">')[0]
    for one in FINDING.finditer(chapter):
        status = one[1] or status
        found[status] += not one[1]
    return found


def tally(page: str) -> Counts:
    """What the first screen says."""
    first = page.partition('<ul class="tally">')[2].partition("</ul>")[0]
    return of_words(unescape(re.sub(r"<[^>]*>", "", first)))


def last_line(text: str) -> Counts:
    (line,) = (line for line in text.splitlines() if re.match(r"[\d,]+ checks? on ", line))
    return of_words(line.partition(": ")[2])


def of_json(report: Report) -> tuple[Counts, Counts]:
    made = json.loads(json_report.render(report))
    return made["counts"], Counter(one["status"] for one in made["findings"])


def of_html(report: Report) -> tuple[Counts, Counts]:
    page = html_report.render(report)
    return tally(page), listed_on(page)


def of_folder(report: Report) -> tuple[Counts, Counts]:
    pages = dict(html_folder.folder(report))
    found: Counter[str] = Counter()
    for page in pages.values():
        found.update(listed_on(page))
    return tally(pages["index.html"]), found


def of_ctrf(report: Report) -> tuple[Counts, Counts]:
    results = json.loads(ctrf_report.render(report))["results"]
    tests = [one["rawStatus"] for one in results["tests"] if not one["name"].startswith(RUN)]
    return results["environment"]["extra"]["counts"], Counter(one for one in tests if one != "NOT JUDGED")


def of_ocsf(report: Report) -> tuple[Counts, Counts]:
    run, *events = json.loads(ocsf_report.render(report))
    return run["unmapped"]["counts"], Counter(event["compliance"]["status_code"] for event in events)


def of_sarif(report: Report) -> tuple[Counts, Counts]:
    """What passed or does not apply is no result."""
    (run,) = json.loads(sarif_report.render(report))["runs"]
    counts = run["properties"]["counts"]
    found = Counter(one["properties"]["status"] for one in run["results"] if one["ruleId"] != RUN)
    silent = {status: counts[status] for status in ("PASS", "NOT_APPLICABLE")}
    return counts, found | silent


def of_junit(report: Report) -> tuple[Counts, Counts]:
    """In the extended form each case says which status it has."""
    root = ElementTree.fromstring(junit_report.render(report, JunitChoice(profile="extended")))
    found: Counter[str] = Counter()
    for case in root.iter("testcase"):
        told = {one.get("name"): one.get("value", "") for one in case.iter("property")}
        found[told["status"]] += told["check_id"] != "SCAN-000" and told["status"] != "NOT_JUDGED"
    return report.counts, found


def of_csv(report: Report) -> tuple[Counts, Counts]:
    """The rows of the run say its verdict."""
    _, *rows = csv.reader(io.StringIO(csv_report.render(report)))
    return report.counts, Counter(row[0] for row in rows if row[2] != RUN)


def of_xlsx(report: Report) -> tuple[Counts, Counts]:
    _, *rows = openpyxl.load_workbook(io.BytesIO(xlsx_report.render(report)))["Findings"].values
    return report.counts, Counter(str(row[0]) for row in rows)


def of_metrics(text: str) -> Counts:
    found = re.findall(r'^hv_preflight_findings\{status="(\w+)"\} (\d+)', text, re.MULTILINE)
    return {status: int(number) for status, number in found}


COUNTED: dict[str, Callable[[Report], tuple[Counts, Counts]]] = {
    "json": of_json,
    "html": of_html,
    "folder": of_folder,
    "ctrf": of_ctrf,
    "ocsf": of_ocsf,
    "sarif": of_sarif,
    "junit": of_junit,
    "csv": of_csv,
    "xlsx": of_xlsx,
}
SAID = {
    "prometheus": lambda report: of_metrics(prometheus_report.render(report)),
    "openmetrics": lambda report: of_metrics(openmetrics_report.render(report)),
    "markdown": lambda report: last_line(markdown_report.render(report)),
    "terminal": lambda report: last_line(terminal.render(report, width=1_000)),
}


def plain(counts: Counts) -> Counts:
    return {status: number for status, number in counts.items() if number}


def agree(report: Report) -> None:
    there = plain(Counter(finding.status.value for finding in report.findings))
    assert plain(report.counts) == there
    for name, count in COUNTED.items():
        said, listed = count(report)
        assert (name, plain(said), plain(listed)) == (name, there, there)
    for name, say in SAID.items():
        assert (name, plain(say(report))) == (name, there)
    stopping = sum(map(report.stops, report.findings))
    assert sum(one["check_name"] != RUN for one in json.loads(gitlab_report.render(report))) == stopping
    for form in (1, 2):
        root = ElementTree.fromstring(junit_report.render(report, JunitChoice(names=form)))
        cases = [case for case in root.iter("testcase") if not case.get("name", "").startswith("SCAN-000")]
        red = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
        assert len(red) == stopping
        gone = len(report.baseline.gone) if report.baseline else 0
        assert len(cases) - len(report.findings) in range(gone + 1)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_counts_agree(situation: str):
    agree(SITUATIONS[situation][0])


def test_counts_agree_of_hostile_texts(report: Report):
    agree(report)


def test_counts_agree_of_the_practice_estate():
    agree(practice())


@settings(max_examples=40, deadline=None)
@given(reports())
def test_counts_agree_whatever_was_found(report: Report):
    agree(report)


def test_a_number_that_is_wrong_is_seen():
    report = SITUATIONS["fails"][0]
    with pytest.raises(AssertionError):
        agree(replace(report, counts={**report.counts, Status.FAIL.value: 7}))
