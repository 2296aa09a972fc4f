"""The read-only list holds by value, and it holds again where a query is sent, whatever a plugin did to it since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.words.query import Command, Query, cim, plan_of, registry, sendable
from scanner.words.readonly import READ_ONLY, NotReadOnlyError

HKLM = "Registry::HKEY_LOCAL_MACHINE"
PROBE, CIM, KEY, SELECT = "Test-Endpoint", "Get-CimInstance", "Get-ItemProperty", "Select-Object"
SHAPE = Command(SELECT, {"Property": ("Name",)})


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        # another machine, another provider, another hive
        (KEY, {"LiteralPath": "\\\\server\\share"}),
        (KEY, {"LiteralPath": "C:\\Windows"}),
        (KEY, {"LiteralPath": "FileSystem::C:\\Windows"}),
        (KEY, {"LiteralPath": "Registry::HKEY_CURRENT_USER\\SOFTWARE"}),
        (KEY, {"LiteralPath": "HKLM:\\SOFTWARE"}),
        (KEY, {"LiteralPath": "Env:\\PATH"}),
        (KEY, {"LiteralPath": f"{HKLM}\\SECURITY"}),
        (KEY, {"LiteralPath": f"{HKLM}\\SAM\\SAM"}),
        (KEY, {"LiteralPath": f"{HKLM}\\HARDWARE"}),
        (KEY, {"LiteralPath": f"{HKLM}\\HARDWARE\\ACPI"}),
        (KEY, {"LiteralPath": f"{HKLM}\\HARDWARE\\DESCRIPTION\\..\\ACPI"}),
        (KEY, {"LiteralPath": f"{HKLM}\\SOFTWARE\\..\\SECURITY"}),
        (KEY, {"LiteralPath": f"{HKLM}\\SOFTWARE/../SECURITY"}),
        (KEY, {"LiteralPath": f"{HKLM}\\SOFTWARE\\*"}),
        (KEY, {"LiteralPath": (f"{HKLM}\\SOFTWARE", "\\\\server\\share")}),
        (KEY, {"LiteralPath": ()}),
        (KEY, {"Path": f"{HKLM}\\SOFTWARE"}),
        # a wildcard for more than the keys below one key
        *((KEY, {"Path": f"{HKLM}\\{path}"}) for path in (
            "SOFTWARE\\*", "SOFTWARE\\a\\*\\*", "SOFTWARE\\*\\a\\*", "SOFTWARE\\a*", "SOFTWARE\\a\\b*",
            "SOFTWARE\\a\\?", "SOFTWARE\\a\\[b]", "SOFTWARE\\a\\..\\*", "SOFTWARE\\a\\*\\..", "SAM\\SAM\\*",
            "SECURITY\\a\\*", "*", "*\\a", "SOFTWARE\\a\\*\\b\\c",
        )),
        (KEY, {"Path": "C:\\Windows\\*"}),
        (KEY, {"Path": "Env:\\*"}),
        (KEY, {"Path": (f"{HKLM}\\SOFTWARE\\a\\*", "Cert:\\LocalMachine\\*")}),
        (CIM, {"ClassName": "Win32_Service", "Namespace": "\\\\server\\root\\cimv2"}),
        (CIM, {"ClassName": "Win32_Service", "Namespace": "//server/root/cimv2"}),
        (CIM, {"ClassName": "Win32_Service", "Namespace": "root\\cimv2\\..\\subscription"}),
        (CIM, {"ClassName": "Win32_Service", "Namespace": "root\\subscription"}),
        (CIM, {"ClassName": "Win32_Service", "Namespace": ("root\\cimv2", "root\\default")}),
        # classes whose mere listing acts
        *((CIM, {"ClassName": name}) for name in (
            "Win32_Product", "win32_product", "Win32_SoftwareFeature", "Win32_PatchPackage", "Win32_RegistryAction",
            "CIM_Product", "CIM_DataFile", "CIM_ManagedSystemElement", "__Namespace", "StdRegProv", "Win32_PingStatus",
            "Win32_MSIResource", "Win32_ManagedSystemElementResource", "Win32_SecuritySetting",
            "Win32_SecuritySettingOfObject", "Win32_SecuritySettingAccess", "Win32_SecuritySettingOwner",
            "Win32_Directory", "Win32_LogicalFileSecuritySetting", "Win32_NTLogEvent", "Win32_UserAccount",
            "Win32_NTDomain", "Win32_ProcessStartTrace", "Win32_Service WHERE 1=1", "Win32_Service\n", "",
        )),
        (CIM, {"ClassName": ("Win32_Service",)}),
        (CIM, {"ClassName": "Win32_Service", "Filter": True}),
        (CIM, {"ClassName": "Win32_Service", "Filter": "Name='a'\nx"}),
        ("Get-Module", {"ListAvailable": True, "Name": "\\\\server\\share\\Hyper-V"}),
        ("Get-Module", {"Name": "C:\\x.psd1"}),
        ("Get-Module", {"ListAvailable": False}),
        # the secure channel: it only looks where it is given nothing
        *(("Test-ComputerSecureChannel", {name: value}) for name, value in (
            ("Repair", True), ("Server", "dc1"), ("Credential", "x"), ("Confirm", True), ("WhatIf", True),
        )),
        # probes within their bounds
        (PROBE, {"Target": "x:1", "TimeoutMilliseconds": 30_001}),
        (PROBE, {"Target": "x:1", "TimeoutMilliseconds": True}),
        (PROBE, {"Target": "x:1", "TotalMilliseconds": 99}),
        (PROBE, {"Target": tuple(f"x:{port}" for port in range(257))}),
        (PROBE, {"Target": "x;y:1"}),
        (PROBE, {"Target": "x:1", "Proxy": "http://x:1"}),
        # what is no plain value: a table is a calculated property, and runs
        (SELECT, {"Property": {"Name": "x", "Expression": "{ Stop-Computer }"}}),
        (SELECT, {"Property": [{"n": "x", "e": "{ Stop-Computer }"}]}),
        (SELECT, {"Property": ({"n": "x", "e": "{ Stop-Computer }"},)}),
        (SELECT, {"Property": ["Name"]}),
        (SELECT, {"Property": b"Name"}),
        (SELECT, {"Property": None}),
        (SELECT, {"Property": 1.5}),
        ("Where-Object", {"Property": "Name", "EQ": True, "Value": {"x": 1}}),
        ("Where-Object", {"FilterScript": "{ Stop-Computer }"}),
        ("Where-Object", {"Property": "Name", "EQ": "x"}),
    ],
)  # fmt: skip
def test_a_value_that_could_act_or_lead_elsewhere_cannot_be_given(name: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(NotReadOnlyError, match=name):
        Command(name, parameters)


def test_what_the_facts_ask_is_on_the_list() -> None:
    for key in ("SOFTWARE\\Microsoft", "SYSTEM\\CurrentControlSet\\Services\\a b.c", "Cluster\\Resources"):
        assert registry(key).parameters
    for namespace in ("root\\virtualization\\v2", "root\\Microsoft\\Windows\\SMB", "ROOT\\CIMV2"):
        assert cim("MSFT_SmbShare", namespace=namespace, only=("Name",)).parameters
    assert cim("Win32_ComputerSystemProduct").parameters
    assert Command("Get-Module", {"ListAvailable": True, "Name": ("Hyper-V", "FailoverClusters")}).parameters


@pytest.mark.parametrize(
    "commands",
    [
        (),
        (SHAPE,),
        (cim("Win32_Share"), registry("SOFTWARE")),  # -Path would come from the objects
        (cim("Win32_Service"), Command("Get-VMHost")),
        [cim("Win32_Service"), SHAPE],
        (cim("Win32_Service"), "Stop-Computer"),
    ],
)
def test_only_the_first_command_reads(commands: Any) -> None:
    with pytest.raises(NotReadOnlyError):
        Query("Q", commands)


@pytest.mark.parametrize(("name", "depth"), [(1, 2), ("a\nb", 2), ("Q", 0), ("Q", 101), ("Q", "2"), ("Q", True)])
def test_name_and_depth_are_plain(name: Any, depth: Any) -> None:
    with pytest.raises(NotReadOnlyError):
        Query(name, (cim("Win32_Service"),), depth)


PATHS = st.text("\\/.:*?[]aS\0") | st.sampled_from(["SECURITY", "SOFTWARE", "SYSTEM", "Registry::HKEY_USERS"])


@given(st.lists(PATHS, max_size=6).map("\\".join), st.booleans())
def test_no_path_leads_out_of_the_hives(rest: str, inside: bool) -> None:
    path = f"{HKLM}\\SOFTWARE\\{rest}" if inside else f"Registry::{rest}"
    try:
        Command(KEY, {"LiteralPath": path})
    except NotReadOnlyError:
        return
    head, provider, *keys = path.replace("::", "\\").split("\\")
    assert (head, provider) == ("Registry", "HKEY_LOCAL_MACHINE")
    assert keys[0] in ("SOFTWARE", "SYSTEM")
    assert not {"", ".", ".."} & set(keys)
    assert not set("/:*?[]\0") & set(path.removeprefix("Registry::"))


def test_what_is_given_is_copied() -> None:
    given_ = {"ClassName": "Win32_Service"}
    command = Command(CIM, given_)
    given_["ClassName"] = "Win32_Product"
    assert command.parameters == {"ClassName": "Win32_Service"}
    with pytest.raises(TypeError):
        command.parameters["ClassName"] = "Win32_Product"  # type: ignore[index]
    with pytest.raises(AttributeError):
        command.name = "Stop-Computer"  # type: ignore[misc]
    with pytest.raises(TypeError):
        READ_ONLY["Stop-Computer"] = {}  # type: ignore[index]


class Fickle(str):
    """Says one thing to whoever compares it, and another to whoever writes it."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("Get-CimInstance")


