from __future__ import annotations

from dataclasses import replace

import pytest

from checks.reach.internet import FACTS, endpoints
from checks.reach.rch_07_endpoints_vmm import endpoints_from_vmm
from scanner.api import GapReason, KeyFile, Profile, SiteRecovery, Status, View
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, HOSTILE, probe
from tests.conftest import Judge, estate, evidence
from tests.test_winhttp import settings

KEYS = (KeyFile("keys/vault.VaultCredentials"),)
VMM, KEY = "vmm01.corp.example", KEYS[0].path
POD, LOGIN = "pod01-id1.we.backup.windowsazure.com", "login.windows.net"


def plan(*, keys=KEYS, **words):
    return estate(
        profiles=frozenset({Profile.ASR_VMM}), vmm_servers=(VMM,), key_files=keys, site_recovery=SiteRecovery(**words)
    )


def key(*endpoints: str, problem: str = "", location: str = "westeurope") -> RegistrationKey:
    return RegistrationKey(
        "v",
        3000,
        problem,
        "RSVaultAsrCreds",
        True,
        "vault",
        "s",
        location,
        "rg",
        endpoints,
        "",
        "",
        None,
        None,
        "",
        None,
    )


KEYED = key(LOGIN, POD)
NO_PROXY: list[AsrProxySettings] = []
DIRECT = [WinHttpProxy(None)]
WINHTTP = [WinHttpProxy(settings("w:8080"))]
PROXY = [AsrProxySettings("http://proxy.corp.example", "8080", None)]


def facts(probes=(), keys=(KEYED,), proxy=NO_PROXY, winhttp=DIRECT):
    return {
        (RegistrationKey, KEY): keys if isinstance(keys, GapReason) else list(keys),
        (AsrProxySettings, VMM): proxy,
        (WinHttpProxy, VMM): winhttp,
        (EndpointProbe, VMM): probes if isinstance(probes, GapReason) else list(probes),
    }


def tls(name: str, outcome: str = "Connected", **words):
    return probe(f"{name}:443/tls", outcome, **({"tls_outcome": "Ok"} | words))


