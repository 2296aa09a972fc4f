"""Whether two hosts can sign in with Kerberos, and who can read along: with Kerberos replication is sent in clear."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.own import plain
from checks.identity.domains import domain_of
from checks.identity.kerberos import CERTIFICATES
from checks.identity.trust import between, half
from checks.migration.networks import local_addresses
from checks.network.trust import from_source, trust
from checks.reach.replica_attempt import attempted
from checks.reach.replica_port import replica_port
from scanner.api import MissingEvidence, Status, Subject, Verdict, View, failed, joined, passed, tell, unknown, warned
from scanner.facts.host import ComputerSystem
from scanner.facts.network import EndpointProbe

WANTED = tell("Kerberos: both hosts in domains that trust each other")
ENCRYPTED = tell("certificates, by which replication is encrypted, or a trusted network")
WORKS = tell("replication runs over any network that connects; who else can read along there is what is not settled")


def by_kerberos(view: View, source: str, destination: str) -> Verdict:
    """Whether the hosts' domains let them sign in on each other.

    Raises:
        MissingEvidence: their domains could not be read.
    """
    here, there = view.one(ComputerSystem, source), view.one(ComputerSystem, destination)
    alone = [host for host, system in ((source, here), (destination, there)) if not system.part_of_domain]
    if alone:
        return failed(tell("{alone} in no domain", alone=joined(" and ", alone)), WANTED, note=CERTIFICATES)
    one, other = domain_of(view, here, there), domain_of(view, there, here)
    if one == other:
        return passed(tell("both in {one}", one=one))
    verdict = between(view, one, other, half)
    if verdict.status is Status.FAIL:
        return failed(verdict.seen, WANTED, note=CERTIFICATES)
    return verdict


def in_clear(view: View, route: Subject) -> list[Verdict]:
    """What is to be said of the networks by which the source reached the replica port; nothing where it did not."""
    try:
        _, answer = attempted(view, route, replica_port(view, route.destination))
    except MissingEvidence:
        return []  # no port is known, as RCH-06 says
    if not isinstance(answer, EndpointProbe):
        return [unknown(answer, wanted=tell("the networks that replication crosses"))]
    if answer.outcome != "Connected":
        return []
    return [_softened(one) for one in (*_at(view, route.source, answer.local, here=True),
                                       *_at(view, route.destination, answer.remote))]  # fmt: skip


def _at(view: View, host: str, address: str | None, *, here: bool = False) -> Iterator[Verdict]:
    try:
        used = [local for local in local_addresses(view, host) if local.address == plain(address)]
    except MissingEvidence as missing:
        yield unknown(str(missing))
        return
    for local in used:
        verdict = trust(view, host, local)
        yield from_source(host, verdict) if here else verdict


def _softened(verdict: Verdict) -> Verdict:
    """An untrusted network stops no replication; one that is not settled is worth a word."""
    if verdict.status is Status.FAIL:
        return warned(tell("not encrypted by Kerberos, and crosses {seen}", seen=verdict.seen), ENCRYPTED, works=WORKS)
    if verdict.status is Status.WARN:
        return passed("", note=tell("Kerberos does not encrypt what is replicated; {seen}", seen=verdict.seen))
    return verdict
