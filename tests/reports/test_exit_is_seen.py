"""A run that is not ready is seen to be so in each format at once: no table of numbers looks like a green one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from prometheus_client import parser

from reports import csv_report, openmetrics_report, prometheus_report, xlsx_report
from scanner.words.exits import WORDS
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports.conftest import HV01, build, finding, host
from tests.reports.strategies import reports


def numbers(text: str) -> tuple[str, str]:
    samples = {
        (s.name, *s.labels.values()): s.value for f in parser.text_string_to_metric_families(text) for s in f.samples
    }
    (verdict,) = [key[1] for key, value in samples.items() if key[0] == "hv_preflight_verdict" and value == 1]
    return verdict, WORDS[int(samples["hv_preflight_exit_code",])]


def in_csv(report: Report) -> tuple[str, str]:
    _, row = list(csv.reader(io.StringIO(csv_report.render(report))))[:2]
    ends = row[5]
    return row[0], WORDS[int(ends.split()[1])]


def in_xlsx(report: Report) -> tuple[str, str]:
    book = load_workbook(io.BytesIO(xlsx_report.render(report)))
    assert book.active is not None
    assert book.active.title == "Verdict", "it is the sheet that opens"
    verdict, ends = str(book["Verdict"]["A1"].value).lower(), str(book["Verdict"]["A3"].value)
    return verdict.partition(",")[0], WORDS[int(ends.split()[1])]


GLANCES: dict[str, Callable[[Report], tuple[str, str]]] = {
    "prometheus": lambda report: numbers(prometheus_report.render(report)),
    "openmetrics": lambda report: numbers(
        openmetrics_report.render(report).replace("_build info", "_build_info gauge")
    ),
    "csv": in_csv,
    "xlsx": in_xlsx,
}


@pytest.mark.parametrize("name", GLANCES)
@given(reports())
@settings(max_examples=settings.default.max_examples // 4)
def test_how_a_run_ends_is_seen(name: str, report: Report) -> None:
    assert GLANCES[name](report) == (report.verdict, report.gate)


@pytest.mark.parametrize("name", GLANCES)
def test_also_where_it_is_not_the_verdict(name: str) -> None:
    """With a baseline the gate may pass over what is known; the verdict stays, and both are told."""
    report = replace(build([finding("ID-01", host(HV01), Status.FAIL)]), exit_code=0)
    assert GLANCES[name](report) == ("not ready", "ready")
