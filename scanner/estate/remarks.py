"""What is no mistake of an estate file, since somebody may want it, and is probably not meant: told as a warning."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from scanner.estate.file import DirectoryTable, EstateFile, SignInTable
from scanner.estate.mistakes import Mistake
from scanner.estate.values import duration
from scanner.words.names import host_name, nearest_host, within
from scanner.words.wording import show

ADVISED = 20
"""names are compared with others, up to so many"""
USUAL = {"https": 5986, "http": 5985}
"""The port of WinRM by transport."""
WITHIN = (("connect_timeout", "host_deadline"), ("host_deadline", "run_deadline"))
"""Each limit, and the one that ends it."""


def remarks(
    file: EstateFile,
    document: Mapping[str, Any],
    sign_ins: Mapping[str, tuple[str, SignInTable]],
    domains: Collection[str],
) -> Iterator[Mistake]:
    """Each with its key.

    Args:
        file: as read.
        document: the same, before defaults were filled in.
        sign_ins: of every machine, with the key to name.
        domains: that the estate declares.
    """
    yield from dict.fromkeys(one for key, table in sign_ins.values() for one in _in_port(key, table))
    for word, end in WITHIN:
        written, other = document.get("limits", {}).get(word), getattr(file.limits, end)
        if written and (duration(written) or 0) > (duration(other) or 0):
            yield Mistake(f"limits.{word}", f"{show(written)} is never reached: {end} is {show(other)}")
    yield from _in_directory(file.directory, domains)


def _in_port(key: str, table: SignInTable) -> Iterator[Mistake]:
    other = next((name for name, port in USUAL.items() if port == table.port and name != table.transport), "")
    if other and table.transport in USUAL:
        usual = f"{table.transport} has {USUAL[table.transport]} where nobody changed it"
        yield Mistake(
            f"{key}.port", f"{table.port} is the port of {other}, and the transport is {table.transport}: {usual}"
        )


def _in_directory(table: DirectoryTable, domains: Collection[str]) -> Iterator[Mistake]:
    """Names that nothing of the estate leads to: what is written of them is used only if a trust leads there."""
    if not domains:  # as in a file that only says how to ask
        return
    strange = [name for name in table.controllers if host_name(name) not in domains]
    for place, name in enumerate(strange):
        advice = nearest_host(name, domains) if place < ADVISED else ""
        text = f"no host and no domains of the estate name {show(name)}: asked only if a trust leads there{advice}"
        yield Mistake(f"directory.controllers.{show(name)}", text)
    named = {host_name(one) for controllers in table.controllers.values() for one in controllers}
    known = (*domains, *map(host_name, table.controllers))
    for name in table.addresses:
        if host_name(name) not in named and not any(within(host_name(name), domain) for domain in known):
            yield Mistake(f"directory.addresses.{show(name)}", f"{show(name)} is in no domain that the estate names")
