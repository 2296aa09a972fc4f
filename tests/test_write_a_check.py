"""Whoever follows docs/write-a-check.md to the letter has green tests: of the check, and of the house."""

from __future__ import annotations

from pathlib import Path

from tests.pages import copied, followed, proven, run

NEEDED = (
    "scanner",
    "checks",
    "reports",
    "lab",
    "tests/checks",
    "pyproject.toml",
    "tests/conftest.py",
    "tests/asked_of.py",
    "tests/told_by_checks.py",
)
CHECK = "checks/migration/lm_90_simultaneous.py"
TEST = "tests/checks/migration/test_lm_90_simultaneous.py"
HOUSE = (
    "test_the_checks_of_the_catalogue_are_there",
    "test_a_check_is_complete_and_at_its_place[LM-90]",
    "test_a_check_has_a_test_of_its_name[LM-90]",
    "test_every_file_that_looks_like_a_check_is_one",
    f"test_sizes[{CHECK}]",
)
"""Tests of the house that a new check has to pass."""


def test_the_check_of_the_page_passes_its_own_tests_and_the_houses(tmp_path: Path) -> None:
    tree = copied(tmp_path / "tree", *NEEDED, "tests/test_house.py")
    assert followed("write-a-check.md", tree) == {"file": [CHECK, TEST], "add to": []}  # a check is two files
    proven(tree, TEST, *(f"tests/test_house.py::{name}" for name in HOUSE))
    run(tree, "ruff", "check", "--no-cache", CHECK, TEST)
    assert "LM-90" in run(tree, "scanner", "checks")
