"""What one host costs: our collector against a bare pypsrp loop, and against Ansible's psrp connection.

    python -m benchmarks.hosts [--size HOSTS] [--rounds N] [--ansible]

Client on one core, endpoint on the other; basic over TLS, script way, 20 facts. Every round reads the same hosts in
turn by each way; the ratio of a round is formed within it, and the median of the rounds is told.
"""

from __future__ import annotations

import argparse
import logging
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from pypsrp.client import Client
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from benchmarks import ansible_peer
from benchmarks.endpoint import PASSWORD, PORT, USER, Endpoint, Settings, block, password_file, running
from benchmarks.measure import Budget, cores, median, pin, process, table, tell
from lab.windows.wsman.certificates import make
from scanner.api import Check, Estate, Evidence, Severity, Subject, Task, Verdict, View, Who, check, passed, scopes
from scanner.collect import rounds
from scanner.collect.windows import COLLECTOR
from scanner.collect.windows.questions import questions_of
from scanner.estate.access import Access, Limits, SignIn
from scanner.estate.secret import SecretSource
from scanner.facts import host, hyperv, network, replica, smb, vm
from scanner.words.query import plan_of

FACTS = (
    host.OperatingSystem, host.ComputerSystem, host.Service, host.DomainControllerHint, host.ClusterInfo,
    hyperv.MigrationService, hyperv.MigrationSettings, hyperv.MigrationNetwork, hyperv.VMHost,
    vm.VirtualMachineSettings, vm.VmStorage, vm.VmSecurity,
    network.IPAddress, network.NetworkAdapter, network.ConnectionProfile, network.DefaultRoute,
    smb.SmbServerConfiguration, smb.SmbClientConfiguration, network.ConnectionSecurityRule,
    replica.ReplicationServer,
)  # fmt: skip
SCRIPT = files("scanner.collect.remote").joinpath("Invoke-Query.ps1").read_text(encoding="utf-8")
Way = Callable[[str], int]
"""Reads one host; returns how many answers came."""


@check(
    id="BEN-01", title="Reads what the benchmark wants", severity=Severity.INFO, who=Who.HOST,
    scope=scopes.HOST, seed="beyond seeds",
    needs=FACTS, remedy="none",
)  # fmt: skip
def _needs(_host: Subject, _view: View) -> Verdict:
    return passed("read")


def _evidence() -> Evidence:
    now = datetime.now(UTC)
    return Evidence(Estate(), started=now, finished=now)


def _task(target: str) -> Task:
    return Task(
        target=target, kind="host", facts=FACTS, arguments={}, evidence=_evidence(), deadline=time.monotonic() + 60
    )


def ways(access: Access) -> dict[str, Way]:
    """The ways to be compared, by name."""
    plan = plan_of(question.query for question in questions_of(_task("any")))
    context = ssl.create_default_context(cafile=access.default.ca)

    def ours(target: str) -> int:
        task = _task(target)
        COLLECTOR.collect(task, access)
        assert not task.evidence.gaps(), task.evidence.gaps()[0]
        return len(task.evidence.answers())

    def bare(target: str) -> int:
        """As little as pypsrp lets one do: one shared TLS context, no look into the environment, one pipeline."""
        wsman = WSMan(target, port=PORT, username=USER, password=PASSWORD, auth="basic", no_proxy=True)
        session = wsman.transport.session = wsman.transport._build_session()
        session.trust_env, session.verify = False, True  # True: whom to trust is the context's to know
        adapter = session.adapters["https://"]
        adapter.poolmanager.connection_pool_kw["ssl_context"] = context
        adapter.cert_verify = lambda *_arguments: None  # else requests loads its own authorities for every host
        with wsman, RunspacePool(wsman, no_profile=True) as pool:
            return len(PowerShell(pool).add_script(SCRIPT).add_parameter("Plan", plan).invoke())

    def stock(target: str) -> int:
        """What pypsrp's own guide shows, with the script's plan inside."""
        script = f"& {{ {SCRIPT} }} -Plan '{plan.replace(chr(39), 2 * chr(39))}'"
        with Client(
            target, port=PORT, username=USER, password=PASSWORD, auth="basic", cert_validation=access.default.ca
        ) as client:
            output, _, _ = client.execute_ps(script)
            return len(output.splitlines())

    return {"hv-preflight": ours, "bare pypsrp": bare, "pypsrp execute_ps": stock}


