"""What ``--junit-profile extended`` adds: what no schema allows, and readers that look for it show beside a case.

Properties of each case, among them the forms that ReportPortal (``attribute``) and Datadog (``dd_tags[...]``) take; the
line of the estate file that names the machine; what the case is about, also where it passed; and the totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from reports.junit_cases import BODY_OCTETS, Case, cut
from reports.text import clean, one_line
from scanner.api import Finding, JunitChoice

TALLIED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


@dataclass(frozen=True, slots=True)
class Totals:
    """What the root says of the suites in it."""

    tests: int = 0
    failures: int = 0
    errors: int = 0
    skipped: int = 0
    seconds: float = 0.0


def totals_of(cases: Sequence[Case]) -> Totals:
    """What is to be summed up of a suite."""
    outcomes = [case.outcome for case in cases]
    failures, errors, skipped = map(outcomes.count, TALLIED.values())
    return Totals(len(cases), failures, errors, skipped, sum(case.seconds for case in cases))


def root_of(name: str, timestamp: str, suites: Iterable[Totals]) -> str:
    """The tag that opens a file with these suites."""
    every = list(suites)
    told = {word: str(sum(getattr(one, word) for one in every)) for word in ("tests", *TALLIED)}
    told |= {"time": f"{sum(one.seconds for one in every):.3f}", "timestamp": timestamp}
    return f'<testsuites name="{name}" ' + " ".join(f'{key}="{value}"' for key, value in told.items()) + ">"


def extend(element: ElementTree.Element, case: Case, finding: Finding | None, target: str, choice: JunitChoice) -> None:
    """Add to the element of a case what readers take that look at more than the schemas."""
    host = finding.subject.host if finding else target
    told = ElementTree.Element("properties")
    for key, value in _properties(case, finding, one_line(host)):
        ElementTree.SubElement(told, "property", {"name": key, "value": value})
    element.insert(0, told)  # before the outcome, as those write it who defined it
    if choice.file:
        place = {"file": one_line(choice.file), "line": str(choice.lines.get(host, 1))}
        element.attrib.update(place)


def say(element: ElementTree.Element, finding: Finding | None) -> None:
    """Add what the case is about, as readers show it that show the output of a case alone."""
    if finding is None:
        return
    lines = [("Subject", finding.subject.title), ("Seen", finding.seen)]
    text = "\n".join(f"{key}: {clean(text)}" for key, text in lines if text)
    ElementTree.SubElement(element, "system-out").text = cut(text, BODY_OCTETS)


def _properties(case: Case, finding: Finding | None, target: str) -> Iterator[tuple[str, str]]:
    check = finding.check if finding else case.name.split(" ", maxsplit=1)[0]
    told = {"check_id": check, "status": finding.status.value if finding else _status(case)}
    told |= {"severity": finding.severity.word} if finding else {}
    yield from told.items()
    yield "target", target or "run"
    for key, value in told.items():
        yield "attribute", f"{key}:{value}"
    for key, value in (told | {"target": target or "run"}).items():
        yield f"dd_tags[{'check.id' if key == 'check_id' else f'check.{key}'}]", value


def _status(case: Case) -> str:
    """Of a case that no finding stands behind: its first words say it."""
    return case.type or (case.message.split(":", maxsplit=1)[0].replace(" ", "_") if case.outcome else "PASS")
