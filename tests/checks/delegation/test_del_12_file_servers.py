from __future__ import annotations

from dataclasses import fields, replace

import pytest

from checks.delegation.del_12_file_servers import file_server
from scanner.api import Ask, GapReason, Route, Status
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.network import IPAddress
from scanner.facts.vm import VmStorage
from scanner.judge.judging import asks_of
from tests.checks.common.builders import address, disk
from tests.checks.delegation.domain import (
    ANY_PROTOCOL,
    CREDSSP,
    GUARDED,
    OFF,
    OPEN,
    SIDS,
    UNGUARDED,
    account,
    both,
    known,
    settings,
    system,
    windows,
)  # fmt: skip
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate, evidence

FS, SHORT, FAR = "fs01.corp.example", "fs01", "fs01.branch.example"
BOTH = both(FS, "cifs")


def named(host: str, *names: str, **words) -> NamedAccount:
    """An account that the second round found; it is not asked for its groups."""
    row = account(host, *names, **({"spns": both(host, "HOST")} | words))
    return NamedAccount(**{field.name: getattr(row, field.name) for field in fields(row)})


def base(source, server: str, *found: NamedAccount):
    facts = known(source, account(HV02)) | {(MigrationSettings, HV01): [settings()]}
    facts |= {(OperatingSystem, HV01): [windows()], (DeviceGuard, HV01): [UNGUARDED]}
    facts |= {(VmStorage, HV01): [disk(rf"\\{server}\vms\x.vhdx")], (VmStorage, HV02): []}
    facts |= {(IPAddress, host): [address("10.77.1.1/16")] for host in (HV01, HV02)}
    for domain in (CORP, BRANCH):
        facts[NamedAccount, domain] = [row for row in found if row.dn.endswith(domain.replace(".", ",DC="))]
    return facts


def run(judge: Judge, source, *found: NamedAccount, server=FS, facts=None, where=None):
    return judge(file_server, base(source, server, *found) | (facts or {}), where, subject=f"{HV01}/{server}")


@pytest.mark.parametrize(
    ("listed", "server", "expected"),
    [
        pytest.param(BOTH, FS, Status.PASS, id="both names"),
        pytest.param(BOTH, SHORT, Status.PASS, id="both names, the short one in the path"),
        pytest.param(tuple(name.upper() for name in BOTH), FS, Status.PASS, id="in capitals"),
        pytest.param(BOTH[1:], FS, Status.WARN, id="the one in the path"),
        pytest.param(BOTH[:1], SHORT, Status.WARN, id="the short one, which is in the path"),
        pytest.param(BOTH[:1], FS, Status.FAIL, id="the other one"),
        pytest.param(BOTH[1:], SHORT, Status.FAIL, id="the full one, and the path has the short one"),
        pytest.param((), FS, Status.FAIL, id="none"),
        pytest.param(both(FS, "HOST"), FS, Status.FAIL, id="HOST does not stand for cifs on a list"),
        pytest.param((f"cifs/{FS}:445", f"cifs/{FS}x"), FS, Status.FAIL, id="with a port, and longer"),
    ],
)
def test_names(judge: Judge, listed, server, expected):
    finding = run(judge, account(HV01, *listed), named(FS), server=server)
    assert finding.status is expected
    lost = [name for name in ("cifs/fs01", f"cifs/{FS}") if name not in {entry.lower() for entry in listed}]
    if expected is not Status.PASS:
        assert finding.remedy.startswith("Set-ADComputer -Identity 'CN=HV01,DC=corp,DC=example' -Server 'corp.example'")
        assert all(f"'{name}'" in finding.remedy for name in lost)
        assert not any(f"'{entry.lower()}'" in finding.remedy for entry in listed)


