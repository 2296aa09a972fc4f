"""A PowerShell shell of one client: a runspace pool and its pipelines."""

from __future__ import annotations

import asyncio
import base64
import logging
import threading
import uuid
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psrpcore
from psrpcore.types import RemoteStreamOptions

from lab.windows.wsman import fragments, records
from lab.windows.wsman.clixml import primitive
from lab.windows.wsman.mailbox import Mailbox
from lab.windows.wsman.pipeline import (
    ErrorRecord,
    Event,
    Failed,
    Output,
    PipelineRequest,
    Step,
    Warning,  # noqa: A004
)
from lab.windows.wsman.pool import RunspacePool, plain
from lab.windows.wsman.service import Service
from lab.windows.wsman.soap import no_such_command, no_such_shell

log = logging.getLogger("lab.windows.wsman")
_STOPPED, _COMPLETED, _FAILED = 3, 4, 5
_STOP_ERROR = ErrorRecord(
    id="PipelineStopped", category=14, activity="", target="", reason="PipelineStoppedException",
    hresult=-2146233087, message="The pipeline has been stopped.",
    exception_type="System.Management.Automation.PipelineStoppedException",
)  # fmt: skip


@dataclass(eq=False)
class _Pipeline:
    id: str
    request: PipelineRequest | None = None
    options: int = 0
    box: Mailbox = field(default_factory=Mailbox)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def uuid(self) -> uuid.UUID:
        return uuid.UUID(self.id)


