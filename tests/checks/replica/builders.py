"""What tests of Hyper-V Replica share: a plan, and a destination that takes replicas."""

from __future__ import annotations

from scanner.api import Fact, Profile, Replica
from scanner.facts.host import ClusterInfo, ComputerSystem, Service
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate
from tests.checks.common.builders import GONE
from tests.conftest import CORP, HV01, HV02, estate

Known = dict[tuple[type[Fact], str], object]
ASR = (Profile.ASR_VMM,)
CERTIFICATE = {"authentication": "certificate"}
ROUTE = f"{HV01}/{HV02}"
OWN = ReplicationServer(True, 1, 80, 443)
OFF = ReplicationServer(False, 0, 80, 443)
BOTH = ReplicationServer(True, 3, 80, 443)
BY_CERTIFICATE = ReplicationServer(True, 2, 80, 443)
VMMS, ELSE = 1234, 4711
RUNS = Service("vmms", "Running", "Auto", VMMS, None)
NODE = Service("ClusSvc", "Running", "Auto", 5, None)


def plan(*profiles: Profile, routes=None, **words):
    more = {"routes": routes} if routes else {}
    return estate(profiles=frozenset(profiles or {Profile.REPLICA}), replica=Replica(**words), **more)


def module(own: ReplicationServer) -> ReplicaBrokerSettings:
    return ReplicaBrokerSettings(own.enabled, own.authentication, own.http_port, own.https_port)


def member(host: str, domain: str = CORP, *, joined: bool = True) -> ComputerSystem:
    short = host.partition(".")[0]
    return ComputerSystem(short.upper(), short, domain, joined, 3)


def receiving(own=OWN, told=(), *, services=(RUNS,), cluster=(), host: str = HV02, table=()) -> Known:
    return {
        (ReplicationServer, host): own if own is GONE else [own],
        (ReplicaBrokerSettings, host): told if told is GONE else list(told),
        (BrokerCertificate, host): table if table is GONE else list(table),
        (Service, host): services if services is GONE else list(services),
        (ClusterInfo, host): list(cluster),
        (ComputerSystem, host): [member(host)],
    }


def node(own=OFF, told=(), host: str = HV02) -> Known:
    return receiving(own, told, services=(RUNS, NODE), cluster=(ClusterInfo("CL1", None, 10),), host=host)
