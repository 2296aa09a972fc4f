"""What can be judged: a check that is wanted always says something, and a new kind of subject is one row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import GapReason, Profile, Severity, SiteRecovery, Status, Verdict, Who, check, failed, passed, scopes
from scanner.facts.directory import DomainController, DomainInfo
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.network import NetworkAdapter
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.facts.vmm import Cloud, VmmServer
from scanner.judge.judging import judge, judge_check
from scanner.judge.tally import decide, tallied
from scanner.words.bearing import Role, bearings_on
from scanner.words.clouds import CloudPair
from scanner.words.estate import Estate, Route
from scanner.words.exits import INCOMPLETE, NOT_READY, READY
from scanner.words.recovery import KeyFile
from scanner.words.scope import RUN, Part, Scope, Subject, no_subject, unseen
from tests.checks.common.builders import GUID, machine
from tests.conftest import HV01, HV02, estate, evidence

FS, FS2, C1 = "fs01", "fs02", "c1.corp.example"
SYSTEM = ComputerSystem("HV01", "hv01", "corp.example", True, 3)
ALONE = ComputerSystem("HV01", "hv01", "WORKGROUP", False, 2)
DISK = VmStorage("Microsoft:1", "Microsoft:Hyper-V:Virtual Hard Disk", (rf"\\{FS}\vms\a.vhdx",))
ALL = [scope for scope in scopes.ALL if scope != RUN]


def failing(scope: Scope):
    """A critical check that fails on every subject."""

    @check(
        id="X-01", title="It is as wanted", severity=Severity.CRITICAL, who=Who.HOST,
        scope=scope, seed="beyond seeds", needs=(),
        remedy="none", profiles=list(Profile),
    )  # fmt: skip
    def never(_subject, _view):
        return failed("seen", "wanted")

    return never


@pytest.mark.parametrize("scope", scopes.ALL, ids=str)
@pytest.mark.parametrize("facts", [{}, {(ComputerSystem, HV01): [SYSTEM]}], ids=["nothing read", "a host read"])
def test_a_check_that_always_fails_is_never_ready(scope, facts):
    """Before there was one table, a check about clusters or operators gave no finding: ready, exit 0."""
    made = judge([failing(scope)], evidence(facts))
    assert made
    assert decide(tallied(made, Severity.LOW)) in (NOT_READY, INCOMPLETE)
    assert all(finding.note for finding in made if finding.status is not Status.FAIL), "it says why"


@pytest.mark.parametrize("scope", ALL, ids=str)
def test_an_empty_estate_leaves_no_scope_silent(scope):
    found = list(judge_check(failing(scope), evidence({}, Estate())))
    assert [finding.subject.kind for finding in found] == [RUN]
    assert found[0].status in (Status.NOT_APPLICABLE, Status.UNKNOWN)
    assert found[0].note


def subjects(scope, facts, where=None):
    """Names of the subjects and the status of each, as a check that passes has them."""
    made = replace(failing(scope), judge=lambda _subject, _view: passed(""))
    return {f.subject.names: f.status for f in judge_check(made, evidence(facts, where or estate(hosts=(HV01, HV02))))}


VMM = VmmServer("localhost", "vmm01.corp.example", "10.22.1287.0", None, False, (), None, 1)
NONE = {("run",): Status.NOT_APPLICABLE}
UNSEEN = {("run",): Status.UNKNOWN}
BOTH = {(ComputerSystem, HV01): [SYSTEM], (ComputerSystem, HV02): [SYSTEM]}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({(ClusterInfo, HV01): [], (ClusterInfo, HV02): []}, NONE),
        ({(ClusterInfo, HV01): [], (ClusterInfo, HV02): GapReason.TIMEOUT}, {(HV02,): Status.UNKNOWN}),
        ({(ClusterInfo, HV01): [ClusterInfo("C1", None, 9)], (ClusterInfo, HV02): []}, {(C1,): Status.PASS}),
        (
            {(ClusterInfo, HV01): [ClusterInfo("C1", "C1.corp.example", 9)], (ClusterInfo, HV02): GapReason.TIMEOUT},
            {(C1,): Status.PASS, (HV02,): Status.UNKNOWN},
        ),
        (
            {(ClusterInfo, host): [ClusterInfo("C1", None, 9)] for host in (HV01, HV02)},
            {(C1,): Status.PASS},
        ),
        (
            {
                (ClusterInfo, HV01): [ClusterInfo("C1", None, 9)],
                (ClusterInfo, HV02): [ClusterInfo("c1", "C1.Corp.example.", 9)],
            },
            {(C1,): Status.PASS},
        ),
    ],
    ids=[
        "none",
        "one host unread",
        "one",
        "one, and one host unread",
        "two nodes",
        "two nodes that spell it otherwise",
    ],
)
def test_clusters(facts, expected):
    assert subjects(scopes.CLUSTER, facts) == expected


HV03, HV04 = "hv03.corp.example", "hv04.corp.example"
FOUR = (HV01, HV02, HV03, HV04)
ANSWERS = {
    scopes.CLUSTER: (ClusterInfo, lambda name: ClusterInfo(name, f"{name}.corp.example", 9)),
    scopes.FILE_SERVER: (VmStorage, lambda name: replace(DISK, paths=(rf"\\{name}\vms\a.vhdx",))),
}
"""Of what hosts have in common: the fact that tells it, and a row of it."""


def shared(scope, *named):
    """A failing check's findings, where the four hosts name these, of nobody's nothing, and None did not answer."""
    fact, row = ANSWERS[scope]
    facts = {
        (fact, host): GapReason.TIMEOUT if name is None else [row(name)] if name else []
        for host, name in zip(FOUR, named, strict=True)
    }
    made = judge_check(failing(scope), evidence(facts, estate(hosts=FOUR)))
    return {f.subject.names[0].partition(".")[0]: f for f in made}


@pytest.mark.parametrize("scope", ANSWERS, ids=str)
def test_what_hosts_have_in_common_bears_on_their_moves_and_on_no_others(scope):
    """Before, one cluster without a broker stopped the replication of every host of the estate."""
    found = shared(scope, "one", "one", "two", "")
    assert {name: f.status for name, f in found.items()} == {"one": Status.FAIL, "two": Status.FAIL}
    moves = [(a, b) for a in FOUR for b in FOUR if a != b]
    for name, hosts in (("one", {HV01, HV02}), ("two", {HV03})):
        assert [move for move in moves if found[name].bears_on(*move)] == [m for m in moves if hosts & {*m}], name


@pytest.mark.parametrize("scope", ANSWERS, ids=str)
def test_a_host_that_does_not_say_what_it_has_in_common_with_others_waits_alone(scope):
    """Of nobody a move is ready because he did not answer; what the others have in common they say themselves."""
    found = shared(scope, "one", None, "", None)
    assert {name: f.status for name, f in found.items()} == {
        "one": Status.FAIL, "hv02": Status.UNKNOWN, "hv04": Status.UNKNOWN,
    }  # fmt: skip
    assert (found["hv02"].bears_on(HV02, HV03), found["hv02"].bears_on(HV03, HV02)) == (True, True)
    assert not found["hv02"].bears_on(HV01, HV03)
    assert found["one"].bears_on(HV01, HV02)
    assert not found["one"].bears_on(HV02, HV03)


def test_a_cluster_that_tells_no_name_is_one_all_the_same():
    facts = {(ClusterInfo, HV01): [ClusterInfo("", None, None)], (ClusterInfo, HV02): []}
    assert subjects(scopes.CLUSTER, facts) == {("unnamed.corp.example",): Status.PASS}


def test_a_domain_that_only_the_hosts_name_is_judged():
    """The plug-in of the page said nothing where no domain was declared, though the hosts' own domains are read."""
    where = Estate(hosts=("hv01", "hv02"), routes=(Route("hv01", "hv02"),))
    assert not where.declared_domains
    facts = {(ComputerSystem, "hv01"): [SYSTEM], (ComputerSystem, "hv02"): [SYSTEM]}
    assert subjects(scopes.DOMAIN, facts, where) == {("corp.example",): Status.PASS}
    facts[ComputerSystem, "hv02"] = GapReason.TIMEOUT
    assert subjects(scopes.DOMAIN, facts, where) == {("corp.example",): Status.PASS} | UNSEEN
    alone = {(ComputerSystem, "hv01"): [ALONE], (ComputerSystem, "hv02"): [ALONE]}
    assert subjects(scopes.DOMAIN, alone, where) == NONE


