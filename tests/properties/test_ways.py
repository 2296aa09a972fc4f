"""One more thing that is known of a way never makes it better: it may be the one that a move takes."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.api import Status
from tests.field.networks import address, listed, listens
from tests.field.record import HV01, HV02, Record, Row

ORDER = (Status.PASS, Status.WARN, Status.UNKNOWN, Status.FAIL)
MANAGEMENT, MIGRATION, OTHER = 4, 7, 9
PROFILES = st.builds(
    lambda interface, category, ipv4, ipv6: Row(
        interface=interface, category=category, ipv4_connectivity=ipv4, ipv6_connectivity=ipv6
    ),
    st.sampled_from((MANAGEMENT, MIGRATION, OTHER)),
    st.integers(0, 2),
    st.sampled_from((None, 1, 2, 4)),
    st.sampled_from((1, 4)),
)
NETWORKS = st.sets(st.sampled_from(("10.20.0.0/24", "10.77.0.0/16", "10.99.0.0/24")))


def made(trusted: set[str], untrusted: set[str], *, storage: bool) -> Record:
    """The good estate, hv02 with a third network; what is declared of them, and whether disks move, is given."""
    record = Record(HV01, HV02)
    record.estate.update(trusted=sorted(trusted), untrusted=sorted(untrusted))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": storage}]
    address(record, HV02, "10.99.0.2", OTHER, card=OTHER)
    listed(record, HV02, "10.20.0.0/24")
    return record


def status(record: Record) -> int:
    found = [f for f in copy.deepcopy(record).judged().findings if f.check == "NET-01" and HV01 in f.subject.id]
    (finding,) = (f for f in found if f.subject.id == f"{HV01}/{HV02}")
    return ORDER.index(finding.status)


@settings(max_examples=40, deadline=None)
@given(NETWORKS, NETWORKS, st.booleans(), st.lists(PROFILES, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_one_more_profile_address_or_listener_is_never_better(trusted, untrusted, storage, more, first, by_name):
    record = made(trusted, untrusted, storage=storage)
    seen = [status(record)]
    for profile in more:
        rows = record.rows("ConnectionProfile", HV02)
        rows.insert(0 if first else len(rows), profile)
        seen.append(status(record))
    if by_name:
        record.probed(HV01, f"{HV02}:445", addresses=["10.77.11.2", "10.99.0.2"])
    else:
        listens(record, HV02, "10.20.0.2", "10.99.0.2")
    seen.append(status(record))
    assert seen == sorted(seen)
