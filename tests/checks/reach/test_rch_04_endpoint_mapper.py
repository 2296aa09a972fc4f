from __future__ import annotations

import pytest

from checks.reach.rch_04_endpoint_mapper import endpoint_mapper
from scanner.api import Status
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE
from tests.checks.reach.test_rch_03_winrm import HTTP, HTTPS, MAPPER, NEW, NO, OK, OLD, RST, facts
from tests.conftest import HV01, HV02, Judge, estate, evidence


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts({MAPPER: OK}, NEW, OLD), Status.PASS, id="connects"),
        pytest.param(facts({MAPPER: OK}, OLD, 9200), Status.PASS, id="2012"),
        pytest.param(facts({MAPPER: NO, HTTP: OK}, NEW, OLD), Status.WARN, id="closed, WinRM by http"),
        pytest.param(facts({MAPPER: RST, HTTP: NO, HTTPS: OK}, NEW, OLD), Status.WARN, id="refused, WinRM by https"),
        pytest.param(facts({MAPPER: NO, HTTP: NO, HTTPS: NO}, NEW, OLD), Status.UNKNOWN, id="nothing at all"),
        pytest.param(facts({MAPPER: NO}, NEW, OLD), Status.UNKNOWN, id="closed, WinRM not tried"),
        pytest.param(facts({}, NEW, OLD), Status.UNKNOWN, id="nobody tried"),
        pytest.param(facts({MAPPER: OK}, NEW, OLD, probes=GONE), Status.UNKNOWN, id="probes unread"),
        pytest.param(facts({MAPPER: NO}, NEW, NEW), Status.NOT_APPLICABLE, id="a newer host"),
        pytest.param(facts({MAPPER: NO}, OLD, NEW), Status.NOT_APPLICABLE, id="an older source alone"),
        pytest.param(facts({MAPPER: OK}, destination_unread=GONE), Status.UNKNOWN, id="build unread"),
        pytest.param(facts({MAPPER: OK}, NEW, OLD, source_unread=GONE), Status.PASS, id="source's build unread"),
    ],
)
def test_endpoint_mapper(judge: Judge, known, expected):
    assert judge(endpoint_mapper, known).status is expected


def test_a_warning_says_what_manages_the_host(judge: Judge):
    finding = judge(endpoint_mapper, facts({MAPPER: NO, HTTP: OK}, NEW, OLD))
    assert "WinRM" in finding.works
    assert finding.seen == "hv02.corp.example:135: no answer: filtered by a firewall, or the machine is down"


@pytest.mark.parametrize(("build", "ports"), [(OLD, {MAPPER, HTTP, HTTPS}), (NEW, set())])
def test_what_is_tried(build, ports):
    asked = list(asks_of([endpoint_mapper], evidence(facts({}, NEW, build), estate())))
    assert {(ask.target, ask.argument) for ask in asked} == {(HV01, f"{HV02}:{port}") for port in ports}
