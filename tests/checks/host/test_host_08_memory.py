from __future__ import annotations

import pytest

from checks.host.host_08_memory import free_memory
from scanner.api import GapReason, Route, Status, Thresholds
from scanner.facts.memory import PhysicalMemory, VmMemory
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime
from tests.checks.common.builders import GUID, checkpoint, machine
from tests.conftest import HV01, HV02, Judge, estate

HV03 = "hv03.corp.example"
GONE = GapReason.TIMEOUT
GIB, MIB = 1 << 30, 1024
RUNNING, OFF, PAUSED, SAVED, STARTING = 2, 3, 9, 6, 10


def free(gib: float, total: float | None = 256) -> list[PhysicalMemory]:
    return [PhysicalMemory(int(gib * (1 << 20)), None if total is None else int(total * (1 << 20)))]


def state(number: int, enabled: int | None = RUNNING) -> VirtualMachineState:
    return VirtualMachineState(GUID.format(number).upper(), "vm", enabled, 5, (2,), 0, 0, 0)


def memory(number: int, gib: float, least: float | None = None, most: float | None = None) -> VmMemory:
    dynamic = least is not None
    low, high = (int((x if x is not None else gib) * MIB) for x in (least, most))
    return VmMemory(f"Microsoft:{GUID.format(number)}\\m", int(gib * MIB), low, high, dynamic)


def assigned(number: int, gib: float | None) -> VmRuntime:
    return VmRuntime(GUID.format(number), 2, (2,), clustered=False, assigned=None if gib is None else int(gib * GIB))


def of(host: str, *machines: tuple[VmMemory, VirtualMachineState], runtime=GONE):
    numbers = range(1, len(machines) + 1)
    return {
        (VirtualMachineSettings, host): [machine(n, name=f"vm{n}") for n in numbers],
        (VirtualMachineState, host): [s for _, s in machines],
        (VmMemory, host): [m for m, _ in machines],
        (VmRuntime, host): runtime,
    }


def static(*sizes: float, enabled: int | None = RUNNING, host: str = HV01):
    pairs = ((memory(n, size), state(n, enabled)) for n, size in enumerate(sizes, 1))
    return of(host, *pairs)


def run(judge: Judge, room, facts, where=None, subject=f"{HV01}/{HV02}"):
    return judge(free_memory, {(PhysicalMemory, HV02): room} | facts, where, subject=subject)


@pytest.mark.parametrize(
    ("room", "sizes", "expected"),
    [
        pytest.param(6, (4,), Status.PASS, id="just the reserve"),
        pytest.param(5.99, (4,), Status.WARN, id="less than the reserve"),
        pytest.param(4, (4,), Status.WARN, id="to the last byte"),
        pytest.param(3.99, (4,), Status.FAIL, id="not enough"),
        pytest.param(0, (4,), Status.FAIL, id="nothing"),
        pytest.param(10, (4, 4), Status.PASS, id="two, with the reserve"),
        pytest.param(9.99, (4, 4), Status.WARN, id="two, without it"),
        pytest.param(7, (4, 4), Status.WARN, id="one of two"),
        pytest.param(7, (8, 1), Status.FAIL, id="the larger of two does not fit"),
        pytest.param(256, (4,), Status.PASS, id="all of it is free"),
    ],
)
def test_static_memory(judge: Judge, room, sizes, expected):
    finding = run(judge, free(room), static(*sizes))
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)


def test_what_a_single_source_lacks_is_told_as_its_own(judge: Judge):
    finding = run(judge, free(9.99), static(4, 4))
    assert finding.wanted == "8.0 GiB and 2.0 GiB in reserve"
    assert "those of" not in finding.seen


def test_the_reserve_is_the_users(judge: Judge):
    where = estate(thresholds=Thresholds(memory_reserve_gib=0))
    assert run(judge, free(4), static(4), where).status is Status.PASS


@pytest.mark.parametrize(
    ("enabled", "expected"),
    [
        (RUNNING, Status.FAIL),
        (PAUSED, Status.FAIL),
        (OFF, Status.NOT_APPLICABLE),
        (SAVED, Status.NOT_APPLICABLE),
        (STARTING, Status.UNKNOWN),
        (None, Status.UNKNOWN),
    ],
)
def test_what_does_not_run_takes_none(judge: Judge, enabled, expected):
    assert run(judge, free(3), static(4, enabled=enabled)).status is expected


def test_machines_that_are_off_are_a_note(judge: Judge):
    facts = of(HV01, (memory(1, 4), state(1)), (memory(2, 64), state(2, OFF)))
    finding = run(judge, free(16), facts)
    assert finding.status is Status.PASS
    assert finding.note.startswith("1 machine off or saved")


