"""Who holds the port on which replicas shall come in, and whether a host's two ports, and those of its peers, agree.

http.sys listens for replicas as process 4, and shares a port among all that ask it to, as IIS and WSUS; nothing else
may hold it.
"""

from __future__ import annotations

from contextlib import suppress

from checks.common.member import is_member
from checks.common.parts import listing
from checks.reach.replica_port import planned_method, port_of
from checks.reach.replica_taking import SAVE_AGAIN
from checks.replica.receiving import allows, receiving, yet_to_be_set
from scanner.api import MissingEvidence, Profile, Verdict, View, failed, passed, tell, unknown
from scanner.facts.host import Service
from scanner.facts.listening import SYSTEM, ListeningPort
from scanner.facts.replica import CERTIFICATE, KERBEROS

BOTH = KERBEROS | CERTIFICATE
SHARED = tell("http.sys listens there for something else, as IIS or WSUS, and both may share the port")


def apart(view: View, host: str) -> Verdict:
    """Whether both sign-ins have a port of their own; where one alone is allowed, its port is all that counts.

    Raises:
        MissingEvidence: the settings could not be read.
    """
    for one in receiving(view, host):
        if one.enabled and one.authentication & BOTH == BOTH and one.http_port == one.https_port is not None:
            remedy = SAVE_AGAIN
            if view.profile is Profile.REPLICA:
                remedy = tell(
                    "In the Hyper-V settings of {host}, Replication Configuration: give one of them another port,",
                    host=host,
                )
                remedy += tell(" and name it on every primary host that replicates there.")
            return failed(
                tell("Kerberos and certificates on one port, {http_port}", http_port=one.http_port),
                tell("a port for each"),
                remedy,
            )
    return passed("")


def free(view: View, host: str, port: int) -> Verdict:
    """Whether nothing but http.sys holds the port, and where the host says that it takes replicas there, that listens.

    Raises:
        MissingEvidence: what listens, or the settings, could not be read.
    """
    rows = [row for row in view.rows(ListeningPort, host) if row.port == port]
    ours = {SYSTEM, *(s.process_id for s in view.rows(Service, host) if s.name.lower() == "vmms" and s.process_id)}
    wanted = tell("TCP {port} of {host} is http.sys's", port=port, host=host)
    others = [row for row in rows if row.process not in ours and not (row.address and row.address.is_loopback)]
    if others:
        held = listing(
            dict.fromkeys(tell("process {process} at {row}", process=row.process, row=row.text) for row in others)
        )
        remedy = tell(
            "Stop what holds TCP {port} on {host} (the process of that number), or plan another port.",
            port=port,
            host=host,
        )
        return failed(tell("TCP {port} is held by {held}", port=port, held=held), wanted, remedy)
    listens = any(row.process in ours for row in rows)
    says = not yet_to_be_set(view) and allows(receiving(view, host), planned_method(view))
    if not says:
        return passed(tell("TCP {port} is free", port=port), note=SHARED if listens else "")
    if listens:
        return passed(tell("TCP {port} is http.sys's", port=port))
    if is_member(view, host):
        return passed(
            tell("TCP {port} is free", port=port), note=tell("on a cluster the node that owns the broker listens")
        )
    silent = tell(
        "In the Hyper-V settings of {host}, Replication Configuration: take the Replica server off and on again.",
        host=host,
    )
    return failed(tell("takes replicas on TCP {port}, and nothing listens there", port=port), wanted, silent)


def agreeing(view: View, host: str) -> Verdict:
    """Whether the destinations of one cloud have one port; Site Recovery gives all hosts of a cloud the same.

    A source has one target cloud, so all it replicates to are of that. Without Site Recovery each relationship names
    its own port.

    Raises:
        MissingEvidence: the settings could not be read.
    """
    own = _port(view, host)
    cloud = view.shared(_clouds).get(host, host)
    differing = {peer: port for peer, port in view.shared(_ports_in, cloud).items() if own is not None and port != own}
    if not differing:
        return passed("")
    told = listing(tell("{peer} {port}", peer=peer, port=port) for peer, port in differing.items())
    tried = tell("what Site Recovery does with hosts of one cloud whose ports differ is not documented")
    return unknown(
        tell(
            "{host} has port {own}, {told}; {tried}. {save_again}",
            host=host,
            own=own,
            told=told,
            tried=tried,
            save_again=SAVE_AGAIN,
        ),
        wanted=tell("one port for all hosts of a cloud"),
    )


def _clouds(view: View) -> dict[str, str]:
    """By destination one that stands for its cloud: those that a source replicates to are together."""
    found: dict[str, str] = {}

    def stands_for(host: str) -> str:
        while found[host] != host:
            found[host] = found[found[host]]
            host = found[host]
        return host

    first: dict[str, str] = {}
    for route in view.estate.routes:
        found.setdefault(route.destination, route.destination)
        found[stands_for(route.destination)] = stands_for(first.setdefault(route.source, route.destination))
    return {host: stands_for(host) for host in found}


def _ports_in(view: View, cloud: str) -> dict[str, int]:
    """The ports of the hosts of a cloud that take replicas, as far as was read; what was not, is said of the host."""
    found: dict[str, int] = {}
    for host in (host for host, other in view.shared(_clouds).items() if other == cloud):
        with suppress(MissingEvidence):
            port = _port(view, host)
            if port is not None:
                found[host] = port
    return found


def _port(view: View, host: str) -> int | None:
    found, method = receiving(view, host), planned_method(view)
    return port_of(found[0], method) if allows(found, method) else None
