"""What a thing is called, where it stands and when it was read changes no status: other names, addresses, times."""

from __future__ import annotations

import ipaddress
import string
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.records import before, both, differing, document, few, judged, statuses, verdicts
from tests.properties.renaming import (
    Address,
    Document,
    Renaming,
    domains_of,
    hosts_of,
    netbios_of,
    words,
)

LETTERS = string.ascii_lowercase + string.digits
LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?", fullmatch=True)
TOP = st.from_regex(r"[a-z]{2,8}", fullmatch=True)


def same(name: str, edited: Document, named: Callable[[str], str] = str) -> None:
    """The same is said as of the shipped record, under the other names."""
    was, now = before(name), judged(edited)
    assert differing(statuses(was, named), statuses(now)) == {}
    assert differing(verdicts(was, named), verdicts(now)) == {}


@both
@few(8)
@given(data=st.data())
def test_other_names(name: str, data: st.DataObject) -> None:
    """Hosts, domains and their NetBIOS names are called otherwise everywhere: no status depends on a name."""
    base = document(name)
    known, hosts, domains, flat = words(base), hosts_of(base), domains_of(base), netbios_of(base)
    labels = LABELS.filter(lambda label: label not in known)
    new = data.draw(st.lists(labels, min_size=len(hosts), max_size=len(hosts), unique=True))
    many = st.lists(st.tuples(labels, TOP).map(".".join), min_size=len(domains), max_size=len(domains), unique=True)
    short = labels.filter(lambda label: label not in new).map(str.upper)
    other = Renaming(
        hosts=dict(zip(hosts, new, strict=True)),
        domains=dict(zip(domains, data.draw(many), strict=True)),
        netbios=dict(
            zip(flat, data.draw(st.lists(short, min_size=len(flat), max_size=len(flat), unique=True)), strict=True)
        ),
    )
    same(name, other.document(base), other.text)


@both
@few(6)
@given(data=st.data())
def test_names_exchanged(name: str, data: st.DataObject) -> None:
    """The machines exchange their names: who comes first by name decides nothing."""
    base = document(name)
    hosts, domains, flat = hosts_of(base), domains_of(base), netbios_of(base)
    other = Renaming(
        hosts=dict(zip(hosts, data.draw(st.permutations(hosts)), strict=True)),
        domains=dict(zip(domains, data.draw(st.permutations(domains)), strict=True)),
        netbios=dict(zip(flat, data.draw(st.permutations(flat)), strict=True)),
    )
    same(name, other.document(base), other.text)


PRIVATE = [f"10.{n}" for n in range(256)] + [f"172.{n}" for n in range(16, 32)] + ["192.168"]
PUBLIC = ["20.40", "51.104", "93.184", "198.41", "203.1", "8.8"]


def moved(base: Document, data: st.DataObject) -> Callable[[Address], Address]:
    """An injection of addresses within their class that keeps every subnet of 16 bits and more (of 48 in IPv6)."""
    mask = data.draw(st.integers(0, 0xFF)) << 8
    low = data.draw(st.integers(0, 2**32 - 1)) << 16
    used = sorted(set(_fronts(base)))
    fronts: dict[str, str] = {}
    for kind in (PRIVATE, PUBLIC):
        mine = [front for front in used if (front in PRIVATE) == (kind is PRIVATE)]
        new = data.draw(st.lists(st.sampled_from(kind), min_size=len(mine), max_size=len(mine), unique=True))
        fronts |= dict(zip(mine, new, strict=True))

    def move(address: Address) -> Address:
        if address.is_loopback or address.is_unspecified or address.is_multicast:
            return address
        if isinstance(address, ipaddress.IPv6Address):
            return ipaddress.IPv6Address(int(address) ^ low)
        front = ".".join(str(address).split(".")[:2])
        back = ipaddress.IPv4Address(int(address) ^ mask)
        return ipaddress.IPv4Address(fronts.get(front, front) + "." + ".".join(str(back).split(".")[2:]))

    return move


def _fronts(base: Document) -> Iterator[str]:
    for address in _addresses(base):
        if isinstance(address, ipaddress.IPv4Address) and not (address.is_loopback or address.is_link_local):
            yield ".".join(str(address).split(".")[:2])


def _addresses(base: Document) -> list[Address]:
    found: list[Address] = []
    Renaming(address=lambda address: found.append(address) or address).document(base)
    return found


@both
@few(8)
@given(data=st.data())
def test_other_addresses(name: str, data: st.DataObject) -> None:
    """Private networks become other private ones, public public, link-local link-local: no status depends on one."""
    base = document(name)
    assert len(set(_addresses(base))) > 10
    other = Renaming(address=moved(base, data))
    same(name, other.document(base), other.text)


