"""What error records mean: table 0.1 of the command plan, row by row."""

from __future__ import annotations

import pytest

from scanner.collect.windows.errors import ABSENT, Machine, rule
from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.network import ConnectionSecurityRule
from scanner.facts.storage import DiskFile
from scanner.facts.vm import VmSecurity
from scanner.facts.vmm import Cloud
from scanner.words.channel import ErrorLine
from scanner.words.model import GapReason
from scanner.words.query import HYPER_V, Command, cim, registry

CIM = "Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand"
REG = "Microsoft.PowerShell.Commands.GetItemPropertyCommand"
VM_HOST = "Microsoft.HyperV.PowerShell.Commands.GetVMHost"
VMM = "Microsoft.SystemCenter.VirtualMachineManager.Cmdlets.GetSCCloudCmdlet"
MANAGED, PASSIVE = (Machine(14393, {"SCVMMService": state}) for state in ("Running", "Stopped"))
RUNNING = Machine(17763, {"vmms": "Running"})
STOPPED = Machine(17763, {"vmms": "Stopped", "ClusSvc": "Stopped"})
BARE = Machine(17763, {})
UNKNOWN = Machine()
JEA = Machine(17763, {"vmms": "Running"}, "HvPreflight")
DENIED, TIMEOUT = GapReason.ACCESS_DENIED, GapReason.TIMEOUT
LEFT_OUT, NOT_THERE = GapReason.NOT_COLLECTED, GapReason.NOT_INSTALLED


@windows_fact(registry(r"SOFTWARE\Practice"), yields="REG")
class NeededKey(WindowsFact):
    """A key that must be there."""

    value: str = prop("Value")


@windows_fact(Command("Get-VMHost"), module="Hyper-V", service="vmms", yields="Microsoft.HyperV.PowerShell.VMHost")
class NeededModule(WindowsFact):
    """What a machine without the module cannot answer."""

    any_network: bool = prop("UseAnyNetworkForMigration")


@windows_fact(cim("Msvm_ComputerSystem", namespace=HYPER_V), absent=("service",), service="vmms")
class OfAService(WindowsFact):
    """What there is none of where its service does not run."""

    name: str = prop("Name")


def wmi(code: str, category: int = 0) -> ErrorLine:
    return ErrorLine(f"HRESULT 0x{code},{CIM}", category, "Get-CimInstance", "root")


@pytest.mark.parametrize(
    ("error", "fact", "machine", "reason"),
    [
        (wmi("80041003"), ComputerSystem, RUNNING, DENIED),
        (wmi("80041001", 18), ComputerSystem, RUNNING, DENIED),
        (wmi("80070005"), ComputerSystem, RUNNING, DENIED),
        (ErrorLine("Windows System Error 5,Get-SmbServerConfiguration"), ComputerSystem, RUNNING, DENIED),
        (ErrorLine(f"System.Security.SecurityException,{REG}"), ConnectionSecurityRule, RUNNING, DENIED),
        (ErrorLine(f"UnauthorizedAccessException,{REG}"), ConnectionSecurityRule, RUNNING, DENIED),
        (ErrorLine(f"AccessDenied,{VM_HOST}"), VMHost, STOPPED, DENIED),
        # what is not there
        (wmi("8004100e", 10), ClusterInfo, BARE, None),
        (wmi("80041010", 10), ClusterInfo, UNKNOWN, None),
        (wmi("8004100E", 10), MigrationSettings, BARE, NOT_THERE),
        (wmi("8004100e", 10), MigrationSettings, STOPPED, LEFT_OUT),
        (wmi("80041010", 10), ComputerSystem, RUNNING, NOT_THERE),
        (wmi("80041010", 10), VmSecurity, Machine(9600, {"vmms": "Running"}), None),
        (wmi("80041010", 10), VmSecurity, Machine(9200), None),
        (wmi("80041010", 10), VmSecurity, Machine(14393, {"vmms": "Running"}), NOT_THERE),
        (wmi("80041010", 10), VmSecurity, UNKNOWN, NOT_THERE),
        (wmi("80041010", 10), VmSecurity, Machine(7601), NOT_THERE),
        (ErrorLine(f"PathNotFound,{REG}", 13), ConnectionSecurityRule, RUNNING, None),
        (ErrorLine(f"PathNotFound,{REG}", 13), NeededKey, RUNNING, NOT_THERE),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost"), VMHost, BARE, None),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-X"), ComputerSystem, RUNNING, NOT_THERE),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost"), NeededModule, RUNNING, NOT_THERE),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost"), NeededModule, STOPPED, NOT_THERE),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost"), NeededModule, JEA, LEFT_OUT),
        # what does not run
        (wmi("80041001"), OfAService, STOPPED, None),
        (wmi("80041001"), OfAService, BARE, None),
        (wmi("80041001"), OfAService, RUNNING, LEFT_OUT),
        (wmi("80041001"), OfAService, UNKNOWN, LEFT_OUT),
        *(
            (wmi(code), MigrationSettings, STOPPED, LEFT_OUT)
            for code in ("80041013", "80041014", "80041001", "80041033")
        ),
        *((wmi(code), ClusterInfo, STOPPED, None) for code in ("800706ba", "80070422")),
        (ErrorLine(f"MiClientApiError_Failed,{CIM}"), MigrationSettings, STOPPED, LEFT_OUT),
        (ErrorLine(f"ObjectNotFound,{VM_HOST}", 13), VMHost, STOPPED, LEFT_OUT),
        (ErrorLine(f"OperationFailed,{VM_HOST}"), VMHost, RUNNING, LEFT_OUT),
        (wmi("80041001"), ClusterInfo, UNKNOWN, LEFT_OUT),
        # VMM, by its numbers; through an endpoint a proxy stands in their place
        *((ErrorLine(f"{n},{VMM}", 22, "Get-SCCloud"), Cloud, MANAGED, DENIED) for n in ("1604", "1605")),
        (ErrorLine("1604,Get-SCCloud", 22), Cloud, JEA, DENIED),
        (ErrorLine(f"1604,{VMM}", 22), Cloud, PASSIVE, DENIED),
        *((ErrorLine(f"{n},{VMM}", 22), Cloud, PASSIVE, LEFT_OUT) for n in ("1602", "1612", "406")),
        *((ErrorLine(f"{n},{VMM}", 22), Cloud, BARE, NOT_THERE) for n in ("1602", "1612", "406")),
        *((ErrorLine(f"{n},{VMM}", 22), Cloud, MANAGED, LEFT_OUT) for n in ("1602", "1612", "406")),
        (ErrorLine(f"ParameterArgumentTransformationError,{VMM}", 6), Cloud, PASSIVE, LEFT_OUT),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-SCCloud"), Cloud, MANAGED, NOT_THERE),
        (ErrorLine(f"AccessDenied,{VMM}"), Cloud, MANAGED, DENIED),
        # the query, the clock, the endpoint
        (wmi("80041017", 5), ComputerSystem, RUNNING, LEFT_OUT),
        (wmi("8004106c"), ComputerSystem, RUNNING, LEFT_OUT),
        (wmi("80041069"), ComputerSystem, RUNNING, TIMEOUT),
        (wmi("80041088"), ComputerSystem, RUNNING, TIMEOUT),
        (wmi("80041001", 15), ComputerSystem, RUNNING, TIMEOUT),
        (ErrorLine("ProviderNotFound,X", 13), ConnectionSecurityRule, JEA, LEFT_OUT),
        (ErrorLine("DriveNotFound,X", 13), ConnectionSecurityRule, JEA, LEFT_OUT),
        (ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost"), VMHost, JEA, LEFT_OUT),
        (ErrorLine("NamedParameterNotFound,Get-VMHost", 5), VMHost, JEA, LEFT_OUT),
        (ErrorLine("ParameterArgumentValidationError,Get-CimInstance", 6), ComputerSystem, RUNNING, LEFT_OUT),
        (ErrorLine(""), ComputerSystem, RUNNING, LEFT_OUT),
        (ErrorLine("SomethingNew,Get-It", 7), ComputerSystem, RUNNING, LEFT_OUT),
    ],
)
def test_one_error(error: ErrorLine, fact: type[WindowsFact], machine: Machine, reason: GapReason | None) -> None:
    ruling = rule([error], fact, machine)
    assert ruling.reason is reason
    assert bool(ruling.detail) is (reason is not None)


