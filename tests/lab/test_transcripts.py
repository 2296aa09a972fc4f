"""The endpoint sends what a real PowerShell sent: its messages against recordings (tests/data/transcripts)."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from lab.windows.wsman import (
    ErrorRecord,
    Event,
    Failed,
    Listener,
    Output,
    PipelineRequest,
    ServerThread,
    Warning,  # noqa: A004
    WsmanServer,
    fragments,
    loopback,
)

TRANSCRIPTS = Path(__file__).parents[1] / "data" / "transcripts"
COMMANDS = sorted(path.name for path in TRANSCRIPTS.glob("command-*.json"))
ADDRESS = loopback.address(81)

# What a text says must be the same, except in these: stack traces, places in scripts, and what the machine is.
VOLATILE = {
    "StackTrace", "TargetSite", "ErrorDetails_ScriptStackTrace", "ScriptLineNumber", "OffsetInLine", "Line",
    "Statement", "PositionMessage", "TypeSpecified", "OS", "Platform", "CommandInfo_Definition",
    "InvocationInfo_Line", "InvocationInfo_OffsetInLine", "InvocationInfo_PositionMessage",
    "InvocationInfo_ScriptLineNumber", "InvocationInfo_PipelineLength",
    "CommandInfo_Name",
}  # fmt: skip


class Recorder(RunspacePool):
    """A client that keeps the messages it gets."""

    def __init__(self, wsman: WSMan) -> None:
        super().__init__(wsman)
        self.received: list[bytes] = []

    def _parse_responses(self, responses: bytes, pipeline: PowerShell | None = None) -> Any:
        self.received.append(responses)
        return super()._parse_responses(responses, pipeline)

    def messages(self) -> list[tuple[int, ET.Element]]:
        """Return type and content of what came since the last call."""
        received, self.received = self.received, []
        return [(message.type, ET.fromstring(message.data)) for message in fragments.decode(received)]


class Replay:
    """A runner that yields what was recorded and keeps what it was asked."""

    def __init__(self, *events: Event) -> None:
        self.events = events
        self.requests: list[PipelineRequest] = []

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        self.requests.append(request)
        yield from self.events


def load(name: str) -> dict[str, Any]:
    return json.loads((TRANSCRIPTS / name).read_text())


def recorded(transcript: dict[str, Any]) -> list[tuple[int, ET.Element]]:
    answers = [message for message in transcript["messages"] if "type" in message]
    return [(int(message["type"], 16), ET.fromstring(message["data"])) for message in answers]


def named(element: ET.Element, name: str) -> ET.Element:
    found = element.find(f".//*[@N='{name}']")
    assert found is not None, name
    return found


def unescaped(element: ET.Element | None) -> str:
    assert element is not None
    return (element.text or "").replace("_x000A_", "\n")


def error_of(element: ET.Element) -> ErrorRecord:
    def text(name: str) -> str:
        return unescaped(named(element, name))

    exception = named(element, "Exception")
    return ErrorRecord(
        id=text("FullyQualifiedErrorId"),
        category=int(text("ErrorCategory_Category")),
        activity=text("ErrorCategory_Activity"),
        target=text("ErrorCategory_TargetName"),
        reason=text("ErrorCategory_Reason"),
        hresult=int(text("HResult")),
        message=text("Message"),
        exception_type=unescaped(exception.find("TN/T")),
    )


def event_of(kind: int, element: ET.Element) -> Event | None:
    if kind == fragments.PIPELINE_OUTPUT:
        return Output(unescaped(element))
    if kind == fragments.ERROR_RECORD:
        return error_of(element)
    if kind == fragments.WARNING_RECORD:
        return Warning(unescaped(named(element, "InformationalRecord_Message")))
    failed = kind == fragments.PIPELINE_STATE and named(element, "PipelineState").text == "5"
    return Failed(error_of(element)) if failed else None


def shape(element: ET.Element, types: dict[str, tuple[str, ...]] | None = None) -> Any:
    """Return names and structure without numbers of objects; the items of a list count once."""
    types = {} if types is None else types
    if element.tag == "TN":
        types[element.attrib["RefId"]] = tuple(name.text or "" for name in element)
        return ("types", types[element.attrib["RefId"]])
    if element.tag == "TNRef":
        return ("types", types[element.attrib["RefId"]])
    inside = [shape(child, types) for child in element]
    if element.tag == "LST":
        inside = sorted(set(inside))
    return (element.tag, element.get("N", ""), tuple(inside))


def texts(element: ET.Element) -> dict[str, str]:
    named = {child.get("N", child.tag): child.text or "" for child in element.iter() if len(child) == 0}
    exact = {name: text for name, text in named.items() if name not in VOLATILE}
    # What an exception says of itself ends in its stack trace.
    return {name: text for name, text in exact.items() if name not in ("T", "I32", "ToString")}


@pytest.fixture
def pool(request: pytest.FixtureRequest) -> Iterator[tuple[Recorder, Replay]]:
    replay = Replay(*request.param)
    server = WsmanServer(
        replay,
        listeners=[Listener(ADDRESS, 5985)],
        users={"admin": "Passw0rd!"},
        auth=("basic",),
        allow_unencrypted=True,
        module_progress=False,
        startup_script=True,
        powershell_version=lambda _host: "7.6.5",
    )
    login = {"username": "admin", "password": "Passw0rd!", "auth": "basic", "ssl": False, "encryption": "never"}
    with ServerThread(server), WSMan(ADDRESS, **login) as wsman, Recorder(wsman) as recorder:
        yield recorder, replay


def events_of(name: str) -> list[Event]:
    return [event for event in (event_of(*message) for message in recorded(load(name))) if event is not None]


@pytest.mark.parametrize("pool", [[]], indirect=True, ids=["open"])
def test_a_pool_opens_with_the_recorded_messages(pool: tuple[Recorder, Replay]) -> None:
    sent, expected = pool[0].messages(), recorded(load("open.json"))
    assert [kind for kind, _ in sent] == [kind for kind, _ in expected]
    for (kind, ours), (_, theirs) in zip(sent, expected, strict=True):
        if kind != fragments.APPLICATION_PRIVATE_DATA:
            assert shape(ours) == shape(theirs)
            assert texts(ours) == texts(theirs)
    ours, theirs = (dict(messages)[fragments.APPLICATION_PRIVATE_DATA] for messages in (sent, expected))
    assert entries(ours) == entries(theirs)


def entries(element: ET.Element) -> dict[str, Any]:
    """Return a private data dictionary: the order of its keys means nothing; what the machine is, is volatile."""
    table: dict[str, Any] = {}
    for entry in element.iter("En"):
        key, value = entry
        content = value.text if len(value) == 0 else "..." if value.find("DCT") is not None else shape(value)
        table[key.text or ""] = (value.tag, "" if key.text in VOLATILE else content)
    return table


@pytest.mark.parametrize(
    ("pool", "name"), [(events_of(name), name) for name in COMMANDS], indirect=["pool"], ids=COMMANDS
)
def test_a_command_pipeline_gives_the_recorded_messages(pool: tuple[Recorder, Replay], name: str) -> None:
    recorder, replay = pool
    recorder.messages()
    transcript = load(name)
    powershell = PowerShell(recorder)
    for command in transcript["query"]["commands"]:
        powershell.add_cmdlet(command["command"])
        for parameter, value in command["parameters"].items():
            powershell.add_parameter(parameter, value)
    powershell.add_cmdlet("ConvertTo-Json").add_parameter("Compress", True).add_parameter("Depth", 3)
    output = powershell.invoke()

    assert output == transcript["output"]
    assert [error.fq_error for error in powershell.streams.error] == transcript["errors"]
    assert powershell.state == transcript["state"]
    compare(recorder.messages(), recorded(transcript))
    steps = replay.requests[0].steps
    assert [(step.name, step.parameters) for step in steps[:-1]] == [
        (command["command"], command["parameters"]) for command in transcript["query"]["commands"]
    ]
    assert steps[-1].parameters == {"Compress": True, "Depth": 3}
    assert not any(step.is_script for step in steps)


@pytest.mark.parametrize("pool", [events_of("script.json")], indirect=True, ids=["script"])
def test_a_script_pipeline_gives_the_recorded_messages(pool: tuple[Recorder, Replay]) -> None:
    recorder, replay = pool
    recorder.messages()
    transcript = load("script.json")
    plan = json.dumps(transcript["plan"])
    powershell = PowerShell(recorder).add_script("param($Plan) $Plan").add_parameter("Plan", plan)
    output = powershell.invoke()

    assert output == transcript["output"]
    compare(recorder.messages(), recorded(transcript))
    (step,) = replay.requests[0].steps
    assert step.is_script
    assert step.parameters == {"Plan": plan}


def compare(sent: list[tuple[int, ET.Element]], expected: list[tuple[int, ET.Element]]) -> None:
    assert [kind for kind, _ in sent] == [kind for kind, _ in expected]
    for (_, ours), (_, theirs) in zip(sent, expected, strict=True):
        assert shape(ours) == shape(theirs)
        assert texts(ours) == texts(theirs)
