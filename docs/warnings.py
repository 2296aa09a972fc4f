"""Writes the page of every warning a check can give, with why the move works all the same, from the code itself."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.markdown import head, table
from scanner.api import Check
from scanner.commands.explain import deciding

ROOT = Path(__file__).resolve().parents[1]
LEAD = """WARN means: the move works, and something should be known. Where documents or evidence say that the move
fails, it is FAIL; where nobody tried what decides, it is UNKNOWN; what is merely worth a word is a note beside PASS. So
each warning has its reason why the move works, in the code where it is given and beside it in every report; a check
that warns without one is an error. These are all of them. What stands in braces is filled in from the evidence."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One place in the code that gives a warning."""

    module: str
    function: str
    works: str
    """completes "the move works because ..."; empty where the place does not say it"""


def places(files: Iterable[Path], root: Path = ROOT) -> Iterator[Warned]:
    """Every place in these files that makes a warning, or may."""
    for path in sorted(files):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for node in ast.walk(tree):
            if _warns(node):
                at = [f.name for f in functions if f.lineno <= node.lineno <= (f.end_lineno or f.lineno)]
                yield Warned(module, at[-1] if at else "", _sentence(node))


def _warns(node: ast.AST) -> bool:
    """``warned(...)``, or a call that is given the status WARN."""
    if not isinstance(node, ast.Call):
        return False
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    return name == "warned" or (name in ("replace", "Verdict") and any(map(_is_warn, given)))


def _is_warn(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "WARN"


def _sentence(node: ast.AST) -> str:
    assert isinstance(node, ast.Call)  # noqa: S101 - told by the caller
    given = next((keyword.value for keyword in node.keywords if keyword.arg == "works"), None)
    return _text(given) if given is not None else ""


def _text(node: ast.expr) -> str:
    """The text of a literal; what is filled in stands in braces, a name for what it is called."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            f"{{{ast.unparse(v.value)}}}" if isinstance(v, ast.FormattedValue) else _text(v) for v in node.values
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell":
        return _text(node.args[0])
    return f"{{{ast.unparse(node)}}}"


def _reached(check: Check) -> frozenset[str]:
    """Every module of the checks from which a check has what it calls, however far away."""
    found, open_ = set[str](), list(deciding(check))
    while open_:
        name = open_.pop()
        if name.startswith("checks.") and name not in found:
            found.add(name)
            open_ += [m for v in vars(sys.modules[name]).values() if (m := getattr(v, "__module__", None) or "")]
    return frozenset(found)


def page(checks: Iterable[Check]) -> str:
    """The page."""
    checks = tuple(checks)
    reach = {check.id: _reached(check) for check in checks}
    rows: list[tuple[str, str, str]] = []
    for found in places((ROOT / "checks").rglob("*.py")):
        by = [check.id for check in checks if found.module in reach[check.id]]
        rows.append((", ".join(by), f"`{found.module.replace('.', '/')}.py`, `{found.function}`", found.works))
    lines = [*head("What each warning means", LEAD), *table(("Check", "Given in", "The move works because"), rows)]
    return "\n".join(lines) + "\n"
