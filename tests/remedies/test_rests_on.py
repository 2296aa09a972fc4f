"""The assumptions that the remedy tests name are those that the page lists."""

from __future__ import annotations

import re
from pathlib import Path

from tests.remedies.rests_on import MODEL, VERDICTS

PAGE = (Path(__file__).parents[2] / "docs" / "unproven.md").read_text(encoding="utf-8")


def lines(text: str) -> list[str]:
    """The first cell of each row, but the heads'."""
    return [cell for cell in re.findall(r"^\| (.*?) \|", text, re.MULTILINE) if cell not in ("Assumption", "---")]


def test_each_line_about_commands_is_named_and_each_named_one_is_there():
    section = lines(PAGE.split("## What remedies rest on")[1].split("\n## ")[0])
    assert len(section) == len(MODEL)
    assert all(line.startswith(begin) for line, begin in zip(section, MODEL, strict=True))


def test_the_lines_about_verdicts_are_there():
    assert all(any(line.startswith(begin) for line in lines(PAGE)) for begin in VERDICTS)
