"""Reads ``estate.toml`` into what checks see (``Estate``) and how targets are reached (``Access``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec

from scanner.estate.access import Access, DirectoryAccess, Limits, Names, SignIn
from scanner.estate.file import DirectoryTable, EstateFile, SignInTable
from scanner.estate.mistakes import EstateError, Mistake, mistakes_in
from scanner.estate.model import Estate, KeyFile, Replica, Route, SiteRecovery, Thresholds
from scanner.estate.owners import mistakes_of_owners
from scanner.estate.routes import Hosts, routes_of
from scanner.estate.signins import beside, mistakes_of, secret, sign_in, sign_ins_of
from scanner.estate.usable import STAND_IN, usable
from scanner.estate.values import duration, mistakes_in_values
from scanner.model import Profile

SIZE_LIMIT = 4 << 20
NO_UTF_8 = Mistake("", "is not UTF-8; save it as UTF-8")
CAUSES = {"route": ("route", "profile"), "profiles": ("profile", "vmm", "host", "group", "key_file")}
"""Mistakes for want of a table, by the keys (or their beginnings) whose own mistakes explain them."""


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
    rest = usable(EstateFile, document, {mistake.key for mistake in mistakes})
    try:
        file = msgspec.convert(rest, EstateFile)
    except msgspec.ValidationError as error:
        raise EstateError(path.name, mistakes or [Mistake("", f"cannot be understood: {error}")]) from None
    hosts = Hosts.of(file)
    routes, wrong = routes_of(file, hosts, set(_words(document)) if mistakes else ())
    sign_ins = sign_ins_of(rest, file, hosts)
    further = [*hosts.mistakes, *wrong, *mistakes_in_values(file, rest, path.parent), *mistakes_of(sign_ins, hosts)]
    further += mistakes_of_owners(file, path)
    mistakes += [mistake for mistake in further if not _follows(mistake, [earlier.key for earlier in mistakes])]
    if mistakes:
        raise EstateError(path.name, mistakes)
    return Declared(_estate(file, hosts, routes), _access(file, sign_ins, hosts, path.parent))


def _words(value: object, key: str = "") -> Iterator[str]:
    """Every text of the document but the ends of routes: what may name a host or a group."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _words(inner, "-")
    elif isinstance(value, dict):
        for word, inner in cast("dict[str, object]", value).items():
            if key or not word.startswith("route"):
                yield from _words(inner, word)


def _follows(mistake: Mistake, earlier: Iterable[str]) -> bool:
    """Whether a mistake is there only since something mistaken was left out."""
    if STAND_IN in mistake.text or STAND_IN in mistake.key:
        return True
    table, _, word = mistake.key.rpartition(".")
    causes = CAUSES.get(mistake.key, ())
    if word == "method":  # it needs what stands beside it, or in the general sign-in
        causes = tuple(f"{of}.{name}" for of in (table, "sign_in") for name in ("user", "password", "certificate"))
    around = tuple(mistake.key + end for end in ".[")
    return any(
        key == mistake.key or key.startswith((*around, *causes)) or mistake.key.startswith((key + ".", key + "["))
        for key in earlier
    )


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
        if b"\0" in data:  # UTF-16
            raise EstateError(path.name, [NO_UTF_8])
        return tomllib.loads(data.decode("utf-8-sig"))
    except FileNotFoundError:
        raise EstateError(
            path.name, [Mistake("", "does not exist; hv-preflight init > estate.toml writes one")]
        ) from None
    except UnicodeDecodeError:
        raise EstateError(path.name, [NO_UTF_8]) from None
    except OSError as error:
        raise EstateError(path.name, [Mistake("", f"cannot be read: {error}")]) from None
    except tomllib.TOMLDecodeError as error:
        raise EstateError(path.name, [Mistake("", f"is no TOML: {error}")]) from None


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
