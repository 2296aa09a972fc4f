"""Whom an attempt to connect met, by all that is known.

An address counts as a host's only if it leads there. It does not where the source holds it itself. Where another
machine of the record holds it, too, the source's neighbour entry after the attempt decides: whose adapter answered on
the wire. Without such an entry nobody can tell.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from checks.common.holders import holders, others
from checks.common.issued import parts_of
from checks.common.own import is_own, lists, plain
from checks.common.parts import listing
from scanner.api import Gap, MissingEvidence, View, joined, tell
from scanner.facts.neighbour import Address, Neighbour, address_of
from scanner.facts.network import EndpointProbe, IPAddress


class Met(StrEnum):
    """Whom an attempt that connected reached."""

    DESTINATION = "the destination"
    ITSELF = "the machine that tried"
    ANOTHER = "another machine"
    UNTOLD = "not to be told"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whom an attempt reached, and how that is known; no reason where it is the destination."""

    who: Met
    why: str = ""


def met(view: View, source: str, destination: str, answer: EndpointProbe) -> Meeting:
    """Whom an attempt of the source at the destination reached, of an answer that is Connected.

    The check must declare ``HOLDERS``.
    """
    literal = address_of(answer.target.rpartition(":")[0].strip("[]"))
    local, remote = plain(answer.local), plain(answer.remote) or literal
    if remote is None:
        return Meeting(
            Met.UNTOLD,
            tell(
                "EndpointProbe of {source}: {target}: which address answered is not known",
                source=source,
                target=answer.target,
            ),
        )
    if remote == local or is_own(view, source, remote):
        return Meeting(
            Met.ITSELF,
            tell("{remote} is an address of {source} itself, which met itself", remote=remote, source=source),
        )
    if local is None and is_own(view, source, remote) is None:
        return Meeting(Met.UNTOLD, str(view.ask(IPAddress, source)))
    meeting = _on_the_wire(view, source, destination, remote, local)
    meeting = meeting or _by_record(view, source, destination, remote, literal)
    meeting = _by_certificate(view, destination, answer, meeting)
    astray = _astray(view, destination, answer) if meeting.who is Met.DESTINATION else ""
    return Meeting(Met.UNTOLD, astray) if astray else meeting


def _by_certificate(view: View, destination: str, answer: EndpointProbe, meeting: Meeting) -> Meeting:
    """What the name in the certificate adds: it tells whom else nobody could tell, and another's name is a doubt.

    Only a handshake that ended well shows that who answered has its key; a certificate alone can be anybody's copy.
    """
    with suppress(MissingEvidence):  # a record of another version may lack it
        if answer.tls_outcome != "Ok":
            return meeting
        named = [name.lower() for name in parts_of(answer.certificate_subject or "", "CN")]
        if named == [destination.lower()] and meeting.who is Met.UNTOLD:
            return Meeting(Met.DESTINATION)
        strangers = [name for name in holders(view).names if name.lower() in named and name != destination]
        if strangers and meeting.who is Met.DESTINATION:
            return Meeting(
                Met.UNTOLD,
                tell(
                    "the certificate at {target} names {strangers}", target=answer.target, strangers=listing(strangers)
                ),
            )
    return meeting


def _astray(view: View, destination: str, answer: EndpointProbe) -> str:
    """Where else the name leads: to an address that is none of the destination's; else empty."""
    for address in filter(None, map(plain, answer.addresses)):
        if is_own(view, destination, address) is not False:
            continue
        strangers = listing(sorted(others(view, address, destination)))
        if strangers:
            return tell(
                "{target} leads to {address} of {strangers}, too; which one is met next is not known",
                target=answer.target,
                address=address,
                strangers=strangers,
            )
        if not lists(view, destination, address):
            why = tell(
                "which {destination} does not list; take it out of DNS or the hosts file, where it is old",
                destination=destination,
            )
            return tell("{target} leads to {address}, too, {why}", target=answer.target, address=address, why=why)
    return ""


def _on_the_wire(view: View, source: str, destination: str, remote: Address, local: Address | None) -> Meeting | None:
    """What the source's neighbour entries say; nothing where there is none, or the adapters were not read."""
    entries, addresses = view.ask(Neighbour, source), view.ask(IPAddress, source)
    if isinstance(entries, Gap):
        return None
    used = () if isinstance(addresses, Gap) else {row.interface for row in addresses if row.address == local}
    met_at = view.derived(Neighbour, source, _by_address).get(remote, ())
    found = {entry.adapter for entry in met_at if not used or entry.interface in used}
    if not found:
        return None
    adapters = holders(view).adapters
    known = [adapters.get(one, frozenset[str]()) for one in sorted(found)]
    if all(names == frozenset({destination}) for names in known):
        return Meeting(Met.DESTINATION)
    if any(destination in names for names in known):
        return Meeting(
            Met.UNTOLD,
            tell("{remote}: several machines have the adapter that answered {source}", remote=remote, source=source),
        )
    strangers = sorted({name for names in known for name in names})
    if any(is_own(view, stranger, remote) for stranger in strangers):
        return Meeting(
            Met.ANOTHER,
            tell(
                "{remote} is {strangers} on the wire: its adapter answered {source}",
                remote=remote,
                strangers=joined(", ", strangers),
                source=source,
            ),
        )
    if strangers:  # it may pass on what is meant for the destination
        return Meeting(
            Met.UNTOLD,
            tell(
                "{remote}: an adapter of {strangers} answered {source}",
                remote=remote,
                strangers=joined(", ", strangers),
                source=source,
            ),
        )
    if any(destination in names for names in adapters.values()):
        return Meeting(
            Met.UNTOLD,
            tell(
                "{remote}: the adapter that answered {source} is none of {destination}",
                remote=remote,
                source=source,
                destination=destination,
            ),
        )
    return None


def _by_address(rows: tuple[Neighbour, ...]) -> dict[Address | None, list[Neighbour]]:
    found: dict[Address | None, list[Neighbour]] = {}
    for row in rows:
        if row.adapter:
            found.setdefault(row.address, []).append(row)
    return found


def _by_record(view: View, source: str, destination: str, remote: Address, literal: Address | None) -> Meeting:
    """What the machines say of themselves, where the wire tells nothing."""
    held, strangers = is_own(view, destination, remote), sorted(others(view, remote, source, destination))
    if strangers and held is False and remote != literal:
        return Meeting(
            Met.ANOTHER,
            tell(
                "{remote} is an address of {strangers}, and none of {destination}",
                remote=remote,
                strangers=joined(", ", strangers),
                destination=destination,
            ),
        )
    if strangers:
        return Meeting(
            Met.UNTOLD,
            tell(
                "{remote} is an address of {strangers}, too; who answered is not known",
                remote=remote,
                strangers=joined(", ", strangers),
            ),
        )
    if held or (held is None and remote == literal):
        return Meeting(Met.DESTINATION)
    if held is None:
        return Meeting(Met.UNTOLD, str(view.ask(IPAddress, destination)))
    return Meeting(
        Met.UNTOLD,
        tell(
            "{remote}, which answered {source}, is none of the addresses of {destination}",
            remote=remote,
            source=source,
            destination=destination,
        ),
    )
