from __future__ import annotations

from dataclasses import replace

import pytest

from checks.reach.rch_02_smb import smb_port
from scanner.api import GapReason, Route, Status
from scanner.facts.host import ComputerSystem, Service
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.facts.vm import VmStorage
from scanner.judge.judging import asks_of
from tests.checks.common.builders import (
    GONE,
    HOSTILE,
    NEXT_TO_IT,
    adapter,
    address,
    disk,
    module,
    neighbour,
    probe,
    settings,
)
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

LOCAL, SHARED = disk(r"D:\web.vhdx"), disk(r"\\FS1.corp.example\vms\web.vhdx")
MOVES, STAYS = (estate(routes=(Route(HV01, HV02, storage=s),)) for s in (True, False))
SMB, PLAIN, BOTH = [settings(smb=True, compression=False)], [settings()], [settings(smb=True)]
DST, FS = "hv02.corp.example:445", "fs1.corp.example:445"

THERE = {"remote": "10.20.0.5", "local": "10.20.0.9"}


def facts(disks=(LOCAL,), here=(), there=(), option=PLAIN):
    return NEXT_TO_IT | {
        (VmStorage, HV01): disks if disks is GONE else list(disks),
        (MigrationSettings, HV01): option,
        (EndpointProbe, HV01): here if here is GONE else [probe(*p, **THERE) for p in here],
        (EndpointProbe, HV02): there if there is GONE else [probe(*p) for p in there],
    }


NO = "TimedOut"
BY_MODULE = {(VMHost, HV01): [replace(module(), performance=MigrationPerformance.SMB)]}


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(here=[(DST,)]), MOVES, Status.PASS, id="open"),
        pytest.param(facts(here=[(DST, NO)]), MOVES, Status.FAIL, id="closed"),
        pytest.param(facts(here=[(DST, "Unresolved")]), MOVES, Status.FAIL, id="name not known"),
        pytest.param(facts(here=GONE), MOVES, Status.UNKNOWN, id="no probes"),
        pytest.param(facts(here=[]), MOVES, Status.UNKNOWN, id="not probed"),
        pytest.param(facts(here=[(DST,)], option=GONE), MOVES, Status.PASS, id="option unread, disks move anyway"),
        pytest.param(facts(disks=GONE, here=[(DST,)]), MOVES, Status.UNKNOWN, id="disks unread"),
        pytest.param(facts(disks=GONE, here=[(DST, NO)]), MOVES, Status.FAIL, id="disks unread, closed"),
        pytest.param(facts([SHARED], [(DST,), (FS,)]), MOVES, Status.PASS, id="file server"),
        pytest.param(facts([SHARED], [(DST,), (FS, NO)]), MOVES, Status.FAIL, id="file server closed"),
        pytest.param(facts([SHARED], [(DST,)]), MOVES, Status.UNKNOWN, id="file server not probed"),
        pytest.param(facts([]), STAYS, Status.NOT_APPLICABLE, id="nothing by SMB"),
        pytest.param(facts(here=[(DST,)]), STAYS, Status.PASS, id="a local disk must move"),
        pytest.param(facts(here=[(DST, NO)]), STAYS, Status.FAIL, id="a local disk cannot move"),
        pytest.param(facts(), STAYS, Status.UNKNOWN, id="a local disk, not probed"),
        pytest.param(facts(here=[(DST, NO)], option=GONE), STAYS, Status.FAIL, id="a local disk, option unread"),
        pytest.param(
            facts([SHARED, LOCAL], [(FS,), (DST, NO)], [(FS,)]), STAYS, Status.FAIL, id="one of two disks is local"
        ),
        pytest.param(facts([SHARED, LOCAL], [(FS,), (DST,)], [(FS,)]), STAYS, Status.PASS, id="and reaches"),
        pytest.param(facts([disk("")]), STAYS, Status.NOT_APPLICABLE, id="an empty drive"),
        pytest.param(
            facts([disk(r"\\fs1\iso\x.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk")]),
            STAYS,
            Status.NOT_APPLICABLE,
            id="an image",
        ),
        pytest.param(facts([], option=SMB, here=[(DST,)]), STAYS, Status.PASS, id="memory by SMB"),
        pytest.param(facts([], option=SMB, here=[(DST, NO)]), STAYS, Status.FAIL, id="memory by SMB, closed"),
        pytest.param(facts([], option=GONE), STAYS, Status.UNKNOWN, id="option unread"),
        pytest.param(facts([], option=[]), STAYS, Status.UNKNOWN, id="no option told"),
        pytest.param(facts([], option=[], here=[(DST,)]), STAYS, Status.PASS, id="no option told, and it connects"),
        pytest.param(facts([], option=BOTH, here=[(DST,)]), STAYS, Status.PASS, id="SMB or not, it connects"),
        pytest.param(facts([], option=BOTH, here=[(DST, NO)]), STAYS, Status.UNKNOWN, id="SMB or not, closed"),
        pytest.param(facts([], here=[(DST, NO)]) | BY_MODULE, STAYS, Status.UNKNOWN, id="the module says SMB, closed"),
        pytest.param(facts([], here=[(DST,)]) | BY_MODULE, STAYS, Status.PASS, id="the module says SMB, it connects"),
        pytest.param(facts([]) | BY_MODULE, STAYS, Status.UNKNOWN, id="the module says SMB, not probed"),
        pytest.param(facts(here=[(DST,)]) | BY_MODULE, MOVES, Status.PASS, id="disks move, whatever memory does"),
        pytest.param(facts(here=[(DST, NO)]) | BY_MODULE, STAYS, Status.FAIL, id="a local disk, whatever memory does"),
        pytest.param(facts([SHARED], [(FS,)], [(FS,)]), STAYS, Status.PASS, id="disks stay, both reach them"),
        pytest.param(facts([SHARED], [(FS,)], [(FS, NO)]), STAYS, Status.FAIL, id="disks stay, out of reach there"),
        pytest.param(facts([SHARED], [(FS,)], GONE), STAYS, Status.UNKNOWN, id="disks stay, destination not probed"),
    ],
)
def test_smb_port(judge: Judge, known, where, expected):
    assert judge(smb_port, known, where).status is expected


