"""What a machine sends back: a secret in a fault, a page, an error record or a name is hidden everywhere."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Iterator

import msgspec
import pytest

from lab.windows.machine import Machine
from lab.windows.wsman import Event, Failed, Fault, Output, PipelineRequest
from lab.windows.wsman.pipeline import ErrorRecord
from tests.secrets.marks import (
    BLOCK,
    Outcome,
    assert_hidden,
    core_of,
    in_file,
    scan,
)
from tests.wire import HOSTS, machine

ECHOES: dict[str, Callable[[str], Fault]] = {
    "fault": lambda text: Fault("wsman", code=2150858999, reason=f"bad {text} here"),
    "html": lambda text: Fault("http", at="request", status=500, body=f"<html><body>{html.escape(text)}</body></html>"),
    "page": lambda text: Fault("http", at="request", status=200, body=f"<html>{text}</html>"),
    "text": lambda text: Fault("http", at="request", status=500, body=text, content_type="text/plain"),
    "soap": lambda text: Fault("http", status=200, body=f"<s:Envelope {text}", content_type="application/soap+xml"),
}


@pytest.mark.parametrize("where", ECHOES)
@pytest.mark.parametrize("form", ["itself", "header"])
def test_what_a_machine_echoes_is_hidden(start, mark, log, capsys, where, form):
    text = mark if form == "itself" else base64.b64encode(f"admin:{mark}".encode()).decode()
    lab = start(mark, faults={name: [ECHOES[where](text)] for name in HOSTS})
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder) in (1, 3)
    assert_hidden(Outcome(lab.folder, capsys, log).outputs, mark)


class Parrot:
    """A runner that puts a text wherever an answer has room for one."""

    def __init__(self, text: str) -> None:
        self.text = text

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """Answer every query of a plan with an error full of it, and end with another."""
        plan = json.loads(str(request.steps[0].parameters.get("Plan", "[]")))
        words = dict.fromkeys(("id", "activity", "target", "reason", "message"), self.text)
        for query in plan[:-2]:
            yield Output(json.dumps({"query": query["name"], "rows": [], "errors": [{"category": 0, **words}]}))
        yield Output(json.dumps({"query": plan[-1]["name"] if plan else "", "rows": self.text, "errors": []}))
        yield Output(self.text)
        yield Failed(ErrorRecord(id=self.text, message=self.text))


@pytest.mark.parametrize("before", [0, 25, 45], ids=["whole", "cut at 40 or 60", "cut at 80"])
def test_error_records_full_of_it_are_hidden(start, mark, log, capsys, before):
    """Texts of a machine are cut to a length: a secret must be hidden before, or a part of it would stay."""
    lab = start(mark)
    lab.server.runner = Parrot("y" * before + mark)
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder) in (1, 3)
    outputs = Outcome(lab.folder, capsys, log).outputs
    assert_hidden(outputs, mark)
    assert not [name for name, content in outputs.items() if core_of(mark)[:6].encode() in content]


def named(name: str, text: str) -> Machine:
    """A practice machine that calls its first virtual machine, its switches and itself so."""
    of = machine(name, BLOCK)
    state = of.state
    first = msgspec.structs.replace(state.vm[0], name=f"vm {text}")
    return Machine(msgspec.structs.replace(state, vm=[first, *state.vm[1:]], release="2012"))


def test_a_machine_named_like_it_is_hidden(start, mark, log, capsys):
    """Somebody may have named a virtual machine so; then the name is shown with a gap in it."""
    lab = start(mark, machines={name: named(name, mark) for name in HOSTS})
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder) in (1, 3)
    outcome = Outcome(lab.folder, capsys, log)
    assert "vm [hidden]" in outcome.text("r.json")
    assert "vm [hidden]" in outcome.text("r.hvp")
    assert_hidden(outcome.outputs, mark)
