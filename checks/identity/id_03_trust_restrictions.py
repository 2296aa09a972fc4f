"""A two-way trust may still hold accounts back at the border, and then the other host refuses the sign-in.

Both halves of the trust that ID-02 goes by are looked at. Selective authentication (0x10) is unknown: it asks for a
right on each host's account, which was not read. A trust that is not transitive (0x1) fails where a domain behind the
partner must be reached, and so does one whose direction, kind or list of names (a suffix that is switched off among
them) does not lead there. Filtered identifiers (0x4) are a note, but unknown where accounts of a domain behind the
partner come through. Does not apply within a domain or a forest, where there is no trust, and to certificates.
"""

from __future__ import annotations

from dataclasses import replace

from checks.identity.domains import domain_of
from checks.identity.kerberos import EVERY, without_kerberos
from checks.identity.restrictions import Halves
from checks.identity.trust import between, mended, of_one_forest
from scanner.api import Severity, Status, Subject, Verdict, View, Who, check, not_applicable, scopes, tell
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem


@check(
    id="ID-03",
    title="Trust carries no restriction that blocks the hosts",
    fails="The trust between the domains is one-way, of another kind or ends before the host's domain",
    severity=Severity.HIGH,
    who=Who.DIRECTORY,
    follows=("ID-01", "ID-02"),
    profiles=EVERY,
    by_profile=True,
    scope=scopes.PAIR,
    seed="beyond seeds",
    needs=(ComputerSystem, ComputerAccount, DomainInfo, CrossRef, Trust),
    remedy='Grant "Allowed to authenticate" on the accounts of the hosts, or enable the suffix that the trust lacks.',
)
def trust_restrictions(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once for one kind of move."""
    reason = without_kerberos(view, *pair.names)
    if reason:
        return reason
    here, there = (view.one(ComputerSystem, host) for host in pair.names)
    one, other = domain_of(view, here, there), domain_of(view, there, here)
    if one == other:
        return not_applicable(tell("both are in {one}", one=one))
    words = of_one_forest(view, one, other)
    if words and all(words.values()):
        return not_applicable(tell("{one} and {other} are in one forest", one=one, other=other))
    halves = Halves()
    verdict = between(view, one, other, halves.judged)
    if verdict.status is Status.FAIL and not halves.met:
        return not_applicable(tell("{one} and {other} have no trust (see ID-02)", one=one, other=other))
    return replace(verdict, remedy=mended(view, one, other)) if verdict.status is Status.FAIL else verdict
