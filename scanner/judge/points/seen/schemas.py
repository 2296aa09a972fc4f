"""Whether the classes of a machine have what is asked of them, of the kind that is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin

from scanner.facts.base import WindowsFact
from scanner.judge.points.reading import Untold, answers, facts, hints, listed, older, settling, whole
from scanner.words.point import Told
from scanner.words.recording import Held, Recording, Schema
from scanner.words.wording import counted

NUMBERS = frozenset({f"{sign}int{bits}" for sign in ("u", "s", "") for bits in (8, 16, 32, 64)} | {"byte", "sbyte"})
"""As CIM calls them, and as .NET does."""
READ_FROM: Mapping[object, frozenset[str]] = {
    bool: frozenset({"boolean"}),
    int: NUMBERS,
    str: frozenset({"string"}),
    datetime: frozenset({"datetime"}),
}
"""From which CIM types a value is read."""
FROM_TEXT = {("OperatingSystem", "BuildNumber"), ("Update", "InstalledOn")}
"""Properties that are text, and read as what they say."""
YOUNG = {
    ("ClusterInfo", "ClusterFunctionalLevel"): "2016",
    ("MigrationSettings", "EnableCompression"): "2012R2",
    ("MigrationSettings", "EnableSmbTransport"): "2012R2",
    ("ReplicationTerms", "ReplicationInterval"): "2012R2",
    ("SmbClientConfiguration", "RequireEncryption"): "2025",
    ("VirtualMachineSettings", "VirtualSystemSubType"): "2012R2",
    ("VmProcessor", "LimitProcessorFeaturesMode"): "2025",
    ("VmStorage", "PersistentReservationsSupported"): "2012R2",
}
"""Properties that are younger than their class, with their first release; before it they are null, and may be."""


@dataclass(slots=True)
class _Found:
    """What the schemas of a machine say of the facts."""

    differing: list[str] = field(default_factory=list[str])
    untold: list[str] = field(default_factory=list[str])
    alike: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """class and property"""


@settling
def properties_exist(recording: Recording) -> Told:
    """Each property that is asked of a class is in what the machine says of it, with a type that is read."""
    known = {_key(schema.namespace, schema.name): schema for schema in recording.schemas}
    spaces = {_key(schema.namespace, "")[0] for schema in recording.schemas if not schema.missing}
    found = _Found()
    for fact in _of_classes(recording):
        _hold(fact, known.get(_key(*_class(fact))), spaces, recording, found)
    found.differing += _null(recording)
    if found.differing:
        return Held.FAILS, f"otherwise here: {listed(found.differing, 'property')}"
    if found.untold or not found.alike:
        raise Untold(f"not told here, and a machine that has them would: {listed(found.untold, 'class') or 'classes'}")
    classes = counted(len({name for name, _ in found.alike}), "class", "classes")
    return Held.HOLDS, f"{counted(len(found.alike), 'property', 'properties')} of {classes} are there, as they are read"


def _of_classes(recording: Recording) -> Iterator[type[WindowsFact]]:
    """The facts of such a machine that are read from a CIM class its release knows."""
    for fact in facts():
        if recording.kind in fact.kinds and fact.yields.startswith("CIM:") and not older(recording, fact.since):
            yield fact


def _class(fact: type[WindowsFact]) -> tuple[str, str]:
    """Namespace and name of the class that a fact is read from."""
    namespace, _, name = fact.yields.removeprefix("CIM:").partition(":")
    return namespace, name


def _key(namespace: str, name: str) -> tuple[str, str]:
    return namespace.lower().replace("/", "\\"), name.lower()


def _hold(
    fact: type[WindowsFact], schema: Schema | None, spaces: set[str], recording: Recording, found: _Found
) -> None:
    """Hold one fact against the class it is read from."""
    namespace, name = _class(fact)
    if schema is None:
        found.untold.append(name)
    elif schema.missing:
        if not fact.absent & {"class", "namespace"}:
            (found.differing if _key(namespace, "")[0] in spaces else found.untold).append(name)
    else:
        there = {other.lower(): kind for other, kind in schema.properties.items()}
        for wanted, hint in hints(fact).items():
            first = YOUNG.get((fact.__name__, wanted), "")
            if first and older(recording, first):
                continue
            kind = there.get(wanted.lower(), "")
            if takes(str if (fact.__name__, wanted) in FROM_TEXT else hint, kind):
                found.alike.add((name, wanted))
            else:
                found.differing.append(f"{name}.{wanted}")


def takes(hint: Any, kind: object) -> bool:
    """Whether a field of this hint is read from a property of this CIM type."""
    told = kind.lower() if isinstance(kind, str) else ""
    inner = _inner(hint)
    if get_origin(inner) is tuple:  # of a list with one element PowerShell gives the element
        inner, told = get_args(inner)[0], told.removesuffix("[]")
    if isinstance(inner, type) and issubclass(cast("type[object]", inner), IntEnum):
        inner = int
    return told in READ_FROM.get(inner, frozenset())


def _inner(hint: Any) -> Any:
    """The hint without its ``| None``."""
    if get_origin(hint) not in (UnionType, Union):
        return hint
    return next(part for part in get_args(hint) if part is not NoneType)


def _null(recording: Recording) -> Iterator[str]:
    """Properties without which a row is none, and that have no value in one."""
    for fact in facts():
        needed = [name for name, hint in hints(fact).items() if not _may_be_null(hint)]
        if not needed or not answers(recording, fact):
            continue
        try:
            rows = whole(recording, fact)
        except Untold:
            continue
        yield from (f"{fact.__name__}.{name}" for name in needed if any(row.get(name) is None for row in rows))


def _may_be_null(hint: Any) -> bool:
    return get_origin(hint) in (UnionType, Union, tuple)
