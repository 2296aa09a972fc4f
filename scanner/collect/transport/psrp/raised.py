"""What a call into the libraries below a session may raise, and that nothing of it gets out but as a ChannelFailure.

A defect of ours is none of it: where a line of the scanner itself is wrong, its exception goes on to the guard.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from xml.etree import ElementTree as ET

from pypsrp.exceptions import WinRMError
from urllib3.exceptions import HTTPError

from scanner.collect.transport.psrp.failures import CLOSED, classify
from scanner.collect.transport.psrp.kinds import kind_of
from scanner.collect.transport.psrp.refusals import SIGN_IN_ERRORS
from scanner.collect.transport.resolve import Unresolved
from scanner.estate.secret import SecretError
from scanner.estate.turns import LogonStopped, NoTurn
from scanner.guard import is_defect
from scanner.words.channel import ChannelFailure
from scanner.words.model import GapReason
from scanner.words.trouble import Kind
from scanner.words.wording import lasting

GARBLED = (
    *(ET.ParseError, struct.error, ValueError, LookupError, TypeError, AttributeError, RecursionError),
    *(AssertionError, NotImplementedError, ArithmeticError),
)
"""What parsing a garbled answer raises in pypsrp, which trusts its peer."""
FAILURES = (WinRMError, OSError, HTTPError, SecretError, Unresolved, ImportError, Warning, *SIGN_IN_ERRORS, *GARBLED)
"""Everything a call into the libraries may raise."""
WANTS_TLS = "the machine takes no plain HTTP on that port: does it speak TLS there?"


@contextmanager
def translated(deadline: float, seconds: float, unheard: Callable[[], bool] = lambda: False) -> Generator[None]:
    """Let nothing but a ChannelFailure out; once the deadline is over, that is the reason.

    Args:
        deadline: monotonic seconds.
        seconds: how long it was until then; 0 or less: it was over before anything was asked.
        unheard: whether plain HTTP was spoken, and nothing has come back so far.
    """
    try:
        yield
    except LogonStopped as stopped:
        raise ChannelFailure(GapReason.ACCESS_DENIED, str(stopped), Kind.SIGN_IN_REFUSED) from None
    except NoTurn as late:
        raise ChannelFailure(GapReason.TIMEOUT, str(late)) from None
    except FAILURES as error:
        if is_defect(error):
            raise
        (reason, detail), kind = classify(error), kind_of(error)
        if kind == Kind.ONLY_TLS or (detail == CLOSED and unheard()):
            reason, detail, kind = GapReason.UNREACHABLE, WANTS_TLS, Kind.ONLY_TLS
        if time.monotonic() >= deadline and reason is not GapReason.ACCESS_DENIED:
            late = f"not done within {lasting(seconds)}" if seconds > 0 else "no time was left to ask it"
            reason, detail, kind = GapReason.TIMEOUT, late, Kind.SLOW
        raise ChannelFailure(reason, detail, kind) from None


def ended(step: Callable[[], object]) -> None:
    """Do a step of saying goodbye; that the session is broken already is no matter."""
    try:
        step()
    except FAILURES as error:
        if is_defect(error):
            raise
