"""Reads ``estate.toml`` into what checks see (``Estate``) and how targets are reached (``Access``)."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from scanner.estate.access import Access, DirectoryAccess, Limits, Names, SignIn
from scanner.estate.file import DirectoryTable, EstateFile, SignInTable
from scanner.estate.mistakes import EstateError, Mistake, mistakes_in, show, without
from scanner.estate.model import Estate, KeyFile, Replica, Route, SiteRecovery, Thresholds
from scanner.estate.routes import Hosts, routes_of
from scanner.estate.signins import beside, mistakes_of, secret, sign_in, sign_ins_of
from scanner.model import Profile

DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
SIZE_LIMIT = 4 << 20


@dataclass(frozen=True, slots=True)
class Declared:
    """An estate file, understood."""

    estate: Estate
    access: Access


def read(path: Path) -> Declared:
    """Read and check an estate file.

    Raises:
        EstateError: with every mistake at once.
    """
    document = _document(path)
    mistakes = list(mistakes_in(EstateFile, document))
    try:
        file = msgspec.convert(without(document, mistakes), EstateFile)
    except msgspec.ValidationError:  # a key that must be there is missing
        raise EstateError(path.name, mistakes) from None
    hosts = Hosts.of(file)
    routes, wrong = routes_of(file, hosts)
    sign_ins = sign_ins_of(without(document, mistakes), file, hosts)
    mistakes += [*hosts.mistakes, *wrong, *_in_values(file, document), *mistakes_of(sign_ins, hosts)]
    if mistakes:
        raise EstateError(path.name, mistakes)
    return Declared(_estate(file, hosts, routes), _access(file, sign_ins, hosts, path.parent))


def _estate(file: EstateFile, hosts: Hosts, routes: tuple[Route, ...]) -> Estate:
    return Estate(
        profiles=frozenset(Profile(name) for name in file.profiles),
        hosts=hosts.names,
        routes=routes,
        domains=tuple(domain.lower().rstrip(".") for domain in file.directory.domains),
        trusted=tuple(file.networks.trusted),
        untrusted=tuple(file.networks.untrusted),
        vmm_servers=tuple(server.name.lower() for server in file.vmm),
        key_files=tuple(KeyFile(key.path, key.vault, key.subscription, key.location) for key in file.key_file),
        site_recovery=SiteRecovery(
            endpoints=tuple(file.site_recovery.endpoints),
            proxy=file.site_recovery.proxy,
            hosts_need_internet=file.site_recovery.hosts_need_internet,
        ),
        replica=Replica(**msgspec.structs.asdict(file.replica)),
        remote_initiated=file.live_migration.remote_initiated,
        thresholds=Thresholds(**msgspec.structs.asdict(file.thresholds)),
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        if len(data) > SIZE_LIMIT:
            raise EstateError(path.name, [Mistake("", f"is larger than {SIZE_LIMIT >> 20} MiB: is it an estate file?")])
        return tomllib.loads(data.decode("utf-8-sig"))
    except FileNotFoundError:
        raise EstateError(
            path.name, [Mistake("", "does not exist; hv-preflight init > estate.toml writes one")]
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise EstateError(path.name, [Mistake("", f"cannot be read: {error}")]) from None
    except tomllib.TOMLDecodeError as error:
        raise EstateError(path.name, [Mistake("", f"is no TOML: {error}")]) from None


def duration(text: str) -> float | None:
    """Seconds of ``60s``, ``500ms``, ``5m``, ``1h``; nothing if it is no duration or zero."""
    match = DURATION.fullmatch(text.strip())
    return float(match[1]) * SECONDS[match[2]] or None if match else None


def _in_values(file: EstateFile, document: Mapping[str, Any]) -> Iterator[Mistake]:
    if document.get("profiles") == []:
        yield Mistake("profiles", 'is empty; write profiles = ["live-migration"]')
    for table, names in (("networks", ("trusted", "untrusted")),):
        for name in names:
            for place, text in enumerate(getattr(file.networks, name), 1):
                yield from _network(f"{table}.{name}[{place}]", text)
    limits = ("host_deadline", "connect_timeout", "run_deadline")
    for key, text in (
        *((f"limits.{name}", getattr(file.limits, name)) for name in limits),
        ("names.lifetime", file.names.lifetime),
    ):
        if duration(text) is None:
            yield Mistake(key, f'{show(text)} is no duration; write "60s", "500ms", "5m" or "1h"')
    yield from _in_directory(file.directory)
    for place, text in enumerate(file.names.servers, 1):
        if not _is_address(text):
            yield Mistake(f"names.servers[{place}]", f"{show(text)} is no address")
    proxy = file.site_recovery.proxy
    if proxy and not re.fullmatch(r"[\w.-]+:\d{1,5}|\[[0-9A-Fa-f:.]+\]:\d{1,5}", proxy):
        yield Mistake("site_recovery.proxy", f'{show(proxy)} is no host and port; write "proxy.corp.example:8080"')
    for place, text in enumerate(file.site_recovery.endpoints, 1):
        if not re.fullmatch(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", text):
            yield Mistake(f"site_recovery.endpoints[{place}]", f"{show(text)} is no host name (no wildcard, no URL)")


def _in_directory(table: DirectoryTable) -> Iterator[Mistake]:
    if table.method != "simple":
        return
    if not (table.user and table.password):
        yield Mistake("directory.method", '"simple" needs user and password = { env = "HV_PASSWORD" }')
    if table.transport == "sealed":
        yield Mistake("directory.transport", '"sealed" needs method = "kerberos"; write "ldaps" or "starttls"')


def _network(key: str, text: str) -> Iterator[Mistake]:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        try:
            right = ipaddress.ip_network(text, strict=False)
        except ValueError:
            yield Mistake(key, f'{show(text)} is no network; write "10.20.0.0/24" or "fd00:20::/64"')
        else:
            yield Mistake(key, f'{show(text)} has host bits set; did you mean "{right}"?')


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _directory(table: DirectoryTable, folder: Path) -> DirectoryAccess:
    words: dict[str, Any] = msgspec.structs.asdict(table)
    del words["domains"]
    words["controllers"] = {d.lower(): tuple(c.lower() for c in names) for d, names in table.controllers.items()}
    words["addresses"] = {name.lower(): address for name, address in table.addresses.items()}
    words |= {"password": secret(table.password), "ca": beside(table.ca, folder)}
    return DirectoryAccess(**words)


def _access(file: EstateFile, sign_ins: Mapping[str, tuple[str, SignInTable]], hosts: Hosts, folder: Path) -> Access:
    made: dict[int, SignIn] = {}

    def once(table: SignInTable) -> SignIn:
        return made.setdefault(id(table), sign_in(table, folder))  # a prompt asks once

    return Access(
        default=once(sign_ins[""][1]),
        sign_ins={name: once(table) for name, (_, table) in sign_ins.items() if name},
        addresses=hosts.addresses,
        folder=folder,
        directory=_directory(file.directory, folder),
        names=Names(servers=tuple(file.names.servers), lifetime=duration(file.names.lifetime) or 5.0),
        limits=Limits(
            host_deadline=duration(file.limits.host_deadline) or 60.0,
            connect_timeout=duration(file.limits.connect_timeout) or 10.0,
            run_deadline=duration(file.limits.run_deadline) or 1800.0,
            concurrency=file.limits.concurrency,
        ),
    )
