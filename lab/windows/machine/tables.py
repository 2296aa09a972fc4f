"""The CIM classes of practice machines.

A table is a function from the machine to rows, registered for a namespace and a class; the modules `base`, `network`,
`hyperv`, `vms`, `replica`, `cluster` and `smb` hold them. A row carries every property the contract knows for the class
on the machine's release (null where the state says nothing), and no other. A machine file may give a class other rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lab import contract
from lab.windows.machine.machine import Machine
from lab.windows.machine.values import Row

Rows = Iterable[dict[str, Any]]
RowsOf = Callable[[Machine], Rows]
V2 = "root\\virtualization\\v2"
NET = "root\\StandardCimv2"
CIMV2 = "root\\cimv2"
SMB = "root\\Microsoft\\Windows\\SMB"
CLUSTER = "root\\MSCluster"


@dataclass(frozen=True)
class Table:
    """A CIM class: where it is, which type of the contract it has, and its rows on a machine."""

    namespace: str
    name: str
    type_name: str
    rows: RowsOf

    def property_names(self, machine: Machine) -> set[str]:
        """The properties it has on the machine's release."""
        return set(contract.properties(self.type_name, machine.release))

    def instances(self, machine: Machine) -> list[Row]:
        """Its rows, every property of the contract in each. Raises ValueError for one that is in no release."""
        there = contract.properties(self.type_name, machine.release)
        everywhere = contract.properties(self.type_name, contract.releases()[-1])
        answer: list[Row] = []
        for given in machine.state.rows.get(self.name, self.rows(machine)):
            if unknown := given.keys() - everywhere.keys():
                raise ValueError(f"{self.name}: {sorted(unknown)} are not in the contract")
            values = {p: given.get(p) for p in there}
            answer.append(Row(values, type_name=self.name, text=self.name))
        return answer


TABLES: dict[tuple[str, str], Table] = {}


def table(namespace: str, name: str, like: str = "") -> Callable[[RowsOf], RowsOf]:
    """Registers a function as the rows of a class; `like` names the class whose properties it has, if another."""

    def register(rows: RowsOf) -> RowsOf:
        entry = Table(namespace, name, f"CIM:{namespace}:{like or name}", rows)
        TABLES[namespace.casefold(), name.casefold()] = entry
        return rows

    return register


def find(machine: Machine, namespace: str, name: str) -> Table | None:
    """The class, when this machine's release and roles have it."""
    found = TABLES.get((_key(namespace), name.casefold()))
    if found is None or not contract.type_exists(found.type_name, machine.release):
        return None
    return found


def has_namespace(machine: Machine, namespace: str) -> bool:
    """Whether a namespace exists there: Hyper-V's and the cluster's come with their services."""
    wanted = _key(namespace)
    if wanted == V2.casefold():
        return "vmms" in machine.services()
    if wanted == CLUSTER.casefold():
        return machine.state.cluster is not None
    return any(find(machine, *key) for key in TABLES if key[0] == wanted)


def _key(namespace: str) -> str:
    return re.sub(r"^\\\\\.\\", "", namespace.replace("/", "\\")).strip("\\").casefold()
