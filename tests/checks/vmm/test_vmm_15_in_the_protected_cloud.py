from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_15_in_the_protected_cloud import in_the_protected_cloud
from scanner.api import CloudPair, GapReason, Route, Status
from scanner.facts.vm import VirtualMachineState
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from tests.checks.common.builders import GUID
from tests.checks.vmm import vmm_rows
from tests.checks.vmm.machine_rows import SUBJECT, estate, facts, row
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, SERVER, VMM1, VMM2, host
from tests.conftest import HV01, HV02

GUEST = replace(SERVER, profile=4)


def judged(judge, *machines, where=None, more=None, **given):
    return judge(
        in_the_protected_cloud, facts(machines=machines, **given) | (more or {}), where or estate(), subject=SUBJECT
    )


def test_in_the_source_cloud(judge):
    assert judged(judge, row()).status is Status.PASS
    assert judged(judge, row(cloud="PRIMARY")).status is Status.PASS
    assert judged(judge, row(on="HV01")).status is Status.PASS, "VMM tells the host's first label"
    assert judged(judge, row(), server=GUEST).status is Status.PASS
    by_id = estate(cloud_pairs=(replace(PAIR, source="{C1}"),))
    assert judged(judge, row(), where=by_id).status is Status.PASS


@pytest.mark.parametrize("cloud", [None, "", "Recovery", "Gone"])
def test_in_no_cloud_or_another(judge, cloud):
    finding = judged(judge, row(cloud=cloud))
    assert finding.status is Status.FAIL
    assert ("no cloud" in finding.seen) is not cloud or cloud in ("Recovery", "Gone")


@pytest.mark.parametrize("cloud", [None, "Gone"])
def test_who_sees_a_part_knows_no_cloud(judge, cloud):
    assert judged(judge, row(cloud=cloud), server=GUEST).status is Status.UNKNOWN
    assert judged(judge, row(cloud="Recovery"), server=GUEST).status is Status.FAIL, "that one is told"


def test_two_clouds_of_one_name(judge):
    twins = [PRIMARY, replace(PRIMARY, id="c3"), RECOVERY]
    assert judged(judge, row(), clouds=twins).status is Status.UNKNOWN


def test_vmm_does_not_list_it(judge):
    assert judged(judge).status is Status.FAIL
    assert judged(judge, row(own_id=GUID.format(2))).status is Status.FAIL
    assert judged(judge, server=GUEST).status is Status.UNKNOWN


def test_the_row_of_its_replica_is_another_machines(judge):
    assert judged(judge, row(on=HV02, cloud="Recovery")).status is Status.FAIL, "not on its host"
    assert judged(judge, row(on=HV02, cloud="Recovery"), row()).status is Status.PASS
    assert judged(judge, row(on=HV02), row(cloud=None)).status is Status.FAIL


@pytest.mark.parametrize("mode", [2, 3, 4])
def test_replicas_are_not_judged(judge, mode):
    assert judged(judge, mode=mode).status is Status.NOT_APPLICABLE


def test_what_is_replicated_already_is(judge):
    assert judged(judge, row(cloud=None), mode=1).status is Status.FAIL


def test_on_a_host_of_the_target(judge):
    there = (host("hv01", group="All Hosts\\Recovery"),)
    assert judged(judge, row(cloud=None), hosts=there).status is Status.NOT_APPLICABLE
    both = estate(cloud_pairs=(PAIR, CloudPair(VMM1, "Recovery", VMM1, "Primary")))
    assert judged(judge, row(cloud="Recovery"), hosts=there, where=both).status is Status.PASS
    elsewhere = (host("hv01", group="All Hosts\\Other"),)
    assert judged(judge, row(cloud=None), hosts=elsewhere).status is Status.FAIL


def test_without_a_pair_any_cloud_will_do(judge):
    where = estate(cloud_pairs=())
    assert judged(judge, row(cloud="Recovery"), where=where).status is Status.PASS
    assert judged(judge, row(cloud=None), where=where).status is Status.FAIL


def test_two_servers_list_it(judge):
    where = estate(vmm_servers=(VMM1, VMM2))
    second = vmm_rows.facts(machines=[row(cloud=None)], name=VMM2)
    assert judged(judge, row(), where=where, more=second).status is Status.UNKNOWN
    none = vmm_rows.facts(machines=[], name=VMM2)
    assert judged(judge, row(), where=where, more=none).status is Status.PASS
    silent = none | {(VmmVirtualMachine, VMM2): GapReason.TIMEOUT}
    assert judged(judge, row(), where=where, more=silent).status is Status.PASS, "one that lists it says enough"
    assert judged(judge, where=where, more=silent).status is Status.UNKNOWN


def test_no_vmm_server_and_no_route(judge):
    assert judged(judge, row(), where=estate(vmm_servers=(), cloud_pairs=())).status is Status.UNKNOWN
    where = estate(routes=())
    assert judge(in_the_protected_cloud, facts(), where).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("fact", [VmmVirtualMachine, VmmHost, Cloud])
def test_unread(judge, fact):
    assert judged(judge, row(), more={(fact, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN
    assert judged(judge, row(), more={(VirtualMachineState, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_who_the_account_is_was_not_read(judge):
    more = {(VmmServer, VMM1): GapReason.TIMEOUT}
    assert judged(judge, row(cloud=None), more=more).status is Status.UNKNOWN


def test_a_machine_that_is_left_out(judge):
    where = estate(routes=(Route(HV01, HV02),), vms_except=("web-*",))
    assert judged(judge, where=where).status is Status.NOT_APPLICABLE
