"""Microsoft's KB 3060975 is about Site Recovery and a ``#`` in the name of a virtual switch.

Passes when no virtual switch of the host has one in its name. Else it is UNKNOWN: the article is no longer to be had,
and nobody tried whether the provider in use takes such names.
"""

from __future__ import annotations

from checks.common.parts import listing
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, unknown
from scanner.facts.switches import VirtualSwitch


@check(
    id="ASR-11",
    title="Names of virtual switches hold no #",
    severity=Severity.LOW,
    who=Who.HOST,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(VirtualSwitch,),
    remedy="Rename the switch, on all hosts that call it so: machines find theirs by its name.",
)
def switch_names(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    names = dict.fromkeys(row.name for row in view.rows(VirtualSwitch, host.host))
    if odd := [name for name in names if "#" in name]:
        return unknown(
            tell("{odd}: nobody tried whether Site Recovery takes it", odd=listing(odd)), wanted=tell("names without #")
        )
    return passed(listing(names) or tell("no virtual switch"))
