"""Recipes of the documentation: pipelines as their systems would read them, and their steps as those would run them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.test_docs import BLOCK, PAGES

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = {
    "GitHub Actions": ("vendor.github-workflows",),
    "Azure Pipelines": (
        "vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "nonunicode",
    ),
    "GitLab CI": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}  # fmt: skip
"""Which of the schemas that check-jsonschema brings along a system's files are held against, and how."""


@dataclass(frozen=True)
class Step:
    """What a pipeline has a shell do."""

    script: str
    always: bool = False
    """also where one before it failed"""


@dataclass(frozen=True)
class Recipe:
    """A pipeline, as a page shows it."""

    page: str
    system: str
    text: str
    steps: tuple[Step, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.page}-{self.system}"


def pairs(value: Any) -> list[tuple[str, Any]]:
    """Every key of it and of what is within, with its value."""
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in ((str(key), inner), *pairs(inner))]
    return [pair for inner in value for pair in pairs(inner)] if isinstance(value, list) else []


def _yaml(page: str, text: str) -> Recipe:
    found = yaml.safe_load(text)
    if "runs-on" in text:
        (job,) = found["jobs"].values()
        steps = [Step(one["run"], one.get("if") == "always()") for one in job["steps"] if "run" in one]
        return Recipe(page, "GitHub Actions", text, tuple(steps))
    if "pool" in found:
        listed = found["steps"] if "steps" in found else found["jobs"][0]["steps"]
        steps = [Step(one["script"], one.get("condition") == "always()") for one in listed if "script" in one]
        return Recipe(page, "Azure Pipelines", text, tuple(steps))
    (job,) = (value for value in found.values() if isinstance(value, dict) and "script" in value)
    after = [Step("\n".join(job["after_script"]), always=True)] if "after_script" in job else []
    return Recipe(page, "GitLab CI", text, (Step("\n".join(job["script"])), *after))


def _groovy(page: str, text: str) -> Recipe:
    return Recipe(page, "Jenkins", text, tuple(Step(script) for script in re.findall(r"\bsh '([^']*)'", text)))


MAKERS = {"yaml": _yaml, "groovy": _groovy}
RECIPES = [
    MAKERS[found["kind"]](page, found["text"])
    for page in ("ci.md", "schedules.md")
    for found in BLOCK.finditer(PAGES[f"docs/{page}"])
    if found["kind"] in MAKERS
]


def run(recipe: Recipe, folder: Path, environment: dict[str, str]) -> int:
    """The exit code of a job, as its system makes it: of the first step that fails; some run all the same."""
    code = 0
    for step in recipe.steps:
        if code and not step.always:
            continue
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.script]
        done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, timeout=120, check=False)
        code = code or done.returncode
    return code


def at_home(folder: Path, record: Path) -> dict[str, str]:
    """An environment in which ``hv-preflight scan`` and ``audit`` judge this record; all else is as it is."""
    programs = folder / "bin"
    programs.mkdir()
    arguments = json.dumps([sys.executable, "-m", "scanner"])
    (programs / "hv-preflight").write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"program, words = {arguments}, sys.argv[1:]\n"
        "if words[0] in ('scan', 'audit'):\n"
        f"    words = ['judge', {str(record)!r}, *words[2:]]\n"
        "    for name in ('--history', '--estate-name', '--keep'):\n"
        "        while name in words:\n"
        "            del words[words.index(name):words.index(name) + 2]\n"
        "elif words[0] == 'history':\n"
        "    sys.exit(0)\n"
        "os.execv(program[0], [*program, *words])\n",
        encoding="utf-8",
    )
    (programs / "hv-preflight").chmod(0o755)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GITLAB_", "TF_"))},
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HV_PASSWORD": "an open secret of a test",
        "GITHUB_STEP_SUMMARY": str(folder / "summary-of-github.md"),
    }
