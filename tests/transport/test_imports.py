"""Who may import what talks to machines."""

from __future__ import annotations

import ast
from pathlib import Path


def test_only_the_transport_imports_what_talks() -> None:
    root = Path(__file__).parents[2] / "scanner"
    talking: set[str] = set()
    for path in root.rglob("*.py"):
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        if names & {"pypsrp", "requests", "urllib3", "spnego"}:
            talking.add(path.relative_to(root).parts[:2])
    assert talking == {("collect", "transport")}
