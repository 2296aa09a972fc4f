"""Do two domains trust each other? The same forest, a direct trust, or a trust between the roots of their forests.

A trust is written down twice, once in each domain. Each half is read by itself, since the half of a trust that was
deleted on the other side still says "both ways".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from scanner.api import Fact, Gap, MissingEvidence, Status, Verdict, View, failed, passed, powershell, unknown, worst
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, TopLevelName, Trust
from scanner.facts.host import ComputerSystem

F = TypeVar("F", bound=Fact)
BOTH_WAYS, ACTIVE_DIRECTORY = 3, 2
SELECTIVE = 0x10
DIRECTIONS = {0: "disabled", 1: "inbound only", 2: "outbound only"}
TYPES = {1: "downlevel (no Kerberos)", 3: "to a Kerberos realm", 4: "of type DCE"}
WANTED = "two-way trust"


def domain_of(view: View, system: ComputerSystem, partner: ComputerSystem) -> str:
    """The DNS name of a machine's domain, lower case, as its directory writes it.

    A short name may be the NetBIOS name of a domain, or all the DNS name that one has. It is a domain's NetBIOS name
    only if a forest of the two machines says so and that domain has an account for the machine.

    Raises:
        MissingEvidence: a short name that no directory tells.
    """
    name = system.dns_domain
    if "." in name or _rows(view.ask(DomainInfo, name)):
        return name
    asked = dict.fromkeys((name, partner.dns_domain))
    refs = [row for one in asked for row in _rows(view.ask(CrossRef, one)) if not row.unread]
    roots = {row.dns_root.lower().rstrip("."): row.netbios_name.lower() for row in refs}
    found = [root for root, netbios in roots.items() if netbios == name and _knows(view, root, system)]
    if name in roots:
        return name
    if len(found) != 1:
        raise MissingEvidence(f"{system.name} is in {name}, a short name, and no directory tells whose it is")
    return found[0]


def _knows(view: View, domain: str, system: ComputerSystem) -> bool:
    own = f"{system.name}$".lower()
    return any(row.sam_name.lower() == own for row in _rows(view.ask(ComputerAccount, domain)))


def between(view: View, one: str, other: str) -> Verdict:
    """Judge two different domains by their DNS names: the best path between them counts.

    A path that cannot be read makes the answer unknown, unless another one works. So does a forest that one side tells
    and the other does not: a domain that was removed stays listed, and a new one is not listed everywhere at once.
    """
    words = _of_one_forest(view, one, other)
    if words and all(words.values()):
        return passed(f"{one} and {other} are in one forest")
    paths = [path for path in (_both(view, one, other, _half), _forest(view, one, other)) if path]
    if any(words.values()):
        told = "; ".join(f"{word} says so" if same else f"{word} does not" for word, same in words.items())
        paths.append(unknown(f"whether {one} and {other} are in one forest is told in two ways: {told}"))
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
    ends = [{name, *(row.forest_root.lower() for row in _rows(view.ask(DomainInfo, name)))} for name in (one, other)]
    answers = [view.ask(Trust, name) for name in sorted(ends[0] | ends[1])]
    partners = {row.partner.lower().rstrip(".") for answer in answers for row in _rows(answer)}
    none = not any(isinstance(answer, Gap) for answer in answers) and partners.isdisjoint(ends[0] | ends[1])
    way = "make a two-way trust between" if none else "mend the trust, whose state is told here, between"
    return powershell(
        f"Have administrators of both domains {way} <one> and <other> or the roots of their forests, in Active "
        "Directory Domains and Trusts",
        one=one,
        other=other,
    )


def routed(name: str, suffixes: tuple[TopLevelName, ...]) -> bool:
    """Whether a forest trust leads to this domain: the longest suffix that matches decides."""
    fitting = [s for s in suffixes if name == s.name or name.endswith("." + s.name)]
    fitting = [s for s in fitting if s.enabled or not s.excluded]
    best = max(fitting, key=lambda s: (len(s.name), s.excluded), default=None)
    return best is not None and best.enabled and not best.excluded


def _rows(answer: tuple[F, ...] | Gap) -> tuple[F, ...]:
    return () if isinstance(answer, Gap) else answer


def _of_one_forest(view: View, one: str, other: str) -> dict[str, bool]:
    """Who says that both are in one forest, and who that they are not: each side's list of it, and their roots."""
    words: dict[str, bool] = {}
    for asked, wanted in ((one, other), (other, one)):
        rows = _rows(view.ask(CrossRef, asked))
        held = any(row.dns_root.lower().rstrip(".") == wanted and not row.unread for row in rows)
        if held or (rows and not any(row.unread for row in rows)):
            words[f"the forest's list in {asked}"] = held
    roots = [
        {row.forest_root.lower().rstrip(".") for row in _rows(view.ask(DomainInfo, name))} for name in (one, other)
    ]
    if all(roots):
        words["the name of its root"] = roots[0] == roots[1]
    return words


