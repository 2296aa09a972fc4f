"""Every command that a check names is one that the lab can carry out, with these parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.remedy import interpreter  # noqa: F401 - it registers the commands
from lab.remedy.command import COMMANDS, COMMON

ROOT = Path(__file__).parents[2]
VERBS = (
    "Add|Clear|Disable|Dismount|Enable|Get|Grant|Import|Install|Invoke|Measure|Move|New|Register|Remove|Rename|Repair|Reset|"
    "Restart|Resume|Set|Start|Stop|Suspend|Uninstall|Unregister|Update"
)
COMMAND = re.compile(rf"(?<![\w-])((?:{VERBS})-[A-Z]\w+)((?: -[A-Za-z]\w+| [^-|;{{}}\s()][^\s)]*)*)")
PROGRAM = re.compile(r"(?:^|\{ |; )([a-z]{4,}) (?=[/<'-]|trust )")
"""A program of the command line, before an option or a value."""
TOLD = {"ipconfig"}
"""Programs that sentences name, for people."""
FOR_PEOPLE = ROOT / "checks" / "not_judged"
"""Says how people look for themselves."""


def texts(path: Path) -> Iterator[str]:
    """The constants of a file that are no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def named() -> list[tuple[str, str, str]]:
    """(file, command, what stands behind it)."""
    files = sorted(path for path in (ROOT / "checks").rglob("*.py") if FOR_PEOPLE not in path.parents)
    return [
        (str(path.relative_to(ROOT)), found[1], found[2])
        for path in files
        for text in texts(path)
        for found in COMMAND.finditer(text)
    ]


NAMED = named()


def programs() -> set[str]:
    """The programs that remedies run."""
    files = (path for path in (ROOT / "checks").rglob("*.py") if FOR_PEOPLE not in path.parents)
    return {found for path in files for text in texts(path) for found in PROGRAM.findall(text)}


def test_every_program_is_known():
    assert {"icacls", "setspn", "repadmin"} <= programs() <= COMMANDS.keys() | TOLD


def test_there_are_some():
    assert len(NAMED) > 10


@pytest.mark.parametrize(("file", "name", "behind"), NAMED, ids=lambda value: str(value)[:40])
def test_a_command_is_known(file, name, behind):
    assert name.casefold() in COMMANDS, file
    given = set(re.findall(r" -([A-Za-z]\w+)", behind))
    known = COMMANDS[name.casefold()]
    assert given <= {*known.parameters, *COMMON}, file
