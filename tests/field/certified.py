"""The good record with hosts that replicate by certificate: HV01 to HV02, both sound unless a case says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from scanner.api import Fact
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.network import EndpointProbe, NetworkAdapter
from tests.checks.common import certified
from tests.field.record import HV01, HV02, Record

APART: tuple[type[Fact], ...] = (Service, EndpointProbe, NetworkAdapter)
"""Facts of which the record has more rows than those that a case needs."""


def put(record: Record, facts: certified.Rows) -> None:
    """Put these answers in place of the record's; services and attempts beside them."""
    for (fact, target), rows in facts.items():
        if fact not in APART and isinstance(rows, Iterable):
            record.put(fact.__name__, target, [asdict(row) for row in rows])  # type: ignore[call-overload]


def pair(*, profile: str = "replica", authentication: str = "certificate") -> Record:
    """HV01 sends to HV02 by certificate, and both look for revocation at one place that they reach."""
    record = Record(HV01, HV02, profiles=(profile,))
    record.estate.update(routes=[{"source": HV01, "destination": HV02, "storage": True}])
    record.estate["replica"] = {**record.estate["replica"], "authentication": authentication}
    for host in (HV01, HV02):
        put(record, certified.host(host))
        if authentication == "certificate":
            record.replica(host, authentication=2)
        like = record.rows("EndpointProbe", host)[0]
        told = {"target": "pki.corp.example:80", "outcome": "Connected", "remote": "10.9.9.9", "addresses": []}
        record.rows("EndpointProbe", host).append({**like, **told, "local": None})
    if authentication == "certificate":
        record.probed(HV01, f"{HV02}:443")
    return record


def clustered(record: Record, host: str, *others: str, state: int = 2) -> None:
    """Make a host a node of a cluster with a broker."""
    put(record, certified.node(host, *others, state=state))
    like = record.rows("Service", host)[0]
    record.rows("Service", host).append({**like, "name": "ClusSvc", "state": "Running", "start_mode": "Auto"})
    assert record.rows(ClusterInfo.__name__, host)