def _forest(view: View, one: str, other: str) -> Verdict | None:
    """The path through the roots of both forests; nothing where they are one, or that is the direct path."""
    try:
        roots = [view.one(DomainInfo, name).forest_root.lower().rstrip(".") for name in (one, other)]
    except MissingEvidence as missing:
        return _disproved(view, one, other) or _disproved(view, other, one) or unknown(str(missing))
    if roots[0] == roots[1] or roots == [one, other]:
        return None
    ends = dict(zip(roots, (one, other), strict=True))
    return _both(view, roots[0], roots[1], lambda half, partner: _half(half, partner, through=ends[partner]))


def _disproved(view: View, near: str, far: str) -> Verdict | None:
    """A forest that can be read, does not hold the far domain and trusts no forest that may, settles it alone."""
    info, forest = _rows(view.ask(DomainInfo, near)), view.ask(CrossRef, near)
    if len(info) != 1 or isinstance(forest, Gap) or any(row.unread for row in forest):
        return None
    root = info[0].forest_root.lower().rstrip(".")
    trusts = view.ask(Trust, root)
    if isinstance(trusts, Gap) or any(_may_lead(trust, far) for trust in trusts):
        return None
    return failed(f"{root} has no forest trust that leads to {far}", WANTED)


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
        return unknown(f"a trust of {holder} could not be read whole: {broken[0]}")
    if not halves:
        return failed(f"{holder} has no trust with {partner}", WANTED)
    verdict = worst(judge(row, partner) for row in halves)
    return Verdict(
        verdict.status, f"{holder}: {verdict.seen}" if verdict.seen else "", verdict.wanted, "", verdict.note
    )


def _half(row: Trust, partner: str, through: str = "") -> Verdict:
    """One half of a trust; ``through`` is the domain behind the partner that must be reached."""
    faults = list(_faults(row, forest=bool(through)))
    seen = f"trust with {partner}"
    if faults:
        return failed(f"{seen} is {', '.join(faults)}", WANTED)
    target = through or partner
    if row.forest and row.suffixes and not routed(target, row.suffixes):
        return failed(f"{seen} does not route {target}", f"{WANTED} that routes {target}")
    if through and not row.suffixes and through != partner:
        return unknown(f"{seen}: no record which names it routes, so {target} may not be among them")
    if row.attributes & SELECTIVE:
        right = 'whether both computer accounts grant "Allowed to authenticate" to those of the other side was not read'
        return unknown(f"{seen} is two-way, with selective authentication; {right}")
    return passed(f"{seen} is two-way")


def _faults(row: Trust, *, forest: bool) -> Iterator[str]:
    if row.direction != BOTH_WAYS:
        yield DIRECTIONS.get(row.direction, f"of direction {row.direction}")
    if row.type != ACTIVE_DIRECTORY:
        yield TYPES.get(row.type, f"of type {row.type}")
    if forest and not row.forest:
        yield "no forest trust"