def test_controllers_forests_and_hosts_with_their_controllers():
    facts = BOTH | {
        (DomainController, "corp.example"): [DomainController("dc1.corp.example", "corp.example")],
        (DomainInfo, "corp.example"): [DomainInfo("corp.example", "Root.example", "DC=corp", 7)],
    }
    assert subjects(scopes.CONTROLLER, facts) == {("corp.example", "dc1.corp.example"): Status.PASS}
    assert subjects(scopes.FOREST, facts) == {("root.example",): Status.PASS}
    assert set(subjects(scopes.HOST_CONTROLLER, facts)) == {(HV01, "dc1.corp.example"), (HV02, "dc1.corp.example")}
    facts[DomainController, "corp.example"] = GapReason.ACCESS_DENIED
    assert subjects(scopes.CONTROLLER, facts) == subjects(scopes.HOST_CONTROLLER, facts) == UNSEEN


OF_DOMAINS = (scopes.DOMAIN, scopes.FOREST, scopes.CONTROLLER, scopes.HOST_CONTROLLER)


@pytest.mark.parametrize("scope", OF_DOMAINS, ids=str)
@pytest.mark.parametrize(
    "system",
    [GapReason.TIMEOUT, [], [SYSTEM, replace(SYSTEM, domain="b.example")], [replace(SYSTEM, domain="no name!")]],
    ids=["unread", "no row", "two rows", "no DNS name"],
)
def test_where_it_is_not_known_who_is_in_which_domain_nothing_of_domains_is_none(scope, system):
    where = Estate(hosts=("hv01",), routes=())
    assert subjects(scope, {(ComputerSystem, "hv01"): system}, where) == UNSEEN
    assert subjects(scope, {(ComputerSystem, "hv01"): [ALONE]}, where) == NONE


