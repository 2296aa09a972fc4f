"""A PowerShell session with one Windows machine: the script way and the command way, within one deadline.

The only place that drives pypsrp. What it sends are queries, compared with the read-only list at that moment, and the
two fixed scripts: it takes no text and no command of its caller's. Every failure leaves as a ``ChannelFailure``; a
refused password is never tried again, nothing is sent in clear text, and what had arrived before a failure has been
handed on already.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from pypsrp.complex_objects import PSInvocationState
from pypsrp.powershell import PowerShell, RunspacePool, RunspacePoolWarning
from pypsrp.wsman import WSMan

from scanner.collect.transport.answers import error_line
from scanner.collect.transport.bounds import MAX_MESSAGE, MAX_SESSION
from scanner.collect.transport.deadline import Budget
from scanner.collect.transport.dialer import Dialer
from scanner.collect.transport.psrp.failures import connect_failure, no_script
from scanner.collect.transport.psrp.fragments import bound
from scanner.collect.transport.psrp.http import Adapter, context_of
from scanner.collect.transport.psrp.line import Line
from scanner.collect.transport.psrp.logon import open_pool, password_of
from scanner.collect.transport.psrp.proof import proof_of
from scanner.collect.transport.psrp.raised import ended, translated
from scanner.collect.transport.psrp.sign_in import POLL_SECONDS, http_session, refuse_clear_text, who, wsman_settings
from scanner.collect.transport.resolve import resolve
from scanner.estate.access import Access
from scanner.words.channel import ErrorLine, Output
from scanner.words.query import Query, fixed, plan_of, sendable
from scanner.words.readonly import OWN

CLOSE_SECONDS = 0.8
"""for saying goodbye, after the deadline too; what is left behind, the machine drops itself"""
IDLE_SECONDS = 60
"""after which the machine drops a session nobody speaks to"""
DEFAULT_CONFIGURATION = "Microsoft.PowerShell"

# what these tell at DEBUG holds whole messages, and their errors are told as gaps
for _name in ("pypsrp", "requests", "urllib3"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
for _name in ("spnego", "requests_credssp"):
    logging.getLogger(_name).setLevel(logging.WARNING)
warnings.filterwarnings("ignore", category=RunspacePoolWarning)


class RunspaceSession:
    """One sign-in on one machine. Not for use by two threads."""

    def __init__(self, target: str, access: Access, deadline: float) -> None:
        self.target, self.sign_in = target, access.sign_in(target)
        self._access, self._deadline = access, deadline
        self._budget = Budget(deadline, MAX_SESSION, MAX_MESSAGE)
        self._dialer = Dialer((), self.sign_in.tcp_port, access.limits.connect_timeout, self._budget)
        self._line = Line(self._dialer, plain=self.sign_in.transport == "http")
        self._translated = partial(translated, deadline, deadline - time.monotonic(), self._line.unheard)
        self._wsman: Any = None
        self._pool: Any = None
        self._running: Any = None

    @property
    def who(self) -> str:
        """As whom the machine is read."""
        return who(self.sign_in)

    @property
    def how(self) -> str:
        """The way to sign in, and the address once there is a connection."""
        place = f" at {self._dialer.address}" if self._dialer.address else ""
        return f"{self.sign_in.words}{place}"

    @property
    def proof(self) -> str:
        """What proves, so far, that the target itself answers: kerberos, certificate, or nothing."""
        authentication = self._wsman.transport.session.auth if self._wsman else None
        return proof_of(self.sign_in, self.target, self._line.certified, authentication)

    def open(self) -> None:
        """Resolve, connect, sign in and open a runspace.

        Raises:
            ChannelFailure: one of these failed.
        """
        refuse_clear_text(self.sign_in)
        with self._translated():
            context = context_of(self.sign_in) if self.sign_in.transport == "https" else None
            password = password_of(self.sign_in, self.target, self._access.logons)
            known = self._access.addresses.get(self.target)
            self._dialer.addresses = (known,) if known else resolve(self.target, self._access.names, self._deadline)
        left = self._deadline - time.monotonic()
        try:
            self._line.probe()
        except OSError as error:
            raise connect_failure(error, self._dialer.port, self._dialer.connect_timeout, left) from None
        with self._translated():
            settings = wsman_settings(self.sign_in, password)
            self._wsman = WSMan(self.target, port=self._dialer.port, **settings)
            self._wsman.transport.session = http_session(self._wsman, Adapter(self._line, context), self.sign_in)
            self._pool = RunspacePool(
                self._wsman,
                configuration_name=self.sign_in.configuration or DEFAULT_CONFIGURATION,
                no_profile=True,
                idle_timeout=IDLE_SECONDS,
            )
            bound(self._pool)
            if password is None:
                self._pool.open()
            else:
                open_pool(self._pool, self._wsman, self._line, self.sign_in, password, self._access.logons)

    def run(self, queries: Iterable[Query]) -> Iterator[str | Output]:
        """Send queries: all in one plan with the fixed script, or each as commands where a configuration is named.

        Raises:
            NotReadOnlyError: one is not on the read-only list; then none is sent.
            ChannelFailure: the machine takes no script, the session broke, or its deadline is over.
        """
        queries = tuple(queries)
        plan = plan_of(queries)
        return self._by_commands(queries) if self.sign_in.configuration else self._by_script(queries, plan)

    def _by_script(self, queries: tuple[Query, ...], plan: str) -> Iterator[str]:
        """A line of JSON a query, as it comes."""
        ending: ErrorLine | None = None
        for line in self._lines(queries, plan):
            if isinstance(line, ErrorLine):
                ending = line
            else:
                yield line
        if ending is not None:
            raise no_script(ending)

    def _lines(self, queries: tuple[Query, ...], plan: str) -> Iterator[str | ErrorLine]:
        for name in OWN:
            if not any(name in query.own for query in queries):
                continue
            with self._translated():
                shell: Any = PowerShell(self._pool)
                shell.add_script(fixed(name), use_local_scope=False)  # what it defines stays defined
            yield from (line for line in self._invoke(shell) if isinstance(line, ErrorLine))
        with self._translated():  # what is sent depends on the version that the machine told
            shell = PowerShell(self._pool)
            shell.add_script(fixed("Invoke-Query"))
            shell.add_parameter("Plan", plan)
        yield from self._invoke(shell)

    def _by_commands(self, queries: tuple[Query, ...]) -> Iterator[Output]:
        """A pipeline for every query; one that fails costs only itself."""
        for query in queries:
            lines = tuple(self._pipeline(query))
            texts = tuple(line for line in lines if isinstance(line, str))
            yield Output(query.name, texts, tuple(line for line in lines if isinstance(line, ErrorLine)))

    def _pipeline(self, query: Query) -> Iterator[str | ErrorLine]:
        """Its output as it comes, then its errors."""
        pipeline = sendable(query).pipeline()
        with self._translated():
            shell: Any = PowerShell(self._pool)
            for name, parameters in pipeline:
                shell.add_cmdlet(name)
                for parameter, value in parameters.items():
                    shell.add_parameter(parameter, value)
        yield from self._invoke(shell)
        with self._translated():
            shell.close()

    def _invoke(self, shell: Any) -> Iterator[str | ErrorLine]:
        self._running = shell
        with self._translated():
            shell.begin_invoke()
        while shell.state == PSInvocationState.RUNNING:
            with self._translated():
                shell.poll_invoke(timeout=max(1, min(POLL_SECONDS, int(self._budget.left()))))
            output = list(shell.output)
            shell.output.clear()
            yield from (item if isinstance(item, str) else "" for item in output)
        self._running = None
        yield from (error_line(record) for record in shell.streams.error)
        if shell.state != PSInvocationState.COMPLETED and not shell.streams.error:
            yield ErrorLine("PipelineFailed")

    def close(self) -> None:
        """Stop what runs and give the session back, in little time; failures no longer matter."""
        self._budget.deadline = time.monotonic() + CLOSE_SECONDS
        for step in (
            self._running and self._running.stop,
            self._pool and self._pool.close,
            self._wsman and self._wsman.close,
        ):
            if step:
                ended(step)
        self._running = self._pool = self._wsman = None
        self._line.close()
