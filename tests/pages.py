"""Follows a page of docs/ that says how something is made: its files, put into a copy of the tree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEP = re.compile(r"^<!-- (?P<what>file|add to): (?P<path>\S+) -->\n```\w+\n(?P<text>.*?)^```$", re.M | re.S)
LEFT = shutil.ignore_patterns("__pycache__", "*.pyc")

FEW = "8"
"""Drawn examples of a property: it is the page that is tested."""


def copied(to: Path, *names: str) -> Path:
    """A copy of these files and folders of the tree."""
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=LEFT)
        else:
            shutil.copy(ROOT / name, to / name)
    return to


def followed(page: str, tree: Path) -> dict[str, list[str]]:
    """Do every step of the page in the tree. Gives the paths that are new and those that grew, in the page's order."""
    touched: dict[str, list[str]] = {"file": [], "add to": []}
    for step in STEP.finditer((ROOT / "docs" / page).read_text(encoding="utf-8")):
        path = tree / step["path"]
        assert path.exists() is (step["what"] == "add to"), f"{step['path']}: the page says {step['what']}"
        path.write_text(_grown(path, step["text"]) if path.exists() else step["text"], encoding="utf-8")
        touched[step["what"]].append(step["path"])
    return touched


def _grown(path: Path, more: str) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".json":
        return f"{text.rstrip()}\n\n{'' if path.suffix == '.toml' else chr(10)}{more}"
    entries, new = json.loads(text), json.loads(more)
    assert not entries.keys() & new.keys(), "the page shows an entry that is there already"
    return json.dumps({**entries, **new}, indent=1, ensure_ascii=False) + "\n"


def run(tree: Path, *words: str, ends: int = 0) -> str:
    """What a Python module says in the tree; it must end so."""
    environment = {"PYTHONPATH": str(tree), "PATH": os.environ["PATH"], "HV_FUZZ": FEW}
    done = subprocess.run(
        [sys.executable, "-P", "-m", *words],
        cwd=tree, env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == ends, done.stdout + done.stderr
    return done.stdout


def proven(tree: Path, *tests: str) -> None:
    """Run these tests of the tree; they must pass."""
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tree.parent / 'inner'}", *tests)
