"""The name in which a host replicates: its own, or that of its cluster's one broker."""

from __future__ import annotations

import pytest

from checks.common.brokers import NAMED_BY, Broker, brokers_of, replica_name
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.cluster_resources import BROKER, NETWORK_NAME, ClusterParameters, ClusterResource
from scanner.facts.host import ClusterInfo, ComputerSystem, Service
from tests.checks.common.builders import GONE, GUID
from tests.conftest import HV01, evidence

KINDS = (BROKER, NETWORK_NAME)
NODE = Service("ClusSvc", "Running", "Auto", 5, None)
CLUSTER = ClusterInfo("CL1", "cl1.corp.example", 10)


def resources(*roles: str) -> list[ClusterResource]:
    every = ((GUID.format(2 * n + m), kind, role) for n, role in enumerate(roles) for m, kind in enumerate(KINDS))
    return [
        ClusterResource(id=name, name=name, kind=kind, group=role, state=2, owner=None) for name, kind, role in every
    ]


def parameters(*roles: str) -> list[ClusterParameters]:
    return [
        ClusterParameters(
            path=rf"HKEY_LOCAL_MACHINE\Cluster\Resources\{GUID.format(2 * n + 1)}\Parameters",
            name=role.upper(), dns_name=role, address=None, by_dhcp=None,
        )
        for n, role in enumerate(roles)
    ]  # fmt: skip


def view(services, cluster=(), roles=(), told=None) -> View:
    answers = {
        (Service, HV01): services,
        (ClusterInfo, HV01): list(cluster),
        (ClusterResource, HV01): resources(*roles),
        (ClusterParameters, HV01): parameters(*roles) if told is None else told,
    }
    return View(evidence(answers), NAMED_BY)


def test_a_host_alone_has_its_own_name():
    assert replica_name(view([]), HV01) == HV01


def test_a_node_replicates_in_its_brokers_name():
    assert replica_name(view([NODE], [CLUSTER], ("broker",)), HV01) == "broker.corp.example"


@pytest.mark.parametrize(
    ("known", "why"),
    [
        pytest.param(view(GONE), "Service of", id="services unread"),
        pytest.param(view([NODE], [CLUSTER]), "has no replica broker", id="none"),
        pytest.param(view([NODE], [CLUSTER], (), GapReason.TIMEOUT), "has no replica broker", id="none to be named"),
        pytest.param(view([NODE], [CLUSTER], ("one", "other")), "several names", id="two"),
        pytest.param(view([NODE], [CLUSTER], ("one",), []), "is not told", id="no name"),
        pytest.param(view([NODE], [CLUSTER], ("one",), GapReason.TIMEOUT), "ClusterParameters", id="name unread"),
    ],
)
def test_a_name_that_is_not_known(known, why):
    with pytest.raises(MissingEvidence, match=why):
        replica_name(known, HV01)


def resource(number: int, kind: str, group: str | None = "Role") -> ClusterResource:
    """With the GUID in braces and capitals, as one cluster writes it and another does not."""
    name = GUID.format(number).replace("1", "A")
    return ClusterResource(id=f"{{{name}}}", name=name, kind=kind, group=group, state=2, owner=None)


def told(number: int, name=None, dns_name=None, address=None) -> ClusterParameters:
    key = GUID.format(number).replace("1", "a")
    return ClusterParameters(rf"HKEY_LOCAL_MACHINE\Cluster\Resources\{key}\Parameters", name, dns_name, address, None)


def broker(rows, parameters, cluster=CLUSTER, system=()) -> Broker:
    answers = {
        (ClusterInfo, HV01): cluster if isinstance(cluster, GapReason) else [cluster],
        (ClusterResource, HV01): rows,
        (ClusterParameters, HV01): parameters,
        (ComputerSystem, HV01): list(system),
    }
    (found,) = brokers_of(View(evidence(answers), NAMED_BY), HV01)
    return found


NAME, AT, DISK = NETWORK_NAME, "IP Address", "Physical Disk"


