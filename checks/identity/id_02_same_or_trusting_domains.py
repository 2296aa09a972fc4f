"""The hosts sign in on each other with Kerberos, so each must be known in the other's domain.

Passes when both hosts are in one domain; in one forest, by all that was read of both sides; or when a two-way trust of
Active Directory joins their domains: directly, or between the roots of their forests with both names routed. One-way,
disabled, downlevel and realm trusts fail, as does a trust that only one side still knows, or a host in no domain.
Selective authentication is unknown: what it asks of the accounts was not read. So is a domain by a short name that no
directory of its forest tells, and a forest that one side tells and the other does not. Replica and Site Recovery with
certificates need no trust.
"""

from __future__ import annotations

from checks.identity.domains import domain_of
from checks.identity.kerberos import EVERY, by_certificates, instead
from checks.identity.trust import between, half, mended
from scanner.api import Severity, Status, Subject, Verdict, View, Who, check, failed, joined, passed, scopes, tell
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem


@check(
    id="ID-02",
    title="Source and destination are in the same domain or in domains trusting each other",
    fails="No working two-way trust joins source and destination",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    follows=("ID-01",),
    profiles=EVERY,
    by_profile=True,
    scope=scopes.PAIR,
    seed="S0-S3 #requirements-for-setting-up-live-migration",
    needs=(ComputerSystem, ComputerAccount, DomainInfo, CrossRef, Trust),
    remedy="Join both hosts to one domain, or set up a two-way trust between their domains.",
)
def same_or_trusting(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once for one kind of move."""
    reason = by_certificates(view)
    if reason:
        return reason
    systems = {host: view.one(ComputerSystem, host) for host in pair.names}
    alone = [host for host, system in systems.items() if not system.part_of_domain]
    if alone:
        return failed(
            tell("{alone} in no domain", alone=joined(" and ", alone)),
            tell("both hosts in domains that trust each other"),
        )
    here, there = systems.values()
    one, other = domain_of(view, here, there), domain_of(view, there, here)
    if one == other:
        return passed(tell("both in {one}", one=one))
    verdict = between(view, one, other, half)
    if verdict.status is not Status.FAIL:
        return verdict
    note = joined("; ", filter(None, (verdict.note, instead(view))))
    return failed(verdict.seen, verdict.wanted, mended(view, one, other), note=note)
