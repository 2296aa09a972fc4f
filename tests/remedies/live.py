"""A practice estate that is up, as a world: what commands change is written to Samba and to the machines."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import tomlkit

from lab import directory, practice
from lab.remedy.directory import Directory
from lab.remedy.scan import OFFER
from lab.remedy.world import World
from lab.windows.machine import Machine
from scanner.api import Evidence, Finding
from scanner.facts.directory import ComputerAccount
from scanner.judge import judging
from scanner.record import record

ADMINISTRATORS = "S-1-5-32-544"
GENERIC_ALL_OF_A_COMPUTER = 0xF01FF
SELF_RELATIVE, DACL_PRESENT = 0x8000, 0x4
NEW = ("DEL-11",)
"""What was written a moment ago is new, as this says; time alone mends it."""


class Living:
    """One estate; ``judged`` writes what changed since the last time, and scans."""

    def __init__(
        self, estate: practice.Estate, folder: Path, dropped: dict[str, set[int]], *, waits: bool = False
    ) -> None:
        self.estate, self.folder = estate, folder
        self.waits = waits
        """until every controller has what one was told, and hosts use it: a quarter of an hour, which DEL-11 tells"""
        self.json: dict[str, Any] = {}
        """the report of the last scan"""
        self.last = self._scanned()
        machines = {file.dns_name: Machine.load(file.path) for file in estate.machines}
        self.world = World.of(machines, Directory.of(self.last), dropped)
        self._states = {name: host.machine.state for name, host in self.world.hosts.items()}
        self._dropped = {name: set(host.dropped) for name, host in self.world.hosts.items()}
        self._accounts = dict(self.world.directory.truth)

    def judged(self, world: World) -> tuple[Finding, ...]:
        """The findings about the estate as it is now."""
        changed = self._write_machines(world) | self._write_accounts(world)
        self.last = self._scanned() if changed else self.last
        found = judging.judge(OFFER.checks, self.last)
        return tuple(finding for finding in found if finding.check not in NEW)

    def _scanned(self) -> Evidence:
        kept, told = self.folder / "run.hvp", self.folder / "run.json"
        done = self.estate.run("scan", str(self.estate.file), "--save", str(kept), "--json", str(told))
        assert done.returncode in (0, 1, 3), done.stdout + done.stderr
        self.json = json.loads(told.read_bytes())
        return record.load(kept.read_bytes(), OFFER.facts)

    def _write_machines(self, world: World) -> bool:
        files = {file.dns_name: file for file in self.estate.machines}
        changed = False
        for name, host in world.hosts.items():
            if host.machine.state != self._states[name]:
                self._states[name] = host.machine.state
                plain = msgspec.to_builtins(host.machine.state, builtin_types=(datetime,))
                files[name].path.write_text(tomlkit.dumps(plain), encoding="utf-8")
                self.estate.reload(files[name])
                changed = True
            if host.dropped != self._dropped[name]:
                self._dropped[name] = set(host.dropped)
                directory.machine("undrop", files[name].name)
                if host.dropped:
                    directory.machine("drop", files[name].name, *map(str, sorted(host.dropped)))
                changed = True
        return changed

    def _write_accounts(self, world: World) -> bool:
        changes: dict[str, list[str]] = {}
        written: dict[str, list[str]] = {}
        for (domain, dn), row in world.directory.truth.items():
            before = self._accounts[domain, dn]
            if row != before:
                changes.setdefault(domain, []).append("\n".join(_ldif(before, row)))
                written.setdefault(domain, []).append(row.sam_name.removesuffix("$"))
        self._accounts = dict(world.directory.truth)
        for domain, texts in changes.items():
            path = self.folder / "change.ldif"
            path.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
            directory.fault("ldif", self._controller(domain), str(path))
            if self.waits:
                self._wait(domain, written[domain])
        pulled = bool(world.directory.pulled)
        while world.directory.pulled:
            name = world.directory.pulled.pop().partition(".")[0]
            directory.fault("repl-on", name)
            directory.fault("repl-now", name, self._controller(self.estate.lab.controllers[name].domain))
        return bool(changes) or pulled

    def _wait(self, domain: str, names: list[str]) -> None:
        first, *others = (name for name, one in self.estate.lab.controllers.items() if one.domain == domain)
        directory.fault("aged", first, "2", *names)
        for name in others:
            directory.fault("repl-on", name)
            directory.fault("repl-now", name, first)

    def _controller(self, domain: str) -> str:
        """The first controller of a domain: who is written to."""
        return next(name for name, one in self.estate.lab.controllers.items() if one.domain == domain)


def _ldif(before: ComputerAccount, row: ComputerAccount) -> Iterator[str]:
    """The change of one account, for ldbmodify."""
    yield f"dn:: {_base64(row.dn.encode())}"
    yield "changetype: modify"
    lists = {
        "msDS-AllowedToDelegateTo": (before.delegates_to, row.delegates_to),
        "servicePrincipalName": (before.spns, row.spns),
        "userAccountControl": ((str(before.user_account_control),), (str(row.user_account_control),)),
        "dNSHostName": ((before.dns_name,), (row.dns_name,)),
    }
    values = {name: [v.encode() for v in new] for name, (old, new) in lists.items() if old != new}
    if (before.allowed_sids, before.denied_sids) != (row.allowed_sids, row.denied_sids):
        values["msDS-AllowedToActOnBehalfOfOtherIdentity"] = [descriptor(row.denied_sids, row.allowed_sids)]
    for name, entries in values.items():
        yield f"replace: {name}"
        yield from (f"{name}:: {_base64(entry)}" for entry in entries)
        yield "-"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def descriptor(denied: tuple[str, ...], allowed: tuple[str, ...]) -> bytes:
    """A self-relative security descriptor (MS-DTYP 2.4.6) that refuses and allows these."""
    entries = [_entry(1, sid) for sid in denied] + [_entry(0, sid) for sid in allowed]
    size = 8 + sum(map(len, entries))
    acl = struct.pack("<BBHHH", 4, 0, size, len(entries), 0) + b"".join(entries)
    owner = _sid(ADMINISTRATORS)
    header = struct.pack("<BBHIIII", 1, 0, SELF_RELATIVE | DACL_PRESENT, 20, 0, 0, 20 + len(owner))
    return header + owner + acl


def _entry(kind: int, sid: str) -> bytes:
    binary = _sid(sid)
    return struct.pack("<BBHI", kind, 0, 8 + len(binary), GENERIC_ALL_OF_A_COMPUTER) + binary


def _sid(text: str) -> bytes:
    revision, authority, *parts = map(int, text.removeprefix("S-").split("-"))
    return struct.pack(">BBHI", revision, len(parts), 0, authority) + struct.pack(f"<{len(parts)}I", *parts)
