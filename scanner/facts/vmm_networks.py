"""Networks and storage classifications, as VMM lists them."""

from __future__ import annotations

from scanner.facts.base import prop
from scanner.facts.vmm import ITSELF, VmmFact, vmm_fact
from scanner.words.query import Command


@vmm_fact(Command("Get-SCVMNetwork", ITSELF), "VMNetwork", no_row="VMM lists no VM network")
class VmNetwork(VmmFact):
    """A network that virtual machines are connected to."""

    id: str = prop("ID")
    name: str = prop("Name")
    logical_network: str | None = prop("LogicalNetwork", "name of the logical network it belongs to")
    isolation: int | None = prop("IsolationType")


@vmm_fact(Command("Get-SCLogicalNetwork", ITSELF), "LogicalNetwork", no_row="VMM lists no logical network")
class LogicalNetwork(VmmFact):
    """A logical network."""

    id: str = prop("ID")
    name: str = prop("Name")


@vmm_fact(
    Command("Get-SCStorageClassification", ITSELF),
    "StorageClassification",
    no_row="VMM lists no storage classification",
)
class StorageClassification(VmmFact):
    """A kind of storage, as people named it."""

    id: str = prop("ID")
    name: str = prop("Name")
