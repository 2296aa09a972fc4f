"""The worst of what a move may take counts, by whatever door it is known: a network, a name, a listener, a profile."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner.api import Status
from tests.field.networks import address, listens
from tests.field.record import HV01, HV02, Record, Row

MIGRATION, MANAGEMENT, OTHER = "10.20.0.0/24", "10.77.0.0/16", "10.99.0.0/24"
INTERFACES = {MIGRATION: 7, MANAGEMENT: 4, OTHER: 9}
NETWORKS = st.sets(st.sampled_from(list(INTERFACES)))
INTERNET = 4
PROFILES = st.builds(
    lambda network, category, connectivity: Row(
        interface=INTERFACES[network], category=category, ipv4_connectivity=connectivity, ipv6_connectivity=1
    ),
    st.sampled_from(list(INTERFACES)),
    st.integers(1, 2),
    st.sampled_from((1, 2, INTERNET)),
)


def made(trusted: set[str], untrusted: set[str], profiles: list[Row], *, first: bool) -> Record:
    """The good estate with one route, hv02 in a third network, too, and with more profiles than one an interface."""
    record = Record(HV01, HV02)
    record.estate.update(trusted=sorted(trusted), untrusted=sorted(untrusted))
    address(record, HV02, "10.99.0.2", INTERFACES[OTHER], card=9)
    rows = record.rows("ConnectionProfile", HV02)
    rows[:] = [*profiles, *rows] if first else [*rows, *profiles]
    return record


@settings(max_examples=60, deadline=None)
@example(trusted=set(), untrusted={OTHER}, profiles=[], first=True, disks=True, by_name=True, listening=False)
@example(trusted=set(), untrusted={OTHER}, profiles=[], first=True, disks=False, by_name=False, listening=True)
@given(NETWORKS, NETWORKS, st.lists(PROFILES, max_size=3), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_no_way_is_better_than_its_worst_network(trusted, untrusted, profiles, first, disks, by_name, listening):
    record = made(trusted, untrusted, profiles, first=first)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": disks}]
    for row in record.rows("VmStorage", HV01):
        row["paths"] = []  # so that none is local
    ways = {MIGRATION}
    if disks:
        ways.add(MANAGEMENT)
    if by_name:
        record.probed(HV01, f"{HV02}:445", addresses=["10.77.11.2", "10.99.0.2"])
        ways |= {OTHER} if disks else set()
    if listening:
        listens(record, HV02, "10.20.0.2", "10.99.0.2")
        ways.add(OTHER)
    lead_out = {row["interface"] for row in profiles if row["ipv4_connectivity"] == INTERNET}
    bad = {n for n, interface in INTERFACES.items() if n in untrusted or (n not in trusted and interface in lead_out)}
    (finding,) = (f for f in record.judged().findings if (f.check, f.subject.id) == ("NET-01", f"{HV01}/{HV02}"))
    assert (finding.status is Status.FAIL) == bool(ways & bad)
    assert finding.status in (Status.FAIL, Status.PASS)
