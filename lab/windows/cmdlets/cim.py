"""Get-CimInstance and Get-CimAssociatedInstance over the machine's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets import wql
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row, Table, tables
from lab.windows.machine.base import member_rows
from lab.windows.machine.tables import CIMV2, CLUSTER, V2

OWNER = "Microsoft.Management.Infrastructure.CimCmdlets."
NOT_FOUND = "0x80041002"
ACCESS_DENIED, INVALID_NAMESPACE, INVALID_CLASS, INVALID_QUERY = "0x80041003", "0x8004100e", "0x80041010", "0x80041017"
# what a provider answers whose service does not run; which of the possible codes is not proven on a real host
PROVIDER_STOPPED = {V2.casefold(): ("vmms", "0x80041013"), CLUSTER.casefold(): ("ClusSvc", "0x80041001")}
MEMBERS = re.compile(
    r"""\s*ASSOCIATORS\s+OF\s+\{Win32_Group\.Domain=["'](?P<domain>[^"']+)["'],Name=["'](?P<name>[^"']+)["']\}"""
    r"\s+WHERE\s+AssocClass\s*=\s*Win32_GroupUser\s+Role\s*=\s*GroupComponent\s*",
    re.IGNORECASE,
)
QUERY = re.compile(
    r"\s*SELECT\s+(?P<what>\*|[\w\s,]+?)\s+FROM\s+(?P<cls>\w+)(?:\s+WHERE\s+(?P<where>.+))?\s*", re.I | re.S
)


@command("Get-CimInstance", OWNER + "GetCimInstanceCommand")
def get_cim_instance(call: Call) -> Iterator[Any]:
    """Instances of a class: -ClassName [-Namespace] [-Filter] [-Property], or -Query."""
    call.refuse("CimSession", "ComputerName", "ResourceUri", "InputObject", "QueryDialect")
    namespace = call.text("Namespace", CIMV2)
    name, where, wanted = call.text("ClassName"), call.text("Filter"), call.texts("Property")
    if group := MEMBERS.fullmatch(call.text("Query")):
        yield from _members(call, namespace, group["domain"], group["name"])
        return
    if call.text("Query"):
        parts = QUERY.fullmatch(call.text("Query"))
        if not parts:
            yield _failure(call, INVALID_QUERY, namespace, "")
            return
        name, where = parts["cls"], parts["where"] or ""
        wanted = [] if parts["what"] == "*" else [p.strip() for p in parts["what"].split(",")]
    call.session.wait_if_hanging(name, namespace)
    found = _open(call, namespace, name)
    if isinstance(found, Table):
        yield from _select(call, found, where, wanted)
    else:
        yield _failure(call, found, namespace, name)


def _open(call: Call, namespace: str, name: str) -> Table | str:
    """The class, or the code of the reason why it cannot be read, in WMI's order of looking."""
    machine = call.machine
    if not tables.has_namespace(machine, namespace):
        return INVALID_NAMESPACE
    if machine.denied(namespace, call.session.account):
        return ACCESS_DENIED
    found = tables.find(machine, namespace, name)
    if found is None:
        return INVALID_CLASS
    if code := {k.casefold(): v for k, v in machine.state.faults.failing.items()}.get(name.casefold()):
        return code
    service, code = PROVIDER_STOPPED.get(found.namespace.casefold(), ("", ""))
    if service and not machine.running(service):
        return code
    return found


def _select(call: Call, found: Table, where: str, wanted: list[str]) -> Iterator[Any]:
    hidden = {name.casefold() for name in call.machine.state.faults.hidden}
    rows = [] if found.namespace.casefold() in hidden else found.instances(call.machine)
    names = found.property_names(call.machine)
    try:
        test = wql.parse(where, names) if where else None
        kept = [row for row in rows if test is None or test(row)]
    except wql.InvalidQuery:
        yield _failure(call, INVALID_QUERY, found.namespace, found.name)
        return
    asked = {p.casefold() for p in wanted}
    if asked - {n.casefold() for n in names}:
        yield _failure(call, INVALID_QUERY, found.namespace, found.name)
        return
    for row in kept:
        if asked:
            row.update(dict.fromkeys((p for p in row if p.casefold() not in asked), None))
        yield row


def _failure(call: Call, code: str, namespace: str, name: str) -> Any:
    target = f"{namespace}:{name}" if name else namespace
    return errors.cim(code, call.name, call.owner, target)


def _members(call: Call, namespace: str, domain: str, name: str) -> Iterator[Any]:
    """Who is in a local group, named as WMI names it."""
    call.session.wait_if_hanging("Win32_GroupUser", namespace)
    found = _open(call, namespace, "Win32_Group")
    if not isinstance(found, Table):
        yield _failure(call, found, namespace, "Win32_GroupUser")
        return
    wanted = (domain.casefold(), name.casefold())
    rows = found.instances(call.machine)
    sids = [str(row["SID"]) for row in rows if (str(row["Domain"]).casefold(), str(row["Name"]).casefold()) == wanted]
    if not sids:
        yield _failure(call, NOT_FOUND, namespace, "Win32_Group")
    for sid in sids:
        for values in member_rows(call.machine, sid):
            yield Row(values, type_name="Win32_Account", text=values["Caption"])


@command("Get-CimAssociatedInstance", OWNER + "GetCimAssociatedInstanceCommand")
def get_cim_associated_instance(call: Call) -> Iterator[Any]:
    """Members of the local groups that come in (-Association Win32_GroupUser), no other association."""
    if call.text("Association").casefold() != "win32_groupuser":
        yield _failure(call, INVALID_CLASS, CIMV2, call.text("Association"))
        return
    call.session.wait_if_hanging("Win32_GroupUser")
    groups = call.rows if call.rows is not None else [call.given.get("InputObject")]
    for group in groups:
        if not isinstance(group, Row) or group.type_name != "Win32_Group":
            raise errors.lab_limit("Get-CimAssociatedInstance takes instances of Win32_Group alone")
        for values in member_rows(call.machine, str(group.value("SID"))):
            yield Row(values, type_name="Win32_Account", text=values["Caption"])
