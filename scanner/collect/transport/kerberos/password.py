"""Asks a domain's Kerberos servers whether a password is right: one AS exchange (RFC 4120 part 3.1), nothing kept.

The ticket is dropped at once and never comes to a cache. Only what says that the account or its password is refused
counts as a refusal; a clock that is off, an unknown principal or a type of encryption nobody shares says nothing about
the password.

The proof of a password goes to one server, of the realm that we name, once: ``tickets`` tells how.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from scanner.collect.transport.kerberos.sspi import meaning
from scanner.collect.transport.kerberos.tickets import ticket_for
from scanner.estate.turns import Answer, Word

BASE = -1765328384
"""KRB5KDC_ERR_NONE of MIT's krb5.h: a server's error numbers (RFC 4120 part 7.5.9) are counted from here"""
REFUSALS = {
    1: "the account has expired",
    18: "the account is locked, disabled or expired",
    23: "the password has expired",
    24: "wrong password",
    31: "wrong password",  # found here: the answer cannot be opened with it
}
NOTHING = Answer(Word.NONE)


def refusal(error: BaseException) -> str:
    """Why a Kerberos server refused the account or its password; empty when an error says nothing of that."""
    windows = meaning(error)
    if windows:
        return windows.text if windows.refused else ""
    code = getattr(error, "err_code", None) or getattr(error, "min_code", None)  # of krb5, of gssapi
    return REFUSALS.get(code % 2**32 - BASE % 2**32, "") if isinstance(code, int) else ""


def prove(principal: str, secret: str, seconds: float, late: Callable[[Answer], None]) -> Answer:
    """Have the domain's Kerberos servers say whether it is the principal's password.

    Args:
        principal: name and realm.
        secret: the password.
        seconds: how long to wait; the library cannot be interrupted, and takes half a minute for a silent server.
        late: given the word when it comes after that.
    """
    given: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    lock, waiting = threading.Lock(), [True]

    def work() -> None:
        answer = _exchange(principal, secret)
        with lock:
            if waiting:
                given.put(answer)
                return
        late(answer)

    threading.Thread(target=work, name=f"kerberos {principal}", daemon=True).start()
    try:
        return given.get(timeout=max(0.0, seconds))
    except queue.Empty:
        with lock:
            waiting.clear()
        return NOTHING if given.empty() else given.get()


def _exchange(principal: str, secret: str) -> Answer:
    try:
        import krb5
    except (ImportError, OSError):  # Kerberos is an extra; its C library may lack, too
        return NOTHING
    try:
        ticket_for(principal.encode(), secret.encode())
    except krb5.Krb5Error as error:
        why = refusal(error)
        realm = principal.rpartition("@")[2]
        said = f"the Kerberos server of {realm} refused the sign-in of {principal}: {why}"
        return Answer(Word.REFUSED, said) if why else NOTHING
    return Answer(Word.TAKEN, "kerberos")
