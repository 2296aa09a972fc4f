"""Site Recovery knows a VMM server by the VmmID in its registry; where that is blank, no registration succeeds.

Passes when it is a GUID. Fails when it is blank or missing ("ASR cannot be registered due to an internal error",
KB 3139299), and where VMM's set-up key is not there at all. UNKNOWN when it is another text. Each node of a cluster has
its own.
"""

from __future__ import annotations

import re

from checks.common.parts import clip
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, unknown
from scanner.facts.vmm_setup import VmmSetup

GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?", re.ASCII)
NOBODY = re.compile(r"[0{}-]+", re.ASCII)
WANTED = tell("a GUID")
REPAIR = tell(
    "Have VMM write its VmmID again as KB 3139299 tells; a copy of the registry key "
    "Setup is made before that. Where VMM is not installed, install it, or leave the "
    "machine out of [[vmm]]."
)


@check(
    id="ASR-04",
    title="VMM has an identity",
    fails="VMM's identity is blank or missing",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="beyond seeds",
    needs=(VmmSetup,),
    remedy=REPAIR,
)
def has_vmm_id(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    setup = view.maybe(VmmSetup, server.host)
    if setup is None:
        return failed(tell("VMM is not installed: its set-up key is not there"), WANTED, REPAIR)
    told = (setup.vmm_id or "").strip()
    if not told:
        return failed(tell("VmmID is blank"), WANTED, REPAIR)
    if not GUID.fullmatch(told) or NOBODY.fullmatch(told):
        return unknown(tell("VmmID {told} is no server's GUID", told=clip(told)), wanted=WANTED)
    return passed(tell("VmmID {told}", told=told))
