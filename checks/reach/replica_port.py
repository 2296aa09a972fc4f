"""Whether a destination takes replicas, by its own settings, and on which port: planned, set there, or to be set.

The settings are read in two ways, from the host's own record and through the module; on a host that is no node of a
cluster both must say it. An open port says less: whatever else may listen there.
"""

from __future__ import annotations

from dataclasses import replace

from checks.common.enabling import in_no_domain
from checks.common.member import is_member
from checks.common.parts import combine
from scanner.api import (
    Gap,
    MissingEvidence,
    Profile,
    Status,
    Verdict,
    View,
    counted,
    failed,
    passed,
    powershell,
    unknown,
)
from scanner.facts.replica import CERTIFICATE, KERBEROS, ReplicaBrokerSettings, ReplicationServer

PLAIN = {KERBEROS: 80, CERTIFICATE: 443}
SITE_RECOVERY = {KERBEROS: 8083, CERTIFICATE: 8084}
METHODS = {KERBEROS: "Kerberos", CERTIFICATE: "certificate", KERBEROS | CERTIFICATE: "Kerberos and certificate"}
SAVE_AGAIN = (
    "Save the settings of the protected cloud in the Azure portal: Site Recovery then sets its hosts up. Where that is"
    " still to come, say [replica] configured = false."
)
Settings = ReplicationServer | ReplicaBrokerSettings


def settings_of(view: View, host: str) -> tuple[Settings, ...]:
    """How the host receives replicas, in its own words and in the module's. The check must declare both facts.

    Raises:
        MissingEvidence: neither could be read.
    """
    own, module = view.ask(ReplicationServer, host), view.ask(ReplicaBrokerSettings, host)
    found = tuple(rows[0] for rows in (own, module) if not isinstance(rows, Gap) and len(rows) == 1)
    if found:
        return found
    if isinstance(own, Gap):
        raise MissingEvidence(str(own))
    raise MissingEvidence(f"ReplicationServer of {host}: {counted(len(own), 'row')} where one was expected")


def replica_port(view: View, host: str) -> int:
    """The port a primary host will connect to: planned, the host's own, or the one that Site Recovery will give it.

    What the host has before Site Recovery sets it up says nothing of the port it will have then.

    Raises:
        MissingEvidence: the estate names no port, and the host's own could not be read.
    """
    if view.estate.replica.port:
        return view.estate.replica.port
    method, sets_it = planned_method(view), view.profile is Profile.ASR_VMM
    if sets_it and not view.estate.replica.configured:
        return SITE_RECOVERY[method]
    for settings in settings_of(view, host):
        own = port_of(settings, method)
        if own and (not sets_it or (settings.enabled and settings.authentication & method)):
            return own
    return (SITE_RECOVERY if sets_it else PLAIN)[method]


def planned_method(view: View) -> int:
    """How the primary host will sign in."""
    return CERTIFICATE if view.estate.replica.authentication == "certificate" else KERBEROS


def broker(view: View, host: str) -> str:
    """Why replicas may go to another name than the host's; empty if it is no node of a cluster.

    The check must declare ``Service`` and ``ClusterInfo``.
    """
    try:
        node = is_member(view, host)
    except MissingEvidence as missing:
        return str(missing)
    return f"{host} is a node of a cluster: replicas go to its broker, and no fact names that" if node else ""


def takes_replicas(view: View, host: str, port: int) -> Verdict:
    """Whether the host's settings say that it takes replicas, with the planned sign-in, on this port."""
    try:
        found = settings_of(view, host)
    except MissingEvidence as missing:
        return unknown(str(missing))
    method = planned_method(view)
    wanted = f"{host} takes replicas by {METHODS[method]} on port {port}"
    parts: list[Verdict] = []
    for settings in found:
        own, lacking = port_of(settings, method), _lacking(settings, method, port)
        if lacking:
            parts.append(failed(f"{host} {lacking}", wanted, cure(view, host, found, port)))
        elif own is None:
            parts.append(unknown(f"{host} does not tell its port for {METHODS[method]}", wanted=wanted))
        else:
            parts.append(passed(wanted))
    return combine(parts)


def together(view: View, taking: Verdict, way: Verdict, *, refused: bool) -> Verdict:
    """What the settings and the attempt say together; before Site Recovery sets the host up, nothing need listen."""
    if taking.status is Status.PASS:
        return replace(way, note=f"its settings say that {taking.seen}") if refused else combine((taking, way))
    if view.profile is not Profile.ASR_VMM or view.estate.replica.configured:
        return combine((taking, way))
    if refused:
        works = "Site Recovery lets the host listen when the cloud's settings are saved, and the refusal came back"
        return replace(way, status=Status.WARN, works=works)
    if way.status is Status.PASS:
        reason = f"{way.seen}, though {taking.seen or taking.note}: something else may listen there"
        return unknown(reason, wanted=taking.wanted)
    return way


def port_of(settings: Settings, method: int) -> int | None:
    """The port for a sign-in; nothing where it is not told."""
    return settings.https_port if method == CERTIFICATE else settings.http_port


def _lacking(settings: Settings, method: int, port: int) -> str:
    """What the settings say against it; empty if nothing."""
    if not settings.enabled:
        return "takes no replicas"
    if not settings.authentication & method:
        return f"takes replicas by {METHODS.get(settings.authentication, 'no sign-in')} only"
    own = port_of(settings, method)
    return "" if own in (None, port) else f"takes replicas on port {own}"


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
    if broker(view, host):
        return f"Let {host}, on a cluster its Replica Broker, take replicas by {METHODS[method]} on port {port}."
    if len(usable) == len(found):
        return (
            f"Plan the port that {host} has ([replica] port), or change it there and on every primary host that"
            " replicates to it."
        )
    if method == KERBEROS and in_no_domain(view, host):
        return (
            f"{host} is in no domain, and Kerberos signs in nowhere else: let it join one (ID-01), or plan"
            ' certificates ([replica] authentication = "certificate").'
        )
    if allowed != KERBEROS:
        return (
            f"In the Hyper-V settings of {host}, Replication Configuration: enable it as a Replica server, allow"
            f" {METHODS[allowed]}, {METHODS[method]} on port {port}, and choose the certificate."
        )
    command = (
        "Set-VMReplicationServer -ComputerName <host> -ReplicationEnabled $true -AllowedAuthenticationType Kerberos"
    )
    here = all(port_of(settings, method) == port for settings in found)
    return powershell(command if here else f"{command} -KerberosAuthenticationPort {port}", host=host)
