"""The eight headline checks, each followed from the wire to the line that decides: a page each, from a run of the code.

The practice record is judged while the page is made. So the question, the answer, the line and the finding on a page
are those of today's code, and a page that is not is stale.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from docs.catalogue import link_to
from docs.markdown import block, code, head, link
from scanner.api import failed, passed, unknown, warned
from scanner.judge.judging import judge_check
from scanner.plugins import load
from scanner.record.record import load as read_record
from scanner.words.check import Check
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, Status, key_of
from scanner.words.report import Finding
from scanner.words.source import Source

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "scanner" / "data" / "practice.hvp"
SAYING = frozenset(one.__code__ for one in (failed, passed, unknown, warned))
"""What makes a verdict: whoever calls it decides."""
LONGEST, MOST = 1_000, 3
"""characters of a row, and rows of an answer, that a page shows"""


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the questions that people come with, and the check that answers it."""

    page: str
    title: str
    check: str


HEADLINES = (
    Headline("verdict-domain-trust.md", "Do the domains trust each other?", "ID-02"),
    Headline("verdict-configuration-version.md", "Does the destination know the machine's version?", "VM-02"),
    Headline("verdict-delegation.md", "May the source delegate to the destination?", "DEL-01"),
    Headline("verdict-migration-networks.md", "Have both hosts a migration network in common?", "LM-11"),
    Headline("verdict-clear-traffic.md", "Does anything travel in clear over a network nobody trusts?", "NET-01"),
    Headline("verdict-site-recovery-urls.md", "Are the endpoints of Site Recovery reached?", "RCH-07"),
    Headline("verdict-replica-ports.md", "Do ports 8083 and 8084 answer?", "RCH-06"),
    Headline("verdict-key-expiry.md", "Is the registration key still valid?", "KEY-03"),
)


def headline_pages() -> dict[str, str]:
    """Each page by file name."""
    checks = {check.id: check for check in load(third_party=False).checks}
    return {one.page: _page(one, checks[one.check]) for one in HEADLINES}


@cache
def _evidence() -> Evidence:
    offer = load(third_party=False)
    return read_record(RECORD.read_bytes(), offer.facts)


def _page(headline: Headline, check: Check) -> str:
    finding, line = _followed(check)
    lead = (
        f"{check.doc.partition(chr(10) * 2)[0]} This page follows one verdict of {link_to(check, 'catalogue.md')}, of"
        " the practice estate that comes with the scanner: what is asked, what came back, which line decides, what is"
        " said."
    )
    lines = head(headline.title, lead)
    lines += [f"The verdict: **{finding.status}** on {code(finding.subject.title)}.", ""]
    facts = {key_of(fact): fact for fact in (*check.scope.needs, *check.needs)}
    lines += ["## What is asked, and what came back", ""]
    for source in finding.evidence:
        lines += _asked(facts[source.fact], source, f"{finding.subject.id} {finding.seen} {finding.wanted}")
    lines += _decided(check, *line)
    lines += ["## What is said", "", *block("\n".join(_said(finding)))]
    return "\n".join(lines) + "\n"


def _followed(check: Check) -> tuple[Finding, tuple[str, int]]:
    """The check's worst finding in the practice record, and the line that made it."""
    evidence = _evidence()
    findings = list(judge_check(check, evidence))
    order = (Status.FAIL, Status.WARN, Status.PASS, Status.UNKNOWN)
    of = min(findings, key=lambda f: (order.index(f.status) if f.status in order else len(order), f.subject.id))
    calls: list[tuple[str, int]] = []

    def seen(frame: FrameType, event: str, _argument: object) -> None:
        caller = frame.f_back
        while caller is not None and caller.f_code in SAYING:
            caller = caller.f_back
        if event == "call" and frame.f_code in SAYING and caller is not None:
            calls.append((caller.f_code.co_filename, caller.f_lineno))

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        found = next(f for f in _one(check, evidence, of) if f == of)
    finally:
        sys.setprofile(before)
    return found, calls[-1]


def _one(check: Check, evidence: Evidence, of: Finding) -> Iterator[Finding]:
    """The findings up to this one, made anew."""
    for finding in judge_check(check, evidence):
        yield finding
        if finding == of:
            return


def _asked(fact: type[Fact], source: Source, about: str) -> Iterator[str]:
    yield f"{link(fact.__name__, 'facts.md')} of {code(source.target)}:"
    yield ""
    yield from block(_clipped(source.query))
    yield ""
    rows = _evidence().ask(fact, source.target)
    if isinstance(rows, Gap):
        yield from block(f"no answer: {rows}")
    else:
        told = sorted(rows, key=lambda row: -_spoken_of(row, about))[:MOST]
        more = f"... {len(rows) - MOST} more" if len(rows) > MOST else ""
        shown = [_clipped(msgspec.json.encode(row).decode()) for row in told]
        yield from block("\n".join(filter(None, (*shown, more))) or "no row", "json")
    yield ""


def _spoken_of(row: Any, about: str) -> int:
    """How many texts of a row the finding speaks of: those rows are shown first."""
    return sum(isinstance(value, str) and len(value) > 2 and value in about for value in astuple(row))


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _decided(check: Check, file: str, line: int) -> Iterator[str]:
    path = Path(file).relative_to(ROOT).as_posix()
    source = Path(file).read_text(encoding="utf-8").splitlines()
    beginning = _function(source, line)
    end = next((n for n in range(line, len(source)) if source[n] and not source[n].startswith((" ", ")"))), len(source))
    own = Path(inspect.getfile(check.judge)).relative_to(ROOT).as_posix()
    yield "## Which line decides"
    yield ""
    whence = "" if own == path else f", which [{own}](../{own}) calls"
    yield f"[{path}, line {line}](../{path}#L{line}){whence}:"
    yield ""
    yield from block("\n".join(_marked(source, beginning, end, line)).rstrip(), "python")
    yield ""


def _function(source: list[str], line: int) -> int:
    """Where the function (or class) at the left edge begins that the line stands in, by place."""
    return next(n for n in range(line - 1, -1, -1) if source[n].startswith(("def ", "class ")))


def _marked(source: list[str], beginning: int, end: int, line: int) -> Iterator[str]:
    for place in range(beginning, end):
        yield f"{source[place]}{'  # <- here' if place == line - 1 else ''}"


def _said(finding: Finding) -> Iterator[str]:
    yield f"{finding.status} {finding.check} {finding.subject.title}: {finding.headline}"
    for word in ("seen", "wanted", "note", "works", "remedy", "who"):
        if text := getattr(finding, word):
            yield f"{word:<8}{text}"
