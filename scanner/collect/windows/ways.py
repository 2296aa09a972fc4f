"""The three ways to ask a machine the same questions: by script, by commands, by a file brought from it.

Whatever happens, what had arrived is kept, every open question gets the reason why it has no answer, and only then
the session is given back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.collect.directory.confirming import confirm
from scanner.collect.transport.answers import Allowance, ErrorLine, NoReply, Reply, file_of, lines_of, read_json
from scanner.collect.windows.open_questions import Ledger
from scanner.collect.windows.questions import Question, questions_of
from scanner.estate.access import Access
from scanner.hooks import Task
from scanner.words.model import GapReason
from scanner.words.query import plan_of
from scanner.words.source import TargetInfo
from scanner.words.wording import reason as why

if TYPE_CHECKING:
    from scanner.collect.transport.psrp.session import Session

SILENT = (GapReason.NOT_COLLECTED, "the machine answered without it")

Questions = tuple[Question, ...]


def read(task: Task, access: Access) -> None:
    """Ask one machine, the way its access says, and record what came of it."""
    began = time.monotonic()
    questions = questions_of(task)
    if not questions:
        return
    path = file_of(access.answers, task.target)
    if path is not None:
        ledger = Ledger(task.target, questions, task.evidence)
        _from_file(path, ledger)
        _note(task, ledger, began, who="", how=f"answers file {path.name}")
        return
    _signed_in(task, access, questions, began)


def _from_file(path: Path, ledger: Ledger) -> None:
    reason, detail = GapReason.NOT_COLLECTED, f"{path.name} holds no answer to it"
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        for line in lines_of(path):
            ledger.take_line(line, at)
    except OSError as error:
        detail = f"{path.name} cannot be read: {why(error)}"
    except NoReply as error:
        reason, detail = GapReason.UNPARSABLE, f"{path.name}: {error}"
    ledger.settle(reason, detail)


def _signed_in(task: Task, access: Access, questions: Questions, began: float) -> None:
    from scanner.collect.transport.psrp.failures import SessionFailure
    from scanner.collect.transport.psrp.session import Session
    from scanner.collect.transport.psrp.sign_in import who

    sign_in = access.sign_in(task.target)
    if sign_in.configuration:  # the session looks at each when its turn comes: one that may not be sent stops them all
        plan_of(question.query for question in questions)
    if sign_in.password is not None:
        confirm(access, sign_in.user, sign_in.password, task.target)
    ledger = Ledger(task.target, questions, task.evidence, configuration=sign_in.configuration)
    ask: Callable[[Session, Ledger, Questions], tuple[GapReason, str]]
    ask = _by_commands if sign_in.configuration else _by_script
    with Session(task.target, access, task.deadline) as session:
        try:
            session.open()
            ledger.proven = bool(session.proof)
            ending = ask(session, ledger, questions)
        except SessionFailure as failure:
            ending = failure.reason, failure.detail
        ledger.settle(*ending)
        place = f" at {session.address}" if session.address else ""
        how = f"{sign_in.words}{place}"
        _note(task, ledger, began, who=who(sign_in), how=how, unverified=sign_in.unverified, proof=session.proof)


def _by_script(session: Session, ledger: Ledger, questions: Questions) -> tuple[GapReason, str]:
    """One pipeline for all questions; gives the reason for those it leaves open."""
    ending = SILENT
    for line in session.by_script(question.query for question in questions):
        if isinstance(line, ErrorLine):
            ending = _refused(line)
        else:
            ledger.take_line(line)
    return ending


def _refused(error: ErrorLine) -> tuple[GapReason, str]:
    """Why a whole script came to nothing."""
    if error.head == "ScriptsNotAllowed":
        text = "the endpoint takes no scripts: name its session configuration, so that commands are sent"
        return GapReason.NOT_COLLECTED, text
    return GapReason.NOT_COLLECTED, f"the script did not end well ({ascii(error.head[:80])[1:-1]})"


def _by_commands(session: Session, ledger: Ledger, questions: Questions) -> tuple[GapReason, str]:
    """A pipeline for every question; one that fails costs only itself."""
    for question in questions:
        errors: list[ErrorLine] = []
        texts: list[str] = []
        for line in session.by_commands(question.query):
            if isinstance(line, ErrorLine):
                errors.append(line)
            else:
                texts.append(line)
        ledger.take(Reply(question.query.name, _rows(texts, ledger.allowance), tuple(errors)))
    return SILENT


def _rows(texts: list[str], allowance: Allowance) -> object:
    """The rows in what ConvertTo-Json gave; no output is no row, what is no JSON stays text, which is no row."""
    text = "".join(texts)
    try:
        allowance.take(text)
        return read_json(text) if texts else None
    except NoReply:
        return [texts[0]]


def _note(
    task: Task, ledger: Ledger, began: float, *, who: str, how: str, unverified: bool = False, proof: str = ""
) -> None:
    """Note how the machine was read."""
    task.evidence.note(
        TargetInfo(
            name=task.target,
            kind=task.kind,
            who=who,
            how=how,
            seconds=round(time.monotonic() - began, 3),
            queries=ledger.asked,
            answered=ledger.answered,
            unverified=unverified,
            proof=proof,
        )
    )
