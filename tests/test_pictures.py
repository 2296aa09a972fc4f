"""What is drawn follows from what was read, declared and found; what was not read is not known, and never absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.facts.delegation import MIGRATION
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import USER_MANAGED_ALL, MigrationNetwork, MigrationService, VMHost
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import VmNetwork
from scanner.judge import judging, planning, policy, scopes
from scanner.judge.picturing.marks import MOST
from scanner.record import record
from scanner.words.clouds import CloudPair, Mapping
from scanner.words.estate import Estate
from scanner.words.model import Profile, Severity, Status
from scanner.words.pictures import Arrow, Clouds, Delegation, NetworkHost, Networks, Pictures, Trust
from tests.drawn_estates import (
    DOMAIN,
    A,
    B,
    C,
    Facts,
    account,
    address,
    attempt,
    drawn,
    finding,
    many,
    module,
    names,
    on,
    planned,
    sid,
    subnet,
    system,
)  # fmt: skip
from tests.field.record import OFFER

PASS, FAIL, WARN, UNKNOWN, NONE = Status.PASS, Status.FAIL, Status.WARN, Status.UNKNOWN, Status.NOT_APPLICABLE
PRACTICE = Path(__file__).parent.parent / "scanner" / "data" / "practice.hvp"
VMM, GUID = "vmm01.corp.example", "00000001-1111-4222-8333-444455556666"


def networks(facts: Facts, *findings, **words) -> Networks:
    found = drawn(facts, planned((A, B), **words), *findings).pictures.networks
    assert found is not None
    return found


def told(found: Networks, name: str) -> NetworkHost:
    return next(host for host in found.hosts if host.name == name)


def places(host: NetworkHost) -> dict[str, tuple[tuple[str, ...], bool | None]]:
    return {place.network: (place.addresses, place.takes) for place in host.places}


def delegation(facts: Facts, *findings, ways=((A, B),), **words) -> Delegation:
    found = drawn(facts, planned(*ways, **words), *findings).pictures.delegation
    assert found is not None
    return found


def arrow(found: Delegation, source: str, target: str, what: str = MIGRATION) -> Arrow:
    return next(a for a in found.arrows.drawn if (a.source, a.target, a.what) == (source, target, what))


def accounts(one: ComputerAccount, other: ComputerAccount) -> Facts:
    return {(ComputerSystem, A): [system(A)], (ComputerSystem, B): [system(B)], (ComputerAccount, DOMAIN): [one, other]}


def test_a_host_takes_migrations_where_its_list_says_so():
    facts: Facts = {
        (IPAddress, B): [address("10.20.0.2"), address("10.77.0.2", 16), address("169.254.1.1", 16)],
        (VMHost, B): [module()],
        (MigrationNetwork, B): [subnet("10.20.0.0"), subnet("10.99.0.0")],
    }
    host = told(networks(facts), B)
    assert host.anywhere is False
    assert not host.unread
    assert places(host) == {
        "10.20.0.0/24": (("10.20.0.2",), True),
        "10.77.0.0/16": (("10.77.0.2",), False),
        "10.99.0.0/24": ((), True),
    }


@pytest.mark.parametrize(
    ("rows", "flag", "takes"),
    [
        ([], True, None),
        ([subnet("0.0.0.0", 0, USER_MANAGED_ALL), subnet("::", 0, USER_MANAGED_ALL)], True, True),
        ([subnet("0.0.0.0", 0, USER_MANAGED_ALL), subnet("::", 0, USER_MANAGED_ALL)], False, None),
        ([subnet("0.0.0.0", 0, USER_MANAGED_ALL), subnet("::", 0, USER_MANAGED_ALL)], None, True),
        ([], False, False),
        ([], None, None),
    ],
)
def test_any_network_is_what_module_and_settings_say_together(rows, flag, takes):
    facts: Facts = {(IPAddress, B): [address("10.20.0.2")], (MigrationNetwork, B): rows}
    if flag is not None:
        facts[VMHost, B] = [module(anywhere=flag)]
    host = told(networks(facts), B)
    assert host.anywhere is takes
    assert places(host) == {"10.20.0.0/24": (("10.20.0.2",), takes)}
    assert bool(host.unread) is (takes is None)


def test_one_family_may_be_open_alone():
    facts: Facts = {
        (IPAddress, B): [address("10.20.0.2"), address("fd00::2", 64)],
        (VMHost, B): [module()],
        (MigrationNetwork, B): [subnet("::", 0, USER_MANAGED_ALL)],
    }
    assert places(told(networks(facts), B)) == {
        "10.20.0.0/24": (("10.20.0.2",), False),
        "fd00::/64": (("fd00::2",), True),
    }


def test_what_was_not_read_of_a_host_is_not_known():
    host = told(networks({(VMHost, B): [module()], (MigrationNetwork, B): [subnet("10.20.0.0")]}), B)
    assert "its addresses: IPAddress" in host.unread
    assert places(host) == {"10.20.0.0/24": ((), True)}
    host = told(networks({(IPAddress, B): [address("10.20.0.2")]}), B)
    assert host.anywhere is None
    assert places(host)["10.20.0.0/24"] == (("10.20.0.2",), None)
    assert "where it takes migrations: MigrationNetwork" in host.unread


def test_of_a_host_on_which_no_move_ends_nobody_asked():
    host = told(networks({(IPAddress, A): [address("10.20.0.1")]}), A)
    assert "no planned move ends there" in host.unread
    assert places(host)["10.20.0.0/24"][1] is None


@pytest.mark.parametrize(
    ("trusted", "untrusted", "trust"),
    [
        (("10.20.0.0/16",), (), Trust.TRUSTED),
        ((), ("10.0.0.0/8",), Trust.UNTRUSTED),
        ((), (), Trust.UNTOLD),
        (("10.20.0.0/16",), ("10.0.0.0/8",), Trust.TRUSTED),
        (("10.0.0.0/8",), ("10.20.0.0/24",), Trust.UNTRUSTED),
        (("10.20.0.0/24",), ("10.20.0.0/24",), Trust.UNTRUSTED),
        (("10.20.0.0/25",), (), Trust.UNTOLD),
    ],
)
def test_a_network_is_as_trusted_as_the_narrower_declaration_says(trusted, untrusted, trust):
    found = networks({(IPAddress, B): [address("10.20.0.2")]}, trusted=trusted, untrusted=untrusted)
    assert found.networks == (("10.20.0.0/24", trust),)


def test_networks_of_most_hosts_come_first():
    facts: Facts = {
        (IPAddress, A): [address("10.9.0.1"), address("10.77.0.1"), address("fd00::1", 64)],
        (IPAddress, B): [address("10.77.0.2"), address("10.20.0.2")],
        (VMHost, A): [module()],
        (VMHost, B): [module()],
        (MigrationNetwork, A): [],
        (MigrationNetwork, B): [subnet("10.20.0.0")],
    }
    order = [network for network, _ in networks(facts).networks]
    assert order == ["10.20.0.0/24", "10.77.0.0/24", "10.9.0.0/24", "fd00::/64"]


def test_a_host_stands_as_the_worst_of_its_findings_says():
    found = networks(
        {}, finding("LM-08", scopes.HOST, (B,), PASS, "any"), finding("LM-13", scopes.HOST, (B,), FAIL, "nowhere")
    )
    assert told(found, B).mark.status is FAIL
    assert told(found, B).mark.by == (("LM-13", B),)
    assert told(found, B).mark.said == "nowhere"
    assert told(found, A).mark.status is None


PROBES: Facts = {
    (IPAddress, B): [address("10.20.0.2")],
    (MigrationService, B): [MigrationService(listening=("10.20.0.9",))],
    (EndpointProbe, A): [
        attempt("10.20.0.2:6600", "Refused"),
        attempt("[fd00::9]:6600"),
        attempt("10.20.0.9:6600", "TimedOut"),
        attempt("10.20.0.3:6600"),
        attempt(f"{B}:445"),
        attempt(f"{B}:5986/tls"),
        attempt("nonsense", "Failed"),
    ],
}


@pytest.mark.parametrize(("status", "there"), [(PASS, True), (WARN, True), (FAIL, False), (UNKNOWN, None)])
def test_a_way_ends_as_its_finding_says_and_tells_what_was_tried(status, there):
    found = networks(PROBES, on("RCH-01", A, B, status, "seen"), on("RCH-02", A, B, PASS))
    port, smb = found.ways.drawn
    assert (port.source, port.target, port.what, port.there, port.mark.status) == (A, B, "TCP 6600", there, status)
    assert port.told == "10.20.0.2:6600 refused; 10.20.0.9:6600 no answer"
    assert port.mark.by == (("RCH-01", f"{A}/{B}"),)
    assert smb.told == f"{B}:445 connected"


@pytest.mark.parametrize(("check", "there"), [("RCH-06", False), ("NET-01", None), ("LM-11", True)])
def test_a_warning_of_what_is_not_there_yet_draws_no_way(check, there):
    profiles = frozenset({Profile.REPLICA, Profile.LIVE_MIGRATION})
    found = networks({}, on(check, A, B, WARN, "seen"), profiles=profiles)
    (way,) = found.ways.drawn
    assert (way.there, way.mark.status) == (there, WARN)


def test_a_host_on_which_moves_are_switched_off_is_not_drawn_as_well():
    facts: Facts = {(VMHost, B): [module(anywhere=True)], (IPAddress, B): [address("10.20.0.2")]}
    off = finding("LM-01", scopes.HOST, (B,), FAIL, "live migration is disabled")
    found = networks(facts, off, finding("LM-08", scopes.HOST, (B,), PASS, "any"))
    assert told(found, B).mark.status is FAIL
    assert told(found, B).mark.said == "live migration is disabled"


def test_where_nothing_was_tried_a_way_says_why():
    found = networks({}, on("RCH-01", A, B, UNKNOWN, "EndpointProbe of hv01: unreachable"))
    (way,) = found.ways.drawn
    assert way.there is None
    assert way.told == "EndpointProbe of hv01: unreachable"


def test_what_does_not_apply_to_a_route_or_was_not_judged_is_no_way():
    assert networks({}, on("NET-01", A, B, NONE)).ways.drawn == ()
    replica = drawn({}, Estate(routes=planned((A, B)).routes, profiles=frozenset({Profile.REPLICA})))
    assert replica.pictures.networks is not None
    assert replica.pictures.delegation is None


BOTH = names(MIGRATION, B)


@pytest.mark.parametrize(
    ("giver", "taker", "status", "there", "words"),
    [
        (account(A, *BOTH), account(B), PASS, True, "constrained, both names"),
        (account(A, BOTH[0]), account(B), WARN, True, "constrained, one name of two"),
        (account(A), account(B, allowed=[sid(A)]), PASS, True, "resource-based"),
        (account(A), account(B, allowed=["S-1-5-21-1-515"]), PASS, True, "resource-based"),
        (account(A), account(B), FAIL, False, "neither account names the other"),
        (account(A, *names("cifs", B)), account(B), FAIL, False, "neither account names the other"),
        (account(A, *BOTH), account(B), FAIL, True, "constrained, both names"),
        (account(A, *BOTH), account(B, denied=[sid(A)]), UNKNOWN, None, "constrained, both names; denied by"),
        (account(A), account(B), UNKNOWN, None, "neither account names the other"),
        (account(A), account(B), WARN, True, "neither account names the other"),
        (account(A, *BOTH), account(B), Status.ERROR, True, "constrained, both names"),
        (account(A), account(B), NONE, False, "said why"),
    ],
)
def test_delegation_is_there_as_accounts_say_and_stands_as_its_finding_says(giver, taker, status, there, words):
    found = delegation(accounts(giver, taker), on("DEL-01", A, B, status, "said why"))
    one = arrow(found, A, B)
    assert one.planned
    assert one.there is there
    assert one.mark.status is status
    assert one.told.startswith(words)
    assert one.mark.by == (("DEL-01", f"{A}/{B}"),)


def test_names_beside_an_entry_that_denies_them_are_not_known_where_nobody_judged():
    found = delegation(accounts(account(A, *BOTH), account(B, denied=[sid(A)])))
    assert arrow(found, A, B).there is None
    other = delegation(accounts(account(A), account(B, denied=[sid(A)])))
    assert arrow(other, A, B).there is False


def test_both_directions_are_drawn_and_the_one_that_is_not_planned_says_so():
    facts = accounts(account(A, *BOTH), account(B))
    pair = finding("DEL-04", scopes.PAIR, (A, B), WARN, "incomplete")
    found = delegation(facts, on("DEL-01", A, B, PASS), pair)
    forth, back = arrow(found, A, B), arrow(found, B, A)
    assert (forth.planned, forth.there, forth.mark.status) == (True, True, PASS)
    assert (back.planned, back.there, back.mark.status) == (False, False, WARN)
    assert back.mark.by == (("DEL-04", f"{A}/{B}"),)


def test_what_is_there_is_not_what_the_pair_lacks():
    facts = accounts(account(A, *BOTH), account(B, *names(MIGRATION, A)))
    found = delegation(facts, finding("DEL-04", scopes.PAIR, (A, B), WARN, "incomplete"))
    back = arrow(found, B, A)
    assert (back.there, back.mark.status) == (True, None)
    assert arrow(found, B, A, "cifs").mark.status is WARN


def test_what_no_way_needs_is_not_missing_on_the_way_back():
    facts = accounts(account(A, *BOTH), account(B))
    pair = finding("DEL-04", scopes.PAIR, (A, B), WARN, "incomplete")
    found = delegation(facts, on("DEL-01", A, B, PASS), on("DEL-02", A, B, NONE, "disks stay"), pair)
    assert arrow(found, B, A).mark.status is WARN
    assert (arrow(found, B, A, "cifs").there, arrow(found, B, A, "cifs").mark.status) == (False, None)
    assert arrow(found, A, B, "cifs").told == "disks stay"


def test_a_pair_that_is_complete_does_not_say_that_what_is_not_there_is():
    facts = accounts(account(A, *BOTH), account(B, *names(MIGRATION, A)))
    found = delegation(facts, on("DEL-01", A, B, PASS), finding("DEL-04", scopes.PAIR, (A, B), PASS))
    assert (arrow(found, B, A).there, arrow(found, B, A).mark.status) == (True, PASS)
    assert (arrow(found, B, A, "cifs").there, arrow(found, B, A, "cifs").mark.status) == (False, None)


def test_of_two_planned_directions_each_stands_by_itself():
    facts = accounts(account(A, *BOTH), account(B))
    found = delegation(
        facts, on("DEL-01", A, B, PASS), on("DEL-01", B, A, FAIL), finding("DEL-04", scopes.PAIR, (A, B), FAIL),
        ways=((A, B), (B, A)),
    )  # fmt: skip
    assert len(found.arrows.drawn) == 4
    assert arrow(found, A, B).mark.status is PASS
    back = arrow(found, B, A)
    assert (back.planned, back.there, back.mark.status) == (True, False, FAIL)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {(ComputerSystem, A): [system(A)], (ComputerSystem, B): [system(B)]},
        accounts(account(A), account(A)) | {(ComputerAccount, DOMAIN): [account(A)]},
        accounts(account(A), account(B)) | {(ComputerSystem, B): [system(B, joined=False)]},
    ],
    ids=["nothing", "no directory", "one account", "in no domain"],
)
def test_accounts_that_were_not_read_are_not_known(facts):
    found = delegation(facts, on("DEL-01", A, B, UNKNOWN, "why"))
    assert arrow(found, A, B).there is None
    assert arrow(found, B, A).there is None
    assert arrow(found, B, A).told
    assert any(one.unread for one in found.accounts)


def test_groups_that_nobody_looked_into_leave_it_open():
    other = "hv11.branch.example"
    there = account(other, allowed=["S-1-5-21-9-4711"])
    facts: Facts = {
        (ComputerSystem, A): [system(A)],
        (ComputerSystem, other): [system(other)],
        (ComputerAccount, DOMAIN): [account(A, *names(MIGRATION, other))],
        (ComputerAccount, "branch.example"): [there],
    }
    found = delegation(facts, ways=((A, other),))
    assert arrow(found, A, other).there is None
    facts[ComputerAccount, "branch.example"] = [account(other)]
    one = arrow(delegation(facts, ways=((A, other),)), A, other)
    assert (one.there, one.told) == (False, "constrained, both names, which does not count between domains")


def test_file_servers_and_protocol_transition_are_drawn():
    found = delegation(
        {},
        finding("DEL-12", scopes.HOST_FILE_SERVER, (A, "files.corp.example"), FAIL, "does not list"),
        finding("DEL-12", scopes.HOST_FILE_SERVER, (A, "own.corp.example"), NONE, "its own"),
        finding("DEL-03", scopes.HOST, (A,), FAIL, "without"),
    )
    one = arrow(found, A, "files.corp.example", "cifs")
    assert (one.there, one.told, one.mark.status) == (False, "does not list", FAIL)
    assert [name.name for name in found.accounts] == [A, B, "files.corp.example"]
    assert found.accounts[0].mark.status is FAIL
    assert found.accounts[1].mark.status is None


def cloud(name: str, *logical: str) -> Cloud:
    return Cloud(
        id=f"{{{name.upper()}}}", name=name, host_groups=(f"All Hosts\\{name}",), capability_profiles=(),
        logical_networks=logical, storage_classifications=(), protected=None,
    )  # fmt: skip


def server(profile: int = 1) -> VmmServer:
    return VmmServer(
        name="localhost", fqdn=VMM, version="4.0", service_account=None, highly_available=False, nodes=(),
        active_node=None, profile=profile,
    )  # fmt: skip


def listed(name: str, group: str) -> VmmHost:
    words = dict.fromkeys(VmmHost.__dataclass_fields__) | {"id": name, "name": name, "fqdn": name}
    return VmmHost(**(words | {"group": f"All Hosts\\{group}", "platform": 2}))  # type: ignore[arg-type]


def vm_network(name: str, logical: str) -> VmNetwork:
    return VmNetwork(id=name, name=name, logical_network=logical, isolation=None)


VMM_FACTS: Facts = {
    (VmmServer, VMM): [server()],
    (Cloud, VMM): [cloud("Primary", "front"), cloud("Recovery", "back"), cloud("Spare")],
    (VmmHost, VMM): [listed(A, "Primary"), listed(B, "Recovery"), listed(C, "Elsewhere")],
    (VmmVirtualMachine, VMM): [
        VmmVirtualMachine(
            id="1", hyper_v_id=GUID, name="web", cloud="Primary", host=A, group_path=None, bios_guid=None, status=None,
            generation=2,
        )
    ],
    (VmmAdapter, VMM): [
        VmmAdapter(
            id="1", name="web", device_id=f"Microsoft:{GUID}\\X", vm_network=name, logical_network="front", switch="s",
            host_management=None,
        )
        for name in ("Production", "Test")
    ],
    (VmNetwork, VMM): [vm_network("Production", "front"), vm_network("Standby", "back"), vm_network("Other", "front")],
}  # fmt: skip
NAMES = (VMM, "Primary", VMM, "Recovery")


def clouds(facts: Facts, *findings, mapped=(("production", "Standby"),), names=NAMES) -> Clouds:
    estate = planned(
        (A, B),
        profiles=frozenset({Profile.ASR_VMM}),
        vmm_servers=(VMM,),
        cloud_pairs=(CloudPair(*names),),
        network_mappings=tuple(Mapping(*one) for one in mapped),
    )
    found = drawn(facts, estate, *findings).pictures.clouds
    assert found is not None
    return found


def on_pair(check: str, status: Status, seen: str = ""):
    return finding(check, scopes.CLOUD_PAIR, NAMES, status, seen, profiles=frozenset({Profile.ASR_VMM}))


def test_a_pair_of_clouds_has_its_hosts_and_what_becomes_of_its_networks():
    found = clouds(VMM_FACTS, on_pair("VMM-10", WARN, "Test is mapped to nothing"), on_pair("VMM-05", PASS))
    (pair,) = found.pairs
    assert (pair.source.there, pair.source.groups, pair.source.hosts) == (True, ("All Hosts\\Primary",), (A,))
    assert pair.target.hosts == (B,)
    assert pair.mark.status is WARN
    assert [side.name for side in found.others] == ["Spare"]
    told = {one.source: (one.target, one.there, one.mark.status) for one in pair.networks.drawn}
    assert told == {"Production": ("Standby", True, None), "Test": ("", False, WARN)}


@pytest.mark.parametrize(
    ("profile", "goal", "there"), [(1, "Standby", True), (1, "Other", False), (1, "No", False), (2, "No", None)]
)
def test_a_mapping_is_there_where_the_target_cloud_has_it(profile, goal, there):
    facts = VMM_FACTS | {(VmmServer, VMM): [server(profile)]}
    (pair,) = clouds(facts, mapped=(("Production", goal),)).pairs
    assert {one.source: one.there for one in pair.networks.drawn}["Production"] is there


def test_what_is_mapped_to_nothing_is_no_failure_of_its_own():
    (pair,) = clouds(VMM_FACTS, on_pair("VMM-10", FAIL, "Production → No"), mapped=(("Production", "No"),)).pairs
    told = {one.source: (one.there, one.mark.status) for one in pair.networks.drawn}
    assert told == {"Production": (False, FAIL), "Test": (False, None)}


@pytest.mark.parametrize(("profile", "there"), [(1, False), (2, None)])
def test_a_cloud_that_is_not_listed_is_missing_only_where_all_is_shown(profile, there):
    facts = VMM_FACTS | {(VmmServer, VMM): [server(profile)]}
    (pair,) = clouds(facts, names=(VMM, "Primary", VMM, "Gone")).pairs
    assert (pair.source.there, pair.target.there, pair.target.name) == (True, there, "Gone")


def test_of_a_server_that_did_not_answer_nothing_is_known():
    found = clouds({}, finding("VMM-01", scopes.VMM_SERVER, (VMM,), UNKNOWN, "no answer"))
    (pair,) = found.pairs
    assert pair.source.there is None
    assert pair.target.hosts is None
    assert pair.unread
    assert [one.there for one in pair.networks.drawn] == [None]
    assert found.servers[0].unread
    assert found.servers[0].mark.status is UNKNOWN


def test_a_cloud_is_found_by_its_id():
    (pair,) = clouds(VMM_FACTS, names=(VMM, "primary", VMM, "RECOVERY")).pairs
    assert (pair.source.name, pair.target.name) == ("Primary", "Recovery")


def test_without_a_plan_nothing_is_drawn():
    assert drawn({}, Estate()).pictures == Pictures()
    assert drawn({}, Estate(profiles=frozenset({Profile.ASR_VMM}))).pictures == Pictures()


def test_of_very_many_pairs_the_worst_are_kept_whole():
    pictures = many(50).pictures
    assert pictures.networks is not None
    assert pictures.delegation is not None
    for arrows in (pictures.networks.ways, pictures.delegation.arrows):
        pairs = {frozenset((one.source, one.target)) for one in arrows.drawn}
        assert len(pairs) == MOST
        assert arrows.left == 50 * 49 // 2 - MOST
        bad = {frozenset((one.source, one.target)) for one in arrows.drawn if one.mark.status is FAIL}
        assert bad == pairs, "pairs with a failure go before all others"


def test_the_states_of_the_practice_record_are_those_of_its_findings():
    """No picture says what no finding says, of every arrow of an estate of many faults."""
    evidence = record.load(PRACTICE.read_bytes(), OFFER.facts)
    checks = judging.enabled(OFFER.checks, evidence.estate.profiles)
    found = judging.judge(checks, evidence)
    report = policy.report_of(
        evidence, found, checks=checks, plugins=(), threshold=Severity.MEDIUM, not_judged=OFFER.not_judged
    )
    pictures = planning.planned(report, evidence).pictures
    assert pictures.networks
    assert pictures.delegation
    assert pictures.clouds
    said = {(one.check, one.subject.id): one.status for one in found}
    marks = [one.mark for one in (*pictures.networks.ways.drawn, *pictures.delegation.arrows.drawn)]
    marks += [one.mark for one in (*pictures.networks.hosts, *pictures.delegation.accounts, *pictures.clouds.pairs)]
    judged = [mark for mark in marks if mark.status]
    assert {said[by] for mark in judged for by in mark.by} >= {PASS, FAIL, WARN, UNKNOWN}
    assert all({said[by] for by in mark.by} == {mark.status} for mark in judged)
    planned_ways = {(one.source, one.target, one.what) for one in pictures.delegation.arrows.drawn if one.planned}
    failed = {f.subject.names for f in found if f.check == "DEL-01" and f.status is FAIL}
    assert failed
    assert all((*names, MIGRATION) in planned_ways for names in failed)
    for one in pictures.delegation.arrows.drawn:
        assert not (one.mark.status is UNKNOWN and one.there is not None)
        assert not (one.mark.status is PASS and one.there is not True)


def test_findings_of_another_scope_are_of_nobody():
    found = networks({}, finding("RCH-01", scopes.HOST, (A,), FAIL))
    assert found.ways.drawn == ()
