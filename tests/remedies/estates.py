"""Estates with faults for the remedy test: the good practice estate, some machines of another kind, then broken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace

import msgspec

from lab import practice, records
from lab.remedy.directory import AdObject, Directory
from lab.remedy.scan import OFFER
from lab.remedy.world import Host, World
from lab.windows.machine import Machine
from lab.windows.machine.base import computer_system, operating_system
from scanner.api import Estate, Evidence, Profile, Route
from scanner.facts.directory import TRUSTED_FOR_DELEGATION, TRUSTED_TO_AUTHENTICATE
from scanner.record import record

GOOD: Evidence = record.load(records.RECORDS["good"][0].read_bytes(), OFFER.facts)
BROKEN: Evidence = record.load(records.RECORDS["broken"][0].read_bytes(), OFFER.facts)
HOSTS = ("hv01.corp.example", "hv02.corp.example", "hv03.corp.example", "hv11.branch.example")
MIGRATION = "Microsoft Virtual System Migration Service/"
CONTROLLER, READ_ONLY_CONTROLLER = 0x82000, 0x5001000
"""userAccountControl of domain controllers, full and read-only."""

Change = Callable[[World, Host], None]


def world_of(name: str, old: Evidence, dropped: dict[str, set[int]] | None = None) -> World:
    """A practice estate as a world."""
    machines: dict[str, Machine] = dict(records.machines(name, old))
    return World.of(machines, Directory.of(old), dropped)


def dropped_in(name: str) -> dict[str, set[int]]:
    """The ports whose packets vanish before a machine of an estate, by full name."""
    path = practice.ESTATES / name / "faults.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("drop", ()) if path.exists() else ()
    names = {machine.name: machine.dns_name for machine in practice.MachineFile.all_of(name)}
    return {names[row["machine"]]: set(row["ports"]) for row in rows}


def account(world: World, host: Host) -> AdObject:
    """The host's account."""
    return world.directory.find(f"{host.machine.name}$", host.machine.state.domain)


def write(world: World, host: Host, **values: object) -> None:
    """Give the host's account other values."""
    world.directory.change(account(world, host), **values)


# ---- plans


def _routes(every: Estate) -> tuple[Route, ...]:
    """Each planned move, and its way back."""
    return tuple(dict.fromkeys(r for one in every.routes for r in (one, Route(one.destination, one.source))))


PLANS: dict[str, Estate] = {
    "as practised": GOOD.estate,
    "both ways": replace(GOOD.estate, routes=_routes(GOOD.estate)),
    "storage stays": replace(GOOD.estate, routes=tuple(replace(r, storage=False) for r in GOOD.estate.routes)),
    "started on the source": replace(GOOD.estate, remote_initiated=False),
    "live migration alone": replace(GOOD.estate, profiles=frozenset({Profile.LIVE_MIGRATION}), key_files=()),
    "replicas by certificate": replace(GOOD.estate, replica=replace(GOOD.estate.replica, authentication="certificate")),
}


def planned(plan: str) -> Evidence:
    """The good record with another plan."""
    answers, gaps, targets = GOOD.answers(), GOOD.gaps(), GOOD.targets()
    return Evidence(PLANS[plan], GOOD.started, GOOD.finished, answers=answers, gaps=gaps, targets=targets, closed=True)


# ---- kinds of machine


def controller(world: World, host: Host) -> None:
    """The host is a domain controller, too: its account must keep 0x82000."""
    _role(host, role=5)
    kept = account(world, host).account.user_account_control & TRUSTED_TO_AUTHENTICATE
    write(world, host, user_account_control=CONTROLLER | kept)


def read_only_controller(world: World, host: Host) -> None:
    """The host is a read-only domain controller, too: its account is 0x5001000."""
    _role(host, role=4)
    write(world, host, user_account_control=READ_ONLY_CONTROLLER)


def _role(host: Host, *, role: int) -> None:
    (system,), (release,) = computer_system(host.machine), operating_system(host.machine)
    rows = {"Win32_ComputerSystem": [system | {"DomainRole": role}]}
    host.change(rows=host.machine.state.rows | rows | {"Win32_OperatingSystem": [release | {"ProductType": 2}]})


def disjoint(world: World, host: Host) -> None:
    """The host's DNS suffix is not its domain's name: its account says so, and every name of it does."""
    short = host.machine.state.name
    old, new = f"{short}.{host.machine.state.domain}", f"{short}.servers.example"
    for key, row in world.directory.truth.items():
        lists = {
            "spns": tuple(entry.replace(old, new) for entry in row.spns),
            "delegates_to": tuple(entry.replace(old, new) for entry in row.delegates_to),
        }
        world.directory.truth[key] = replace(row, dns_name=row.dns_name.replace(old, new), **lists)
    suffix = {"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters": {"NV Domain": "servers.example"}}
    host.change(registry=host.machine.state.registry | suffix)


KINDS: dict[str, Change] = {
    "domain controller": controller,
    "read-only domain controller": read_only_controller,
    "disjoint suffix": disjoint,
}


# ---- faults


def _settings(**values: object) -> Change:
    return lambda _world, host: host.change("migration", **values)


def _replica(**values: object) -> Change:
    return lambda _world, host: host.change("replica", **values)


def _service(state: str) -> Change:
    return lambda _world, host: host.change(services={"vmms": state})


def _bits(on: int = 0, off: int = 0) -> Change:
    def change(world: World, host: Host) -> None:
        control = account(world, host).account.user_account_control
        if off & TRUSTED_FOR_DELEGATION and control & 0x2000:
            return
        write(world, host, user_account_control=(control | on) & ~off)

    return change