@pytest.mark.parametrize("scope", OF_DOMAINS[1:], ids=str)
def test_a_domain_that_names_no_forest_or_controller_did_not_tell(scope):
    facts = BOTH | {(DomainController, "corp.example"): [], (DomainInfo, "corp.example"): []}
    assert subjects(scope, facts) == UNSEEN


def test_a_domain_with_the_dot_of_the_root_is_the_same_one():
    facts = {(ComputerSystem, host): [replace(SYSTEM, domain="Corp.example.")] for host in (HV01, HV02)}
    assert subjects(scopes.DOMAIN, facts) == {("corp.example",): Status.PASS}


@pytest.mark.parametrize(
    ("scope", "fact"),
    [(scopes.VM, VirtualMachineSettings), (scopes.VM_ROUTE, VirtualMachineSettings), (scopes.CLUSTER, ClusterInfo),
     (scopes.DOMAIN, ComputerSystem), (scopes.HOST_NETWORK, NetworkAdapter)],
    ids=str,
)  # fmt: skip
def test_a_defect_that_hides_who_the_subjects_are_is_an_error_as_any(scope, fact):
    where = Estate(hosts=("hv01", "hv02"), routes=(Route("hv01", "hv02"),))
    facts = {(fact, host): reason for host, reason in (("hv01", GapReason.TIMEOUT), ("hv02", GapReason.DEFECT))}
    found = subjects(scope, facts, where)
    if scope in (scopes.VM, scopes.VM_ROUTE):
        assert set(found.values()) == {Status.UNKNOWN}
        found = subjects(scope, {(fact, "hv01"): GapReason.DEFECT}, where)
    assert Status.ERROR in found.values()


@pytest.mark.parametrize(
    ("listed", "others"), [([], {"*"}), ([1], {"*"}), ([1, 2], set[str]()), ([1, 2, 3], set[str]())]
)
def test_a_machine_that_only_its_state_tells_of_is_not_passed_over(listed, others):
    states = [VirtualMachineState(GUID.format(number).upper(), "x", 2, 5, (2,), 0, 0, 0) for number in (1, 2)]
    own = VirtualMachineState("HV01", "HV01", 2, 5, (2,), 0, 0, 0)
    rows = [machine(number) for number in listed]
    where = Estate(hosts=("hv01", "hv02"), routes=(Route("hv01", "hv02"),))
    for scope in (scopes.VM, scopes.VM_ROUTE):
        found = subjects(
            scope, {(VirtualMachineSettings, "hv01"): rows, (VirtualMachineState, "hv01"): [own, *states]}, where
        )
        ids = {names[1]: status for names, status in found.items()}
        assert ids == {GUID.format(n): Status.PASS for n in listed} | dict.fromkeys(others, Status.UNKNOWN)
        assert Status.UNKNOWN not in subjects(scope, {(VirtualMachineSettings, "hv01"): rows}, where).values()


