"""Whether a virtual machine's state lets it move, told in two ways: by WMI, and by the Hyper-V module where that is.

Each has numbers of its own. Those of ``EnabledState`` and of the module's ``State`` agree on what lasts: running, off,
saved, paused. ``OperationalStatus`` is another list, in which 32776 is a backup, and no pausing. What neither list is
known to hold is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.vm.runtime import runtime_of
from scanner.api import MissingEvidence, Verdict, View, failed, joined, passed, tell, unknown, warned
from scanner.facts.vm import VirtualMachineState

RUNNING, OFF, SAVED, PAUSED = 2, 3, 6, 9
STEADY = {RUNNING: tell("running"), OFF: tell("off"), SAVED: tell("saved"), PAUSED: tell("paused")}
CRITICAL = range(32785, 32797)
"""VMState of the module: RunningCritical to FastSavingCritical (dsccommunity/HyperVDsc, dump of module 2.0.0.0)"""
HEALTHY, UNHEALTHY = 5, (20, 25)
"""HealthState: OK; major failure, critical failure (Microsoft Learn: Msvm_ComputerSystem)"""
IN_ORDER, IN_SERVICE, BACKING_UP = 2, 11, 32776
"""OperationalStatus: the first says whether a request can be issued, the second what the machine is busy with"""
BUSY = tell("busy now: judge again when it has ended")
WANTED = tell("running or off, sound, and busy with nothing")


def state_parts(view: View, host: str, vm_id: str) -> Iterator[Verdict]:
    """The verdicts on a machine's health, its state, and what it is busy with. The check must declare both facts.

    Raises:
        MissingEvidence: WMI does not tell of the machine.
    """
    row = view.derived(VirtualMachineState, host, _states).get(vm_id)
    if row is None:
        raise MissingEvidence(
            tell(
                "VirtualMachineState of {host} does not tell of {vm_id}",
                host=host,
                vm_id=vm_id or tell("a machine without id"),
            )
        )
    try:
        module, unread = runtime_of(view, host, vm_id), ""
    except MissingEvidence as missing:
        module, unread = None, str(missing)
    told = None if module is None else module.state
    if module is not None and told is None:
        unread = tell("VmRuntime of {host}: it tells no State of {vm_id}", host=host, vm_id=vm_id)
    if unread:
        yield unknown(tell("what the Hyper-V module says of it is not known: {unread}", unread=unread), wanted=WANTED)
    yield _health(row.health_state, told)
    yield _steady(row.enabled_state, told)
    for status in (row.operational_status, *((module.operational_status,) if module else ())):
        yield _free(status)


def _health(health: int | None, module: int | None) -> Verdict:
    seen = tell("HealthState {health}", health=health) + (
        tell(", State {module} of the module", module=module) if module in CRITICAL else ""
    )
    if health in UNHEALTHY or module in CRITICAL:
        return failed(
            tell("critical: {seen}", seen=seen),
            WANTED,
            note=tell("its files cannot be reached, or their volume is full: look there"),
        )
    return (
        passed("") if health == HEALTHY else unknown(tell("{seen}, which no document tells", seen=seen), wanted=WANTED)
    )


def _steady(state: int | None, module: int | None) -> Verdict:
    word = STEADY.get(state) if state is not None else None
    if module is not None and module != state and module not in CRITICAL:
        return unknown(
            tell(
                "EnabledState {state}, and State {module} of the module: it is changing, or in a rare state",
                state=state,
                module=module,
            )
        )
    if state is None or word is None:
        return unknown(
            tell(
                "EnabledState {state}: on its way from one state to another, or in a rare one; judge again", state=state
            )
        )
    note, wanted = tell("start or resume it first, where that may be"), tell("running or off")
    if state == SAVED:
        return warned(
            word, wanted, works=tell("it moves with the file of its memory, and resumes from it there"), note=note
        )
    if state == PAUSED:
        return warned(word, wanted, works=tell("its memory is kept, and moves like that of one that runs"), note=note)
    return passed(word, note=tell("it is off, so that its files move and no memory") if state == OFF else "")


def _free(status: tuple[int, ...]) -> Verdict:
    """Whether it is busy, by one list of operational statuses."""
    seen = tell("OperationalStatus {map}", map=joined(", ", map(str, status)))
    if not status:
        return unknown(tell("it tells no OperationalStatus"), wanted=WANTED)
    if status[0] == IN_SERVICE or BACKING_UP in status[1:]:
        return failed(seen, WANTED, note=BUSY)
    if status[0] == IN_ORDER and len(status) == 1:
        return passed("")
    return unknown(tell("{seen}: {busy}, or look at the machine", seen=seen, busy=BUSY), wanted=WANTED)


def _states(rows: tuple[VirtualMachineState, ...]) -> dict[str, VirtualMachineState]:
    return {row.vm_id: row for row in rows if not row.is_host}
