"""One sign-in with a password: whose it is, when it is a machine's turn to be sent it, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from pypsrp.exceptions import AuthenticationError

from scanner.collect.transport.kerberos import password as kerberos
from scanner.collect.transport.psrp.failures import NO_WSMAN, STATUSES, causes, clean
from scanner.collect.transport.psrp.line import Line
from scanner.collect.transport.psrp.raised import FAILURES
from scanner.collect.transport.psrp.refusals import CREDSSP_OFFERS, CREDSSP_REFUSALS
from scanner.estate.access import SignIn
from scanner.estate.accounts import Account
from scanner.estate.logons import Logons
from scanner.estate.turns import Turn
from scanner.words.channel import ChannelFailure
from scanner.words.model import GapReason
from scanner.words.system import WINDOWS
from scanner.words.trouble import Kind

SCHEMES = {"negotiate": ("negotiate", "kerberos", "ntlm"), "kerberos": ("negotiate", "kerberos")}
"""what a machine may call the way to sign in, where not by its own name"""
MESSAGES = ("application/soap+xml", "multipart/")
"""types of what a machine says to somebody who has signed in: WS-Management, plain or encrypted"""


@dataclass(frozen=True, slots=True)
class Password:
    """The password of a sign-in, and whose it is."""

    account: Account
    secret: str = field(repr=False)
    how: str
    """how a controller took it: kerberos or ldap; empty where none has"""

    @property
    def mechanism(self) -> str:
        """The one way to sign in with it; two would be two logons that can be refused.

        Kerberos comes with NTLM beside it only where a controller took the password by Kerberos: then what fails
        before a machine is asked is the ticket, which counts against nobody.
        """
        return "negotiate" if self.how == "kerberos" or (self.how and WINDOWS) else "ntlm"

    @property
    def user(self) -> str:
        """The name that Kerberos knows, where it is asked."""
        return self.account.principal if self.how == "kerberos" else self.account.user


def password_of(sign_in: SignIn, target: str, logons: Logons) -> Password | None:
    """The password a sign-in sends; none for a ticket or a certificate.

    Raises:
        SecretError: it cannot be had.
        LogonStopped: the account is refused.
    """
    if sign_in.method == "certificate" or not sign_in.user or sign_in.password is None:
        return None
    account = logons.account(sign_in.user, target)
    logons.check(account)
    secret = sign_in.password.value(sign_in.user)
    return Password(account, secret, logons.how(account, secret))


def open_pool(pool: Any, wsman: Any, line: Line, sign_in: SignIn, password: Password, logons: Logons) -> None:
    """Open a runspace with a password when it is this machine's turn, and tell the others what came of it.

    Raises:
        ChannelFailure: the password was refused, or the machine offers other ways.
        LogonStopped: the account is refused.
        NoTurn: the deadline was over before the turn came.
    """
    target, budget = wsman.transport.server, line.dialer.budget

    def show() -> None:
        before = budget.deadline
        budget.deadline = min(before, time.monotonic() + line.dialer.connect_timeout)
        try:
            _show(wsman, sign_in)
        finally:
            budget.deadline = before

    with logons.turn(password.account, password.secret, target, budget.deadline, show) as turn:
        _watch(wsman.transport.session, turn)
        try:
            pool.open()
            turn.accepted()
        except FAILURES as error:
            if is_refusal(error):
                raise ChannelFailure(GapReason.ACCESS_DENIED, turn.refused(), Kind.SIGN_IN_REFUSED) from None
            raise
        finally:
            if line.owed:
                turn.unanswered()  # unless it has told otherwise


def _show(wsman: Any, sign_in: SignIn) -> None:
    """Make a machine show that it is there and takes this way to sign in, without sending it any secret.

    Raises:
        ChannelFailure: what answers is no WS-Management, or offers other ways.
        OSError: nothing answers.
    """
    answer = wsman.transport.session.post(wsman.transport.endpoint, data=None, auth=_nobody)
    if answer.status_code != 401:
        reason, detail = STATUSES.get(answer.status_code, NO_WSMAN)
        raise ChannelFailure(reason, detail)
    offered = answer.headers.get("www-authenticate", "")
    if not any(word in offered.lower() for word in SCHEMES.get(sign_in.method, (sign_in.method,))):
        detail = f"the machine offers other ways to sign in than the one chosen: {clean(offered)!r}"
        raise ChannelFailure(GapReason.ACCESS_DENIED, detail, Kind.OTHER_WAYS)


def _watch(session: Any, turn: Turn) -> None:
    """Tell the turn as soon as an answer shows that the password was taken."""

    def heard(response: Any, **_named: Any) -> None:
        kind = response.headers.get("content-type", "").lower()
        if response.status_code == 200 or (response.status_code == 500 and kind.startswith(MESSAGES)):
            turn.accepted()

    session.hooks["response"].append(heard)


def _nobody(request: Any) -> Any:
    """Authentication as nobody."""
    return request


def is_refusal(error: BaseException) -> bool:
    """Whether a failed sign-in means that the password, or its account, was refused."""
    return any(_refuses(cause) for cause in causes(error))


def _refuses(error: BaseException) -> bool:
    if isinstance(error, AuthenticationError):
        return "authentication methods" not in str(error)
    if isinstance(error, CREDSSP_OFFERS):
        return "available authentication method" not in str(error)
    return isinstance(error, CREDSSP_REFUSALS) or bool(kerberos.refusal(error))
