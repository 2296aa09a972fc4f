"""Machines that a failover cluster runs are moved by the cluster's tools; moved past them, the cluster loses track.

Passes where the host is no node of a cluster, and on a node where the Hyper-V module says that the machine is no role.
Fails where the module says that it is one. Without the module a node passes only if the cluster runs no machine at all.
Unknown is a role of the machine's name where the module says that it is none, and what could not be read.
"""

from __future__ import annotations

from checks.common.member import is_member
from checks.common.parts import clip
from checks.vm.machine import name_of
from checks.vm.runtime import runtime_of
from scanner.api import (
    MissingEvidence,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.cluster import OF_A_MACHINE, ClusterGroup
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import VirtualMachineSettings
from scanner.facts.vm_runtime import VmRuntime

NO_ROLE = tell("no role of a failover cluster")


@check(
    id="VM-04",
    title="The virtual machine is no role of a failover cluster",
    fails="The virtual machine is a role of a failover cluster",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    follows=("CLU-01",),
    of_machines=True,
    scope=scopes.VM,
    seed="S0-S3 introduction",
    needs=(VirtualMachineSettings, VmRuntime, Service, ClusterInfo, ClusterGroup),
    remedy="Move it with the tools of the cluster, or take its role (not the machine) out of the cluster first.",
)
def not_clustered(vm: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    try:
        runtime, unread = runtime_of(view, vm.host, vm.vm_id), ""
    except MissingEvidence as missing:  # on a host that is no node nobody needs it
        runtime, unread = None, str(missing)
    told = None if runtime is None else runtime.clustered
    if told:
        return failed(tell("a role of a failover cluster"), NO_ROLE, note=tell("move it with the tools of the cluster"))
    if not is_member(view, vm.host):
        return passed(tell("{host} is no node of a cluster", host=vm.host))
    if unread:
        return unknown(unread, wanted=NO_ROLE)
    name = name_of(view, vm.host, vm.vm_id).casefold()
    roles = [group.name for group in view.rows(ClusterGroup, vm.host) if group.kind in (OF_A_MACHINE, None)]
    alike = [role for role in roles if role.casefold() == name]
    if alike:
        return unknown(
            tell("the cluster has a role {alike}, which may be of this machine", alike=clip(alike[0])), wanted=NO_ROLE
        )
    if told is None and roles:
        return unknown(tell("the host is a node, and nothing tells which machines are roles"), wanted=NO_ROLE)
    return passed(tell("no role of the cluster that {host} is a node of", host=vm.host))
