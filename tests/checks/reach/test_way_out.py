from __future__ import annotations

import pytest

from checks.reach.way_out import Way, way_of
from scanner.api import GapReason, Profile, SiteRecovery, View
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy
from tests.checks.common.builders import GONE
from tests.conftest import HV01, estate, evidence
from tests.test_winhttp import settings

DIRECT = [WinHttpProxy(None)]
SET = [WinHttpProxy(settings("w:8080", "<local>;*.corp.example"))]
OWN = [AsrProxySettings("http://own", "3128", "*.local; *.Corp.Example")]


def way(own=(), winhttp=(), said: str = "") -> Way:
    known = {
        key: rows if isinstance(rows, GapReason) else list(rows)
        for key, rows in (((AsrProxySettings, HV01), own), ((WinHttpProxy, HV01), winhttp))
    }
    where = estate(profiles=frozenset({Profile.ASR_VMM}), site_recovery=SiteRecovery(proxy=said))
    return way_of(View(evidence(known, where), (AsrProxySettings, WinHttpProxy)), HV01)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(way(), Way(), id="nothing was ever set"),
        pytest.param(way(winhttp=DIRECT), Way(), id="direct"),
        pytest.param(way([AsrProxySettings(None, None, None)], DIRECT), Way(), id="a key without a proxy"),
        pytest.param(way(OWN, GONE), Way("own:3128", ("*.local", "*.corp.example")), id="the provider's own"),
        pytest.param(way(OWN, SET), Way("own:3128", ("*.local", "*.corp.example")), id="its own before WinHTTP's"),
        pytest.param(way(GONE, GONE, "direct"), Way(), id="declared direct"),
        pytest.param(way((), SET, "direct"), Way(), id="declared direct, and WinHTTP is not used"),
        pytest.param(way((), SET, "p:8080"), Way("p:8080"), id="declared proxy, and WinHTTP's is not used"),
        pytest.param(way(GONE, SET, "p:8080"), Way("p:8080"), id="declared proxy, own unread"),
        pytest.param(way(OWN, SET, "Own:3128"), Way("Own:3128"), id="declared as it is set"),
        pytest.param(way((), SET, "winhttp"), Way("w:8080", ("<local>", "*.corp.example")), id="declared WinHTTP"),
        pytest.param(way(GONE, (), "winhttp"), Way(), id="declared WinHTTP, never set"),
        pytest.param(way(GONE, DIRECT, "winhttp"), Way(), id="declared WinHTTP, which is direct"),
    ],
)
def test_the_way(found, expected):
    assert found == expected


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param(way(GONE, DIRECT), "AsrProxySettings", id="own unread"),
        pytest.param(way((), GONE), "WinHttpProxy", id="WinHTTP unread"),
        pytest.param(way((), SET), "goes through w:8080, and whether the provider does is not told", id="undeclared"),
        pytest.param(way((), SET), 'proxy = "winhttp", "direct", or host and port', id="what to declare"),
        pytest.param(way((), [WinHttpProxy(settings(flags=5))]), "a script", id="script, undeclared"),
        pytest.param(way((), [WinHttpProxy(settings(flags=5))], "winhttp"), "a script", id="script, declared"),
        pytest.param(way((), [WinHttpProxy(settings("w"))], "winhttp"), "not written as host:port", id="no port"),
        pytest.param(way((), [WinHttpProxy(settings("w"))]), "not written as host:port", id="no port, undeclared"),
        pytest.param(way((), GONE, "winhttp"), "WinHttpProxy", id="declared WinHTTP, unread"),
        pytest.param(way(OWN, SET, "direct"), "says direct, and the provider", id="declared direct, own set"),
        pytest.param(way(OWN, SET, "p:8080"), "is set to own:3128", id="another declared"),
        pytest.param(way(OWN, SET, "winhttp"), "says winhttp, and the provider", id="WinHTTP declared, own set"),
        pytest.param(way([AsrProxySettings("x", "y", None)], SET, "p:1"), "is set to x", id="own odd, declared"),
        pytest.param(way([AsrProxySettings("own", "x", None)], DIRECT), "with this port is no proxy", id="odd port"),
    ],
)
def test_a_way_that_is_not_known(found, words):
    assert words in found.unread
    assert not found.proxy


@pytest.mark.parametrize(
    ("name", "expected"),
    [("pod01", ""), ("hv.corp.example", ""), ("corp.example", "w:8080"), ("pod01.windowsazure.com", "w:8080")],
)
def test_names_past_the_proxy(name, expected):
    assert way((), SET, "winhttp").through(name) == expected


@pytest.mark.parametrize("rows", [[WinHttpProxy("00")], [WinHttpProxy(settings(flags=5))]])
def test_settings_of_winhttp_that_cannot_be_read_lead_nowhere(rows):
    for said in ("", "winhttp"):
        found = way((), rows, said)
        assert found.unread
        assert found != Way()
    assert "through" not in way((), rows).unread
