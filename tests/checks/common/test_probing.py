from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.common.probing import attempts, connects, endpoint, probe, reached
from scanner.api import Status, View
from scanner.facts.network import EndpointProbe
from tests.checks.common.builders import GONE, HOSTILE
from tests.checks.common.builders import probe as answer
from tests.conftest import HV01, evidence

ACCEPTED = re.compile(r"([0-9A-Fa-f:.]+>)?(\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5}(/tls)?(/date)?", re.UNICODE)
"""What the parameter of Test-Endpoint takes."""


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("hv02.corp.example", "hv02.corp.example:445"),
        ("10.20.0.5", "10.20.0.5:445"),
        ("fd00:20::5", "[fd00:20::5]:445"),
        ("büro-fs", "büro-fs:445"),
        ("fs_1", "fs_1:445"),
        ("", ""),
        ("a b", ""),
        ("fs@ssl", ""),
        ("fs/tls", ""),
        ("fs\n", ""),
        ("fs²", ""),
        ("𝔣𝔰", ""),
        (HOSTILE, ""),
        ("a" * 255, f"{'a' * 255}:445"),
        ("a" * 256, ""),
        ("::", "[::]:445"),
    ],
)
def test_endpoint(host, expected):
    assert endpoint(host, 445) == expected


@given(st.text())
def test_endpoint_is_taken_by_the_probe_or_empty(host):
    made = endpoint(host, 443, "/tls")
    assert made == "" or ACCEPTED.fullmatch(made)


def test_ask_only_what_can_be_asked():
    assert [a.argument for a in attempts(HV01, "a:1")] == ["a:1"]
    assert [a.argument for a in attempts(HV01, "a:1", "p.example:8080")] == ["a:1 via p.example:8080"]
    assert list(attempts(HV01, "")) == []
    assert list(attempts(HV01, "a:1", "p.example")) == []
    assert list(attempts(HV01, "a:1", "p.example:1 x")) == []
    assert [a.argument for a in attempts(HV01, "a:1", "[fd00::1]:65535")] == ["a:1 via [fd00::1]:65535"]
    for proxy in ("[]:8080", ":8080", "p.example:808080", "[fd00::1]:"):
        assert list(attempts(HV01, "a:1", proxy)) == []


def view(rows) -> View:
    return View(evidence({(EndpointProbe, HV01): rows}), (EndpointProbe,))


@pytest.mark.parametrize(
    ("outcome", "status", "words"),
    [
        ("Connected", Status.PASS, "connects to a:1"),
        ("Refused", Status.FAIL, "nothing listens"),
        ("TimedOut", Status.FAIL, "filtered"),
        ("Unreachable", Status.FAIL, "no route"),
        ("Unresolved", Status.FAIL, "not known on hv01.corp.example"),
        ("Failed", Status.FAIL, "failed"),
    ],
)
def test_reached(outcome, status, words):
    verdict = reached(view([answer("a:1", outcome)]), HV01, "a:1", remedy="do")
    assert (verdict.status, verdict.remedy) == (status, "" if status is Status.PASS else "do")
    assert words in verdict.seen


def test_reached_is_unknown_without_a_clear_answer():
    for rows, target in [(GONE, "a:1"), ([], "a:1"), ([answer("a:2")], "a:1"), ([answer("")], "")]:
        assert reached(view(rows), HV01, target).status is Status.UNKNOWN
    odd = reached(view([answer("a:1", "x" * 41)]), HV01, "a:1")
    assert odd.status is Status.UNKNOWN
    assert odd.note == f"EndpointProbe of {HV01}: a:1: outcome {'x' * 39}…"


def test_reached_tells_what_was_not_probed():
    nameless, missing = reached(view([answer("")]), HV01, ""), reached(view([answer("a:2")]), HV01, "a:1")
    assert nameless.note == f"EndpointProbe of {HV01}: a text that is no host name was not probed"
    assert missing.note.startswith(f"EndpointProbe of {HV01}: a:1 was not probed (")


def test_the_worse_of_two_answers_counts():
    rows = [answer("a:1"), answer("a:1", "Refused"), answer("a:1")]
    assert getattr(probe(view(rows), HV01, "a:1"), "outcome", "") == "Refused"
    assert connects(view(rows), HV01, "a:1") is False
    assert connects(view(rows[:1]), HV01, "a:1") is True
    assert connects(view(rows), HV01, "b:1") is None


def test_of_several_answers_the_first_that_did_not_connect_counts():
    first, second = answer("a:1", local="10.0.0.1"), answer("a:1", local="10.0.0.2")
    late, refused = answer("a:1", "TimedOut"), answer("a:1", "Refused")
    for rows, expected in (
        ([first, second], first),
        ([first, late], late),
        ([late, first], late),
        ([late, refused], late),
        ([first, late, refused], late),
    ):
        assert probe(view(rows), HV01, "a:1") is expected
