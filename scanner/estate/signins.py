"""Who signs in where and how: the general sign-in, overlaid by a group's, overlaid by a machine's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from scanner.estate.access import WINRM, SignIn
from scanner.estate.file import MACHINE_TABLES, DirectoryTable, EstateFile, SecretTable, SignInTable
from scanner.estate.mistakes import Mistake
from scanner.estate.routes import Hosts
from scanner.estate.secret import SecretSource
from scanner.words.names import host_name
from scanner.words.wording import nearest, show


def sign_ins_of(document: Mapping[str, Any], file: EstateFile, hosts: Hosts) -> dict[str, tuple[str, SignInTable]]:
    """Every machine's sign-in: the general one, overlaid by its group's, overlaid by its own; with the key to name."""
    general = cast("dict[str, Any]", document.get("sign_in", {}))
    found: dict[str, tuple[str, SignInTable]] = {}

    def overlay(name: str, key: str, table: Mapping[str, Any]) -> None:
        before = found.get(name)
        base = {**general} if before is None else msgspec.to_builtins(before[1])
        found[name] = (key, msgspec.convert({**base, **table}, SignInTable))

    for place, group in enumerate(document.get("group", ()), 1):
        for name in hosts.groups[group["name"]]:
            if "sign_in" in group:
                overlay(name, f"group[{place}].sign_in", group["sign_in"])
    for kind in MACHINE_TABLES:
        for place, host in enumerate(document.get(kind, ()), 1):
            if "sign_in" in host:
                overlay(host_name(host["name"]), f"{kind}[{place}].sign_in", host["sign_in"])
    return {"": ("sign_in", file.sign_in), **found}


def mistakes_of(
    sign_ins: Mapping[str, tuple[str, SignInTable]], hosts: Hosts, transports: Collection[str]
) -> Iterator[Mistake]:
    """What is wrong with them, each mistake once; a general sign-in that no machine uses is not looked at.

    ``transports`` are those that plugins bring.
    """
    known = (*WINRM, *transports)
    general_used = any(
        name not in sign_ins for name in (*hosts.names, *hosts.vmm, *hosts.file_servers, *hosts.started_from)
    )
    seen: set[tuple[str, str]] = set()
    for name, (key, table) in sign_ins.items():
        if name == "" and not general_used:
            continue
        for mistake in (*_in_transport(key, table, known), *_in_sign_in(key, table)):
            if (mistake.key, mistake.text) not in seen:
                seen.add((mistake.key, mistake.text))
                yield mistake


def _in_transport(key: str, table: SignInTable, known: Collection[str]) -> Iterator[Mistake]:
    name = table.transport
    if name not in known:
        advice = nearest(name, known) or ", and no plugin brings it"
        yield Mistake(f"{key}.transport", f"{show(name)} is none of {', '.join(known)}{advice}")


def _in_sign_in(key: str, table: SignInTable) -> Iterator[Mistake]:
    if table.method in ("basic", "certificate") and table.transport == "http":
        yield Mistake(f"{key}.transport", f'"http" would send a secret in clear with {table.method}; write "https"')
    if table.method in ("basic", "credssp") and not (table.user and table.password):
        yield Mistake(f"{key}.method", f'"{table.method}" needs user and password = {{ env = "HV_PASSWORD" }}')
    if table.method == "negotiate" and bool(table.user) != bool(table.password):
        yield Mistake(f"{key}.method", '"negotiate" needs user and password, or neither for the ticket cache')
    if table.method == "certificate" and not (table.certificate and table.certificate_key):
        yield Mistake(f"{key}.method", '"certificate" needs certificate and certificate_key (PEM files)')


class Sources:
    """The sources of one estate: the same one is read once, however many tables name or inherit it."""

    def __init__(self, folder: Path, file: EstateFile) -> None:
        """Files and programs are those beside the estate ``file`` in ``folder``; the file tells where each is named."""
        self._folder = folder
        self._made: dict[tuple[SecretSource, str], SecretSource] = {}
        self._keys: dict[SecretSource, str] = {}
        for key, table in _named(file):
            self._keys.setdefault(self._source(table), key)

    def of(self, table: SecretTable | None, user: str) -> SecretSource | None:
        """Where the secret is to be read; what is asked for by the name of a user is another source for another one."""
        if table is None:
            return None
        source = self._source(table, self._keys.get(self._source(table), ""))
        return self._made.setdefault((source, user if source.keyring or source.prompt else ""), source)

    def _source(self, table: SecretTable, key: str = "") -> SecretSource:
        file, command = path_in(table.file, self._folder), tuple(table.command)
        if command:
            command = (program(command[0], self._folder), *command[1:])
        return SecretSource(
            env=table.env, file=file, keyring=table.keyring, command=command, prompt=table.prompt, key=key
        )


def _named(file: EstateFile) -> Iterator[tuple[str, SecretTable]]:
    """Every source that the file names, with its key; the general ones first."""
    tables: list[tuple[str, SignInTable | DirectoryTable | None]] = [
        ("sign_in", file.sign_in),
        ("directory", file.directory),
    ]
    for kind in ("group", *MACHINE_TABLES):
        tables += [(f"{kind}[{place}].sign_in", table.sign_in) for place, table in enumerate(getattr(file, kind), 1)]
    for key, table in tables:
        for word in ("password", "key_password"):
            source = getattr(table, word, None)
            if source is not None:
                yield f"{key}.{word}", source


def path_in(path: str, folder: Path) -> str:
    """A file named in the estate file: relative to it. Empty stays empty, and so does the home of nobody known."""
    try:
        return str(folder / Path(path).expanduser()) if path else ""
    except RuntimeError:
        return path


def program(name: str, folder: Path) -> str:
    """A program named in the estate file: a bare name is looked for where programs are, a path is relative to it."""
    return path_in(name, folder.absolute()) if Path(name).name != name else name


def sign_in(table: SignInTable, folder: Path, sources: Sources) -> SignIn:
    """The sign-in a table describes."""
    words: dict[str, Any] = msgspec.structs.asdict(table)
    words |= {name: path_in(words[name], folder) for name in ("ca", "certificate", "certificate_key")}
    words["password"] = sources.of(table.password, table.user)
    words["key_password"] = sources.of(table.key_password, words["certificate_key"])
    return SignIn(**words)
