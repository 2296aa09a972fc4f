"""The clouds of VMM servers, and the pairs of them that are planned, as subjects."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.judge.subjects import NO_VMM
from scanner.words.evidence import Evidence
from scanner.words.scope import Case, Scope, no_subject, unseen


def clouds(_scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The clouds of the VMM servers, which no fact names yet."""
    yield unseen("no fact names the clouds of a VMM server") if evidence.estate.vmm_servers else no_subject(NO_VMM)


def cloud_pairs(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every planned pair of clouds; without one nobody could look, where there is a VMM server."""
    pairs = evidence.estate.cloud_pairs
    for pair in pairs:
        names = (pair.source_server, pair.source, pair.target_server, pair.target)
        yield scope.of(*names, label=f"{pair.source} → {pair.target}")
    if not pairs and evidence.estate.vmm_servers:
        yield unseen("the estate names no pair of clouds: write [[cloud_pair]] from, to")
    elif not pairs:
        yield no_subject(NO_VMM)
