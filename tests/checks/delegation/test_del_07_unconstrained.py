from __future__ import annotations

import pytest

from checks.delegation.del_07_unconstrained import unconstrained
from scanner.api import GapReason, Route, Status
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import disk
from tests.checks.delegation.domain import (
    ANY_PROTOCOL,
    CREDSSP,
    GUARDED,
    OPEN,
    SIDS,
    UNGUARDED,
    account,
    across,
    both,
    known,
    settings,
    system,
    windows,
)  # fmt: skip
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate

NAMES = (*both(HV02), *both(HV02, "cifs"))
FS = "fs01.corp.example"


def run(judge: Judge, source, facts=None, where=None, subject=HV01, others=()):
    base = known(source, account(HV02), *others)
    base |= {(OperatingSystem, HV01): [windows()], (MigrationSettings, HV01): [settings()], (VmStorage, HV01): []}
    base |= {(NamedAccount, CORP): []}
    return judge(unconstrained, base | (facts or {}), where, subject=subject)


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        pytest.param(0x1000, Status.PASS, id="clear"),
        pytest.param(0x1001000, Status.PASS, id="the other bit of delegation"),
        pytest.param(0x81000, Status.WARN, id="set"),
        pytest.param(0x1081000, Status.WARN, id="both"),
        pytest.param(0x82000, Status.NOT_APPLICABLE, id="a domain controller"),
        pytest.param(0x2000, Status.NOT_APPLICABLE, id="a domain controller that lost it"),
        pytest.param(0x5001000, Status.NOT_APPLICABLE, id="a read-only one"),
        pytest.param(0x4081000, Status.NOT_APPLICABLE, id="a read-only one that has it"),
    ],
)
def test_bits(judge: Judge, bits, expected):
    finding = run(judge, account(HV01, *NAMES, uac=bits))
    assert finding.status is expected
    assert ("$false" in finding.remedy) is (expected is Status.WARN)


def test_no_move_rests_on_it_where_names_are_listed(judge: Judge):
    finding = run(judge, account(HV01, *NAMES, uac=OPEN), {(DeviceGuard, HV01): [GUARDED]})
    assert (finding.status, finding.works) == (Status.WARN, "no planned move rests on it")
    command = "Set-ADAccountControl -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example'"
    assert finding.remedy == f"{command} -TrustedForDelegation $false"


@pytest.mark.parametrize(
    "listed",
    [pytest.param((), id="nothing"), pytest.param(both(HV02), id="no cifs"), pytest.param(NAMES[2:], id="cifs alone")],
)
@pytest.mark.parametrize(
    ("guard", "build", "expected"),
    [
        ([UNGUARDED], 17763, Status.WARN),
        ([UNGUARDED], 26100, Status.WARN),
        ([GUARDED], 17763, Status.FAIL),
        (GapReason.ACCESS_DENIED, 26100, Status.UNKNOWN),
        (GapReason.ACCESS_DENIED, 17763, Status.UNKNOWN),
        ([], 9600, Status.WARN),
        ([], 14393, Status.UNKNOWN),
    ],
)
def test_the_only_way(judge: Judge, listed, guard, build, expected):
    facts = {(DeviceGuard, HV01): guard, (OperatingSystem, HV01): [windows(build)]}
    finding = run(judge, account(HV01, *listed, uac=OPEN), facts)
    assert finding.status is expected
    assert "$false" not in finding.remedy, "the move would lose the only way it has"
    assert finding.remedy.startswith("Complete the names")


def test_resource_based_delegation_is_a_way(judge: Judge):
    source = account(HV01, uac=OPEN)
    named = {(ComputerAccount, CORP): [source, account(HV02, allowed=(SIDS[HV01],))]}
    assert "$false" in run(judge, source, named | {(DeviceGuard, HV01): [GUARDED]}).remedy
    group = {
        (ComputerAccount, CORP): [account(HV01, uac=OPEN, groups=()), account(HV02, allowed=("S-1-5-21-1-1-1-7",))]
    }
    assert run(judge, source, group).status is Status.UNKNOWN


