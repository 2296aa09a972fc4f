"""Hosts with processors and machines that run, in short words."""

from __future__ import annotations

from datetime import UTC, datetime

from scanner.api import Fact
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.processor import Processor, ProcessorFirmware, SpeculationExposure, VmProcessor
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GUID, machine
from tests.conftest import HV01, HV02

GOLD, SILVER = "Intel(R) Xeon(R) Gold 6248", "Intel(R) Xeon(R) Silver 4310"
IDS = {GOLD: "BFEBFBFF00050657", SILVER: "BFEBFBFF000606A6"}
RUNNING, OFF, SAVED = 2, 3, 6


def socket(
    name: str | None = GOLD, maker: str | None = "GenuineIntel", told: str | None = "", number: int = 0
) -> Processor:
    return Processor(f"CPU{number}", maker, name, IDS.get(name or "", "0") if told == "" else told)


def revision(number: int) -> str:
    """As Intel's register holds it."""
    return (bytes(4) + number.to_bytes(4, "little")).hex()


def firmware(number: int | None = 0x10, features: int | None = 7) -> ProcessorFirmware:
    return ProcessorFirmware(None if number is None else revision(number), features)


def system(build: int = 17763) -> OperatingSystem:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    return OperatingSystem(now, build, f"10.0.{build}", ProductType.SERVER, None, 8)


def state(enabled: int | None = RUNNING, number: int = 1) -> VirtualMachineState:
    return VirtualMachineState(GUID.format(number).upper(), "web-01", enabled, 5, (2,), 0, 0, 0)


def shown(compatible: bool | None = False, mode: int | None = None, number: int = 1) -> VmProcessor:
    return VmProcessor(f"Microsoft:{GUID.format(number).upper()}\\B637F346\\0", compatible, mode)


def model(maker: str = "Contoso", name: str = "Rack 2000") -> ComputerSystem:
    return ComputerSystem("HV01", "hv01", "corp.example", True, 3, maker, name, True)


def hosts() -> dict[tuple[type[Fact], str], list[Fact]]:
    """Two equal hosts, and one machine of version 9.0 that runs on the first."""
    facts: dict[tuple[type[Fact], str], list[Fact]] = {
        (VirtualMachineSettings, HV01): [machine()],
        (VirtualMachineState, HV01): [state()],
        (VmProcessor, HV01): [shown()],
        (SpeculationExposure, HV01): [],
    }
    for host in (HV01, HV02):
        facts |= {
            (Processor, host): [socket(), socket(number=1)],
            (ProcessorFirmware, host): [firmware()],
            (OperatingSystem, host): [system()],
            (ComputerSystem, host): [model()],
        }
    return facts
