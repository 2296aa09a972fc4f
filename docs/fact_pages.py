"""The facts: what is asked for each, and what every field means, from the classes that are the questions."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import ModuleType
from typing import Any, cast

import scanner.facts
from docs.ldap_questions import LDAP
from docs.markdown import block, code, head, table
from scanner.collect.plan import needs_of
from scanner.words.check import Check
from scanner.words.harmful import HARMFUL
from scanner.words.model import Fact
from scanner.words.readonly import READ_ONLY

LEAD = """\
A fact is a row that one target answers, and the class of a Windows fact is the question: the command it names, then
`Select-Object` with the property of every field. `T | None` says that Windows may answer null; a null elsewhere makes
the answer unparsable, and what would have needed it UNKNOWN. Enumerations come as numbers, times in UTC. "No row" is an
answer of its own, never mixed with "could not be read"."""

OTHER = {
    "AnsweringMachine": "nobody; it follows from ComputerSystem when all answers are there",
    "HostClock": "the first answer about OperatingSystem, and the moments between which it was had",
    "RegistrationKey": "the *.VaultCredentials file itself, on the machine that runs hv-preflight",
    "TopLevelName": "msDS-TrustForestTrustInfo of a trust; never asked for alone",
}
"""How a fact is read that neither Windows nor a directory search answers."""

RULE = """\
The list in `scanner/words/readonly.py`, with what each parameter may hold. A command, parameter or value that is not
on it cannot be constructed, by us or by a plugin, and is looked at again where it is sent. `Get-CimInstance` takes a
few namespaces of the machine itself, `Get-ItemProperty` its hives `SOFTWARE`, `SYSTEM` and `Cluster`, without
wildcards; only the first command of a query reads, the others shape. `Test-Endpoint` is our own function; its text
stands in `scanner/collect/remote/Test-Endpoint.ps1`."""

NO_ROW = """\
Who may not look is often told nothing, and no error either. So a fact declares how many rows every target has
(`least`), or which ones (`lacks`); an answer with fewer is a gap, unparsable, wherever it comes from. So is one with
two rows of one `key` that differ. Of the others no row is an answer, in Hyper-V's namespace only beside a witness that
it may be read, and each says what it tells (`no_row`). Where other answers of the machine contradict it, it is a gap:
machines that run have disks, and where the cluster service runs and machines lie on `C:\\ClusterStorage`, there is a
cluster."""

HARM = """\
Reading is no harm by itself, but some providers act when they are read. A CIM class is asked for by a name that begins
with `Win32_`, `Msvm_`, `MSFT_`, `MSCluster_` or `RSOP_` (a `CIM_` class would list all that derive from it), and not by
one of these, as far as they are known:"""

TITLES = ("Field", "Type", "Read from", "Meaning", "Unit")
"""Columns of a fact's table; one that stays empty is left out."""


def page(checks: Iterable[Check]) -> str:
    """The facts as Markdown."""
    readers = _readers(checks)
    lines = head("Facts", LEAD)
    for module in modules():
        lines += [f"## {code(module.__name__)}", "", inspect.getdoc(module) or "", ""]
        for fact in facts_of(module):
            lines += [*_section(fact, readers.get(fact, [])), ""]
    lines += ["## An answer without a row", "", NO_ROW, ""]
    lines += table(("Fact", "No row says that"), _no_rows())
    lines += ["", "## Classes that may not be listed", "", HARM, ""]
    lines += table(("Pattern", "Since listing it"), ((code(name), why) for name, why in HARMFUL.items()))
    lines += ["", "## What may be asked of Windows at all", "", RULE, ""]
    lines += table(("Command", "With these parameters only"), map(_allowed, sorted(READ_ONLY)))
    return "\n".join(lines) + "\n"


def _no_rows() -> Iterator[tuple[str, str]]:
    """Every fact that somebody is asked for."""
    for fact in sorted((f for module in modules() for f in facts_of(module)), key=lambda fact: fact.__name__):
        if fact.least:
            yield code(fact.__name__), "nothing: a gap"
        elif fact.no_row:
            yield code(fact.__name__), fact.no_row


def _allowed(name: str) -> tuple[str, str]:
    return code(name), ", ".join(code(f"-{parameter}") for parameter in sorted(READ_ONLY[name])) or "none"


def modules() -> list[ModuleType]:
    """The modules that hold facts."""
    names = sorted(info.name for info in pkgutil.iter_modules(scanner.facts.__path__, "scanner.facts."))
    return [module for module in map(importlib.import_module, names) if any(facts_of(module))]


def facts_of(module: ModuleType) -> list[type[Fact]]:
    """The facts a module defines, in its order."""
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Fact)
        and thing.__module__ == module.__name__
        and is_dataclass(thing)
    ]


def question(fact: type[Fact]) -> str:
    """What is asked for a fact, as text."""
    return fact.question() or LDAP.get(fact.__name__) or OTHER[fact.__name__]


def _readers(checks: Iterable[Check]) -> dict[type[Fact], list[str]]:
    found: dict[type[Fact], list[str]] = {}
    for check in checks:
        for fact in dict.fromkeys((*needs_of(check), *check.needs)):
            found.setdefault(fact, []).append(check.id)
    return found


def _section(fact: type[Fact], checks: list[str]) -> Iterator[str]:
    yield f"### {fact.__name__}"
    yield ""
    yield inspect.getdoc(fact) or ""
    yield ""
    yield from block(question(fact))
    yield ""
    if notes := fact.about():
        yield " ".join(notes)
        yield ""
    rows = list(_rows(fact))
    filled = [place for place, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    yield from table([TITLES[place] for place in filled], ([row[place] for place in filled] for row in rows))
    yield ""
    yield f"Read by {', '.join(sorted(checks))}." if checks else "No check reads it on its own."


def _rows(fact: type[Fact]) -> Iterator[tuple[str, ...]]:
    written = _written(fact)
    for field in fields(cast("Any", fact)):
        kind, note = written.get(field.name, ("", ""))
        told = cast("dict[str, str]", field.metadata)
        meaning = told.get("meaning", "") or note
        yield code(field.name), code(kind), code(told.get("property", "")), meaning, told.get("unit", "")


@cache
def _written(fact: type[Fact]) -> dict[str, tuple[str, str]]:
    """Type and note of each field, as they stand in the source; a note is the string below its field."""
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for node in _body(fact):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = ast.unparse(node.annotation), ""
            case ast.Expr(value=ast.Constant(value=str(note))) if name in found:
                found[name] = found[name][0], " ".join(note.split())
            case _:
                name = ""
    return found


def _body(fact: type[Fact]) -> list[ast.stmt]:
    tree = ast.parse(inspect.getsource(sys.modules[fact.__module__]))
    return next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == fact.__name__)
