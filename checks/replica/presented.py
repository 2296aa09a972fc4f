"""Which certificates the two ends of a replication present, and for which name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from checks.common.brokers import BROKERS, broker_names
from checks.common.certificates import another, find, names_part, own_parts
from checks.common.member import is_member
from checks.common.parts import combine
from checks.delegation.account import MEMBERS, member
from checks.delegation.verdicts import attempt
from checks.replica.chains import AUTHORITIES, trust_part
from checks.replica.planned import without_certificates
from checks.replica.revocation import asked, revocation_part
from checks.replica.strays import strays_part
from scanner.api import Ask, Fact, Gap, MissingEvidence, Status, Subject, Verdict, View, counted, failed, tell, unknown
from scanner.facts.certificates import OwnCertificate, RevocationCheck
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ClusterInfo, ComputerSystem, DnsSuffix, Service
from scanner.facts.network import EndpointProbe
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate, ReplicationCertificate

EITHER: tuple[type[Fact], ...] = tuple(
    dict.fromkeys((OwnCertificate, *AUTHORITIES, RevocationCheck, Service, ClusterInfo, DomainInfo, *MEMBERS, *BROKERS))
)
"""What is read of either end."""
DESTINATION: tuple[type[Fact], ...] = (ReplicaCertificate, BrokerCertificate)
SOURCE: tuple[type[Fact], ...] = (ReplicationCertificate,)
CERTIFIED = 2
"""Msvm_ReplicationSettingData.AuthenticationType: certificate"""
MOST = 50
"""certificates of one machine for one name that are looked at"""
BY_FITNESS = (Status.PASS, Status.WARN, Status.UNKNOWN, Status.FAIL)


@dataclass(frozen=True, slots=True)
class Presented:
    """A certificate that an end presents for a name."""

    host: str
    name: str
    thumbprint: str = ""
    """empty: none was chosen"""
    chosen: bool = True
    """False: whichever of the host's fits"""


def full_name(view: View, host: str) -> str:
    """A host's full name: its account's, or that of its DNS settings where it is in no domain.

    Raises:
        MissingEvidence: it is not known.
    """
    system = view.one(ComputerSystem, host)
    if system.part_of_domain:
        return member(view, host).fqdn
    suffix = view.one(DnsSuffix, host).name
    return f"{system.dns_host_name}.{suffix}".lower().rstrip(".")


def of_destination(view: View, host: str) -> tuple[Presented, ...]:
    """What a host presents that receives replicas: its own certificate, and on a cluster its broker's besides.

    Raises:
        MissingEvidence: its settings were not read, or contradict each other.
    """
    own = view.one(ReplicaCertificate, host).thumbprint
    module = view.ask(BrokerCertificate, host)
    told = "" if isinstance(module, Gap) or not module else module[0].thumbprint
    if not is_member(view, host):
        if told and own and told != own:
            raise MissingEvidence(
                tell("{host} tells two certificates for replication: {own} and {told}", host=host, own=own, told=told)
            )
        return (Presented(host, full_name(view, host), own or told),)
    if isinstance(module, Gap):
        raise MissingEvidence(str(module))
    if not module:
        raise MissingEvidence(tell("BrokerCertificate of {host}: {no_row}", host=host, no_row=BrokerCertificate.no_row))
    brokers = tuple(Presented(host, name, told) for name in broker_names(view, host))
    return (Presented(host, full_name(view, host), own), *brokers)


def of_source(view: View, host: str, destination: str) -> tuple[Presented, ...]:
    """What a host presents that sends replicas: the certificate that its machines use on this way, else any that fits.

    Raises:
        MissingEvidence: its settings were not read.
    """
    clustered = is_member(view, host)
    names = broker_names(view, host) if clustered else (full_name(view, host),)
    callings = {full_name(view, destination), destination}
    if is_member(view, destination):
        callings |= {*broker_names(view, destination)}
    used = dict.fromkeys(
        row.thumbprint
        for row in view.rows(ReplicationCertificate, host)
        if row.authentication == CERTIFIED and (row.replica or "").lower().rstrip(".") in callings and row.thumbprint
    )
    return tuple(Presented(host, name, thumbprint, bool(used)) for name in names for thumbprint in used or ("",))


