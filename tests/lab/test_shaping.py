"""The practice machine's commands that shape rows, and its JSON: habits of Windows PowerShell and of PowerShell 7."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lab.windows import machine as machines
from lab.windows.cmdlets.text import json_text
from lab.windows.machine import Machine, Row, Version
from lab.windows.trial import Trial
from lab.windows.wsman.pipeline import Output

EXAMPLES = Path(machines.__file__).parent / "examples"


@pytest.fixture
def healthy() -> Trial:
    return Trial(Machine.load(EXAMPLES / "hv01-2019.toml"))


def _errors(answer: dict[str, Any]) -> list[tuple[str, int]]:
    return [(error["id"], error["category"]) for error in answer["errors"]]


def test_select_object(healthy: Trial) -> None:
    services = ("Get-CimInstance", {"ClassName": "Win32_Service"})
    (row,) = healthy.ask(services, ("Select-Object", {"Property": ["nAmE", "NoSuch", "S*"], "First": 1}))["rows"]
    assert list(row)[:2] == ["nAmE", "NoSuch"]
    assert row["NoSuch"] is None
    assert {"State", "StartMode"} <= set(row)
    names = healthy.ask(services, ("Select-Object", {"ExpandProperty": "Name"}))["rows"]
    assert "vmms" in names
    owner = "Microsoft.PowerShell.Commands.SelectObjectCommand"
    failed = healthy.ask(services, ("Select-Object", {"ExpandProperty": "NoSuch"}))
    assert set(_errors(failed)) == {(f"ExpandPropertyNotFound,{owner}", 5)}
    qualified = ("Microsoft.PowerShell.Utility\\Select-Object", {"Property": ["Name"], "Last": 1})
    assert list(healthy.ask(services, qualified)["rows"][0]) == ["Name"]
    assert _errors(healthy.ask(services, ("Other\\Select-Object", {}))) == [("CommandNotFoundException", 13)]


def test_where_object(healthy: Trial) -> None:
    services = ("Get-CimInstance", {"ClassName": "Win32_Service"})
    asked = {"Property": "Name", "EQ": True, "Value": "VMMS"}
    assert len(healthy.ask(services, ("Where-Object", asked))["rows"]) == 1
    asked = {"Property": "ProcessId", "GT": True, "Value": 0}
    assert len(healthy.ask(services, ("Where-Object", asked))["rows"]) == 7
    asked = {"Property": "Name", "Like": True, "Value": "w*"}
    assert len(healthy.ask(services, ("Where-Object", asked))["rows"]) == 3


def test_members_of_local_groups(healthy: Trial) -> None:
    group = ("Get-CimInstance", {"ClassName": "Win32_Group", "Filter": "LocalAccount=TRUE AND SID='S-1-5-32-544'"})
    rows = healthy.ask(group, ("Get-CimAssociatedInstance", {"Association": "Win32_GroupUser"}))["rows"]
    assert [(row["Name"], row["SIDType"], row["LocalAccount"]) for row in rows] == [
        ("Administrator", 1, True),
        ("Domain Admins", 2, False),
    ]


def test_registry_patterns_and_empty_keys(healthy: Trial) -> None:
    path = (
        "Registry::HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\*"
    )
    rows = healthy.ask(("Get-ItemProperty", {"Path": [path]}))["rows"]
    assert [row["PSChildName"] for row in rows] == [
        "DomainProfile",
        "FirewallRules",
        "PublicProfile",
        "StandardProfile",
    ]
    empty = healthy.ask(("Get-ItemProperty", {"LiteralPath": [path[:-1] + "ConSecRules"]}))
    assert (empty["rows"], empty["errors"]) == ([], [])


VALUES = Row(
    {
        "When": datetime(2026, 11, 21, 8, 30, 0, 120000, tzinfo=UTC),
        "Text": "<a href='x'>&</a>\n\u2028é",
        "Version": Version(2, 0, 0, 65537),
        "Rows": [Row({"Inner": Row({"Deep": [1, 2]}, text="inner text")})],
        "Float": 2.0,
    }
)


def test_json_of_windows_powershell() -> None:
    text = json_text(VALUES, 4, "5.1")
    assert '"When":"\\/Date(1795249800120)\\/"' in text
    assert '"\\u003ca href=\\u0027x\\u0027\\u003e\\u0026\\u003c/a\\u003e\\n\\u2028é"' in text
    assert '"Float":2}' in text
    assert json.loads(text)["Version"]["MajorRevision"] == 1


def test_json_of_powershell_7() -> None:
    text = json_text(VALUES, 4, "7")
    assert '"When":"2026-11-21T08:30:00.12Z"' in text
    assert "\"<a href='x'>&</a>\\n\\u2028é\"" in text
    assert '"Float":2.0}' in text


def test_json_is_text_below_its_depth() -> None:
    assert json.loads(json_text(VALUES, 2, "5.1"))["Rows"] == [{"Inner": "inner text"}]
    assert json.loads(json_text([VALUES], 1, "5.1"))[0]["Rows"] == "@{Inner=inner text}"
    assert json.loads(json_text(Row({"a": Row({"b": 1})}), 1, "5.1")) == {"a": {"b": 1}}


def test_the_command_way_shows_one_object_or_a_list_or_nothing(healthy: Trial) -> None:
    def text(**more: Any) -> list[str]:
        query = {"ClassName": "Win32_Service", **more}
        events = healthy.command(("Get-CimInstance", query), ("Select-Object", {"Property": ["Name"]}))
        return [str(event.value) for event in events if isinstance(event, Output)]

    assert text(Filter="Name='vmms'") == ['{"Name":"vmms"}']
    assert json.loads(text()[0])[0] == {"Name": "WinRM"}
    assert text(Filter="Name='x'") == []