@pytest.mark.parametrize(
    ("source", "server", "expected"),
    [
        pytest.param((), named(FS, allowed=(SIDS[HV01],)), Status.PASS, id="named on the server"),
        pytest.param((), named(FS, allowed=("S-1-5-21-1-1-1-515",)), Status.PASS, id="its group is"),
        pytest.param((), named(FS, allowed=(SIDS[HV02],)), Status.FAIL, id="another list"),
        pytest.param((), named(FS, allowed=("S-1-5-32-544",)), Status.UNKNOWN, id="another list, perhaps a group"),
        pytest.param((), named(FS, allowed=(SIDS[HV01],), denied=(SIDS[HV01],)), Status.UNKNOWN, id="and denied"),
        pytest.param(BOTH, named(FS, denied=(SIDS[HV01],)), Status.UNKNOWN, id="listed, and denied"),
        pytest.param(BOTH, named(FS, spns=()), Status.UNKNOWN, id="listed, and nobody holds the name"),
        pytest.param(BOTH, named(FS, uac=OFF), Status.FAIL, id="listed, and disabled"),
        pytest.param(BOTH, replace(named(FS), unread="torn"), Status.UNKNOWN, id="listed, and not read whole"),
    ],
)
def test_the_servers_own_account(judge: Judge, source, server, expected):
    assert run(judge, account(HV01, *source), server).status is expected


@pytest.mark.parametrize(
    ("guard", "expected"), [([UNGUARDED], Status.WARN), ([GUARDED], Status.FAIL), (GapReason.TIMEOUT, Status.UNKNOWN)]
)
def test_any_service(judge: Judge, guard, expected):
    facts = {(DeviceGuard, HV01): guard}
    assert run(judge, account(HV01, uac=OPEN | ANY_PROTOCOL), named(FS), facts=facts).status is expected
    allowed = named(FS, allowed=(SIDS[HV01],))
    assert run(judge, account(HV01, uac=OPEN | ANY_PROTOCOL), allowed, facts=facts).status is Status.PASS


@pytest.mark.parametrize(
    ("listed", "server", "expected"),
    [
        pytest.param(both(FAR, "cifs"), named(FAR), Status.FAIL, id="the list ends at the border"),
        pytest.param((), named(FAR, allowed=(SIDS[HV01],)), Status.PASS, id="named there"),
        pytest.param((), named(FAR), Status.FAIL, id="nothing"),
    ],
)
def test_a_server_of_another_domain(judge: Judge, listed, server, expected):
    finding = run(judge, account(HV01, *listed), server, server=FAR, facts={(ComputerAccount, BRANCH): []})
    assert finding.status is expected
    if expected is Status.FAIL:
        assert "Set-ADComputer replaces the list" in finding.remedy
        assert "'CN=FS01,DC=branch,DC=example'" in finding.remedy


def test_a_scale_out_file_server_is_its_access_point(judge: Judge):
    """The name in the path is a virtual computer object; that the nodes are listed helps nobody."""
    sofs, node = "sofs.corp.example", "node1.corp.example"
    rows = named(sofs), replace(named(node), sid="S-1-5-21-1-1-1-1888")
    assert run(judge, account(HV01, *both(sofs, "cifs")), *rows, server=sofs).status is Status.PASS
    assert run(judge, account(HV01, *both(node, "cifs")), *rows, server=sofs).status is Status.FAIL


def test_an_alias_that_its_account_holds(judge: Judge):
    alias = "files.corp.example"
    holder = named(FS, spns=(*both(FS, "HOST"), f"cifs/{alias}"))
    assert run(judge, account(HV01, f"cifs/{alias}", *BOTH), holder, server=alias).status is Status.PASS
    assert run(judge, account(HV01, f"cifs/{alias}", *BOTH), server=alias).status is Status.UNKNOWN


@pytest.mark.parametrize("server", ["corp.example", "corp", "branch.example"])
def test_the_name_of_a_domain_is_a_dfs_namespace(judge: Judge, server):
    where = estate(domains=(CORP, BRANCH))
    finding = run(judge, account(HV01, f"cifs/{server}"), server=server, where=where)
    assert finding.status is Status.UNKNOWN
    assert "DFS namespace" in finding.note


def test_a_server_that_is_called_as_a_domain_is_but_has_an_account(judge: Judge):
    server = named("corp.corp.example")
    listed = account(HV01, "cifs/corp", "cifs/corp.corp.example")
    assert run(judge, listed, server, server="corp").status is Status.PASS


def test_a_name_that_its_server_does_not_hold_is_not_to_be_listed(judge: Judge):
    finding = run(judge, account(HV01), named(FS, spns=()))
    assert (finding.status, finding.remedy) == (Status.FAIL, "")


@pytest.mark.parametrize("server", ["10.77.5.5", "fd00-77--5.ipv6-literal.net"])
def test_an_address(judge: Judge, server):
    assert run(judge, account(HV01, *BOTH), named(FS), server=server).status is Status.FAIL
    assert run(judge, account(HV01, f"CIFS/{server}"), server=server).status is Status.UNKNOWN


