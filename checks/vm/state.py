"""Whether a virtual machine's state lets it move, told in two ways: by WMI, and by the Hyper-V module where that is.

Each has numbers of its own. Those of ``EnabledState`` and of the module's ``State`` agree on what lasts: running, off,
saved, paused. ``OperationalStatus`` is another list, in which 32776 is a backup, and no pausing. What neither list is
known to hold is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.vm.runtime import runtime_of
from scanner.api import MissingEvidence, Verdict, View, failed, passed, unknown, warned
from scanner.facts.vm import VirtualMachineState

RUNNING, OFF, SAVED, PAUSED = 2, 3, 6, 9
STEADY = {RUNNING: "running", OFF: "off", SAVED: "saved", PAUSED: "paused"}
CRITICAL = range(32785, 32797)
"""VMState of the module: RunningCritical to FastSavingCritical (dsccommunity/HyperVDsc, dump of module 2.0.0.0)"""
HEALTHY, UNHEALTHY = 5, (20, 25)
"""HealthState: OK; major failure, critical failure (Microsoft Learn: Msvm_ComputerSystem)"""
IN_ORDER, IN_SERVICE, BACKING_UP = 2, 11, 32776
"""OperationalStatus: the first says whether a request can be issued, the second what the machine is busy with"""
BUSY = "busy now: judge again when it has ended"
WANTED = "running or off, sound, and busy with nothing"


def state_parts(view: View, host: str, vm_id: str) -> Iterator[Verdict]:
    """The verdicts on a machine's health, its state, and what it is busy with. The check must declare both facts.

    Raises:
        MissingEvidence: WMI does not tell of the machine.
    """
    row = view.derived(VirtualMachineState, host, _states).get(vm_id)
    if row is None:
        raise MissingEvidence(f"VirtualMachineState of {host} does not tell of {vm_id or 'a machine without id'}")
    try:
        module, unread = runtime_of(view, host, vm_id), ""
    except MissingEvidence as missing:
        module, unread = None, str(missing)
    told = None if module is None else module.state
    if module is not None and told is None:
        unread = f"VmRuntime of {host}: it tells no State of {vm_id}"
    if unread:
        yield unknown(f"what the Hyper-V module says of it is not known: {unread}", wanted=WANTED)
    yield _health(row.health_state, told)
    yield _steady(row.enabled_state, told)
    for status in (row.operational_status, *((module.operational_status,) if module else ())):
        yield _free(status)


def _health(health: int | None, module: int | None) -> Verdict:
    seen = f"HealthState {health}" + (f", State {module} of the module" if module in CRITICAL else "")
    if health in UNHEALTHY or module in CRITICAL:
        return failed(
            f"critical: {seen}", WANTED, note="its files cannot be reached, or their volume is full: look there"
        )
    return passed("") if health == HEALTHY else unknown(f"{seen}, which no document tells", wanted=WANTED)


def _steady(state: int | None, module: int | None) -> Verdict:
    word = STEADY.get(state) if state is not None else None
    if module is not None and module != state and module not in CRITICAL:
        return unknown(f"EnabledState {state}, and State {module} of the module: it is changing, or in a rare state")
    if state is None or word is None:
        return unknown(f"EnabledState {state}: on its way from one state to another, or in a rare one; judge again")
    note, wanted = "start or resume it first, where that may be", "running or off"
    if state == SAVED:
        return warned(word, wanted, works="it moves with the file of its memory, and resumes from it there", note=note)
    if state == PAUSED:
        return warned(word, wanted, works="its memory is kept, and moves like that of one that runs", note=note)
    return passed(word, note="it is off, so that its files move and no memory" if state == OFF else "")


def _free(status: tuple[int, ...]) -> Verdict:
    """Whether it is busy, by one list of operational statuses."""
    seen = f"OperationalStatus {', '.join(map(str, status))}"
    if not status:
        return unknown("it tells no OperationalStatus", wanted=WANTED)
    if status[0] == IN_SERVICE or BACKING_UP in status[1:]:
        return failed(seen, WANTED, note=BUSY)
    if status[0] == IN_ORDER and len(status) == 1:
        return passed("")
    return unknown(f"{seen}: {BUSY}, or look at the machine", wanted=WANTED)


def _states(rows: tuple[VirtualMachineState, ...]) -> dict[str, VirtualMachineState]:
    return {row.vm_id: row for row in rows if not row.is_host}
