"""What a run has learnt about passwords, by account: a refused one is sent nowhere else, so that nobody is locked out.

A controller's word counts for all. Where none can be asked, the hosts are the witnesses: one is tried while the others
wait; each that accepts lets one more be tried beside it; once more have refused than accepted, the account is done.
One that was sent the password and does not answer passes the turn on; two more such than have accepted end it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from scanner.estate.accounts import Account, account_of, one_account
from scanner.estate.turns import REFUSED_HERE, Answer, Known, LogonStopped, NoTurn, Said, Turn, Word

NO_MORE = "the account is used no further in this run"
UNSURE = f"no controller of its domain could be asked whether the password is right; {NO_MORE}"
PLAIN = "; if each machine has an account of that name, write user = {}"
CANDIDATES = 4
"""hosts that show at a time, without any secret, that they answer: the first that does is tried"""


class Logons:
    """What one run knows of its sign-ins. For all threads.

    Args:
        domains: those the estate declares.
        patience: seconds to wait for the word of a host once another has accepted; before, half of its own time.
    """

    def __init__(self, domains: Iterable[str] = (), patience: float = 10.0) -> None:
        self._domains, self._patience = tuple(domains), patience
        self._known: dict[str, dict[tuple[Account, str], Known]] = {}
        self._stopped: dict[str, list[tuple[Account, str, str]]] = {}
        """account, password and why, by machine for local accounts; all others under the empty name"""
        self._changed = threading.Condition()

    def account(self, user: str, host: str) -> Account:
        """The account that a user name means on a machine."""
        return account_of(user, host, self._domains)

    def check(self, account: Account, secret: str = "") -> None:
        """Make sure that it may be used, as far as is known before its password is, or with it.

        Raises:
            LogonStopped: it was refused.
        """
        with self._changed:
            for other, its_secret, why in self._stopped.get(account.apart, ()):
                if one_account(account, secret, other, its_secret):
                    raise LogonStopped(why)

    @property
    def sent(self) -> bool:
        """Whether any password was sent."""
        with self._changed:
            every = [known.said for group in self._known.values() for known in group.values()]
            return any(said.total() > said[Said.NOT_ASKED] for said in every)

    def how(self, account: Account, secret: str) -> str:
        """How a controller took this password: kerberos or ldap; empty where none has."""
        with self._changed:
            return self._of(account, secret).how

    def ask(self, account: Account, secret: str, exchange: Callable[[], Answer]) -> None:
        """Have a controller asked, once for all; who comes later waits for its word. The exchange is bounded.

        Raises:
            LogonStopped: the account is refused.
        """
        with self._changed:
            known = self._of(account, secret)
            while self._busy(account, secret) and (known.asking or not known.asked):
                self._changed.wait()
            self.check(account, secret)
            if known.asked:
                return
            known.asked = known.asking = True
        answer = Answer(Word.NONE)
        try:
            answer = exchange()
        finally:
            with self._changed:
                known.asking = False
                self.told(account, secret, answer)
        self.check(account, secret)

    def told(self, account: Account, secret: str, answer: Answer) -> None:
        """Take a controller's word; one that comes late counts as well."""
        with self._changed:
            if answer.word is Word.TAKEN:
                self._of(account, secret).how = answer.detail
            if answer.word is Word.REFUSED or (answer.word is Word.LOST and not self._of(account, secret).how):
                self._stop(account, secret, f"{answer.detail}; {NO_MORE}")
            self._changed.notify_all()

    @contextmanager
    def turn(
        self, account: Account, secret: str, host: str, deadline: float, show: Callable[[], None] = lambda: None
    ) -> Generator[Turn]:
        """Wait for leave to send this password to a host.

        Args:
            account: whose it is.
            secret: the password.
            host: who will be sent it.
            deadline: monotonic seconds.
            show: makes the host show, without any secret, that it answers; raises if it does not.

        Raises:
            LogonStopped: the account is refused.
            NoTurn: the deadline was over first.
        """
        turn = self._enter(account, secret, host, deadline, show)
        try:
            yield turn
        finally:
            turn.over()

    def _witness(self, account: Account, secret: str, turn: object, said: Said, words: str) -> str:
        with self._changed:
            known = self._of(account, secret)
            del known.open[turn]
            known.said[said] += 1
            why = ""
            if account.host and said is Said.REFUSED:
                why = REFUSED_HERE  # nobody else's matter, unless it is a domain's after all
            elif not account.apart and words and known.done(time.monotonic()):
                why = f"{words}, and {_unsure(account)}"
            if why:
                self._stop(account, secret, why)
            self._changed.notify_all()
            return why

    def _enter(self, account: Account, secret: str, host: str, deadline: float, show: Callable[[], None]) -> Turn:
        with self._changed:
            known = self._of(account, secret)
            self._wait(account, secret, deadline, unproven=lambda: known.candidates < CANDIDATES)
            if known.how or known.accepted or account.apart:
                return self._turn(account, secret, host, deadline)
            known.candidates += 1
        try:
            show()
            with self._changed:
                self._wait(account, secret, deadline, unproven=lambda: not self._busy(account, secret))
                return self._turn(account, secret, host, deadline)
        finally:
            with self._changed:
                known.candidates -= 1
                self._changed.notify_all()

    def _wait(self, account: Account, secret: str, deadline: float, unproven: Callable[[], bool]) -> None:
        """Wait until one more host may be tried: by the number that accepted, or, while none has, as told."""
        known = self._of(account, secret)
        while True:
            now = time.monotonic()
            if known.done(now) and not (known.how or account.apart):
                why = f"hosts that were sent the sign-in of {account.user} do not answer, and {_unsure(account)}"
                self._stop(account, secret, why)
            self.check(account, secret)
            if known.how or account.apart or (known.free(now) if known.accepted else unproven()):
                return
            if now >= deadline:
                raise NoTurn(f"no host had told by then whether the password of {account.user} is right")
            awaited = (until for until in self._awaited(account, secret) if until > now)
            self._changed.wait(min((deadline, *awaited)) - now)

    def _turn(self, account: Account, secret: str, host: str, deadline: float) -> Turn:
        known = self._of(account, secret)
        turn = Turn(host, account.user, None if known.how else partial(self._witness, account, secret))
        if not known.how:
            now = time.monotonic()
            known.open[turn] = now + (self._patience if known.accepted else (deadline - now) / 2)
        return turn

    def _awaited(self, account: Account, secret: str) -> Iterator[float]:
        """When the words awaited on it, under whatever name and password, are awaited no longer."""
        for (other, its_secret), known in self._known.get(account.apart, {}).items():
            if one_account(account, secret, other, its_secret):
                yield from known.open.values()

    def _busy(self, account: Account, secret: str) -> bool:
        """Whether a first word on it is awaited, under whatever name and password."""
        now, entries = time.monotonic(), self._known.get(account.apart, {}).items()
        return any(known.busy(now) for (other, its), known in entries if one_account(account, secret, other, its))

    def _of(self, account: Account, secret: str) -> Known:
        return self._known.setdefault(account.apart, {}).setdefault((account, secret), Known())

    def _stop(self, account: Account, secret: str, why: str) -> None:
        self._stopped.setdefault(account.apart, []).append((account, secret, why))


def _unsure(account: Account) -> str:
    """Why one word of a machine ends it; a plain name may be meant as one of each machine's own."""
    plain = account.name and not account.said and account.user.isprintable()
    return UNSURE + (PLAIN.format(f"'.\\{account.user}'") if plain else "")
