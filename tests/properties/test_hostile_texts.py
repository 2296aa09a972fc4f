"""Whatever text a target puts where it may put one, no check fails of it, no finding grows, and nothing of it acts.

Every field of every fact is tried, as its type says that it may hold a text; one that no text reaches fails.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree, html
from openpyxl import load_workbook
from prometheus_client import parser as prometheus
from prometheus_client.openmetrics import parser as openmetrics

from lab.remedy.command import COMMANDS
from lab.remedy.interpreter import commands_of
from lab.remedy.syntax import Command, statements
from scanner.api import Check, DerivedFact, Evidence, Fact, Finding, Severity, Status, WindowsFact
from scanner.judge import judging, policy
from scanner.judge.settling import NEEDS
from scanner.record import record
from scanner.words.model import key_of
from scanner.words.query import sendable
from tests.octets import readable
from tests.properties.records import OFFER
from tests.properties.renaming import Document
from tests.properties.spoiling import FACTS, FAULTY, estate, renamed, spoilt, text_fields
from tests.test_inert import commands

ACTS = (
    "x\nRemove-Item C:\\ -Recurse\u2028Remove-Item C:\\ '; Remove-Item C:\\ -Recurse # \"$(Remove-Item x)\x1b[31m\u202e"
    "<script>alert(1)</script>\n##vso[x]\n::error::x\0,=1"
)
"""Short enough to stand in a command and in a line whole: line ends, quotes, an expression, an escape, a mark of
direction, a script, commands to who runs the job, a control character, the head of a formula."""
LONG = ACTS + "A" * 60_000
"""about as long as a text of a session may be (``bounds.MAX_TEXT``)"""
HUGE = ACTS + "A\x1b" * 524_288
"""a megabyte: a record may hold it, whoever wrote that"""
MARK = "Remove-Item"
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
READERS = {
    "prometheus": prometheus.text_string_to_metric_families,
    "openmetrics": openmetrics.text_string_to_metric_families,
}
MOST = 5_000
"""characters of one text of a finding"""
OF_REPLICATION = (
    ("Authority", "blob"), ("Cloud", "name"), ("ClusterInfo", "name"), ("AsrProxySettings", "address"),
    ("FolderAccess", "access"), ("RunAsAccount", "name"), ("SmbShare", "path"), ("StorageClassification", "name"),
    ("VmNetwork", "name"), ("VmmHost", "group"), ("VmmSetup", "version"), ("VmmVirtualMachine", "name"),
)  # fmt: skip
"""Facts, and fields, into which a whole megabyte is put."""


def loaded(document: Document) -> Evidence:
    return record.load(json.dumps(document).encode(), OFFER.facts)


def reached(evidence: Evidence, fact: type[Fact]) -> bool:
    """Whether the text stands in an answer, or in the reason why there is none."""
    told = (row for answer in evidence.answers() if answer.fact is fact for row in answer.rows)
    return any(MARK in str(row) for row in told) or any(MARK in gap.detail for gap in evidence.gaps())


def readers(fact: type[Fact]) -> list[Check]:
    """The checks that a text of a fact can reach: those that read it; all, where it tells whose answers others are."""
    if fact in NEEDS:
        return list(OFFER.checks)
    asked = {check.id: (*check.needs, *check.scope.needs) for check in OFFER.checks}
    return [c for c in OFFER.checks if fact in asked[c.id] or any(issubclass(one, DerivedFact) for one in asked[c.id])]


def judged(evidence: Evidence, checks: list[Check]) -> list[Finding]:
    """The findings, of which no check failed and no text grew; and what is asked because of them can be sent."""
    found = list(judging.judge(checks, evidence))
    for finding in found:
        assert finding.status is not Status.ERROR, (finding.check, finding.note)
        texts = {name: getattr(finding, name) for name in ("seen", "wanted", "note", "remedy", "works")}
        assert {name: len(text) for name, text in texts.items() if len(text) > MOST} == {}, finding.check
        for line in finding.remedy.splitlines():
            assert not line.startswith(MARK), "a line of it would pass for a command to paste"
    for ask in judging.asks_of(checks, evidence):
        for query in ask.fact.queries((ask.argument,)) if issubclass(ask.fact, WindowsFact) else ():
            sendable(query)  # raises where a value could lead astray
            assert MARK not in query.text, ask
    return found


def harmless(evidence: Evidence, found: list[Finding]) -> None:
    """What is printed of the text is no command in any format, and what is to be pasted holds it as a constant."""
    told = [finding for finding in found if MARK in str(finding)]
    for finding in told:
        for statement in statements(commands_of(finding.remedy)):
            assert {*_names(statement)} <= COMMANDS.keys(), (finding.check, finding.remedy)
    report = policy.report_of(evidence, told, checks=OFFER.checks, plugins=OFFER.plugins, threshold=Severity.LOW)
    report = replace(report, gaps=tuple(gap for gap in report.gaps if MARK in gap.detail)[:9])
    for reporter in OFFER.reporters:
        octets = reporter.render(report)
        written = readable(octets)
        assert not list(commands(written)), reporter.name
        assert "\x1b" not in written, reporter.name
        assert "\u202e" not in written or reporter.name == "json", reporter.name
        if reporter.name == "html":
            assert "<script>alert" not in written
            assert not html.document_fromstring(written).xpath("//*[self::script][contains(., 'alert(1)')]")
        if reporter.name == "junit":
            etree.fromstring(written.encode())
        if reporter.name == "json":
            json.loads(written)
        if reporter.name == "xlsx":
            book = load_workbook(io.BytesIO(octets), read_only=True)
            assert {cell.data_type for page in book for row in page.rows for cell in row} <= {"n", "s"}
        if reporter.name == "csv":
            assert not [cell for row in csv.reader(io.StringIO(written)) for cell in row if cell.startswith(ACTIVE)]
        if reporter.name in READERS:
            assert [*READERS[reporter.name](written)]
        if reporter.paint is not None:
            painted = reporter.paint(report, 100, True)
            assert not list(commands(painted))
            assert "\u202e" not in painted


def _names(node: Any) -> Iterator[str]:
    """The names of all commands in something that was read."""
    if isinstance(node, Command):
        yield node.name.casefold()
    if dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from _names(getattr(node, field.name))
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, tuple) else ():
        yield from _names(inner)


def tried(fact: type[Fact], field: str) -> Iterator[Document]:
    """Records with the text in a field: alone, and behind a name wherever that stands, so that it is still found."""
    good = estate("good")
    yield spoilt(good, fact, field, LONG)
    if other := next(filter(None, (renamed(estate(name), fact, field, ACTS) for name in (*FAULTY, "good"))), None):
        yield other


@pytest.mark.parametrize("fact", FACTS, ids=key_of)
def test_every_text_of_a_fact_is_reached_and_does_no_harm(fact: type[Fact]) -> None:
    for field in text_fields(fact):
        arrived = [_arrives(document, fact) for document in tried(fact, field)]
        rows_more = any(arrived) or _arrives(spoilt(estate("good"), fact, field, ACTS, beside=True), fact)
        assert rows_more, f"{fact.__name__}.{field}: no text ever reaches it"


def _arrives(document: Document, fact: type[Fact]) -> bool:
    evidence = loaded(document)
    harmless(evidence, judged(evidence, readers(fact)))
    return reached(evidence, fact)


@pytest.mark.parametrize("place", OF_REPLICATION, ids=".".join)
def test_a_megabyte_does_no_harm(place: tuple[str, str]) -> None:
    fact = next(fact for fact in FACTS if key_of(fact) == place[0])
    assert _arrives(spoilt(estate("good"), fact, place[1], HUGE), fact)