@pytest.mark.parametrize(
    ("kind", "group", "belongs"),
    [
        (NAME, "Role", True),
        (NAME, "ROLE", True),
        (NAME, "Cluster Group", False),
        (NAME, None, False),
        (NAME, "", False),
    ],
)
def test_what_stands_beside_a_broker(kind, group, belongs):
    rows = [resource(0, BROKER), resource(1, kind, group)]
    found = broker(rows, [told(1, "B", "b")])
    assert found.names == (("b.corp.example",) if belongs else ())
    assert found.beside == ((rows[1],) if belongs else ())


@pytest.mark.parametrize("group", [None, ""])
def test_nothing_stands_beside_a_broker_without_a_role(group):
    found = broker(
        [resource(0, BROKER, group), resource(1, NAME, group), resource(2, NAME, "XXXX")], [told(1, "B", "b")]
    )
    assert (found.names, found.beside) == ((), ())


def test_only_a_name_names_a_broker_and_only_an_address_leads_to_it():
    rows = [resource(n, kind) for n, kind in enumerate((BROKER, NAME, DISK, AT, "IPv6 Address"))]
    parameters = [told(1, "B", "b", "10.0.0.1"), told(2, "D", "d", "10.0.0.2"), told(3, "A", "a", "10.0.0.3")]
    found = broker(rows, [*parameters, told(4, "A", "a", "fd00::4")])
    assert (found.names, found.short, [str(one) for one in found.addresses]) == (
        ("b.corp.example",), ("B",), ["10.0.0.3", "fd00::4"],
    )  # fmt: skip


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "no address"])
def test_an_address_that_is_none(address):
    found = broker([resource(n, kind) for n, kind in enumerate((BROKER, AT, AT))], [told(1, address=address)])
    assert found.addresses == ()


@pytest.mark.parametrize(
    ("name", "dns_name", "short", "names"),
    [
        ("Broker", "Label", ("BROKER",), ("label.corp.example",)),
        (None, "Label", ("LABEL",), ("label.corp.example",)),
        (None, "a-name-of-twenty-one", ("A-NAME-OF-TWENT",), ("a-name-of-twenty-one.corp.example",)),
        ("a-name-of-twenty-one", "b", ("A-NAME-OF-TWENT",), ("b.corp.example",)),
        ("Broker", None, ("BROKER",), ()),
        ("", "", (), ()),
        (None, None, (), ()),
    ],
)
def test_what_a_broker_is_called(name, dns_name, short, names):
    found = broker([resource(0, BROKER), resource(1, NAME)], [told(1, name, dns_name)])
    assert (found.short, found.names) == (short, names)


def joined(domain: str = "Node.Example.", *, part: bool = True) -> ComputerSystem:
    return ComputerSystem("HV01", "hv01", domain, part, 3)


@pytest.mark.parametrize(
    ("fqdn", "system", "name"),
    [
        ("CL1.Corp.Example.", joined(), "b.corp.example"),
        ("cl1.xx.example.xx", joined(), "b.xx.example.xx"),
        (None, joined(), "b.node.example"),
        ("", joined(), "b.node.example"),
        ("cl1", joined(), "b.node.example"),
        ("cl1", joined("WORKGROUP", part=False), "b"),
        (GapReason.TIMEOUT, joined(), "b.node.example"),
    ],
)
def test_what_follows_the_name_of_a_broker(fqdn, system, name):
    cluster = fqdn if isinstance(fqdn, GapReason) else ClusterInfo("CL1", fqdn, 10)
    assert broker([resource(0, BROKER), resource(1, NAME)], [told(1, "B", "b")], cluster, [system]).names == (name,)


def test_without_a_suffix_its_domain_must_be_known():
    with pytest.raises(MissingEvidence, match="ComputerSystem"):
        broker([resource(0, BROKER), resource(1, NAME)], [told(1, "B", "b")], ClusterInfo("CL1", "cl1", 10))


def test_unread_resources():
    with pytest.raises(MissingEvidence, match="ClusterResource"):
        broker(GapReason.TIMEOUT, [])
