"""A firewall that goes by addresses must let through the ranges of the vault's region, and in public Azure of West US.

Nobody can try ranges; of names RCH-07 and RCH-08 do. Passes with a note where the estate says who saw them allowed on
TCP 443, and when; a day after this record leaves it UNKNOWN. Does not apply where the estate does not say so: newer
documents of Azure go by names and service tags.
"""

from __future__ import annotations

from checks.common.parts import clip
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
)

HOW = tell('whoever has seen them allowed says so: [site_recovery] ip_ranges = "2026-11-20 Jane Doe"')


@check(
    id="ASR-09",
    title="Address ranges of Azure are allowed",
    severity=Severity.INFO,
    who=Who.NETWORK,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.RUN,
    seed="S4 #step-3-install-the-azure-site-recovery-provider (IP range bullet)",
    needs=(),
    remedy="Where the firewall goes by addresses, allow the ranges of the vault's region and of West US on TCP 443.",
)
def ranges_allowed(_run: Subject, view: View) -> Verdict:
    """Judge the run."""
    witness = view.estate.site_recovery.ranges_seen
    if witness is None:
        return not_applicable(tell("address ranges cannot be tried; {how}", how=HOW))
    day, person = witness
    if day > view.recorded.date():
        return unknown(
            tell("the estate says that they were seen allowed on {day}, which is after this record", day=day)
        )
    return passed(
        tell("allowed on TCP 443"),
        note=tell("by the estate, {person} saw the ranges allowed on {day}", person=clip(person), day=day),
    )
