"""What is signed: a statement in the form of in-toto, with its predicate for the result of a test.

The subjects are the files of the run, each by its SHA-256; the predicate tells the verdict and how it came about.

Source: in-toto/attestation, spec/v1/statement.md and spec/predicates/test-result.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from scanner.attest.sound import FAILED, PASSED, WARNED, contradictions
from scanner.words.finding import Finding
from scanner.words.model import Status
from scanner.words.plugin_info import PluginInfo
from scanner.words.report import Report
from scanner.words.told import written
from scanner.words.wording import sayable

IN_TOTO = "application/vnd.in-toto+json"
"""what an envelope says that it holds"""
STATEMENT = "https://in-toto.io/Statement/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Digests = Mapping[str, str]
"""SHA-256 in hexadecimal digits, by the name of a file"""


class AttestationError(Exception):
    """It is no attestation of ours, or does not hold; the text says why."""


class Digest(msgspec.Struct, frozen=True):
    """Of a file's octets."""

    sha256: Sha256


class Resource(msgspec.Struct, frozen=True):
    """A file, by its name as seen from the attestation, and what was in it."""

    name: str
    digest: Digest


class Kind(msgspec.Struct, frozen=True, rename="camel"):
    """The verdict on one kind of move."""

    profile: str
    verdict: str


class Plugin(msgspec.Struct, frozen=True):
    """What took part beside what is built in."""

    name: str
    version: str
    origin: str


class Run(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """How the result came about; more than the predicate asks for."""

    verdict: str
    gate: str
    """what the exit code says, in a word: with a baseline that may be another one"""
    exit_code: int
    kinds: list[Kind]
    chosen: list[str]
    """what the run was narrowed to; empty: to nothing"""
    waived: int
    """findings that are accepted for a while"""
    unverified: int = 0
    """targets whose certificates nobody verified"""
    fail_on: str
    started: Instant
    finished: Instant
    judged_as_of: Instant
    until: Instant | None = None
    """the first second at which the gate turns by itself"""
    version: str
    plugins: list[Plugin]


class Predicate(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The result of a test; the tests are checks, by id."""

    result: str
    configuration: list[Resource]
    """what the run was told by: the estate, waivers, a baseline"""
    passed_tests: list[str]
    warned_tests: list[str]
    failed_tests: list[str]
    hv_preflight: Run


class Statement(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What is signed."""

    type: str = msgspec.field(name="_type")
    subject: list[Resource]
    predicate_type: str
    predicate: Predicate


def stated(report: Report, subjects: Digests, configuration: Digests) -> bytes:
    """The statement on a run: these files were written by it, and this is what it decided."""
    failed, warned, passed = _tests(report)
    until = report.turns.gate if report.baseline else report.until
    run = Run(
        verdict=report.verdict,
        gate=report.gate,
        exit_code=report.exit_code,
        kinds=[Kind(state.profile, state.verdict) for state in report.readiness],
        chosen=[sayable(one, "utf-8") for one in report.chosen],
        waived=report.waived.findings,
        unverified=len(report.unverified),
        fail_on=report.threshold.word,
        started=report.started,
        finished=report.finished,
        judged_as_of=report.at or report.finished,
        until=until.time if until else None,
        version=report.version,
        plugins=[_plugin(one) for one in report.plugins if one.origin != "built-in"],
    )
    predicate = Predicate(
        result=_result(report, warned),
        configuration=_resources(configuration),
        passed_tests=sorted(passed),
        warned_tests=sorted(warned),
        failed_tests=sorted(failed),
        hv_preflight=run,
    )
    made = Statement(type=STATEMENT, subject=_resources(subjects), predicate_type=TEST_RESULT, predicate=predicate)
    return msgspec.json.encode(made, enc_hook=written)


def understood(payload: bytes) -> Statement:
    """A statement of ours.

    Raises:
        AttestationError: it is none, or contradicts itself.
    """
    try:
        made = msgspec.json.decode(payload, type=Statement)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise AttestationError(f"it is signed, and says nothing of a run of hv-preflight: {error}") from None
    if (made.type, made.predicate_type) != (STATEMENT, TEST_RESULT):
        raise AttestationError("it is signed, and no statement on the result of a test")
    if not made.subject:
        raise AttestationError("it is signed, and names no file")
    names = [one.name for one in made.subject]
    if len({*names}) < len(names):
        raise AttestationError("it is signed, and names a file twice")
    run, told = made.predicate.hv_preflight, made.predicate
    wrong = contradictions(
        result=told.result, verdict=run.verdict, gate=run.gate, code=run.exit_code,
        kinds=[kind.verdict for kind in run.kinds],
        failed={*told.failed_tests}, others={*told.passed_tests, *told.warned_tests},
    )  # fmt: skip
    if why := next(wrong, ""):
        raise AttestationError(f"it is signed, and {why}")
    return made


def _resources(digests: Digests) -> list[Resource]:
    return [Resource(sayable(name, "utf-8"), Digest(digest)) for name, digest in sorted(digests.items())]


def _plugin(one: PluginInfo) -> Plugin:
    return Plugin(sayable(one.name, "utf-8"), sayable(one.version, "utf-8"), sayable(one.origin, "utf-8"))


def _tests(report: Report) -> tuple[set[str], set[str], set[str]]:
    """The checks of which a finding stops the gate, those of which one is to be looked at, and the rest that passed."""
    failed = _ids(finding for finding in report.findings if report.stops(finding))
    warned = _ids(finding for finding in report.findings if _to_look_at(finding)) - failed
    passed = _ids(finding for finding in report.findings if finding.status is Status.PASS) - failed - warned
    return failed, warned, passed


def _ids(findings: Iterable[Finding]) -> set[str]:
    return {finding.check for finding in findings}


def _to_look_at(finding: Finding) -> bool:
    return finding.status not in (Status.PASS, Status.NOT_APPLICABLE)


def _result(report: Report, warned: set[str]) -> str:
    if report.exit_code:
        return FAILED
    return WARNED if warned else PASSED
