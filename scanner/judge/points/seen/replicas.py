"""Replica servers: whether WMI and the module tell the same, and whose port http.sys listens on."""

from __future__ import annotations

from scanner.facts.listening import ListeningPort
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_entries import BETWEEN, ENTRIES, ReplicaEntries
from scanner.facts.replication import ReplicationAuthorization
from scanner.judge.points.reading import Untold, settling, some, state_of, whole
from scanner.judge.points.values import flag, number, text, texts
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted

SAME = (
    ("AllowedAuthenticationType", "AllowedAuthenticationType"),
    ("HttpPort", "KerberosAuthenticationPort"),
    ("HttpsPort", "CertificateAuthenticationPort"),
)
WINRM = (5985, 5986)
SYSTEM = 4
"""the process whose ports http.sys listens on"""
SERVER = "a replica server that is no node of a cluster"


def _no_node(recording: Recording) -> None:
    if state_of(recording, "ClusSvc") == "running":
        raise Untold(f"the cluster service runs: {SERVER} would tell")


@settling
def same_settings(recording: Recording) -> Told:
    """WMI and the module tell the same settings of a replica server."""
    _no_node(recording)
    own, shown = some(recording, ReplicationServer, SERVER), some(recording, ReplicaBrokerSettings, SERVER)
    if len(own) != 1 or len(shown) != 1:
        raise Untold("one of both has more rows than one")
    enabled = flag(own[0], "RecoveryServerEnabled")
    differing = [name for name, other in SAME if number(own[0], name) != number(shown[0], other)]
    if enabled is None or enabled != flag(shown[0], "ReplicationEnabled"):
        differing.append("RecoveryServerEnabled")
    if differing:
        return Held.FAILS, f"the module tells otherwise: {', '.join(differing)}"
    if untold := [name for name, _ in SAME if number(own[0], name) is None]:
        raise Untold(f"neither tells {', '.join(untold)}: {SERVER} would")
    if not enabled:
        raise Untold(f"both tell the same of a host that takes no replicas: {SERVER} would tell")
    return Held.HOLDS, "both say that it takes replicas, by the same sign-ins, on the same ports"


@settling
def same_entries(recording: Recording) -> Told:
    """WMI and the module tell the same entries."""
    _no_node(recording)
    wmi = {
        (_name(text(row, "AllowedPrimaryHostSystem")), text(row, "TrustGroup") or "")
        for row in whole(recording, ReplicationAuthorization)
    }
    shown: set[tuple[str, str]] = set()
    for row in some(recording, ReplicaEntries, SERVER):
        for entry in texts(row, ENTRIES):
            primary, _, rest = entry.partition(BETWEEN)
            shown.add((_name(primary), rest.rpartition(BETWEEN)[2]))
    if wmi != shown:
        return Held.FAILS, f"{counted(len(wmi ^ shown), 'entry', 'entries')} of one that the other does not tell"
    if not wmi:
        raise Untold("neither has an entry: a replica server with one would tell")
    return Held.HOLDS, f"both tell the same {counted(len(wmi), 'entry', 'entries')}"


def _name(told: str | None) -> str:
    return (told or "").strip().lower().rstrip(".")


@settling
def http_sys(recording: Recording) -> Told:
    """The ports of WinRM, which listens by http.sys, are rows of process 4; each address and port is listed once."""
    rows = some(recording, ListeningPort, "a machine that answers by WinRM")
    places = [(text(row, "LocalAddress"), number(row, "LocalPort")) for row in rows]
    if len(set(places)) < len(places):
        return Held.FAILS, "an address and port is listed twice: more than what listens came through the filter"
    owners = {number(row, "OwningProcess") for row in rows if number(row, "LocalPort") in WINRM}
    if not owners:
        raise Untold("neither 5985 nor 5986 is listed: a machine whose WinRM listens there would tell")
    if owners != {SYSTEM}:
        return Held.FAILS, "5985 or 5986 is listed for another process than 4"
    return Held.HOLDS, "what listens on the ports of WinRM is listed for process 4, and nothing is listed twice"
