"""The report for CI dashboards: JUnit XML in the one shape that all of them read.

Flat; one suite a subject, one case a check, all of them in every run under the same names, because dashboards follow
a case by its class and name. The form is valid against the schemas of Ant, of Jenkins' xUnit plugin and of Pester; the
extended one (``junit_extended``) is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from xml.etree import ElementTree

from reports.junit_bounded import PLAIN, Root, in_files, said, whole
from reports.junit_cases import Case, Length, case_of, gone_case, run_case
from reports.junit_extended import TALLIED, Totals, extend, root_of, say, totals_of
from reports.junit_inert import make_harmless
from reports.junit_names import WORD, CaseNames
from reports.junit_run import lines_of, properties_of, taken
from reports.junit_targets import Targets
from reports.names import all_hosts
from reports.text import brief, name_slug, one_line, subject_slug
from scanner.api import Change, Finding, JunitChoice, Report, Subject

RUN = "run"
LONGEST_ROOT = 300
"""octets of the tag that opens an extended file"""
LABEL = 200
"""characters of what a subject is called, which stands in every file however short"""
AS_EVER = JunitChoice()


@dataclass(slots=True)
class Suite:
    """The cases about one subject."""

    slug: str
    hostname: str
    label: str = ""
    """what people call the subject; names hold its identity"""
    meta: list[Case] = field(default_factory=list[Case])
    findings: list[Finding] = field(default_factory=list[Finding])
    gone: list[Change] = field(default_factory=list[Change])
    """findings that only the baseline has"""


def render(report: Report, choice: JunitChoice = AS_EVER) -> str:
    """The report as XML text in one file."""
    made = _Suites(report, choice)
    return whole(made.texts, choice.limit, made.root)


def files(report: Report, limit: int, choice: JunitChoice = AS_EVER) -> Iterator[tuple[str, bool]]:
    """The report in files of at most so many octets, each with whether there is another one."""
    made = _Suites(report, choice)
    return in_files(made.texts, limit, made.root)


class _Suites:
    """The suites of a report, made one by one: the elements of all of them take seven times their text."""

    def __init__(self, report: Report, choice: JunitChoice = AS_EVER) -> None:
        self.report = report
        self.choice = choice
        self.named = CaseNames.of(report, choice)
        self.targets = Targets(report)
        self.checks = {check.id: check for check in report.checks}
        self.properties = properties_of(report)
        self.suites = list(_suites(report, self.targets))
        self.started = report.started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        self.totals: dict[int, Totals] = {}
        self.root = Root(self._tag, LONGEST_ROOT) if choice.extended else PLAIN

    def texts(self, length: Length, parts: bool) -> Iterator[str]:
        """Each as text."""
        for number, suite in enumerate(self.suites):
            root = self._element(suite, number, length, said(length, parts=parts))
            make_harmless(root)
            if length is Length.WHOLE:
                ElementTree.indent(root, " ", level=1)
            if parts:  # as text, one arrow among the letters makes sixty megabytes twice as large
                yield f" {ElementTree.tostring(root, encoding='us-ascii').decode('ascii')}\n"
            else:
                yield f" {ElementTree.tostring(root, encoding='unicode')}\n"

    def _tag(self, first: int, behind: int) -> str:
        return root_of(WORD, self.started, (self.totals[number] for number in range(first, behind)))

    def _cases(self, suite: Suite, length: Length) -> list[tuple[Case, Finding | None]]:
        """The cases in their order: how it was read, then the checks."""
        named = [(self.named.case(one.check, one.title, one.profile), one) for one in suite.findings]
        shared = Counter(name for name, _ in named)
        cases: list[tuple[Case, Finding | None]] = []
        for first, finding in named:
            name = self.named.apart(first, finding.subject) if shared[first] > 1 else first
            check, told = self.checks.get(finding.check), self.targets.told(finding)
            cases.append((case_of(name, finding, self.report, check, told, length), finding))
        for change in suite.gone:
            name = self.named.case(change.check, change.title, change.profile)
            if name not in shared:
                cases.append((gone_case(name, change, taken(self.report)), None))
        return [*((case, None) for case in suite.meta), *sorted(cases, key=lambda each: each[0].name)]

    def _element(self, suite: Suite, number: int, length: Length, shortened: str) -> ElementTree.Element:
        cases = self._cases(suite, length)
        name = self.named.suite(suite.slug)
        totals = self.totals[number] = totals_of([case for case, _ in cases])
        element = ElementTree.Element(
            "testsuite",
            {
                "name": name,
                "package": "",
                "id": str(number),
                "hostname": one_line(suite.hostname) or "localhost",
                "timestamp": self.started,
                "tests": str(totals.tests),
                **{word: str(getattr(totals, word)) for word in TALLIED},
                "time": _seconds(totals.seconds),
            },
        )
        properties = ElementTree.SubElement(element, "properties")
        run = suite.slug == RUN
        every = {"verdict": self.report.verdict}  # a schema wants one at least
        told = self.properties | {"shortened": shortened or "no"} if run else every
        for key, value in told.items():
            ElementTree.SubElement(properties, "property", {"name": key, "value": one_line(value)})
        for case, finding in cases:
            made = _case(case, name, length)
            if self.choice.extended:
                extend(made, case, finding, suite.hostname, self.choice)
            if self.choice.extended and length is Length.WHOLE:
                say(made, finding)
            element.append(made)
        lines = [suite.label, *((shortened, *lines_of(self.report)) if run else ())]
        ElementTree.SubElement(element, "system-out").text = "\n".join(filter(None, map(one_line, lines))) or None
        ElementTree.SubElement(element, "system-err")
        return element


def _suites(report: Report, targets: Targets) -> Iterator[Suite]:
    """The run first, then every subject by its name."""
    run = Suite(RUN, report.runner, meta=[run_case(report)])
    suites = {RUN: run}
    for name, seconds in _targets(report).items():
        slug = name_slug(name)
        suites.setdefault(slug, Suite(slug, name)).meta.append(targets.case(name, seconds))
    for finding in report.findings:
        _suite(suites, finding.subject).findings.append(finding)
    for change in report.baseline.gone if report.baseline else ():
        _suite(suites, change.subject).gone.append(change)
    yield run
    yield from (suites[slug] for slug in sorted(suites) if slug != RUN)


def _suite(suites: dict[str, Suite], subject: Subject) -> Suite:
    slug = subject_slug(subject)
    suite = suites.setdefault(slug, Suite(slug, subject.host))
    if subject.label and not suite.label and slug != RUN:
        suite.label = f"Subject: {brief(subject.label, LABEL)}"
    return suite


def _targets(report: Report) -> dict[str, float]:
    """Every target and the seconds it took, whether or not anything came of it."""
    named = [f.subject.host for f in report.findings if f.subject.kind.target]
    silent = [gap.target for gap in report.gaps]
    return dict.fromkeys([*all_hosts(report), *named, *silent], 0.0) | {t.name: t.seconds for t in report.targets}


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
