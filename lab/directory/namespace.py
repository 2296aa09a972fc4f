"""Enter a network namespace of the lab from Python.

Only the network changes, and only for the calling thread and the threads it starts meanwhile. The C library keeps
reading the host's /etc: pass addresses instead of names (dnspython: `Resolver.nameservers`), and set KRB5_CONFIG to
`Lab.krb5_conf`, which names the controllers by address. What has to resolve names by itself (the product) runs as a
process of its own, `ip netns exec`, which mounts the namespace's resolv.conf, hosts and krb5.conf: `in_namespace()`.
"""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

PREFIX = "hvl-"
CLONE_NEWNET = 0x40000000  # <linux/sched.h>


def in_namespace(name: str, command: Sequence[str]) -> list[str]:
    """The command, made to run in that namespace: "scanner", a machine, a controller ("dc1": its network alone)."""
    return ["ip", "netns", "exec", PREFIX + name, *command]


def exists(name: str) -> bool:
    return os.path.exists(f"/run/netns/{PREFIX}{name}")


@contextmanager
def entered(name: str) -> Iterator[None]:
    """This thread's network is that of the namespace within the block. Raises OSError: not root, no such namespace.

    A socket keeps the network it was made in: it may be used after the block.
    """
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        there = os.open(f"/run/netns/{PREFIX}{name}", os.O_RDONLY | os.O_CLOEXEC)
        try:
            _setns(there)
        finally:
            os.close(there)
        try:
            yield
        finally:
            _setns(home)
    finally:
        os.close(home)


def outcome(name: str, address: str, port: int) -> str:
    """What a connection from that namespace meets: connected, refused, timed out (2 s) or unreachable."""
    with entered(name):
        try:
            socket.create_connection((address, port), timeout=2).close()
        except TimeoutError:
            return "timed out"
        except ConnectionRefusedError:
            return "refused"
        except OSError:
            return "unreachable"
    return "connected"


def listening(name: str, address: str, port: int) -> socket.socket:
    """A listener in that namespace, where it stays when the thread has left. It takes eight connections and no more."""
    with entered(name):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return socket.create_server((address, port), family=family, backlog=8)


def _setns(descriptor: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "setns")
