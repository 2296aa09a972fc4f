"""Addresses, adapters, network categories, routes, connection security rules, probes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from scanner.facts.base import AskedFact, WindowsFact, prop, windows_fact
from scanner.facts.clear import RULE
from scanner.facts.neighbour import Address, address_of, is_isatap, link_layer
from scanner.words.model import key_of
from scanner.words.query import NETWORK, Command, Query, cim, registry
from scanner.words.readonly import HOLE, PROBE, READ_ONLY, SELECT, Value

CONSEC_KEYS = (
    r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\ConSecRules",
    r"SOFTWARE\Policies\Microsoft\WindowsFirewall\ConSecRules",
)
SMB = r"CIM:root\Microsoft\Windows\SMB:MSFT_"
ACTIVE_STORE, DUPLICATE, DEPRECATED, PREFERRED = 1, 2, 3, 4
UP, DISCONNECTED = 1, 2
PROBES_A_QUERY = 200
"""Test-Endpoint takes 256 targets at most."""
PROBES_A_SUBJECT = 32
"""Attempts that one check makes for one subject, and for all subjects of one route or host together, however many
machines or servers a hostile host says it has: all that its answers can let another machine do."""


@windows_fact(cim("MSFT_NetIPAddress", namespace=NETWORK), least=1)
class IPAddress(WindowsFact):
    """An address of the machine; both stores are listed, so ask ``usable``."""

    of_every_host: ClassVar[bool] = True
    text: str = prop("IPAddress", "IPv6 may carry %scope")
    prefix_length: int = prop("PrefixLength")
    interface: int = prop("InterfaceIndex")
    family: int = prop("AddressFamily", "2 IPv4, 23 IPv6")
    state: int = prop("AddressState", "0 invalid, 1 tentative, 2 duplicate, 3 deprecated, 4 preferred")
    store: int | None = prop("Store", "0 persistent, 1 active")

    @property
    def address(self) -> Address | None:
        """The address without its scope; nothing if the answer is no address."""
        return address_of(self.text)

    @property
    def held(self) -> bool:
        """The machine answers there: active, not in doubt, neither link-local nor loopback nor of its own tunnel."""
        address = self.address
        if address is None or self.state not in (DEPRECATED, PREFERRED) or self.store not in (None, ACTIVE_STORE):
            return False
        return not (address.is_link_local or address.is_loopback or address.is_unspecified or is_isatap(address))

    @property
    def usable(self) -> bool:
        """In use and reachable from elsewhere; a deprecated one is held, but no longer offered."""
        return self.held and self.state == PREFERRED


@windows_fact(cim("MSFT_NetAdapter", namespace=NETWORK), least=1, key=("interface",))
class NetworkAdapter(WindowsFact):
    """A network adapter, physical or virtual."""

    of_every_host: ClassVar[bool] = True
    interface: int = prop("InterfaceIndex")
    name: str | None = prop("Name", "localised; for people only")
    operational_status: int | None = prop("InterfaceOperationalStatus", "1 up, 2 down, 7 lower layer down")
    media_state: int | None = prop("MediaConnectState", "1 connected, 2 disconnected")
    speed: int | None = prop("Speed", unit="bit/s")
    permanent: str | None = prop("PermanentAddress", "its own link-layer address", default=None)
    current: tuple[str, ...] = prop("NetworkAddresses", "the link-layer addresses it uses", default=())

    @property
    def link_layer(self) -> frozenset[str]:
        """Its link-layer addresses, written in one way."""
        return frozenset(filter(None, map(link_layer, (self.permanent or "", *self.current))))

    @property
    def up(self) -> bool | None:
        """Whether it carries traffic; nothing if Windows does not say, or says it is up with no cable connected."""
        if self.operational_status == UP and self.media_state == DISCONNECTED:
            return None
        return None if self.operational_status is None else self.operational_status == UP


@windows_fact(
    cim("MSFT_NetConnectionProfile", namespace=NETWORK),
    no_row="no interface is connected to a network that Windows has identified",
)
class ConnectionProfile(WindowsFact):
    """What Windows thinks of the network behind an interface."""

    interface: int = prop("InterfaceIndex")
    category: int = prop("NetworkCategory", "0 public, 1 private, 2 domain authenticated")
    ipv4_connectivity: int | None = prop("IPv4Connectivity", "0 disconnected ... 4 internet")
    ipv6_connectivity: int | None = prop("IPv6Connectivity", "0 disconnected ... 4 internet")


@windows_fact(
    cim("MSFT_NetRoute", namespace=NETWORK, where="DestinationPrefix='0.0.0.0/0' OR DestinationPrefix='::/0'"),
    no_row="the machine has no default route",
)
class DefaultRoute(WindowsFact):
    """A default route; no row when the machine has none."""

    prefix: str = prop("DestinationPrefix")
    next_hop: str | None = prop("NextHop")
    interface: int = prop("InterfaceIndex")
    metric: int | None = prop("RouteMetric")
    store: int | None = prop("Store", "0 persistent, 1 active")


@windows_fact(
    registry(*CONSEC_KEYS),
    depth=1,
    absent=("key",),
    yields="REG",
    select=Command(
        SELECT, {"Property": ("*",), "ExcludeProperty": ("PSParentPath", "PSChildName", "PSDrive", "PSProvider")}
    ),
    no_row="there is no such rule",
)
class ConnectionSecurityRule(WindowsFact):
    """A connection security (IPsec) rule, local or by policy; no row when there is none."""

    name: str = prop("name", "the rule's registry value")
    rule: str = prop("rule", "v2.x|Action=…|Active=TRUE|… (grammar: MS-GPFAS)", clear=RULE)

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Every value of the key is a rule; PSPath is the provider's own."""
        for name, rule in raw.items():
            if name != "PSPath" and isinstance(rule, str):
                yield {"name": name, "rule": rule}

    def says(self, key: str, *values: str) -> bool:
        """Whether the rule holds ``key=value`` with one of the values, in any case."""
        wanted = {f"{key}={value}".lower() for value in values}
        return any(part.lower() in wanted for part in self.rule.split("|"))


