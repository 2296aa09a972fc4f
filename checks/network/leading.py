"""Where the addresses lead on which a destination accepts migrations, seen from one source."""

from __future__ import annotations

from dataclasses import dataclass, field

from checks.common.holders import others
from checks.common.meeting import Met, met
from checks.common.own import is_own
from checks.common.parts import listing
from checks.common.probing import MIGRATION, endpoint, probe
from checks.migration.networks import Local, local_addresses, migration_networks, usable
from scanner.api import Gap, Verdict, View, failed, passed, tell, unknown
from scanner.facts.network import EndpointProbe

WANTED = tell("migration addresses that the destination alone holds")


@dataclass(slots=True)
class _Sorted:
    """The addresses of a destination by where they lead, as texts."""

    there: list[str] = field(default_factory=list[str])
    connects: bool = False
    """an attempt reached the destination"""
    unread: bool = False
    """there is an address of the destination alone at which nobody tried"""
    own: list[str] = field(default_factory=list[str])
    aside: list[str] = field(default_factory=list[str])
    astray: list[str] = field(default_factory=list[str])
    untold: list[str] = field(default_factory=list[str])


def leading(view: View, source: str, host: str) -> tuple[list[Verdict], list[str]]:
    """The verdicts on the addresses, and notes that count only where all else is well.

    Raises:
        MissingEvidence: the addresses of one of the two could not be read.
    """
    setting = migration_networks(view, host)
    networks = [local.network for local in local_addresses(view, source) if local.up is not False]
    found = _Sorted()
    for local in usable(view, host):
        near = any(local.address in network for network in networks)
        _sort(view, source, host, local, found, near=near)
    attempts = view.ask(EndpointProbe, source)
    unread = [unknown(setting.unread, wanted=WANTED)] if setting.unread and not setting.any_network else []
    if isinstance(attempts, Gap) and usable(view, host):  # one may have met another machine
        unread.append(unknown(str(attempts), wanted=WANTED))
    return [*unread, *_verdicts(source, host, found)], _notes(source, found)


def _sort(view: View, source: str, host: str, local: Local, found: _Sorted, *, near: bool) -> None:
    answer = probe(view, source, endpoint(str(local.address), MIGRATION))
    text, strangers = str(local.address), listing(sorted(others(view, local.address, source, host)))
    if is_own(view, source, local.address):
        found.own.append(text)
    elif isinstance(answer, EndpointProbe) and answer.outcome == "Connected":
        _met(view, source, host, answer, found, text)
    elif not strangers:
        found.there.append(text)
        found.unread = found.unread or isinstance(answer, str)
    elif isinstance(answer, str) or near:
        found.untold.append(
            tell(
                "{text} is an address of {strangers}, too, and who answers there is not known",
                text=text,
                strangers=strangers,
            )
        )
    else:
        found.aside.append(
            tell("{text}, which {strangers} holds, too, does not connect", text=text, strangers=strangers)
        )


def _met(view: View, source: str, host: str, answer: EndpointProbe, found: _Sorted, text: str) -> None:
    meeting = met(view, source, host, answer)
    if meeting.who is Met.DESTINATION:
        found.there.append(text)
        found.connects = True
    elif meeting.who is Met.ITSELF:
        found.own.append(text)
    elif meeting.who is Met.ANOTHER:
        found.astray.append(meeting.why)
    else:
        found.untold.append(meeting.why)


def _verdicts(source: str, host: str, found: _Sorted) -> list[Verdict]:
    parts = [failed(why, WANTED) for why in found.astray] + [unknown(why, wanted=WANTED) for why in found.untold]
    if found.own and not found.connects:
        own = tell("{source} holds {own} of {host} itself", source=source, own=listing(found.own), host=host)
        if found.unread:
            parts.append(
                unknown(tell("{own}, and no attempt tells whether another address connects", own=own), wanted=WANTED)
            )
        elif not found.untold:
            parts.append(failed(tell("{own}, and no other address connects", own=own), WANTED))
    if found.aside and not found.connects and not parts:
        parts.append(
            unknown(
                tell("no address leads to {host} for certain: {aside}", host=host, aside=listing(found.aside)),
                wanted=WANTED,
            )
        )
    if found.there:
        parts.append(passed(tell("{there} of {host} alone", there=listing(found.there), host=host)))
    return parts


def _notes(source: str, found: _Sorted) -> list[str]:
    own = tell("not counted, for {source} holds it itself: {own}", source=source, own=listing(found.own))
    return [*([own] if found.own else []), *found.aside]
