"""The assumptions that the remedy tests name are those that the page lists."""

from __future__ import annotations

from scanner.judge.points import POINTS, SECTIONS
from tests.remedies.rests_on import MODEL, VERDICTS


def test_each_line_about_commands_is_named_and_each_named_one_is_there():
    section = next([point.assumption for point in one.all] for one in SECTIONS if one.title == "What remedies rest on")
    assert len(section) == len(MODEL)
    assert all(line.startswith(begin) for line, begin in zip(section, MODEL, strict=True))


def test_the_lines_about_verdicts_are_there():
    assert all(any(point.assumption.startswith(begin) for point in POINTS) for begin in VERDICTS)