def test_file_servers_and_hosts_with_their_file_servers():
    facts = {(VmStorage, HV01): [DISK], (VmStorage, HV02): []}
    assert subjects(scopes.FILE_SERVER, facts) == {(FS,): Status.PASS}
    nothing = {(HV02, "*"): Status.NOT_APPLICABLE}
    assert subjects(scopes.HOST_FILE_SERVER, facts) == {(HV01, FS): Status.PASS} | nothing
    facts[VmStorage, HV02] = GapReason.TIMEOUT
    assert subjects(scopes.FILE_SERVER, facts) == {(FS,): Status.PASS, (HV02,): Status.UNKNOWN}
    assert subjects(scopes.HOST_FILE_SERVER, facts) == {(HV01, FS): Status.PASS, (HV02, "*"): Status.UNKNOWN}
    assert subjects(scopes.FILE_SERVER, {(VmStorage, HV01): [], (VmStorage, HV02): []}) == NONE


def test_an_unread_host_stops_only_its_own_moves():
    adapter = NetworkAdapter(5, "Ethernet", 1, 1, None, None, ())
    facts = {(NetworkAdapter, HV01): [adapter], (NetworkAdapter, HV02): GapReason.TIMEOUT}
    made = {f.subject.names: f for f in judge_check(failing(scopes.HOST_NETWORK), evidence(facts))}
    assert made[HV01, "5"].subject.label == "Ethernet on hv01"
    assert made[HV02, "*"].status is Status.UNKNOWN
    assert not made[HV02, "*"].bears_on(HV01, "hv03.corp.example")
    assert made[HV02, "*"].bears_on(HV01, HV02)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Estate(key_files=(KeyFile("a.VaultCredentials"),)), {("a.VaultCredentials",): Status.PASS}),
        (Estate(site_recovery=SiteRecovery(registered=True)), NONE),
        (Estate(), UNSEEN),
    ],
    ids=["a key file", "registered", "neither"],
)
def test_key_files(where, expected):
    """Site Recovery without a key file was ready, with no word about keys."""
    assert subjects(scopes.KEY_FILE, {}, where) == expected


@pytest.mark.parametrize(
    ("servers", "facts", "expected"),
    [
        ((), {}, NONE),
        (("vmm01",), {(ClusterInfo, "vmm01"): []}, NONE),
        (("vmm01",), {(ClusterInfo, "vmm01"): [ClusterInfo("V1", None, 9)]}, {("v1",): Status.PASS}),
        (("vmm01",), {}, UNSEEN),
    ],
)
def test_clusters_of_vmm_servers(servers, facts, expected):
    assert subjects(scopes.VMM_CLUSTER, facts, Estate(vmm_servers=servers)) == expected


@pytest.mark.parametrize("scope", [scopes.CLOUD, scopes.CLOUD_PAIR], ids=str)
def test_clouds_that_no_fact_names_are_unknown_where_there_is_a_server(scope):
    assert subjects(scope, {}, Estate(vmm_servers=("vmm01",))) == UNSEEN
    assert subjects(scope, {}, Estate()) == NONE


PRIMARY = Cloud("0A11", "Primary", ("All Hosts",), ("Hyper-V",), (), (), False)
OTHER = Cloud("0B22", "Other", ("All Hosts",), (), (), (), False)
PLANNED = CloudPair("vmm01", "primary", "vmm01", "Recovery")


@pytest.mark.parametrize(
    ("pairs", "of_the_other"),
    [((), Status.PASS), ((PLANNED,), Status.NOT_APPLICABLE), ((replace(PLANNED, target="{0B22}"),), Status.PASS)],
)
def test_clouds_that_no_plan_names_are_not_judged(pairs, of_the_other):
    facts = {(Cloud, "vmm01"): [PRIMARY, OTHER], (VmmServer, "vmm01"): [VMM]}
    found = subjects(scopes.CLOUD, facts, Estate(vmm_servers=("vmm01",), cloud_pairs=pairs))
    assert found == {("vmm01", "0a11"): Status.PASS, ("vmm01", "0b22"): of_the_other}