@pytest.mark.parametrize(
    ("room", "runtime", "expected"),
    [
        pytest.param(6, [assigned(1, 4)], Status.PASS, id="what it has now counts"),
        pytest.param(5.9, [assigned(1, 4)], Status.WARN, id="without the reserve"),
        pytest.param(3.9, [assigned(1, 4)], Status.FAIL, id="less than it has now"),
        pytest.param(66, GONE, Status.PASS, id="not told, and its maximum fits"),
        pytest.param(63, GONE, Status.UNKNOWN, id="not told, and its maximum does not fit"),
        pytest.param(0.9, GONE, Status.FAIL, id="not told, and not even its minimum fits"),
        pytest.param(1, GONE, Status.UNKNOWN, id="not told, and its minimum just fits"),
        pytest.param(6, [], Status.UNKNOWN, id="told of no machine"),
        pytest.param(6, [assigned(1, 0)], Status.UNKNOWN, id="0 of a machine that runs is no answer"),
        pytest.param(6, [assigned(1, None)], Status.UNKNOWN, id="null"),
        pytest.param(6, [assigned(1, 1)], Status.PASS, id="its minimum"),
        pytest.param(6, [assigned(1, 0.99)], Status.UNKNOWN, id="less than its minimum is not believed"),
    ],
)
def test_dynamic_memory(judge: Judge, room, runtime, expected):
    facts = of(HV01, (memory(1, 2, 1, 64), state(1)), runtime=runtime)
    assert run(judge, free(room), facts).status is expected


def test_static_memory_is_what_it_is_set_to(judge: Judge):
    facts = of(HV01, (memory(1, 4), state(1)), runtime=[assigned(1, 1)])
    assert run(judge, free(3), facts).status is Status.FAIL
    facts = of(HV01, (memory(1, 4), state(1)), runtime=[assigned(1, 8)])
    assert run(judge, free(7), facts).status is Status.FAIL


@pytest.mark.parametrize("told", [0, -4])
def test_a_machine_that_runs_takes_something(judge: Judge, told):
    assert run(judge, free(64), static(told)).status is Status.UNKNOWN
    assert run(judge, free(64), static(told, enabled=OFF)).status is Status.NOT_APPLICABLE


def test_checkpoints_take_none(judge: Judge):
    facts = static(4)
    facts[VirtualMachineSettings, HV01].append(checkpoint(1))
    facts[VmMemory, HV01].append(VmMemory("Microsoft:99999999-2222-3333-4444-555555555559\\m", 65536, 1, 1, False))
    assert run(judge, free(6), facts).status is Status.PASS


TWO = estate(hosts=(HV01, HV02, HV03), routes=(Route(HV01, HV02), Route(HV03, HV02)))


@pytest.mark.parametrize(
    ("room", "there", "expected"),
    [
        pytest.param(14, static(8, host=HV03), Status.PASS, id="all fit"),
        pytest.param(13, static(8, host=HV03), Status.WARN, id="together they do not"),
        pytest.param(6, static(8, host=HV03, enabled=OFF), Status.PASS, id="the others are off"),
        pytest.param(6, {}, Status.PASS, id="the others are not told"),
    ],
)
def test_other_sources(judge: Judge, room, there, expected):
    finding = run(judge, free(room), static(4) | there, TWO)
    assert finding.status is expected
    assert ("could not be told" in finding.note) is (not there)
    if expected is Status.WARN:
        assert HV03 in finding.seen


def test_a_source_that_moves_disks_alone_brings_no_memory(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV03), routes=(Route(HV01, HV02), Route(HV03, HV02, machines=False)))
    assert run(judge, free(6), static(4) | static(8, host=HV03), where).status is Status.PASS
    finding = run(judge, free(0), static(8, host=HV03), where, subject=f"{HV03}/{HV02}")
    assert finding.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    "less",
    [
        {(PhysicalMemory, HV02): GONE},
        {(PhysicalMemory, HV02): [PhysicalMemory(None, 1 << 20)]},
        {(PhysicalMemory, HV02): free(300, 256)},
        {(VirtualMachineSettings, HV01): GONE},
        {(VirtualMachineState, HV01): GONE},
        {(VirtualMachineState, HV01): []},
        {(VmMemory, HV01): GONE},
        {(VmMemory, HV01): []},
    ],
)
def test_unread(judge: Judge, less):
    assert run(judge, free(100), static(4) | less).status is Status.UNKNOWN


@pytest.mark.parametrize("sizes", [(4,), (4, 4)])
def test_a_machine_that_is_not_listed_forbids_a_verdict(judge: Judge, sizes):
    facts = static(*sizes)
    facts[VirtualMachineState, HV01].append(state(7))
    assert run(judge, free(100), facts).status is Status.UNKNOWN


def test_no_machine(judge: Judge):
    assert run(judge, free(100), static()).status is Status.NOT_APPLICABLE


def test_what_is_free_counts_without_what_there_is(judge: Judge):
    assert run(judge, free(6, None), static(4)).status is Status.PASS
    assert run(judge, free(3, None), static(4)).status is Status.FAIL


def test_to_the_last_kib(judge: Judge):
    """Windows tells free memory in KiB, and a machine's in MiB."""
    lacking = [PhysicalMemory(4 * MIB * MIB - 1, 256 * MIB * MIB)]
    assert run(judge, lacking, static(4)).status is Status.FAIL


def test_the_machine_that_may_take_most_decides(judge: Judge):
    """One of two has a sure size; of the other only the bounds are known, and the upper one does not fit."""
    facts = of(HV01, (memory(1, 1), state(1)), (memory(2, 2, 1, 64), state(2)))
    assert run(judge, free(16), facts).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [VirtualMachineSettings, VirtualMachineState, VmMemory])
def test_another_source_of_which_a_part_is_unread_is_told_and_costs_nothing(judge: Judge, fact):
    there = static(8, host=HV03) | {(fact, HV03): GONE}
    finding = run(judge, free(14), static(4) | there, TWO)
    assert finding.status is Status.PASS
    assert "could not be told" in finding.note