@pytest.mark.parametrize("server", ["localhost", HV01, "hv01", "127.0.0.1", "10.77.1.1"])
def test_its_own_share_is_a_local_disk(judge: Judge, server):
    finding = run(judge, account(HV01), server=server)
    assert (finding.status, "is hv01.corp.example itself" in finding.note) == (Status.NOT_APPLICABLE, True)


def test_whether_an_address_is_its_own_must_be_known(judge: Judge):
    facts = {(IPAddress, HV01): GapReason.TIMEOUT}
    assert run(judge, account(HV01), server="10.77.5.5", facts=facts).status is Status.UNKNOWN


def test_two_accounts_of_one_name(judge: Judge):
    other = replace(named(FS), dn="CN=OTHER,DC=corp,DC=example", sid="S-1-5-21-1-1-1-1888")
    finding = run(judge, account(HV01, *BOTH), named(FS), other)
    assert (finding.status, "several accounts" in finding.note) == (Status.UNKNOWN, True)


def test_a_namesake_in_another_domain_is_another_machine(judge: Judge):
    facts = {(ComputerAccount, BRANCH): []}
    assert run(judge, account(HV01, *BOTH), named(FS), named(FAR), server=SHORT, facts=facts).status is Status.PASS
    assert run(judge, account(HV01, *BOTH), named(FAR), server=SHORT, facts=facts).status is Status.UNKNOWN


def test_an_image_is_no_virtual_disk(judge: Judge):
    image = replace(disk(rf"\\{FS}\iso\x.iso"), sub_type="Microsoft:Hyper-V:Virtual CD/DVD Disk")
    finding = run(judge, account(HV01), named(FS), facts={(VmStorage, HV01): [image]})
    assert finding.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({(NamedAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="the directory was not asked"),
        pytest.param({(NamedAccount, CORP): []}, Status.UNKNOWN, id="it knows no such account"),
        pytest.param({(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="no own account"),
        pytest.param({(MigrationSettings, HV01): GapReason.TIMEOUT}, Status.PASS, id="moves start elsewhere anyway"),
        pytest.param({(ComputerSystem, HV01): [system(HV01, joined=False)]}, Status.NOT_APPLICABLE, id="work group"),
        pytest.param({(ComputerSystem, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="no host"),
    ],
)
def test_gaps(judge: Judge, facts, expected):
    assert run(judge, account(HV01, *BOTH), named(FS), facts=facts).status is expected


def test_disks_that_were_not_read(judge: Judge):
    facts = base(account(HV01), FS) | {(VmStorage, HV01): GapReason.TIMEOUT}
    assert judge(file_server, facts, None, subject=f"{HV01}/*").status is Status.UNKNOWN


def test_whom_it_is_for(judge: Judge):
    back = estate(routes=(Route(HV02, HV01),))
    assert run(judge, account(HV01), named(FS), where=back).status is Status.NOT_APPLICABLE
    facts, local = {(MigrationSettings, HV01): [CREDSSP]}, estate(remote_initiated=False)
    assert run(judge, account(HV01), named(FS), facts=facts, where=local).status is Status.NOT_APPLICABLE


def test_what_is_asked():
    where = estate(hosts=(HV01, HV02, HV11), domains=(CORP, BRANCH))
    facts = base(account(HV01), FAR) | {(ComputerAccount, BRANCH): []}
    asked = [ask for ask in asks_of([file_server], evidence(facts, where)) if ask.fact is NamedAccount]
    assert asked == [Ask(NamedAccount, CORP, FAR), Ask(NamedAccount, BRANCH, FAR)]
    del facts[ComputerAccount, BRANCH]  # nobody read that domain, and a path leads nobody there
    asked = [ask for ask in asks_of([file_server], evidence(facts, where)) if ask.fact is NamedAccount]
    assert asked == [Ask(NamedAccount, CORP, FAR)]


def test_one_route_of_several_is_enough(judge: Judge):
    where = estate(routes=(Route(HV02, HV01), Route(HV01, HV02)))
    facts = {(MigrationSettings, HV02): [settings()]}
    assert run(judge, account(HV01), named(FS), where=where, facts=facts).status is Status.FAIL
    only = estate(routes=(Route(HV02, HV01),))
    assert run(judge, account(HV01), named(FS), where=only, facts=facts).status is Status.NOT_APPLICABLE
