from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.windows.trial import Trial
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.facts.winhttp import LONGEST, WinHttpProxy, WinHttpWay

KEY = "Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections"


def settings(servers: str = "", bypass: str = "", flags: int = 3, version: int = 0x28) -> str:
    """As Windows stores them."""
    texts = [text.encode("latin-1") for text in (servers, bypass)]
    head = struct.pack("<III", version, 7, flags)
    return (head + b"".join(struct.pack("<I", len(t)) + t for t in texts)).hex()


def way(data: str | None) -> WinHttpWay:
    return WinHttpProxy(data).way


@pytest.mark.parametrize(
    ("servers", "http", "https"),
    [
        ("http=a:80;https=b:8080", "a:80", "b:8080"),
        ("http=a:80", "a:80", ""),
        ("https=b:8080", "", "b:8080"),
        ("c:1;http=a:80", "a:80", "c:1"),
        ("c:1", "c:1", "c:1"),
    ],
)
def test_each_scheme_has_its_own_proxy(servers, http, https):
    fact = WinHttpProxy(settings(servers))
    assert (fact.way_by("http").proxy, fact.way_by("https").proxy) == (http, https)


@pytest.mark.parametrize(
    ("data", "proxy", "bypass"),
    [
        pytest.param(None, "", "", id="never set"),
        pytest.param("", "", "", id="empty"),
        pytest.param("1800000000000000010000000000000000000000", "", "", id="as it is documented"),
        pytest.param(settings(flags=1), "", "", id="direct"),
        pytest.param(settings("p:8080", "<local>", flags=1), "", "", id="a proxy that is switched off"),
        pytest.param(settings("p.corp.example:8080"), "p.corp.example:8080", "", id="for all"),
        pytest.param(settings("p:8080", "<local>;*.corp.example"), "p:8080", "<local>;*.corp.example", id="bypass"),
        pytest.param(settings("http=a:80;https=b:8080"), "b:8080", "", id="by scheme"),
        pytest.param(settings("HTTPS=b:8080 http=a:80"), "b:8080", "", id="other order, by blank"),
        pytest.param(settings("c:1;https=b:8080"), "b:8080", "", id="its scheme before all"),
        pytest.param(settings("c:1;http=b:8080"), "c:1", "", id="another scheme and all"),
        pytest.param(settings("http=a:80"), "", "", id="for another scheme alone"),
        pytest.param(settings("http://p:8080/"), "p:8080", "", id="written as an address"),
        pytest.param(settings("p:8080") + "00000000", "p:8080", "", id="what follows is nothing of ours"),
        pytest.param(settings("p:8080", version=0x18), "p:8080", "", id="older"),
    ],
)
def test_the_way_of_winhttp(data, proxy, bypass):
    assert way(data) == WinHttpWay(proxy, bypass)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(settings(flags=5), "a script", id="script"),
        pytest.param(settings(flags=9), "searched for", id="searched for"),
        pytest.param(settings("p:8080", flags=15), "a script", id="all at once"),
        pytest.param(settings(" ; "), "name no proxy", id="none in the list"),
        pytest.param("010203", "end too early", id="nothing"),
        pytest.param(settings("p:8080")[:34], "end too early", id="within the proxy"),
        pytest.param(settings("p:8080", "x")[:-2], "end too early", id="within the list"),
        pytest.param(settings("p:8080", "x")[:-4], "end too early", id="within a length"),
        pytest.param(settings("p:8080")[:24] + "ffffffff01", "end too early", id="an absurd length"),
        pytest.param(settings() + "0", "no settings", id="half a byte"),
        pytest.param(settings() + "-1", "no settings", id="no digits"),
        pytest.param(settings("x" * LONGEST), "end too early", id="too long"),
    ],
)
def test_what_is_not_understood_is_no_way(data, words):
    found = way(data)
    assert words in found.problem
    assert (found.proxy, found.bypass) == ("", "")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_way_or_a_problem(data):
    found = way(data.hex())
    assert not (found.problem and found.proxy)


@given(st.integers(1, 40))
def test_settings_that_end_early_are_never_direct(cut):
    whole = settings("proxy.corp.example:8080", "<local>")
    assert way(whole[: -2 * cut]).problem


@pytest.mark.parametrize(
    ("said", "expected"), [("", ""), ('[winhttp]\nproxy = "p:8080"\nbypass = "<local>"\n', "p:8080")]
)
def test_as_a_machine_answers(said, expected):
    machine = Trial.of(f'name = "hv01"\nrelease = "2019"\n{said}')
    rows = machine.ask(
        ("Get-ItemProperty", {"LiteralPath": [KEY]}), ("Select-Object", {"Property": ["PSPath", "WinHttpSettings"]})
    )["rows"]
    (fact,) = decode(WinHttpProxy, rows)
    assert isinstance(fact, WinHttpProxy)
    assert fact.way == WinHttpWay(expected, "<local>" if expected else "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, 255], "01ff"),
        ({"value": [1, 2], "Count": 2}, "0102"),
        ([], ""),
        (None, None),
        ("01", "01"),
    ],
)
def test_shapes_of_the_bytes(value, expected):
    (fact,) = decode(WinHttpProxy, [{"PSPath": KEY, "WinHttpSettings": value}])
    assert isinstance(fact, WinHttpProxy)
    assert fact.settings == expected


@pytest.mark.parametrize("value", [[256], [-1], ["x"], [None], 7, {"a": 1}])
def test_what_is_no_bytes_is_unparsable(value):
    with pytest.raises(Unparsable, match="WinHttpSettings"):
        decode(WinHttpProxy, [{"PSPath": KEY, "WinHttpSettings": value}])
