"""What stands before a sign-in to a Windows machine, one by one: its name, its port, its certificate.

The session takes the same steps by the same functions, and tells of the first that fails; here each is told of, and
nothing of a credential is sent.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

from scanner.collect.transport.bounds import MAX_MESSAGE, MAX_SESSION
from scanner.collect.transport.deadline import Budget, DeadlineSocket
from scanner.collect.transport.dialer import Dialer
from scanner.collect.transport.psrp.failures import connect_failure
from scanner.collect.transport.psrp.http import context_of
from scanner.collect.transport.psrp.raised import translated
from scanner.collect.transport.resolve import resolve
from scanner.collect.transport.tls import start_tls
from scanner.estate.access import Access
from scanner.words.channel import ChannelFailure

NAME, PORT, CERTIFICATE = "name", "port", "certificate"


def reach(target: str, access: Access, deadline: float) -> Iterator[tuple[str, str | ChannelFailure]]:
    """Each step, with words for how it went or why it failed; one that failed is the last.

    Args:
        target: the machine, which is reached by WinRM.
        access: where it is, and how it is signed in to.
        deadline: monotonic seconds. A connection, and a handshake, may take the time to connect and no more.
    """
    sign_in, step = access.sign_in(target), NAME
    budget = Budget(deadline, MAX_SESSION, MAX_MESSAGE)
    dialer = Dialer((), sign_in.tcp_port, access.limits.connect_timeout, budget)
    try:
        with translated(deadline, deadline - time.monotonic()):
            known = access.addresses.get(target)
            dialer.addresses = (known,) if known else resolve(target, access.names, deadline)
        yield step, "address ok" if known else "name ok"
        step = PORT
        with closing(_connected(dialer, deadline)) as sock:
            yield step, f"{dialer.port} ok"
            if sign_in.transport == "https":
                step = CERTIFICATE
                budget.deadline = min(deadline, time.monotonic() + dialer.connect_timeout)
                with translated(deadline, deadline - time.monotonic()):
                    start_tls(sock, context_of(sign_in), target).close()
                yield step, "certificate ok" if sign_in.verify else "certificate not verified (verify = false)"
    except ChannelFailure as failure:
        yield step, failure


def _connected(dialer: Dialer, deadline: float) -> DeadlineSocket:
    left = deadline - time.monotonic()
    try:
        return dialer.dial()
    except OSError as error:
        raise connect_failure(error, dialer.port, dialer.connect_timeout, left) from None