DIGICERT = "CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US"
MICROSOFT = "CN=Microsoft Azure RSA TLS Issuing CA 04, O=Microsoft Corporation, C=US"
GOOD = [tls(LOGIN, certificate_issuer=DIGICERT), tls(POD, certificate_issuer=MICROSOFT)]
PROXIED = [replace(answer, proxy_status=200) for answer in GOOD]
NOTHING = plan(keys=())
ITSELF = {"remote": "10.0.0.1", "local": "10.0.0.1"}


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(GOOD), plan(), Status.PASS, id="all"),
        pytest.param(facts([GOOD[0], tls(POD, "TimedOut")]), plan(), Status.FAIL, id="one filtered"),
        pytest.param(facts([GOOD[0], tls(POD, "Unresolved")]), plan(), Status.FAIL, id="one not resolved"),
        pytest.param(facts(GOOD[:1]), plan(), Status.UNKNOWN, id="one not probed"),
        pytest.param(facts(GONE), plan(), Status.UNKNOWN, id="no probes"),
        pytest.param(facts([GOOD[0], tls(POD, "Exploded")]), plan(), Status.UNKNOWN, id="outcome unheard of"),
        pytest.param(facts([GOOD[0], tls(POD, tls_outcome="Failed")]), plan(), Status.FAIL, id="TLS fails"),
        pytest.param(facts([GOOD[0], tls(POD, tls_outcome="Skipped")]), plan(), Status.UNKNOWN, id="TLS skipped"),
        pytest.param(facts([GOOD[0], tls(POD, tls_outcome=None)]), plan(), Status.UNKNOWN, id="TLS not tried"),
        pytest.param(
            facts([GOOD[0], tls(POD, "ProxyRefused", proxy_status=407)]), plan(proxy="p:8080"), Status.UNKNOWN, id="407"
        ),
        pytest.param(
            facts([GOOD[0], tls(POD, "ProxyRefused", proxy_status=403)]), plan(proxy="p:8080"), Status.FAIL, id="403"
        ),
        pytest.param(
            facts([GOOD[0], tls(POD, "ProxyRefused")]), plan(proxy="p:8080"), Status.FAIL, id="no proxy at all"
        ),
        pytest.param(facts([GOOD[0], tls(POD, "Refused")], proxy=PROXY), plan(), Status.FAIL, id="proxy refused"),
        pytest.param(facts(GOOD, proxy=GONE), plan(), Status.UNKNOWN, id="proxy unread"),
        pytest.param(facts(GOOD, winhttp=GONE), plan(), Status.UNKNOWN, id="WinHTTP unread"),
        pytest.param(facts(GOOD, winhttp=WINHTTP), plan(), Status.UNKNOWN, id="WinHTTP, undeclared"),
        pytest.param(facts(PROXIED, winhttp=WINHTTP), plan(proxy="winhttp"), Status.PASS, id="WinHTTP"),
        pytest.param(facts(GOOD, winhttp=WINHTTP), plan(proxy="direct"), Status.PASS, id="WinHTTP, and not used"),
        pytest.param(facts(PROXIED, proxy=GONE), plan(proxy="p:8080"), Status.PASS, id="proxy declared"),
        pytest.param(facts(GOOD), plan(proxy="p:8080"), Status.UNKNOWN, id="no proxy answered"),
        pytest.param(facts([PROXIED[0], GOOD[1]]), plan(proxy="p:8080"), Status.UNKNOWN, id="no proxy answered once"),
        pytest.param(
            facts([replace(GOOD[0], proxy_status=204), PROXIED[1]]), plan(proxy="p:8080"), Status.UNKNOWN, id="204"
        ),
        pytest.param(
            facts([replace(PROXIED[0], tls_outcome="Failed"), PROXIED[1]]),
            plan(proxy="p:8080"),
            Status.FAIL,
            id="TLS fails behind the proxy",
        ),
        pytest.param(facts([tls(LOGIN, **ITSELF), GOOD[1]]), plan(), Status.UNKNOWN, id="itself"),
        pytest.param(
            facts([tls(LOGIN, **(ITSELF | {"tls_outcome": "Failed"})), GOOD[1]]),
            plan(),
            Status.UNKNOWN,
            id="itself, and no TLS",
        ),
        pytest.param(
            facts([tls(LOGIN, **(ITSELF | {"local": "10.0.0.2"})), GOOD[1]]), plan(), Status.PASS, id="another"
        ),
        pytest.param(
            facts([tls(LOGIN, proxy_status=200, **ITSELF), PROXIED[1]]),
            plan(proxy="127.0.0.1:8080"),
            Status.PASS,
            id="a proxy of its own",
        ),
        pytest.param(
            facts(GOOD, proxy=[AsrProxySettings("proxy", "eighty", None)]), plan(), Status.UNKNOWN, id="no port"
        ),
        pytest.param(facts(GOOD, proxy=[AsrProxySettings(None, None, None)]), plan(), Status.PASS, id="no proxy set"),
        pytest.param(facts(GOOD, keys=GONE), plan(), Status.UNKNOWN, id="key unread, no name known"),
        pytest.param(facts(GOOD, keys=GONE), plan(endpoints=(POD,)), Status.UNKNOWN, id="key unread, a name declared"),
        pytest.param(
            facts([tls(POD, "TimedOut")], keys=GONE), plan(endpoints=(POD,)), Status.FAIL, id="key unread, one fails"
        ),
        pytest.param(facts(keys=[key(problem="truncated")]), plan(), Status.UNKNOWN, id="key cut"),
        pytest.param(
            facts(GOOD, keys=[key(problem="truncated")]), plan(endpoints=(POD,)), Status.UNKNOWN, id="cut, one declared"
        ),
        pytest.param(
            facts(GOOD), plan(endpoints=("*.blob.core.windows.net",)), Status.PASS, id="a wildcard is nobody's name"
        ),
        pytest.param(
            facts(GOOD, keys=[key(LOGIN, POD, problem="odd")]), plan(), Status.PASS, id="key odd, but it names them"
        ),
        pytest.param(facts(keys=[key()]), plan(), Status.UNKNOWN, id="key names none"),
        pytest.param(facts(), NOTHING, Status.UNKNOWN, id="no name at all"),
        pytest.param(facts(proxy=GONE), NOTHING, Status.UNKNOWN, id="no name at all, proxy unread"),
        pytest.param(facts(), plan(keys=(), endpoints=("*.blob.core.windows.net",)), Status.UNKNOWN, id="wildcard"),
        pytest.param(facts([tls(POD)]), plan(keys=(), endpoints=(POD.upper(),)), Status.PASS, id="declared"),
        pytest.param(facts(keys=[key(HOSTILE)]), plan(), Status.UNKNOWN, id="hostile name"),
    ],
)
def test_endpoints_from_vmm(judge: Judge, known, where, expected):
    assert judge(endpoints_from_vmm, known, where).status is expected