def test_pairs_of_clouds_are_those_that_the_estate_names():
    where = Estate(vmm_servers=("vmm01",), cloud_pairs=(PLANNED, replace(PLANNED, frequency=30)))
    assert [case.subject.title for case in scopes.CLOUD_PAIR.cases(evidence({}, where))] == ["primary → Recovery"]
    assert subjects(scopes.CLOUD_PAIR, {}, where) == {("vmm01", "primary", "vmm01", "Recovery"): Status.PASS}


def rule(*cases):
    return Scope("site.gpu", "GPU", (Part.MACHINE, Part.OTHER), Role.EITHER_END, lambda scope, _evidence: [
        case(scope) for case in cases
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("cases", "status"),
    [
        ((), Status.UNKNOWN),
        ((lambda _scope: no_subject("no GPU"),), Status.NOT_APPLICABLE),
        ((lambda _scope: unseen("nobody asked"),), Status.UNKNOWN),
        ((lambda scope: scope.of(HV01, "0"),), Status.FAIL),
        ((lambda scope: scope.of(HV01),), Status.ERROR),
        ((lambda scope: scope.of(HV01, 0),), Status.ERROR),
        ((lambda _scope: None,), Status.ERROR),
        ((lambda _scope: 1 / 0,), Status.ERROR),
    ],
    ids=["silent", "none", "unseen", "one", "too few names", "no text", "no case", "it raises"],
)
def test_a_rule_of_somebody_elses(cases, status):
    made = list(judge_check(failing(rule(*cases)), evidence({})))
    assert [finding.status for finding in made] == [status]
    assert decide(tallied(made, Severity.LOW)) != READY


@pytest.mark.parametrize(
    ("parts", "role"),
    [
        ((), Role.RUN),
        ((Part.OTHER,), Role.SOURCE),
        ((Part.OTHER,), Role.EITHER_END),
        ((Part.MACHINE, Part.OTHER), Role.ROUTE),
        ((Part.MACHINE,), Role.PAIR),
        ((Part.MACHINE,), "moon"),
    ],
)
def test_a_scope_whose_findings_would_bear_upon_no_move_cannot_be_made(parts, role):
    """A failure would have stopped the run, and no route."""
    with pytest.raises(ValueError, match=r"site\.gpu|moon"):
        Scope("site.gpu", "GPU", parts, role, lambda _scope, _evidence: [])


@pytest.mark.parametrize(
    "given",
    [None, "PASS", Verdict, Verdict("green"), Verdict("PASS"), Verdict(Status.PASS, seen=3), passed(None)],
    ids=str,
)
def test_what_is_no_verdict_costs_its_check_alone(given):
    """Before, one such answer ended the run with exit 4, and no report was written."""
    made = judge([replace(failing(scopes.HOST), judge=lambda _subject, _view: given)], evidence({}))
    assert {finding.status for finding in made} == {Status.ERROR}


def test_no_two_subjects_of_a_scope_have_one_identity():
    scope = rule()
    names = [("a/b", "c"), ("a", "b/c"), ("a%2Fb", "c"), ("a%252Fb", "c"), (HV01, "0")]
    assert len({scope.of(*each).subject.id for each in names}) == len(names)
    assert scope.of(HV01, "0").subject.id == f"{HV01}/0"
    assert scopes.KEY_FILE.of("/keys/50%.VaultCredentials").subject.id == "/keys/50%.VaultCredentials"


def test_a_subject_of_two_parts_is_about_its_machine():
    subject = rule(lambda scope: scope.of(HV01, "0")).of(HV01, "0").subject
    assert (subject.host, subject.machines, subject.vm_id, subject.title) == (HV01, (HV01,), "", f"{HV01} on 0")
    operator = Subject(scopes.OPERATOR_HOST, ("CORP\\mover", HV02))
    assert (operator.host, operator.machines) == (HV02, (HV02,))
    assert scopes.OPERATOR_HOST.bearing(operator) in bearings_on(HV01, HV02)
    assert scopes.OPERATOR_HOST.bearing(operator) not in bearings_on(HV01, "hv03.corp.example")


@pytest.mark.parametrize(
    ("role", "there", "back", "elsewhere"),
    [
        (Role.SOURCE, True, False, False),
        (Role.DESTINATION, False, True, False),
        (Role.EITHER_END, True, True, False),
        (Role.PROFILE, True, True, True),
        (Role.RUN, True, True, True),
    ],
    ids=str,
)
def test_roles(role, there, back, elsewhere):
    scope = Scope("site.role", "thing", (Part.MACHINE,), role, lambda scope, _: [scope.of(HV01)])
    (made,) = judge_check(failing(scope), evidence({}))
    assert (made.bears_on(HV01, HV02), made.bears_on(HV02, HV01), made.bears_on(HV02, "x")) == (there, back, elsewhere)


def test_what_is_said_of_the_run_in_place_of_a_subject_bears_on_every_move():
    (made,) = judge_check(failing(scopes.FOREST), evidence({}, estate(hosts=(HV01,), domains=())))
    assert (made.subject.kind, made.bears_on("a", "b")) == (RUN, True)


@pytest.mark.parametrize(
    ("hosts", "there", "elsewhere"),
    [((), True, True), ((HV01,), True, False), ((HV01, HV02), True, False), ((HV03, HV04), False, True)],
    ids=["nobody knows them", "one", "both ends", "others"],
)
@pytest.mark.parametrize("role", [Role.HOSTS, Role.RUN])
def test_a_subject_whose_hosts_are_told_bears_on_their_moves(hosts, there, elsewhere, role):
    """Where nobody knows them, on every move: what is missing makes none ready."""
    scope = Scope("site.rack", "rack", (Part.OTHER,), role, lambda scope, _: [scope.of("a").upon(*hosts)])
    (made,) = judge_check(failing(scope), evidence({}))
    assert made.status is Status.FAIL
    assert (made.bears_on(HV01, HV02), made.bears_on(HV02, HV01), made.bears_on(HV03, "x")) == (there, there, elsewhere)


@pytest.mark.parametrize("settle", [lambda case: case.unknown("why"), lambda case: case.not_applicable("why")])
def test_what_is_settled_of_a_subject_takes_no_host_from_it(settle):
    scope = Scope("site.rack", "rack", (Part.OTHER,), Role.HOSTS, lambda scope, _: [settle(scope.of("a").upon(HV01))])
    (made,) = judge_check(failing(scope), evidence({}))
    assert (made.bears_on(HV01, HV02), made.bears_on(HV03, HV02)) == (True, False)


@pytest.mark.parametrize("hosts", [((HV01, HV02),), (None,), (HV01, 1)], ids=str)
def test_hosts_that_are_no_text_are_a_mistake_and_no_silence(hosts):
    scope = Scope("site.rack", "rack", (Part.OTHER,), Role.HOSTS, lambda scope, _: [scope.of("a").upon(*hosts)])
    (made,) = judge_check(failing(scope), evidence({}))
    assert (made.status, made.bears_on("a", "b")) == (Status.ERROR, True)
    assert "are text" in made.note


def test_what_a_scope_rests_on_is_a_key_of_the_estate():
    """The planner asks the estate by that name whether anything is to be asked at all."""
    declared = {scope.name: scope.declared for scope in scopes.ALL if scope.declared}
    assert declared == {
        "share": "offline_paths",
        "host-share": "offline_paths",
        "operator": "operators",
        "operator-host": "operators",
    }
    assert all(hasattr(estate(), name) for name in declared.values())
    assert [scope.name for scope in scopes.ALL if scope.target] == ["host", "domain", "vmm-server", "key-file"]


def test_every_row_has_a_name_of_its_own_and_its_words():
    assert len({scope.name for scope in scopes.ALL}) == len(scopes.ALL)
    assert all(scope.noun and scope.parts for scope in scopes.ALL)
    assert VirtualMachineSettings in scopes.VM.needs
    assert VirtualMachineSettings in scopes.VM_ROUTE.needs


@pytest.mark.parametrize("profile", Profile)
def test_site_recovery_without_a_vmm_server_is_not_judged(profile):
    found = subjects(scopes.VMM_SERVER, {}, Estate(hosts=("hv01",), profiles=frozenset({profile})))
    assert found == (UNSEEN if profile is Profile.ASR_VMM else NONE)


@pytest.mark.parametrize("scope", scopes.ALL, ids=lambda scope: scope.name)
def test_several_are_called_by_a_plural(scope):
    """Where words follow the noun, the "s" does not stand at the end."""
    assert bool(scope.many) == any(f" {word} " in scope.noun for word in ("of", "on", "and"))
