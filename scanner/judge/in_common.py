"""What hosts have in common, as a cluster they are nodes of: whose moves it can stop, their own answers say.

A host that did not answer may have part in any of it: so it is a subject itself, unknown, and bears on its own moves.
What others have in common they say themselves, so nothing is lost of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from scanner.judge import found
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap
from scanner.words.scope import Case, Scope

F = TypeVar("F", bound=Fact)


def of_hosts(
    scope: Scope, host: Scope, evidence: Evidence, fact: type[F], names: Callable[[str, tuple[F, ...]], Iterable[str]],
    none: str,
) -> Iterator[Case]:  # fmt: skip
    """The subjects that answers of hosts name, each with the hosts that name it; a host that did not answer is one.

    Args:
        scope: what they are, by one name each.
        host: the scope of a host, for those that did not answer.
        evidence: what was read.
        fact: the fact whose rows name them.
        names: given a host and its rows, what they name.
        none: why there is none, where every host answered and none named one.
    """
    hosts: dict[str, tuple[str, ...]] = {}
    for one in evidence.estate.hosts:
        rows = evidence.ask(fact, one)
        for name in () if isinstance(rows, Gap) else names(one, rows):
            hosts[name] = (*hosts.get(name, ()), one)
    return found.told(
        evidence, fact, evidence.estate.hosts,
        lambda one, rows: (scope.of(name).upon(*hosts[name]) for name in names(one, rows)),
        none, lambda one, gap: host.of(one).unknown(gap).upon(one),
    )  # fmt: skip
