from __future__ import annotations

import pytest

from checks.reach.rch_09_proxy import proxy
from scanner.api import GapReason, Status
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy
from scanner.judge.judging import asks_of
from tests.checks.asr.builders import VMM, plan
from tests.checks.common.builders import GONE, probe
from tests.conftest import HV01, HV02, Judge, evidence
from tests.test_winhttp import settings

NAME, P = "login.example", "p.x:8080"
OWN = [AsrProxySettings("http://p.x", "8080", None)]
NOT_KNOWN = [AsrProxySettings(None, None, None)]
NO_PORT = [AsrProxySettings("p.x", "eighty", None)]


def facts(own=(), winhttp: str | GapReason | None = None, probes=(), machine: str = VMM):
    rows = winhttp if isinstance(winhttp, GapReason) else [] if winhttp is None else [WinHttpProxy(settings(winhttp))]
    return {
        (AsrProxySettings, machine): own if isinstance(own, GapReason) else list(own),
        (WinHttpProxy, machine): rows,
        (EndpointProbe, machine): probes if isinstance(probes, GapReason) else list(probes),
    }


def named(said: str = "", **words):
    """An estate that names an endpoint."""
    return plan(keys=(), endpoints=(NAME,), proxy=said, **words)


OTHER = "pod.example"


def named_two():
    return plan(keys=(), endpoints=(NAME, OTHER))


def through(outcome: str = "Connected", status: int | None = 200):
    return [probe(f"{NAME}:443/tls", outcome, proxy_status=status)]


YES, NO_ANSWER = through(), through("TimedOut", None)


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(), named(), Status.PASS, id="directly"),
        pytest.param(facts(winhttp="w:1"), named(), Status.UNKNOWN, id="WinHTTP, and nobody says"),
        pytest.param(facts(winhttp="w:1"), named("direct"), Status.PASS, id="direct is said"),
        pytest.param(facts(OWN, probes=YES), named(), Status.PASS, id="the provider's"),
        pytest.param(facts(OWN, probes=through("ProxyRefused", 407)), named(), Status.PASS, id="it wants a sign-in"),
        pytest.param(facts(OWN, probes=through("ProxyRefused", None)), named(), Status.PASS, id="it says nothing"),
        pytest.param(facts(OWN, probes=NO_ANSWER), named(), Status.FAIL, id="no answer"),
        pytest.param(facts(OWN, probes=through("Unresolved", None)), named(), Status.FAIL, id="not resolved"),
        pytest.param(facts(OWN, probes=through("Odd", None)), named(), Status.UNKNOWN, id="odd"),
        pytest.param(facts(OWN, probes=through(status=None)), named(), Status.UNKNOWN, id="no proxy met"),
        pytest.param(facts(OWN, probes=GONE), named(), Status.UNKNOWN, id="not tried"),
        pytest.param(facts(OWN, P, YES), named(), Status.PASS, id="and WinHTTP's"),
        pytest.param(facts(OWN, "w:1", YES), named(), Status.WARN, id="WinHTTP's is another"),
        pytest.param(facts(OWN, "w:1", NO_ANSWER), named(), Status.FAIL, id="no answer, and another"),
        pytest.param(facts(OWN, probes=YES), named(P.upper()), Status.PASS, id="the declared one"),
        pytest.param(facts(OWN, probes=YES), named("q.x:1"), Status.FAIL, id="another is declared"),
        pytest.param(facts(OWN, probes=YES), named("direct"), Status.FAIL, id="none is declared"),
        pytest.param(facts(OWN, probes=YES), named("winhttp"), Status.FAIL, id="WinHTTP is declared, and has none"),
        pytest.param(facts(OWN, P, YES), named("winhttp"), Status.PASS, id="WinHTTP is declared"),
        pytest.param(facts(winhttp=P, probes=YES), named("winhttp"), Status.PASS, id="WinHTTP alone"),
        pytest.param(facts(winhttp=P, probes=NO_ANSWER), named("winhttp"), Status.FAIL, id="WinHTTP's, no answer"),
        pytest.param(facts(), named("winhttp"), Status.PASS, id="WinHTTP has none"),
        pytest.param(facts(probes=YES), named(P), Status.PASS, id="not told yet"),
        pytest.param(facts(probes=YES), named(P, registered=True), Status.UNKNOWN, id="never told"),
        pytest.param(facts(winhttp=P, probes=YES), named(P, registered=True), Status.PASS, id="told by WinHTTP"),
        pytest.param(facts(OWN, probes=YES), named(P, registered=True), Status.PASS, id="told, and WinHTTP has none"),
        pytest.param(facts(winhttp="w:1"), named("direct", registered=True), Status.PASS, id="direct, told of none"),
        pytest.param(
            facts(OWN, probes=NO_ANSWER), named_two(), Status.UNKNOWN, id="no answer to one, the other not tried"
        ),
        pytest.param(
            facts(OWN, probes=[*NO_ANSWER, probe(f"{OTHER}:443/tls", "Odd")]),
            named_two(),
            Status.UNKNOWN,
            id="no answer to one, the other odd",
        ),
        pytest.param(
            facts(OWN, probes=[*NO_ANSWER, probe(f"{OTHER}:443/tls", "TimedOut")]),
            named_two(),
            Status.FAIL,
            id="no answer to either",
        ),
        pytest.param(
            facts(OWN, probes=[*NO_ANSWER, probe(f"{OTHER}:443/tls", "ProxyRefused", proxy_status=407)]),
            named_two(),
            Status.PASS,
            id="an answer to the other",
        ),
        pytest.param(facts([AsrProxySettings(None, None, "*.x")]), named(), Status.PASS, id="a bypass and no proxy"),
        pytest.param(facts([AsrProxySettings(None, "8080", None)]), named(), Status.PASS, id="a port and no proxy"),
        pytest.param(facts(NOT_KNOWN), named(), Status.UNKNOWN, id="values of other names"),
        pytest.param(facts(NO_PORT), named(), Status.UNKNOWN, id="no port"),
        pytest.param(facts(GONE), named(), Status.UNKNOWN, id="provider unread"),
        pytest.param(facts(winhttp=GONE), named(), Status.UNKNOWN, id="WinHTTP unread"),
        pytest.param(facts(OWN, probes=[probe(P)]), plan(keys=()), Status.PASS, id="no endpoint, the proxy answers"),
        pytest.param(facts(OWN, probes=[probe(P, "Refused")]), plan(keys=()), Status.FAIL, id="it does not"),
        pytest.param(facts(OWN), plan(keys=()), Status.UNKNOWN, id="no endpoint, not tried"),
    ],
)
def test_server(judge: Judge, known, where, expected):
    assert judge(proxy, known, where, subject=VMM).status is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [({}, Status.FAIL), ({"hosts_need_internet": False}, Status.WARN)],
)
def test_hosts_may_need_no_internet(judge: Judge, words, expected):
    known = facts(probes=NO_ANSWER, machine=HV01)
    assert judge(proxy, known, named(P, **words), subject=HV01).status is expected
    known = facts(probes=NO_ANSWER)
    assert judge(proxy, known, named(P, **words), subject=VMM).status is Status.FAIL
    assert judge(proxy, facts(probes=YES, machine=HV01), named(P, **words), subject=HV01).status is Status.PASS


