"""Whether a destination takes replicas by its settings, what they and an attempt say together, and what mends it."""

from __future__ import annotations

from dataclasses import replace

from checks.common.enabling import in_no_domain
from checks.common.member import may_be_member
from checks.common.parts import combine
from checks.reach.replica_port import METHODS, Settings, in_table, planned_method, port_of, settings_of
from scanner.api import MissingEvidence, Profile, Status, Verdict, View, failed, passed, powershell, tell, unknown
from scanner.facts.replica import CERTIFICATE, KERBEROS

SAVE = tell("Save the settings of the protected cloud in the Azure portal.")
SAVE_AGAIN = tell(
    "Save the settings of the protected cloud in the Azure portal: Site Recovery then "
    "sets its hosts up. Where that is still to come, say [replica] configured = false."
)


def takes_replicas(view: View, host: str, port: int, name: str) -> Verdict:
    """Whether the host's settings say that it takes replicas, with the planned sign-in, on this port.

    On a node of a cluster they are the broker's, and the table may have another port for this name, its own or the
    broker's.

    Raises:
        MissingEvidence: the table was not read.
    """
    table = in_table(view, host, name)
    try:
        found = settings_of(view, host)
    except MissingEvidence as missing:
        return unknown(str(missing))
    method = planned_method(view)
    wanted = tell("{host} takes replicas by {methods} on port {port}", host=host, methods=METHODS[method], port=port)
    parts: list[Verdict] = []
    for settings in found:
        own = table or port_of(settings, method)
        lacking = _lacking(settings, method, own, port)
        if lacking:
            parts.append(
                failed(tell("{host} {lacking}", host=host, lacking=lacking), wanted, cure(view, host, found, port))
            )
        elif own is None:
            parts.append(
                unknown(
                    tell("{host} does not tell its port for {methods}", host=host, methods=METHODS[method]),
                    wanted=wanted,
                )
            )
        else:
            parts.append(passed(wanted))
    return combine(parts)


def together(view: View, taking: Verdict, way: Verdict, *, refused: bool) -> Verdict:
    """What the settings and the attempt say together; before Site Recovery sets the host up, nothing need listen."""
    if taking.status is Status.PASS:
        return (
            replace(way, note=tell("its settings say that {seen}", seen=taking.seen))
            if refused
            else combine((taking, way))
        )
    if view.profile is not Profile.ASR_VMM or view.estate.replica.configured:
        return combine((taking, way))
    if refused:
        works = tell(
            "Site Recovery lets the host listen when the cloud's settings are saved, and the refusal came back"
        )
        return replace(way, status=Status.WARN, works=works)
    if way.status is Status.PASS:
        reason = tell(
            "{seen}, though {seen2}: something else may listen there", seen=way.seen, seen2=taking.seen or taking.note
        )
        return unknown(reason, wanted=taking.wanted)
    return way


def _lacking(settings: Settings, method: int, own: int | None, port: int) -> str:
    """What the settings say against it; empty if nothing."""
    if not settings.enabled:
        return tell("takes no replicas")
    if not settings.authentication & method:
        return tell(
            "takes replicas by {methods} only", methods=METHODS.get(settings.authentication, tell("no sign-in"))
        )
    return "" if own in (None, port) else tell("takes replicas on port {own}", own=own)


def cure(view: View, host: str, found: tuple[Settings, ...], port: int) -> str:
    """What makes the host take replicas; what it allows already stays allowed.

    A command only where it needs nothing that we do not know, and takes the port from no primary that uses it.
    """
    if view.profile is Profile.ASR_VMM:
        return SAVE_AGAIN
    method, allowed = planned_method(view), planned_method(view)
    for settings in found:
        allowed |= settings.authentication & (KERBEROS | CERTIFICATE)
    usable = [s for s in found if s.enabled and s.authentication & method]
    if may_be_member(view, host):
        return tell(
            "Let {host}, on a cluster its Replica Broker, take replicas by {methods} on port {port}.",
            host=host,
            methods=METHODS[method],
            port=port,
        )
    if len(usable) == len(found):
        return tell(
            "Plan the port that {host} has ([replica] port), or change it there and on every "
            "primary host that replicates to it.",
            host=host,
        )
    if method == KERBEROS and in_no_domain(view, host):
        return tell(
            "{host} is in no domain, and Kerberos signs in nowhere else: let it join one "
            '(ID-01), or plan certificates ([replica] authentication = "certificate").',
            host=host,
        )
    if allowed != KERBEROS:
        return tell(
            "In the Hyper-V settings of {host}, Replication Configuration: enable it as a "
            "Replica server, allow {methods}, {methods2} on port {port}, and choose the "
            "certificate.",
            host=host,
            methods=METHODS[allowed],
            methods2=METHODS[method],
            port=port,
        )
    command = (
        "Set-VMReplicationServer -ComputerName <host> -ReplicationEnabled $true -AllowedAuthenticationType Kerberos"
    )
    here = all(port_of(settings, method) == port for settings in found)
    return powershell(command if here else f"{command} -KerberosAuthenticationPort {port}", host=host)