def test_it_must_be_the_destination_that_answers_and_a_file_server_may_be_anybody(judge: Judge):
    itself = probe(DST, remote="10.20.0.9", local="10.20.0.9")
    finding = judge(smb_port, facts() | {(EndpointProbe, HV01): [itself]}, MOVES)
    assert finding.status is Status.FAIL
    assert "met itself" in finding.seen
    assert finding.remedy == ""
    share = [probe(DST, **THERE), probe(FS, remote="10.20.0.77", local="10.20.0.9")]
    assert judge(smb_port, facts([SHARED]) | {(EndpointProbe, HV01): share}, MOVES).status is Status.PASS


@pytest.mark.parametrize(
    ("reason", "expected"),
    [(GapReason.ANOTHER_MACHINE, Status.UNKNOWN), (GapReason.TIMEOUT, Status.PASS), (PLAIN, Status.PASS)],
)
def test_a_name_that_leads_to_another_machine_is_not_green(judge: Judge, reason, expected):
    known = facts(here=[(DST,)]) | {(MigrationSettings, HV02): reason}
    assert judge(smb_port, known, MOVES).status is expected


@pytest.mark.parametrize(
    ("state", "expected"), [("Stopped", Status.UNKNOWN), ("Stop Pending", Status.UNKNOWN), ("Running", Status.PASS)]
)
def test_a_port_that_connects_while_the_service_is_stopped_is_no_proof(judge: Judge, state, expected):
    known = facts(here=[(DST,)]) | {(Service, HV02): [Service("LanmanServer", state, "Auto", 0, None)]}
    known[Service, HV02].append(Service("WinRM", "Stopped", "Auto", 0, None))
    finding = judge(smb_port, known, MOVES)
    assert finding.status is expected
    assert ("LanmanServer of hv02.corp.example is" in finding.note) is (expected is Status.UNKNOWN)


def test_asks_what_it_judges():
    def asked(known, where):
        return [(ask.target, ask.argument) for ask in asks_of([smb_port], evidence(known, where))]

    assert asked(facts([SHARED, SHARED]), MOVES) == [(HV01, DST), (HV01, FS)]
    assert asked(facts([SHARED]), STAYS) == [(HV01, DST), (HV01, FS), (HV02, FS)]  # fs1 may turn out to be the source
    assert asked(facts([]), STAYS) == []
    assert asked(facts([]) | BY_MODULE, STAYS) == [(HV01, DST)]
    assert asked(facts([], option=GONE), STAYS) == [(HV01, DST)]
    assert asked(facts(), STAYS) == [(HV01, DST)]


def test_who_answered_is_asked_where_another_machine_holds_the_address_too():
    known = facts() | {(IPAddress, HV11): [address("10.20.0.5/24")]}
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02),))
    found = [(ask.fact, ask.target, ask.argument) for ask in asks_of([smb_port], evidence(known, where))]
    assert found == [(EndpointProbe, HV01, DST), (Neighbour, HV01, "10.20.0.5")]


