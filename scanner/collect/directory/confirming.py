"""Asks a controller whether a password is right, before any machine is sent it: its word counts for the whole run.

Only controllers of a domain that the estate names are asked, by Kerberos, or, where that gives no word, by one simple
sign-in to LDAP over TLS as [directory] says. Each is bounded. A controller that cannot be asked leaves it to the
machines; one that was sent the password and never answered may have refused it, and nobody else is sent it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.estate.access import Access
from scanner.estate.accounts import Account
from scanner.estate.logons import Logons
from scanner.estate.secret import SecretError, SecretSource
from scanner.estate.turns import Answer, LogonStopped, Word
from scanner.words.model import GapReason

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.connection import Connection

MOST = 3
"""controllers that are tried over LDAP until one answers"""
WORD_SECONDS = 10.0
"""for the word of a controller that was sent the password, however long it took to reach it"""
NOT_HERE = "not from this computer"
"""A controller says so only of a right password: it tells nothing of the machines."""


def confirm(access: Access, user: str, source: SecretSource, host: str = "") -> None:
    """Have a controller of the account's domain asked about its password, once a run; what comes of it is remembered.

    Args:
        access: how controllers are reached; its sign-ins take the word.
        user: as the estate spells it.
        source: of the password; one that cannot be had is left to whoever needs it.
        host: whom the password is for, since an account may be that machine's own.
    """
    logons = access.logons
    account = logons.account(user, host)
    if not account.domain:
        return
    try:
        secret = source.value(user)
        logons.ask(account, secret, lambda: _word(access, account, source, secret))
    except (SecretError, LogonStopped):
        return  # whoever wants to use it is told


def _word(access: Access, account: Account, source: SecretSource, secret: str) -> Answer:
    from scanner.collect.transport.kerberos.password import prove

    seconds = access.limits.connect_timeout
    if account.principal:
        answer = prove(account.principal, secret, seconds, late=lambda word: access.logons.told(account, secret, word))
        if answer.word is not Word.NONE:
            return answer
    return _over_ldap(access, account, source, time.monotonic() + seconds)


def _over_ldap(access: Access, account: Account, source: SecretSource, deadline: float) -> Answer:
    from scanner.collect.directory.controllers import Domain
    from scanner.collect.transport.ldap.answers import DirectoryError

    trial = Logons()
    transport = access.directory.transport
    how = replace(
        access.directory,
        method="simple",
        transport="auto" if transport == "sealed" else transport,
        user=account.user,
        password=source,
        logons=trial,
    )
    if how.unverified and not access.directory.unverified:
        return Answer(Word.NONE)  # verify = false was written where no certificate counts: it gave no password away
    domain = Domain(account.domain, replace(access, directory=how), deadline)
    try:
        names = [name for name in domain.controllers() if name not in domain.failures]
        for name in names[:MOST]:
            try:
                with domain.connection(name, deadline, ready=_patient):
                    return Answer(Word.TAKEN, "ldap")
            except DirectoryError as error:
                said = error.__cause__ if isinstance(error.__cause__, DirectoryError) else error
                if said.reason is GapReason.ACCESS_DENIED and said.final and NOT_HERE not in said.detail:
                    return Answer(Word.REFUSED, said.detail)
                if said.final:
                    break
                if trial.sent:
                    return Answer(Word.LOST, f"{name} was sent the sign-in of {account.user} and did not answer")
    except DirectoryError:  # no controller is known
        pass
    return Answer(Word.NONE)


def _patient(connection: Connection) -> None:
    """Give the word its own time: one that is given up may be a refusal that nobody hears of."""
    connection.budget.deadline = max(connection.budget.deadline, time.monotonic() + WORD_SECONDS)
