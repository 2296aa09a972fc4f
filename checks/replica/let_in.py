"""Whether a host's own firewall lets replicas in, by an attempt that connected, else by its settings and rules."""

from __future__ import annotations

from contextlib import suppress

from checks.common.firewall import Decision
from checks.common.own import plain
from checks.common.probing import reached
from checks.migration.networks import Local, local_addresses
from checks.reach.admitted import Taker, decisions, words
from checks.reach.replica_attempt import attempted
from checks.reach.replica_port import planned_method, settings_of
from checks.reach.replica_rule import BUILT_IN_RULES, open_port
from checks.replica.receiving import yet_to_be_set
from scanner.api import (
    MissingEvidence,
    Status,
    Subject,
    Verdict,
    View,
    failed,
    not_applicable,
    passed,
    powershell,
    tell,
    unknown,
    warned,
)
from scanner.facts.firewall import FirewallRule
from scanner.facts.network import EndpointProbe

PROGRAM = "system"
"""What rules call http.sys, which is no program and no service of its own."""
OPENS = tell("Site Recovery opens the port in Windows' firewall when the settings of the cloud are saved")


def let_in(view: View, route: Subject, port: int) -> Verdict:
    """The verdict on one route.

    Raises:
        MissingEvidence: no attempt connected, and what decides could not be read.
    """
    source, host = route.source, route.destination
    target, answer = attempted(view, route, port)
    what, wanted = (
        tell("TCP {port} from {source}", port=port, source=source),
        tell("an active rule that lets TCP {port} in to http.sys, and none against", port=port),
    )
    way = reached(view, source, target, destination=host)
    if way.status is Status.PASS:
        note = ""
        with suppress(MissingEvidence):
            told = [one for one in _all(view, source, host, port, answer) if one.lets_in is not True]
            note = tell("an attempt outweighs what is read: {why}", why=told[0].why) if told else ""
        return passed(tell("{what} connects", what=what), note=note)
    found = _all(view, source, host, port, answer)
    if not found:
        return not_applicable(
            tell("{host} has no address at which {source} could come in (see RCH-06)", host=host, source=source)
        )
    if all(one.lets_in is False for one in found):
        if yet_to_be_set(view) and all(one.lacks_rule for one in found):
            return warned(tell("{what}: {words}", what=what, words=words(found)), wanted, works=OPENS)
        if way.status is not Status.FAIL:  # an attempt would outweigh what is read
            return unknown(tell("{what}: {words}; {note}", what=what, words=words(found), note=way.note), wanted=wanted)
        return failed(
            tell("{what}: {words}", what=what, words=words(found)), wanted, _remedy(view, route, port, answer, found)
        )
    if doubtful := [one for one in found if one.lets_in is not True]:
        return unknown(tell("{what}: {words}", what=what, words=words(doubtful)), wanted=wanted)
    if isinstance(answer, EndpointProbe) and answer.outcome == "TimedOut":
        told = tell(
            "{words}; yet the attempt found no answer, and what stops it is not told here (see RCH-06)",
            words=words(found),
        )
        return unknown(tell("{what}: {told}", what=what, told=told), wanted=wanted)
    return passed(tell("{what}: {words}", what=what, words=words(found)))


def _all(
    view: View, source: str, host: str, port: int, answer: EndpointProbe | str, activated: str = ""
) -> list[Decision]:
    """What the firewall does at each address where the source may come in."""
    taker = Taker(port, PROGRAM)
    return [
        one
        for local in _addresses(view, host, answer)
        for one in decisions(view, source, host, local, activated, taker)
    ]


def _addresses(view: View, host: str, answer: EndpointProbe | str) -> tuple[Local, ...]:
    """The host's addresses that its name led the source to; where nobody knows, all of them."""
    every = local_addresses(view, host)
    texts = () if isinstance(answer, str) else (answer.remote, *answer.addresses)
    met = {plain(text) for text in texts}
    return tuple(local for local in every if local.address in met) or every


def _remedy(view: View, route: Subject, port: int, answer: EndpointProbe | str, found: list[Decision]) -> str:
    """A command only where nothing but a rule is missing: the one that comes with the role, where that would do.

    What the host is not set to receive needs no open port yet.
    """
    source, host = route.source, route.destination
    if not all(one.lacks_rule for one in found) or not _receives(view, host):
        return ""
    rule = BUILT_IN_RULES.get(port, "")
    there = any(row.name.lower() == rule.lower() for row in view.rows(FirewallRule, host))
    if there and all(one.lets_in for one in _all(view, source, host, port, answer, rule)):
        return powershell("Enable-NetFirewallRule -CimSession <host> -Name <rule>", host=host, rule=rule)
    return open_port(view, source, host, port) if not rule else ""


def _receives(view: View, host: str) -> bool:
    """Whether the host is set to take replicas by the planned sign-in, or nobody tells."""
    with suppress(MissingEvidence):
        return all(one.enabled and one.authentication & planned_method(view) for one in settings_of(view, host))
    return True