def test_absence_counts_only_when_every_error_says_so() -> None:
    absent = ErrorLine(f"PathNotFound,{REG}", 13)
    denied = ErrorLine(f"System.Security.SecurityException,{REG}", 18)
    assert rule([absent, absent], ConnectionSecurityRule, RUNNING) == ABSENT
    assert rule([absent, denied], ConnectionSecurityRule, RUNNING).reason is DENIED
    assert rule([], ConnectionSecurityRule, RUNNING) == ABSENT


def test_details_tell_people_what_to_look_at() -> None:
    assert rule([wmi("80041013")], MigrationSettings, STOPPED).detail == "service vmms is Stopped"
    assert rule([wmi("8004100e")], MigrationSettings, BARE).detail == "there is no service vmms"
    gone = rule([ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost")], NeededModule, STOPPED).detail
    assert gone == "the PowerShell module Hyper-V is not there (CommandNotFoundException)"
    refused = rule([ErrorLine("CommandNotFoundException", 13, "", "Get-VMHost")], VMHost, JEA).detail
    assert "configuration HvPreflight does not let Get-VMHost through" in refused
    assert "or the module Hyper-V missing?" in refused
    optional = rule([ErrorLine("CommandNotFoundException", 13, "", "Get-Item")], DiskFile, JEA).detail
    assert optional.endswith("its account needs the role capability HvPreflightFiles, too")


def test_a_fact_that_says_what_is_no_such_word_is_refused() -> None:
    with pytest.raises(TypeError, match="modul is none of namespace, class, key, module, service"):
        windows_fact(Command("Get-VMHost"), absent=("modul",))


def test_a_field_cannot_be_called_as_what_says_how_a_fact_is_asked() -> None:
    with pytest.raises(TypeError, match="Hidden: a field cannot be called service"):

        @windows_fact(cim("Win32_Battery"))
        class Hidden(WindowsFact):
            service: str = prop("Name")


def test_details_hold_nothing_a_console_acts_on() -> None:
    evil = "\x1b[31m\u202e" + "x" * 10**6
    for machine in (RUNNING, JEA, Machine(17763, {"vmms": evil})):
        for error in (
            ErrorLine(evil, 0, evil, evil),
            ErrorLine("CommandNotFoundException", 13, evil, evil),
            wmi("80041001"),
        ):
            detail = rule([error], MigrationSettings, machine).detail
            assert detail.isascii()
            assert detail.isprintable()
            assert len(detail) < 400
