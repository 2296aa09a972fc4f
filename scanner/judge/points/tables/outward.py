"""Ways to the internet, and keys."""

from __future__ import annotations

from scanner.judge.points.seen.outward import provider_proxy, winhttp
from scanner.words.model import SERVERS
from scanner.words.point import Point

POINTS = (
    Point(
        id="WIN-31",
        assumption=(
            "The issuer of an endpoint's certificate is who its name says: the organisation is compared with a list, "
            "a copied name cannot be told, and whether the machine trusts the chain is not judged"
        ),
        wrong="TLS is inspected on the way, or not trusted, and nobody is told: RCH-07 and RCH-08 **may PASS wrongly**",
        notice="the provider's log names the certificate",
        settles="one registration through that way",
        green=True,
        about=("RCH-07", "RCH-08"),
    ),
    Point(
        id="WIN-32",
        assumption=(
            "A provider without a proxy of its own uses the settings of WinHTTP or none, and those of no account "
            "(Internet Options) or policy"
        ),
        wrong=(
            "with WinHTTP direct, endpoints are tried directly: RCH-07 and RCH-08 **may PASS wrongly** where another "
            "proxy must be used"
        ),
        notice=(
            "`AsrProxySettings` and `WinHttpProxy` name none, and the provider's log names one; set "
            "`site_recovery.proxy`"
        ),
        settles='a provider registered with "existing proxy settings"',
        green=True,
        about=("RCH-07", "RCH-08", "AsrProxySettings", "WinHttpProxy"),
    ),
    Point(
        id="WIN-33",
        assumption=(
            "`WinHttpSettings` holds version, counter and flags, then proxy and exceptions after their lengths; "
            "without a value WinHTTP goes directly"
        ),
        wrong="the way is UNKNOWN, or a proxy that was set is not seen: RCH-07 and RCH-08 FAIL wrongly",
        notice="`netsh winhttp show proxy` beside `WinHttpProxy` in the record",
        settles="one record of a host with a proxy, one of a host with a script",
        about=("RCH-07", "RCH-08", "WinHttpProxy"),
        settle=winhttp,
        by=SERVERS,
    ),
    Point(
        id="WIN-34",
        assumption="The Site Recovery provider keeps its proxy under the value names we read",
        wrong="the proxy is not seen, and endpoints are tried directly: RCH-07 and RCH-08 FAIL wrongly",
        notice="`AsrProxySettings` is empty on a host with a proxy; set `site_recovery.proxy`",
        settles="a host with the provider behind a proxy",
        about=("RCH-07", "RCH-08", "AsrProxySettings"),
        settle=provider_proxy,
        by=SERVERS,
    ),
    Point(
        id="WIN-35",
        assumption=(
            "A key made for a Hyper-V site, one of the former kind, and one outside its XML namespace may be taken by"
            " a VMM server or not"
        ),
        wrong="KEY-02 is UNKNOWN, and stays it",
        notice="its text says which of them it is",
        settles="one registration with such a key",
        about=("KEY-02",),
    ),
)
