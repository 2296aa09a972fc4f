"""How judging grows with a VMM server: clouds in pairs, a host in each, machines that VMM and their hosts tell.

    python -m benchmarks.clouds [--size CLOUDS ...] [--machines A_CLOUD]

The checks of VMM and of what Site Recovery takes over, on one server that holds everything. CPU seconds of one process
on one core; the reference is Python's own ``dataclasses.replace`` on every finding that came out. As many machines in
every source cloud, so findings grow with the clouds, and so should the time: exponent 1.
"""

from __future__ import annotations

import argparse
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks import guests
from benchmarks.estate import NOW
from benchmarks.judging import cpu
from benchmarks.measure import Budget, cores, exponent, median, peak_mb, pin, table, tell
from scanner.api import Check, CloudPair, Estate, Evidence, Fact, Finding, Profile, Route, Status
from scanner.facts import host, replica_terms, vmm, vmm_machines, vmm_networks
from scanner.judge import judging
from scanner.plugins import load
from scanner.words.clouds import Mapping

SERVER = "vmm01.corp.example"
CLOUDS, MACHINES = (10, 20, 40), 100
"""the largest: 40 clouds, 20 of them sources with 100 machines each, so 2,000 machines"""
COPIES = 24
"""times a copy of all findings, as in benchmarks.judging; 9 on a machine with a load of 14"""
GROWTH = 1.3
"""A pair looks through the hosts of its server, and at all pairs: a part of the work grows with their square."""
PROFILE, KINDS = ("Hyper-V",), ("Gold",)
CHECKS = (
    *("VMM-03", "VMM-04", "VMM-05", "VMM-06", "VMM-07", "VMM-09"),
    *("VMM-10", "VMM-11", "VMM-12", "VMM-15", "VMM-16", "REP-09"),
)
Rows = Iterator[tuple[type[Fact], str, Sequence[Fact]]]


def _name(place: int) -> str:
    return f"cloud {place:03}"


def _host(place: int) -> str:
    return f"hv{place:03}.corp.example"


def estate_of(clouds: int) -> Estate:
    """Each cloud of even number to the next one, each network to the next one's."""
    sources = range(0, clouds, 2)
    return Estate(
        profiles=frozenset({Profile.ASR_VMM}),
        hosts=tuple(_host(place) for place in range(clouds)),
        routes=tuple(Route(_host(place), _host(place + 1)) for place in sources),
        vmm_servers=(SERVER,),
        cloud_pairs=tuple(CloudPair(SERVER, _name(place), SERVER, _name(place + 1)) for place in sources),
        network_mappings=tuple(Mapping(f"net {place}", f"net {place + 1}") for place in sources),
        storage_mappings=(Mapping("Gold", "Gold"),),
    )


def _of_server(clouds: int, machines: int) -> Rows:
    """What the VMM server tells."""
    own = vmm.VmmServer("localhost", SERVER, "10.19.2648.0", "CORP\\vmm", False, (), None, vmm.ADMINISTRATOR)
    yield vmm.VmmServer, SERVER, [own]
    yield host.Service, SERVER, [host.Service(vmm.SERVICE, "Running", "Auto", 4, None)]
    yield host.ClusterInfo, SERVER, []
    places = range(clouds)
    rows = [
        vmm.Cloud(
            f"c{place}", _name(place), (f"All Hosts\\{place}",), ("Hyper-V",), (f"net {place}",), ("Gold",), False
        )
        for place in places
    ]
    yield vmm.Cloud, SERVER, rows
    state = (0, 0, "OK", 1, "Responding", "Hosts")
    hosts = [
        vmm.VmmHost(f"h{n}", _host(n), _host(n), f"All Hosts\\{n}", None, "10.0.14393", vmm.HYPER_V, *state)
        for n in places
    ]
    yield vmm.VmmHost, SERVER, hosts
    networks = [vmm_networks.VmNetwork(f"n{place}", f"net {place}", f"net {place}", 1) for place in places]
    yield vmm_networks.VmNetwork, SERVER, networks
    yield vmm_networks.StorageClassification, SERVER, [vmm_networks.StorageClassification("g", "Gold")]
    each = [(place, one) for place in range(0, clouds, 2) for one in _ids(place, machines)]
    virtual = [
        vmm_machines.VmmVirtualMachine(f"v {one}", one, "guest", _name(place), _host(place), None, None, 0, 2)
        for place, one in each
    ]
    yield vmm_machines.VmmVirtualMachine, SERVER, virtual
    adapters = [
        vmm_machines.VmmAdapter(
            f"a {one}", "guest", f"Microsoft:{one}\\{one}", f"net {place}", f"net {place}", "S", False
        )
        for place, one in each
    ]
    yield vmm_machines.VmmAdapter, SERVER, adapters


def _ids(place: int, machines: int) -> list[str]:
    """As ``guests.machines`` makes them."""
    return [str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{guest}.{_host(place)}")) for guest in range(machines)]


def _of_hosts(clouds: int, machines: int) -> Rows:
    """What the hosts tell of their machines; those of target clouds have none."""
    for place in range(clouds):
        for fact, rows in guests.machines(_host(place), 0 if place % 2 else machines, "8.0"):
            yield fact, _host(place), rows
        yield replica_terms.ReplicationTerms, _host(place), []


def evidence_of(clouds: int, machines: int) -> Evidence:
    """The whole record."""
    evidence = Evidence(estate_of(clouds), started=NOW, finished=NOW)
    for fact, target, rows in (*_of_server(clouds, machines), *_of_hosts(clouds, machines)):
        evidence.put(fact, target, rows, at=NOW)
    evidence.close()
    return evidence


def measure(clouds: int, machines: int, checks: Sequence[Check]) -> tuple[list[Finding], dict[str, float], float]:
    """Findings, CPU seconds by check, and those of the reference."""
    evidence = evidence_of(clouds, machines)
    findings: list[Finding] = []
    seconds: dict[str, float] = {}
    for check in checks:
        seconds[check.id], found = cpu(lambda check=check: list(judging.judge_check(check, evidence)))
        findings += found
    copied = median([cpu(lambda: [replace(finding) for finding in findings])[0] for _ in range(3)])
    return findings, seconds, copied


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, nargs="+", default=list(CLOUDS), help="clouds, an even number")
    options.add_argument("--machines", type=int, default=MACHINES, help="virtual machines in a source cloud")
    given = options.parse_args()
    pin(cores()[0])
    checks = [check for check in load(third_party=False).checks if check.id in CHECKS]
    points = [(clouds, *measure(clouds, given.machines, checks)) for clouds in given.size]
    table(
        ("clouds", "machines", "findings", "judge s", "us each", "copied", "peak MB"),
        [
            (clouds, clouds // 2 * given.machines, len(findings), sum(seconds.values()),
             sum(seconds.values()) / len(findings) * 1e6, copied, peak_mb())
            for clouds, findings, seconds, copied in points
        ],
    )  # fmt: skip
    clouds, findings, seconds, copied = points[-1]
    print()
    table(("dearest checks", "s"), sorted(seconds.items(), key=lambda row: -row[1])[:5])
    counts = Counter(finding.status for finding in findings)
    print(", ".join(f"{counts[status]:,} {status}" for status in Status if counts[status]), "\n")
    spent = [sum(by_check.values()) for _, _, by_check, _ in points]
    tell(
        Budget("exponent of judging over clouds", exponent([p[0] for p in points], spent), "", GROWTH),
        Budget(f"judging {clouds} clouds, against a copy", spent[-1] / copied, "x", COPIES),
    )


if __name__ == "__main__":
    main()
