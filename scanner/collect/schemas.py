"""Queries that only a recording asks: what each CIM class has on the machine, and what kind of machine it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scanner.collect.errors_told import error_id
from scanner.collect.listening import Heard, table
from scanner.collect.redacting import Redactor
from scanner.collect.windows.errors import KINDS_BY_CODE
from scanner.facts.base import WindowsFact
from scanner.words.channel import ErrorLine
from scanner.words.query import Command, Query, cim, registry
from scanner.words.readonly import SELECT
from scanner.words.recording import Schema

CLASS = "Get-CimClass "
"""begins the names of the queries"""
LANGUAGE, SHELL = "of the language", "of PowerShell"
CIM = "CIM:"
"""begins what a fact yields that is read from a class, whatever command reads it"""
TYPES = (
    "Unknown", "Boolean", "UInt8", "SInt8", "UInt16", "SInt16", "UInt32", "SInt32", "UInt64", "SInt64", "Real32",
    "Real64", "Char16", "DateTime", "String", "Reference", "Instance",
)  # fmt: skip
"""CimType by its numbers; those behind them are arrays of these (Microsoft.Management.Infrastructure.CimType)."""
_NAME = re.compile(r"[A-Za-z_]\w{0,127}", re.ASCII)


def more_queries(facts: Iterable[type[WindowsFact]]) -> Iterator[Query]:
    """The queries, each once."""
    yield Query(LANGUAGE, (cim("Win32_OperatingSystem"), Command(SELECT, {"Property": ("OSLanguage",)})))
    engine = registry(r"SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine")
    yield Query(SHELL, (engine, Command(SELECT, {"Property": ("PowerShellVersion",)})))
    for namespace, name in dict.fromkeys(_classes(facts)):
        yield class_query(namespace, name)


def class_query(namespace: str, name: str) -> Query:
    """What a class has: names and types of its properties, and no row of it."""
    command = Command("Get-CimClass", {"Namespace": namespace, "ClassName": name})
    expand = Command(SELECT, {"ExpandProperty": "CimClassProperties"})
    shape = Command(SELECT, {"Property": ("Name", "CimType")})
    return Query(f"{CLASS}{namespace}:{name}", (command, expand, shape))


def _classes(facts: Iterable[type[WindowsFact]]) -> Iterator[tuple[str, str]]:
    """Namespace and name of every class that these are read from."""
    for fact in facts:
        if fact.yields.startswith(CIM):
            namespace, _, name = fact.yields.removeprefix(CIM).rpartition(":")
            yield namespace, name


def schema_of(heard: Heard) -> Schema | None:
    """What the machine says of a class: names and types of its properties, or that there is none; else nothing."""
    namespace, _, name = heard.query.name.removeprefix(CLASS).rpartition(":")
    properties: dict[str, str] = {}
    for row in heard.rows:
        told = table(row)
        found, kind = told.get("Name"), told.get("CimType")
        if isinstance(found, str) and _NAME.fullmatch(found) and type(kind) is int and 0 <= kind <= 2 * len(TYPES):
            properties[found] = TYPES[kind] if kind < len(TYPES) else TYPES[kind - len(TYPES) + 1] + "[]"
    if properties:
        return Schema(namespace=namespace, name=name, properties=properties)
    errors = (ErrorLine(error_id(str(error.get("id", "")), Redactor())) for error in heard.errors)
    missing = next((error.id for error in errors if error.code in KINDS_BY_CODE), "")
    return Schema(namespace=namespace, name=name, properties={}, missing=missing) if missing else None