def asked(known, where) -> list[tuple[str, str]]:
    return [(ask.target, ask.argument) for ask in asks_of([endpoints_from_vmm], evidence(known, where))]


def test_asks():
    assert asked(facts(), plan()) == [(VMM, f"{LOGIN}:443/tls"), (VMM, f"{POD}:443/tls")]
    through = [f"{LOGIN}:443/tls via proxy.corp.example:8080", f"{POD}:443/tls via proxy.corp.example:8080"]
    assert [argument for _, argument in asked(facts(proxy=PROXY), plan())] == through
    assert asked(facts(proxy=PROXY), plan(proxy="p:3128")) == []
    declared = asked(facts(), plan(proxy="p:3128", endpoints=("x.example",)))
    assert declared[0][1] == "x.example:443/tls via p:3128"
    assert asked(facts(proxy=GONE), plan()) == []
    assert asked(facts(winhttp=WINHTTP), plan()) == []
    assert asked(facts(winhttp=WINHTTP), plan(proxy="winhttp"))[0] == (VMM, f"{LOGIN}:443/tls via w:8080")
    assert asked(facts(winhttp=WINHTTP), plan(proxy="direct"))[0] == (VMM, f"{LOGIN}:443/tls")
    assert asked(facts(keys=[key(HOSTILE, "*.x.example")]), plan()) == []
    assert asked(facts(), NOTHING) == []


def test_a_proxy_that_is_none_is_not_asked(judge: Judge):
    for proxy in ("p", "p:x", "p:8080 -Extra", "http://p:8080"):
        assert asked(facts(), plan(proxy=proxy)) == []
        finding = judge(endpoints_from_vmm, facts(GOOD), plan(proxy=proxy))
        assert finding.status is Status.UNKNOWN
        assert "not written as host:port" in finding.note


def test_names_past_the_proxy_are_tried_directly(judge: Judge):
    past = [AsrProxySettings("proxy.corp.example", "8080", "*.local; *.BACKUP.windowsazure.com")]
    tried = [a for _, a in asked(facts(proxy=past), plan())]
    assert tried == [f"{LOGIN}:443/tls via proxy.corp.example:8080", f"{POD}:443/tls"]
    finding = judge(endpoints_from_vmm, facts([GOOD[0], tls(POD, "TimedOut")], proxy=past), plan())
    assert finding.seen.startswith(f"{POD}: no answer")
    assert finding.wanted == f"{VMM} reaches {POD} on TCP 443"


def test_a_list_of_names_past_the_proxy_is_read_as_far_as_ten_thousand_characters():
    def through(bypass: str) -> bool:
        past = [AsrProxySettings("proxy.corp.example", "8080", bypass)]
        return any("via" in argument for _, argument in asked(facts(proxy=past), plan()))

    assert not through(";" * 9_999 + "*")
    assert through(";" * 10_000 + "*")


