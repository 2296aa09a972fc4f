"""Pipelines of the documentation: valid by their systems' schemas, run as far as it goes here, green on ready alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.words.exits import INCOMPLETE, NOT_READY, READY
from tests.recipes import RECIPES, SCHEMAS, Recipe, at_home, pairs, run
from tests.test_docs import PAGES
from tests.test_house import ROOT

LENIENT = {"allow_failure", "continue-on-error", "continueOnError", "failOnStderr", "returnStatus", "catchError"}
"""What lets a job pass that failed."""


def as_texts(value: Any) -> Any:
    """As Azure Pipelines reads it: yes, no and numbers are texts, but in the inputs of a task."""
    if isinstance(value, dict):
        return {key: inner if key == "inputs" else as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    return str(value).lower() if isinstance(value, int) else value  # a bool is one, too


def checked(recipe: Recipe, folder: Path, text: str) -> str:
    """What the schema of its system has against it."""
    file = folder / "pipeline.yml"
    if recipe.system == "Azure Pipelines":
        text = json.dumps(as_texts(yaml.safe_load(text)))
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *SCHEMAS[recipe.system], str(file)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr if done.returncode else ""


def test_both_pages_tell_every_system() -> None:
    assert {(one.page, one.system) for one in RECIPES} == {
        (page, system) for page in ("ci.md", "schedules.md") for system in (*SCHEMAS, "Jenkins")
    }


@pytest.mark.parametrize("recipe", [one for one in RECIPES if one.system in SCHEMAS], ids=str)
def test_a_pipeline_is_valid_by_its_systems_schema(recipe: Recipe, tmp_path: Path) -> None:
    assert checked(recipe, tmp_path, recipe.text) == ""
    word = {"GitHub Actions": "runs-on", "Azure Pipelines": "steps", "GitLab CI": "script"}[recipe.system]
    assert checked(recipe, tmp_path, recipe.text.replace(f"{word}:", "shop:")), "what is mistyped is seen"


@pytest.mark.parametrize("recipe", [one for one in RECIPES if one.system == "Jenkins"], ids=str)
def test_a_jenkinsfile_is_groovy(recipe: Recipe) -> None:
    """By a grammar of the language; what Jenkins itself makes of it nobody has seen here."""
    import tree_sitter_groovy
    from tree_sitter import Language, Parser

    parser = Parser(Language(tree_sitter_groovy.language()))
    assert not parser.parse(recipe.text.encode()).root_node.has_error
    assert parser.parse(recipe.text.replace("}", "", 1).encode()).root_node.has_error, "what is mistyped is seen"


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_nothing_in_a_recipe_lets_a_job_pass_that_failed(recipe: Recipe) -> None:
    if recipe.system in SCHEMAS:
        assert {key for key, _ in pairs(yaml.safe_load(recipe.text))}.isdisjoint(LENIENT)
    assert not [word for word in LENIENT if word in recipe.text]
    assert "|| true" not in recipe.text
    assert "always" in recipe.text, "what was found is kept of a red run, too"


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of an estate of which nobody was read."""
    record = json.loads((ROOT / "tests" / "data" / "good.hvp").read_text(encoding="utf-8"))
    record["answers"] = []
    file = tmp_path_factory.mktemp("unread") / "unread.hvp"
    file.write_text(json.dumps(record), encoding="utf-8")
    return file


def ended(recipe: Recipe, folder: Path, record: Path) -> int:
    """How its job ends over this record; its files are in ``folder/out``."""
    return run(recipe, folder, at_home(folder, record))


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_a_job_is_green_on_ready_alone(recipe: Recipe, tmp_path: Path, unread: Path) -> None:
    cases = (
        ("ready", ROOT / "tests" / "data" / "good.hvp", READY),
        ("not ready", ROOT / "scanner" / "data" / "practice.hvp", NOT_READY),
        ("unread", unread, INCOMPLETE),
    )
    for name, record, code in cases:
        folder = tmp_path / name
        folder.mkdir()
        assert ended(recipe, folder, record) == code, name
        written = {path.name for path in (folder / "out").iterdir()}
        assert {"report.html", "junit.xml"} <= written, f"what was found is there to be published: {name}"
        if recipe.system == "GitHub Actions" and "GITHUB_STEP_SUMMARY" in recipe.text:
            assert (folder / "summary-of-github.md").read_text(encoding="utf-8").startswith("## ")


def test_no_page_advises_to_let_what_was_not_judged_pass() -> None:
    for page, text in PAGES.items():
        for line in text.splitlines():
            if "allow_failure" in line or "exit_codes" in line:
                assert any(word in line for word in ("no recipe", "none", "never", "Never", "would")), f"{page}: {line}"
