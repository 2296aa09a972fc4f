"""What shares nothing with a route changes nothing of it: another estate's machines, another kind of move.

The other estate is a shipped record under other names, ids and addresses, put into the same record.
"""

from __future__ import annotations

import copy
import ipaddress
import json
from dataclasses import replace
from typing import Any

import pytest

from scanner.api import Finding, Report, Status
from scanner.judge import scopes
from tests.properties.records import (
    FILES,
    OFFER,
    PROFILES,
    Place,
    before,
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
    """What is said about a route and a kind of move, be it said by itself or of others, too."""
    found: dict[Place, Any] = {("verdict",): verdict(report, source, destination, profile)}
    for finding in report.findings:
        if profile in finding.profiles and finding.bears_on(source, destination) and not none(finding):
            found[place(replace(finding, by_profile=False))] = said(finding)
    return found


def none(finding: Finding) -> bool:
    """That no host is a node of a cluster: it is said while it is so, of no route, and counts for none."""
    return finding.check in CLUSTERS and (finding.subject.id, finding.status) == ("run", Status.NOT_APPLICABLE)


CLUSTERS = {check.id for check in OFFER.checks if check.scope == scopes.CLUSTER}


def verdict(report: Report, source: str, destination: str, profile: str) -> str:
    (route,) = [r for r in report.routes if (r.source, r.destination) == (source, destination)]
    return next((state.verdict for state in route.profiles if state.profile == profile), "not planned")


def nothing_changed(was: Report, now: Report, profiles: list[str] = PROFILES) -> None:
    """Every route of before has the verdicts of before, for the same reasons in the same words."""
    for route in was.routes:
        for profile in {state.profile for state in route.profiles} & set(profiles):
            ends = route.source, route.destination, profile
            assert [*differing(bearing(was, *ends), bearing(now, *ends)).items()][:5] == [], ends


STRANGERS = [(name, other, sign) for name in sorted(FILES) for other in sorted(FILES) for sign in ("", "z")]


@pytest.mark.parametrize(
    ("name", "other", "sign"),
    STRANGERS,
)
def test_hosts_and_routes(name: str, other: str, sign: str) -> None:
    """Another estate's hosts and routes, good ones and broken ones, also where they are called alike elsewhere."""
    nothing_changed(before(name), judged(joined(document(name), stranger(other, sign), "routes")))


@both
def test_hosts_without_routes(name: str) -> None:
    """Another estate's hosts, between which nothing moves."""
    nothing_changed(before(name), judged(joined(document(name), stranger("good"))))


@both
def test_an_unread_host(name: str) -> None:
    """One host of another estate that nobody could reach, in a domain that was read."""
    other = stranger("good")
    host = other["estate"]["hosts"][0]
    nothing_changed(before(name), judged(joined(document(name), unread(other, host), "routes")))


@both
def test_an_unread_domain(name: str) -> None:
    """Another estate's hosts in domains that nobody could read."""
    other = stranger("good")
    domains = [answer["target"] for answer in other["answers"] if answer["fact"] in ("DomainInfo", "ComputerAccount")]
    nothing_changed(before(name), judged(joined(document(name), unread(other, *domains), "routes")))


@both
def test_nothing_of_it_read(name: str) -> None:
    """Another estate of which nobody could read anything."""
    nothing_changed(before(name), judged(joined(document(name), unread(stranger("good")), "routes")))


def clustered(made: Document, *hosts: str) -> Document:
    """The same estate, these of its hosts nodes of a cluster without a replica broker."""
    told = {
        "ClusterInfo": [{"name": "zcl", "fqdn": "zcl.other.test", "functional_level": 10}],
        "ClusterNode": [{"name": host.partition(".")[0].upper(), "state": 0} for host in hosts],
        "ClusterResource": [],
        "ClusterParameters": [],
    }
    for answer in made["answers"]:
        if answer["target"] in hosts and answer["fact"] in told:
            answer["rows"] = told[answer["fact"]]
    return made


@both
@pytest.mark.parametrize("nodes", [1, 2])
@pytest.mark.parametrize("keys", [(), ("routes",)], ids=["hosts", "hosts and routes"])
def test_another_cluster(name: str, nodes: int, keys: tuple[str, ...]) -> None:
    """Hosts of a cluster of which nothing here is a part: no kind of move here is told another verdict."""
    other = stranger("good")
    route = other["estate"]["routes"][0]
    hosts = (route["source"], route["destination"])[:nodes]
    now = judged(joined(document(name), clustered(other, *hosts), *keys))
    nothing_changed(before(name), now)
    broken = [f for f in now.findings if f.check == "CLU-02" and f.subject.id == "zcl.other.test"]
    assert {f.status for f in broken} == ({Status.FAIL} if keys else {Status.NOT_APPLICABLE})
    for state in now.routes:
        ends = state.source, state.destination
        assert all(f.bears_on(*ends) == (not {*ends}.isdisjoint(hosts)) for f in broken), ends


@both
def test_a_cluster_at_other_ends(name: str) -> None:
    """Each host of the estate in turn is a node: routes that neither start nor end there are told what they were."""
    was = before(name)
    for host in document(name)["estate"]["hosts"][:: 1 if name == "good" else 5]:
        now = judged(clustered(document(name), host))
        other = [r for r in was.routes if host not in (r.source, r.destination)]
        for route in other:
            for profile in PROFILES:
                ends = route.source, route.destination, profile
                assert verdict(now, *ends) == verdict(was, *ends), (host, ends)
        ends = {(r.source, r.destination) for r in was.routes if r not in other}
        broken = [f for f in now.findings if f.check == "CLU-02" and f.status is Status.FAIL and "zcl" in f.subject.id]
        assert bool(ends) == bool(broken)
        assert all(f.bears_on(*end) for f in broken for end in ends)


@both
@pytest.mark.parametrize("other", sorted(FILES))
def test_another_vmm_server(name: str, other: str) -> None:
    """One with its hosts, its clouds and their pairs, a good one or a broken one: no verdict here is another."""
    made = joined(document(name), stranger(other), "routes", "vmm_servers", "cloud_pairs")
    now, (server,) = judged(made), stranger(other)["estate"]["vmm_servers"]
    for route in before(name).routes:
        for profile in PROFILES:
            ends = route.source, route.destination, profile
            assert verdict(now, *ends) == verdict(before(name), *ends), ends
    its = [f for f in now.findings if f.subject.kind == scopes.VMM_SERVER and f.subject.host == server]
    theirs = [route for route in now.routes if "other.test" in route.source]
    assert its
    assert theirs
    assert all(finding.bears_on(route.source, route.destination) for finding in its for route in theirs)


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
    routes = made["estate"]["routes"]
    made["estate"]["routes"] = [route for route in routes if profile in (route.get("profiles") or PROFILES)]
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
