"""What exists on which Windows Server release, as data: cmdlets and parameters, types and properties, the query plan.

The lab's machines are as strict as this contract; the product's own test asks it whether a query may be sent.
Provenance (documentation of each release, schema dumps, command tables of real machines) stands in the files.
A name that is not listed is *not proven*, which is not the same as absent.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """One file of the contract: cmdlets, types, releases or plan."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def releases() -> list[str]:
    """All releases, oldest first: 2012 ... 2025."""
    return list(load("releases")["releases"])


def build(release: str) -> int:
    """Build number of a release, e.g. 17763 for 2019."""
    return load("releases")["releases"][release]["build"]


def shell(release: str) -> str:
    """The PowerShell that ships with a release, e.g. 5.1 for 2019."""
    return load("releases")["releases"][release]["powershell"]


def common_parameters(powershell: str) -> set[str]:
    """Parameters that every advanced command takes in this PowerShell."""
    return set(load("releases")["common_parameters"][powershell])


def enums() -> dict[str, Any]:
    """Names and numbers of the enumerations the plan meets, e.g. enums()['VMState']['Running'] == 2."""
    return load("types")["enums"]


def exists(name: str, release: str, powershell: str | None = None) -> bool:
    """Whether the cmdlet is known on this release."""
    entry = load("cmdlets").get(name)
    if entry is None:
        return False
    axis, version = _version(entry, release, powershell)
    return version in entry[axis]


def parameters(name: str, release: str, powershell: str | None = None) -> set[str]:
    """Parameters of a cmdlet on this release, common ones included."""
    entry = load("cmdlets")[name]
    _, version = _version(entry, release, powershell)
    own = {p for p, facts in entry["parameters"].items() if version in facts.get("only", [version])}
    return own | common_parameters(powershell or shell(release))


def complaints(
    name: str, given: set[str] | list[str], release: str, *, piped: bool = False, powershell: str | None = None
) -> list[str]:
    """What is wrong with sending `name` with the parameters `given` to `release`; piped: it gets pipeline input."""
    entry = load("cmdlets").get(name)
    if entry is None:
        return [f"{name} is not in the contract"]
    axis, version = _version(entry, release, powershell)
    if version not in entry[axis]:
        return [f"{name} does not exist on {axis} {version}"]
    there = {p: facts for p, facts in entry["parameters"].items() if version in facts.get("only", [version])}
    own = set(given) - common_parameters(powershell or shell(release))
    if unknown := sorted(own - there.keys()):
        return [f"{name} -{p} does not exist on {axis} {version}" for p in unknown]
    if any(_takes(s, own, there, version, piped) for s in entry["sets"].values()):
        return []
    return [f"{name}: no parameter set takes {sorted(own)}"]


def _takes(parameter_set: dict[str, Any], given: set[str], there: dict[str, Any], version: str, piped: bool) -> bool:
    if version not in parameter_set.get("only", [version]):
        return False
    listed = parameter_set.get("differs", {}).get(version)
    listed = listed or [p for p in parameter_set["parameters"] if p.lstrip("*") in there]
    fed = {p for p, facts in there.items() if facts.get("pipeline")} if piped else set()
    needed = {p[1:] for p in listed if p[0] == "*"} - fed
    return given <= {p.lstrip("*") for p in listed} and needed <= given


def _version(entry: dict[str, Any], release: str, powershell: str | None) -> tuple[str, str]:
    axis = next(a for a in ("releases", "powershell", "vmm") if a in entry)
    return axis, {"releases": release, "powershell": powershell or shell(release), "vmm": "2016"}[axis]


def class_properties(name: str) -> set[str]:
    """Every property of the CIM class of this name, on any release; empty where the contract has no such class."""
    return {p for key, entry in load("types").items() if key.endswith(f":{name}") for p in entry["properties"]}


def type_exists(type_name: str, release: str) -> bool:
    """Whether a CIM class ("CIM:namespace:class") or .NET type is there on this release."""
    entry = load("types").get(type_name)
    return entry is not None and _since(entry.get("since"), release)


def properties(type_name: str, release: str) -> dict[str, str]:
    """Property -> .NET type of a type of the contract on this release; empty where the type does not exist."""
    if not type_exists(type_name, release):
        return {}
    entry = load("types")[type_name]
    young, listed = entry.get("properties_since", {}), entry["properties"]
    return {p: t for p, t in listed.items() if _since(young.get(p), release)}


def _since(first: str | None, release: str) -> bool:
    return first is None or releases().index(release) >= releases().index(first)
