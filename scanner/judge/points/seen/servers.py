"""VMM servers: whether ``localhost`` is taken, under which names properties stand, and as which text objects come."""

from __future__ import annotations

from typing import Any

from scanner.facts.vmm import Cloud, RunAsAccount, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import StorageClassification, VmNetwork
from scanner.judge.points.reading import Untold, hints, listed, settling, some, whole
from scanner.judge.points.values import items, text, texts
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted

TYPE = "microsoft.systemcenter."
"""begins the name of a type, which stands where an object was made a text that has none of its own"""
NAMES = (
    (VmmVirtualMachine, "Cloud", Cloud, "Name"),
    (Cloud, "StorageClassifications", StorageClassification, "Name"),
    (VmmHost, "RunAsAccount", RunAsAccount, "Name"),
    (VmmAdapter, "VMNetwork", VmNetwork, "Name"),
)
"""A fact and a property that tells an object by its name, and where that name is told."""
ASKED = (VmmServer, Cloud, VmmHost, VmmVirtualMachine, VmmAdapter, VmNetwork, RunAsAccount, StorageClassification)
PATHS = (("HostGroup", Cloud), ("VMHostGroup", VmmHost))


@settling
def localhost(recording: Recording) -> Told:
    """VMM takes localhost, and its objects have the properties that are read."""
    some(recording, VmmServer, "a server whose VMM answers")
    lost, unseen, seen = list[str](), list[str](), 0
    for fact in ASKED:
        rows = whole(recording, fact)
        for name, hint in hints(fact).items():
            if any(name not in row or (row[name] is None and _needed(hint)) for row in rows):
                lost.append(f"{fact.__name__}.{name}")
            elif any(items(row, name) for row in rows):
                seen += 1
            else:
                unseen.append(f"{fact.__name__}.{name}")
    if lost:
        return Held.FAILS, f"it answers for localhost, without what every object has: {listed(lost, 'property')}"
    if unseen:
        raise Untold(f"it answers for localhost; not seen with a value: {listed(unseen, 'property')}")
    return Held.HOLDS, f"it answers for localhost, and {counted(seen, 'property', 'properties')} have values"


def _needed(hint: Any) -> bool:
    return hint in (str, int, bool)


@settling
def texts_of_objects(recording: Recording) -> Told:
    """Objects come as their names and paths."""
    for fact in ASKED:
        for row in whole(recording, fact):
            if any(_is_type(value) for name in hints(fact) for value in items(row, name)):
                return Held.FAILS, f"{fact.__name__} tells an object by the name of its type, or whole"
    unseen: list[str] = []
    for fact, name, other, told in NAMES:
        known = {text(row, told) for row in whole(recording, other)} - {None}
        named = {value for row in whole(recording, fact) for value in texts(row, name)}
        if named - known:
            raise Untold(f"{fact.__name__}.{name} names what is not listed: an account that sees all would tell")
        unseen += [] if named else [f"{fact.__name__}.{name}"]
    groups = {value for name, fact in PATHS for row in whole(recording, fact) for value in texts(row, name)}
    unseen += [] if any("\\" in group for group in groups) else ["a host group below another"]
    if unseen:
        raise Untold(f"not seen here, and a server that has them would tell: {listed(unseen, 'property')}")
    return Held.HOLDS, "names and paths stand where objects are told, the same as where these tell their own"


def _is_type(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, str) and value.lower().startswith(TYPE))
