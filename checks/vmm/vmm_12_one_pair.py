"""A cloud is in one pair of Site Recovery: in two, or paired with itself, it cannot be set up.

Passes when no other pair of the estate names a cloud of this one, as source or as target, and its two sides are two
clouds. Fails when one does, and when both sides are one. Clouds are compared by id, whatever the estate calls them by,
on the node that answers of a highly available VMM; two that bear one word are one, whether VMM was read or not. UNKNOWN
where nothing fails, and the clouds that a pair names were not read: an id may be that of one that is named elsewhere.
"""

from __future__ import annotations

from checks.common.parts import clip, listing
from checks.vmm.clouds import CLOUDS, answering
from scanner.api import Gap, Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell
from scanner.facts.vmm import Cloud

Key = tuple[str, str]
"""The server that tells of a cloud, and its id; else the word that the estate has for it."""


@check(
    id="VMM-12",
    title="Each cloud is in one pair",
    fails="A cloud is in two pairs, or paired with itself",
    severity=Severity.HIGH,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.CLOUD_PAIR,
    seed="S4 #step-4-configure-cloud-protection-settings item 4",
    needs=CLOUDS,
    remedy="Plan one pair for each cloud: move hosts of a second pair to a host group and a cloud of their own.",
)
def one_pair(pair: Subject, view: View) -> Verdict:
    """Judge one pair beside all others."""
    source, target = _sides(view, pair.names)
    if source == target:
        return failed(
            tell("{names} and {names2} are one cloud", names=clip(pair.names[1]), names2=clip(pair.names[3])),
            tell("two clouds"),
        )
    shared = list[str]()
    for row in view.estate.cloud_pairs:
        other = _sides(view, (row.source_server, row.source, row.target_server, row.target))
        if other != (source, target) and {source, target} & set(other):
            shared.append(tell("{source} → {target}", source=row.source, target=row.target))
    if shared:
        return failed(tell("a cloud of it is in {shared}, too", shared=listing(shared)), tell("each cloud in one pair"))
    for row in view.estate.cloud_pairs:
        for server in (row.source_server, row.target_server):
            view.rows(Cloud, answering(view, server))
    return passed(tell("no other pair names its clouds"))


def _sides(view: View, names: tuple[str, ...]) -> tuple[Key, Key]:
    return _key(view, names[0], names[1]), _key(view, names[2], names[3])


def _key(view: View, server: str, named: str) -> Key:
    asked, word = answering(view, server), named.strip().strip("{}").casefold()
    answer = view.ask(Cloud, asked)
    rows = () if isinstance(answer, Gap) else answer
    ids = {row.id.strip("{}").casefold() for row in rows}
    called = {row.name.strip().casefold(): row.id.strip("{}").casefold() for row in rows}
    return asked, word if word in ids else called.get(word, word)
