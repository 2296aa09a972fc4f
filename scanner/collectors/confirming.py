"""Asks a controller whether a password is right, before any machine is sent it: its word counts for the whole run.

Only controllers of a domain that the estate names are asked, by Kerberos, or, where that gives no word, by one simple
sign-in to LDAP over TLS as [directory] says. Each is bounded; what gives no word leaves it to the machines.
"""

from __future__ import annotations

import time
from dataclasses import replace

from scanner.estate.access import Access
from scanner.estate.accounts import Account
from scanner.estate.logons import Logons
from scanner.estate.secret import SecretError, SecretSource
from scanner.estate.turns import Answer, LogonStopped, Word
from scanner.model import GapReason

MOST = 3
"""controllers that are tried over LDAP until one answers"""
NOT_HERE = "not from this computer"
"""A controller says so only of a right password: it tells nothing of the machines."""


def confirm(access: Access, user: str, source: SecretSource, host: str = "") -> None:
    """Have a controller of the account's domain asked about its password, once a run; what comes of it is remembered.

    Args:
        access: how controllers are reached; its ledger takes the word.
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
    from scanner.transport import kerberos_password

    seconds = access.limits.connect_timeout
    if account.principal:
        answer = kerberos_password.ask(
            account.principal, secret, seconds, late=lambda word: access.logons.told(account, secret, word)
        )
        if answer.word is not Word.NONE:
            return answer
    return _over_ldap(access, account, source, time.monotonic() + seconds)


def _over_ldap(access: Access, account: Account, source: SecretSource, deadline: float) -> Answer:
    from scanner.collectors.directory.controllers import Domain
    from scanner.transport.ldap_answers import DirectoryError

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
                with domain.session(name, deadline):
                    return Answer(Word.TAKEN, "ldap")
            except DirectoryError as error:
                said = error.__cause__ if isinstance(error.__cause__, DirectoryError) else error
                if said.reason is GapReason.ACCESS_DENIED and said.final and NOT_HERE not in said.detail:
                    return Answer(Word.REFUSED, said.detail)
                if trial.sent or said.final:
                    break
    except DirectoryError:  # no controller is known
        pass
    return Answer(Word.NONE)
