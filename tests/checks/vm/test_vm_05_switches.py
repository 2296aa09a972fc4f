from __future__ import annotations

import pytest

from checks.vm.vm_05_switches import switches
from scanner.api import Status
from scanner.facts.switches import SwitchConnection, VirtualSwitch
from scanner.facts.vm import VirtualMachineSettings
from tests.checks.common.builders import GONE, HOSTILE, checkpoint, hangs, machine, port, switch
from tests.conftest import HV01, HV02, Judge, estate

PASS, FAIL, UNKNOWN = Status.PASS, Status.FAIL, Status.UNKNOWN
HERE = [switch(1, "Production"), switch(2, "Backup")]
PART = "99999999-2222-3333-4444-555555555559"


def run(judge: Judge, connections, there, here=HERE, **words):
    return judge(
        switches,
        {
            (VirtualMachineSettings, HV01): [machine(1)],
            (VirtualSwitch, HV01): here,
            (VirtualSwitch, HV02): there,
            (SwitchConnection, HV01): connections,
        },
        estate(**words),
    )


@pytest.mark.parametrize(
    ("connections", "there", "expected"),
    [
        pytest.param([hangs(1)], [switch(8, "Production")], PASS, id="there, under another id"),
        pytest.param([hangs(1)], [switch(8, "PRODUCTION")], PASS, id="in another case"),
        pytest.param([hangs(1)], [switch(1, "Other")], FAIL, id="its id, and another name"),
        pytest.param([hangs(1)], [switch(8, "Production ")], FAIL, id="a blank more"),
        pytest.param([hangs(1)], [], FAIL, id="no switch at all"),
        pytest.param([hangs(1), hangs(2, nic="m")], [switch(8, "Production")], FAIL, id="one of two is missing"),
        pytest.param([hangs(1)], [switch(8, "Production"), switch(9, "production")], UNKNOWN, id="two of the name"),
        pytest.param([hangs(1)], GONE, UNKNOWN, id="destination unread"),
        pytest.param(GONE, [switch(8, "Production")], UNKNOWN, id="adapters unread"),
        pytest.param([port(1, "ExternalEthernetPort")], [], PASS, id="no adapter"),
        pytest.param([hangs(None)], [], UNKNOWN, id="connected, and to nothing"),
        pytest.param([hangs(None, state=None)], [], UNKNOWN, id="not told whether it hangs on nothing"),
        pytest.param([hangs(None, state=5)], [], UNKNOWN, id="a state that no document tells"),
        pytest.param([hangs(None), hangs(1, nic="m")], [], FAIL, id="connected to nothing, and a missing one"),
        pytest.param([hangs(None, state=3)], [], PASS, id="hangs on nothing, and is not connected"),
        pytest.param([hangs(1, state=3)], [switch(8, "Production")], PASS, id="not connected, and there"),
        pytest.param([hangs(1, state=3)], [], UNKNOWN, id="not connected, and missing"),
        pytest.param([hangs(1, state=None)], [], FAIL, id="not told whether it is connected"),
        pytest.param([hangs(None, pool="Front")], [switch(8, "Production")], UNKNOWN, id="a pool"),
        pytest.param([hangs(None, pool="Front", state=None)], [], UNKNOWN, id="a pool, whether connected not told"),
        pytest.param([hangs(None, pool="Front", state=3)], [], PASS, id="a pool, not connected"),
        pytest.param([hangs(1, pool="Front")], [switch(8, "Production")], PASS, id="a pool, and the switch is told"),
        pytest.param([hangs(5)], [switch(5, "Production")], UNKNOWN, id="a switch that its host does not list"),
        pytest.param([hangs(5), hangs(1, nic="m")], [], FAIL, id="such a switch, and a missing one"),
        pytest.param([port(1, "ExternalEthernetPort")], [], PASS, id="the port of a switch is no adapter"),
        pytest.param([hangs(1, of=PART)], [], PASS, id="a checkpoint's adapter"),
        pytest.param([hangs(1, of=machine(2).vm_id)], [], PASS, id="another machine's adapter"),
    ],
)
def test_switches(judge: Judge, connections, there, expected):
    assert run(judge, connections, there).status is expected


def test_own_switches_unread(judge: Judge):
    assert run(judge, [hangs(1)], [switch(8, "Production")], GONE).status is UNKNOWN


def test_a_checkpoint_is_listed_beside_its_machine(judge: Judge):
    facts = {
        (VirtualMachineSettings, HV01): [machine(1), checkpoint(1)],
        (VirtualSwitch, HV01): HERE,
        (VirtualSwitch, HV02): [switch(8, "Production")],
        (SwitchConnection, HV01): [hangs(1), hangs(2, of=PART)],
    }
    assert judge(switches, facts, estate()).status is PASS


@pytest.mark.parametrize(
    ("names", "there", "expected", "says"),
    [
        ([("production", "Front")], ["front"], PASS, "chooses Front"),
        ([("Production", "Front")], ["Production"], PASS, ""),
        ([("Production", "Front")], ["Other"], FAIL, ""),
        ([("Other", "Front")], ["Front"], FAIL, ""),
        ([("Front", "Production")], ["Front"], FAIL, ""),
        ([("Production", "A"), ("Production", "B")], ["B"], PASS, "chooses B"),
        ([("Production", "Front")], ["Front", "FRONT"], UNKNOWN, ""),
        ([("Production", "Front")], ["Front", "Production"], PASS, "chooses Front"),
    ],
)
def test_a_switch_that_is_called_otherwise_there(judge: Judge, names, there, expected, says):
    rows = [switch(number, name) for number, name in enumerate(there, 5)]
    finding = run(judge, [hangs(1)], rows, switches=tuple(names))
    assert finding.status is expected
    assert says in finding.note


def test_a_hostile_name_makes_no_command(judge: Judge):
    finding = run(judge, [hangs(1)], [switch(8, "x")], [switch(1, HOSTILE)])
    assert finding.status is FAIL
    assert finding.remedy == ""
