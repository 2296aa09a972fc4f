"""An empty list that other answers of the same machine contradict is no empty list: it is a gap.

Where a row must exist, its absence says that somebody may not look, or that a provider broke off, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import RUNNING, VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason, key_of
from scanner.words.view import MissingEvidence
from scanner.words.wording import counted

F = TypeVar("F", bound=Fact)
NEEDS: tuple[type[Fact], ...] = (ClusterInfo, Service, VirtualMachineSettings, VirtualMachineState, VmStorage)
"""What the step reads."""
SHARED = re.compile(r"(\\\\\?\\)?[a-z]:\\ClusterStorage(\\|$)", re.IGNORECASE)
"""Where nodes alone have volumes: each volume that a cluster shares is a folder of this one."""


def sure_answers(evidence: Evidence) -> Evidence:
    """Make gaps of answers without a row that other answers contradict."""
    gaps = tuple(_contradicted(evidence))
    return evidence.amended(gaps=(*evidence.gaps(), *gaps)) if gaps else evidence


def _contradicted(evidence: Evidence) -> Iterator[Gap]:
    looks: dict[type[Fact], Callable[[Evidence, str], str]] = {ClusterInfo: _on_a_node, VmStorage: _runs}
    for answer in evidence.answers():
        look = looks.get(answer.fact)
        if look is None or answer.rows:
            continue
        with suppress(MissingEvidence):  # what another version did not collect contradicts nothing
            if why := look(evidence, answer.target):
                yield Gap(key_of(answer.fact), answer.target, GapReason.HIDDEN, f"no row, yet {why}")


def _on_a_node(evidence: Evidence, host: str) -> str:
    """Why the host must be a node of a cluster; empty if nothing says so. A service that runs says it alone not yet."""
    services = _rows(evidence, Service, host)
    if not any(row.name.lower() == "clussvc" and row.state.lower() == "running" for row in services):
        return ""
    roots = ((row.configuration_root, row.snapshot_root) for row in _rows(evidence, VirtualMachineSettings, host))
    paths = (*(row.path for row in _rows(evidence, VmStorage, host)), *(root for both in roots for root in both))
    shared = any(SHARED.match(path.replace("/", "\\")) for path in paths if path)
    return r"the cluster service runs, and machines lie on C:\ClusterStorage" if shared else ""


def _runs(evidence: Evidence, host: str) -> str:
    """Why the host must have a disk; empty if nothing says so."""
    count = sum(not row.is_host and row.enabled_state == RUNNING for row in _rows(evidence, VirtualMachineState, host))
    return f"{counted(count, 'virtual machine')} {'runs' if count == 1 else 'run'}" if count else ""


def _rows(evidence: Evidence, fact: type[F], host: str) -> tuple[F, ...]:
    rows = evidence.ask(fact, host)
    return () if isinstance(rows, Gap) else rows
