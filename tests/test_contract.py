"""Every query, on every release it is sent to: the command, its parameters and every property exist there.

The contract is data from documentation, schema dumps and command tables of real machines (lab/contract). Select-Object
answers null for a property that does not exist, silently; so this is where a misspelt one is caught, without Windows.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from lab import contract
from scanner.facts.base import RELEASES, AskedFact, WindowsFact, properties
from scanner.facts.network import EndpointProbe
from scanner.plugins import load
from scanner.words import readonly
from scanner.words.query import Command, Query
from scanner.words.readonly import READ_ONLY

OWN = {"Test-Endpoint"}
"""The project's own function: proven by its recordings, not by the contract."""


def windows_facts() -> list[type[WindowsFact]]:
    return [fact for fact in load(third_party=False).facts if issubclass(fact, WindowsFact)]


FACTS = windows_facts()


def queries_of(fact: type[WindowsFact]) -> tuple[Query, ...]:
    if issubclass(fact, AskedFact):
        return (fact.query, *fact.queries(["host:1", "host:2/tls via proxy:8080"]))
    return (fact.query,)


def releases_of(fact: type[WindowsFact]) -> tuple[str, ...]:
    return RELEASES[RELEASES.index(fact.since) :]


def complaints(fact: type[WindowsFact], release: str) -> Iterator[str]:
    """What is wrong with asking this release for this fact."""
    for query in queries_of(fact):
        for place, command in enumerate(query.commands):
            if command.name not in OWN:
                yield from contract.complaints(command.name, set(command.parameters), release, piped=place > 0)
    if fact.query.commands[0].name in OWN or fact.bare:
        return
    known = contract.properties(fact.yields, release)
    if not known and not contract.type_exists(fact.yields, release):
        yield f"{fact.yields} does not exist on {release}"
    for name, required in asked_properties(fact):
        if required and name not in known:
            yield f"{fact.yields} has no property {name} on {release}"
        if not required and not any(name in contract.properties(fact.yields, r) for r in RELEASES):
            yield f"{fact.yields} has no property {name} on any release"


def asked_properties(fact: type[WindowsFact]) -> Iterator[tuple[str, bool]]:
    """Every property a fact is read from, and whether it may not be null. A list may be: null reads as no row."""
    if fact.query.commands[-1].parameters.get("Property") == ("*",):
        return
    hints = typing.get_type_hints(fact)
    for field in fields(typing.cast("typing.Any", fact)):
        hint = hints[field.name]
        optional = isinstance(hint, types.UnionType) or typing.get_origin(hint) is tuple
        yield field.metadata["property"], not optional


@pytest.mark.parametrize(
    ("fact", "release"),
    [pytest.param(fact, each, id=f"{fact.__name__}-{each}") for fact in FACTS for each in releases_of(fact)],
)
def test_every_query_exists_where_it_is_sent(fact, release):
    assert list(complaints(fact, release)) == []


@pytest.mark.parametrize("fact", [f for f in FACTS if f.since != RELEASES[0]], ids=lambda fact: fact.__name__)
def test_since_is_the_first_release_that_knows_it(fact):
    before = RELEASES[RELEASES.index(fact.since) - 1]
    assert not contract.type_exists(fact.yields, before)


def test_our_own_function_answers_what_is_read():
    path = Path(__file__).parent / "data" / "transcripts" / "script.json"
    lines = [json.loads(line) for line in json.loads(path.read_text(encoding="utf-8"))["output"]]
    recorded = next(line["rows"][0] for line in lines if line["query"] == "endpoint")
    assert set(properties(EndpointProbe)) <= set(recorded)


def test_builds_are_those_of_the_contract():
    from scanner.facts.host import BUILDS

    assert {name: build for build, name in BUILDS.items()} == {r: contract.build(r) for r in contract.releases()}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_every_command_is_on_the_read_only_list(fact):
    commands = [command for query in queries_of(fact) for command in query.commands]
    assert commands
    for command in commands:
        assert command.parameters.keys() <= READ_ONLY[command.name].keys()


@pytest.mark.parametrize("name", sorted(set(READ_ONLY) - OWN))
def test_the_read_only_list_names_cmdlets_that_exist(name):
    everywhere = {p for release in RELEASES for p in contract.parameters(name, release)}
    assert READ_ONLY[name].keys() <= everywhere
    assert "changes" not in contract.load("cmdlets")[name]


# Seeded defects: the test above must see each of them.


def seeded(query: Query, since: str = RELEASES[0], yields: str = "") -> type[WindowsFact]:
    first = query.commands[0]
    made = yields or f"CIM:root\\cimv2:{first.parameters.get('ClassName')}"
    select = query.commands[-1].parameters["Property"]
    columns = {f"f{n}": str for n, _ in enumerate(select if isinstance(select, tuple) else ())}
    fact = type("Seeded", (WindowsFact,), {"__annotations__": columns, "query": query, "since": since, "yields": made})
    from dataclasses import dataclass, field

    for (name, _), prop in zip(columns.items(), select if isinstance(select, tuple) else (), strict=True):
        setattr(fact, name, field(metadata={"property": prop}))
    return dataclass(frozen=True)(fact)


def test_a_misspelt_property_is_caught():
    query = Query(
        "S",
        (Command("Get-CimInstance", {"ClassName": "Win32_Service"}), Command("Select-Object", {"Property": ("Nmae",)})),
    )
    assert any("no property Nmae" in c for c in complaints(seeded(query), "2019"))


def test_a_misspelt_class_is_caught():
    query = Query(
        "S",
        (Command("Get-CimInstance", {"ClassName": "Win32_Servcie"}), Command("Select-Object", {"Property": ("Name",)})),
    )
    assert any("does not exist" in c for c in complaints(seeded(query), "2019"))


def test_a_cmdlet_that_2012_r2_lacks_is_caught(monkeypatch):
    monkeypatch.setattr(readonly, "READ_ONLY", {**READ_ONLY, "Get-VMHostSupportedVersion": {}})
    query = Query("S", (Command("Get-VMHostSupportedVersion"), Command("Select-Object", {"Property": ("Version",)})))
    fact = seeded(query, yields="Microsoft.HyperV.PowerShell.VMHost")
    assert any("Get-VMHostSupportedVersion does not exist" in c for c in complaints(fact, "2012R2"))
    assert not any("Get-VMHostSupportedVersion does not" in c for c in complaints(fact, "2016"))


def test_a_parameter_that_does_not_exist_is_caught(monkeypatch):
    monkeypatch.setattr(readonly, "READ_ONLY", {**READ_ONLY, "Get-VMHost": {"Nmae": lambda _: ""}})
    query = Query("S", (Command("Get-VMHost", {"Nmae": "x"}), Command("Select-Object", {"Property": ("Name",)})))
    assert any("-Nmae" in c for c in complaints(seeded(query, yields="Microsoft.HyperV.PowerShell.VMHost"), "2019"))


def test_a_required_property_that_an_old_release_lacks_is_caught():
    query = Query("S", (Command("Get-VMHost"), Command("Select-Object", {"Property": ("SupportedVmVersions",)})))
    fact = seeded(query, yields="Microsoft.HyperV.PowerShell.VMHost")
    assert any("SupportedVmVersions" in c for c in complaints(fact, "2012R2"))
    assert list(complaints(fact, "2016")) == []
