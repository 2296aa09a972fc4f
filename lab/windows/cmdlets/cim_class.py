"""Get-CimClass: the properties of a class as the contract knows them on the machine's release, and no instance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lab import contract
from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.cim import ACCESS_DENIED, INVALID_CLASS, INVALID_NAMESPACE, OWNER
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row, tables
from lab.windows.machine.tables import CIMV2

NUMBERS = {
    name: number
    for number, name in enumerate(
        ("Boolean", "Byte", "SByte", "UInt16", "Int16", "UInt32", "Int32", "UInt64", "Int64", "Single", "Double",
         "Char", "DateTime", "String", "Reference", "CimInstance"), 1,
    )
}  # fmt: skip
"""CimType by the .NET type that a property has: 1 Boolean, 2 UInt8 ... 14 String; 16 more is an array of it."""
ARRAY = 16


@command("Get-CimClass", OWNER + "GetCimClassCommand")
def get_cim_class(call: Call) -> Iterator[Any]:
    """-ClassName and -Namespace; no wildcard, and nothing that looks for classes."""
    call.refuse("CimSession", "ComputerName", "MethodName", "PropertyName", "QualifierName", "Amended")
    namespace, name = call.text("Namespace", CIMV2), call.text("ClassName")
    code = ""
    if not tables.has_namespace(call.machine, namespace):
        code = INVALID_NAMESPACE
    elif call.machine.denied(namespace, call.session.account):
        code = ACCESS_DENIED
    kind, release = f"CIM:{namespace}:{name}", call.machine.release
    if code or not contract.type_exists(kind, release):
        yield errors.cim(code or INVALID_CLASS, call.name, call.owner, f"{namespace}:{name}")
        return
    known = sorted(contract.properties(kind, release).items())
    properties = [Row({"Name": one, "CimType": _number(kind)}) for one, kind in known]
    yield Row({"CimClassName": name, "CimClassProperties": properties}, text=f"{namespace}:{name}")


def _number(kind: str) -> int:
    """Enumerations are numbers of 16 bits, as far as classes of Hyper-V, of SMB and of clusters have them."""
    plain, array = kind.removesuffix("[]"), kind.endswith("[]")
    return NUMBERS["UInt16" if plain.startswith("enum:") else plain] + ARRAY * array
