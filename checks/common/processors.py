"""Whether a machine that runs on one host's processors runs on another's, as far as Windows tells.

Hyper-V compares what a running machine was shown with what the destination has, and cancels the move where that lacks
something; a saved state holds it, too, also in a checkpoint. No query tells these features. So makers and models are
compared, then the revision of the microcode, which brings features: those against speculation (CVE-2017-5715), which
compatibility mode does not hide.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checks.common.parts import clip, listing
from checks.common.saved import saved_of
from checks.common.versions import Version, parse
from scanner.api import Fact, MissingEvidence, Verdict, View, counted, failed, passed, powershell, tell, unknown
from scanner.facts.host import OperatingSystem
from scanner.facts.processor import Processor, ProcessorFirmware, SpeculationExposure, VmProcessor
from scanner.facts.vm import OFF, VirtualMachineSettings, VirtualMachineState

PROCESSORS: tuple[type[Fact], ...] = (
    Processor, ProcessorFirmware, OperatingSystem, SpeculationExposure, VmProcessor, VirtualMachineSettings,
    VirtualMachineState,
)  # fmt: skip
"""What a check declares that asks."""
OF_SOURCE: tuple[type[Fact], ...] = (SpeculationExposure, VmProcessor)
"""Of these what is asked of the source alone: it holds the machine, and showed it what it has."""
SHOWN_FROM: Version = (8, 0)
"""Machines from this version on see what the firmware brought, unless the host says otherwise."""
COMPATIBLE = (
    "Get-VM -ComputerName <host> -Id <vm> | Set-VMProcessor -CompatibilityForMigrationEnabled $true  # needs it off"
)
FIXED_LEAST = (None, 0)
"""Modes of compatibility that hide whatever few processors have; older releases know no other."""


class Kin(StrEnum):
    """How two hosts' processors are related, seen from the one that a machine leaves."""

    SAME = "the same model and microcode"
    NEWER = "the same model, with newer microcode there"
    DOUBT = "the same model, and microcode that is older there or cannot be compared"
    PARTLY = "one maker, and names, some sockets or the features that Windows sees differ"
    MODELS = "one maker, and models of which none is on both"
    MAKERS = "two makers"


@dataclass(frozen=True, slots=True)
class Compared:
    """The relation, and what it rests on."""

    kin: Kin
    text: str


@dataclass(frozen=True, slots=True)
class _Host:
    makers: frozenset[str]
    models: tuple[str, ...]
    told: frozenset[str]
    """what CPUID tells of each"""
    whole: bool
    """every socket tells its model"""


def compared(view: View, source: str, destination: str) -> Compared:
    """How the processors of two hosts are related. The check must declare ``PROCESSORS``.

    Raises:
        MissingEvidence: what decides could not be read, or is not told.
    """
    here, there = (_host(view, host) for host in (source, destination))
    if here.makers.isdisjoint(there.makers):
        return Compared(
            Kin.MAKERS,
            tell("{makers} → {makers2}", makers=listing(sorted(here.makers)), makers2=listing(sorted(there.makers))),
        )
    for host, told in ((source, here), (destination, there)):
        if not told.whole:
            raise MissingEvidence(tell("Processor of {host}: a socket does not tell its model", host=host))
    if here.models != there.models or len(here.models) != 1:
        apart = here.told.isdisjoint(there.told)
        return Compared(
            Kin.MODELS if apart else Kin.PARTLY,
            tell("{models} → {models2}", models=listing(here.models), models2=listing(there.models)),
        )
    return _by_firmware(view, source, destination, here.models[0])


def runs(view: View, host: str, vm_id: str) -> bool:
    """Whether a machine holds what it was shown: unless it is off, saved ones among them.

    The check must declare ``VirtualMachineState``.

    Raises:
        MissingEvidence: its state could not be read, or is not told.
    """
    state = view.derived(VirtualMachineState, host, _states).get(vm_id)
    if state is None:
        raise MissingEvidence(
            tell(
                "VirtualMachineState of {host}: it tells no state of {vm_id}",
                host=host,
                vm_id=vm_id or tell("a machine without id"),
            )
        )
    return state != OFF


def concerned(view: View, host: str, vm_id: str) -> bool:
    """Whether a machine, or one of its checkpoints, holds what it was shown of the processor.

    The check must declare ``PROCESSORS``.

    Raises:
        MissingEvidence: a state could not be read, or is not told.
    """
    return runs(view, host, vm_id) or bool(saved_of(view, host, vm_id).names)


