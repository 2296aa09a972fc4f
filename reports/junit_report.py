"""The report for CI dashboards: JUnit XML in the one shape that all of them read.

Flat; one suite a subject, one case a check, all of them in every run under the same names, because dashboards follow
a case by its class and name. The form is valid against the schemas of Ant, of Jenkins' xUnit plugin and of Pester.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from xml.etree import ElementTree

from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.junit_cases import Case, case_of, gone_case, judged, run_case, target_case
from reports.names import Names, all_hosts
from reports.reach import limits
from reports.since import moment
from reports.text import name_slug, one_line, subject_slug
from scanner.api import Check, Finding, Report, inert

RUN = "run"


@dataclass(slots=True)
class Suite:
    """The cases about one subject."""

    slug: str
    hostname: str
    meta: list[Case] = field(default_factory=list[Case])
    findings: list[Finding] = field(default_factory=list[Finding])
    gone: list[Case] = field(default_factory=list[Case])
    """of findings that only the baseline has"""

    def all(self, report: Report, checks: Mapping[str, Check]) -> list[Case]:
        """The cases in their order: how it was read, then the checks."""
        cases = [case_of(finding, report, checks.get(finding.check)) for finding in self.findings]
        return [*self.meta, *sorted([*cases, *self.gone], key=lambda case: case.name)]


def render(report: Report) -> str:
    """The report as XML text, made suite by suite: the elements of all of them take seven times their text."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n']
    for number, suite in enumerate(_suites(report)):
        root = _suite(suite, number, report)
        for element in root.iter():  # readers of JUnit print what they find into the log of their own job
            element.text = inert(element.text) if element.text else element.text
            element.attrib.update({key: inert(value) for key, value in element.attrib.items()})
        ElementTree.indent(root, " ", level=1)
        parts += (" ", ElementTree.tostring(root, encoding="unicode"), "\n")
    return "".join((*parts, "</testsuites>\n"))


def _suites(report: Report) -> Iterator[Suite]:
    """The run first, then every subject by its name."""
    run = Suite(RUN, report.runner, [run_case(report)])
    suites = {RUN: run}
    about = judged(report)
    for name, seconds in _targets(report).items():
        case = target_case(name, seconds, report, judged=name in about)
        slug = name_slug(name)
        suites.setdefault(slug, Suite(slug, name)).meta.append(case)
    for finding in report.findings:
        slug = subject_slug(finding.subject)
        suite = suites.setdefault(slug, Suite(slug, finding.subject.host))
        suite.findings.append(finding)
    for change in report.baseline.gone if report.baseline else ():
        slug = subject_slug(change.subject)
        suites.setdefault(slug, Suite(slug, change.subject.host)).gone.append(gone_case(change, _taken(report)))
    yield run
    yield from (suites[slug] for slug in sorted(suites) if slug != RUN)


def _taken(report: Report) -> str:
    return moment(report.baseline.taken) if report.baseline else ""


def _targets(report: Report) -> dict[str, float]:
    """Every target and the seconds it took, whether or not anything came of it."""
    named = [f.subject.host for f in report.findings if f.subject.kind.target]
    silent = [gap.target for gap in report.gaps]
    return dict.fromkeys([*all_hosts(report), *named, *silent], 0.0) | {t.name: t.seconds for t in report.targets}


def _suite(suite: Suite, number: int, report: Report) -> ElementTree.Element:
    cases = suite.all(report, {check.id: check for check in report.checks})
    name = f"{_baseline(report)}.{suite.slug}"
    outcomes = [case.outcome for case in cases]
    element = ElementTree.Element(
        "testsuite",
        {
            "name": name,
            "package": "",
            "id": str(number),
            "hostname": one_line(suite.hostname) or "localhost",
            "timestamp": report.started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "tests": str(len(cases)),
            "failures": str(outcomes.count("failure")),
            "errors": str(outcomes.count("error")),
            "skipped": str(outcomes.count("skipped")),
            "time": _seconds(sum(case.seconds for case in cases)),
        },
    )
    properties = ElementTree.SubElement(element, "properties")
    for key, value in _properties(report).items():
        ElementTree.SubElement(properties, "property", {"name": key, "value": one_line(value)})
    for case in cases:
        element.append(_case(case, name))
    names = Names(report) if suite.slug == RUN else None
    told = (looks_ahead(report), *holds(report, names), *beside(report, names)) if names else ()
    said = (*told, *limits(report)) if names else ()
    ElementTree.SubElement(element, "system-out").text = "\n".join(filter(None, map(one_line, said))) or None
    ElementTree.SubElement(element, "system-err")
    return element


def _baseline(report: Report) -> str:
    """The profiles as one word without dots: what comes before the dot of every class."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", "_".join(report.profiles)) or "hv-preflight"


def _properties(report: Report) -> dict[str, str]:
    return {
        "hv-preflight": report.version or "unknown",
        "verdict": report.verdict,
        "exit_code": str(report.exit_code),
        "threshold": report.threshold.word,
        **({"waived": str(report.waived) or "none"} if report.waivers_file else {}),
        **({"baseline": _taken(report)} if report.baseline else {}),
        "runner": report.runner,
        **_ahead(report),
        "chosen": "; ".join(report.chosen) or "all",
        "certificates_not_verified": ", ".join(report.unverified) or "none",
    }


def _ahead(report: Report) -> dict[str, str]:
    """The instant that a look ahead is about, and when the verdict turns by itself, where that is known."""
    at, until = report.at, report.until
    words = f"{until.time:%Y-%m-%dT%H:%M:%SZ}, then {until.verdict}: {until.words}" if until else ""
    return ({"at": f"{at:%Y-%m-%dT%H:%M:%SZ}"} if at else {}) | ({"until": words} if until else {})


def _case(case: Case, classname: str) -> ElementTree.Element:
    attributes = {"name": case.name, "classname": classname, "time": _seconds(case.seconds)}
    element = ElementTree.Element("testcase", attributes)
    if case.outcome:
        kind = {"type": case.type} if case.type else {}
        ElementTree.SubElement(element, case.outcome, kind | {"message": case.message}).text = case.body
    return element


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"
