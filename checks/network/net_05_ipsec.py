"""Who relies on IPsec to keep moves private must have rules at both ends that demand it of just that traffic.

Judges planned moves to a destination that takes them in a network of ``networks.ipsec``, where the estate claims that
protection. Warns where active rules of both hosts that require it may cover TCP 6600, and TCP 445 where disks or memory
go by SMB: whether they encrypt stands in sets that are not read, so this never passes. Fails where no rule of a host
may cover one of these. NET-01 counts no claim as a proof.
"""

from __future__ import annotations

from itertools import product

from checks.common.parts import listing
from checks.network.claimed import CLAIMED, addresses, ports
from checks.network.ipsec import may_cover
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, not_applicable, scopes, tell, warned
from scanner.facts.hyperv import MigrationNetwork
from scanner.facts.network import ConnectionSecurityRule

WANTED = tell("active connection security rules of both hosts that require protection of these ports")


@check(
    id="NET-05",
    title="IPsec protects migration traffic (if claimed)",
    fails="IPsec is claimed, and some migration traffic has no rule that requires it",
    warns="IPsec rules may cover migration traffic; whether they encrypt was not seen",
    severity=Severity.INFO,
    who=Who.NETWORK,
    follows=("LM-08", "LM-10"),
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=(*CLAIMED, ConnectionSecurityRule),
    of_destination=(MigrationNetwork,),
    remedy="Make connection security rules that require encryption, at both ends, or take the claim back.",
)
def ipsec(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    if not view.estate.ipsec:
        return not_applicable(tell("the estate does not claim that IPsec protects moves"))
    at = addresses(view, route)
    if not at:
        return not_applicable(tell("the move takes no network of networks.ipsec"))
    bare = [
        tell("TCP {port} at {address} by {host}", port=port, address=address, host=host)
        for host, address, port in product(route.names, at, ports(view, route))
        if not any(
            may_cover(view, route.source, route.destination, rule, (address, port))
            for rule in view.rows(ConnectionSecurityRule, host)
        )
    ]
    if bare:
        return failed(tell("no rule requires protection of {bare}", bare=listing(bare)), WANTED)
    works = tell("IPsec stops no move whose ends agree, and RCH-01 and RCH-02 try to connect")
    note = tell("whether the rules encrypt is not examined: look at their quick mode cryptography")
    return warned(
        tell("rules that require protection may cover it"), tell("encryption that was seen"), works=works, note=note
    )
