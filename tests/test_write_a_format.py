"""Whoever follows docs/write-a-format.md to the letter has a report format, in one file and its test."""

from __future__ import annotations

from pathlib import Path

from tests.pages import copied, followed, proven, run

NEEDED = (
    *(
        "scanner",
        "checks",
        "reports",
        "pyproject.toml",
        "tests/conftest.py",
        "tests/asked_of.py",
        "tests/told_by_checks.py",
        "tests/octets.py",
        "tests/processes.py",
        "tests/data",
    ),
    *(
        "tests/reports",
        "tests/test_inert.py",
        "tests/test_inert_formats.py",
        "tests/test_query.py",
        "tests/test_house.py",
    ),
)
FORMAT = "reports/tsv_report.py"
TEST = "tests/reports/test_tsv_report.py"
HOUSE = (
    "tests/reports/test_formats.py",
    "tests/reports/test_same_bytes.py::test_two_processes_give_the_same_bytes[good]",
    "tests/test_inert_formats.py::test_no_report_holds_one",
    f"tests/test_house.py::test_sizes[{FORMAT}]",
)
"""Tests of the house that look at every format."""


def test_the_format_of_the_page_is_written_and_passes_the_tests_of_the_house(tmp_path: Path) -> None:
    tree = copied(tmp_path / "tree", *NEEDED)
    assert followed("write-a-format.md", tree) == {"file": [FORMAT, TEST], "add to": []}  # a format is two files
    proven(tree, TEST, *HOUSE)
    run(tree, "ruff", "check", "--no-cache", FORMAT, TEST)
    run(tree, "ruff", "format", "--no-cache", "--check", FORMAT, TEST)
    run(tree, "scanner", "demo", "--report", "tsv=report.tsv", ends=1)
    assert (tree / "report.tsv").read_text(encoding="utf-8").startswith("Status\tCheck\tSubject\tSeen\tWanted\nFAIL\t")
