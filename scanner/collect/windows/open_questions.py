"""Keeps the account of one round: which questions are open, and what each answer means for the evidence.

An answer without errors is decoded and recorded at once. One with errors waits until the release and the services of
the machine are known, at the latest until the end: what the errors mean depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from scanner.collect.transport.answers import Allowance, NoReply, Reply, read_json, read_reply
from scanner.collect.windows.decoder import Unparsable, as_list, decode
from scanner.collect.windows.errors import Machine, rule
from scanner.collect.windows.questions import Question
from scanner.estate.secret import redact
from scanner.facts.base import WindowsFact
from scanner.facts.host import ComputerSystem, OperatingSystem, Service
from scanner.facts.kerberos import HostClock
from scanner.judge.identity import heard
from scanner.words.channel import ErrorLine, Output
from scanner.words.intake import Intake
from scanner.words.model import Gap, GapReason
from scanner.words.trouble import NO_ADVICE, Advice


@dataclass(slots=True)
class Account:
    """One fact: what is still to come, and what came."""

    fact: type[WindowsFact]
    text: str
    """what was asked, as text"""
    open: int
    """queries not answered yet"""
    rows: list[WindowsFact] = field(default_factory=list[WindowsFact])
    errors: list[ErrorLine] = field(default_factory=list[ErrorLine])
    at: datetime | None = None


class OpenQuestions:
    """The account of one machine in one round."""

    def __init__(
        self, target: str, questions: Iterable[Question], evidence: Intake, *, configuration: str = ""
    ) -> None:
        self.target, self._evidence, self._configuration = target, evidence, configuration
        self._accounts: dict[str, Account] = {}
        self.proven = False
        """whether the sign-in proved who answers"""
        self.denied = NO_ADVICE
        """what to do about an answer that the account may not have"""
        self.began: datetime | None = None
        """when the first question was sent, where the machine's clock is asked for; of a file nobody knows"""
        self._unheard = isinstance(evidence.ask(ComputerSystem, target), tuple)
        """an earlier session told who answers, and this one has not yet"""
        self.asked = self.answered = 0
        self._garbled = ""
        self._allowance = Allowance()
        for question in questions:
            self.asked += 1
            name = question.query.name
            account = self._accounts.setdefault(name, Account(question.fact, question.query.text, 0))
            if account.open:
                account.text += "; " + question.query.text
            account.open += 1

    @property
    def done(self) -> bool:
        """Every question has its answer."""
        return not any(account.open for account in self._accounts.values())

    def take_line(self, line: str, at: datetime | None = None) -> None:
        """Take a line of JSON, from a script or a file."""
        try:
            self._allowance.take(line)
            self.take(read_reply(line), at)
        except NoReply as error:
            self._garbled = self._garbled or str(error)

    def take_output(self, output: Output) -> None:
        """Take what one query's own pipeline gave."""
        self.take(Reply(output.query, self._rows(output.texts), output.errors))

    def _rows(self, texts: tuple[str, ...]) -> object:
        """No output is no row; what is no JSON stays text, which is no row either."""
        text = "".join(texts)
        try:
            self._allowance.take(text)
            return read_json(text) if texts else None
        except NoReply:
            return [texts[0]]

    def _unfolded(self, rows: object) -> object:
        """Rows that the script way had made one text, as the command way has each answer."""
        listed = as_list(rows)
        if len(listed) != 1 or not isinstance(text := listed[0], str):
            return rows
        self._allowance.take(text)
        return read_json(text)

    def take(self, reply: Reply, at: datetime | None = None) -> None:
        """Take one answer; one that was not asked for, or came already, is left aside, but for who answers."""
        account = self._accounts.get(reply.query)
        if account is None or not (account.open or account.fact is ComputerSystem):
            return
        if not account.open:  # answers of several machines, brought together in one file
            account.open, self.answered = 1, self.answered - 1
        self.answered += 1
        account.open -= 1
        account.at = at or datetime.now(UTC)
        account.errors += reply.errors
        try:
            rows = decode(account.fact, self._unfolded(reply.rows) if account.fact.query.shallow else reply.rows)
            account.rows += self._hear(rows, account) if account.fact is ComputerSystem else rows
        except (Unparsable, NoReply) as error:
            self._miss(account, GapReason.UNPARSABLE, str(error))
            return
        if not account.open and not account.errors:
            self._put(account)

    def settle(self, reason: GapReason, detail: str, advice: Advice = NO_ADVICE) -> None:
        """End the account: judge the errors, and record why the rest was not answered."""
        machine = self._machine()
        if self._garbled:
            reason, detail, advice = GapReason.UNPARSABLE, self._garbled, NO_ADVICE
        for account in self._accounts.values():
            if self._evidence.has(account.fact, self.target):
                continue
            ruling = rule(account.errors, account.fact, machine)
            if ruling.reason is not None:
                denied = ruling.reason is GapReason.ACCESS_DENIED
                self._miss(account, ruling.reason, ruling.detail, self.denied if denied else NO_ADVICE)
            elif account.open:
                self._miss(account, reason, detail, advice)
            else:
                self._put(account)

    def _machine(self) -> Machine:
        """Release and services, as far as they are known."""
        systems = self._evidence.ask(OperatingSystem, self.target)
        services = self._evidence.ask(Service, self.target)
        build = 0 if isinstance(systems, Gap) or not systems else systems[0].build
        states = None if isinstance(services, Gap) else {service.name: service.state for service in services}
        return Machine(build, states, self._configuration)

    def _hear(self, rows: tuple[WindowsFact, ...], account: Account) -> list[WindowsFact]:
        """Take who answers; gives what it had not said before, and has it stand beside what another session told."""
        self._unheard = self._unheard and not rows
        heard(self._evidence, self.target, cast("tuple[ComputerSystem, ...]", rows))
        return [row for row in rows if row not in account.rows]

    def _put(self, account: Account) -> None:
        if self._evidence.has(account.fact, self.target):
            return  # rows of two answers would add up
        if self._unheard and not self.proven:
            self._miss(account, GapReason.UNPROVEN, "asked again, it did not say who it is")
            return
        at = account.at or datetime.now(UTC)
        self._evidence.put(account.fact, self.target, account.rows, query=account.text, at=at)
        if account.fact is OperatingSystem and self.began is not None:
            told = (row.local_date_time for row in cast("list[OperatingSystem]", account.rows))
            clocks = [HostClock(clock, self.began, at) for clock in told]
            self._evidence.put(HostClock, self.target, clocks, query=account.text, at=at)

    def _miss(self, account: Account, reason: GapReason, detail: str, advice: Advice = NO_ADVICE) -> None:
        if not self._evidence.has(account.fact, self.target):
            self._evidence.miss(account.fact, self.target, reason, redact(detail), advice)
