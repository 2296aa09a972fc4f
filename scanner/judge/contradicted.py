"""An empty list that other answers of the same machine contradict is no empty list: it is a gap.

Where a row must exist, its absence says that somebody may not look, or that a provider broke off, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from scanner.facts.adapter import ManagementAdapter
from scanner.facts.host import ClusterInfo, OperatingSystem, Service
from scanner.facts.hyperv import VMHost
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.switches import SwitchConnection, VirtualSwitch
from scanner.facts.vm import RUNNING, ReplicationMode, VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.facts.vm_runtime import VmRuntime
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason, key_of
from scanner.words.telling import counted, plural, tell
from scanner.words.view import MissingEvidence

F = TypeVar("F", bound=Fact)
NEEDS: tuple[type[Fact], ...] = (ClusterInfo, Service, VirtualMachineSettings, VirtualMachineState, VmStorage)
"""What the step reads of every host. Of what else it holds against an answer, it takes what was asked with that one."""
SHARED = re.compile(r"(\\\\\?\\)?[a-z]:\\ClusterStorage(\\|$)", re.IGNORECASE)
"""Where nodes alone have volumes: each volume that a cluster shares is a folder of this one."""
RELATIONSHIPS_SINCE = 9600
"""build of Windows Server 2012 R2"""


def sure_answers(evidence: Evidence) -> Evidence:
    """Make gaps of answers without a row that other answers contradict."""
    gaps = tuple(_contradicted(evidence))
    return evidence.amended(gaps=(*evidence.gaps(), *gaps)) if gaps else evidence


def _contradicted(evidence: Evidence) -> Iterator[Gap]:
    looks: dict[type[Fact], Callable[[Evidence, str], str]] = {
        ClusterInfo: _on_a_node,
        VmStorage: _runs,
        VirtualSwitch: _hangs,
        SwitchConnection: _switches,
        VmRuntime: _module,
        ReplicationRelationship: _replicates,
    }
    for answer in evidence.answers():
        look = looks.get(answer.fact)
        if look is None or answer.rows:
            continue
        with suppress(MissingEvidence):  # what another version did not collect contradicts nothing
            if why := look(evidence, answer.target):
                yield Gap(key_of(answer.fact), answer.target, GapReason.HIDDEN, tell("no row, yet {why}", why=why))


def _on_a_node(evidence: Evidence, host: str) -> str:
    """Why the host must be a node of a cluster; empty if nothing says so. A service that runs says it alone not yet."""
    services = _rows(evidence, Service, host)
    if not any(row.name.lower() == "clussvc" and row.state.lower() == "running" for row in services):
        return ""
    roots = ((row.configuration_root, row.snapshot_root) for row in _rows(evidence, VirtualMachineSettings, host))
    paths = (*(row.path for row in _rows(evidence, VmStorage, host)), *(root for both in roots for root in both))
    shared = any(SHARED.match(path.replace("/", "\\")) for path in paths if path)
    return tell("the cluster service runs, and machines lie on C:\\ClusterStorage") if shared else ""


def _runs(evidence: Evidence, host: str) -> str:
    """Why the host must have a disk; empty if nothing says so."""
    count = sum(not row.is_host and row.enabled_state == RUNNING for row in _rows(evidence, VirtualMachineState, host))
    return plural(count, "{number:,} virtual machine runs", "{number:,} virtual machines run") if count else ""


def _hangs(evidence: Evidence, host: str) -> str:
    """Why the host must have a virtual switch; empty if nothing says so."""
    count = sum(bool(row.switch) for row in _rows(evidence, SwitchConnection, host))
    count += sum(bool(row.switch) for row in _rows(evidence, ManagementAdapter, host))
    return plural(count, "{number:,} adapter hangs on one", "{number:,} adapters hang on one") if count else ""


def _switches(evidence: Evidence, host: str) -> str:
    """Why something must hang on a switch; empty if nothing says so. A private one alone may be there for nobody."""
    if count := sum(bool(row.switch) for row in _rows(evidence, ManagementAdapter, host)):
        return plural(
            count,
            "{number:,} adapter of the host hangs on a switch",
            "{number:,} adapters of the host hang on a switch",
        )
    switches, machines = len(_rows(evidence, VirtualSwitch, host)), _machines(evidence, host)
    if not (switches and machines):
        return ""
    return tell(
        "there are {switches} and {machines}",
        switches=counted(switches, "virtual switch", "virtual switches"),
        machines=machines,
    )


def _module(evidence: Evidence, host: str) -> str:
    """Why the Hyper-V module must list a machine; empty if nothing says so, as where it is not installed."""
    machines = _machines(evidence, host)
    if machines and _rows(evidence, VMHost, host):
        return tell("the Hyper-V module is there, and so {machines}", machines=machines)
    return ""


def _machines(evidence: Evidence, host: str) -> str:
    """How many machines there are with a state of their own; empty if none."""
    count = sum(not row.is_host for row in _rows(evidence, VirtualMachineState, host))
    return counted(count, "virtual machine") if count else ""


def _replicates(evidence: Evidence, host: str) -> str:
    """Why a machine must have a relationship; empty if nothing says so, as before 2012 R2, which brought them."""
    if not any(row.build >= RELATIONSHIPS_SINCE for row in _rows(evidence, OperatingSystem, host)):
        return ""
    ends = (ReplicationMode.PRIMARY, ReplicationMode.REPLICA)
    count = sum(row.replication_mode in ends for row in _rows(evidence, VirtualMachineState, host) if not row.is_host)
    return (
        plural(count, "{number:,} virtual machine is replicated", "{number:,} virtual machines are replicated")
        if count
        else ""
    )


def _rows(evidence: Evidence, fact: type[F], host: str) -> tuple[F, ...]:
    rows = evidence.ask(fact, host)
    return () if isinstance(rows, Gap) else rows