@both
@few(8)
@given(days=st.integers(-1400, 20000), seconds=st.integers(0, 86399))
def test_other_times(name: str, days: int, seconds: int) -> None:
    """All times move together: only how old a thing is counts, never the date."""
    same(name, Renaming(shift=timedelta(days=days, seconds=seconds)).document(document(name)))


def spelt_out(text: str) -> str:
    """An IPv6 address in its longest spelling, upper case."""
    try:
        bare, percent, scope = text.partition("%")
        return ipaddress.IPv6Address(bare).exploded.upper() + percent + scope
    except ValueError:
        return text


def edited(base: Document, change: Callable[[str, str, Any], Any]) -> Document:
    """The record with ``change(fact, field, value)`` in place of every field's value."""
    answers = [
        answer
        | {"rows": [{key: change(answer["fact"], key, value) for key, value in row.items()} for row in answer["rows"]]}
        for answer in base["answers"]
    ]
    return base | {"answers": answers}


def each(value: Any, change: Callable[[str], str]) -> Any:
    """The change made to a text or to each of several."""
    if isinstance(value, list):
        return [each(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


@both
def test_long_spellings_of_ipv6(name: str) -> None:
    """An IPv6 address in capitals and with all its zeros is the same address."""
    same(name, edited(document(name), lambda _fact, _key, value: each(value, spelt_out)))


NAMES = {
    "AnsweringMachine": {"name", "dns_host_name", "domain"},
    "ComputerSystem": {"name", "dns_host_name", "domain"},
    "ComputerAccount": {"dn", "sam_name", "dns_name", "spns", "delegates_to"},
    "CrossRef": {"dns_root", "netbios_name"},
    "DomainController": {"name", "domain"},
    "DomainControllerHint": {"controller"},
    "DomainInfo": {"domain", "forest_root", "naming_context"},
    "Trust": {"partner", "flat_name"},
    "EndpointProbe": set[str](),
    "VirtualMachineSettings": {"instance_id", "vm_identifier", "system_type"},
    "VmStorage": {"instance_id", "sub_type", "paths"},
    "VmSecurity": {"instance_id"},
    "MigrationNetwork": {"instance_id"},
    "Service": {"name"},
}
"""Fields that hold names or ids, which Windows and directories compare in any case."""
LOWERED = {"CrossRef": {"dns_root"}, "DomainController": {"name", "domain"}, "DomainInfo": {"domain", "forest_root"},
           "Trust": {"partner"}, "ComputerAccount": {"dns_name"}}  # fmt: skip
"""Those that the collector makes lower case, as their class says: a record holds no other."""
DNS = {
    "ComputerSystem": {"domain"},
    "AnsweringMachine": {"domain"},
    "DomainControllerHint": {"controller"},
    "ComputerAccount": {"dns_name"},
    "CrossRef": {"dns_root"},
    "Trust": {"partner"},
}
"""Fields that hold DNS names, which may end in the dot of the root."""


@both
@few(4)
@given(data=st.data())
def test_other_case(name: str, data: st.DataObject) -> None:
    """Names and ids in capitals, in small letters, or as nobody writes them: Windows compares them in any case."""
    cases = st.sampled_from([str.upper, str.lower, str.swapcase, str.title])
    chosen = {
        (fact, key): data.draw(cases)
        for fact in sorted(NAMES)
        for key in sorted(NAMES[fact] - LOWERED.get(fact, set()))
    }

    def change(fact: str, key: str, value: Any) -> Any:
        return each(value, chosen[fact, key]) if (fact, key) in chosen else value

    same(name, edited(document(name), change))


@both
@pytest.mark.parametrize("dotted", sorted(DNS))
def test_dots_behind_dns_names(name: str, dotted: str) -> None:
    """``corp.example.`` is ``corp.example``, whoever writes it."""

    def change(fact: str, key: str, value: Any) -> Any:
        return each(value, lambda text: text + "." if text else text) if fact == dotted and key in DNS[fact] else value

    same(name, edited(document(name), change))


LOCALISED = {"NetworkAdapter": {"name"}, "VirtualMachineSettings": {"name"}, "ConnectionSecurityRule": {"name"}}
"""Fields that hold words in the machine's language, or its owner's."""
FOREIGN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@both
@few(8)
@given(data=st.data())
def test_other_words(name: str, data: st.DataObject) -> None:
    """Names of adapters and machines and the texts of errors in any language: numbers and ids decide, never words."""
    base = document(name)

    def change(fact: str, key: str, value: Any) -> Any:
        return data.draw(FOREIGN) if key in LOCALISED.get(fact, ()) else value

    made = edited(base, change)
    made["gaps"] = [gap | {"detail": data.draw(FOREIGN)} for gap in base["gaps"]]
    made["targets"] = [target | {"how": data.draw(FOREIGN), "who": data.draw(FOREIGN)} for target in base["targets"]]
    same(name, made)