def judged(view: View, one: Presented, looks: str) -> Verdict:
    """Judge what one end presents to the machine that looks.

    Raises:
        MissingEvidence: the certificates of the machine were not read.
    """
    rows = view.rows(OwnCertificate, one.host)
    remedy = another(one.name, one.host)
    if one.chosen and not one.thumbprint:
        seen = tell("no certificate was chosen for replication on {host}, for {one}", host=one.host, one=one.name)
        return failed(seen, tell("a certificate for {one}", one=one.name), remedy)
    if one.chosen:
        stored = find(rows, one.thumbprint)
        if stored is None:
            seen = tell(
                "LocalMachine\\My of {host} does not hold the certificate {thumbprint}",
                host=one.host,
                thumbprint=one.thumbprint,
            )
            return failed(seen, tell("the certificate that was chosen"), remedy)
        return whole(view, one, stored, looks)
    could = [row for row in rows if row.certificate.problem or _is_for(row, one.name)]
    if not could:
        seen = tell(
            "{host} has no certificate for {one}, among {certificates}",
            host=one.host,
            one=one.name,
            certificates=counted(len(rows), "certificate"),
        )
        return failed(seen, tell("a certificate for {one}", one=one.name), remedy)
    every = [whole(view, one, stored, looks) for stored in could[:MOST]]
    if len(could) > MOST:
        every.append(
            unknown(
                tell(
                    "{host} has {count} certificates for {one}, and {most} were looked at",
                    host=one.host,
                    count=len(could),
                    one=one.name,
                    most=MOST,
                )
            )
        )
    found = sorted(every, key=lambda v: BY_FITNESS.index(v.status))
    return found[0] if found[0].status is not Status.FAIL else combine(found)


def _is_for(stored: OwnCertificate, name: str) -> bool:
    return names_part(stored.certificate, name, "", "").status is Status.PASS


def whole(view: View, one: Presented, stored: OwnCertificate, looks: str) -> Verdict:
    """Judge one certificate in every respect."""
    seen = tell("{host}'s certificate {thumbprint}", host=one.host, thumbprint=stored.thumbprint[:8])
    told, remedy = stored.certificate, another(one.name, one.host)
    if told.problem:
        return unknown(tell("{seen} could not be read: {problem}", seen=seen, problem=told.problem))
    return combine(_parts(view, one, stored, looks, seen, remedy))


def _parts(view: View, one: Presented, stored: OwnCertificate, looks: str, seen: str, remedy: str) -> Iterator[Verdict]:
    yield names_part(stored.certificate, one.name, seen, remedy)
    yield from own_parts(stored, view.now, seen, remedy)
    yield attempt(lambda: trust_part(view, looks, one.host, stored, seen))
    yield attempt(lambda: revocation_part(view, looks, one.host, stored, seen))


Ends = tuple[tuple[Callable[[], tuple[Presented, ...]], str], ...]


def _ends(route: Subject, view: View) -> Ends:
    """Who presents what, and who looks at it."""
    source, destination = route.source, route.destination
    taking = partial(of_destination, view, destination)
    return (taking, source), (partial(of_source, view, source, destination), destination)


def both_ends(route: Subject, view: View) -> Verdict:
    """Judge what both ends of a route present to each other; the check must declare ``NEEDS``."""

    def end(presents: Callable[[], tuple[Presented, ...]], looks: str) -> Verdict:
        return combine(attempt(partial(judged, view, one, looks)) for one in presents())

    ends = [attempt(partial(end, presents, looks)) for presents, looks in _ends(route, view)]
    return combine((*ends, attempt(partial(strays_part, view, route.destination))))


def looked_up(route: Subject, view: View) -> Iterator[Ask]:
    """The attempts of each end at what tells whether the other's certificates were revoked.

    The place is the word of whoever signed, so only one whom the end that looks trusts leads it anywhere: a host that
    signs for itself, or has others sign, chooses nobody whom another machine connects to.
    """
    for presents, looks in () if without_certificates(view) else _ends(route, view):
        with suppress(MissingEvidence):
            for one in presents():
                rows = view.rows(OwnCertificate, one.host)
                fit = [row for row in rows if not one.chosen and _is_for(row, one.name)][:MOST]
                for stored in (*(row for row in rows if row.thumbprint == one.thumbprint), *fit):
                    if trust_part(view, looks, one.host, stored, "").status is Status.PASS:
                        yield from asked(looks, stored)


NEEDS: tuple[type[Fact], ...] = (*EITHER, *DESTINATION, *SOURCE, EndpointProbe)
