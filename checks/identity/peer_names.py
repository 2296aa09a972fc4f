"""Where the names of a peer lead, as the host that will use them resolves them."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.brokers import brokers_of
from checks.common.holders import others
from checks.common.meeting import Met, met
from checks.common.own import is_own, lists, plain
from checks.common.parts import combine, listing
from checks.common.probing import SMB, endpoint, probe
from checks.delegation.account import member
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, passed, quote, tell, unknown
from scanner.facts.host import ClusterInfo
from scanner.facts.neighbour import Address, is_isatap
from scanner.facts.network import EndpointProbe, IPAddress

UNRESOLVED = "Unresolved"


def full_name(view: View, host: str) -> str:
    """A host's full name: the estate's, or its account's where the estate gives a short one.

    The check must declare MEMBERS.

    Raises:
        MissingEvidence: the estate gives a short one, and the account was not read.
    """
    return host if "." in host else member(view, host).fqdn


def target_of(name: str) -> str:
    """The attempt by which a name is resolved: the one that RCH-02 makes, too."""
    return endpoint(name, SMB)


def resolved(view: View, machine: str, name: str) -> EndpointProbe | None:
    """How a machine resolves a name; nothing if it does not.

    Raises:
        MissingEvidence: it was not tried.
    """
    answer = probe(view, machine, target_of(name))
    if isinstance(answer, str):
        raise MissingEvidence(answer)
    return None if answer.outcome == UNRESOLVED else answer


def brokers_addresses(view: View, peer: str) -> frozenset[Address]:
    """The addresses of the replica brokers of a peer's cluster; none where it says that it is no node.

    The check must declare ``BROKERS``.

    Raises:
        MissingEvidence: it is a node, or may be one, and they are not known.
    """
    clusters = view.ask(ClusterInfo, peer)
    if not isinstance(clusters, Gap) and not clusters:
        return frozenset()
    return frozenset(address for broker in brokers_of(view, peer) for address in broker.addresses)


def leads(view: View, source: str, peer: str, name: str, answer: EndpointProbe) -> Verdict:
    """Judge where a name leads: to the peer, and to nobody else. The check must declare ``HOLDERS`` and ``BROKERS``.

    Addresses that lead nowhere by themselves (link-local, ISATAP) do not count.
    """
    told = [address for address in map(plain, answer.addresses or (answer.remote,)) if address is not None]
    found = [address for address in dict.fromkeys(told) if not (address.is_link_local or is_isatap(address))]
    if not found:
        return unknown(tell("{source} resolves {name} to no address that counts", source=source, name=name))
    wrong = [part for address in found for part in _wrong(view, source, peer, name, address, answer)]
    return combine(wrong) if wrong else passed(tell("{name} leads to {found}", name=name, found=listing(found)))


def _wrong(view: View, source: str, peer: str, name: str, address: Address, answer: EndpointProbe) -> Iterator[Verdict]:
    """What is wrong with one address; nothing where it is the peer's alone."""
    held, seen = (
        is_own(view, peer, address),
        tell("{source} resolves {name} to {address}", source=source, name=name, address=address),
    )
    wanted, mine = tell("addresses of {peer} alone", peer=peer), is_own(view, source, address)
    if held is None or mine is None:
        yield unknown(str(view.ask(IPAddress, peer if held is None else source)))
    elif held and mine:
        yield unknown(
            tell("{seen}, which {source} holds itself, too; which one it meets is not known", seen=seen, source=source),
            wanted=wanted,
        )
    elif held and not _met(view, source, peer, address, answer):
        strangers = listing(sorted(others(view, address, peer)))
        yield unknown(
            tell(
                "{seen}, which {strangers} holds, too; which one it meets is not known", seen=seen, strangers=strangers
            ),
            wanted=wanted,
        )
    elif not held and lists(view, peer, address):
        yield unknown(tell("{seen}, which {peer} lists and does not use", seen=seen, peer=peer), wanted=wanted)
    elif not held:
        yield _not_held(view, source, peer, name, address)


def _not_held(view: View, source: str, peer: str, name: str, address: Address) -> Verdict:
    """An address that the peer does not have: another's, or its cluster's broker's, which any node may hold."""
    seen, wanted = (
        tell("{source} resolves {name} to {address}", source=source, name=name, address=address),
        tell("addresses of {peer} alone", peer=peer),
    )
    try:
        brokers = address in brokers_addresses(view, peer)
    except MissingEvidence as missing:
        return unknown(
            tell(
                "{seen}, which {peer} does not have; whether it is its cluster's is not known: {missing}",
                seen=seen,
                peer=peer,
                missing=missing,
            )
        )
    if brokers:
        return unknown(
            tell("{seen}, the replica broker's in its cluster; which node is met is not known", seen=seen),
            wanted=wanted,
        )
    strangers = sorted(others(view, address, peer))
    found = tell("{seen}, which {peer} does not have", seen=seen, peer=peer)
    if strangers:
        found = tell("{seen}, which is {strangers}'s", seen=seen, strangers=listing(strangers))
    return failed(
        found,
        wanted,
        tell(
            "Mend what {source} resolves {name} by, DNS or its hosts file, so that it tells addresses of {peer} alone; "
            "ipconfig /registerdns on {peer} writes those it has.",
            source=quote(source),
            name=quote(name),
            peer=quote(peer),
        ),
    )


def _met(view: View, source: str, peer: str, address: Address, answer: EndpointProbe) -> bool:
    """Whether an address that the peer holds leads to it: nobody else holds it, or the attempt met the peer there."""
    if not others(view, address, peer):
        return True
    there = answer.outcome == "Connected" and plain(answer.remote) == address
    return there and met(view, source, peer, answer).who is Met.DESTINATION
