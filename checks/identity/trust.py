"""Do two domains trust each other? The same forest, a direct trust, or a trust between the roots of their forests.

A trust is written down twice, once in each domain. Each half is read by itself, since the half of a trust that was
deleted on the other side still says "both ways".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checks.identity.domains import rows_of
from scanner.api import (
    Gap,
    MissingEvidence,
    Status,
    Verdict,
    View,
    failed,
    joined,
    passed,
    quote,
    tell,
    unknown,
    worst,
)
from scanner.facts.directory import CrossRef, DomainInfo, TopLevelName, Trust

BOTH_WAYS, ACTIVE_DIRECTORY = 3, 2
SELECTIVE = 0x10
DIRECTIONS = {0: tell("disabled"), 1: tell("inbound only"), 2: tell("outbound only")}
TYPES = {1: tell("downlevel (no Kerberos)"), 3: tell("to a Kerberos realm"), 4: tell("of type DCE")}
WANTED = tell("two-way trust")
Judge = Callable[[Trust, str, str], Verdict]
"""Judges one half of a trust with a partner, and the domain behind the partner that must be reached; empty if none."""


def between(view: View, one: str, other: str, judge: Judge) -> Verdict:
    """Judge two different domains by their DNS names: the best path between them counts.

    A path that cannot be read makes the answer unknown, unless another one works. So does a forest that one side tells
    and the other does not: a domain that was removed stays listed, and a new one is not listed everywhere at once.
    """
    words = of_one_forest(view, one, other)
    if words and all(words.values()):
        return passed(tell("{one} and {other} are in one forest", one=one, other=other))
    direct = _both(view, one, other, lambda row, partner: judge(row, partner, ""))
    paths = [path for path in (direct, _forest(view, one, other, judge)) if path]
    if any(words.values()):
        told = joined(
            "; ",
            (
                tell("{word} says so", word=word) if same else tell("{word} does not", word=word)
                for word, same in words.items()
            ),
        )
        paths.append(
            unknown(
                tell(
                    "whether {one} and {other} are in one forest is told in two ways: {told}",
                    one=one,
                    other=other,
                    told=told,
                )
            )
        )
    for status in (Status.PASS, Status.UNKNOWN):
        for path in paths:
            if path.status is status:
                return path
    return worst(paths)


def mended(view: View, one: str, other: str) -> str:
    """What makes two domains trust each other. Only administrators of both can, so it is words and no command.

    A trust that is there, between the domains or the roots of their forests, is mended; another one beside it cures
    nothing. That there is none is said only where both sides were read.
    """
    ends = [{name, *(row.forest_root.lower() for row in rows_of(view.ask(DomainInfo, name)))} for name in (one, other)]
    answers = [view.ask(Trust, name) for name in sorted(ends[0] | ends[1])]
    partners = {row.partner.lower().rstrip(".") for answer in answers for row in rows_of(answer)}
    none = not any(isinstance(answer, Gap) for answer in answers) and partners.isdisjoint(ends[0] | ends[1])
    if none:
        return tell(
            "Have administrators of both domains make a two-way trust between {one} and {other} or the roots of their "
            "forests, in Active Directory Domains and Trusts",
            one=quote(one),
            other=quote(other),
        )
    return tell(
        "Have administrators of both domains mend the trust, whose state is told here, between {one} and {other} or "
        "the roots of their forests, in Active Directory Domains and Trusts",
        one=quote(one),
        other=quote(other),
    )


def routed(name: str, suffixes: tuple[TopLevelName, ...]) -> bool:
    """Whether a forest trust leads to this domain: the longest suffix that matches decides."""
    fitting = [s for s in suffixes if name == s.name or name.endswith("." + s.name)]
    fitting = [s for s in fitting if s.enabled or not s.excluded]
    best = max(fitting, key=lambda s: (len(s.name), s.excluded), default=None)
    return best is not None and best.enabled and not best.excluded


def of_one_forest(view: View, one: str, other: str) -> dict[str, bool]:
    """Who says that both are in one forest, and who that they are not: each side's list of it, and their roots."""
    words: dict[str, bool] = {}
    for asked, wanted in ((one, other), (other, one)):
        rows = rows_of(view.ask(CrossRef, asked))
        held = any(row.dns_root.lower().rstrip(".") == wanted and not row.unread for row in rows)
        if held or (rows and not any(row.unread for row in rows)):
            words[tell("the forest's list in {asked}", asked=asked)] = held
    roots = [
        {row.forest_root.lower().rstrip(".") for row in rows_of(view.ask(DomainInfo, name))} for name in (one, other)
    ]
    if all(roots):
        words[tell("the name of its root")] = roots[0] == roots[1]
    return words


