"""Whoever follows docs/write-a-fact.md to the letter has a fact that the whole house knows, in three files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import copied, followed, proven, run

NEEDED = (
    *("scanner", "checks", "reports", "lab", "docs", "pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"),
    *(
        "tests/checks",
        "tests/data",
        "tests/conftest.py",
        "tests/told_by_checks.py",
        "tests/asked_of.py",
        "tests/octets.py",
        "tests/lab/test_machine.py",
        "tests/test_contract.py",
    ),
    *("tests/test_house.py", "tests/test_docs.py", "tests/test_practice_records.py", "tests/test_benchmarks.py"),
    "benchmarks",
)
CHECK = "checks/host/host_90_page_file.py"
TEST = "tests/checks/host/test_host_90_page_file.py"
RELEASES = ("2012", "2012R2", "2016", "2019", "2022", "2025")
HOUSE = (
    *(f"tests/test_contract.py::test_every_query_exists_where_it_is_sent[PageFile-{each}]" for each in RELEASES),
    "tests/test_contract.py::test_every_command_is_on_the_read_only_list[PageFile]",
    "tests/lab/test_machine.py::test_a_machine_that_has_everything_fills_every_property_the_plan_reads",
    "tests/lab/test_machine.py::test_every_row_is_what_the_contract_says",
    "tests/test_practice_records.py",
    "tests/test_benchmarks.py::test_judging",
    "tests/test_docs.py::test_generated_pages_are_current",
    "tests/test_house.py::test_a_check_is_complete_and_at_its_place[HOST-90]",
    "tests/test_house.py::test_a_check_has_a_test_of_its_name[HOST-90]",
    f"tests/test_house.py::test_sizes[{CHECK}]",
    "tests/test_house.py::test_sizes[scanner/facts/host.py]",
)
"""Tests of the house that look at a new fact, or at the check that reads it."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which the page was followed."""
    made = copied(tmp_path_factory.mktemp("fact") / "tree", *NEEDED)
    touched = followed("write-a-fact.md", made)
    assert touched["file"] == [CHECK, TEST]
    assert touched["add to"] == [
        "scanner/facts/host.py", "lab/contract/types.json", "lab/windows/machine/base.py",  # the fact is in three files
        "lab/estates/broken/machines/hb05.toml",
    ]  # fmt: skip
    return made


def test_the_fact_of_the_page_passes_the_tests_of_the_house(tree: Path) -> None:
    run(tree, "lab", "machines")
    run(tree, "docs.generate")
    proven(tree, TEST, *HOUSE)
    assert "### PageFile" in (tree / "docs" / "facts.md").read_text(encoding="utf-8")
    sources = ("scanner/facts", "checks/host", "lab/windows/machine", TEST)
    run(tree, "ruff", "check", "--no-cache", *sources)
    run(tree, "ruff", "format", "--no-cache", "--check", *sources)
    told = run(tree, "scanner", "why", "host", "hb05", "--to", "hb01", "--record", "scanner/data/practice.hvp", ends=1)
    assert "temporary: D:\\temppf.sys" in told