def carried(view: View, source: str, vm_id: str, version: Version | None, near: Compared) -> Verdict:
    """The verdict on a machine that is concerned, of one maker's processors; texts without its name.

    Raises:
        MissingEvidence: what decides could not be read.
    """
    if near.kin is Kin.SAME:
        return passed(near.text)
    if near.kin is Kin.NEWER:
        return passed(near.text, note=tell("after a start from off it sees what the newer microcode brings"))
    if near.kin is Kin.DOUBT:
        if not _shown(view, source, version):
            return passed(near.text, note=tell("it is too old to be shown what microcode brings against speculation"))
        why = tell("if the destination lacks what the source's brings against speculation, the move is cancelled")
        return unknown(
            tell("{near}: {why}; update its firmware, for compatibility mode does not hide it", near=near.text, why=why)
        )
    row = view.derived(VmProcessor, source, _settings).get(vm_id)
    if row is None or row.compatible is None:
        raise MissingEvidence(
            tell("VmProcessor of {source}: it tells no compatibility mode of {vm_id}", source=source, vm_id=vm_id)
        )
    if row.compatible and row.compatible_mode in FIXED_LEAST:
        note = tell("what protects from speculation it does not hide: keep the destination's firmware up to date")
        return passed(tell("{near}, in compatibility mode", near=near.text), note=note)
    if near.kin is Kin.MODELS and not row.compatible and (names := saved_of(view, source, vm_id).names):
        seen = tell(
            "{near}, without compatibility mode, and a saved state in {checkpoints}",
            near=near.text,
            checkpoints=counted(len(names), "checkpoint"),
        )
        return failed(
            seen, tell("compatibility mode, or the same model"), powershell(COMPATIBLE, host=source, vm=vm_id)
        )
    how = tell("in the mode for nodes of one cluster") if row.compatible else tell("without compatibility mode")
    why = tell("a move to a processor that lacks a feature of the first is cancelled, one to a newer model works")
    return unknown(tell("{near}, {how}: {why}, and no query tells the features", near=near.text, how=how, why=why))


def _host(view: View, host: str) -> _Host:
    told = view.derived(Processor, host, _of_sockets)
    if isinstance(told, str):
        raise MissingEvidence(tell("Processor of {host}: {told}", host=host, told=told))
    return told


def _of_sockets(rows: tuple[Processor, ...]) -> _Host | str:
    makers = frozenset(clip((row.manufacturer or "").strip(), 40) for row in rows)
    if not rows or "" in makers:
        return tell("a socket does not tell its maker")
    models = {model for row in rows if (model := row.model)}
    shown = tuple(tell("{name} ({told})", name=name, told=told) for name, told in sorted(models))
    return _Host(makers, shown, frozenset(told for _, told in models), all(row.model for row in rows))


def _by_firmware(view: View, source: str, destination: str, model: str) -> Compared:
    here, there = (view.one(ProcessorFirmware, host) for host in (source, destination))
    if here.revision is None or there.revision is None:
        silent = [host for host, row in ((source, here), (destination, there)) if row.revision is None]
        return Compared(
            Kin.DOUBT,
            tell("{model}; {silent} tells no revision of its microcode", model=clip(model), silent=listing(silent)),
        )
    text = tell(
        "{model}, microcode 0x{revision:x} → 0x{revision2:x}",
        model=clip(model),
        revision=here.revision,
        revision2=there.revision,
    )
    if here.revision != there.revision:
        return Compared(Kin.NEWER if here.revision < there.revision else Kin.DOUBT, text)
    builds = {view.one(OperatingSystem, host).build for host in (source, destination)}
    told = here.feature_bits is not None and there.feature_bits is not None and len(builds) == 1
    if told and (here.feature_bits or 0) & ~(there.feature_bits or 0):
        return Compared(Kin.PARTLY, tell("{text}, of which Windows sees fewer features there", text=text))
    return Compared(Kin.SAME, text)


def _shown(view: View, host: str, version: Version | None) -> bool:
    """Whether a machine of this version may have been shown what microcode brings against speculation."""
    if version is None or version >= SHOWN_FROM:
        return True  # also where the host says otherwise now: it may have started before
    row = view.maybe(SpeculationExposure, host)
    if row is None or row.least_version is None:
        return False
    least = parse(row.least_version)
    return least is None or version >= least


def _states(rows: tuple[VirtualMachineState, ...]) -> dict[str, int | None]:
    return {row.vm_id: row.enabled_state for row in rows if not row.is_host}


def _settings(rows: tuple[VmProcessor, ...]) -> dict[str, VmProcessor]:
    return {row.owner: row for row in rows}
