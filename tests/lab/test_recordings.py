"""The practice machine's runner answers as a real PowerShell 7.6.5 did (tests/data/transcripts)."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lab.windows import errors
from lab.windows.cmdlets import Call, Command
from lab.windows.machine import Row, Version
from lab.windows.trial import Trial, script
from lab.windows.wsman.pipeline import ErrorRecord, Failed, Output
from lab.windows.wsman.pipeline import Warning as WarningText

TRANSCRIPTS = Path(__file__).parents[1] / "data" / "transcripts"
COMMANDS = sorted(path.stem for path in TRANSCRIPTS.glob("command-*.json"))


def _host(_: Call) -> Iterator[Any]:
    yield Row(
        {
            "Name": "hv1",
            "VirtualMachineMigrationEnabled": True,
            "VirtualMachineMigrationAuthenticationType": 1,
            "Stamp": datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
            "Span": timedelta(hours=12),
            "List": ["a", "b"],
            "One": ["a"],
            "None": [],
            "Version": Version(5, 0),
            "Id": "c1a0c1a0-0000-4000-8000-000000000001",
            "Big": 17179869184,
            "Nothing": None,
        }
    )


def _vms(_: Call) -> Iterator[Any]:
    for number in (1, 2, 3):
        yield Row({"Name": f"vm{number}", "Version": "9.0", "State": 2, "Notes": "line\nbreak <&> é \u2028"})


def _thrown(_: Call) -> Iterator[Any]:
    raise errors.Terminating(errors.record("boom", errors.STOPPED, target="boom", message="boom"))
    yield


def _denied(call: Call) -> Iterator[Any]:
    kind = {"exception": "System.UnauthorizedAccessException", "hresult": errors.UNAUTHORIZED}
    failure = errors.record(
        "AccessDenied,Get-Denied", errors.DENIED, activity=call.name, target="thing", message="denied", **kind
    )
    raise errors.Terminating(failure)
    yield


def _partly(_: Call) -> Iterator[Any]:
    yield "first"
    exception = "Microsoft.PowerShell.Commands.WriteErrorException"
    yield errors.record(
        "SoftId,Get-Partly", errors.NOT_FOUND, activity="Write-Error", exception=exception, message="soft"
    )
    yield "second"


def _warned(_: Call) -> Iterator[Any]:
    yield WarningText("careful")
    yield "value"


def _nothing(_: Call) -> Iterator[Any]:
    yield from ()


STUBS = [
    Command(name, run, parameters=())
    for name, run in {
        "Get-VMHost": _host,
        "Get-VM": _vms,
        "Get-Thrown": _thrown,
        "Get-Denied": _denied,
        "Get-Partly": _partly,
        "Get-Warned": _warned,
        "Get-Nothing": _nothing,
    }.items()
]


@pytest.fixture
def trial() -> Trial:
    text = 'name = "hv1"\nrelease = "2025"\npowershell = "7"'
    made = Trial.of(text, more=STUBS)
    made.define_test_endpoint()
    return made


def _recorded(name: str) -> dict[str, Any]:
    return json.loads((TRANSCRIPTS / f"{name}.json").read_text(encoding="utf-8"))


def _timeless(text: str) -> str:
    return re.sub(r'"([Mm])illiseconds":(?!null)\d+', r'"\1illiseconds":0', text)


def _steps(query: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(step["command"], step["parameters"]) for step in query["commands"]]


def _wire_error(message: dict[str, str]) -> dict[str, Any] | None:
    """The identifying parts of the error record in a recorded message."""
    root = ET.fromstring(message["data"])
    named = {e.get("N"): e.text or "" for e in root.iter() if e.get("N")}
    if "FullyQualifiedErrorId" not in named:
        return None
    exception = next(e for e in root.iter() if e.get("N") == "Exception").find("TN/T")
    return {
        "id": named["FullyQualifiedErrorId"],
        "category": int(named["ErrorCategory_Category"]),
        "activity": named["ErrorCategory_Activity"],
        "target": named["ErrorCategory_TargetName"],
        "reason": named["ErrorCategory_Reason"],
        "hresult": int(named["HResult"]),
        "message": named["Message"].replace("_x000A_", "\n"),
        "exception_type": exception.text if exception is not None else "",
    }


def _our_error(error: ErrorRecord) -> dict[str, Any]:
    return {name: getattr(error, name) for name in ErrorRecord.__dataclass_fields__}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_pipeline_gives_what_was_recorded(trial: Trial, name: str) -> None:
    recording = _recorded(name)
    events = trial.command(*_steps(recording["query"]))
    outputs = [_timeless(str(e.value)) for e in events if isinstance(e, Output)]
    assert outputs == [_timeless(text) for text in recording["output"]]
    ours = [_our_error(e.error if isinstance(e, Failed) else e) for e in events if isinstance(e, Failed | ErrorRecord)]
    assert ours == [error for m in recording["messages"] if "type" in m and (error := _wire_error(m))]
    assert (5 if isinstance(events[-1] if events else None, Failed) else 4) == recording["state"]


def test_the_twelve_commands_are_all_recorded() -> None:
    assert len(COMMANDS) == 12


def test_the_script_gives_the_recorded_lines(trial: Trial) -> None:
    recording = _recorded("script")
    events = trial.pipeline(script("Invoke-Query.ps1", Plan=json.dumps(recording["plan"])))
    lines = [_timeless(str(e.value)) for e in events if isinstance(e, Output)]
    assert len(lines) == 12
    assert lines == [_timeless(text) for text in recording["output"]]


def test_the_script_warns_before_the_line_of_its_query(trial: Trial) -> None:
    plan = [q for q in _recorded("script")["plan"] if q["name"] in ("warned", "partly")]
    kinds = [type(e) for e in trial.pipeline(script("Invoke-Query.ps1", Plan=json.dumps(plan)))]
    assert kinds == [Output, WarningText, Output]
