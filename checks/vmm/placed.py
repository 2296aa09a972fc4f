"""In which cloud VMM has a host, and whether it can work with it."""

from __future__ import annotations

from checks.common.parts import clip, combine, listing
from checks.vmm.clouds import PART_ALONE, answering, sees_all
from checks.vmm.hosts import Listed, listed, state_of
from scanner.api import MissingEvidence, Status, Verdict, View, failed, joined, passed, tell, unknown
from scanner.facts.vmm import HYPER_V, Cloud

WANTED = tell("a host group of a cloud that is replicated")


def placed(view: View, host: str) -> Verdict:
    """Judge where VMM has a host of the estate; of several servers that list it all must say the same.

    Raises:
        MissingEvidence: see ``listed``; or the clouds could not be read.
    """
    found = [_judged(view, at) for at in listed(view, host)]
    if not found:
        return failed(tell("no VMM server lists the host"), WANTED)
    if len({verdict.status for verdict in found}) > 1:
        return unknown(
            tell("{count} entries in VMM are this host's, and they differ: {told}", count=len(found), told=_told(found))
        )
    return combine(found)


def _told(verdicts: list[Verdict]) -> str:
    return joined("; ", (verdict.seen or verdict.note for verdict in verdicts))


def _judged(view: View, at: Listed) -> Verdict:
    server, row = at
    if row.platform not in (HYPER_V, None):
        return failed(
            tell("{server} lists {row} as a host of another hypervisor", server=server, row=clip(row.name)), WANTED
        )
    if row.group is None:
        return unknown(tell("{server} does not tell the host group of {row}", server=server, row=clip(row.name)))
    where, group = [cloud for cloud in view.rows(Cloud, server) if cloud.holds(row.group)], clip(row.group)
    of_plan = [cloud for cloud in where if _is_planned(view, server, cloud)]
    if of_plan:
        seen = tell(
            "{group}, in {cloud} on {server}",
            group=group,
            cloud=listing(sorted(cloud.name for cloud in of_plan)),
            server=server,
        )
        state = state_of(row)
        return state if state.status is not Status.PASS else passed(seen)
    if not sees_all(view, server):
        raise MissingEvidence(
            tell(
                "{server} lists no cloud of the plan that holds {group}; {part_alone}",
                server=server,
                group=group,
                part_alone=PART_ALONE,
            )
        )
    if where:
        names = listing(sorted(cloud.name for cloud in where))
        return failed(
            tell(
                "{group}, in {names} on {server}, which no pair of the estate names",
                group=group,
                names=names,
                server=server,
            ),
            WANTED,
        )
    return failed(tell("{group} on {server}, which no cloud holds", group=group, server=server), WANTED)


def _is_planned(view: View, server: str, cloud: Cloud) -> bool:
    """Whether a pair names it; all are, where the estate names no pair."""
    words = {cloud.name.strip().casefold(), cloud.id.strip("{}").casefold()}
    sides = (
        side
        for pair in view.estate.cloud_pairs
        for side in ((pair.source_server, pair.source), (pair.target_server, pair.target))
    )
    named = (word.strip().strip("{}").casefold() for at, word in sides if answering(view, at) == server)
    return not view.estate.cloud_pairs or not words.isdisjoint(named)
