"""Each kind of move is documented for certain releases of Windows Server; the build number tells which one this is.

Live migration passes from 2012 R2 on (newer than 2019 with a note) and warns about 2012; replication passes from 2012
on; VMM-to-VMM Site Recovery warns about 2012 (few settings) and about builds after 2016 (not in its support matrix).
Releases before 2012 fail. A client release of Windows is a warning. Unknown builds count as the release before them.
"""

from __future__ import annotations

from scanner.api import Profile, Severity, Subject, Verdict, View, check, failed, passed, scopes, warned, worst
from scanner.facts.host import OperatingSystem, ProductType

B2012, B2012R2, B2016, B2022 = 9200, 9600, 14393, 20348
SUPPORTED = "Windows Server 2012 R2 or later"


@check(
    id="HOST-02",
    title="Windows release is supported for the planned moves",
    severity=Severity.CRITICAL,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2; S4 #before-you-start row Hyper-V",
    needs=(OperatingSystem,),
    remedy="Upgrade the host, or rebuild it with a supported release.",
)
def release(host: Subject, view: View) -> Verdict:
    """Judge one host for every profile of the estate."""
    system = view.one(OperatingSystem, host.host)
    if system.build < B2012:
        return failed(f"build {system.build}, before Windows Server 2012", SUPPORTED)
    if system.product_type == ProductType.CLIENT:
        return warned(f"client release of Windows, build {system.build}", SUPPORTED)
    seen = f"Windows Server {system.release.replace('R2', ' R2')} (build {system.build})"
    return worst(_for(profile, system.build, seen) for profile in sorted(view.estate.profiles))


def _for(profile: Profile, build: int, seen: str) -> Verdict:
    if profile is Profile.LIVE_MIGRATION and build < B2012R2:
        return warned(seen, SUPPORTED, note="live migration is documented from 2012 R2 on")
    if profile is Profile.LIVE_MIGRATION and build >= B2022:
        return passed(seen, note="newer than the releases that the source documents name")
    if profile is Profile.ASR_VMM and build < B2012R2:
        return warned(seen, SUPPORTED, note="Site Recovery: copy frequency and port cannot be chosen on 2012")
    if profile is Profile.ASR_VMM and build > B2016:
        return warned(seen, "Windows Server 2012 R2 or 2016", note="not in Site Recovery's support matrix")
    return passed(seen)
