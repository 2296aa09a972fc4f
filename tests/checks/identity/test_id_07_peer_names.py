from __future__ import annotations

import pytest

from checks.identity.id_07_peer_names import peer_names
from scanner.api import GapReason, Route, Status
from scanner.facts.cluster_resources import ClusterParameters, ClusterResource
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ClusterInfo, ComputerSystem, DnsSuffix
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common import certified
from tests.checks.common.builders import adapter, address, neighbour, probe
from tests.checks.delegation.domain import Known, account, system
from tests.conftest import CORP, HV01, HV02, Judge, estate, evidence

HV03 = "hv03.corp.example"
THERE, HERE, STRANGE, INSIDE = "10.77.1.2", "10.77.1.1", "10.77.1.99", "192.168.5.1"
FULL, SHORT = f"{HV02}:445", "hv02:445"
MINE, THEIRS, WIRE = "00-15-5D-00-00-01", "00-15-5D-00-00-02", "00-15-5D-00-00-03"


def names(full: tuple[str, ...] | str = (THERE,), short: tuple[str, ...] | str = (THERE,), **more: object) -> Known:
    """What the source resolves both names to, or the outcome where it does not."""

    def one(target: str, told: tuple[str, ...] | str) -> EndpointProbe:
        if isinstance(told, str):
            return probe(target, told)
        words = {"addresses": told, "remote": next(iter(told), None), "local": HERE}
        return probe(target, **(words | more))

    return {
        (EndpointProbe, HV01): [one(FULL, full), one(SHORT, short)],
        (IPAddress, HV01): [address(f"{HERE}/16")],
        (IPAddress, HV02): [address(f"{THERE}/16"), address("fe80::2%7/64"), address("10.77.1.3/16", state=1)],
        (ClusterInfo, HV02): [],
        (NetworkAdapter, HV01): [adapter(link_layer=MINE)],
        (NetworkAdapter, HV02): [adapter(link_layer=THEIRS)],
    }


NO = "Unresolved"
SHARED: Known = {(IPAddress, HV03): [address(f"{THERE}/16")], (NetworkAdapter, HV03): [adapter(link_layer=WIRE)]}

