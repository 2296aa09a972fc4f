"""Site Recovery needs System Center 2012 SP1 with the latest cumulative updates; one update rollup stops it by a fault.

Passes when the build is the newest of its release in the table of builds (checks/vmm/builds.py, as of May 2025). An
older rollup, or none, is a warning; so is every build of 2012 SP1 and 2012 R2, of which the table lacks the newest. A
version before 2012 SP1 fails. So does 2012 R2 with Update Rollup 3 where VMM manages a host that is a node of a cluster
and the estate maps storage (KB 3010979); where it maps none, whether VMM does is not known, so that it is unknown.
Unknown is a build that the table does not hold. Does not apply to a passive node of a highly available VMM server: the
node that answers tells the version.
"""

from __future__ import annotations

from checks.vmm.builds import CLUSTERED_STORAGE, FLOOR, KNOWN_UNTIL, SUPPORTED_UNTIL, build_of, line_of
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import VmmHost, VmmServer
from scanner.facts.vmm_nodes import answers_for

UPDATE = tell("Install the latest update rollup of its release on the VMM server, its consoles and its agents.")
LATER_ROLLUP = tell("Update Rollup 4 or later")
NOT_TOLD = tell("protection fails where storage is mapped (KB 3010979), and the estate does not tell whether it is")
LATER = tell("the support matrix of Site Recovery between VMM sites names VMM 2012 R2 and 2016 alone")


@check(
    id="VMM-02",
    title="VMM is 2012 SP1 or later, with the latest update rollup",
    fails="VMM is older than 2012 SP1, or Update Rollup 3 stops mapped storage",
    warns="VMM may lack the latest update rollup of its release",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #before-you-start row VMM",
    needs=(VmmServer, VmmHost, Service, ClusterInfo),
    remedy=UPDATE,
)
def version(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    if other := answers_for(view.ask, server.host, view.estate.vmm_servers):
        return not_applicable(tell("a passive node: {other} answers in its place", other=other))
    told = view.one(VmmServer, server.host).version
    build = build_of(told)
    if build is None:
        return unknown(tell("its version is told as {told}, which is none", told=ascii(told[:40])))
    if build < FLOOR:
        return failed(tell("VMM {told}", told=told), tell("2012 SP1 (3.1.6011) or later"), tell("Upgrade VMM."))
    if (line := line_of(build)) is None:
        return unknown(
            tell(
                "VMM {told} is not in the table of builds, which is of {known_until}",
                told=told,
                known_until=KNOWN_UNTIL,
            )
        )
    name = tell("VMM {line}, {builds} ({told})", line=line.name, builds=line.builds[build], told=told)
    if CLUSTERED_STORAGE[0] <= build < CLUSTERED_STORAGE[1] and any(h.cluster for h in view.rows(VmmHost, server.host)):
        if view.estate.storage_mappings:
            return failed(
                tell("{name} with hosts in clusters, and storage is mapped (KB 3010979)", name=name),
                LATER_ROLLUP,
                UPDATE,
            )
        return unknown(tell("{name} with hosts in clusters: {why}", name=name, why=NOT_TOLD), wanted=LATER_ROLLUP)
    if build != line.newest:
        wanted = tell("the latest update rollup")
        if line.newest:
            wanted = tell(
                "the latest update rollup (in {known_until}: {builds})",
                known_until=KNOWN_UNTIL,
                builds=line.builds[line.newest],
            )
        return warned(
            name,
            wanted,
            UPDATE,
            works=tell(
                "Site Recovery takes VMM from 2012 SP1 on, and no document tells of a fault of this build that stops it"
            ),
        )
    latest = tell("the latest of {known_until}", known_until=KNOWN_UNTIL)
    return passed(
        name, note=latest if build < SUPPORTED_UNTIL else tell("{latest}; {later}", latest=latest, later=LATER)
    )
