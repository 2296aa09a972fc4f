"""What the estate leaves out of a verdict: virtual machines, told beside what no check judges."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.judge.machines import called, labelled, sources
from scanner.words.chosen import left_out
from scanner.words.evidence import Evidence
from scanner.words.names import short
from scanner.words.not_judged import NotJudged
from scanner.words.telling import counted, joined, tell

TOLD = 10
"""machines of a host that are told by name"""


def not_judged(evidence: Evidence) -> Iterator[NotJudged]:
    """A row for each source of which machines are left out."""
    estate = evidence.estate
    for host in sources(evidence):
        machines = called(evidence, host).items()
        names = sorted(labelled(names) for vm_id, names in machines if left_out(estate, vm_id, names))
        if not names:
            continue
        some = joined(", ", names[:TOLD])
        if len(names) > TOLD:
            some = tell("{some} and {count} more", some=some, count=len(names) - TOLD)
        title = tell(
            "{machines} of {host} left out by [vms]", machines=counted(len(names), "virtual machine"), host=short(host)
        )
        look = tell("They are no part of the verdict: {names}.", names=some)
        kinds = frozenset(kind for route in estate.routes if route.source == host for kind in estate.kinds_of(route))
        yield NotJudged("", title, "estate.toml, [vms]", kinds, look)
