"""Why formats matter to somebody else: one that works, one of octets, one that fails, one that hands on what it read.

Passes always: it is a check of theirs, which has no place in the practice estate."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.api import (
    Check,
    Report,
    Reporter,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    hookimpl,
    passed,
    scopes,
)

HOSTILE = "::error::mine\n##vso[task.complete result=Succeeded]\r##teamcity[buildStop]\nsection_start:1:a\n\x1b[2J\udc80"


def plain(report: Report) -> str:
    """One line a finding, below the verdict."""
    lines = (f"{finding.status} {finding.check} {finding.subject.id}" for finding in report.findings)
    return "\n".join([f"verdict {report.verdict}, exit {report.exit_code}", *lines, ""])


def octets(report: Report) -> bytes:
    """No text at all."""
    return b"\x00\xff" + report.verdict.encode()


def fails(report: Report) -> str:
    """It has a defect."""
    raise KeyError(report.findings[0].subject.id)


@check(
    id="THEIRS-01",
    title="Somebody else is content",
    severity=Severity.LOW,
    who=Who.OPERATOR,
    scope=scopes.RUN,
    seed="their manual",
    needs=(),
    remedy="Ask them.",
)
def content(run: Subject, view: View) -> Verdict:
    """Judge the run."""
    return passed("they are")


@hookimpl
def scanner_checks() -> Iterable[Check]:
    """Offer it."""
    return (content,)


@hookimpl
def scanner_reporters() -> Iterable[Reporter]:
    """Offer them."""
    return (
        Reporter(name="theirs", suffix=".txt", render=plain),
        Reporter(name="theirs-octets", suffix=".bin", render=octets),
        Reporter(name="theirs-fails", suffix=".txt", render=fails),
        Reporter(name="theirs-hostile", suffix=".txt", render=lambda _: HOSTILE),
    )
