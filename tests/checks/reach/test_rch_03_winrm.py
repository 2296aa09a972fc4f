from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checks.reach.rch_03_winrm import winrm
from scanner.api import Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, adapter, address, probe
from tests.conftest import HV01, HV02, Judge, estate, evidence

OK, NO, RST = "Connected", "TimedOut", "Refused"
HTTP, HTTPS, MAPPER = 5985, 5986, 135
OLD, NEW = 14392, 14393


def system(build: int) -> OperatingSystem:
    return OperatingSystem(datetime(2026, 11, 21, tzinfo=UTC), build, "x", ProductType.SERVER, None)


def facts(tried, source=17763, destination=17763, **changes):
    """What came of the source's attempts by port."""
    there = address("10.77.0.2/16")
    known = {
        (OperatingSystem, HV01): [system(source)],
        (OperatingSystem, HV02): [system(destination)],
        (IPAddress, HV01): [address("10.77.0.1/16")],
        (IPAddress, HV02): [there],
        (NetworkAdapter, HV01): [adapter()],
        (NetworkAdapter, HV02): [adapter()],
        (EndpointProbe, HV01): [
            probe(f"{HV02}:{port}", how, local="10.77.0.1", remote=there.text, addresses=(there.text,))
            for port, how in tried.items()
        ],
    }
    named = {
        "source_unread": (OperatingSystem, HV01),
        "destination_unread": (OperatingSystem, HV02),
        "probes": (EndpointProbe, HV01),
    }
    return known | {named[name]: value for name, value in changes.items()}


def itself(known):
    """The destination's name leads to the source."""
    rows = [probe(f"{HV02}:{p}", OK, local="10.77.0.1", remote="10.77.0.1") for p in (HTTP, HTTPS)]
    return known | {(EndpointProbe, HV01): rows}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts({HTTP: OK, HTTPS: OK}), Status.PASS, id="both"),
        pytest.param(facts({HTTP: OK, HTTPS: RST}), Status.PASS, id="http alone"),
        pytest.param(facts({HTTP: NO, HTTPS: OK}), Status.PASS, id="https alone"),
        pytest.param(facts({HTTP: OK}), Status.PASS, id="the other not tried"),
        pytest.param(facts({HTTP: NO, HTTPS: NO}), Status.FAIL, id="none"),
        pytest.param(facts({HTTP: RST, HTTPS: RST}), Status.FAIL, id="refused"),
        pytest.param(facts({HTTP: NO, HTTPS: NO, MAPPER: OK}), Status.FAIL, id="none, DCOM helps no newer host"),
        pytest.param(facts({HTTP: NO, HTTPS: NO}, NEW, NEW), Status.FAIL, id="none, the first that needs it"),
        pytest.param(facts({HTTP: NO, HTTPS: NO, MAPPER: OK}, OLD, NEW), Status.WARN, id="an older source"),
        pytest.param(facts({HTTP: NO, HTTPS: NO, MAPPER: OK}, NEW, OLD), Status.WARN, id="an older destination"),
        pytest.param(facts({HTTP: NO, HTTPS: NO, MAPPER: NO}, OLD, OLD), Status.UNKNOWN, id="older, nothing at all"),
        pytest.param(facts({HTTP: NO, HTTPS: NO}, OLD, OLD), Status.UNKNOWN, id="older, DCOM not tried"),
        pytest.param(facts({HTTP: OK, HTTPS: NO}, OLD, OLD), Status.PASS, id="older, WinRM all the same"),
        pytest.param(facts({HTTP: NO}), Status.UNKNOWN, id="one closed, one not tried"),
        pytest.param(facts({}), Status.UNKNOWN, id="nobody tried"),
        pytest.param(facts({}, probes=GONE), Status.UNKNOWN, id="probes unread"),
        pytest.param(facts({HTTP: NO, HTTPS: NO}, source_unread=GONE), Status.UNKNOWN, id="source's build unread"),
        pytest.param(facts({HTTP: NO, HTTPS: NO}, destination_unread=GONE), Status.UNKNOWN, id="build unread"),
        pytest.param(facts({HTTP: OK}, destination_unread=GONE), Status.PASS, id="build unread, connects"),
        pytest.param(itself(facts({})), Status.FAIL, id="the name leads to the source"),
    ],
)
def test_winrm(judge: Judge, known, expected):
    assert judge(winrm, known).status is expected


def test_texts(judge: Judge):
    finding = judge(winrm, facts({HTTP: NO, HTTPS: RST}))
    assert "hv02.corp.example:5985: no answer" in finding.seen
    assert "hv02.corp.example:5986: refused" in finding.seen
    assert "135" in judge(winrm, facts({HTTP: NO, HTTPS: NO, MAPPER: OK}, OLD, NEW)).works


@pytest.mark.parametrize(
    ("source", "destination", "ports"),
    [(NEW, NEW, {HTTP, HTTPS}), (OLD, NEW, {HTTP, HTTPS, MAPPER}), (NEW, OLD, {HTTP, HTTPS, MAPPER})],
)
def test_what_is_tried(source, destination, ports):
    asked = list(asks_of([winrm], evidence(facts({}, source, destination), estate())))
    assert {(ask.target, ask.argument) for ask in asked} == {(HV01, f"{HV02}:{port}") for port in ports}
