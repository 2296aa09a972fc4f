"""The house tests itself: names, numbers and pages that must agree, agree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checks import AREAS, FILE
from scanner.judge import scopes
from scanner.plugins import load

ROOT = Path(__file__).resolve().parent.parent
CHECKS = load(third_party=False).checks
FIRST = """ID-01 ID-02 VM-01 VM-02 DEL-01 DEL-02 DEL-03 DEL-04 DEL-05 DEL-06 DEL-08 DEL-10 HOST-01 HOST-02 HOST-03
LM-01 LM-02 LM-03 LM-08 LM-09 LM-10 LM-11 NET-01 RCH-01 RCH-02 RCH-06 RCH-07 RCH-08 KEY-01 KEY-02 KEY-03 KEY-04 KEY-07
CLU-01"""
SHIPPED = sorted(
    path for name in ("hv_preflight", "scanner", "checks", "reports") for path in (ROOT / name).rglob("*.py")
)


def test_the_checks_of_the_catalogue_are_there():
    ids = [check.id for check in CHECKS]
    assert set(FIRST.split()) <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_is_complete_and_at_its_place(check):
    area, number = check.id.split("-")
    assert check.module.startswith(f"checks.{AREAS[area]}.{area.lower()}_{number}_")
    assert check.title
    assert check.remedy
    assert check.needs or check.scope.name == "run"  # the run's may be about what the estate declares
    assert check.profiles
    assert re.search(r"S\d|beyond seeds", check.seed), check.seed
    assert len(check.doc.split("\n\n")) >= 2, "the docstring says why it matters, then what passes"
    assert check.scope in scopes.ALL


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_has_a_test_of_its_name(check):
    *folders, name = check.module.split(".")
    assert (ROOT / "tests" / Path(*folders) / f"test_{name}.py").is_file()


def test_every_file_that_looks_like_a_check_is_one():
    modules = {check.module for check in CHECKS}
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "checks").rglob("*.py"))
    assert {name for name in names if FILE.search(name)} == modules


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.count("\n") - sum(_spare(tree).values())
    if FILE.search(".".join(path.relative_to(ROOT).with_suffix("").parts)):
        imports = (n for n in tree.body if isinstance(n, ast.ImportFrom))
        extra = (
            sum((n.end_lineno or n.lineno) - n.lineno for n in imports)
            + text.count("\n    who=")
            + text.count("\n    follows=")
            + text.count("\n    of_source=")
            + text.count("\n    of_destination=")
            + text.count("\n    of_all=")
            + text.count("\n    ends=")
            + text.count("\n    begins=")
        )
        # an import is one line; who mends it, what it follows from, of whom its facts are asked and how it turns by
        # itself come on top
        assert lines - extra <= 60
    assert lines <= 200
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 - sum(_spare(node).values()) <= 45, node.name


WORDED = {"tell", "phrase", "plural", "passed", "failed", "warned", "unknown", "not_applicable", "MissingEvidence"}


def _spare(tree: ast.AST) -> dict[int, int]:
    """How many lines each text, and each verdict of texts, takes beyond its first: what is said is one thing."""
    told = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name))
    spans = [(n.lineno, n.end_lineno or n.lineno) for n in told if n.func.id in WORDED]
    outer = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return {first: last - first for first, last in outer}


def test_only_the_guard_survives_anything():
    broad = []
    for path in SHIPPED:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                names = [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)] if node.type else [""]
                broad += [path.name for name in names if name in ("", "Exception", "BaseException")]
    assert set(broad) == {"guard.py"}


@pytest.mark.parametrize("path", sorted((ROOT / "checks" / "common").glob("*.py")), ids=lambda path: path.stem)
def test_what_areas_of_checks_share_knows_no_area(path):
    imports = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    named = {node.module or "" for node in imports}
    assert not {name for name in named if name.startswith("checks.") and not name.startswith("checks.common.")}


def test_the_import_contracts_hold():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("checks/identity/id_01_domain_joined.py", "import scanner.judge.judging"),
        ("checks/identity/id_01_domain_joined.py", "import reports"),
        ("reports/json_report.py", "import scanner.facts.host"),
        ("scanner/judge/judging.py", "import checks"),
        ("scanner/words/model.py", "import scanner.words.evidence"),
        ("scanner/judge/policy.py", "import scanner.collect.transport.psrp.session"),
        ("scanner/collect/keyfile/__init__.py", "import requests"),
        ("scanner/cli.py", "import lab"),
        ("scanner/commands/ledger.py", "import sqlalchemy"),
        ("scanner/judge/policy.py", "import scanner.history.place"),
    ],
)
def test_a_broken_import_contract_is_seen(tmp_path, path, line):
    for name in ("scanner", "checks", "reports", "lab"):
        for source in (ROOT / name).rglob("*.py"):
            copy = tmp_path / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    broken = tmp_path / path
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"],  # noqa: E501
        cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "BROKEN" in done.stdout, done.stdout + done.stderr
