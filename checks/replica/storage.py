r"""Where a host puts the replicas of another one, and whether the way there is one that it may use.

An entry names a primary server by its full name, by ``*`` for its first label alone, or by ``*`` for every server; the
more exact one counts. On a cluster the broker's entries count. Site Recovery puts replicas into the host's own default
folder unless storage is mapped. A node of a cluster sends in its broker's name, and the entry for that counts.
"""

from __future__ import annotations

from checks.common.brokers import NAMED_BY, replica_name
from checks.common.member import is_member
from checks.host.room import default_folder
from scanner.api import Fact, MissingEvidence, Profile, View, tell
from scanner.facts.replica_storage import BrokerStorage, ReplicaStorage
from scanner.facts.storage import StorageDefaults

KEPT: tuple[type[Fact], ...] = (ReplicaStorage, BrokerStorage, StorageDefaults)
"""What of it is asked of destinations alone."""
WHERE: tuple[type[Fact], ...] = (*KEPT, *NAMED_BY)
"""What a check declares that asks."""
CLUSTERED = "c:\\clusterstorage\\"


def location(view: View, host: str, source: str) -> str:
    """The folder or the share for replicas from a source; empty if none of the entries is for it.

    Raises:
        MissingEvidence: it could not be read, or an entry tells none.
    """
    if view.profile is Profile.ASR_VMM:
        return default_folder(view, host)
    fact = BrokerStorage if is_member(view, host) else ReplicaStorage
    entries = {row.primary.strip().lower().rstrip("."): row.location or "" for row in view.rows(fact, host)}
    name = (source if entries.keys() <= {"*"} else replica_name(view, source)).lower().rstrip(".")
    found = [entries[one] for one in (name, f"*.{name.partition('.')[2]}", "*") if one in entries]
    if found and not found[0]:
        raise MissingEvidence(
            tell(
                "{name} of {host}: the entry for {source} tells no place", name=fact.__name__, host=host, source=source
            )
        )
    return found[0].replace("/", "\\") if found else ""


def misplaced(view: View, host: str, folder: str) -> bool:
    r"""Whether a node of a cluster is to keep replicas where other nodes cannot see them."""
    shared = folder.startswith("\\\\") or f"{folder.casefold()}\\".startswith(CLUSTERED)
    return not shared and is_member(view, host)
