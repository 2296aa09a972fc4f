"""Reads ``estate.toml`` into what checks see (``Estate``) and how targets are reached (``Access``)."""

from __future__ import annotations

import logging
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, cast

import msgspec

from scanner.estate.access import Access, DirectoryAccess, Limits, Names, SignIn
from scanner.estate.clouds import cloud_pairs, mappings, mistakes_of_clouds
from scanner.estate.document import document as document_of
from scanner.estate.file import DirectoryTable, EstateFile, SignInTable
from scanner.estate.groups import grouped
from scanner.estate.kinds import explained_by
from scanner.estate.logons import Logons
from scanner.estate.mistakes import EstateError, Mistake, mistakes_in
from scanner.estate.naming import mistakes_of_name, name_of
from scanner.estate.offline import mistakes_of_offline, offline
from scanner.estate.operators import accounts, mistakes_of_operators
from scanner.estate.owners import changeable, mistakes_of_owners
from scanner.estate.recovery import site_recovery
from scanner.estate.remarks import remarks
from scanner.estate.routes import Hosts, routes_of
from scanner.estate.salvage import STAND_IN, usable
from scanner.estate.signins import Sources, mistakes_of, path_in, sign_in, sign_ins_of
from scanner.estate.twice import key_files, mistakes_of_twice
from scanner.estate.values import duration, mistakes_in_values
from scanner.files.reading import folder_of
from scanner.words.estate import Estate, Route, Thresholds
from scanner.words.model import Profile
from scanner.words.names import host_name
from scanner.words.recovery import Replica
from scanner.words.wording import decoding

log = logging.getLogger(__name__)
CAUSES = {"route": ("route", "profile"), "profiles": ("profile", "vmm", "host", "group", "key_file")}
"""Mistakes for want of a table, by the keys (or their beginnings) whose own mistakes explain them."""
DEEP = 16
"""tables and lists of a key, a name's dots among them; the form's own come first, and are five"""


@dataclass(frozen=True, slots=True)
class Declared:
    """An estate file, understood."""

    estate: Estate
    access: Access
    file: EstateFile = field(default_factory=EstateFile, compare=False)
    """as it stands there"""


def read(path: Path, transports: Collection[str] = ()) -> Declared:
    """Read and check an estate file, which may name these transports that plugins bring.

    Raises:
        EstateError: with every mistake at once.
    """
    others = changeable(path)
    document = document_of(path)
    mistakes = list(mistakes_in(EstateFile, document))
    rest = usable(EstateFile, document, {mistake.key for mistake in mistakes})
    try:
        file = msgspec.convert(rest, EstateFile)
    except msgspec.ValidationError as error:
        raise EstateError(
            path.name, mistakes or [Mistake("", f"cannot be understood: {decoding(str(error))}")]
        ) from None
    hosts = Hosts.of(file)
    routes, wrong = routes_of(file, hosts, set(_words(document)) if mistakes else ())
    sign_ins = sign_ins_of(rest, file, hosts)
    further = [
        *hosts.mistakes,
        *wrong,
        *mistakes_in_values(file, rest, folder_of(path)),
        *mistakes_of_name(rest),
        *mistakes_of_operators(file, hosts.names),
        *mistakes_of_clouds(file, hosts.vmm),
        *mistakes_of_offline(file, hosts),
        *mistakes_of(sign_ins, hosts, transports),
        *mistakes_of_twice(file, rest, folder_of(path)),
        *mistakes_of_owners(file, path, others),
    ]
    keys = {mistake.key for mistake in mistakes} | {mistake.meant for mistake in mistakes if mistake.meant}
    earlier = {beginning for key in keys for beginning in _beginnings(key)}
    mistakes += [mistake for mistake in further if not _follows(mistake, keys, earlier)]
    if mistakes:
        raise EstateError(path.name, mistakes)
    estate = grouped(_estate(file, hosts, routes, path), file, hosts)
    for remark in remarks(file, rest, sign_ins, estate.declared_domains):
        log.warning("%s: %s", remark.key, remark.text)
    return Declared(estate, _access(file, sign_ins, hosts, folder_of(path), Logons(estate.declared_domains)), file)


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


