"""Addresses, migration networks and attempts to connect, edited in the good record as a case says."""

from __future__ import annotations

from tests.field.record import Record, Row

CARDS = "00155D{:06X}"
"""the link-layer address of the adapter with this number"""


def only(record: Record, host: str, *texts: str) -> None:
    """Leave the addresses that begin with one of these texts."""
    rows = record.rows("IPAddress", host)
    rows[:] = [row for row in rows if row["text"].startswith(texts)]


def address(record: Record, host: str, text: str, interface: int, *, prefix: int = 24, card: int = 0) -> None:
    """One more address, on an adapter of its own if it has none yet; ``card`` numbers that one's link-layer address."""
    family = 23 if ":" in text else 2
    row = {"family": family, "interface": interface, "prefix_length": prefix, "state": 4, "store": 1, "text": text}
    record.rows("IPAddress", host).append(row)
    adapters = record.rows("NetworkAdapter", host)
    if any(adapter["interface"] == interface for adapter in adapters):
        return
    own = CARDS.format(card) if card else None
    adapter = {"interface": interface, "media_state": 1, "name": "Extra", "operational_status": 1, "speed": 10**10}
    layer = {"interface": interface, "guid": None, "hardware": True, "vlan": None, "lower": []}
    record.rows("AdapterLayer", host).append(layer)
    adapters.append(adapter | {"permanent": own, "current": [own] if own else []})
    profile = {"category": 1, "interface": interface, "ipv4_connectivity": 1, "ipv6_connectivity": 1}
    record.rows("ConnectionProfile", host).append(profile)


def profile(record: Record, host: str, interface: int, category: int, connectivity: int = 1) -> None:
    """What Windows thinks of the network behind an adapter: 0 public, 1 private; 4 leads to the internet."""
    row = next(row for row in record.rows("ConnectionProfile", host) if row["interface"] == interface)
    row.update(category=category, ipv4_connectivity=connectivity)


def listed(record: Record, host: str, *subnets: str) -> None:
    """Let the host accept migrations on these networks."""
    record.put("MigrationNetwork", host, [_network(subnet, "Microsoft:UserManaged") for subnet in subnets])
    record.one("VMHost", host)["any_network"] = False


def any_network(record: Record, host: str) -> None:
    """Let the host accept migrations on any network."""
    every = [_network(subnet, "Microsoft:UserManagedAllNetworks") for subnet in ("0.0.0.0/0", "::/0")]
    record.put("MigrationNetwork", host, every)
    record.one("VMHost", host)["any_network"] = True


def _network(subnet: str, tag: str) -> Row:
    text, _, prefix = subnet.partition("/")
    return {"instance_id": subnet, "metric": 0, "prefix_length": int(prefix), "subnet": text, "tags": [tag]}


def listens(record: Record, host: str, *addresses: str) -> None:
    """Where the host listens for migrations."""
    record.put("MigrationService", host, [{"listening": list(addresses)}])


def tried(record: Record, host: str, target: str, outcome: str = "Connected", *, local: str = "") -> None:
    """What the host's attempt at ``address:port`` gave; it is the only one at this target."""
    rows = record.rows("EndpointProbe", host)
    like = dict.fromkeys(rows[0])
    rows[:] = [row for row in rows if row["target"] != target]
    remote = target.rpartition(":")[0] if outcome == "Connected" else None
    told = {"addresses": [], "target": target, "outcome": outcome, "remote": remote, "local": local or None}
    rows.append({**like, **told})


def answered(record: Record, host: str, entries: dict[str, int], interface: int) -> None:
    """Whose adapters, by number, answered the host at which addresses, as its neighbour entries say."""
    rows = [
        {"text": text, "link_layer": CARDS.format(card), "interface": interface, "state": 5}
        for text, card in entries.items()
    ]
    fact = {"fact": "Neighbour", "target": host, "query": "(edited)", "at": record.data["finished"], "rows": rows}
    record.data["answers"].append(fact)
