"""The built-in checks: one file a check; dropping a file in is the whole registration.

Every file below this folder is loaded, and a check in a file that its id does not name is an error: none is lost.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, cast

from checks.not_judged import NOT_JUDGED
from checks.sources import PASSAGES
from scanner.api import Check, NotJudged, Passage, hookimpl

AREAS = {
    "ID": "identity",
    "DEL": "delegation",
    "HOST": "host",
    "VM": "vm",
    "LM": "migration",
    "NET": "network",
    "RCH": "reach",
    "REP": "replica",
    "KEY": "key",
    "ASR": "asr",
    "VMM": "vmm",
    "CLU": "cluster",
    "SHR": "share",
    "OPR": "operator",
}
"""Folder of each area by the letters of its ids, as pages order them; its package's docstring is its title."""
ID = re.compile(r"[A-Z]+-\d\d")
FILE = re.compile(r"\.[a-z]+_\d\d_\w+$")
"""Ends the name of a module that is a check."""


class MisplacedError(Exception):
    """Checks stand where their ids do not say; each line names a file, what is in it and what would be right."""


class _File(NamedTuple):
    path: str
    module: ModuleType

    @property
    def seen(self) -> tuple[Check, ...]:
        """The checks that have a name in it, or stand in a list that has one, each once."""
        named: list[object] = list(vars(self.module).values())
        for value in tuple(named):
            if isinstance(value, list | tuple | set | frozenset | dict):
                items: object = value.values() if isinstance(value, dict) else value  # pyright: ignore[reportUnknownVariableType]
                named += cast("Iterable[object]", items)
        return tuple({id(v): v for v in named if isinstance(v, Check)}.values())

    @property
    def own(self) -> tuple[Check, ...]:
        """Those of them that it judges."""
        return tuple(check for check in self.seen if check.module == self.module.__name__)


@hookimpl
def scanner_checks() -> Iterable[Check]:
    """Every check below this package."""
    return below(Path(__file__).parent, __name__)


@hookimpl
def scanner_not_judged() -> Iterable[NotJudged]:
    """What none of them judges."""
    return NOT_JUDGED


@hookimpl
def scanner_passages() -> Iterable[Passage]:
    """What they judge by."""
    return PASSAGES


def below(folder: Path, package: str) -> tuple[Check, ...]:
    """Load every file below a package's folder; gives its checks. What a file raises is not held up.

    Raises:
        MisplacedError: a check and its file do not fit; all that do not are told at once.
    """
    found = {path: path.relative_to(folder) for path in sorted(folder.rglob("*.py"))}
    names = {f"{package}/{p.as_posix()}": p.with_suffix("").parts for p in found.values() if p.name[0] != "."}
    faults = [
        f"{path}: the name of a module has letters, digits and _ only"
        for path, parts in names.items()
        if not all(part.isidentifier() for part in parts)
    ]
    if faults:
        raise MisplacedError("\n".join(faults))
    files = [_File(path, importlib.import_module(_module(package, parts))) for path, parts in names.items()]
    faults = [fault for file in files for fault in _faults(file)] + list(_shared(files))
    if faults:
        raise MisplacedError("\n".join(faults))
    return tuple(check for file in files for check in file.own)


def _module(package: str, parts: tuple[str, ...]) -> str:
    return ".".join((package, *(parts[:-1] if parts[-1] == "__init__" else parts)))


def _faults(file: _File) -> Iterator[str]:
    """What does not fit in one file."""
    for check in file.own:
        area = check.id.partition("-")[0]
        if not ID.fullmatch(check.id):
            yield f"{file.path} holds {check.id}: an id is the letters of an area, a dash and two digits, as in DEL-01"
        elif area not in AREAS:
            yield f"{file.path} holds {check.id}: there is no area {area} among AREAS of checks/__init__.py"
        elif not re.fullmatch(_place(check, r"\w+"), file.path):
            yield f"{file.path} holds {check.id}: its right name is {_place(check, _words(file.path))}"
    if len(file.own) > 1:
        yield f"{file.path} holds {' and '.join(check.id for check in file.own)}: one file is one check"
    if not file.own and FILE.search(file.module.__name__):
        yield f"{file.path} is called as a check is and holds none: it lacks @check, or a name without a number"


def _shared(files: Iterable[_File]) -> Iterator[str]:
    """Checks that no file judges, and ids that two files hold."""
    files = tuple(files)
    own = {id(check) for file in files for check in file.own}
    for file in files:
        for check in file.seen:
            if id(check) not in own:
                yield f"{file.path} holds {check.id}, which a function of {check.module} judges: it stands in one file"
    where: dict[str, str] = {}
    for file in files:
        for name in dict.fromkeys(check.id for check in file.own):
            if where.setdefault(name, file.path) != file.path:
                yield f"{where[name]} and {file.path} hold {name}: an id is of one check"


def _place(check: Check, words: str) -> str:
    """The path of a check's file, with these words at its end."""
    area, _, number = check.id.partition("-")
    return f"checks/{AREAS[area]}/{area.lower()}_{number}_{words}.py"


def _words(path: str) -> str:
    """What a file is called beside an id, or what to call it."""
    stem = Path(path).stem
    words = re.sub(r"^[a-z]+_\d+_?", "", stem)
    return words.strip("_") if stem != "__init__" and words.strip("_") else "in_a_word_or_two"
