"""What can be judged: one table of every scope that comes with the scanner.

The planner, the judging, the reports, ``why``, JUnit and the catalogue read it. A row says who its subjects are
(``scanner.judge.subjects``), what their names name, whom a finding of it bears upon, what people call one of them, and
the facts by which they are known. A plug-in adds a row by making a ``Scope`` and giving it to its check.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.facts.directory import DomainController, DomainInfo
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.network import NetworkAdapter
from scanner.facts.vm import VirtualMachineSettings, VmStorage
from scanner.facts.vmm import Cloud
from scanner.facts.vmm_nodes import NODES
from scanner.judge import operators, shares, subjects, vmm_subjects
from scanner.words.bearing import Role
from scanner.words.evidence import Evidence
from scanner.words.model import TargetKind
from scanner.words.scope import RUN, Case, Part, Scope, Subject

_HOST, _VM, _DOMAIN, _FILE, _OTHER = Part.MACHINE, Part.VM, Part.DOMAIN, Part.FILE, Part.OTHER
_VMM = frozenset({TargetKind.VMM_SERVER})
_END = Role.EITHER_END

HOST = Scope("host", "host", (_HOST,), _END, subjects.hosts, target=True)
SOURCE = Scope("source", "host", (_HOST,), Role.SOURCE, lambda _, evidence: subjects.starting(HOST, evidence))
DESTINATION = Scope(
    "destination", "host", (_HOST,), Role.DESTINATION, lambda _, evidence: subjects.ending(HOST, evidence)
)
ROUTE = Scope("route", "route", (_HOST, _HOST), Role.ROUTE, subjects.routes, link=" → ")
PAIR = Scope("pair", "pair", (_HOST, _HOST), Role.PAIR, subjects.pairs, link=" ↔ ", between="-and-")
VM = Scope("vm", "VM", (_HOST, _VM), Role.SOURCE, subjects.virtual_machines, needs=(VirtualMachineSettings,))
VM_ROUTE = Scope(
    "vm-route", "VM", (_HOST, _VM, _HOST), Role.ROUTE, subjects.machine_moves, needs=(VirtualMachineSettings,)
)
# Whom a domain, a forest or a controller serves nothing tells to the end: beside its members, whose accounts or file
# servers are in it, and whose way to another domain leads through it. So they bear on every move.
DOMAIN = Scope("domain", "domain", (_DOMAIN,), Role.RUN, subjects.domains, needs=(ComputerSystem,), target=True)
FOREST = Scope("forest", "forest", (_DOMAIN,), Role.RUN, subjects.forests, needs=(ComputerSystem, DomainInfo))
CONTROLLER = Scope(
    "controller",
    "controller",
    (_DOMAIN, _OTHER),
    Role.RUN,
    subjects.controllers,
    needs=(ComputerSystem, DomainController),
)
CLUSTER = Scope(
    "cluster", "cluster", (_OTHER,), Role.HOSTS, lambda scope, evidence: subjects.clusters(scope, evidence, HOST),
    needs=(ClusterInfo,),
)  # fmt: skip
FILE_SERVER = Scope(
    "file-server", "file server", (_OTHER,), Role.HOSTS,
    lambda scope, evidence: subjects.file_servers(scope, evidence, HOST), needs=(VmStorage,),
)  # fmt: skip
# The estate declares one way for all first copies that are carried by hand, one list of operators and the key files of
# all servers: none of these names its hosts, so they bear on every move of their profiles.
SHARE = Scope(
    "share", "share", (_OTHER,), Role.PROFILE, shares.shares, declared="offline_paths",
    machines=frozenset({TargetKind.HOST, TargetKind.VMM_SERVER, TargetKind.FILE_SERVER}),
)  # fmt: skip
HOST_SHARE = Scope(
    "host-share", "host and share", (_HOST, _OTHER), _END, shares.hosts_and_shares,
    declared="offline_paths", link=" → ", many="hosts and shares",
)  # fmt: skip
OPERATOR = Scope("operator", "operator", (_OTHER,), Role.RUN, operators.operators, declared="operators")
OPERATOR_HOST = Scope(
    "operator-host",
    "operator on a host",
    (_OTHER, _HOST),
    _END,
    operators.operators_on_hosts,
    declared="operators",
    many="operators on hosts",
)
HOST_CONTROLLER = Scope(
    "host-controller", "host and controller", (_HOST, _OTHER), _END, subjects.hosts_and_controllers,
    needs=(ComputerSystem, DomainController), link=" at ", many="hosts and controllers",
)  # fmt: skip
HOST_FILE_SERVER = Scope(
    "host-file-server", "host and file server", (_HOST, _OTHER), _END, subjects.hosts_and_file_servers,
    needs=(VmStorage,), link=" → ", many="hosts and file servers",
)  # fmt: skip
HOST_NETWORK = Scope(
    "host-network", "adapter", (_HOST, _OTHER), _END, subjects.hosts_and_networks, needs=(NetworkAdapter,),
)  # fmt: skip
VMM_SERVER = Scope(
    "vmm-server", "VMM server", (_HOST,), Role.HOSTS, vmm_subjects.vmm_servers, machines=_VMM, target=True
)
VMM_CLUSTER = Scope(
    "vmm-cluster",
    "VMM cluster",
    (_OTHER,),
    Role.HOSTS,
    vmm_subjects.vmm_clusters,
    machines=_VMM,
    needs=(ClusterInfo,),
)
CLOUD = Scope("cloud", "cloud", (_HOST, _OTHER), Role.HOSTS, vmm_subjects.clouds, machines=_VMM, needs=(Cloud, *NODES))


def _machines(_: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host and every VMM server; one that is both is judged as a VMM server."""
    servers = evidence.estate.vmm_servers
    yield from (HOST.of(host) for host in evidence.estate.hosts if host not in servers)
    yield from vmm_subjects.vmm_servers(VMM_SERVER, evidence)


