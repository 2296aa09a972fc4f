from __future__ import annotations

import pytest

from checks.host.host_12_switches import same_switches
from scanner.api import Route, Status
from scanner.facts.switches import SwitchConnection, VirtualSwitch
from scanner.facts.vm import VirtualMachineSettings
from tests.checks.common.builders import GONE, hangs, machine, port, switch
from tests.conftest import HV01, HV02, Judge, estate

PASS, WARN, FAIL, UNKNOWN = Status.PASS, Status.WARN, Status.FAIL, Status.UNKNOWN
HUNG = (hangs(1),)
UPLINK, TO_HOST = "ExternalEthernetPort", "ComputerSystem"


def run(judge: Judge, here, there, *, hung=HUNG, machines=None, names=("Production", "Production"), **words):
    """Hosts with a switch each, 1 here and 8 there, with these ports."""
    facts = {
        (VirtualMachineSettings, HV01): [machine(1)] if machines is None else machines,
        (VirtualMachineSettings, HV02): [],
        (VirtualSwitch, HV01): [switch(1, names[0])],
        (VirtualSwitch, HV02): there if there is GONE else [switch(8, names[1])],
        (SwitchConnection, HV01): [*hung, *(port(1, what) for what in here)],
        (SwitchConnection, HV02): GONE if there is GONE else [port(8, what) for what in there],
    }
    return judge(same_switches, facts, estate(**words))


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ([UPLINK], [UPLINK], PASS),
        ([UPLINK, TO_HOST], [UPLINK], PASS),
        ([TO_HOST], [TO_HOST], PASS),
        ([], [], PASS),
        ([UPLINK], [], WARN),
        ([UPLINK], [TO_HOST], WARN),
        ([TO_HOST], [UPLINK, TO_HOST], WARN),
        ([], [TO_HOST], WARN),
        ([UPLINK], GONE, UNKNOWN),
    ],
)
def test_what_a_switch_leads_to(judge: Judge, here, there, expected):
    finding = run(judge, here, there)
    assert finding.status is expected
    assert bool(finding.works) is (expected is WARN)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"names": ("Production", "Other")}, FAIL),
        ({"names": ("Production", "Other"), "hung": ()}, PASS),
        ({"names": ("Production", "Other"), "hung": (hangs(1, state=3),)}, PASS),
        ({"names": ("Production", "Other"), "hung": (hangs(None, state=3),)}, PASS),
        ({"names": ("Production", "Other"), "hung": (hangs(None),)}, UNKNOWN),
        ({"names": ("Production", "Other"), "switches": (("production", "other"),)}, PASS),
        ({"names": ("Production", "Other"), "vms_except": ("web-*",)}, PASS),
        ({"hung": (hangs(None, pool="p"),)}, UNKNOWN),
        ({"hung": GONE}, UNKNOWN),
        ({"machines": GONE}, UNKNOWN),
    ],
)
def test_what_machines_hang_on(judge: Judge, words, expected):
    if words.get("hung") is GONE:
        facts = {
            (VirtualMachineSettings, HV01): [machine(1)],
            (VirtualSwitch, HV01): [switch(1, "Production")],
            (VirtualSwitch, HV02): [switch(8, "Production")],
            (SwitchConnection, HV01): GONE,
            (SwitchConnection, HV02): [],
        }
        assert judge(same_switches, facts, estate()).status is expected
        return
    assert run(judge, [UPLINK], [UPLINK], **words).status is expected


def test_a_difference_that_concerns_nobody_is_a_note(judge: Judge):
    finding = run(judge, [UPLINK], [UPLINK], names=("Lab", "Test"), hung=())
    assert finding.status is PASS
    assert f"on {HV01} alone: Lab" in finding.note
    assert f"on {HV02} alone: Test" in finding.note


def test_a_missing_one_points_to_the_machines(judge: Judge):
    assert "VM-05" in run(judge, [UPLINK], [UPLINK], names=("Production", "Other")).note


def both(judge: Judge, *routes: Route):
    """Only the machine of hv02 hangs on a switch that the other host lacks."""
    facts = {
        (VirtualMachineSettings, HV01): [machine(1)],
        (VirtualMachineSettings, HV02): [machine(2)],
        (VirtualSwitch, HV01): [switch(1, "Production")],
        (VirtualSwitch, HV02): [switch(8, "Production"), switch(9, "Other")],
        (SwitchConnection, HV01): [hangs(1)],
        (SwitchConnection, HV02): [hangs(9, of=machine(2).vm_id)],
    }
    return judge(same_switches, facts, estate(routes=routes))


def test_only_what_is_planned_counts(judge: Judge):
    there, back = Route(HV01, HV02), Route(HV02, HV01)
    assert both(judge, there).status is PASS
    assert both(judge, back).status is FAIL
    assert both(judge, there, back).status is FAIL
    assert both(judge, there, Route(HV02, HV01, machines=False)).status is PASS


def test_two_of_one_name(judge: Judge):
    facts = {
        (VirtualMachineSettings, HV01): [machine(1)],
        (VirtualSwitch, HV01): [switch(1, "Production")],
        (VirtualSwitch, HV02): [switch(8, "Production"), switch(9, "PRODUCTION")],
        (SwitchConnection, HV01): [hangs(1)],
        (SwitchConnection, HV02): [],
    }
    assert judge(same_switches, facts, estate()).status is UNKNOWN
