"""Of devices, replica servers, VMM servers and accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scanner.facts.cluster import OF_A_MACHINE, ClusterGroup
from scanner.facts.host import ComputerSystem, Service
from scanner.facts.listening import ListeningPort
from scanner.facts.local_group import Administrator, LocalGroup
from scanner.facts.policy import PolicyRight
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_entries import ReplicaEntries
from scanner.facts.replication import ReplicationAuthorization
from scanner.facts.session import SessionConfiguration
from scanner.facts.switches import SwitchConnection, VirtualSwitch
from scanner.facts.vm import VirtualMachineState, VmStorage
from scanner.facts.vm_runtime import VmRuntime
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from scanner.judge.points.seen import accounts, devices, replicas, servers
from scanner.words.recording import Recording
from tests.points.case import FAILS, HOLDS, OPEN, Case, host, vmm
from tests.points.recordings import answered, changed, failure, recorded, rows_of, without


def connected(**more: dict[str, Any]) -> Recording:
    """The healthy host with one adapter more that is not connected, and rows that are changed by their place."""
    rows = rows_of(host(), SwitchConnection)
    rows.append(rows[1] | {"InstanceID": rows[1]["InstanceID"] + "x", "EnabledState": 3, "HostResource": None})  # type: ignore[operator]
    for place, values in more.items():
        rows[int(place.removeprefix("row"))] |= values
    return answered(host(), SwitchConnection, *rows)


def shared(path: str = r"E:\both.vhds", *, flags: tuple[object, ...] = (True, True), machines: int = 2) -> Recording:
    """The healthy host whose first machines have one disk."""
    rows = rows_of(host(), VmStorage)
    guids = sorted({str(row["Name"]) for row in rows_of(host(), VirtualMachineState) if "-" in str(row["Name"])})[
        :machines
    ]
    rows += [
        {"InstanceID": f"Microsoft:{guid}\\x\\L", "ResourceSubType": "Microsoft:Hyper-V:Virtual Hard Disk",
         "HostResource": [path.upper() if place else path], "PersistentReservationsSupported": flag}
        for place, (guid, flag) in enumerate(zip(guids, flags, strict=False))
    ]  # fmt: skip
    return answered(host(), VmStorage, *rows)


def node(role: str = "web-01", *, clustered: object = True) -> Recording:
    """The healthy host as a node, with a role of this name for its machine web-01."""
    rows = [row | {"State": "Running"} for row in rows_of(host(), Service)]
    rows += [rows[0] | {"Name": "ClusSvc"}]
    (web,) = (row["Name"] for row in rows_of(host(), VirtualMachineState) if row["ElementName"] == "web-01")
    made = answered(host(), Service, *(row for row in {str(row["Name"]): row for row in rows}.values()))
    made = answered(made, ClusterGroup, {"Id": "1", "Name": role, "GroupType": OF_A_MACHINE})
    return answered(made, VmRuntime, {"Id": web, "IsClustered": clustered})


def stopped(seconds: float) -> Recording:
    """The healthy host, of which the query for groups took as long."""
    return replace(host(), asked=tuple(
        replace(one, seconds=seconds) if one.fact == "LocalGroup" else one for one in host().asked))  # fmt: skip


def entry(primary: str, group: str) -> dict[str, str]:
    return {"AllowedPrimaryServer": primary, "ReplicaStorageLocation": "D:\\", "TrustGroup": group}


def xml(text: str | None) -> Recording:
    return changed(host(), SessionConfiguration, ConfigXML=text)


def highly_available() -> Recording:
    """A VMM server, of which each property has a value."""
    made = changed(vmm(), VmmServer, ActiveVMMNode="vmm01", FailoverVMMNodes=["vmm01", "vmm02"])
    return changed(made, VmmHost, HostCluster="c1.corp.example")


def rights(*accounts: object) -> Recording:
    return answered(
        host(), PolicyRight, {"UserRight": "SeServiceLogonRight", "AccountList": list(accounts), "precedence": 1}
    )


CASES = [
    Case(devices.connections, HOLDS, "each is here", connected),
    Case(devices.connections, FAILS, "names no switch of the host", lambda: answered(
        connected(), VirtualSwitch, {"Name": "AAAAAAAA-0000-4000-8000-000000000001", "ElementName": "x"})),
    Case(devices.connections, FAILS, "leads to no port", lambda: connected(row3={"HostResource": ["x:Other."]})),
    Case(devices.connections, FAILS, "EnabledState 5", lambda: connected(
        row0={"EnabledState": 5, "HostResource": None, "PoolID": ""})),
    Case(devices.connections, OPEN, "not connected", host),
    Case(devices.connections, OPEN, "not connected", lambda: connected(
        **{"row-1": {"EnabledState": 2, "PoolID": "Production"}})),
    Case(devices.connections, OPEN, "would tell: one to the host", lambda: answered(connected(), SwitchConnection, *(
        row for row in rows_of(connected(), SwitchConnection) if "Msvm_Computer" not in str(row["HostResource"])))),
    Case(devices.connections, OPEN, "virtual switches would", lambda: answered(host(), SwitchConnection)),
    Case(devices.shared_disks, HOLDS, "as shared: 1 disk", shared),
    Case(devices.shared_disks, FAILS, "that it is not shared", lambda: shared(flags=(True, False))),
    Case(devices.shared_disks, FAILS, "that it is not shared", lambda: shared(flags=(False, True))),
    Case(devices.shared_disks, FAILS, "tells nothing", lambda: shared(flags=(True, None))),
    Case(devices.shared_disks, FAILS, "tells nothing", lambda: shared(machines=1, flags=("true",))),
    Case(devices.shared_disks, OPEN, "guest cluster", host),
    Case(devices.shared_disks, OPEN, "guest cluster", lambda: answered(shared(), VirtualMachineState)),
    Case(devices.shared_disks, OPEN, "2012 R2 or later", lambda: recorded('name = "h"\nrelease = "2012"\n')),
    Case(devices.clustered_roles, HOLDS, "1 machine of another name", lambda: node("renamed")),
    Case(devices.clustered_roles, FAILS, "not clustered", lambda: node("WEB-01", clustered=False)),
    Case(devices.clustered_roles, FAILS, "not clustered", lambda: node(clustered=None)),
    Case(devices.clustered_roles, OPEN, "that was renamed", node),
    Case(devices.clustered_roles, OPEN, "that was renamed", lambda: answered(
        node(clustered=False), ClusterGroup, {"Id": "1", "Name": "web-01", "GroupType": 115})),
    Case(devices.clustered_roles, OPEN, "that was renamed", lambda: node("renamed", clustered=False)),
    Case(devices.clustered_roles, OPEN, "ClusSvc runs", host),
    Case(replicas.same_settings, HOLDS, "takes replicas", host),
    Case(replicas.same_settings, FAILS, "HttpPort", lambda: changed(
        host(), ReplicaBrokerSettings, KerberosAuthenticationPort=80)),
    Case(replicas.same_settings, FAILS, "HttpsPort", lambda: changed(host(), ReplicationServer, HttpsPort=8084)),
    Case(replicas.same_settings, FAILS, "AllowedAuthenticationType", lambda: changed(
        host(), ReplicationServer, AllowedAuthenticationType=3)),
    Case(replicas.same_settings, FAILS, "RecoveryServerEnabled", lambda: changed(
        host(), ReplicationServer, RecoveryServerEnabled=False)),
    Case(replicas.same_settings, OPEN, "takes no replicas", lambda: changed(changed(
        host(), ReplicationServer, RecoveryServerEnabled=False), ReplicaBrokerSettings, ReplicationEnabled=False)),
    Case(replicas.same_settings, OPEN, "neither tells HttpPort", lambda: changed(changed(
        host(), ReplicationServer, HttpPort=None), ReplicaBrokerSettings, KerberosAuthenticationPort=None)),
    Case(replicas.same_settings, OPEN, "cluster service runs", node),
    Case(replicas.same_settings, OPEN, "has no row", lambda: answered(
        host(), ReplicaBrokerSettings, failures=(failure("CommandNotFoundException"),))),
    Case(replicas.same_settings, OPEN, "more rows than one", lambda: answered(
        host(), ReplicationServer, *rows_of(host(), ReplicationServer) * 2)),
    Case(replicas.same_entries, HOLDS, "the same 1 entry", host),
    Case(replicas.same_entries, FAILS, "2 entries", lambda: changed(
        host(), ReplicationAuthorization, AllowedPrimaryHostSystem="hv02.corp.example")),
    Case(replicas.same_entries, FAILS, "2 entries", lambda: changed(host(), ReplicationAuthorization, TrustGroup="x")),
    Case(replicas.same_entries, FAILS, "1 entry", lambda: answered(host(), ReplicationAuthorization)),
    Case(replicas.same_entries, FAILS, "1 entry", lambda: changed(host(), ReplicaEntries, AuthorizationEntries=[
        entry("*.CORP.example", "DEFAULT"), entry("hv09.corp.example", "DEFAULT")])),
    Case(replicas.same_entries, OPEN, "neither has an entry", lambda: changed(answered(
        host(), ReplicationAuthorization), ReplicaEntries, AuthorizationEntries=None)),
    Case(replicas.same_entries, OPEN, "cluster service runs", node),
    Case(replicas.http_sys, HOLDS, "process 4", host),
    Case(replicas.http_sys, FAILS, "another process", lambda: changed(host(), ListeningPort, 1, OwningProcess=700)),
    Case(replicas.http_sys, FAILS, "listed twice", lambda: answered(
        host(), ListeningPort, *rows_of(host(), ListeningPort), rows_of(host(), ListeningPort)[0])),
    Case(replicas.http_sys, OPEN, "neither 5985", lambda: answered(host(), ListeningPort, *(
        row for row in rows_of(host(), ListeningPort) if row["LocalPort"] not in replicas.WINRM))),
    Case(replicas.http_sys, OPEN, "by WinRM", lambda: answered(host(), ListeningPort)),
    Case(servers.localhost, HOLDS, "have values", highly_available),
    Case(servers.localhost, FAILS, "VmmHost.Name", lambda: changed(highly_available(), VmmHost, Name=None)),
    Case(servers.localhost, FAILS, "Cloud.IsDRProtected", lambda: answered(highly_available(), Cloud, *(
        {key: value for key, value in row.items() if key != "IsDRProtected"} for row in rows_of(vmm(), Cloud)))),
    Case(servers.localhost, OPEN, "VmmServer.ActiveVMMNode", vmm),
    Case(servers.localhost, OPEN, "whose VMM answers", lambda: answered(vmm(), VmmServer)),
    Case(servers.localhost, OPEN, "not asked", lambda: without(vmm(), Cloud)),
    Case(servers.texts_of_objects, HOLDS, "names and paths", vmm),
    Case(servers.texts_of_objects, FAILS, "VmmVirtualMachine", lambda: changed(
        vmm(), VmmVirtualMachine, Cloud="Microsoft.SystemCenter.VirtualMachineManager.Cloud")),
    Case(servers.texts_of_objects, FAILS, "Cloud", lambda: changed(vmm(), Cloud, HostGroup=[{"Name": "All Hosts"}])),
    Case(servers.texts_of_objects, FAILS, "Cloud", lambda: changed(vmm(), Cloud, HostGroup={"Name": "All Hosts"})),
    Case(servers.texts_of_objects, OPEN, "an account that sees all", lambda: changed(
        vmm(), VmmVirtualMachine, Cloud="elsewhere")),
    Case(servers.texts_of_objects, OPEN, "VmmVirtualMachine.Cloud", lambda: answered(vmm(), VmmVirtualMachine)),
    Case(servers.texts_of_objects, OPEN, "not asked", lambda: without(vmm(), VmmHost)),
    Case(accounts.own_groups, HOLDS, "longer than 0.01 s", host),
    Case(accounts.own_groups, HOLDS, "longer than 1 s", lambda: stopped(1.0)),
    Case(accounts.own_groups, FAILS, "took 5 s", lambda: stopped(5.0)),
    Case(accounts.own_groups, OPEN, "took 3 s", lambda: stopped(3.0)),
    Case(accounts.own_groups, OPEN, "member of a domain", lambda: changed(host(), ComputerSystem, PartOfDomain=False)),
    Case(accounts.own_groups, OPEN, "Administrator was not asked", lambda: without(host(), Administrator)),
    Case(accounts.own_groups, OPEN, "not timed", lambda: answered(host(), LocalGroup, *rows_of(host(), LocalGroup))),
    Case(accounts.own_groups, OPEN, "Administrator was not timed", lambda: answered(
        host(), Administrator, *rows_of(host(), Administrator))),
    Case(accounts.group_names, HOLDS, "3 groups", host),
    Case(accounts.group_names, FAILS, "no member has", lambda: answered(
        host(), Administrator, {"SID": "S-1-5-32-544", "Name": None, "Domain": "hv01"}, {"Name": "x"})),
    Case(accounts.group_names, FAILS, "a group lacks", lambda: changed(host(), LocalGroup, SID=None)),
    Case(accounts.group_names, FAILS, "no member has", lambda: answered(host(), Administrator, {"SID": None})),
    Case(accounts.group_names, FAILS, "not the machine's own", lambda: changed(host(), LocalGroup, Domain="BUILTIN")),
    Case(accounts.group_names, HOLDS, "3 groups",
         lambda: changed(host(), Administrator, SID=None, Name=None, Domain=None)),
    Case(accounts.group_names, OPEN, "no domain controller", lambda: changed(host(), ComputerSystem, DomainRole=4)),
    Case(accounts.group_names, OPEN, "no domain controller", lambda: changed(host(), ComputerSystem, DomainRole=5)),
    Case(accounts.group_names, OPEN, "Administrator has no row", lambda: answered(host(), Administrator)),
    Case(accounts.session_list, FAILS, "no Sddl", lambda: xml("<PlugInConfiguration />")),
    Case(accounts.session_list, FAILS, "or more than one", lambda: xml(
        '<Security Sddl="O:NSG:BAD:P(A;;GA;;;BA)"/><Security Sddl="O:NSG:BAD:P(A;;GA;;;AU)"/>')),
    Case(accounts.session_list, FAILS, "no Sddl", lambda: xml(None)),
    Case(accounts.session_list, OPEN, "holds one Sddl", host),
    Case(accounts.session_list, OPEN, "default session", lambda: answered(host(), SessionConfiguration)),
    Case(accounts.policy_sids, FAILS, "by no SID: 1 of 2 accounts", lambda: rights("*S-1-5-32-544", "NT SERVICE\\x")),
    Case(accounts.policy_sids, FAILS, "by no SID: 1 of 1 account", lambda: rights(4)),
    Case(accounts.policy_sids, OPEN, "2 accounts told by SID", lambda: rights("*S-1-5-32-544", "S-1-5-83-0")),
    Case(accounts.policy_sids, OPEN, "has no row", host),
]  # fmt: skip
