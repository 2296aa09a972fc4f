"""Whoever follows docs/write-a-check.md to the letter has green tests: of the check, and of the house."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "write-a-check.md").read_text(encoding="utf-8")
NEEDED = ("scanner", "checks", "reports", "lab", "tests/checks")
HOUSE = (
    "test_the_checks_of_the_catalogue_are_there",
    "test_a_check_is_complete_and_at_its_place[LM-06]",
    "test_a_check_has_a_test_of_its_name[LM-06]",
    "test_every_file_that_looks_like_a_check_is_one",
    "test_sizes[checks/migration/lm_06_simultaneous.py]",
)
"""Tests of the house that a new check has to pass."""


def test_the_check_of_the_page_passes_its_own_tests_and_the_houses(tmp_path):
    for name in NEEDED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/conftest.py", "tests/test_house.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    texts = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
    paths = re.findall(r"^`((?:tests/)?checks/[a-z0-9_/]+\.py)`:", PAGE, re.M)
    for path, text in zip(paths, texts, strict=True):
        assert not (tmp_path / path).exists(), "the page shows a check that is there already"
        (tmp_path / path).write_text(text, encoding="utf-8")
    house = [f"tests/test_house.py::{name}" for name in HOUSE]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", *house, paths[1]],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "9 passed" in done.stdout
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", *paths]
    done = subprocess.run(ruff, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout
