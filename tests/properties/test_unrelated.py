"""What shares nothing with a route changes nothing of it: another estate's machines, another kind of move.

The other estate is a shipped record under other names, ids and addresses, put into the same record.
"""

from __future__ import annotations

import copy
import ipaddress
import json
from functools import cache
from typing import Any

import pytest

from scanner.api import Finding, Report
from scanner.judge import scopes
from tests.properties.records import (
    FILES,
    OFFER,
    PROFILES,
    Place,
    before,
    better,
    both,
    differing,
    document,
    judged,
    place,
    said,
)
from tests.properties.renaming import Address, Document, Renaming, domains_of, hosts_of, netbios_of


def elsewhere(address: Address) -> Address:
    """An address of the same class that neither record holds."""
    if address.is_loopback or address.is_unspecified:
        return address
    if isinstance(address, ipaddress.IPv6Address):
        return ipaddress.IPv6Address(int(address) ^ 0xA5A5 << 32)
    octets = str(address).split(".")
    return ipaddress.ip_address(".".join(("172", str(16 + int(octets[1]) % 16), *octets[2:])))


def stranger(name: str, sign: str = "z") -> Document:
    """A shipped record as another estate would give it; without a sign, hosts are called alike in other domains."""
    base = document(name)
    hosts = {host: f"{sign}{host}"[:15] for host in hosts_of(base)}
    domains = {domain: f"z{domain.partition('.')[0]}.other.test" for domain in domains_of(base)}
    netbios = {flat: f"{sign.upper()}{flat}" for flat in netbios_of(base)}
    made = Renaming(hosts, domains, netbios, elsewhere, salt="stranger").document(base)
    return json.loads(json.dumps(made).replace(".VaultCredentials", "-other.VaultCredentials"))


def joined(base: Document, other: Document, *keys: str) -> Document:
    """Both in one record; of the other estate these keys of what it declares, at least its hosts and domains."""
    made = copy.deepcopy(base)
    for listed in ("answers", "gaps", "targets"):
        made[listed] += other[listed]
    for key in ("hosts", "domains", *keys):
        made["estate"][key] = [*base["estate"][key], *other["estate"][key]]
    return made


def unread(other: Document, *targets: str) -> Document:
    """The other estate, but nothing of these targets could be read; of none named, of any."""
    made = copy.deepcopy(other)
    gone = [answer for answer in other["answers"] if not targets or answer["target"] in targets]
    made["answers"] = [answer for answer in other["answers"] if answer not in gone]
    made["gaps"] += [
        {"fact": answer["fact"], "target": answer["target"], "reason": "unreachable", "detail": "no answer"}
        for answer in gone
        if answer["fact"] != "AnsweringMachine"
    ]
    made["targets"] = [t | {"answered": 0} if not targets or t["name"] in targets else t for t in other["targets"]]
    return made


def bearing(report: Report, source: str, destination: str, profile: str) -> dict[Place, Any]:
    """What is said about a route and a kind of move."""
    found: dict[Place, Any] = {("verdict",): verdict(report, source, destination, profile)}
    for finding in report.findings:
        if profile in finding.profiles and finding.bears_on(source, destination):
            found[place(finding)] = said(finding)
    return found


def verdict(report: Report, source: str, destination: str, profile: str) -> str:
    (route,) = [r for r in report.routes if (r.source, r.destination) == (source, destination)]
    return next(state.verdict for state in route.profiles if state.profile == profile)


def nothing_changed(was: Report, now: Report, profiles: list[str] = PROFILES) -> None:
    """Every route of before has the verdicts of before, for the same reasons in the same words."""
    for route in was.routes:
        for profile in profiles:
            ends = route.source, route.destination, profile
            assert [*differing(bearing(was, *ends), bearing(now, *ends)).items()][:5] == [], ends


APART = tuple(check for check in OFFER.checks if check.scope != scopes.CLUSTER)
"""A finding about a cluster bears upon every replication, as its scope says, for no name of it tells whose moves
touch it; so does that nobody knows of a host whether it is a node. All else is judged without, verdicts included."""


@cache
def apart(name: str) -> Report:
    """What is said of a shipped record but of its clusters."""
    return judged(document(name), APART)


STRANGERS = [(name, other, sign) for name in sorted(FILES) for other in sorted(FILES) for sign in ("", "z")]


@pytest.mark.parametrize(
    ("name", "other", "sign"),
    STRANGERS,
)
def test_hosts_and_routes(name: str, other: str, sign: str) -> None:
    """Another estate's hosts and routes, good ones and broken ones, also where they are called alike elsewhere."""
    nothing_changed(apart(name), judged(joined(document(name), stranger(other, sign), "routes"), APART))


@both
def test_hosts_without_routes(name: str) -> None:
    """Another estate's hosts, between which nothing moves."""
    nothing_changed(before(name), judged(joined(document(name), stranger("good"))))


@both
def test_an_unread_host(name: str) -> None:
    """One host of another estate that nobody could reach, in a domain that was read."""
    other = stranger("good")
    host = other["estate"]["hosts"][0]
    nothing_changed(apart(name), judged(joined(document(name), unread(other, host), "routes"), APART))


@both
def test_an_unread_domain(name: str) -> None:
    """Another estate's hosts in domains that nobody could read."""
    other = stranger("good")
    domains = [answer["target"] for answer in other["answers"] if answer["fact"] in ("DomainInfo", "ComputerAccount")]
    nothing_changed(before(name), judged(joined(document(name), unread(other, *domains), "routes")))


@both
def test_nothing_of_it_read(name: str) -> None:
    """Another estate of which nobody could read anything."""
    nothing_changed(apart(name), judged(joined(document(name), unread(stranger("good")), "routes"), APART))


@both
@pytest.mark.parametrize("read", [True, False])
def test_another_cluster(name: str, read: bool) -> None:
    """What is left out above: another estate's clusters, or hosts of which nobody knows, change no live migration."""
    other = stranger("practice") if read else unread(stranger("practice"))
    now = judged(joined(document(name), other, "routes"))
    nothing_changed(before(name), now, ["live-migration"])
    assert better(before(name), now) == []


@both
@pytest.mark.parametrize("key", ["vmm_servers", "key_files"])
def test_what_only_site_recovery_needs(name: str, key: str) -> None:
    """A VMM server or a key file more, read or not, changes no live migration and no replica."""
    for other in (stranger("practice"), unread(stranger("practice"))):
        made = joined(document(name), other, key)
        made["estate"]["hosts"] = document(name)["estate"]["hosts"]
        nothing_changed(before(name), judged(made), ["live-migration", "replica"])


@both
@pytest.mark.parametrize("profile", PROFILES)
def test_another_kind_of_move(name: str, profile: str) -> None:
    """A kind of move asked for by itself is judged as beside the others."""
    made = document(name)
    made["estate"]["profiles"] = [profile]
    nothing_changed(judged(made), before(name), [profile])


@both
def test_the_other_estate_shares_nothing(name: str) -> None:
    """Else the properties above would prove something else: no name, address or id of one stands in the other."""
    mine, other = (judged(record) for record in (document(name), stranger(name)))
    assert not {host for finding in mine.findings for host in hosts(finding)} & {
        host for finding in other.findings for host in hosts(finding)
    }
    assert [state.verdict for state in other.readiness] == [state.verdict for state in mine.readiness]


def hosts(finding: Finding) -> tuple[str, ...]:
    return finding.subject.machines
