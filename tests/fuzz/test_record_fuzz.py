"""Whatever a file holds, it is a record, which is judged and reported, or the reason why it is none."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner import plugins
from scanner.api import Severity
from scanner.judge import judging, policy
from scanner.record import record
from scanner.record.record import RecordError
from scanner.words.evidence import Evidence

GOOD = (Path(__file__).parents[1] / "data" / "good.hvp").read_bytes()
OFFER = plugins.load(third_party=False)
DATES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "2026-11-21T12:00:00")
NUMBERS = (-1, 0, 2**31, 2**63, 2**64, 10**40, 1.5, 1e300)
TEXTS = (
    "",
    "\0",
    "\x1b[31m",
    "\u202e<b>'\"&",
    "\ud800",
    "a" * 70_000,
    "1" * 5000,
    "~\0",
    "::1",
    "0.0.0.0/0",
    "\U0010ffff",
)
OTHERS = (None, True, [], {}, [[]], {"": ""}, [None], ["a", 1])
ODD: st.SearchStrategy[Any] = st.sampled_from((*DATES, *NUMBERS, *TEXTS, *OTHERS)) | st.text(max_size=20)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    """A check that fails says so with its traceback; here it would be read by nobody."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def loaded(data: bytes) -> Evidence | None:
    try:
        return record.load(data, OFFER.facts)
    except RecordError:
        return None


def reported(evidence: Evidence) -> None:
    findings = judging.judge(OFFER.checks, evidence)
    checks = judging.enabled(OFFER.checks, evidence.estate.profiles)
    report = policy.report_of(evidence, findings, checks=checks, plugins=OFFER.plugins, threshold=Severity.LOW)
    for reporter in OFFER.reporters:
        reporter.render(report)
        if reporter.paint:
            reporter.paint(report, 100, False)


@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"hv_preflight":' * 50_000)
@example(b'{"hv_preflight":1,"answers":' + b"[" * 100_000)
@example(b'{"hv_preflight":' + b"9" * 5000 + b"}")
@example(b'{"hv_preflight": NaN}')
@example(b"\xff\xfe{\x00}\x00")
def test_any_octets(data: bytes) -> None:
    loaded(data)


@given(st.data())
def test_octets_changed(data: st.DataObject) -> None:
    octets = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 5))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    loaded(bytes(octets))


@given(st.data())
def test_odd_values_are_refused_or_reported(data: st.DataObject) -> None:
    """A record that is taken is judged and written in every format, however odd."""
    document = json.loads(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        found = list(places(document))
        dates = [(container, key) for container, key in found if "T12:" in str(container[key])[:14]]
        container, key = data.draw(st.sampled_from(data.draw(st.sampled_from([found, dates or found]))))
        container[key] = copy.deepcopy(data.draw(ODD))  # else a later one is put into a list that stands in many places
    evidence = loaded(json.dumps(document).encode("utf-8", "surrogatepass"))
    if evidence is not None:
        reported(evidence)
