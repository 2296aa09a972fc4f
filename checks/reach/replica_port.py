"""The settings by which a destination takes replicas, and the port: planned, set there, or to be set.

The settings are read in two ways, from the host's own record and through the module; on a host that is no node of a
cluster both must say it, on a node the module does, which shows the broker's. A cluster may have a table of ports, with
one for each node and for the broker.
"""

from __future__ import annotations

from contextlib import suppress

from checks.common.member import is_member
from scanner.api import (
    Fact,
    Gap,
    MissingEvidence,
    Profile,
    View,
    counted,
    tell,
)
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.replica import CERTIFICATE, KERBEROS, ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate

PLAIN = {KERBEROS: 80, CERTIFICATE: 443}
SITE_RECOVERY = {KERBEROS: 8083, CERTIFICATE: 8084}
METHODS = {
    KERBEROS: "Kerberos",
    CERTIFICATE: tell("certificate"),
    KERBEROS | CERTIFICATE: tell("Kerberos and certificate"),
}
SETTINGS: tuple[type[Fact], ...] = (ReplicationServer, ReplicaBrokerSettings, BrokerCertificate, Service, ClusterInfo)
"""What a check declares that asks for settings or ports."""
Settings = ReplicationServer | ReplicaBrokerSettings


def allowed(methods: int) -> str:
    """The sign-ins that a server allows, in words."""
    return METHODS.get(methods) or tell("AllowedAuthenticationType {authentication}", authentication=methods)


def settings_of(view: View, host: str) -> tuple[Settings, ...]:
    """How the host receives replicas, in its own words and in the module's; on a node of a cluster, in the broker's.

    The check must declare ``SETTINGS``.

    Raises:
        MissingEvidence: none of them could be read.
    """
    facts = (ReplicaBrokerSettings,) if _is_node(view, host) else (ReplicationServer, ReplicaBrokerSettings)
    answers = [view.ask(fact, host) for fact in facts]
    found = tuple(rows[0] for rows in answers if not isinstance(rows, Gap) and len(rows) == 1)
    if found:
        return found
    if isinstance(answers[0], Gap):
        raise MissingEvidence(str(answers[0]))
    raise MissingEvidence(
        tell(
            "{name} of {host}: {rows} where one was expected",
            name=facts[0].__name__,
            host=host,
            rows=counted(len(answers[0]), "row"),
        )
    )


def replica_port(view: View, host: str) -> int:
    """The port of a host for replicas: of a node in its cluster's table, else planned, its own, or Site Recovery's.

    What the host has before Site Recovery sets it up says nothing of the port it will have then. The check must
    declare ``SETTINGS``.

    Raises:
        MissingEvidence: the estate names no port, and the host's own could not be read; or the table was not.
    """
    return in_table(view, host, host) or _port(view, host)


def broker_port(view: View, host: str, name: str) -> int:
    """The port at which primary hosts find the broker of a node's cluster by its name. See ``replica_port``."""
    return view.estate.replica.port or in_table(view, host, name) or _port(view, host)


def in_table(view: View, host: str, name: str) -> int:
    """The port of a node or of the broker in the table of a host's cluster; 0 where none is set.

    Raises:
        MissingEvidence: the host is a node, or may be one, and the table was not read.
    """
    if _yet_to_be_set(view):
        return 0
    rows = view.ask(BrokerCertificate, host)
    if isinstance(rows, Gap):
        if is_member(view, host):
            raise MissingEvidence(str(rows))
        return 0
    by_certificate, wanted = planned_method(view) == CERTIFICATE, name.lower().rstrip(".")
    for text in rows[0].certificate_ports if rows and by_certificate else rows[0].kerberos_ports if rows else ():
        key, _, port = text.lower().rpartition("=")
        if key.rstrip(".") == wanted and port.isdecimal():
            return int(port)
    return 0


def _port(view: View, host: str) -> int:
    if view.estate.replica.port:
        return view.estate.replica.port
    method, sets_it = planned_method(view), view.profile is Profile.ASR_VMM
    if _yet_to_be_set(view):
        return SITE_RECOVERY[method]
    for settings in settings_of(view, host):
        own = port_of(settings, method)
        if own and (not sets_it or (settings.enabled and settings.authentication & method)):
            return own
    return (SITE_RECOVERY if sets_it else PLAIN)[method]


def _yet_to_be_set(view: View) -> bool:
    return view.profile is Profile.ASR_VMM and not view.estate.replica.configured


def _is_node(view: View, host: str) -> bool:
    with suppress(MissingEvidence):
        return is_member(view, host)
    return False


def planned_method(view: View) -> int:
    """How the primary host will sign in."""
    return CERTIFICATE if view.estate.replica.authentication == "certificate" else KERBEROS


def port_of(settings: Settings, method: int) -> int | None:
    """The port for a sign-in; nothing where it is not told."""
    return settings.https_port if method == CERTIFICATE else settings.http_port
