"""The report for CI dashboards: JUnit XML in the one shape that all of them read.

Flat; one suite a subject, one case a check, all of them in every run under the same names, because dashboards follow
a case by its class and name. The form is valid against the schemas of Ant, of Jenkins' xUnit plugin and of Pester.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from functools import lru_cache
from xml.etree import ElementTree

from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.junit_bounded import in_files, said, whole
from reports.junit_cases import Case, Length, case_of, gone_case, run_case
from reports.junit_targets import Targets
from reports.names import Names, all_hosts
from reports.reach import limits
from reports.since import moment
from reports.text import name_slug, one_line, subject_slug
from scanner.api import Finding, Report, inert

RUN = "run"
_inert = lru_cache(maxsize=4096)(inert)  # of attributes, which are short and repeat


@dataclass(slots=True)
class Suite:
    """The cases about one subject."""

    slug: str
    hostname: str
    meta: list[Case] = field(default_factory=list[Case])
    findings: list[Finding] = field(default_factory=list[Finding])
    gone: list[Case] = field(default_factory=list[Case])
    """of findings that only the baseline has"""


def render(report: Report) -> str:
    """The report as XML text in one file."""
    return whole(_Suites(report).texts)


def files(report: Report, limit: int) -> Iterator[tuple[str, bool]]:
    """The report in files of at most so many octets, each with whether there is another one."""
    return in_files(_Suites(report).texts, limit)


class _Suites:
    """The suites of a report, made one by one: the elements of all of them take seven times their text."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.targets = Targets(report)
        self.checks = {check.id: check for check in report.checks}
        self.properties = _properties(report)
        self.kinds = _baseline(report)
        self.suites = list(_suites(report, self.targets))

    def texts(self, length: Length, parts: bool) -> Iterator[str]:
        """Each as text."""
        for number, suite in enumerate(self.suites):
            root = self._element(suite, number, length, said(length, parts=parts))
            for element in root.iter():  # readers of JUnit print what they find into the log of their own job
                element.text = inert(element.text) if element.text else element.text
                element.attrib.update({key: _inert(value) for key, value in element.attrib.items()})
            if length is Length.WHOLE:
                ElementTree.indent(root, " ", level=1)
            if parts:  # as text, one arrow among the letters makes sixty megabytes twice as large
                yield f" {ElementTree.tostring(root, encoding='us-ascii').decode('ascii')}\n"
            else:
                yield f" {ElementTree.tostring(root, encoding='unicode')}\n"

    def _cases(self, suite: Suite, length: Length) -> list[Case]:
        """The cases in their order: how it was read, then the checks."""
        cases = [
            case_of(finding, self.report, self.checks.get(finding.check), self.targets.told(finding), length)
            for finding in suite.findings
        ]
        return [*suite.meta, *sorted([*cases, *suite.gone], key=lambda case: case.name)]

    def _element(self, suite: Suite, number: int, length: Length, shortened: str) -> ElementTree.Element:
        cases = self._cases(suite, length)
        name = f"{self.kinds}.{suite.slug}"
        outcomes = [case.outcome for case in cases]
        element = ElementTree.Element(
            "testsuite",
            {
                "name": name,
                "package": "",
                "id": str(number),
                "hostname": one_line(suite.hostname) or "localhost",
                "timestamp": self.report.started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                "tests": str(len(cases)),
                "failures": str(outcomes.count("failure")),
                "errors": str(outcomes.count("error")),
                "skipped": str(outcomes.count("skipped")),
                "time": _seconds(sum(case.seconds for case in cases)),
            },
        )
        properties = ElementTree.SubElement(element, "properties")
        run = suite.slug == RUN
        every = {"verdict": self.report.verdict}  # a schema wants one at least
        told = self.properties | {"shortened": shortened or "no"} if run else every
        for key, value in told.items():
            ElementTree.SubElement(properties, "property", {"name": key, "value": one_line(value)})
        for case in cases:
            element.append(_case(case, name, length))
        lines = (shortened, *_beside(self.report)) if run else ()
        ElementTree.SubElement(element, "system-out").text = "\n".join(filter(None, map(one_line, lines))) or None
        ElementTree.SubElement(element, "system-err")
        return element


def _beside(report: Report) -> Iterator[str]:
    names = Names(report)
    yield from (looks_ahead(report), *holds(report, names), *beside(report, names), *limits(report))


def _suites(report: Report, targets: Targets) -> Iterator[Suite]:
    """The run first, then every subject by its name."""
    run = Suite(RUN, report.runner, [run_case(report)])
    suites = {RUN: run}
    for name, seconds in _targets(report).items():
        slug = name_slug(name)
        suites.setdefault(slug, Suite(slug, name)).meta.append(targets.case(name, seconds))
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


def _case(case: Case, classname: str, length: Length) -> ElementTree.Element:
    attributes = {"name": case.name, "classname": classname, "time": _seconds(case.seconds)}
    element = ElementTree.Element("testcase", attributes)
    if case.outcome:
        kind = {"type": case.type} if case.type else {}
        aside = case.outcome == "skipped" and length >= Length.NO_ASIDES
        body = case.message if aside else case.body
        ElementTree.SubElement(element, case.outcome, kind | {"message": case.message}).text = body
    return element


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"
