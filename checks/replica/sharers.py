"""Whose rights count on a share for replicas: the host's, and in a cluster those of every node and of the broker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from checks.common.brokers import BROKERS, brokers_of
from checks.common.member import is_member
from checks.common.parts import clip
from checks.delegation.named import asks_for, by_sam
from checks.operator.account import Operator
from checks.share.accounts import computer, operator_of
from scanner.api import Ask, Fact, MissingEvidence, View, tell
from scanner.facts.cluster_resources import ClusterNode
from scanner.facts.delegation import NamedAccount
from scanner.facts.host import ComputerSystem

SHARERS: tuple[type[Fact], ...] = (*BROKERS, ClusterNode, NamedAccount)
"""What a check declares that asks, beside ``share.accounts.WHO`` and ``Service``."""


def asks_sharers(view: View, host: str) -> Iterator[Ask]:
    """The questions for the accounts of a cluster's other nodes and of its broker, as far as they are known."""
    with suppress(MissingEvidence):
        if is_member(view, host):
            with suppress(MissingEvidence):
                yield from asks_for(view, host, _others(view, host))
            yield from asks_for(view, host, (name for one in brokers_of(view, host) for name in one.names))


def known_already(view: View, host: str) -> Iterator[Operator]:
    """Those whose accounts the first round told."""
    with suppress(MissingEvidence):
        for short in (*_others(view, host), *_brokers(view, host)):
            with suppress(MissingEvidence):
                yield _account(view, host, short)


def sharers(view: View, host: str) -> Iterator[Operator]:
    """The accounts that must have the rights; what is known of them comes first.

    Raises:
        MissingEvidence: whether the host is a node, who is in its cluster, or an account of these is not known.
    """
    yield computer(view, host)
    if not is_member(view, host):
        return
    unknown: list[MissingEvidence] = []
    for names in (_others, _brokers):
        try:
            shorts = names(view, host)
        except MissingEvidence as missing:
            unknown.append(missing)
            continue
        for short in shorts:
            try:
                yield _account(view, host, short)
            except MissingEvidence as missing:
                unknown.append(missing)
    if unknown:
        raise unknown[0]


def _others(view: View, host: str) -> tuple[str, ...]:
    """The other nodes of a host's cluster, by their short names."""
    nodes = [row.name.partition(".")[0] for row in view.rows(ClusterNode, host)]
    if not nodes:
        raise MissingEvidence(tell("ClusterNode of {host}: the cluster tells no node", host=host))
    own = view.one(ComputerSystem, host).name.casefold()
    return tuple(dict.fromkeys(name for name in nodes if name.casefold() != own))


def _brokers(view: View, host: str) -> tuple[str, ...]:
    found = brokers_of(view, host)
    names = tuple(dict.fromkeys(name for one in found for name in one.short))
    if not found:
        raise MissingEvidence(
            tell("the cluster of {host} has no replica broker (CLU-02), whose account needs rights, too", host=host)
        )
    if not names:
        raise MissingEvidence(
            tell("ClusterParameters of {host}: the name of the replica broker is not told", host=host)
        )
    return names


def _account(view: View, host: str, short: str) -> Operator:
    domain = view.one(ComputerSystem, host).dns_domain
    rows = {row.sid or row.dn: row for row in by_sam(view, domain, short)}
    if not rows:
        view.rows(NamedAccount, domain)
        raise MissingEvidence(
            tell(
                "{domain} shows no account {short}$, of the cluster of {host}",
                domain=domain,
                short=clip(short),
                host=host,
            )
        )
    if len(rows) > 1:
        raise MissingEvidence(
            tell("several accounts of {domain} are called {short}$", domain=domain, short=clip(short))
        )
    row = next(iter(rows.values()))
    if row.unread or not row.sid:
        raise MissingEvidence(
            tell("{dn} could not be read whole: {unread}", dn=row.dn, unread=row.unread or tell("no SID"))
        )
    return operator_of(short, domain, row)