def test_no_name_tells_what_to_allow(judge: Judge):
    public = judge(endpoints_from_vmm, facts(keys=[key()]), plan()).note
    assert "*.hypervrecoverymanager.windowsazure.com" in public
    government = judge(endpoints_from_vmm, facts(keys=[key(location="USGov Virginia")]), plan()).note
    assert "*.backup.windowsazure.us" in government
    china = judge(endpoints_from_vmm, facts(), plan(keys=(KeyFile(KEY, location="China East"),), endpoints=("*.x",)))
    assert china.status is Status.UNKNOWN
    two = plan(keys=(KeyFile(KEY), KeyFile(KEY, location="chinaeast")))
    assert "*.backup.windowsazure.cn" in judge(endpoints_from_vmm, facts(keys=[key()]), two).note
    mixed = facts([tls("a.windowsazure.us"), tls(LOGIN)], keys=[key(LOGIN, "a.windowsazure.us")])
    assert "login.microsoftonline.us" in judge(endpoints_from_vmm, mixed, plan()).note
    named = judge(
        endpoints_from_vmm, facts([tls("a.windowsazure.cn")]), plan(keys=(), endpoints=("a.windowsazure.cn",))
    )
    assert "*.backup.windowsazure.cn" in named.note


def test_texts(judge: Judge):
    finding = judge(endpoints_from_vmm, facts([GOOD[0], tls(POD, "Refused")], proxy=PROXY), plan())
    assert finding.seen.startswith(f"the proxy proxy.corp.example:8080 to {POD}: refused")
    assert finding.wanted == f"{VMM} reaches {POD} on TCP 443 through proxy.corp.example:8080"
    foreign = judge(endpoints_from_vmm, facts([GOOD[0], tls(POD, certificate_issuer="CN=Corp Proxy CA")]), plan())
    assert foreign.status is Status.PASS
    assert "issued by CN=Corp Proxy CA" in foreign.note
    assert "issued by" not in judge(endpoints_from_vmm, facts(GOOD), plan()).note
    assert "issued by" not in judge(endpoints_from_vmm, facts([tls(LOGIN), tls(POD)]), plan()).note
    assert "allow also login.microsoftonline.com" in judge(endpoints_from_vmm, facts(GOOD), plan()).note


@pytest.mark.parametrize(
    ("outcome", "status", "answer"),
    [
        ("ProxyRefused", 403, f"{POD}: the proxy p:8080 answers 403"),
        ("ProxyRefused", None, f"{POD}: the proxy p:8080 answers with no HTTP status"),
    ],
)
def test_what_the_proxy_answers_is_told(judge: Judge, outcome, status, answer):
    known = facts([GOOD[0], tls(POD, outcome, proxy_status=status)])
    assert judge(endpoints_from_vmm, known, plan(proxy="p:8080")).seen == answer


def test_what_is_not_understood_is_told(judge: Judge):
    odd = judge(endpoints_from_vmm, facts([GOOD[0], tls(POD, "x" * 41)]), plan())
    assert odd.note == f"EndpointProbe of {VMM}: {POD}:443/tls: outcome {'x' * 39}…"
    no_port = judge(endpoints_from_vmm, facts(GOOD, proxy=[AsrProxySettings("proxy", "eighty", None)]), plan())
    assert no_port.note == f"AsrProxySettings of {VMM}: proxy with this port is no proxy"


SAW = "2026-11-20 Jane Doe"


