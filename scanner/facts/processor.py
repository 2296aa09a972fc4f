"""Processors of a host, their firmware, and what of them virtual machines are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import VERSION
from scanner.facts.octets import as_hex
from scanner.facts.setting_data import SettingData
from scanner.words.query import HYPER_V, cim, registry

PROCESSOR = ("DeviceID", "Manufacturer", "Name", "ProcessorId")
"""Only these are computed: the load of a processor is measured for a second or two when all are asked for."""
REVISION = "Update Revision"
HIDDEN = 0xFFFFFFFF
"""What a hypervisor shows its virtual machines for the revision of the microcode (seen in guests of Hyper-V)."""


@windows_fact(cim("Win32_Processor", only=PROCESSOR), least=1, key=("device_id",))
class Processor(WindowsFact):
    """A processor, one row for each socket."""

    device_id: str = prop("DeviceID", "as in CPU0", clear=r"CPU\d{1,4}")
    manufacturer: str | None = prop(
        "Manufacturer", "the maker's own word: GenuineIntel, AuthenticAMD", clear="GenuineIntel|AuthenticAMD"
    )
    name: str | None = prop("Name", "model, as the processor tells it; often with blanks around")
    processor_id: str | None = prop(
        "ProcessorId", "features, then family, model and stepping, by CPUID", clear="[0-9A-F]{16}"
    )

    @property
    def model(self) -> tuple[str, str] | None:
        """Name, and what CPUID tells; nothing where one of them is not told."""
        name, told = " ".join((self.name or "").split()), (self.processor_id or "").strip().upper()
        return (name, told) if name and told else None


@windows_fact(registry(r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"), yields="REG", least=1, key=())
class ProcessorFirmware(WindowsFact):
    """The first processor as Windows found it when it started; the values are not documented.

    Source: public readers of the key. The revision is the register in which Intel keeps it in the upper half and AMD
    in the lower one.
    """

    update_revision: str | None = prop(
        REVISION, "revision of the microcode, bytes in hexadecimal digits", clear="[0-9a-f]{8,16}"
    )
    features: int | None = prop("FeatureSet", "bits of features that Windows knows")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Its bytes as text: their order is their meaning."""
        yield {**raw, REVISION: as_hex(raw[REVISION])} if REVISION in raw else raw

    @property
    def revision(self) -> int | None:
        """The revision as a number to compare; nothing where none is told, or a hypervisor hides it."""
        try:
            octets = bytes.fromhex(self.update_revision or "")
        except ValueError:
            return None
        halves = [int.from_bytes(part, "little") for part in (octets[:4], octets[4:])]
        told = [half for half in halves if half]
        return told[0] if len(octets) in (4, 8) and len(told) == 1 and told[0] != HIDDEN else None

    @property
    def feature_bits(self) -> int | None:
        """The bits without a sign, which a number of the registry may carry."""
        return None if self.features is None else self.features & 0xFFFFFFFF


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization"),
    absent=("key",),
    yields="REG",
    no_row="nothing is set: machines from version 8.0 on are shown what protects from speculation",
)
class SpeculationExposure(WindowsFact):
    """To which virtual machines a host shows what its firmware brought against CVE-2017-5715."""

    least_version: str | None = prop(
        "MinVmVersionForCpuBasedMitigations", "the lowest configuration version, as in 1.0; null: 8.0", clear=VERSION
    )


@windows_fact(
    cim("Msvm_ProcessorSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="the host has no virtual machine",
    key=("instance_id",),
)
class VmProcessor(SettingData):
    """What a virtual machine or checkpoint is shown of the processor."""

    instance_id: str = prop("InstanceID")
    compatible: bool | None = prop("LimitProcessorFeatures", "compatibility mode: features that few have are hidden")
    compatible_mode: int | None = prop(
        "LimitProcessorFeaturesMode", "0 the fixed least, 1 what the nodes of the cluster share; since 2025"
    )