def test_a_host_is_told_of_no_proxy(judge: Judge):
    assert judge(proxy, facts(probes=YES, machine=HV01), named(P, registered=True), subject=HV01).status is Status.PASS


def asked(known, where) -> list[tuple[str, str]]:
    return [(ask.target, ask.argument) for ask in asks_of([proxy], evidence(known, where))]


def test_the_proxy_is_tried_where_nothing_else_goes_through_it():
    assert asked(facts(OWN), plan(keys=())) == [(VMM, P)]
    assert asked(facts(OWN), named()) == []
    assert asked(facts(), plan(keys=())) == []
    assert asked(facts(NO_PORT), plan(keys=())) == []
    assert asked(facts(winhttp="w:1"), plan(keys=())) == []
    every = [(HV01, P), (HV02, P), (VMM, P)]
    assert asked(facts(), plan(keys=(), proxy=P)) == every
    assert asked(facts(), plan(keys=(), proxy="[fd00::1]:8080"))[0] == (HV01, "[fd00::1]:8080")


def test_what_differs_is_told(judge: Judge):
    seen = judge(proxy, facts(OWN, probes=YES), named("q.x:1"), subject=VMM).seen
    assert seen == "the estate says q.x:1, and the provider is set to p.x:8080"
    other = judge(proxy, facts(OWN, "w:1", YES), named("winhttp"), subject=VMM).seen
    assert other == "the estate says winhttp, which is set to w:1, and the provider is set to p.x:8080"


PAST_IT = [AsrProxySettings("http://p.x", "8080", "*.example")]


def test_what_goes_past_the_proxy_tells_nothing_of_it(judge: Judge):
    missed = [probe(f"{NAME}:443/tls", "TimedOut"), probe(P)]
    assert judge(proxy, facts(PAST_IT, probes=missed), named(), subject=VMM).status is Status.PASS
    lost = [probe(f"{NAME}:443/tls", "Connected"), probe(P, "TimedOut")]
    assert judge(proxy, facts(PAST_IT, probes=lost), named(), subject=VMM).status is Status.FAIL
    assert asked(facts(PAST_IT), named()) == [(VMM, P)]


@pytest.mark.parametrize("said", ["direct", "winhttp", P])
def test_what_is_set_must_be_understood_whatever_the_estate_says(judge: Judge, said):
    script = facts(probes=YES) | {(WinHttpProxy, VMM): [WinHttpProxy(settings(flags=5))]}
    assert judge(proxy, script, named(said), subject=VMM).status is Status.UNKNOWN
    assert judge(proxy, facts(NO_PORT, probes=YES), named(said), subject=VMM).status is Status.UNKNOWN
