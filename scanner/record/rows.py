"""The rows of a fact in a record, which another version may have written: a field that it did not read stays missing.

Nothing is made up for such a field, not even the default that its class may have: who reads it is told that the
evidence is not there, as with any gap, and a check is UNKNOWN. What reads the other fields judges as ever.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import MISSING, asdict, fields
from functools import lru_cache
from typing import Any, NoReturn, cast, get_type_hints

import msgspec

from scanner.facts.directory import ComputerAccount, CrossRef, DirectoryServer, DomainController, Trust
from scanner.facts.host import AnsweringMachine, ComputerSystem
from scanner.facts.network import NetworkAdapter
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime
from scanner.record.decoding import RecordError, decoded, replaced
from scanner.words.model import Fact, Gap
from scanner.words.trouble import NO_ADVICE
from scanner.words.view import MissingEvidence
from scanner.words.wording import show

_NAMES = frozenset({"name", "dns_host_name", "domain", "part_of_domain"})
RELIED_ON: Mapping[type[Fact], frozenset[str]] = {
    ComputerSystem: _NAMES,
    AnsweringMachine: _NAMES,
    ComputerAccount: frozenset({"dn", "sam_name", "dns_name", "sid"}),
    CrossRef: frozenset({"dns_root", "netbios_name"}),
    DirectoryServer: frozenset({"name"}),
    DomainController: frozenset({"name"}),
    VirtualMachineSettings: frozenset({"instance_id", "vm_identifier", "system_type", "name"}),
    VirtualMachineState: frozenset({"name"}),
    VmRuntime: frozenset({"id"}),
}
"""Fields that are read outside of checks, to tell machines apart: without one of them all of the answer is a gap."""
SILENCE: Mapping[type[Fact], frozenset[str]] = {
    **dict.fromkeys((ComputerAccount, CrossRef, Trust), frozenset({"unread"})),
    NetworkAdapter: frozenset({"permanent", "current"}),
}
"""Fields whose default is what a row without them says: before there was ``unread``, a row that could not be read whole
was not written, and an adapter without link-layer address is one whose address is not known."""
WITHIN = re.compile(r"Object missing required field `.*` - at `\$\[[^\]]*\]\.(\w+).*`", re.DOTALL)
"""What the library says of a row within a row that lacks a field; the group is the field that holds it."""


EMPTY = re.compile(rb"\s*\[\s*\{\s*\}")
"""A first row without any key: no version writes that."""


class _FirstRow(Exception):  # noqa: N818 - an answer, not a fault
    """Ends the decoding at the first row; its argument is the names of the fields that stand in it."""


def rows_in(raw: bytes, fact: type[Fact], version: str) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The rows, and the fields of the fact that they do not hold. A version holds the same ones in each of its rows.

    There are no rows if they hold no field of it, or not one that is relied on: all of the answer is missing then.

    Raises:
        RecordError: they are no rows of this fact.
    """
    every = tuple(field.name for field in fields(cast("Any", fact)))
    held = _held(raw, fact, every)
    missing = tuple(name for name in every if name not in held | SILENCE.get(fact, held))
    while not is_lost(fact, missing):
        try:
            return _rows(raw, fact, missing, version), missing
        except RecordError as error:
            inner = WITHIN.fullmatch(str(error.__cause__))
            if inner is None or inner[1] not in every or inner[1] in missing:
                raise
            missing = (*missing, inner[1])
    return (), missing


def as_written(gap: Gap) -> dict[str, object]:
    """A gap for the file: without advice, where nothing is known that helps."""
    return {key: value for key, value in asdict(gap).items() if key != "advice" or gap.advice != NO_ADVICE}


def is_lost(fact: type[Fact], missing: Collection[str]) -> bool:
    """Whether rows without these fields are none."""
    return not RELIED_ON.get(fact, frozenset()).isdisjoint(missing) or len(missing) == len(fields(cast("Any", fact)))


def _rows(raw: bytes, fact: type[Fact], missing: tuple[str, ...], version: str) -> tuple[Fact, ...]:
    form = _form(fact, missing, version)
    if missing:
        return tuple(decoded(raw, list[form]))
    if _has_defaults(fact):
        decoded(raw, list[form])  # else the next line fills what later rows, or rows within them, do not hold
    return tuple(decoded(raw, list[fact]))


def _held(raw: bytes, fact: type[Fact], every: tuple[str, ...]) -> frozenset[str]:
    """The fields that the first row holds; all of them where there is no row, or none that could be one of the fact."""
    try:
        decoded(raw, list[_keys(fact)])
    except _FirstRow as first:
        nothing = not first.args[0] and len(every) > 1 and EMPTY.match(raw)
        return frozenset(every) if nothing else first.args[0]
    except RecordError:
        pass  # the same will be said of the rows
    return frozenset(every)


@lru_cache
def _keys(fact: type[Fact]) -> type[msgspec.Struct]:
    """A row of which only the names of the fields are wanted, of which none but the first is ever made."""

    def ready(row: Any) -> None:
        raise _FirstRow(frozenset(name for name in row.__struct_fields__ if getattr(row, name) is not None))

    keys = [(field.name, msgspec.Raw, None) for field in fields(cast("Any", fact))]
    return msgspec.defstruct(fact.__name__, keys, namespace={"__post_init__": ready})


@lru_cache
def _has_defaults(kind: type) -> bool:
    """Whether a field of these rows, or of rows within them, may be left out when one is made."""
    within: list[type] = []
    for hint in get_type_hints(kind).values():
        replaced(hint, lambda found: within.append(found) or found)
    return any(
        field.default is not MISSING or field.default_factory is not MISSING for field in fields(cast("Any", kind))
    ) or any(map(_has_defaults, within))


@lru_cache(maxsize=1024)
def _form(kind: type[Any], missing: tuple[str, ...] = (), version: str = "") -> type[Any]:
    """The class, but rows of it have all fields but the missing ones, which raise ``MissingEvidence`` when read."""
    hints = get_type_hints(kind)
    kept = {field.name: copy(field) for field in fields(kind) if field.name not in missing}
    for name in kept.keys() - SILENCE.get(kind, frozenset[str]()):
        kept[name].default = kept[name].default_factory = MISSING
    words: dict[str, Any] = {
        "__slots__": (),
        "__module__": kind.__module__,
        "__dataclass_fields__": kept,
        "__annotations__": {name: replaced(hints[name], _form) for name in kept},
        "__init__": _take,
    }
    for name in missing:
        words[name] = property(_refusing(f"{kind.__name__}.{name}: {not_collected(version)}"))
    return type(kind.__name__, (kind,), words)


def _take(row: object, **values: object) -> None:
    for name, value in values.items():
        object.__setattr__(row, name, value)


def _refusing(text: str) -> Any:
    def read(_row: object) -> NoReturn:
        raise MissingEvidence(text)

    return read


def lacks(version: str, missing: Iterable[str]) -> str:
    """The same, as the detail of a gap that is all of an answer."""
    return f"{not_collected(version).removeprefix('not collected ')}, which did not read {', '.join(missing)}"


def not_collected(version: str) -> str:
    """That a version did not read something."""
    return (
        f"not collected by version {show(version)[1:-1]}" if version else "not collected by the version of the record"
    )
