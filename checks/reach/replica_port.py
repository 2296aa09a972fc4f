"""The port on which a destination takes replicas: planned, as it is set there, or the one it will be given."""

from __future__ import annotations

from scanner.api import Gap, MissingEvidence, Profile, View, counted, powershell
from scanner.facts.replica import CERTIFICATE, KERBEROS, ReplicaBrokerSettings, ReplicationServer

PLAIN = {KERBEROS: 80, CERTIFICATE: 443}
SITE_RECOVERY = {KERBEROS: 8083, CERTIFICATE: 8084}
METHODS = {KERBEROS: "Kerberos", CERTIFICATE: "Certificate", KERBEROS | CERTIFICATE: "CertificateAndKerberos"}
"""Values of -AllowedAuthenticationType."""
BUILT_IN_RULES = {80: "VIRT-HVRHTTPL-In-TCP-NoScope", 443: "VIRT-HVRHTTPSL-In-TCP-NoScope"}
"""Firewall rules of the Hyper-V role by the port they open."""


def receiver(view: View, host: str) -> ReplicationServer | ReplicaBrokerSettings | Gap:
    """How the host receives replicas; the module's answer first, for on a cluster that is the broker's.

    The check must declare both facts.
    """
    broker, own = view.ask(ReplicaBrokerSettings, host), view.ask(ReplicationServer, host)
    for rows in (broker, own):
        if not isinstance(rows, Gap) and len(rows) == 1:
            return rows[0]
    if isinstance(own, Gap):
        return own
    raise MissingEvidence(f"ReplicationServer of {host}: {counted(len(own), 'row')} where one was expected")


def replica_port(view: View, host: str) -> int:
    """The port a primary host will connect to.

    Raises:
        MissingEvidence: the estate names no port, and the host's own could not be read.
    """
    replica = view.estate.replica
    if replica.port:
        return replica.port
    settings = receiver(view, host)
    if isinstance(settings, Gap):
        raise MissingEvidence(str(settings))
    method = planned_method(view)
    own = settings.https_port if method == CERTIFICATE else settings.http_port
    if settings.enabled and settings.authentication & method and own:
        return own
    return (SITE_RECOVERY if Profile.ASR_VMM in view.estate.profiles else PLAIN)[method]


def planned_method(view: View) -> int:
    """How the primary host will sign in."""
    return CERTIFICATE if view.estate.replica.authentication == "certificate" else KERBEROS


def receives(view: View, host: str) -> bool | None:
    """Whether a listener is to be expected: replication is set up and the host receives replicas; nothing if unread."""
    if not view.estate.replica.configured:
        return False
    settings = receiver(view, host)
    return None if isinstance(settings, Gap) else settings.enabled


def open_port(host: str, port: int) -> str:
    """The command that lets the port in on a host; the role's own rules know 80 and 443 only."""
    rule = BUILT_IN_RULES.get(port)
    if rule:
        return powershell("Enable-NetFirewallRule -CimSession <host> -Name <rule>", host=host, rule=rule)
    template = (
        "New-NetFirewallRule -CimSession <host> -DisplayName <name> -Direction Inbound -Protocol TCP"
        " -LocalPort <port> -Action Allow"
    )
    return powershell(template, host=host, name=f"Hyper-V Replica {port}", port=str(port))


def receive(view: View, host: str, port: int) -> tuple[str, str]:
    """What makes a host listen for replicas: a command, and a note; what it allows already stays allowed.

    No command where Site Recovery sets the host up, where its settings are unread, or where they say it does already.
    """
    try:
        settings = receiver(view, host)
    except MissingEvidence as missing:
        return "", f"what to set there is not known: {missing}"
    if isinstance(settings, Gap):
        return "", f"what to set there is not known: {settings}"
    method = planned_method(view)
    own = settings.https_port if method == CERTIFICATE else settings.http_port
    if settings.enabled and settings.authentication & method and own == port:
        return "", "its settings say that it takes replicas on this port"
    if Profile.ASR_VMM in view.estate.profiles:
        return "", "Site Recovery sets the host up when its cloud is protected"
    allowed = METHODS.get(settings.authentication | method, METHODS[method])
    switch = "KerberosAuthenticationPort" if method == KERBEROS else "CertificateAuthenticationPort"
    template = (
        "Set-VMReplicationServer -ComputerName <host> -ReplicationEnabled $true -AllowedAuthenticationType <method>"
    )
    command = powershell(template, host=host, method=allowed)
    note = "name the host's certificate with -CertificateThumbprint, too" if method == CERTIFICATE else ""
    return (command if own == port else f"{command} -{switch} {port}"), note
