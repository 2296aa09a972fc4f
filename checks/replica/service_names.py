"""The names by which Kerberos finds a replica server, and the computer object that holds those of a broker."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.brokers import BROKERS, Broker, brokers_of
from checks.common.member import is_member
from checks.common.parts import clip, combine, listing
from checks.delegation.account import MEMBERS, Member, member
from checks.delegation.named import asks_for, by_sam
from checks.delegation.other_holders import shared
from checks.delegation.remedies import enable
from checks.delegation.service_names import holds, restart
from checks.delegation.verdicts import attempt
from scanner.api import Ask, Fact, MissingEvidence, Verdict, View, failed, joined, passed, tell, unknown
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import DomainInfo
from scanner.facts.host import NETBIOS, ClusterInfo, ComputerSystem, Service

REPLICA = "Hyper-V Replica Service"
NEEDS: tuple[type[Fact], ...] = tuple(
    dict.fromkeys((*MEMBERS, *BROKERS, Service, ClusterInfo, DomainInfo, NamedAccount))
)


def replica_names(view: View, host: str) -> Verdict:
    """Judge the names of a host, and of its cluster's brokers; what of it fails stands whatever else was not read."""
    own = attempt(lambda: _host(view, host))
    try:
        brokers = tuple(_brokers(view, host))
    except MissingEvidence as missing:
        brokers = (unknown(str(missing)),)
    return combine((own, *brokers))


def _host(view: View, host: str) -> Verdict:
    """Judge the names of a host itself.

    Raises:
        MissingEvidence: the host or its account was not read.
    """
    target = member(view, host)
    if target.account.disabled:
        cure = enable(target.account, target.domain)
        return failed(
            tell("the computer account of {short} is disabled", short=target.short), tell("an enabled account"), cure
        )
    return _held(view, target, restart(view, target))


def _brokers(view: View, host: str) -> Iterator[Verdict]:
    """Judge the names of the brokers of a host's cluster; nothing of a host that is in none.

    Raises:
        MissingEvidence: whether it is a node, or its broker, is not known.
    """
    if not is_member(view, host):
        return
    found = brokers_of(view, host)
    if not found:
        yield unknown(
            tell("the cluster of {host} has no replica broker, whose names a primary host asks for (CLU-02)", host=host)
        )
    for one in found:
        yield attempt(lambda one=one: _broker(view, host, one))


def broker_accounts(view: View, host: str) -> Iterator[Ask]:
    """The questions for the accounts of the brokers of a host's cluster."""
    if is_member(view, host):
        yield from asks_for(view, host, (name for one in brokers_of(view, host) for name in one.names))


def _broker(view: View, host: str, one: Broker) -> Verdict:
    """Judge one broker's names, on the computer object of its role."""
    domain = view.one(ComputerSystem, host).dns_domain
    if not one.names:
        raise MissingEvidence(
            tell("ClusterParameters of {host}: the name of the replica broker is not told", host=host)
        )
    view.rows(NamedAccount, domain)
    parts: list[Verdict] = []
    for name in one.names:
        short = name.partition(".")[0][:NETBIOS].upper()
        rows = by_sam(view, domain, short)
        remedy = tell(
            "In Failover Cluster Manager take the network name of the broker's role {role} offline and choose More "
            "Actions, Repair: it makes its computer object and its password anew. Where that fails, grant the "
            "cluster's account {cluster} the right Create Computer objects on the organizational unit that it lies "
            "in. No service need be restarted.",
            role=clip(one.resource.group or ""),
            cluster=_cluster(view, host),
        )
        if not rows:
            seen = tell(
                "{domain} has no account {short}$ of the replica broker {name}",
                domain=domain,
                short=clip(short),
                name=clip(name),
            )
            parts.append(failed(seen, tell("an enabled computer object of the broker"), remedy))
        elif len({row.sid or row.dn for row in rows}) > 1:
            parts.append(
                unknown(tell("several accounts of {domain} are called {short}$", domain=domain, short=clip(short)))
            )
        else:
            parts.append(_object(view, Member(host, short, name, domain, rows[0]), remedy))
    return combine(parts)


def _object(view: View, broker: Member, remedy: str) -> Verdict:
    account = broker.account
    if account.unread:
        return unknown(tell("{dn} could not be read whole: {unread}", dn=clip(account.dn), unread=account.unread))
    if account.disabled:
        return failed(
            tell("the computer object {dn} of the replica broker is disabled", dn=clip(account.dn)),
            tell("an enabled one"),
            remedy,
        )
    return _held(view, broker, remedy)


def _held(view: View, target: Member, remedy: str) -> Verdict:
    """Judge whether an account alone holds both names."""
    names = target.spns(REPLICA)
    lost = [name for name in names if not holds(target, name)]
    parts = list(shared(view, target, names))
    if lost:
        seen = tell("servicePrincipalName of {short} lacks {lost}", short=clip(target.short), lost=listing(lost))
        parts.append(failed(seen, joined(" and ", map(clip, names)), remedy))
    return (
        combine(parts)
        if parts
        else passed(tell("servicePrincipalName of {short}: {names}", short=clip(target.short), names=listing(names)))
    )


def _cluster(view: View, host: str) -> str:
    rows = view.rows(ClusterInfo, host)
    return clip(rows[0].name) + "$" if rows else tell("of the cluster")