@pytest.mark.parametrize(
    ("said", "expected", "note"),
    [
        pytest.param("", Status.UNKNOWN, "nobody tried one", id="nothing"),
        pytest.param(SAW, Status.PASS, "Jane Doe saw it take the provider's sign-in on 2026-11-20", id="seen"),
        pytest.param("2026-11-21 J", Status.PASS, "on 2026-11-21", id="seen on that day"),
        pytest.param("2026-11-22 J", Status.UNKNOWN, "after this record", id="seen tomorrow"),
        pytest.param("2026-11-20", Status.UNKNOWN, "nobody tried one", id="nobody saw it"),
        pytest.param("Jane Doe", Status.UNKNOWN, "nobody tried one", id="no day"),
        pytest.param("yes it works", Status.UNKNOWN, "nobody tried one", id="neither"),
    ],
)
def test_a_proxy_that_wants_a_sign_in(judge: Judge, said, expected, note):
    wants = [tls(name, "ProxyRefused", proxy_status=407, tls_outcome=None) for name in (LOGIN, POD)]
    finding = judge(endpoints_from_vmm, facts(wants), plan(proxy="p:8080", proxy_signs_in=said))
    assert finding.status is expected
    assert note in finding.note
    blocked = [wants[0], tls(POD, "ProxyRefused", proxy_status=403)]
    assert judge(endpoints_from_vmm, facts(blocked), plan(proxy="p:8080", proxy_signs_in=said)).status is Status.FAIL


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        (MICROSOFT, True),
        (DIGICERT, True),
        ('C=US, O="DigiCert, Inc.", CN="Some ""new"" authority"', True),
        ("CN=Corp Proxy CA, O=not Microsoft Corporation", False),
        ("CN=Microsoft Corporation", False),
        ("CN=Microsoft Azure RSA TLS Issuing CA 04, OU=Microsoft Corporation, O=Corp", False),
        ('CN="O=Microsoft Corporation, C=US", O=Corp', False),
        ("O=Microsoft Corporation, O=Corp", False),
        ("O=Microsoft Corporation, digicert", False),
        ("O=microsoft corporation", False),
        ("Baltimore", False),
        ('O="Microsoft Corporation', False),
        ("O=" + " " * 100_000, False),
        ("digicert microsoft baltimore", False),
    ],
)
def test_an_authority_is_known_by_its_name_and_not_by_a_word(judge: Judge, issuer, known):
    finding = judge(endpoints_from_vmm, facts([GOOD[0], tls(POD, certificate_issuer=issuer)]), plan())
    assert finding.status is Status.PASS
    assert ("issued by" not in finding.note) == known


def test_no_endpoint_tells_how_to_name_one(judge: Judge):
    assert "[site_recovery] endpoints" in judge(endpoints_from_vmm, facts(), NOTHING).note


PUBLISHED = {
    "westeurope": (
        "login.microsoftonline.com", "*.hypervrecoverymanager.windowsazure.com", "*.backup.windowsazure.com",
        "*.blob.core.windows.net", "*.store.core.windows.net", "time.windows.com", "time.nist.gov",
    ),
    "USGov Virginia": (
        "login.microsoftonline.us", "*.hypervrecoverymanager.windowsazure.us", "*.backup.windowsazure.us",
        "*.blob.core.usgovcloudapi.net", "time.nist.gov",
    ),
    "China North": (
        "login.chinacloudapi.cn", "*.hypervrecoverymanager.windowsazure.cn", "*.backup.windowsazure.cn",
        "*.blob.core.chinacloudapi.cn", "time.windows.com",
    ),
}  # fmt: skip
SAME = {"US DoD East": "USGov Virginia", "usgovarizona": "USGov Virginia", "chinaeast2": "China North"}
NAMED = {
    "pod.backup.windowsazure.us": "USGov Virginia", "login.microsoftonline.us": "USGov Virginia",
    "x.blob.core.usgovcloudapi.net": "USGov Virginia", "pod.backup.windowsazure.cn": "China North",
    "login.chinacloudapi.cn": "China North",
}  # fmt: skip


def allowed(location: str, *names: str) -> tuple[str, ...]:
    return endpoints(View(evidence(facts(keys=[key(*names, location=location)]), plan()), FACTS)).allow


@pytest.mark.parametrize(
    ("location", "name", "cloud"),
    [
        *((one, POD, one) for one in PUBLISHED),
        *((one, POD, cloud) for one, cloud in SAME.items()),
        *(("westeurope", name, cloud) for name, cloud in NAMED.items()),
    ],
)
def test_each_cloud_has_its_published_list(location, name, cloud):
    assert allowed(location, name) == PUBLISHED[cloud]


def test_a_key_of_the_former_kind_signs_in_elsewhere():
    assert allowed("westeurope", "ns1.accesscontrol.windows.net") == (
        "*.accesscontrol.windows.net", *PUBLISHED["westeurope"][1:],
    )  # fmt: skip
