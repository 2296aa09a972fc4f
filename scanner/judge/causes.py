"""Which failures follow from others, so that reports put causes first. A consequence stays a finding of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from scanner.words.bearing import Role
from scanner.words.check import Check
from scanner.words.finding import Cause, Finding
from scanner.words.model import Status
from scanner.words.scope import Subject

EVERYTHING = "HOST-01"
"""Where Hyper-V does not run, nothing else of the host can be as it should."""
MOST = 4
"""causes of one finding that are kept"""
Place = tuple[frozenset[str], str | None]
"""The machines that a cause is about, and its virtual machine; nothing: whichever it is."""
Failed = Mapping[str, Mapping[Place, Sequence[tuple[int, Finding]]]]
"""By check and place, each with its number."""


def with_causes(findings: Sequence[Finding], checks: Iterable[Check]) -> tuple[Finding, ...]:
    """The same findings; of each failure, which other failures it follows from."""
    follows = {check.id: (*check.follows, EVERYTHING) for check in checks}
    failed: dict[str, dict[Place, list[tuple[int, Finding]]]] = defaultdict(lambda: defaultdict(list))
    wanted = {cause for causes in follows.values() for cause in causes}
    for number, finding in enumerate(findings):
        if finding.status is Status.FAIL and finding.check in wanted:
            for vm_id in (finding.subject.vm_id, None):
                failed[finding.check][_about(finding.subject), vm_id].append((number, finding))
    return tuple(_with(finding, follows.get(finding.check, ()), failed) for finding in findings)


def _about(cause: Subject) -> frozenset[str]:
    """The machines that a subject must be about, too, for the cause to explain it."""
    return frozenset((cause.host,) if cause.kind.role in (Role.DESTINATION, Role.SOURCE) else cause.machines)


def _with(finding: Finding, follows: Iterable[str], failed: Failed) -> Finding:
    if finding.status is not Status.FAIL:
        return finding
    found: dict[Cause, None] = {}
    for check in follows:
        if check == finding.check or check not in failed:
            continue
        for cause in _near(failed[check], finding.subject):
            if cause.profiles & finding.profiles and _explains(cause.subject, finding.subject):
                found[check, cause.subject.id] = None
        if len(found) >= MOST:
            break
    return replace(finding, follows_from=tuple(found)[:MOST]) if found else finding


def _near(failed: Mapping[Place, Sequence[tuple[int, Finding]]], subject: Subject) -> Iterator[Finding]:
    """The failures about machines of a subject, those of its first machine first, else as they were found.

    They are looked up by their machines: were all failures of a machine looked through, time would grow with the square
    of the moves where all of them fail.
    """
    machines = subject.machines
    groups = (some for size in range(1, len(machines) + 1) for some in combinations(machines, size))
    vms = ("", subject.vm_id) if subject.vm_id else (None,)
    places = [(frozenset(some), vm) for some in (groups if machines else ((),)) for vm in vms]
    near = [
        (min((machines.index(machine) for machine in place[0]), default=0), number, finding)
        for place in places
        for number, finding in failed.get(place, ())
    ]
    return (finding for _, _, finding in sorted(near, key=lambda one: one[:2]))


def _explains(cause: Subject, subject: Subject) -> bool:
    """Whether what is wrong with the one can be why the other failed: the same, a machine of it, or a move of it."""
    if cause.vm_id and subject.vm_id and cause.vm_id != subject.vm_id:
        return False
    if cause.kind == subject.kind and not cause.machines:
        return cause == subject
    role = cause.kind.role
    if role is Role.DESTINATION:
        return cause.host == subject.destination
    if role is Role.SOURCE:
        return cause.host == subject.source
    if role is Role.PAIR:
        return set(cause.machines) <= set(subject.machines)
    if role is Role.ROUTE and len(subject.machines) > 1 and subject.kind.role is Role.ROUTE:
        return (cause.source, cause.destination) == (subject.source, subject.destination)
    return set(cause.machines) <= set(subject.machines)