def _forest(view: View, one: str, other: str, judge: Judge) -> Verdict | None:
    """The path through the roots of both forests; nothing where they are one, or that is the direct path."""
    try:
        roots = [view.one(DomainInfo, name).forest_root.lower().rstrip(".") for name in (one, other)]
    except MissingEvidence as missing:
        return _disproved(view, one, other) or _disproved(view, other, one) or unknown(str(missing))
    if roots[0] == roots[1] or roots == [one, other]:
        return None
    ends = dict(zip(roots, (one, other), strict=True))
    return _both(view, roots[0], roots[1], lambda row, partner: judge(row, partner, ends[partner]))


def _disproved(view: View, near: str, far: str) -> Verdict | None:
    """A forest that can be read, does not hold the far domain and trusts no forest that may, settles it alone."""
    info, forest = rows_of(view.ask(DomainInfo, near)), view.ask(CrossRef, near)
    if len(info) != 1 or isinstance(forest, Gap) or any(row.unread for row in forest):
        return None
    root = info[0].forest_root.lower().rstrip(".")
    trusts = view.ask(Trust, root)
    if isinstance(trusts, Gap) or any(_may_lead(trust, far) for trust in trusts):
        return None
    return failed(tell("{root} has no forest trust that leads to {far}", root=root, far=far), WANTED)


def _may_lead(trust: Trust, far: str) -> bool:
    return bool(trust.unread) or (trust.forest and (not trust.suffixes or routed(far, trust.suffixes)))


def _both(view: View, one: str, other: str, judge: Callable[[Trust, str], Verdict]) -> Verdict:
    """Both halves of one trust; a half that disproves it outweighs one that could not be read."""
    return worst(_side(view, holder, partner, judge) for holder, partner in ((one, other), (other, one)))


def _side(view: View, holder: str, partner: str, judge: Callable[[Trust, str], Verdict]) -> Verdict:
    rows = view.ask(Trust, holder)
    if isinstance(rows, Gap):
        return unknown(str(rows))
    halves = [row for row in rows if row.partner.lower().rstrip(".") == partner]
    candidates = halves or [row for row in rows if not row.partner]
    broken = [row.unread for row in candidates if row.unread]
    if broken:
        return unknown(tell("a trust of {holder} could not be read whole: {broken}", holder=holder, broken=broken[0]))
    if not halves:
        return failed(tell("{holder} has no trust with {partner}", holder=holder, partner=partner), WANTED)
    verdict = worst(judge(row, partner) for row in halves)
    return Verdict(
        verdict.status,
        tell("{holder}: {seen}", holder=holder, seen=verdict.seen) if verdict.seen else "",
        verdict.wanted,
        "",
        verdict.note,
    )


def half(row: Trust, partner: str, through: str) -> Verdict:
    """One half of a trust; ``through`` is the domain behind the partner that must be reached."""
    faults = list(_faults(row, forest=bool(through)))
    seen = tell("trust with {partner}", partner=partner)
    if faults:
        return failed(tell("{seen} is {faults}", seen=seen, faults=joined(", ", faults)), WANTED)
    target = through or partner
    if row.forest and row.suffixes and not routed(target, row.suffixes):
        return failed(
            tell("{seen} does not route {target}", seen=seen, target=target),
            tell("{wanted} that routes {target}", wanted=WANTED, target=target),
        )
    if through and not row.suffixes and through != partner:
        return unknown(
            tell("{seen}: no record which names it routes, so {target} may not be among them", seen=seen, target=target)
        )
    if row.attributes & SELECTIVE:
        right = tell(
            'whether both computer accounts grant "Allowed to authenticate" to those of the other side was not read'
        )
        return unknown(tell("{seen} is two-way, with selective authentication; {right}", seen=seen, right=right))
    return passed(tell("{seen} is two-way", seen=seen))


def _faults(row: Trust, *, forest: bool) -> Iterator[str]:
    if row.direction != BOTH_WAYS:
        yield DIRECTIONS.get(row.direction, tell("of direction {direction}", direction=row.direction))
    if row.type != ACTIVE_DIRECTORY:
        yield TYPES.get(row.type, tell("of type {type}", type=row.type))
    if forest and not row.forest:
        yield tell("no forest trust")
