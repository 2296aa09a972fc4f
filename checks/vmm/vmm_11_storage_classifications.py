"""Storage mapping puts a replica on storage of a kind: the VMM server of either side must know its kind and offer it.

Judged where the estate maps storage; without a mapping replicas lie in the default folder of the target's hosts. Passes
when each classification that is mapped is listed by the VMM server of its side and is one of its cloud's; they need not
be called alike, nor be of one kind. Fails when one is not. UNKNOWN where an account that is no administrator of VMM may
be shown a part. That hosts have storage of them (S4 step 6), no command that is read here tells: the note says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip, combine
from checks.vmm.clouds import CLOUDS, Side, both, not_listed
from scanner.api import (
    Profile,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    counted,
    not_applicable,
    passed,
    scopes,
    tell,
)
from scanner.facts.vmm_networks import StorageClassification

HOSTS = tell("whether hosts of both clouds have storage of them is not read: look in VMM, Fabric, Storage")


@check(
    id="VMM-11",
    title="Storage classifications available on both sides",
    fails="A mapped storage classification, or a cloud of the pair, is missing",
    severity=Severity.LOW,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03",),
    scope=scopes.CLOUD_PAIR,
    seed="S4 #before-you-start row storage mapping; S4 #step-6-configure-storage-mapping item 1",
    needs=(*CLOUDS, StorageClassification),
    remedy="Make the classification in VMM (Fabric, Storage) and add it to the cloud, or map to one that is there.",
)
def storage_classifications(pair: Subject, view: View) -> Verdict:
    """Judge one pair."""
    rows = view.estate.storage_mappings
    if not rows:
        return not_applicable(
            tell("the estate maps no storage: replicas lie in the default folder of the target's hosts")
        )
    sides = both(view, pair)
    if isinstance(sides, Verdict):
        return sides
    named = (dict.fromkeys(row.source for row in rows), dict.fromkeys(row.target for row in rows))
    parts = [part for side, names in zip(sides, named, strict=True) for part in _offered(view, side, names)]
    verdict = combine(parts)
    return passed(counted(len(rows), "mapping"), note=HOSTS) if verdict.status is Status.PASS else verdict


def _offered(view: View, side: Side, names: dict[str, None]) -> Iterator[Verdict]:
    """Judge what is mapped on one side."""
    listed = {row.name.strip().casefold() for row in view.rows(StorageClassification, side.server)}
    in_cloud = {name.strip().casefold() for name in side.cloud.storage_classifications}
    for name in names:
        word = name.strip().casefold()
        if word in listed and word in in_cloud:
            yield passed(tell("{name} in {side}", name=clip(name), side=side.name))
            continue
        seen = tell("{server} has no {name}", server=side.server, name=clip(name))
        if word in listed:
            seen = tell("{side} does not offer {name}", side=side.name, name=clip(name))
        yield not_listed(view, side.server, seen, tell("a classification of the cloud"))
