"""The two ways to ask a machine the same questions: over a channel to it, and by a file brought from it.

Whatever happens, what had arrived is kept, every open question gets the reason why it has no answer, and only then
the channel is given back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

from scanner.collect.directory.confirming import confirm
from scanner.collect.transport.answers import Allowance, NoReply, file_of, lines_of, read_reply
from scanner.collect.transport.channels import channel_to
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.collect.windows.open_questions import OpenQuestions
from scanner.collect.windows.questions import Question, questions_of
from scanner.estate.access import Access, SignIn
from scanner.facts.host import OperatingSystem
from scanner.facts.kerberos import HostClock
from scanner.hooks import Task
from scanner.words.channel import Channel, ChannelFailure, Output
from scanner.words.model import Gap, GapReason, key_of
from scanner.words.source import TargetInfo
from scanner.words.trouble import NO_ADVICE, Advice, Kind, advise
from scanner.words.wording import reason as why

SILENT = (GapReason.NOT_COLLECTED, "the machine answered without it", NO_ADVICE)

Questions = tuple[Question, ...]


def read(task: Task, access: Access) -> None:
    """Ask one machine, the way its access says, and record what came of it."""
    began = time.monotonic()
    questions = questions_of(task)
    if not questions:
        return
    _read(task, access, questions, began)
    if HostClock in task.facts and not task.evidence.has(HostClock, task.target):
        gap = task.evidence.ask(OperatingSystem, task.target)
        unknown = (GapReason.NOT_COLLECTED, "answers in a file do not tell when they were given")
        why_not = (gap.reason, gap.detail, gap.advice) if isinstance(gap, Gap) else (*unknown, NO_ADVICE)
        task.evidence.miss(HostClock, task.target, *why_not)


def _read(task: Task, access: Access, questions: Questions, began: float) -> None:
    path = file_of(access.answers, task.target)
    if path is not None:
        still_open = OpenQuestions(task.target, questions, task.evidence)
        _from_file(path, still_open)
        _note(task, still_open, began, who="", how=f"answers file {path.name}")
        return
    _signed_in(task, access, questions, began)


def _from_file(path: Path, still_open: OpenQuestions) -> None:
    reason, detail = GapReason.NOT_COLLECTED, f"{path.name} holds no answer to it"
    try:
        at = _given(path)
        for line in lines_of(path):
            still_open.take_line(line, at)
    except OSError as error:
        detail = f"{path.name} cannot be read: {why(error)}"
    except NoReply as error:
        reason, detail = GapReason.UNPARSABLE, f"{path.name}: {error}"
    still_open.settle(reason, detail)


def _given(path: Path) -> datetime:
    """When the answers were given: at the latest when the file was written, nor later than the machine's clock in it.

    A copy, a checkout or an editor makes a file younger than what it says. A clock that is ahead makes nothing younger.
    """
    at = min(datetime.now(UTC), datetime.fromtimestamp(path.stat().st_mtime, UTC))
    allowance, name = Allowance(), key_of(OperatingSystem)
    with suppress(OSError, NoReply):  # what is wrong with the file is told where it is read
        for line in lines_of(path):
            if name in line:
                allowance.take(line)
                at = min((at, *_clocks(line)))
    return at


def _clocks(line: str) -> tuple[datetime, ...]:
    """What the machine's clock said, if this line tells it."""
    with suppress(NoReply, Unparsable):
        reply = read_reply(line)
        if reply.query == key_of(OperatingSystem):
            rows = cast("tuple[OperatingSystem, ...]", decode(OperatingSystem, reply.rows))
            return tuple(row.local_date_time for row in rows)
    return ()


def _signed_in(task: Task, access: Access, questions: Questions, began: float) -> None:
    sign_in = access.sign_in(task.target)
    still_open = OpenQuestions(task.target, questions, task.evidence, configuration=sign_in.configuration)
    try:
        channel = channel_to(task.target, access, task.deadline)
    except ChannelFailure as failure:
        still_open.settle(failure.reason, failure.detail)
        return
    if sign_in.password is not None:
        confirm(access, sign_in.user, sign_in.password, task.target)
    with closing(channel):
        helps = partial(_helps, sign_in, channel)
        still_open.settle(*_asked(channel, still_open, questions, helps, clock=HostClock in task.facts))
        _note(
            task, still_open, began,
            who=channel.who, how=channel.how, unverified=sign_in.unverified, proof=channel.proof,
        )  # fmt: skip


def _helps(sign_in: SignIn, channel: Channel, kind: str) -> Advice:
    """What to do about a trouble with this machine."""
    extra = "credssp" if sign_in.method == "credssp" else "kerberos"
    return advise(kind, port=sign_in.tcp_port, user=channel.who, extra=extra)


def _asked(
    channel: Channel, still_open: OpenQuestions, questions: Questions, helps: Callable[[str], Advice], *, clock: bool
) -> tuple[GapReason, str, Advice]:
    """Take every answer that comes; gives the reason for those that do not."""
    try:
        channel.open()
        still_open.proven, still_open.denied = bool(channel.proof), helps(Kind.NO_RIGHTS)
        still_open.began = datetime.now(UTC) if clock else None
        for answer in channel.run(question.query for question in questions):
            if isinstance(answer, Output):
                still_open.take_output(answer)
            else:
                still_open.take_line(answer)
    except ChannelFailure as failure:
        return failure.reason, failure.detail, helps(failure.kind)
    return SILENT


def _note(
    task: Task,
    still_open: OpenQuestions,
    began: float,
    *,
    who: str,
    how: str,
    unverified: bool = False,
    proof: str = "",
) -> None:
    """Note how the machine was read."""
    task.evidence.note(
        TargetInfo(
            name=task.target,
            kind=task.kind,
            who=who,
            how=how,
            seconds=round(time.monotonic() - began, 3),
            queries=still_open.asked,
            answered=still_open.answered,
            unverified=unverified,
            proof=proof,
        )
    )