@pytest.mark.parametrize(
    ("server", "target"),
    [
        ("localhost", ""),
        ("hv01", ""),
        (HV01, ""),
        ("10.20.0.9", ""),
        ("nas", "nas:445"),
        ("10.20.0.7", "10.20.0.7:445"),
    ],
)
def test_a_share_of_the_source_itself_moves(judge: Judge, server, target):
    """Called by a name, by an address, or found out by an attempt that came back."""
    known = facts([disk(rf"\\{server}\d$\web.vhdx")])
    itself = [probe(target, remote="10.20.0.9", local="10.20.0.9")] if target else []
    asks = [(ask.target, ask.argument) for ask in asks_of([smb_port], evidence(known, STAYS))]
    assert (HV01, DST) in asks
    for answer, expected in (
        (probe(DST, **THERE), Status.PASS),
        (probe(DST, NO), Status.FAIL),
        (None, Status.UNKNOWN),
    ):
        tried = [*itself, *([answer] if answer else [])]
        assert judge(smb_port, known | {(EndpointProbe, HV01): tried}, STAYS).status is expected


SYSTEMS = {
    (ComputerSystem, host): [ComputerSystem(host[:4].upper(), host[:4], "corp.example", True, 3)]
    for host in (HV01, HV02)
}


@pytest.mark.parametrize("server", ["hv02", "HV02", HV02, "10.20.0.5", "nas"])
def test_the_destination_runs_no_machine_on_a_share_of_its_own(judge: Judge, server):
    """By whatever name; a local connection to itself is a loopback, which Hyper-V does not support."""
    target = f"{server.lower()}:445"
    known = facts([disk(rf"\\{server}\vms\web.vhdx")]) | SYSTEMS
    known |= {
        (EndpointProbe, HV01): [probe(target, **THERE), probe(DST, **THERE)],
        (EndpointProbe, HV02): [probe(target, remote="10.20.0.5", local="10.20.0.5")],
    }
    finding = judge(smb_port, known, STAYS)
    assert finding.status is Status.FAIL
    assert "hv02.corp.example would open its own share" in finding.seen
    assert finding.remedy.startswith("Let the disks move, too")
    assert judge(smb_port, known, MOVES).status is Status.PASS


THIRD = "hv03.corp.example"
THREE = estate(hosts=(HV01, HV02, THIRD), routes=(Route(HV01, HV02, storage=False),))


@pytest.mark.parametrize(
    ("remote", "state", "expected"),
    [
        pytest.param("10.20.0.3", "Running", Status.PASS, id="it answers"),
        pytest.param("10.20.0.3", "Stopped", Status.UNKNOWN, id="it answers, and does not serve"),
        pytest.param("10.20.0.4", "Running", Status.FAIL, id="another host answers"),
        pytest.param("10.20.0.77", "Running", Status.UNKNOWN, id="who answers nobody knows"),
    ],
)
@pytest.mark.parametrize("server", [THIRD, "hv03"])
def test_a_file_server_that_is_a_host_must_answer_itself(judge: Judge, server, remote, state, expected):
    there = {"remote": remote, "local": "10.20.0.9"}
    known = facts([disk(rf"\\{server}\vms\web.vhdx")]) | {
        (EndpointProbe, HV01): [probe(f"{server}:445", **there)],
        (EndpointProbe, HV02): [probe(f"{server}:445", **(there | {"local": "10.20.0.5"}))],
        (IPAddress, THIRD): [address("10.20.0.3/24")],
        (IPAddress, HV11): [address("10.20.0.4/24")],
        (Service, THIRD): [Service("LanmanServer", state, "Auto", 0, None)],
    }
    assert judge(smb_port, known, THREE).status is expected


@pytest.mark.parametrize(
    ("state", "others", "expected"),
    [("Running", (), Status.PASS), ("Stopped", (), Status.UNKNOWN), ("Running", (HV11,), Status.UNKNOWN)],
)
def test_a_file_server_is_a_host_by_its_address_too(judge: Judge, state, others, expected):
    there = {"remote": "10.20.0.3", "local": "10.20.0.9"}
    known = facts([disk(r"\\10.20.0.3\vms\web.vhdx")]) | {
        (EndpointProbe, HV01): [probe("10.20.0.3:445", **there)],
        (EndpointProbe, HV02): [probe("10.20.0.3:445", **(there | {"local": "10.20.0.5"}))],
        **{(IPAddress, host): [address("10.20.0.3/24")] for host in (THIRD, *others)},
        (Service, THIRD): [Service("LanmanServer", state, "Auto", 0, None)],
    }
    assert judge(smb_port, known, THREE).status is expected


def test_another_holder_of_the_address_that_did_not_answer_need_not_serve(judge: Judge):
    known = facts(here=[(DST,)]) | {
        (IPAddress, HV11): [address("10.20.0.5/24")],
        (NetworkAdapter, HV02): [adapter(link_layer="00-15-5D-00-00-02")],
        (NetworkAdapter, HV11): [adapter(link_layer="00-15-5D-00-00-03")],
        (Service, HV11): [Service("LanmanServer", "Stopped", "Auto", 0, None)],
    }
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02),))
    for answered, expected in (("02", Status.PASS), ("03", Status.FAIL)):
        known[Neighbour, HV01] = [neighbour("10.20.0.5", f"00-15-5D-00-00-{answered}")]
        assert judge(smb_port, known, where).status is expected


