"""From whom a replica server takes replicas, and whether an entry there is about a primary's name.

On one host alone its own record holds the entries, and the module's word must agree with it; on a node of a cluster the
module shows the broker's.
"""

from __future__ import annotations

from checks.common.member import is_member
from checks.common.parts import clip, listing
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, passed, powershell, tell, unknown
from scanner.facts.replica_entries import ReplicaEntries
from scanner.facts.replication import ReplicationAuthorization

ANY = "*"


def entries_of(view: View, host: str) -> frozenset[str]:
    """The names of the primaries from which a host takes replicas, as they stand there; ``*`` is every server.

    Raises:
        MissingEvidence: they could not be read, or are told in two ways.
    """
    if is_member(view, host):
        return _told(view.one(ReplicaEntries, host))
    own = frozenset(row.primary.strip().lower().rstrip(".") for row in view.rows(ReplicationAuthorization, host))
    module = view.ask(ReplicaEntries, host)
    for told in () if isinstance(module, Gap) else map(_told, module):
        if told != own:
            names = [listing(sorted(one)) or tell("nobody") for one in (own, told)]
            raise MissingEvidence(
                tell(
                    "{host} takes replicas from {names} by its own record, from {names2} by the module",
                    host=host,
                    names=names[0],
                    names2=names[1],
                )
            )
    return own


def _told(row: ReplicaEntries) -> frozenset[str]:
    return frozenset((*(entry.primary for entry in row.entries), *((ANY,) if row.from_any else ())))


def covers(entries: frozenset[str], name: str) -> bool | None:
    """Whether an entry is about a name: it is the name, or ``*.`` and all of the name but its first label.

    Nothing where only a ``*.`` over several labels would be: no document says whether that counts. A ``*`` elsewhere
    matches nothing.
    """
    name = name.lower().rstrip(".")
    _, _, rest = name.partition(".")
    if not entries.isdisjoint((ANY, name, f"*.{rest}")):
        return True
    parents = {rest.split(".", count)[count] for count in range(1, rest.count(".") + 1)}
    return None if any(f"*.{parent}" in entries for parent in parents) else False


def authorised(view: View, host: str, source: str, name: str) -> Verdict:
    """Whether a host takes replicas that are sent in this name, which may be the broker's of the source's cluster.

    Raises:
        MissingEvidence: the entries could not be read.
    """
    entries = entries_of(view, host)
    wanted = tell("{host} takes replicas from {name}", host=host, name=name)
    if ANY in entries:
        return passed(
            tell("takes replicas from every server that signs in"), note=tell("whichever that is: see REP-02")
        )
    told = listing(sorted(entries)) or tell("nobody")
    found = covers(entries, name)
    if found:
        return passed(wanted)
    if found is None:
        wide = tell(
            "{host} takes replicas from {told}: no document says that * stands for several labels", host=host, told=told
        )
        return unknown(wide, wanted=wanted)
    if name != source and covers(entries, source):
        nodes = tell(
            "{host} takes replicas from {told}, which names the node {source}, and a cluster sends as {name}",
            host=host,
            told=told,
            source=source,
            name=name,
        )
        return unknown(
            tell("{nodes}; whether a node's own entry will do is not documented", nodes=nodes), wanted=wanted
        )
    return failed(tell("takes replicas from {told}", told=told), wanted, _remedy(view, host, name))


def _remedy(view: View, host: str, name: str) -> str:
    """The command that adds an entry like all others there; words where these are none, or differ."""
    words = tell(
        "On {host}, Hyper-V settings, Replication Configuration: add {name} to the servers "
        "it takes replicas from, with the folder for its replicas, and the trust group of "
        "the servers that its machines may move to.",
        host=host,
        name=name,
    )
    rows = view.ask(ReplicaEntries, host)
    known = {(entry.folder, entry.group) for row in (() if isinstance(rows, Gap) else rows) for entry in row.entries}
    if len(known) != 1 or is_member(view, host):
        return words
    ((folder, group),) = known
    if folder[1:3] != ":\\" or not group or clip(folder) != folder:  # of a share the rights are to be had on it
        return words
    template = (
        "New-VMReplicationAuthorizationEntry -ComputerName <host> -AllowedPrimaryServer <name>"
        " -ReplicaStorageLocation <folder> -TrustGroup <group>"
    )
    return powershell(template, host=host, name=name, folder=folder, group=group)
