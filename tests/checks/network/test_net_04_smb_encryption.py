from __future__ import annotations

import pytest

from checks.network.net_04_smb_encryption import smb_encryption
from checks.network.smb_sides import REFUSE
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import GONE, disk, module, settings
from tests.checks.common.smb_ends import SMB, server
from tests.conftest import HV01, HV02, HV11, Judge, estate

LOCAL, SHARED = [disk(r"D:\VMs\web-01.vhdx")], [disk(r"\\fs01\vms\web-01.vhdx")]
FACTS = SMB | {(VmStorage, host): LOCAL for host in (HV01, HV02)}
PLAIN = {(MigrationSettings, host): [settings()] for host in (HV01, HV02)}
PLAIN |= {(VMHost, host): [module()] for host in (HV01, HV02)}


@pytest.mark.parametrize(
    ("row", "expected", "words"),
    [
        (server(encrypts=True), Status.PASS, "every share is encrypted"),
        (server(encrypts=True, rejects=False), Status.WARN, "RejectUnencryptedAccess false"),
        (server(encrypts=True, rejects=None), Status.UNKNOWN, ""),
        (server(encrypts=False, rejects=True), Status.PASS, "as server: EncryptData false"),
        (server(encrypts=False, rejects=False), Status.PASS, "as server: EncryptData false"),
        (server(encrypts=False, rejects=None), Status.PASS, "as server: EncryptData false"),
    ],
)
def test_what_a_destination_demands(judge: Judge, row, expected, words):
    finding = judge(smb_encryption, FACTS | {(SmbServerConfiguration, HV02): [row]}, subject=HV02)
    assert finding.status is expected
    assert words in finding.seen
    assert finding.remedy == (REFUSE if expected is Status.WARN else "")
    assert ("see NET-01" in finding.note) is (not row.encrypts)


@pytest.mark.parametrize(
    ("requires", "words"),
    [(True, "RequireEncryption true"), (False, "RequireEncryption false"), (None, "not known on this release")],
)
def test_what_a_source_demands(judge: Judge, requires, words):
    told = FACTS | {(SmbClientConfiguration, HV01): [SmbClientConfiguration(requires, True)]}
    finding = judge(smb_encryption, told, subject=HV01)
    assert (finding.status, finding.note) == (Status.PASS, "" if requires else "the destination may demand it")
    assert words in finding.seen
    assert "as server" not in finding.seen


@pytest.mark.parametrize(
    ("more", "host", "expected"),
    [
        pytest.param(PLAIN, HV01, Status.NOT_APPLICABLE, id="no SMB"),
        pytest.param(PLAIN, HV02, Status.NOT_APPLICABLE, id="no SMB there"),
        pytest.param(PLAIN | {(VmStorage, HV01): SHARED}, HV01, Status.PASS, id="disks on a file server"),
        pytest.param(PLAIN | {(VmStorage, HV01): GONE}, HV01, Status.UNKNOWN, id="disks unread"),
        pytest.param({(VmStorage, HV01): GONE}, HV01, Status.UNKNOWN, id="disks unread beside SMB"),
        pytest.param(PLAIN | {(MigrationSettings, HV01): GONE}, HV01, Status.UNKNOWN, id="option unread"),
        pytest.param(PLAIN | {(MigrationSettings, HV01): GONE}, HV02, Status.NOT_APPLICABLE, id="of the other"),
        pytest.param({(SmbServerConfiguration, HV02): GONE}, HV02, Status.UNKNOWN, id="server unread"),
        pytest.param({(SmbServerConfiguration, HV02): []}, HV02, Status.UNKNOWN, id="server without a row"),
        pytest.param({(SmbClientConfiguration, HV01): GONE}, HV01, Status.UNKNOWN, id="client unread"),
        pytest.param({(SmbServerConfiguration, HV01): GONE}, HV01, Status.PASS, id="a source is no server"),
        pytest.param({(SmbClientConfiguration, HV02): GONE}, HV02, Status.PASS, id="a destination is no client"),
    ],
)  # fmt: skip
def test_where_it_is_relied_on(judge: Judge, more, host, expected):
    assert judge(smb_encryption, FACTS | more, subject=host).status is expected


def test_the_file_servers_are_named(judge: Judge):
    told = FACTS | PLAIN | {(VmStorage, HV01): SHARED}
    assert judge(smb_encryption, told, subject=HV01).note == "fs01 may demand encryption, which is not read"


def test_both_roles(judge: Judge):
    where = estate(routes=(Route(HV01, HV02), Route(HV02, HV01)))
    finding = judge(smb_encryption, FACTS, where, subject=HV01)
    assert finding.seen == "as server: EncryptData false; as client: RequireEncryption not known on this release"


def test_who_moves_no_machine(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV02, HV11),))
    assert judge(smb_encryption, FACTS, where, subject=HV01).status is Status.NOT_APPLICABLE
    alone = estate(routes=(Route(HV01, HV02, machines=False),))
    assert judge(smb_encryption, FACTS, alone, subject=HV01).status is Status.NOT_APPLICABLE


def test_one_route_of_several_is_enough(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV02, HV01), Route(HV11, HV02)))
    bad = {(SmbServerConfiguration, HV01): [server(encrypts=True, rejects=False)]}
    assert judge(smb_encryption, FACTS | bad, where, subject=HV01).status is Status.WARN


def test_a_host_of_no_route_relies_on_nothing(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV02, HV11),))
    told = FACTS | {(VmStorage, HV01): SHARED}
    assert judge(smb_encryption, told, where, subject=HV01).status is Status.NOT_APPLICABLE


def test_who_moves_disks_alone_is_no_end_of_memory(judge: Judge):
    """Memory goes by SMB on the way that leaves the host; where only disks come and go, nobody's word is asked."""
    bad = {(SmbServerConfiguration, HV01): GONE, (SmbClientConfiguration, HV02): GONE}
    there = estate(routes=(Route(HV01, HV02), Route(HV02, HV01, machines=False)))
    for host in (HV01, HV02):
        assert judge(smb_encryption, FACTS | bad, there, subject=host).status is Status.PASS


def test_the_names_of_the_hosts_do_not_tell_who_is_server(judge: Judge):
    where = estate(routes=(Route(HV02, HV01),))
    unread = {(SmbServerConfiguration, HV02): GONE, (SmbClientConfiguration, HV01): GONE}
    for host in (HV01, HV02):
        assert judge(smb_encryption, FACTS | unread, where, subject=host).status is Status.PASS