def test_a_file_server_that_is_a_server_of_vmm_is_a_server_as_any_other(judge: Judge):
    vmm = "vmm01.corp.example"
    known = facts([disk(rf"\\{vmm}\vms\web.vhdx")], [(DST,), (f"{vmm}:445",)]) | {
        (ComputerSystem, vmm): [ComputerSystem("VMM01", "vmm01", "corp.example", True, 3)]
    }
    where = estate(routes=(Route(HV01, HV02),), vmm_servers=(vmm,))
    assert judge(smb_port, known, where).status is Status.PASS


def test_a_name_of_nobody_that_leads_to_a_host_which_does_not_serve_is_no_proof(judge: Judge):
    there = {"remote": "10.20.0.3", "local": "10.20.0.9"}
    known = facts([SHARED]) | {
        (EndpointProbe, HV01): [probe(FS, **there)],
        (EndpointProbe, HV02): [probe(FS, **(there | {"local": "10.20.0.5"}))],
        (IPAddress, THIRD): [address("10.20.0.3/24")],
    }
    assert judge(smb_port, known, THREE).status is Status.PASS
    stopped = {(Service, THIRD): [Service("LanmanServer", "Stopped", "Auto", 0, None)]}
    assert judge(smb_port, known | stopped, THREE).status is Status.UNKNOWN


@pytest.mark.parametrize(("his", "command"), [(NO, True), ("Connected", False), ("Refused", False)])
def test_no_rule_is_switched_on_that_lets_others_in(judge: Judge, his, command):
    other = {(EndpointProbe, HV11): [probe(DST, his, remote="10.20.0.5", local="10.20.0.1")]}
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02),))
    remedy = judge(smb_port, facts(here=[(DST, NO)]) | other, where).remedy
    assert remedy.startswith("Enable-NetFirewallRule" if command else "Let TCP 445 into hv02.corp.example")


def test_a_hostile_server_name_is_neither_asked_for_nor_green(judge: Judge):
    known = facts([disk(rf"\\{HOSTILE.split(chr(92))[0]}\s\a.vhdx")], [(DST,)])
    assert [ask.argument for ask in asks_of([smb_port], evidence(known, MOVES))] == [DST]
    assert judge(smb_port, known, MOVES).status is Status.UNKNOWN


def test_texts(judge: Judge):
    finding = judge(smb_port, facts([SHARED], [(DST,), (FS, "Refused")]), MOVES)
    assert finding.seen == "fs1.corp.example:445: refused: the machine answers, but nothing listens there"


@pytest.mark.parametrize(
    ("outcome", "host", "server"),
    [
        (NO, "Enable-NetFirewallRule -CimSession 'hv02.corp.example' -Name 'FPS-SMB-In-TCP'", "Let TCP 445 into fs1"),
        ("Refused", "Let hv02.corp.example share files", "Let fs1.corp.example share files"),
        ("Unresolved", "Make the name hv02.corp.example known", "Make the name fs1.corp.example known"),
        ("Unreachable", "Give hv01.corp.example a route to hv02", "Give hv01.corp.example a route to fs1"),
        ("Failed", "", ""),
    ],
)
def test_a_remedy_for_each_outcome_and_no_command_for_a_file_server(judge: Judge, outcome, host, server):
    to_host = judge(smb_port, facts(here=[(DST, outcome)]), MOVES).remedy
    to_server = judge(smb_port, facts([SHARED], [(DST,), (FS, outcome)]), MOVES).remedy
    assert to_host.startswith(host)
    assert to_server.startswith(server)
    assert bool(to_host) == bool(host)
    assert "Firewall" not in to_server


@pytest.mark.parametrize(("option", "why"), [(GONE, "timeout"), ([], "0 rows where one was expected")])
def test_an_option_that_is_not_known_is_told(judge: Judge, option, why):
    finding = judge(smb_port, facts([], option=option), STAYS)
    assert finding.note == f"MigrationSettings of hv01.corp.example: {why}"


def test_nothing_by_smb_says_so(judge: Judge):
    assert judge(smb_port, facts([]), STAYS).note.startswith("no disk moves")


def test_many_servers_are_counted(judge: Judge):
    servers = [f"fs{n}" for n in range(15)]
    known = facts([disk(rf"\\{s}\v\a.vhdx") for s in servers], [(DST,), *((f"{s}:445", NO) for s in servers)])
    finding = judge(smb_port, known, MOVES)
    assert finding.seen.endswith("and 5 more")
    assert finding.remedy.count("\n") == 9