def compare(known: Mapping[str, Way], targets: list[str], rounds: int, endpoint: Endpoint) -> dict[str, float]:
    """Print what each way costs; returns the ratio of each to the bare loop."""
    for way in known.values():  # the first one makes the answers, and all load their libraries
        assert way(targets[0]) == len(FACTS)
    cpu: dict[str, list[float]] = {name: [] for name in known}
    requests: dict[str, float] = {}
    for turn in range(rounds):
        for name in list(known) if turn % 2 else list(known)[::-1]:
            endpoint.ask("reset")
            began = time.process_time()
            for target in targets:
                assert known[name](target) == len(FACTS)
            cpu[name].append((time.process_time() - began) / len(targets) * 1000)
            requests[name] = endpoint.ask("traffic")["requests"] / len(targets)
    ratios = {n: median([mine / bare for mine, bare in zip(cpu[n], cpu["bare pypsrp"], strict=True)]) for n in known}
    rows = [(n, requests[n], median(cpu[n]), min(cpu[n]), ratios[n]) for n in known]
    table(("way", "requests/host", "CPU ms/host", "least", "ratio to bare"), rows)
    return ratios


def collection(access: Access, targets: list[str]) -> tuple[float, float]:
    """Wall seconds and CPU seconds a host of a whole collection, 8 hosts at once."""
    wanted: tuple[Check, ...] = (_needs,)
    began, before = time.perf_counter(), time.process_time()
    evidence = rounds.collect(wanted, (COLLECTOR,), Estate(hosts=tuple(targets)), access)
    seconds, cpu = time.perf_counter() - began, time.process_time() - before
    answered = sum(
        info.answered for info in evidence.targets() if info.name in targets
    )  # one machine's, so gaps of the others
    assert answered == len(FACTS) * len(targets), evidence.gaps()[:1]
    return seconds / len(targets), cpu / len(targets)


def against_ansible(access: Access, targets: list[str], folder: Path, rounds: int) -> None:
    """Print how whole processes compare, in turns; installs Ansible first.

    A process costs its start and its hosts. What a host more costs is the difference between a run over all of them
    and one over a single one, shared among the others: the same for both sides.
    """
    peer = ansible_peer.Peer(targets, access.default.ca, folder)
    command = [sys.executable, "-m", "benchmarks.hosts", "--once", str(folder)]
    sides = {
        "hv-preflight, 8 at once": lambda some: process([*command, *some]),
        "ansible -m raw over psrp, 8 forks": peer.run,
    }
    for run in sides.values():
        run(targets[:1])
    spent: dict[str, list[tuple[tuple[float, float], tuple[float, float]]]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, run in sides.items():
            spent[name].append((run(targets), run(targets[:1])))
    cost: dict[str, tuple[float, ...]] = {}
    for name, runs in spent.items():
        whole = [median([every[i] for every, _ in runs]) / len(targets) for i in (0, 1)]
        more = [median([every[i] - one[i] for every, one in runs]) / (len(targets) - 1) for i in (0, 1)]
        cost[name] = 1 / whole[0], whole[1] * 1000, 1 / more[0], more[1] * 1000
    head = (f"{len(targets)} hosts, one core", "hosts/s with start", "CPU ms", "hosts/s without", "CPU ms")
    table(head, [(name, *figures) for name, figures in cost.items()])
    ours, theirs = cost.values()
    print(f"with the start of the process: {ours[0] / theirs[0]:.3g} x hosts/s, {theirs[1] / ours[1]:.3g} x less CPU")
    tell(
        Budget("hosts/s, ours / Ansible psrp", ours[2] / theirs[2], "x", 15, at_least=True),
        Budget("client CPU a host more, Ansible psrp / ours", theirs[3] / ours[3], "x", 15, at_least=True),
    )


def access_of(folder: Path) -> Access:
    """How to sign in to the endpoint whose authority and password are in this folder."""
    secret = SecretSource(file=password_file(folder))
    way = SignIn(method="basic", user=USER, password=secret, ca=str(folder / "ca.pem"))
    return Access(default=way, limits=Limits(concurrency=8))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=20, help="hosts a round")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--ansible", action="store_true", help="compare with Ansible, in a throw-away environment")
    options.add_argument("--once", nargs="+", metavar=("FOLDER", "HOST"), help="only read these hosts: for --ansible")
    given = options.parse_args()
    if given.once:
        collection(access_of(Path(given.once[0])), given.once[1:])
        return
    logging.getLogger("pypsrp").setLevel(logging.CRITICAL)
    ours, theirs = cores()
    pin(ours)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        addresses = {f"{block(0)}.0.{number}": f"hv{number:03}" for number in range(1, given.size + 1)}
        pki = make(folder, list(addresses))
        access = access_of(folder)
        settings = Settings(
            addresses=addresses, certificate=pki.server.certificate, key=pki.server.key, core=theirs
        )  # fmt: skip
        targets = list(addresses)
        with running(settings) as endpoint:
            ratios = compare(ways(access), targets, given.rounds, endpoint)
            tell(Budget("client CPU, ours / bare pypsrp", ratios["hv-preflight"], "x", 1.25))
            collection(access, targets)
            runs = [collection(access, targets) for _ in range(min(given.rounds, 5))]
            print(f"a whole collection, 8 at once, one core: {1 / median([wall for wall, _ in runs]):.3g} hosts/s")
            if given.ansible and len(targets) > 1:
                against_ansible(access, targets, folder, min(given.rounds, 5))


if __name__ == "__main__":
    main()