@windows_fact(
    Command(PROBE, {"Target": (HOLE,), "TimeoutMilliseconds": 3000}), yields="HvPreflight.EndpointAnswer", least=1
)
class EndpointProbe(AskedFact):
    """One attempt to connect, made on the machine that will connect; no byte of a payload is sent unless asked for."""

    target: str = prop("Target", "[source>]host:port[/tls][/date]", clear="tls|date")
    outcome: str = prop(
        "Outcome",
        "Connected, Refused, TimedOut, Unreachable, Unresolved, ProxyRefused, Failed",
        clear="Connected|Refused|TimedOut|Unreachable|Unresolved|ProxyRefused|Failed",
    )
    addresses: tuple[str, ...] = prop("Addresses", "what the name resolved to on that machine")
    remote: str | None = prop("RemoteAddress")
    local: str | None = prop("LocalAddress")
    milliseconds: int | None = prop("Milliseconds")
    proxy_status: int | None = prop("ProxyStatus", "HTTP status of the proxy's answer to CONNECT")
    tls_outcome: str | None = prop(
        "TlsOutcome", "Ok, Failed, Skipped; null when not asked for", clear="Ok|Failed|Skipped"
    )
    certificate_subject: str | None = prop("CertificateSubject", "as its own; nobody looked whether it is trusted")
    certificate_issuer: str | None = prop("CertificateIssuer")
    server_date: datetime | None = prop("ServerDate", unit="UTC")

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query a proxy and 200 targets; an argument is ``target`` or ``target via proxy:port``.

        Another one is left out, and so not probed: it would cost all others their answer.
        """
        rules = READ_ONLY[PROBE]
        groups: dict[str, list[str]] = {}
        for argument in dict.fromkeys(arguments):
            target, _, proxy = argument.partition(" via ")
            if not rules["Target"](target) and not rules["Proxy"](proxy):
                groups.setdefault(proxy, []).append(target)
        made: list[Query] = []
        for proxy, targets in groups.items():
            for start in range(0, len(targets), PROBES_A_QUERY):
                some = tuple(targets[start : start + PROBES_A_QUERY])
                parameters: dict[str, Value] = {"Target": some, "TimeoutMilliseconds": 3000}
                if proxy:
                    parameters["Proxy"] = proxy
                made.append(Query(key_of(cls), (Command(PROBE, parameters),)))
        return tuple(made)
