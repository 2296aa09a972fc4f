"""What is replicated goes from one cloud of VMM to another: without a second one there is nowhere to go.

Passes when the VMM server lists every cloud that the estate's pairs name there, by name or id; and two clouds where it
is the only VMM server, one where there are others. Fails when one is missing, or there are too few. A highly available
VMM is one server: the node that answers is judged for all. UNKNOWN where the account is no administrator of VMM, which
may be shown a part, and misses one; and where there is one cloud, and another server that did not say that it is one.
Whether clouds hold hosts VMM-05 and VMM-07 judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.vmm.clouds import CLOUDS, PART_ALONE, answering, sees_all, servers, side
from scanner.api import (
    Gap,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    counted,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
)  # fmt: skip
from scanner.facts.vmm import Cloud, VmmServer


@check(
    id="VMM-03",
    title="There are enough clouds",
    fails="A planned cloud is missing, or there are too few clouds",
    severity=Severity.CRITICAL,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #before-you-start row VMM",
    needs=CLOUDS,
    remedy="Create the cloud in VMM (VMs and Services, Create Cloud), or name in [[cloud_pair]] one that is there.",
)
def enough_clouds(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    asked = answering(view, server.host)
    if asked != server.host:
        return not_applicable(tell("{asked} answers for this node: a highly available VMM is one server", asked=asked))
    clouds = view.rows(Cloud, asked)
    lost = list(_lost(view, asked))
    if lost:
        return combine(lost)
    answered = [other for other in servers(view) if not isinstance(view.ask(VmmServer, other), Gap)]
    least, seen = (
        1 if len(answered) > 1 else 2,
        tell("{clouds} on {asked}", clouds=counted(len(clouds), "cloud"), asked=asked),
    )
    if len(clouds) >= least:
        return passed(seen)
    if not sees_all(view, asked):
        return unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE))
    alone = len(servers(view)) == 1
    if clouds and not alone:
        return unknown(tell("{seen}, and whether another VMM server has the other one was not read", seen=seen))
    return failed(seen, tell("two clouds on the only VMM server") if alone else tell("a cloud on each VMM server"))


def _lost(view: View, server: str) -> Iterator[Verdict]:
    """Clouds of the plan that this server does not have."""
    for pair in view.estate.cloud_pairs:
        for where, named in ((pair.source_server, pair.source), (pair.target_server, pair.target)):
            if answering(view, where) == server and isinstance(found := side(view, server, named), Verdict):
                yield found