def _forgets(pattern: str, field: str) -> Change:
    """The account's list lacks the entries of a form."""

    def change(world: World, host: Host) -> None:
        entries: tuple[str, ...] = getattr(account(world, host).account, field)
        write(world, host, **{field: tuple(e for e in entries if not re.search(pattern, e, re.IGNORECASE))})

    return change


def _both(one: Change, other: Change) -> Change:
    def change(world: World, host: Host) -> None:
        one(world, host)
        other(world, host)

    return change


def _closed(word: str, *ports: int) -> Change:
    """The host's firewall lets these ports in no more."""

    def change(_world: World, host: Host) -> None:
        active = [rule for rule in host.machine.state.firewall.active if rule != word]
        host.change("firewall", active=active)
        host.dropped |= set(ports)

    return change


def _refuses_all(world: World, host: Host) -> None:
    """The host's account denies every source that the estate plans."""
    others = [other for other in world.hosts.values() if other is not host and other.machine.state.hyper_v]
    write(world, host, denied_sids=tuple(account(world, o).account.sid for o in others), has_resource_delegation=True)


def _lags(world: World, host: Host) -> None:
    """One controller of several does not know the account's list yet; one alone cannot lag behind itself."""
    found = account(world, host)
    *others, where = world.directory.controllers(found.domain)
    if not others:
        return
    world.directory.lag[where, found.account.dn.casefold()] = replace(found.account, delegates_to=())


def _old_machine(world: World, host: Host) -> None:
    """One of its virtual machines is of a version that only its own release and older ones start with."""
    del world
    if not host.machine.state.vm:  # without the role there is none
        return
    first, *rest = host.machine.state.vm
    oldest = {"2012R2": "5.0", "2016": "5.0", "2019": "5.0"}.get(host.machine.release, "8.0")
    first = type(first)(name=first.name, version=oldest, disks=first.disks, switch=first.switch)
    host.change(vm=[first, *rest])


def _image(_world: World, host: Host) -> None:
    """An image of the host is in the drive of one of its virtual machines."""
    if host.machine.state.vm:
        first, *rest = host.machine.state.vm
        host.change(vm=[msgspec.structs.replace(first, dvd="D:\\ISO\\setup.iso"), *rest])


def _other_processor(_world: World, host: Host) -> None:
    """It has another model of its maker's than all other hosts."""
    host.change("hardware", processor="Intel(R) Xeon(R) Silver 4310 CPU @ 2.10GHz", processor_id="BFEBFBFF000606A6")


def _one_connection(end: str) -> Change:
    """SMB sends memory, by one connection."""

    def change(_world: World, host: Host) -> None:
        smb = host.machine.state.smb
        host.change("smb", **{end: msgspec.structs.replace(getattr(smb, end), multichannel=False)})
        host.change("migration", performance="smb")

    return change


FAULTS: dict[str, Change] = {
    "delegates nothing": _forgets("", "delegates_to"),
    "delegates no migration": _forgets("^Microsoft", "delegates_to"),
    "delegates no cifs": _forgets("^cifs/", "delegates_to"),
    "delegates short names only": _forgets(r"\.", "delegates_to"),
    "delegates full names only": _forgets(r"/[^.]+$", "delegates_to"),
    "no protocol transition": _bits(off=TRUSTED_TO_AUTHENTICATE),
    "delegates to any service": _both(_forgets("", "delegates_to"), _bits(on=TRUSTED_FOR_DELEGATION)),
    "disabled account": _bits(on=0x2),
    "allows nobody": lambda w, h: write(w, h, allowed_sids=(), has_resource_delegation=False),
    "denies its sources": _refuses_all,
    "no name of the migration service": _forgets("^Microsoft Virtual System Migration", "spns"),
    "no full name of the migration service": _forgets(r"^Microsoft Virtual System Migration.*\.", "spns"),
    "no short name of HOST": _forgets(r"^HOST/[^.]+$", "spns"),
    "a controller lags": _lags,
    "migration off": _settings(enabled=False),
    "CredSSP": _settings(authentication="credssp"),
    "no move at a time": _settings(maximum=0),
    "no move of disks at a time": _settings(maximum_storage=0),
    "many moves at a time": _settings(maximum=40),
    "plain TCP/IP": _settings(performance="tcpip"),
    "SMB by one connection of the server": _one_connection("server"),
    "SMB by one connection of the client": _one_connection("client"),
    "any network": _settings(any_network=True),
    "no network": _settings(networks=[]),
    "a wrong network": _settings(networks=["10.99.0.0/24"]),
    "a wrong network beside": _settings(networks=["10.20.0.0/24", "10.99.0.0/24"]),
    "any network beside wrong ones": _settings(networks=["10.99.0.0/24"], any_network=True),
    "vmms stopped": _service("stopped"),
    "vmms disabled": _service("disabled"),
    "no role": lambda _w, h: h.change(hyper_v=False, services={"vmms": "absent"}, vm=[]),
    "6600 filtered": _closed("migration", 6600),
    "445 filtered": _closed("smb", 445),
    "replica port filtered": _closed("replica-http", 8083),
    "replica off": _replica(enabled=False),
    "replica by certificate": _replica(authentication="certificate", thumbprint="AB" * 20),
    "old virtual machine": _old_machine,
    "an image in the drive": _image,
    "another model of processor": _other_processor,
}

BY_HAND = ("denies its sources", "no short name of HOST", "replica by certificate")
"""Faults that only a person mends: for them no command is printed."""
BY_HAND_ON = {("no protocol transition", "read-only domain controller")}
"""Faults that only a person mends on a machine of that kind."""
