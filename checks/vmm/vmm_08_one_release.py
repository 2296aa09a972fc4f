"""Hosts of one cloud stand in for each other, which is supported where they run one release that Site Recovery knows.

Passes when all hosts of the cloud run one build, of 2012 R2 or 2016. Fails when one is older than 2012, and when 2012
R2 and 2016 are mixed, which the support matrix excludes. Other mixes of 2012 or 2012 R2 with later releases no document
names: UNKNOWN; as is a host whose build neither it nor VMM tells. A warning are mixes of 2012 with 2012 R2 or of 2016
and later, 2012 alone, and releases that the matrix, which ends at 2016, does not name. The build is what the host says
where the estate names it, else what VMM has. A cloud without a host is VMM-07's. UNKNOWN where an account that is no
administrator of VMM may be shown a part of the hosts.
"""

from __future__ import annotations

from checks.common.parts import clip, listing
from checks.vmm.clouds import CLOUDS, PART_ALONE, hosts_of, own, sees_all
from checks.vmm.hosts import build_of
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
)  # fmt: skip
from scanner.facts.host import OperatingSystem
from scanner.facts.vmm import VmmHost

B2012, B2012R2, B2016 = 9200, 9600, 14393
WANTED = tell("one build on all hosts, of Windows Server 2012 R2 or 2016")
MIXED = tell(
    "what copies is Hyper-V Replica, from host to host, whatever else is in the cloud; HOST-03 and VM-02 judge it"
)
OLD = tell("2012 is in Site Recovery's requirements; its copy frequency and port are fixed")
NEW = tell("what copies is Hyper-V Replica, which this release has; Site Recovery's support matrix ends at 2016")


@check(
    id="VMM-08",
    title="Hosts of the cloud run one release that is supported",
    fails="A host of the cloud is older than 2012, or 2012 R2 and 2016 are mixed",
    warns="Hosts of the cloud run several releases, or one that is not recommended",
    severity=Severity.HIGH,
    who=Who.HOST,
    profiles=(Profile.ASR_VMM,),
    follows=("HOST-02",),
    scope=scopes.CLOUD,
    seed="S4 #before-you-start row Hyper-V",
    needs=(*CLOUDS, VmmHost, OperatingSystem),
    remedy="Make a cloud of each release: hosts of one release in a host group of their own.",
)
def one_release(cloud: Subject, view: View) -> Verdict:
    """Judge one cloud."""
    found = own(view, cloud)
    hosts = hosts_of(view, found)
    known = [(row.name, build_of(view, row)) for row in hosts]
    builds = sorted({build for _, build in known if build is not None})
    seen = tell(
        "{found}: {tell}", found=found.name, tell=listing(tell("build {b}", b=b) for b in builds) or tell("no host")
    )
    if builds and (builds[0] < B2012 or {B2012R2, B2016} <= set(builds)):
        return failed(seen, WANTED)
    silent = sorted(name for name, build in known if build is None)
    if silent:
        return unknown(
            tell("{seen}; which build {silent} runs is not told", seen=seen, silent=clip(silent[0])), wanted=WANTED
        )
    if not sees_all(view, found.server):
        return unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE), wanted=WANTED)
    if not builds:
        return not_applicable(
            tell("{found} has no Hyper-V host; of a planned pair VMM-07 judges that", found=found.name)
        )
    if builds[0] < B2016 <= builds[-1]:
        return unknown(tell("{seen}: a mix that no document names", seen=seen), wanted=WANTED)
    if len(builds) > 1 or not B2012R2 <= builds[0] <= B2016:
        works = MIXED if len(builds) > 1 else OLD if builds[0] < B2012R2 else NEW
        return warned(seen, WANTED, works=works)
    return passed(seen)
