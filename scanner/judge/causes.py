"""Which failures follow from others, so that reports put causes first. A consequence stays a finding of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scanner.words.bearing import Role
from scanner.words.check import Check
from scanner.words.model import Status
from scanner.words.report import Cause, Finding
from scanner.words.scope import Subject

EVERYTHING = "HOST-01"
"""Where Hyper-V does not run, nothing else of the host can be as it should."""
MOST = 4
"""causes of one finding that are kept"""


def with_causes(findings: Sequence[Finding], checks: Iterable[Check]) -> tuple[Finding, ...]:
    """The same findings; of each failure, which other failures it follows from."""
    follows = {check.id: (*check.follows, EVERYTHING) for check in checks}
    failed: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    wanted = {cause for causes in follows.values() for cause in causes}
    for finding in findings:
        if finding.status is Status.FAIL and finding.check in wanted:
            for machine in finding.subject.machines or ("",):
                failed[finding.check][machine].append(finding)
    return tuple(_with(finding, follows.get(finding.check, ()), failed) for finding in findings)


def _with(finding: Finding, follows: Iterable[str], failed: Mapping[str, Mapping[str, Sequence[Finding]]]) -> Finding:
    if finding.status is not Status.FAIL:
        return finding
    found: dict[Cause, None] = {}
    for check in follows:
        if check == finding.check or check not in failed:
            continue
        for machine in finding.subject.machines or ("",):
            for cause in failed[check].get(machine, ()):
                if _explains(cause.subject, finding.subject) and cause.profiles & finding.profiles:
                    found[check, cause.subject.id] = None
    return replace(finding, follows_from=tuple(found)[:MOST]) if found else finding


def _explains(cause: Subject, subject: Subject) -> bool:
    """Whether what is wrong with the one can be why the other failed: the same, a machine of it, or a move of it."""
    if cause.vm_id and subject.vm_id and cause.vm_id != subject.vm_id:
        return False
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