MACHINE = Scope("machine", "machine", (_HOST,), _END, _machines, machines=_VMM | {TargetKind.HOST})
"""hosts and VMM servers, each as what it is"""
CLOUD_PAIR = Scope(
    "cloud-pair",
    "pair of clouds",
    (_HOST, _OTHER, _HOST, _OTHER),
    Role.HOSTS,
    vmm_subjects.cloud_pairs,
    machines=_VMM,
    link=" → ",
    many="pairs of clouds",
)
KEY_FILE = Scope("key-file", "key file", (_FILE,), Role.PROFILE, subjects.key_files, target=True)

ALL = (
    HOST, SOURCE, DESTINATION, ROUTE, PAIR, VM, VM_ROUTE, DOMAIN, FOREST, CONTROLLER, CLUSTER, VMM_SERVER, VMM_CLUSTER,
    MACHINE, CLOUD, CLOUD_PAIR, KEY_FILE, SHARE, FILE_SERVER, OPERATOR, OPERATOR_HOST, HOST_CONTROLLER,
    HOST_FILE_SERVER, HOST_NETWORK, HOST_SHARE, RUN,
)  # fmt: skip
"""every row, in the order in which reports tell of them"""
NAMES = {scope.name: scope for scope in ALL}


def place(scope: Scope) -> tuple[int, str]:
    """Where reports tell of a scope: those of plug-ins after ours, by name."""
    return (ALL.index(scope) if scope in ALL else len(ALL), scope.name)


def named(kind: str, names: tuple[str, ...], title: str) -> Subject:
    """The subject that a kept run tells of; one of a plug-in's scope, or another version's, is known by its names."""
    scope = NAMES.get(kind)
    if scope is None or len(scope.parts) != len(names):
        scope = Scope(kind, kind, (Part.OTHER,) * max(1, len(names)), Role.RUN, lambda _scope, _evidence: ())
    return Subject(scope, names or ("",), title)
