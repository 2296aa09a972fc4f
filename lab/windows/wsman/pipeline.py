"""Pipelines and what runs them: the contract between the wire and the machine.

The endpoint knows protocol only. For every pipeline it calls a `Runner` in a worker thread and sends what the runner
yields, event by event, as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Step:
    """One command of a pipeline. Positional arguments stand, as a list, under the parameter name ""."""

    name: str
    """Name of the command, or the text of the script."""
    is_script: bool
    parameters: dict[str, object]


@dataclass(frozen=True)
class PipelineRequest:
    """A pipeline as a client asked for it."""

    host: str
    user: str
    configuration: str
    """Name of the session configuration, e.g. "Microsoft.PowerShell"."""
    shell: str
    """Identity of the shell (runspace pool) it runs in."""
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Output:
    """One object of the output stream: a string, None, a bool, an int or a float."""

    value: object


@dataclass(frozen=True)
class ErrorRecord:
    """A non-terminating error; inside `Failed`, the one that ended the pipeline."""

    id: str
    """FullyQualifiedErrorId, e.g. "NamedParameterNotFound,Get-VMHost"."""
    category: int
    """Number of the ErrorCategory, e.g. 13 for ObjectNotFound."""
    activity: str
    target: str
    reason: str
    hresult: int
    message: str
    exception_type: str
    """Full name of the .NET exception type."""


@dataclass(frozen=True)
class Warning:  # noqa: A001  (PowerShell's own name of the stream)
    """One record of the warning stream."""

    text: str


@dataclass(frozen=True)
class Failed:
    """The pipeline ends here, with a terminating error."""

    error: ErrorRecord


Event = Output | ErrorRecord | Warning | Failed


class Runner(Protocol):
    """Runs pipelines."""

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """Run one pipeline. Called in a worker thread; the pipeline completes when the iterator ends."""
        ...
