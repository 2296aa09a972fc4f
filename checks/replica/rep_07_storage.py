r"""Replicas need a folder that is there and has room; on a cluster, one that every node sees.

Judged for every destination: with Hyper-V Replica by the entry that is for each source (on a cluster the broker's),
with Site Recovery by the folder for virtual disks. Passes where the folder is there and its volume has room for the
disks still to be copied (of all sources that share it), their reserve, and an estimate of recovery points; a warning
where room lacks for what is beyond the disks. Fails where the disks do not fit, the folder is missing, or a node of a
cluster keeps replicas neither below C:\ClusterStorage nor on a share. On a share, the host's account needs all rights
there, and fails without; in a cluster so does that of every node and of the broker. Unknown where an account, share or
sizes were not read, and where the other kind of replication brings more here than the volume holds besides.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.brokers import NAMED_BY
from checks.common.parts import combine
from checks.replica.arriving import NEEDED, questions
from checks.replica.placing import ON_SHARE, asks_place, placed
from checks.replica.storage import KEPT, WHERE
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.share import FolderAccess
from scanner.facts.storage import Volume


def sources(view: View, host: str) -> list[str]:
    """The hosts from which machines are replicated here."""
    return [route.source for route in view.estate.routes if route.destination == host and route.machines]


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    every = sources(view, subject.host)
    for source in every:
        yield from asks_place(view, subject.host, source)
    for source in every:
        yield from view.shared(questions, source)


@check(
    id="REP-07",
    title="Replica storage location exists and has room",
    fails="Replica storage location is missing, too small or not usable",
    warns="Replica storage has room for the disks, and not for all that comes on top",
    severity=Severity.HIGH,
    who=Who.STORAGE,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    by_profile=True,
    scope=scopes.DESTINATION,
    seed="S4 #before-you-start row storage mapping (default location)",
    needs=(*NEEDED, *WHERE, *ON_SHARE, FolderAccess, Volume),
    asks=_asks,
    of_source=(*NEEDED, *NAMED_BY),
    of_destination=(*KEPT, *NAMED_BY, Volume),
    follows=("REP-01", "REP-06"),
    remedy="Make the folder on the host itself, free room on its volume, or name another one there.",
)
def storage(subject: Subject, view: View) -> Verdict:
    """Judge one destination for one kind of replication."""
    return combine(placed(view, subject.host, sources(view, subject.host)))