SHARED_TOO: Known = {
    (IPAddress, HV02): [address(f"{THERE}/16"), address("10.77.1.4/16")],
    (IPAddress, HV03): [address("10.77.1.4/16")],
    (NetworkAdapter, HV03): [adapter(link_layer=WIRE)],
    (Neighbour, HV01): [neighbour(THERE, THEIRS)],
}
"""a second address, at which the attempt met nobody"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(names(), Status.PASS, id="both"),
        pytest.param(names((THERE, "fe80::9%4"), (THERE, "169.254.1.1")), Status.PASS, id="link-local does not count"),
        pytest.param(names((THERE, "fd00::5efe:10.77.1.9")), Status.PASS, id="ISATAP does not count"),
        pytest.param(names(("::ffff:10.77.1.2",)), Status.PASS, id="in the clothes of IPv6"),
        pytest.param(names(short=NO), Status.WARN, id="short name not known"),
        pytest.param(names(full=NO), Status.FAIL, id="full name not known"),
        pytest.param(names(NO, NO), Status.FAIL, id="neither"),
        pytest.param(names((STRANGE,)), Status.FAIL, id="the full name leads elsewhere"),
        pytest.param(names((THERE, STRANGE)), Status.FAIL, id="elsewhere, too"),
        pytest.param(names(short=(STRANGE,)), Status.FAIL, id="the short name leads elsewhere"),
        pytest.param(names((STRANGE,), NO), Status.FAIL, id="elsewhere, and no short name"),
        pytest.param(names((HERE,)), Status.FAIL, id="to the source itself"),
        pytest.param(names(("10.77.1.3",)), Status.UNKNOWN, id="to an address that is not in use"),
        pytest.param(names(("fe80::9%4",)), Status.UNKNOWN, id="to link-local addresses alone"),
        pytest.param(names((), ()), Status.UNKNOWN, id="to nothing that it tells"),
        pytest.param(names((), (), remote=THERE), Status.PASS, id="to what answered, where nothing else is told"),
        pytest.param(names((), (), remote=STRANGE), Status.FAIL, id="to a stranger that answered"),
        pytest.param(
            names((THERE, "10.77.1.4"), remote=THERE) | SHARED_TOO, Status.UNKNOWN, id="another address is shared, too"
        ),
        pytest.param(
            names(outcome="Refused") | SHARED | {(Neighbour, HV01): [neighbour(THERE, THEIRS)]},
            Status.UNKNOWN,
            id="shared, and it did not connect",
        ),
        pytest.param(names(outcome="TimedOut"), Status.PASS, id="a closed port is none of its matters"),
        pytest.param(names() | SHARED, Status.UNKNOWN, id="another machine holds it, too"),
        pytest.param(
            names() | SHARED | {(Neighbour, HV01): [neighbour(THERE, THEIRS)]}, Status.PASS, id="and did not answer"
        ),
        pytest.param(
            names() | SHARED | {(Neighbour, HV01): [neighbour(THERE, WIRE)]}, Status.UNKNOWN, id="and did answer"
        ),
        pytest.param(
            names((THERE, INSIDE))
            | {
                (IPAddress, HV01): [address(f"{HERE}/16"), address(f"{INSIDE}/24")],
                (IPAddress, HV02): [address(f"{THERE}/16"), address(f"{INSIDE}/24")],
            },
            Status.UNKNOWN,
            id="the source holds it, too",
        ),
        pytest.param(
            names((STRANGE,)) | {(IPAddress, HV02): GapReason.TIMEOUT, (IPAddress, HV01): [address(f"{STRANGE}/16")]},
            Status.UNKNOWN,
            id="the source holds it, and of the peer nobody knows",
        ),
        pytest.param(names() | {(EndpointProbe, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="not tried"),
        pytest.param(names() | {(IPAddress, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="its addresses unread"),
        pytest.param(names() | {(IPAddress, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="the source's unread"),
        pytest.param(
            names((STRANGE,)) | {(IPAddress, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="whose it is is not known"
        ),
    ],
)
def test_names(judge: Judge, facts, expected):
    facts = {key: rows for key, rows in facts.items() if rows or key[0] is ClusterInfo}
    finding = judge(peer_names, facts, estate())
    assert finding.status is expected, finding
    assert bool(finding.remedy) is (expected in (Status.WARN, Status.FAIL))


def test_whose_address_it_is_is_told(judge: Judge):
    facts = names((STRANGE,)) | {(IPAddress, HV03): [address(f"{STRANGE}/16")]}
    assert HV03 in judge(peer_names, facts, estate()).seen


def test_it_asks_by_the_attempts_that_others_make():
    asked = [ask.argument for ask in asks_of((peer_names,), evidence(names(), estate()))]
    assert asked == [FULL, SHORT]
    shared = evidence(names() | SHARED, estate(hosts=(HV01, HV02, HV03)))
    assert [ask.argument for ask in asks_of((peer_names,), shared) if ask.fact is Neighbour] == [THERE]


def test_a_host_that_the_estate_calls_by_its_short_name(judge: Judge):
    facts = names() | {
        (ComputerSystem, "hv02"): [system(HV02)],
        (ComputerAccount, CORP): [account(HV02)],
        (DnsSuffix, "hv02"): [DnsSuffix(CORP, CORP)],
    }
    facts |= {(fact, "hv02"): facts[fact, HV02] for fact in (IPAddress, NetworkAdapter, ClusterInfo)}
    for fact in (IPAddress, NetworkAdapter, ClusterInfo):
        del facts[fact, HV02]
    where = estate(hosts=(HV01, "hv02"), routes=(Route(HV01, "hv02"),))
    assert judge(peer_names, facts, where).status is Status.PASS
    unread = facts | {(ComputerAccount, CORP): GapReason.TIMEOUT}
    assert judge(peer_names, unread, where).status is Status.UNKNOWN


AT = "10.0.0.50"
ON_CLUSTER: Known = {
    (fact, host): list(rows)
    for (fact, host), rows in certified.node(HV02).items()
    if fact in (ClusterInfo, ClusterResource, ClusterParameters) and not isinstance(rows, GapReason)
} | {(ComputerSystem, HV02): [system(HV02)]}


@pytest.mark.parametrize(
    ("facts", "expected", "said"),
    [
        pytest.param(ON_CLUSTER, Status.UNKNOWN, "the replica broker's in its cluster", id="the broker's"),
        pytest.param(
            ON_CLUSTER | {(IPAddress, HV02): [address(f"{THERE}/16"), address(f"{AT}/16")]},
            Status.PASS, "", id="the broker's, which it holds now",
        ),
        pytest.param(
            ON_CLUSTER | {(IPAddress, HV03): [address(f"{AT}/16")]}, Status.UNKNOWN, "broker", id="another holds it now"
        ),
        pytest.param(ON_CLUSTER | {(ClusterResource, HV02): []}, Status.FAIL, "", id="no broker"),
        pytest.param(ON_CLUSTER | {(ClusterParameters, HV02): []}, Status.FAIL, "", id="a broker without an address"),
        pytest.param(
            ON_CLUSTER | {(ClusterResource, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, "not known", id="unread"
        ),
        pytest.param({(ClusterInfo, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, "not known", id="a node or none"),
        pytest.param({}, Status.FAIL, "does not have", id="no node"),
    ],
)  # fmt: skip
def test_an_address_of_the_brokers_is_its_clusters(judge: Judge, facts, expected, said):
    finding = judge(peer_names, names((THERE, AT)) | facts, estate())
    assert finding.status is expected, finding
    assert said in f"{finding.seen} {finding.note}"