class Shell:
    """Lives in the server's loop; only `_work` and `_encode` run in the threads of pipelines."""

    def __init__(self, service: Service, host: str, user: str, shell_id: str, configuration: str) -> None:
        self.host, self.user = host, user
        self.id, self.configuration = shell_id, configuration
        self.answered: dict[str, tuple[str, str]] = {}
        """Pipeline -> (message id, answer) of the last Receive, for a client that lost the answer and asks again."""
        self._service = service
        self._closed = False
        self._box = Mailbox()
        self._pipelines: dict[str, _Pipeline] = {}
        self._loop = asyncio.get_running_loop()
        self._objects = 0
        self._progress_due = service.module_progress
        version = service.powershell_version(host)
        self._pool = RunspacePool(version, self._post, startup_script=service.startup_script)

    # What the client does ----------------------------------------------------------------------------------------

    def open(self, creation: bytes) -> None:
        """Take what the client sent with Create: its capability and the size of the pool."""
        self._feed(creation, None)

    def command(self, command_id: str, arguments: list[str]) -> None:
        """Begin a pipeline."""
        pipeline = self._pipelines[command_id] = _Pipeline(command_id)
        psrpcore.ServerPipeline(self._pool, pipeline.uuid)
        self._feed(base64.b64decode("".join(arguments)), pipeline.uuid)

    def send(self, command_id: str, data: bytes) -> None:
        """Take more fragments, of the pool ("") or of a pipeline."""
        self._feed(data, uuid.UUID(command_id) if command_id else None)

    def signal(self, command_id: str, code: str) -> None:
        """Stop a pipeline (ctrl_c) or forget it (Terminate)."""
        pipeline = self._pipelines.get(command_id)
        if pipeline is None:
            return
        if code.endswith("ctrl_c"):
            self._finish(pipeline, _STOPPED, _STOP_ERROR)
            return
        pipeline.stopped.set()
        pipeline.box.kill(no_such_command())
        self._pool.pipeline_table.pop(pipeline.uuid, None)
        del self._pipelines[command_id]

    async def receive(self, command_id: str, timeout: float) -> tuple[list[bytes], bool]:
        """Wait for fragments of the pool ("") or of a pipeline; True with them says that no more will come."""
        if not command_id:
            return await self._box.take(timeout)
        if command_id not in self._pipelines:
            raise no_such_command()
        return await self._pipelines[command_id].box.take(timeout)

    def close(self) -> None:
        """End everything; whoever waits gets the fault of a missing shell."""
        self._closed = True
        for pipeline in self._pipelines.values():
            pipeline.stopped.set()
            pipeline.box.kill(no_such_shell())
        self._box.kill(no_such_shell())

    # PSRP in -----------------------------------------------------------------------------------------------------

    def _feed(self, data: bytes, pipeline_id: uuid.UUID | None) -> None:
        self._pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, pipeline_id))
        while (event := self._pool.next_event()) is not None:
            self._take(event)

    def _take(self, event: psrpcore.PSRPEvent) -> None:
        pipeline = self._pipelines.get(str(event.pipeline_id).upper())
        match event:
            case psrpcore.CreatePipelineEvent() if pipeline:
                powershell = event.pipeline  # made anew at every look
                pipeline.request = self._request(powershell)
                pipeline.options = int(powershell.remote_stream_options)
                if powershell.no_input:
                    self._start(pipeline)
            case psrpcore.EndOfPipelineInputEvent() if pipeline:
                self._start(pipeline)
            case psrpcore.GetCommandMetadataEvent() if pipeline:
                self._finish(pipeline, _COMPLETED)
            case psrpcore.GetAvailableRunspacesEvent():
                self._pool.runspace_availability_response(event.ci, self._pool.max_runspaces)
            case psrpcore.SetMaxRunspacesEvent() | psrpcore.SetMinRunspacesEvent() | psrpcore.ResetRunspaceStateEvent():
                self._pool.runspace_availability_response(event.ci, True)
            case _:
                pass  # the pool has taken note of it

    def _request(self, powershell: Any) -> PipelineRequest:
        steps: list[Step] = []
        for command in powershell.commands:
            parameters: dict[str, Any] = {}
            for name, value in command.parameters:
                if name is None:
                    parameters.setdefault("", []).append(plain(value))
                else:
                    parameters[str(name).lstrip("-").rstrip(":")] = plain(value)
            steps.append(Step(str(command.command_text), bool(command.is_script), parameters))
        return PipelineRequest(self.host, self.user, self.configuration, self.id, tuple(steps))

    def _start(self, pipeline: _Pipeline) -> None:
        if self._progress_due:
            self._progress_due = False
            self._progress(pipeline, "Preparing modules for first use.", done=True)
        # A thread of its own, and a daemon: a runner that hangs delays neither other pipelines nor the end.
        threading.Thread(target=self._work, args=(pipeline,), daemon=True, name=f"pipeline {pipeline.id}").start()

    # The runner's thread -----------------------------------------------------------------------------------------

    def _work(self, pipeline: _Pipeline) -> None:
        try:
            with closing(_events(self._service, pipeline.request)) as events:
                for event in events:
                    if pipeline.stopped.is_set():
                        return
                    self._call(self._deliver, pipeline, event, self._encode(pipeline, event))
                    if isinstance(event, Failed):
                        return
            self._call(self._complete, pipeline)
        except Exception as error:
            log.exception("the runner of %s broke", self.host)
            self._call(self._finish, pipeline, _FAILED, _broken(error))

    def _encode(self, pipeline: _Pipeline, event: Event) -> tuple[int, str]:
        assert pipeline.request is not None
        match event:
            case Output(value):
                return fragments.PIPELINE_OUTPUT, primitive(value)
            case ErrorRecord():
                extended = bool(pipeline.options & RemoteStreamOptions.AddInvocationInfoToErrorRecord)
                return fragments.ERROR_RECORD, records.error_record(event, extended=extended)
            case Warning(text):
                extended = bool(pipeline.options & RemoteStreamOptions.AddInvocationInfoToWarningRecord)
                return fragments.WARNING_RECORD, records.warning_record(text, pipeline.request.steps, extended=extended)
            case Failed(error):
                return fragments.PIPELINE_STATE, records.pipeline_state(_FAILED, error)

    def _call(self, function: Any, *arguments: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            log.debug("a runner outlived its server")

    # PSRP out ----------------------------------------------------------------------------------------------------

    def _deliver(self, pipeline: _Pipeline, event: Event, message: tuple[int, str]) -> None:
        if pipeline.stopped.is_set():
            return
        if isinstance(event, Output) and self._breaks(pipeline, "output"):
            return
        self._post(*message, pipeline.uuid)
        if isinstance(event, Failed):
            pipeline.stopped.set()
            pipeline.box.finish()

    def _complete(self, pipeline: _Pipeline) -> None:
        if not self._breaks(pipeline, "finish"):
            self._finish(pipeline, _COMPLETED)

    def _finish(self, pipeline: _Pipeline, state: int, error: ErrorRecord | None = None) -> None:
        if (pipeline.stopped.is_set() and state != _STOPPED) or pipeline.box.done:
            return
        pipeline.stopped.set()
        self._post(fragments.PIPELINE_STATE, records.pipeline_state(state, error), pipeline.uuid)
        pipeline.box.finish()

    def _breaks(self, pipeline: _Pipeline, at: str) -> bool:
        """Return whether a fault ends the pipeline here; from then on nothing of the runner is sent."""
        if pipeline.stopped.is_set():
            return True
        fault = self._service.faults.match(self.host, at)
        if fault is None:
            return False
        pipeline.stopped.set()
        if fault.kind == "progress":
            self._service.spawn(self._endless(pipeline, fault.seconds))
        return True

    async def _endless(self, pipeline: _Pipeline, seconds: float) -> None:
        while not pipeline.box.done and pipeline.id in self._pipelines and not self._closed:
            self._progress(pipeline, "Working", done=False)
            await asyncio.sleep(seconds)

    def _progress(self, pipeline: _Pipeline, activity: str, *, done: bool) -> None:
        self._post(fragments.PROGRESS_RECORD, records.progress_record(activity, done=done), pipeline.uuid)

    def _post(self, message_type: int, text: str, pipeline_id: uuid.UUID | None) -> None:
        self._objects += 1
        message = fragments.encode(self._objects, message_type, self._pool.runspace_pool_id, pipeline_id, text)
        # Windows tells that the pool is open in an answer of its own.
        own_answer = message_type == fragments.RUNSPACEPOOL_STATE
        if pipeline_id is None:
            self._box.put(message, own_answer=own_answer)
        elif pipeline := self._pipelines.get(str(pipeline_id).upper()):
            pipeline.box.put(message)


def _events(service: Service, request: PipelineRequest | None) -> Generator[Event]:
    assert request is not None
    yield from service.runner.run(request)


def _broken(error: Exception) -> ErrorRecord:
    return ErrorRecord(
        id="RunnerFailed", category=0, activity="", target="", reason="RuntimeException", hresult=-2146233087,
        message=f"the lab's runner failed: {error!r}", exception_type="System.Management.Automation.RuntimeException",
    )  # fmt: skip