def test_a_destination_is_judged_too(judge: Judge):
    facts = {(ComputerAccount, CORP): [account(HV01, *NAMES), account(HV02, uac=OPEN)]}
    assert run(judge, account(HV01), facts, subject=HV02).status is Status.WARN


def test_disks_alone_need_cifs_alone(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    source = account(HV01, *both(HV02, "cifs"), uac=OPEN)
    assert "$false" in run(judge, source, where=where).remedy
    assert "$false" not in run(judge, account(HV01, *both(HV02), uac=OPEN), where=where).remedy


@pytest.mark.parametrize(
    ("listed", "allowed", "only"),
    [((), (), True), (both(FS, "cifs"), (), False), ((), (SIDS[HV01],), False)],
)
def test_a_file_server_may_be_reached_by_it_alone(judge: Judge, listed, allowed, only):
    source = account(HV01, *NAMES, *listed, uac=OPEN)
    server = account(FS, spns=both(FS, "HOST"), allowed=allowed)
    facts = {(VmStorage, HV01): [disk(rf"\\{FS}\vms\x.vhdx")]}
    finding = run(judge, source, facts, others=(server,))
    assert finding.status is Status.WARN
    assert ("$false" not in finding.remedy) is only


FAR = "fs01.branch.example"


@pytest.mark.parametrize(
    "servers", [(account(FAR, spns=both(FAR, "HOST")),), ()], ids=["of another domain", "without one"]
)
def test_it_carries_nothing_to_these_file_servers(judge: Judge, servers):
    where = estate(domains=(CORP, BRANCH))
    facts = {(VmStorage, HV01): [disk(rf"\\{FAR}\vms\x.vhdx")], (NamedAccount, BRANCH): []}
    facts |= {(ComputerAccount, BRANCH): list(servers)}
    finding = run(judge, account(HV01, *NAMES, uac=OPEN), facts, where)
    assert "$false" in finding.remedy


def test_in_another_domain_it_carries_nothing(judge: Judge):
    source, where = account(HV01, uac=OPEN), across()
    base = known(source, account(HV11), hosts=(HV01, HV11))
    base |= {(OperatingSystem, HV01): [windows()], (MigrationSettings, HV01): [settings()], (VmStorage, HV01): []}
    assert "$false" in judge(unconstrained, base, where, subject=HV01).remedy


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN),
        ({(VmStorage, HV01): GapReason.TIMEOUT}, Status.UNKNOWN),
        ({(ComputerSystem, HV01): [system(HV01, joined=False)]}, Status.NOT_APPLICABLE),
        ({(ComputerSystem, HV02): GapReason.TIMEOUT}, Status.UNKNOWN),
    ],
)
def test_gaps(judge: Judge, facts, expected):
    assert run(judge, account(HV01, *NAMES, uac=OPEN | ANY_PROTOCOL), facts).status is expected


def test_nobody_delegates_with_credssp(judge: Judge):
    facts = {(MigrationSettings, HV01): [CREDSSP]}
    where = estate(remote_initiated=False)
    assert run(judge, account(HV01, uac=OPEN), facts, where).status is Status.NOT_APPLICABLE
    assert run(judge, account(HV01, uac=OPEN), facts).status is not Status.NOT_APPLICABLE


def test_a_move_that_only_arrives_needs_nothing_of_the_destination(judge: Judge):
    """What the source has no other way for is the source's; the destination may lose its own."""
    facts = {(ComputerAccount, CORP): [account(HV01, uac=OPEN), account(HV02, uac=OPEN)]}
    finding = run(judge, account(HV01), facts, subject=HV02)
    assert finding.works == "no planned move rests on it"
    assert "'CN=HV02,DC=corp,DC=example'" in finding.remedy


def test_moves_of_others_count_neither_way(judge: Judge):
    """Whether a host's part is judged, the sources of its own moves decide."""
    for own, other, expected in ((settings(), CREDSSP, Status.WARN), (CREDSSP, settings(), Status.NOT_APPLICABLE)):
        where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)), remote_initiated=False)
        facts = {(MigrationSettings, HV01): [own], (MigrationSettings, HV02): [other]}
        assert run(judge, account(HV01, *NAMES, uac=OPEN), facts, where).status is expected
