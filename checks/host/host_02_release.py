"""Each kind of move is documented for certain releases of Windows Server; the build number tells which one this is.

Each kind is judged by itself. Live migration passes from 2012 R2 on (newer than 2019 with a note) and warns about 2012;
replication passes from 2012 on; Site Recovery warns about 2012 (few settings) and about builds after 2016 (not in its
support matrix). Releases before 2012 fail, and so does every client release of Windows; Enterprise multi-session is
one, though it calls itself a server. Unknown builds count as the release before them; Azure Stack HCI is named so.
"""

from __future__ import annotations

from checks.common.client import of_client
from checks.host.product import called
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, warned
from scanner.facts.host import OperatingSystem

B2012, B2012R2, B2016, B2022 = 9200, 9600, 14393, 20348
SUPPORTED = tell("Windows Server 2012 R2 or later")


@check(
    id="HOST-02",
    title="Windows release is supported for the planned moves",
    fails="Windows is a client release or older than Windows Server 2012",
    warns="Windows release is older or newer than the ones that are recommended",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    by_profile=True,
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2; S4 #before-you-start row Hyper-V",
    needs=(OperatingSystem,),
    remedy="Upgrade the host, or rebuild it with a supported release of Windows Server.",
)
def release(host: Subject, view: View) -> Verdict:
    """Judge one host for one kind of move."""
    system = view.one(OperatingSystem, host.host)
    if of_client(system):
        return failed(
            tell("client release of Windows, build {build}", build=system.build),
            SUPPORTED,
            note=tell("client Hyper-V has neither live migration nor Replica"),
        )
    seen = called(system)
    if system.build < B2012:
        return failed(seen, SUPPORTED)
    if view.profile is Profile.REPLICA:
        return passed(seen)
    return _moves(system, seen) if view.profile is Profile.LIVE_MIGRATION else _recovers(system, seen)


def _moves(system: OperatingSystem, seen: str) -> Verdict:
    if system.build < B2012R2:
        works = tell("2012 brought live migration without a cluster, between hosts of 2012 and to 2012 R2")
        return warned(seen, SUPPORTED, works=works, note=tell("the source documents describe it from 2012 R2 on"))
    return passed(
        seen, note=tell("newer than the releases that the source documents name") if system.build >= B2022 else ""
    )


def _recovers(system: OperatingSystem, seen: str) -> Verdict:
    if system.build < B2012R2:
        works = tell("2012 is in Site Recovery's requirements; its copy frequency and port are fixed")
        return warned(seen, SUPPORTED, works=works, note=tell("copy frequency and port cannot be chosen on 2012"))
    if system.build > B2016:
        works = tell("what copies is Hyper-V Replica, which this release has; its support matrix ends at 2016")
        return warned(
            seen,
            tell("Windows Server 2012 R2 or 2016"),
            works=works,
            note=tell("not in Site Recovery's support matrix"),
        )
    return passed(seen)
