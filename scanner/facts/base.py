"""How a fact names its query: the class is the question, its fields are the properties asked for.

``@windows_fact(cim("Win32_Service"))`` turns a class into a frozen dataclass and derives its query: the command given,
then ``Select-Object`` with the property of every field. The decoder, the catalogue, ``queries`` and the JEA role follow
from the same class, so nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

from scanner.words.model import SERVERS, Fact, TargetKind, key_of
from scanner.words.query import Command, Query
from scanner.words.readonly import OWN, SELECT
from scanner.words.wording import counted

F = TypeVar("F", bound=type)
RELEASES = ("2012", "2012R2", "2016", "2019", "2022", "2025")
"""Windows Server releases, oldest first; build numbers in ``scanner.facts.host``."""
ABSENCES = ("namespace", "class", "key", "module", "service")
"""What may not be on a machine; of a service also that it does not run."""


def prop(name: str, meaning: str = "", *, unit: str = "", default: Any = MISSING, clear: str = "") -> Any:
    """A field that is read from the property ``name``. ``T | None`` says that Windows may answer null.

    ``clear`` is for texts: a pattern of what in them is no name of anybody's, so that a recording that may leave the
    machine keeps it (``scanner.collect.redacting``); any other text is replaced there.

    A ``default`` is for rows that are made in code; no answer is ever completed by it, and no record but where
    ``scanner.record.rows.SILENCE`` says that it is what a row without the field means.
    """
    return field(default=default, metadata={"property": name, "meaning": meaning, "unit": unit, "clear": clear})


class WindowsFact(Fact):
    """A row that a Windows machine answers to one query."""

    __slots__ = ()
    kinds: ClassVar[frozenset[TargetKind]] = SERVERS
    query: ClassVar[Query]
    since: ClassVar[str] = RELEASES[0]
    """The first release that knows it; on older ones its absence is an answer (no rows), not a gap."""
    absent: ClassVar[frozenset[str]] = frozenset()
    """Which of ``ABSENCES`` mean "there is none" on any release; the others are gaps."""
    service: ClassVar[str] = ""
    """The Windows service without which the query cannot be answered; one of ``scanner.facts.host.SERVICES``."""
    module: ClassVar[str] = ""
    """The PowerShell module that its commands need, where not every machine has it."""
    capability: ClassVar[str] = ""
    """The role capability that it needs in a JEA endpoint besides the usual one; it is for the user to add."""
    yields: ClassVar[str] = ""
    """The .NET type of the rows in the contract, where the command does not tell it."""
    bare: ClassVar[bool] = False
    """A row is a plain value, the fact's only field: the command answers true or false, and no object."""

    @classmethod
    def question(cls) -> str:
        """The query as text."""
        return cls.query.text

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """The queries that answer these arguments together; what is asked in the first round has none."""
        del arguments
        return (cls.query,)

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """Since when it is known, and what it needs."""
        missing = " or ".join(sorted(cls.absent - {"service"}))
        stopped = "; where it does not run, there is none" if "service" in cls.absent else ""
        told = (
            f"Known since Windows Server {cls.since.replace('R2', ' R2')}.",
            f"A missing {missing} is an answer: there is none." if missing else "",
            f"Answered by the service `{cls.service}`{stopped}." if cls.service else "",
            f"Needs the PowerShell module `{cls.module}`." if cls.module else "",
            f"In a JEA endpoint it needs the role capability `{cls.capability}`, which is for you to add."
            if cls.capability
            else "",
            "Second round: the target comes from another machine's answer." if cls.second_round else "",
        )
        return tuple(filter(None, told))

    @classmethod
    def row_of(cls, answer: object) -> object:
        """What came as a row: a plain value of a command that answers such is the fact's only property."""
        plain = cls.bare and isinstance(answer, bool | int | str)
        return dict.fromkeys(properties(cls), answer) if plain else answer

    @classmethod
    def accept(cls, raw: Mapping[str, object]) -> bool:
        """Whether a raw row is meant at all; Windows lists templates beside real settings."""
        del raw
        return True

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """The rows that one raw row stands for; one, but for keys whose every value is a row."""
        yield raw

    @classmethod
    def excess(cls, rows: Iterable[WindowsFact]) -> str:
        """What of an answer no machine has that many of; empty if it is all right. Rows may become findings."""
        del rows
        return ""


class DerivedFact(Fact):
    """A row that the scanner makes of others; nobody is asked for it. It is saved like any other."""

    __slots__ = ()


class AskedFact(WindowsFact):
    """A Windows fact of the second round: its query has a hole that another machine's answer fills."""

    __slots__ = ()
    second_round: ClassVar[bool] = True

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """The queries that answer these arguments together."""
        raise TypeError(f"{cls.__name__} says no queries for {counted(len(arguments), 'argument')}")


@dataclass_transform(frozen_default=True, field_specifiers=(prop,))
def windows_fact(
    read: Command,
    *more: Command,
    depth: int = 2,
    shallow: bool = False,
    since: str = RELEASES[0],
    absent: tuple[str, ...] = (),
    service: str = "",
    module: str = "",
    capability: str = "",
    yields: str = "",
    bare: bool = False,
    select: Command | None = None,
    least: int = 0,
    no_row: str = "",
    key: tuple[str, ...] | None = None,
) -> Callable[[F], F]:
    """Make the class a fact whose rows ``read`` (and ``more``, piped) answers. See its bases for the words.

    Raises:
        TypeError: a word in ``absent`` is none of ``ABSENCES``, a field is called as one of the words is, or the key
            names no field.
    """
    if wrong := sorted(set(absent) - set(ABSENCES)):
        raise TypeError(f"absent={tuple(absent)}: {', '.join(wrong)} is none of {', '.join(ABSENCES)}")

    def decorate(cls: F) -> F:
        made = dataclass(frozen=True, slots=True)(cast("Any", cls))
        if taken := [f.name for f in fields(made) if hasattr(WindowsFact, f.name)]:
            raise TypeError(f"{cls.__name__}: a field cannot be called {', '.join(taken)}, which says how it is asked")
        if unknown := sorted({*(key or ())} - {f.name for f in fields(made)}):
            raise TypeError(f"{cls.__name__}: key={key}, and it has no field {', '.join(unknown)}")
        shape = select or Command(SELECT, {"Property": properties(made)})
        commands = (read, *more) if bare or read.name in OWN else (read, *more, shape)
        made.query = Query(key_of(made), commands, depth, shallow)
        made.since, made.service, made.module, made.absent = since, service, module, frozenset(absent)
        made.yields, made.bare, made.capability = yields or contract_type(read), bare, capability
        made.least, made.no_row, made.key = least, no_row, key
        return made

    return decorate


def properties(cls: Any) -> tuple[str, ...]:
    """The properties a fact is read from, in the order of its fields."""
    return tuple(f.metadata["property"] for f in fields(cls) if "property" in f.metadata)


def contract_type(read: Command) -> str:
    """The contract's name of what a CIM command answers; empty for other commands."""
    if read.name != "Get-CimInstance" or "ClassName" not in read.parameters:
        return ""
    return "CIM:" + str(read.parameters.get("Namespace", r"root\cimv2")) + ":" + str(read.parameters["ClassName"])


def guid_in(text: str) -> str:
    """The first GUID in an instance id, lower case and without braces; empty if there is none."""
    for part in text.replace("{", "").replace("}", "").replace("\\", ":").split(":"):
        if len(part) == 36 and part.count("-") == 4:
            return part.lower()
    return ""
