"""The formats are the files: none is lost for its name."""

from __future__ import annotations

import ast
from pathlib import Path

import reports
from scanner.plugins import load

FOLDER = Path(reports.__file__).parent
TERMINAL = "terminal"
"""The module of the format text, which is what a terminal shows, too."""


def renders(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "render" for node in tree.body)


def test_every_file_that_renders_a_report_is_a_format() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py") if renders(path)}
    offered = {reporter.name for reporter in load(third_party=False).reporters}
    assert {TERMINAL, "html_report", "junit_report", "json_report"} <= modules
    assert modules == {f"{name}_report" for name in offered - {"text"}} | {TERMINAL}
