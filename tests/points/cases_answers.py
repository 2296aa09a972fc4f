"""Of every answer: schemas, keys, numbers, words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.facts.adapter import AdapterLayer
from scanner.facts.host import OperatingSystem, Service
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.network import NetworkAdapter
from scanner.facts.vm import VirtualMachineState, VmStorage
from scanner.judge.points.seen.answers import keys_unique, numbers_known, words_english
from scanner.judge.points.seen.schemas import properties_exist
from scanner.words.recording import Recording, Schema
from tests.points.case import FAILS, HOLDS, OPEN, Case, host
from tests.points.recordings import GERMAN, answered, changed, failure, recorded, rows_of, without


def schema(name: str, change: Callable[[Schema], Schema | None]) -> Recording:
    """The healthy host with another schema of one class, or without it."""
    made = [change(one) if one.name == name else one for one in host().schemas]
    return replace(host(), schemas=tuple(one for one in made if one is not None))


def typed(name: str, prop: str, kind: str | None) -> Recording:
    """The healthy host, of one of whose classes a property has another type, or is not there."""

    def other(one: Schema) -> Schema:
        assert prop in one.properties
        kinds = {key: value for key, value in one.properties.items() if key != prop}
        return replace(one, properties=kinds | ({prop: kind} if kind else {}))

    return schema(name, other)


def german(**values: object) -> Recording:
    made = changed(host(), Service, **values)
    return replace(made, computer=host().computer | {"language": GERMAN})


CASES = [
    Case(properties_exist, HOLDS, "classes are there, as they are read", host),
    Case(properties_exist, HOLDS, "as they are read", lambda: recorded('name = "h"\nrelease = "2012"\n')),
    Case(properties_exist, HOLDS, "as they are read", lambda: recorded('name = "h"\nrelease = "2012R2"\n')),
    Case(properties_exist, HOLDS, "as they are read", lambda: recorded('name = "h"\nrelease = "2025"\n')),
    Case(properties_exist, HOLDS, "as they are read", lambda: replace(host(), schemas=tuple(
        replace(one, name=one.name.upper(), namespace=one.namespace.upper().replace("\\", "/"))
        for one in host().schemas))),
    Case(properties_exist, FAILS, "Win32_Volume.FreeSpace", lambda: typed("Win32_Volume", "FreeSpace", None)),
    Case(properties_exist, FAILS, "Win32_Volume.FreeSpace", lambda: typed("Win32_Volume", "FreeSpace", "String")),
    Case(properties_exist, FAILS, ".BuildNumber", lambda: typed("Win32_OperatingSystem", "BuildNumber", "UInt32")),
    Case(properties_exist, FAILS, ".LocalDateTime", lambda: typed("Win32_OperatingSystem", "LocalDateTime", "String")),
    Case(properties_exist, FAILS, ".PartOfDomain", lambda: typed("Win32_ComputerSystem", "PartOfDomain", "UInt16")),
    Case(properties_exist, FAILS, ".DomainRole", lambda: typed("Win32_ComputerSystem", "DomainRole", "UInt16[]")),
    Case(properties_exist, FAILS, ".ProductType", lambda: typed("Win32_OperatingSystem", "ProductType", "Real32")),
    Case(properties_exist, FAILS, ".HostResource",
         lambda: typed("Msvm_StorageAllocationSettingData", "HostResource", "Instance[]")),
    Case(properties_exist, FAILS, "EnableCompression",
         lambda: typed("Msvm_VirtualSystemMigrationServiceSettingData", "EnableCompression", None)),
    Case(properties_exist, FAILS, "Win32_Volume", lambda: schema("Win32_Volume", lambda one: replace(
        one, properties={}, missing="HRESULT 0x80041010,x"))),
    Case(properties_exist, OPEN, "Win32_Volume", lambda: schema("Win32_Volume", lambda _: None)),
    Case(properties_exist, OPEN, "Win32_DeviceGuard", lambda: schema("Win32_DeviceGuard", lambda one: replace(
        one, properties={}, missing="HRESULT 0x8004100e,x"))),  # nothing else of its namespace is there
    Case(properties_exist, HOLDS, "as they are read", lambda: schema("MSCluster_Cluster", lambda one: replace(
        one, properties={}, missing="HRESULT 0x8004100e,x"))),  # its absence is an answer
    Case(properties_exist, FAILS, "VMHost.UseAnyNetworkForMigration",
         lambda: changed(host(), VMHost, UseAnyNetworkForMigration=None)),
    Case(properties_exist, OPEN, "no build", lambda: changed(host(), OperatingSystem, BuildNumber="none")),
    Case(properties_exist, OPEN, "OperatingSystem was not asked", lambda: without(host(), OperatingSystem)),
    Case(keys_unique, HOLDS, "have one key and differ",
         lambda: answered(host(), NetworkAdapter, *rows_of(host(), NetworkAdapter), *rows_of(host(), NetworkAdapter))),
    Case(keys_unique, FAILS, "NetworkAdapter",
         lambda: changed(
             host(), NetworkAdapter, 1, InterfaceIndex=rows_of(host(), NetworkAdapter)[0]["InterfaceIndex"])),
    Case(keys_unique, FAILS, "AdapterLayer",
         lambda: changed(host(), AdapterLayer, 1, InterfaceIndex=rows_of(host(), AdapterLayer)[0]["InterfaceIndex"])),
    Case(keys_unique, FAILS, "Service", lambda: changed(host(), Service, Name=rows_of(host(), Service)[1]["Name"])),
    Case(keys_unique, FAILS, "MigrationSettings", lambda: answered(
        host(), MigrationSettings, *rows_of(host(), MigrationSettings),
        rows_of(host(), MigrationSettings)[0] | {"EnableCompression": None})),
    Case(keys_unique, OPEN, "VmStorage has no row", lambda: answered(host(), VmStorage)),
    Case(keys_unique, OPEN, "has one row",
         lambda: answered(host(), VirtualMachineState, rows_of(host(), VirtualMachineState)[0])),
    Case(keys_unique, OPEN, "answered with an error",
         lambda: answered(host(), Service, failures=(failure("HRESULT 0x80041003,x"),))),
    Case(numbers_known, HOLDS, "each one that is known", host),
    Case(numbers_known, FAILS, "MigrationSettings.AuthenticationType",
         lambda: changed(host(), MigrationSettings, AuthenticationType=2)),
    Case(numbers_known, FAILS, "VMHost.VirtualMachineMigrationPerformanceOption",
         lambda: changed(host(), VMHost, VirtualMachineMigrationPerformanceOption="SMB")),
    Case(numbers_known, OPEN, "VMHost.", lambda: without(host(), VMHost)),
    Case(words_english, HOLDS, "not English", german),
    Case(words_english, FAILS, "State", lambda: german(State="Wird ausgeführt")),
    Case(words_english, FAILS, "State", lambda: german(StartMode="Deaktiviert")),
    Case(words_english, FAILS, "State", lambda: changed(host(), Service, State=4)),
    Case(words_english, OPEN, "not English would tell", host),
    Case(words_english, OPEN, "would tell", lambda: replace(host(), computer={"language": 2057})),
    Case(words_english, OPEN, "would tell", lambda: replace(host(), computer={})),
    Case(words_english, OPEN, "Service was not asked", lambda: without(host(), Service)),
    Case(words_english, OPEN, "not every row", lambda: replace(answered(
        host(), Service, *rows_of(host(), Service), left_out=1), computer={"language": GERMAN})),
    Case(words_english, OPEN, "was not answered", lambda: answered(host(), Service, unanswered="timeout")),
]  # fmt: skip