def _beginnings(key: str) -> Iterator[str]:
    """The key, and those of the tables and lists it stands in."""
    yield key
    yield from islice((key[:place] for place, sign in enumerate(key) if sign in ".["), DEEP)


def _follows(mistake: Mistake, keys: Collection[str], beginnings: Container[str]) -> bool:
    """Whether a mistake is there only since something mistaken was left out.

    Args:
        mistake: it.
        keys: of the earlier mistakes.
        beginnings: all of these keys: each mistake held against each would take hours in a large file.
    """
    if STAND_IN in mistake.text or STAND_IN in mistake.key:
        return True
    table, _, word = mistake.key.rpartition(".")
    if word == "method":  # it needs what stands beside it, or in the general sign-in
        there = (f"{of}.{name}" for of in (table, "sign_in") for name in ("user", "password", "certificate"))
        if any(name in beginnings for name in there):
            return True
    if mistake.key in beginnings or any(beginning in keys for beginning in _beginnings(mistake.key)):
        return True
    causes = CAUSES.get(mistake.key) or explained_by(mistake.key)
    return bool(causes) and any(key.startswith(causes) for key in keys)


def _estate(file: EstateFile, hosts: Hosts, routes: tuple[Route, ...], path: Path) -> Estate:
    return Estate(
        name=name_of(file, path),
        profiles=frozenset(Profile(name) for name in file.profiles),
        hosts=hosts.names,
        routes=routes,
        domains=tuple(dict.fromkeys(map(host_name, file.directory.domains))),
        trusted=tuple(file.networks.trusted),
        untrusted=tuple(file.networks.untrusted),
        ipsec=tuple(file.networks.ipsec),
        vmm_servers=hosts.vmm,
        key_files=key_files(file, folder_of(path)),
        file_servers=hosts.file_servers,
        offline=offline(file.offline),
        site_recovery=site_recovery(file.site_recovery),
        replica=Replica(**msgspec.structs.asdict(file.replica)),
        remote_initiated=file.live_migration.remote_initiated,
        started_from=host_name(file.live_migration.started_from),
        operators=accounts(file),
        vms_only=tuple(file.vms.only),
        vms_except=tuple(file.vms.except_),
        switches=tuple(dict.fromkeys((row.from_, row.to) for row in file.switch)),
        cloud_pairs=cloud_pairs(file, hosts.vmm),
        network_mappings=mappings(file.network_mapping),
        storage_mappings=mappings(file.storage_mapping),
        thresholds=Thresholds(**msgspec.structs.asdict(file.thresholds)),
    )


def _directory(table: DirectoryTable, folder: Path, sources: Sources, logons: Logons) -> DirectoryAccess:
    words: dict[str, Any] = msgspec.structs.asdict(table)
    del words["domains"]
    words["controllers"] = {host_name(domain): tuple(map(host_name, c)) for domain, c in table.controllers.items()}
    words["addresses"] = {host_name(name): address for name, address in table.addresses.items()}
    words |= {"password": sources.of(table.password, table.user), "ca": path_in(table.ca, folder)}
    return DirectoryAccess(**words, logons=logons)


def _access(
    file: EstateFile, sign_ins: Mapping[str, tuple[str, SignInTable]], hosts: Hosts, folder: Path, logons: Logons
) -> Access:
    made: dict[int, SignIn] = {}
    sources = Sources(folder, file)

    def once(table: SignInTable) -> SignIn:
        return made.setdefault(id(table), sign_in(table, folder, sources))

    return Access(
        default=once(sign_ins[""][1]),
        sign_ins={name: once(table) for name, (_, table) in sign_ins.items() if name},
        addresses=hosts.addresses,
        folder=folder,
        directory=_directory(file.directory, folder, sources, logons),
        names=Names(servers=tuple(file.names.servers), lifetime=duration(file.names.lifetime) or 5.0),
        limits=Limits(
            host_deadline=duration(file.limits.host_deadline) or 60.0,
            connect_timeout=duration(file.limits.connect_timeout) or 10.0,
            run_deadline=duration(file.limits.run_deadline) or 1800.0,
            concurrency=file.limits.concurrency,
        ),
    )
