"""What an estate file means, for people: what shall move, and all that is not as it is by default."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.collect.plan import kind_of
from scanner.estate.differing import differing
from scanner.estate.read import Declared
from scanner.words.estate import Estate, Route
from scanner.words.model import Profile, TargetKind
from scanner.words.recovery import KeyFile

UNVERIFIED = "; certificates are NOT verified"
BY_MACHINE = ("method", "transport", "port", "user", "configuration", "verify")
ROLES = {  # what is read
    TargetKind.HOST: "host", TargetKind.VMM_SERVER: "vmm server", TargetKind.FILE_SERVER: "files",
    TargetKind.MANAGEMENT: "management",
}  # fmt: skip
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


def meaning(declared: Declared) -> Iterator[str]:
    """Line by line."""
    estate, access = declared.estate, declared.access
    yield f"profiles   {', '.join(profile for profile in Profile if profile in estate.profiles)}"
    for host in estate.machines:
        sign_in = access.sign_in(host)
        user = f" as {sign_in.user}" if sign_in.user else ""
        address = f" at {access.addresses[host]}" if host in access.addresses else ""
        role = ROLES[kind_of(host, estate)]
        blind = UNVERIFIED if sign_in.unverified else ""
        yield f"{role:<11}{host}{address}  {sign_in.words}, port {sign_in.tcp_port}{user}{blind}"
    yield from _routes(estate)
    for here, there in estate.switches:
        yield f"switch     {here} on the source is {there} on the destination"
    if estate.declared_domains:
        yield f"domains    {', '.join(estate.declared_domains)}"
    if access.directory.unverified:
        yield f"directory  {UNVERIFIED.removeprefix('; ')}"
    yield f"trusted    {', '.join(estate.trusted) or 'no network is declared; what Windows says of each decides'}"
    yield from _replication(estate)
    for pair in estate.cloud_pairs:
        yield f"clouds     {_cloud(pair.source, pair.source_server)} → {_cloud(pair.target, pair.target_server)}"
    for what, rows in (("network", estate.network_mappings), ("storage", estate.storage_mappings)):
        for row in rows:
            yield f"{what:<11}{row.source} becomes {row.target}"
    for key in estate.key_files:
        yield f"key file   {key.path}" + (f", for {wanted}" if (wanted := _wanted(key)) else "")
    limits = access.limits
    in_all = f"{limits.concurrency} at once, {limits.run_deadline:g} s in all"
    yield f"limits     {limits.host_deadline:g} s a host, {limits.connect_timeout:g} s a connection, {in_all}"
    told = HAVE_LINES | {"directory.verify"} if access.directory.unverified else HAVE_LINES
    for word, value in differing(declared.file, told):
        yield f"set        {word} = {value}"


def _replication(estate: Estate) -> Iterator[str]:
    """What is planned for replication, where it is asked for."""
    if estate.profiles & {Profile.REPLICA, Profile.ASR_VMM}:
        port = f", port {estate.replica.port}" if estate.replica.port else ""
        later = "" if estate.replica.configured else "; Site Recovery has yet to set the hosts up"
        yield f"replica    {estate.replica.authentication}{port}{later}"
    if Profile.ASR_VMM in estate.profiles:
        recovery = estate.site_recovery
        seen = f" (takes the sign-in: {recovery.proxy_signs_in})" if recovery.proxy_signs_in else ""
        parts = (
            "VMM servers are registered" if recovery.registered else "VMM servers are still to be registered",
            "the closed scenario is accepted" if recovery.closed_scenario else "",
            f"proxy {recovery.proxy}{seen}" if recovery.proxy or seen else "",
            "" if recovery.hosts_need_internet else "hosts do without the internet",
            f"and {', '.join(recovery.endpoints)}" if recovery.endpoints else "",
            f"address ranges allowed: {recovery.ip_ranges}" if recovery.ip_ranges else "",
            f"called {', '.join(recovery.friendly_names)}" if recovery.friendly_names else "",
            f"key at {recovery.key_on_server}" if recovery.key_on_server else "",
        )
        yield f"recovery   {'; '.join(filter(None, parts))}"


def _cloud(name: str, server: str) -> str:
    return f"{name} on {server}" if server else name


def _wanted(key: KeyFile) -> str:
    """What the key is expected to be for."""
    words = (("vault", key.vault), ("subscription", key.subscription), ("location", key.location))
    return ", ".join(f"{word} {value}" for word, value in words if value)


def _routes(estate: Estate) -> Iterator[str]:
    for route in estate.routes:
        kinds = estate.kinds_of(route)
        alone = f", {' and '.join(one for one in Profile if one in kinds)} alone" if kinds != estate.profiles else ""
        yield f"route      {route.source} → {route.destination}{_disks(route)}{alone}"
    ends = {end for route in estate.routes for end in (route.source, route.destination)}
    if idle := [host for host in estate.hosts if host not in ends]:
        yield f"no route   {', '.join(idle)}"


def _disks(route: Route) -> str:
    if not route.machines:
        return ", disks move alone"
    return ", disks move too" if route.storage else ""
