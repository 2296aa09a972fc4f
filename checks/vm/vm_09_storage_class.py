"""Local files must move with the machine, those on a file server may stay: the plan and what is there must agree.

Looks at the folders of configuration, checkpoints and smart paging and at every virtual disk, those of checkpoints
among them. Passes when each path is known and, where a planned route leaves storage, none is local: on a volume of the
host, on one that nodes of a cluster share, or on a share of the host itself. A local disk and a route that leaves
storage are a warning. Unknown are local folders without a local disk on such a route (one of Microsoft's pages wants
all files on the share, another the disks alone), an empty path, a share that may be the host's own, and a disk that
machines share where disks move alone (where machines do, VM-07 judges it).
"""

from __future__ import annotations

from checks.common.disks import DISKS
from checks.common.parts import listing
from checks.common.ways import routes_from
from checks.vm.devices import shared
from checks.vm.paths import DISK, NODES, classes_of, is_here, paths_of
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    passed,
    scopes,
    tell,
    unknown,
    warned,
    worst,
)
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VirtualMachineSettings

WORKS = tell("local disks go with the machine: DEL-02 and RCH-02 judge as if the plan said so")


@check(
    id="VM-09",
    title="Storage class of each VM is known and fits the plan",
    warns="Local disks move along, though the plan leaves storage where it is",
    severity=Severity.INFO,
    who=Who.STORAGE,
    scope=scopes.VM,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 9",
    needs=(VirtualMachineSettings, OperatingSystem, *DISKS),
    remedy="Let the route move storage, too ([[route]] storage = true), or put all files on a file server.",
)
def storage_class(vm: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    found = paths_of(view, vm.host, vm.vm_id)
    classes = classes_of(view, vm.host, found)
    seen = joined(" and ", dict.fromkeys(classes.values()))
    disks, folders = ([path for path in paths if is_here(classes[path])] for paths in (found.disks, found.folders))
    stays = [r.destination for r in routes_from(view, vm.host) if r.machines and not r.storage]
    text = tell(
        "{disks} local, and the plan leaves storage on the way to {stays}",
        disks=listing((disks or folders)[:2]),
        stays=listing(stays),
    )
    alone = any(not route.machines for route in routes_from(view, vm.host))
    if alone and (doubts := list(shared(view, vm.host, vm.vm_id))):
        return worst(doubts)
    silent = unknown(
        tell("{host} tells no path of {silent} of this machine", host=vm.host, silent=listing(found.silent))
    )
    if DISK in found.silent:  # it may lie on a file server, whatever the others do
        return silent
    if disks and stays:
        return warned(text, tell("a plan that moves storage, or no local disk"), works=WORKS)
    if folders and stays:
        return unknown(
            tell("{text}; the disks are not, and whether the rest may be local documents do not agree on", text=text)
        )
    if found.silent:
        return silent
    return passed(seen, note=tell("on a node of a cluster, which CLU-01 judges") if NODES in classes.values() else "")
