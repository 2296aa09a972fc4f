"""With one VMM server that is a virtual machine itself, a failover of its cloud takes away what the failover is run by.

Judged of the only VMM server, or of each node of the only one. Passes when VMM lists no machine that is this server, or
has it in no cloud of a pair. A warning is one in such a cloud, or in one that VMM says is protected. The machine is
told by its firmware's UUID, in either order of its bytes, never by name. Does not apply to a server that is no virtual
machine, nor where there are several VMM servers. UNKNOWN where a server in a virtual machine has no UUID that tells it
apart, VMM knows none of a machine in such a cloud, or an account that is no administrator may be shown a part.
"""

from __future__ import annotations

from checks.vmm.clouds import CLOUDS, PART_ALONE, answering, sees_all, servers
from checks.vmm.firmware import same, usable
from checks.vmm.machines import in_a_cloud
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.firmware import SystemProduct
from scanner.facts.host import ComputerSystem
from scanner.facts.vmm_machines import VmmVirtualMachine

WORKS = tell("the other machines are protected; VMM's own is to be recovered by hand")


@check(
    id="VMM-13",
    title="Single VMM: VMM's own virtual machine is in no protected cloud",
    warns="Single VMM: VMM's own virtual machine is in a cloud to protect",
    severity=Severity.HIGH,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="beyond seeds",
    needs=(*CLOUDS, VmmVirtualMachine, SystemProduct, ComputerSystem),
    remedy="Take VMM's own machine out of the cloud (its properties, General, Cloud), and plan its recovery by hand.",
)
def own_machine(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    if len(servers(view)) > 1:
        return not_applicable(tell("there are several VMM servers, so another one runs the failover"))
    asked, uuid = answering(view, server.host), view.one(SystemProduct, server.host).uuid
    virtual = view.one(ComputerSystem, server.host).hypervisor
    found = [row for row in view.rows(VmmVirtualMachine, asked) if same(uuid, row.bios_guid)]
    if told := in_a_cloud(view, asked, found):
        return warned(told, tell("VMM's own machine outside of clouds that are protected"), works=WORKS)
    if not found and not virtual and virtual is not None:
        return not_applicable(tell("it is no virtual machine"))
    if not usable(uuid):
        return unknown(tell("its firmware tells no UUID by which its machine could be found"))
    if not sees_all(view, asked):
        return unknown(
            tell(
                "{asked} does not list its own machine in a protected cloud; {part_alone}",
                asked=asked,
                part_alone=PART_ALONE,
            )
        )
    blind = [row for row in view.rows(VmmVirtualMachine, asked) if not usable(row.bios_guid)]
    if not found and (unclear := in_a_cloud(view, asked, blind)):
        return unknown(tell("{unclear}, has no UUID in VMM, and may be this server", unclear=unclear))
    return passed(
        tell("its own machine is in no cloud of a pair") if found else tell("VMM lists no machine that is this server")
    )
