"""What an estate file means, for people: what shall move, and all that is not as it is by default."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.collect.plan import kind_of
from scanner.commands.columns import padded, widest
from scanner.commands.speech import in_words
from scanner.estate.access import Access, Limits
from scanner.estate.differing import differing
from scanner.estate.read import Declared
from scanner.words.estate import Estate, Route
from scanner.words.model import Profile, TargetKind
from scanner.words.recovery import KeyFile, SiteRecovery
from scanner.words.telling import joined, tell

UNVERIFIED = tell("certificates are NOT verified")
BY_MACHINE = ("method", "transport", "port", "user", "configuration", "verify")
PROFILES, ROUTE, NO_ROUTE = (
    tell("profiles", within="line"),
    tell("route", within="line"),
    tell("no route", within="line"),
)
SWITCH, DOMAINS = tell("switch", within="line"), tell("domains", within="line")
DIRECTORY, TRUSTED = tell("directory", within="line"), tell("trusted", within="line")
CLOUDS, NETWORK, STORAGE = tell("clouds", within="line"), tell("network", within="line"), tell("storage", within="line")
KEY, LIMITS, SET = tell("key file", within="line"), tell("limits", within="line"), tell("set", within="line")
REPLICA, RECOVERY = tell("replica", within="line"), tell("recovery", within="line")
WAIVERS, ALL = tell("waivers", within="line"), tell("in all", within="line")
ROLES = {  # what is read
    TargetKind.HOST: tell("host", within="line"),
    TargetKind.VMM_SERVER: tell("vmm server", within="line"),
    TargetKind.FILE_SERVER: tell("files", within="line"),
    TargetKind.MANAGEMENT: tell("management", within="line"),
}
LABELS = (
    *(PROFILES, ROUTE, NO_ROUTE, SWITCH, DOMAINS, DIRECTORY, TRUSTED, CLOUDS, NETWORK, STORAGE, KEY, LIMITS, SET),
    *(REPLICA, RECOVERY, WAIVERS, ALL, *ROLES.values()),
)
"""What a line is about, in a column before it."""
HAVE_LINES = frozenset(
    (
        *(
            "profiles",
            "waivers",
            "route",
            "switch",
            "key_file",
            "network_mapping",
            "storage_mapping",
            "replica",
            "live_migration.started_from",
            "site_recovery",
        ),
        *("cloud_pair.from", "cloud_pair.to", "cloud_pair.from_server", "cloud_pair.to_server"),
        *("limits", "networks.trusted"),
        *("directory.domains", "group.name", "group.hosts", "host.name", "host.address", "vmm.name", "vmm.address"),
        *("file_server.name", "file_server.address"),
        *(f"{of}sign_in.{word}" for of in ("", "group.", "host.", "vmm.", "file_server.") for word in BY_MACHINE),
    )
)
"""Keys that have lines of their own: what they mean together is said there."""


def line(label: str, text: str) -> str:
    """A line as it is said, behind what it is about."""
    return padded(label, widest(LABELS) + 1) + in_words(text)


def meaning(declared: Declared) -> Iterator[str]:
    """Line by line."""
    yield from (line(label, text) for label, text in _told(declared))


Line = tuple[str, str]


def _told(declared: Declared) -> Iterator[Line]:
    estate, access = declared.estate, declared.access
    yield PROFILES, joined(", ", _kinds(estate.profiles))
    for host in estate.machines:
        yield ROLES[kind_of(host, estate)], _machine(host, access)
    yield from _routes(estate)
    for here, there in estate.switches:
        yield SWITCH, tell("{here} on the source is {there} on the destination", here=here, there=there)
    if estate.declared_domains:
        yield DOMAINS, joined(", ", estate.declared_domains)
    if access.directory.unverified:
        yield DIRECTORY, UNVERIFIED
    none = tell("no network is declared; what Windows says of each decides")
    yield TRUSTED, joined(", ", estate.trusted) or none
    yield from _replication(estate)
    for pair in estate.cloud_pairs:
        ends = _cloud(pair.source, pair.source_server), _cloud(pair.target, pair.target_server)
        yield CLOUDS, tell("{cloud} → {cloud2}", cloud=ends[0], cloud2=ends[1])
    for what, rows in ((NETWORK, estate.network_mappings), (STORAGE, estate.storage_mappings)):
        for row in rows:
            yield what, tell("{source} becomes {target}", source=row.source, target=row.target)
    for key in estate.key_files:
        wanted = _wanted(key)
        yield KEY, tell("{path}, for {wanted}", path=key.path, wanted=wanted) if wanted else str(key.path)
    yield LIMITS, _limits(access.limits)
    told = HAVE_LINES | {"directory.verify"} if access.directory.unverified else HAVE_LINES
    for word, value in differing(declared.file, told):
        yield SET, f"{word} = {value}"


def _kinds(profiles: frozenset[Profile]) -> list[str]:
    """The kinds of move, as the file names them."""
    return [profile.value for profile in Profile if profile in profiles]


def _machine(host: str, access: Access) -> str:
    sign_in = access.sign_in(host)
    told = host
    if host in access.addresses:
        told = tell("{host} at {address}", host=host, address=access.addresses[host])
    how = tell("{sign_in}, port {tcp_port}", sign_in=sign_in.words, tcp_port=sign_in.tcp_port)
    if sign_in.user:
        how = tell("{how} as {user}", how=how, user=sign_in.user)
    return joined("  ", [told, joined("; ", [how, UNVERIFIED] if sign_in.unverified else [how])])


def _limits(limits: Limits) -> str:
    return tell(
        "{host_deadline:g} s a host, {connect_timeout:g} s a connection, {concurrency} at once, "
        "{run_deadline:g} s in all",
        host_deadline=limits.host_deadline,
        connect_timeout=limits.connect_timeout,
        concurrency=limits.concurrency,
        run_deadline=limits.run_deadline,
    )


def _replication(estate: Estate) -> Iterator[Line]:
    """What is planned for replication, where it is asked for."""
    if estate.profiles & {Profile.REPLICA, Profile.ASR_VMM}:
        port = [tell("port {port}", port=estate.replica.port)] if estate.replica.port else []
        how = joined(", ", [estate.replica.authentication, *port])
        later = [] if estate.replica.configured else [tell("Site Recovery has yet to set the hosts up")]
        yield REPLICA, joined("; ", [how, *later])
    if Profile.ASR_VMM in estate.profiles:
        yield RECOVERY, joined("; ", filter(None, _recovery(estate.site_recovery)))


def _recovery(recovery: SiteRecovery) -> Iterator[str]:
    yield (
        tell("VMM servers are registered") if recovery.registered else tell("VMM servers are still to be registered")
    )
    yield tell("the closed scenario is accepted") if recovery.closed_scenario else ""
    if recovery.proxy and recovery.proxy_signs_in:
        yield tell(
            "proxy {proxy} (takes the sign-in: {proxy_signs_in})",
            proxy=recovery.proxy,
            proxy_signs_in=recovery.proxy_signs_in,
        )
    elif recovery.proxy or recovery.proxy_signs_in:
        yield (
            tell("proxy {proxy}", proxy=recovery.proxy)
            if recovery.proxy
            else tell("proxy (takes the sign-in: {proxy_signs_in})", proxy_signs_in=recovery.proxy_signs_in)
        )
    yield "" if recovery.hosts_need_internet else tell("hosts do without the internet")
    yield tell("and {endpoints}", endpoints=joined(", ", recovery.endpoints)) if recovery.endpoints else ""
    yield tell("address ranges allowed: {ip_ranges}", ip_ranges=recovery.ip_ranges) if recovery.ip_ranges else ""
    names = joined(", ", recovery.friendly_names)
    yield tell("called {friendly_names}", friendly_names=names) if names else ""
    yield tell("key at {key_on_server}", key_on_server=recovery.key_on_server) if recovery.key_on_server else ""


def _cloud(name: str, server: str) -> str:
    return tell("{name} on {server}", name=name, server=server) if server else name


def _wanted(key: KeyFile) -> str:
    """What the key is expected to be for."""
    words = (("vault", key.vault), ("subscription", key.subscription), ("location", key.location))
    return joined(", ", (f"{word} {value}" for word, value in words if value))


def _routes(estate: Estate) -> Iterator[Line]:
    for route in estate.routes:
        kinds = estate.kinds_of(route)
        told = [tell("{source} → {destination}", source=route.source, destination=route.destination), *_disks(route)]
        if kinds != estate.profiles:
            told.append(tell("{kinds} alone", kinds=_both(_kinds(kinds))))
        yield ROUTE, joined(", ", told)
    ends = {end for route in estate.routes for end in (route.source, route.destination)}
    if idle := [host for host in estate.hosts if host not in ends]:
        yield NO_ROUTE, joined(", ", idle)


def _both(kinds: list[str]) -> str:
    return tell("{first} and {second}", first=kinds[0], second=kinds[1]) if len(kinds) == 2 else joined(", ", kinds)


def _disks(route: Route) -> tuple[str, ...]:
    if not route.machines:
        return (tell("disks move alone"),)
    return (tell("disks move too"),) if route.storage else ()
