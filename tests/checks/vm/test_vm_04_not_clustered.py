from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_04_not_clustered import not_clustered
from scanner.api import Status
from scanner.facts.cluster import ClusterGroup
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import VirtualMachineSettings
from scanner.facts.vm_runtime import VmRuntime
from tests.checks.common.builders import GONE, GUID, machine
from tests.conftest import HV01, Judge

ROLE, NONE = (VmRuntime(GUID.format(1), 2, (2,), clustered=c) for c in (True, False))
SERVICE = Service("ClusSvc", "Running", "Auto", 7, None)
OTHER = replace(ROLE, id=GUID.format(2))
NODE = {(Service, HV01): [SERVICE], (ClusterInfo, HV01): [ClusterInfo("c1", None, 10)]}
ALONE = {(Service, HV01): [], (ClusterInfo, HV01): []}
CORE, OF_WEB, OF_DB = (
    ClusterGroup("1", "Cluster Group", 1),
    ClusterGroup("2", "WEB-01", 111),
    ClusterGroup("3", "db-01", 111),
)
PASS, FAIL, UNKNOWN = Status.PASS, Status.FAIL, Status.UNKNOWN


def run(judge: Judge, where, module, groups=(), machines=None):
    facts = {
        (VirtualMachineSettings, HV01): machines or [machine(1), machine(2)],
        (VmRuntime, HV01): module,
        (ClusterGroup, HV01): groups if groups is GONE else list(groups),
    }
    return judge(not_clustered, facts | where, subject=f"{HV01}/{GUID.format(1)}")


@pytest.mark.parametrize("groups", [GONE, [], [OF_WEB]])
def test_on_a_host_that_is_no_node(judge: Judge, groups):
    assert run(judge, ALONE, [NONE], groups).status is PASS
    assert run(judge, ALONE, [], groups).status is PASS
    assert run(judge, ALONE, GONE, groups).status is PASS
    assert run(judge, ALONE, [OTHER], groups).status is PASS


@pytest.mark.parametrize("where", [ALONE, NODE, {(Service, HV01): GONE, (ClusterInfo, HV01): GONE}])
def test_a_role_is_one_whatever_the_host_says(judge: Judge, where):
    assert run(judge, where, [ROLE], GONE).status is FAIL


@pytest.mark.parametrize(
    ("module", "groups", "expected"),
    [
        pytest.param([NONE], [CORE, OF_DB], PASS, id="no role"),
        pytest.param([NONE], [CORE, OF_WEB], UNKNOWN, id="no role, and one of its name"),
        pytest.param([NONE], [replace(OF_WEB, kind=115)], PASS, id="the broker bears its name"),
        pytest.param([NONE], [replace(OF_WEB, kind=None)], UNKNOWN, id="nobody knows what bears its name"),
        pytest.param([NONE], GONE, UNKNOWN, id="roles unread"),
        pytest.param([], [CORE], PASS, id="no module, and no machine is a role"),
        pytest.param([], [CORE, OF_DB], UNKNOWN, id="no module, and another name"),
        pytest.param([], [CORE, OF_WEB], UNKNOWN, id="no module, and its name"),
        pytest.param([replace(NONE, clustered=None)], [OF_DB], UNKNOWN, id="the module does not say"),
        pytest.param([OTHER], [OF_DB], UNKNOWN, id="the module tells of another"),
        pytest.param([OTHER], [CORE], UNKNOWN, id="the module tells of another, and no machine is a role"),
        pytest.param(GONE, [CORE], UNKNOWN, id="module unread, and no machine is a role"),
        pytest.param(GONE, [OF_DB], UNKNOWN, id="module unread"),
    ],
)
def test_on_a_node(judge: Judge, module, groups, expected):
    assert run(judge, NODE, module, groups).status is expected


@pytest.mark.parametrize(
    "where",
    [
        {(Service, HV01): GONE, (ClusterInfo, HV01): []},
        {(Service, HV01): [SERVICE], (ClusterInfo, HV01): GONE},
        {(Service, HV01): [replace(SERVICE, state="Stopped")], (ClusterInfo, HV01): []},
    ],
)
def test_nobody_knows_whether_it_is_a_node(judge: Judge, where):
    assert run(judge, where, [NONE]).status is UNKNOWN


def test_two_machines_of_one_id_have_no_name(judge: Judge):
    assert run(judge, NODE, [NONE], [CORE], [machine(1), machine(1, name="twin")]).status is UNKNOWN