class Forgetful(Mapping[str, Any]):
    """Another answer every time."""

    def __init__(self) -> None:
        self.looks = 0

    def __iter__(self) -> Iterator[str]:
        return iter(("ClassName",))

    def __len__(self) -> int:
        return 1

    def __getitem__(self, key: str) -> str:
        self.looks += 1
        return "Win32_Service" if self.looks == 1 else "Win32_Product"


class Lenient(Command):
    """A command that is not looked at when it is made."""

    def __post_init__(self) -> None:
        pass


class Twofold(Query):
    """A query whose plan is not its commands."""

    def plan(self) -> dict[str, object]:
        return {"name": "Q", "commands": [{"command": "Stop-Computer", "parameters": {}}]}


def put(thing: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        object.__setattr__(thing, name, value)
    return thing


def fresh() -> Query:
    return Query("Q", (cim("Win32_Service"), SHAPE))


def read(**changed: Any) -> Any:
    """A query whose one command was changed after it was made."""
    return put(fresh(), commands=(put(cim("Win32_Service"), **changed),))


CHEATS: dict[str, Callable[[], Any]] = {
    "name": lambda: read(name="Stop-Computer"),
    "parameters": lambda: read(parameters={"ClassName": "Win32_Product"}),
    "subclass": lambda: put(fresh(), commands=(Lenient("Stop-Computer"),)),
    "text": lambda: read(name=Fickle("Stop-Computer")),
    "value": lambda: read(parameters={"ClassName": Fickle("Win32_Product")}),
    "parameter": lambda: read(parameters={Fickle("ComputerName"): "x"}),
    "query": lambda: Twofold("Q", (cim("Win32_Service"), SHAPE)),
    "commands": lambda: put(fresh(), commands=[cim("Win32_Service")]),
    "depth": lambda: put(fresh(), depth="2; Stop-Computer"),
    "shallow": lambda: put(fresh(), shallow="Stop-Computer"),
    "no query": lambda: "Stop-Computer",
}  # fmt: skip


@pytest.mark.parametrize("cheat", CHEATS)
def test_what_was_changed_since_is_not_sent(cheat: str) -> None:
    with pytest.raises(NotReadOnlyError):
        plan_of([fresh(), CHEATS[cheat]()])
    with pytest.raises(NotReadOnlyError):
        sendable(CHEATS[cheat]()).pipeline()


def test_what_is_checked_is_what_is_sent() -> None:
    query = read(parameters=Forgetful())
    assert sendable(query).steps == (("Get-CimInstance", {"ClassName": "Win32_Service"}),)


MEMBERS = 'ASSOCIATORS OF {{Win32_Group.Domain="{}",Name="{}"}} WHERE AssocClass=Win32_GroupUser Role=GroupComponent'
GROUPS = "SELECT SID,Name,Domain FROM Win32_Group WHERE LocalAccount=TRUE AND ({})"


@pytest.mark.parametrize(
    "query",
    [
        GROUPS.format("SID='S-1-5-32-544'"),
        GROUPS.format("SID='S-1-5-32-544' OR SID='S-1-5-32-578'"),
        MEMBERS.format("HV01", "Administrators"),
        MEMBERS.format("HV01", "Utilisateurs de l'accès à distance"),
        MEMBERS.format("HV01", "Администраторы"),
    ],
)
def test_groups_and_who_is_in_one_may_be_asked(query: str) -> None:
    assert Command(CIM, {"Query": query}).parameters


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM Win32_Group",
        "SELECT SID,Name,Domain FROM Win32_Group",
        "SELECT SID,Name,Domain FROM Win32_Group WHERE SID='S-1-5-32-544'",
        "SELECT SID,Name,Domain FROM Win32_Product WHERE LocalAccount=TRUE AND (SID='S-1-5-32-544')",
        GROUPS.format("SID='S-1-5-21-1-2-3-512'"),
        GROUPS.format("SID='S-1-5-32-544') OR (Name LIKE '%'"),
        GROUPS.format("SID='S-1-5-32-544'") + " OR TRUE",
        "SELECT * FROM Win32_Product",
        MEMBERS.format("HV01", 'x"} WHERE AssocClass=Win32_GroupUser') + '"',
        MEMBERS.format("HV01", "a\\b"),
        MEMBERS.format("HV01", ""),
        MEMBERS.format("", "Administrators"),
        MEMBERS.format("HV01", "Administrators").replace(" Role=GroupComponent", ""),
        MEMBERS.format("HV01", "Administrators").replace("Win32_GroupUser", "Win32_GroupInDomain"),
        MEMBERS.format("HV01", "Administrators").replace("Win32_Group.", "Win32_Directory."),
        MEMBERS.format("HV01", "Administrators").replace("ASSOCIATORS", "REFERENCES"),
        MEMBERS.format("HV01", "Administrators\n"),
        (MEMBERS.format("HV01", "Administrators"), "SELECT * FROM Win32_Product"),
    ],
)
def test_no_other_query_may_be_asked(query: Any) -> None:
    with pytest.raises(NotReadOnlyError, match="Query"):
        Command(CIM, {"Query": query})


@pytest.mark.parametrize("rest", ["SOFTWARE\\a\\*", "Cluster\\Resources\\*\\Parameters", "SOFTWARE\\Policies\\a b\\*"])
def test_the_keys_below_one_may_be_read(rest: str) -> None:
    assert Command(KEY, {"Path": f"{HKLM}\\{rest}"}).parameters["Path"] == f"{HKLM}\\{rest}"


@given(st.lists(PATHS, max_size=6).map("\\".join))
def test_no_wildcard_leads_out_of_the_hives(rest: str) -> None:
    path = f"{HKLM}\\SOFTWARE\\{rest}"
    try:
        Command(KEY, {"Path": path})
    except NotReadOnlyError:
        return
    keys = path.split("\\")
    assert keys.count("*") == 1
    assert keys.index("*") in (len(keys) - 2, len(keys) - 1)
    assert not {"", ".", ".."} & set(keys)
    assert not set("/?[]\0") & set(rest)
    assert rest.count("*") == 1
