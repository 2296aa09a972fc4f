"""The hosts sign in on each other with Kerberos, so each must be known in the other's domain.

Passes when both hosts are in one domain or forest, or when a two-way trust of Active Directory joins their domains:
directly, or between the roots of their forests with both names routed. Selective authentication is a warning. One-way,
disabled, downlevel and realm trusts fail, as does a trust that only one side still knows, or a host in no domain.
"""

from __future__ import annotations

from checks.identity.trust import between, dns_name
from scanner.api import Severity, Status, Subject, Verdict, View, check, failed, passed, powershell, scopes
from scanner.facts.directory import CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem


@check(
    id="ID-02",
    title="Source and destination are in the same domain or in domains trusting each other",
    severity=Severity.CRITICAL,
    scope=scopes.PAIR,
    seed="S0-S3 #requirements-for-setting-up-live-migration",
    needs=(ComputerSystem, DomainInfo, CrossRef, Trust),
    remedy="Join both hosts to one domain, or set up a two-way trust between their domains.",
)
def same_or_trusting(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once."""
    systems = {host: view.one(ComputerSystem, host) for host in pair.names}
    alone = [host for host, system in systems.items() if not system.part_of_domain]
    if alone:
        return failed(f"{' and '.join(alone)} in no domain", "both hosts in domains that trust each other")
    domains = [system.domain for system in systems.values()]
    one, other = (dns_name(view, domain, *domains) for domain in domains)
    if one == other:
        return passed(f"both in {one}")
    verdict = between(view, one, other)
    if verdict.status is not Status.FAIL:
        return verdict
    remedy = powershell(
        "netdom trust <one> <other> /add /twoway  # forest trusts: Active Directory Domains and Trusts",
        one=one,
        other=f"/domain:{other}",
    )
    return failed(verdict.seen, verdict.wanted, remedy, note=verdict.note)
