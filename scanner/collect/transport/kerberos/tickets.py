"""Tickets for a password, and the settings under which the system's library gets them.

What our ``kerberos.conf`` says comes before the machine's own settings: no realm that an answer names is asked, no
"primary" after another server that refuses, and nothing is sent again while a server thinks for less than ten seconds.
That holds for pyspnego's exchanges, too, by which a machine is signed in to (their tickets are kept in memory).
"""

from __future__ import annotations

import ctypes
import importlib
import os
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import krb5

PROFILE = Path(__file__).with_name("kerberos.conf")
"""settings that come before those of the machine"""
CONFIG = "KRB5_CONFIG"
_config_lock = threading.Lock()


def ticket_for(principal: bytes, secret: bytes, forwardable: bool | None = None) -> tuple[krb5.Context, krb5.Creds]:
    """A ticket, and the context that must outlive it.

    What the library made is let go of before a failure leaves: a traceback that is part of a circle would hold it, and
    the garbage collector frees its parts in an order that ends the process.
    """
    import krb5

    context, options, asked = _context(), None, None
    try:
        options = krb5.get_init_creds_opt_alloc(context)
        if forwardable is not None:
            krb5.get_init_creds_opt_set_forwardable(options, forwardable)
        asked = krb5.init_creds_init(context, krb5.parse_name_flags(context, principal), options)
        krb5.init_creds_set_password(context, asked, secret)
        krb5.init_creds_get(context, asked)
        return context, krb5.init_creds_get_creds(context, asked)
    finally:
        del asked, options


def _context() -> krb5.Context:
    """One that reads our profile first; it stays in the environment, since changing that is not safe among threads."""
    import krb5

    with _config_lock:
        files = os.environ.get(CONFIG) or _default_files()
        if str(PROFILE) not in files.split(":"):
            os.environ[CONFIG] = f"{PROFILE}:{files}"
    return krb5.init_context()


def _default_files() -> str:
    """What the library reads where nothing is said; its place differs by how it was built."""
    spec = find_spec("krb5._context")
    names = ctypes.POINTER(ctypes.c_char_p)()
    try:
        library = ctypes.CDLL(spec.origin if spec else None)  # which is linked with it
        failed = library.krb5_get_default_config_files(ctypes.byref(names))
    except (OSError, AttributeError):
        failed = True
    found: list[str] = []
    while not failed and (name := names[len(found)]):
        found.append(os.fsdecode(name))
    return ":".join(found) or "/etc/krb5.conf"


def take_over() -> None:
    """Let pyspnego get its tickets for a password here; ``_kinit`` is a private name of it."""
    gss: Any = importlib.import_module("spnego._gss")
    by_keytab = gss._kinit

    def kinit(username: bytes, password: bytes, forwardable: bool | None = None, is_keytab: bool = False) -> Any:
        import krb5

        if is_keytab:
            return by_keytab(username, password, forwardable=forwardable, is_keytab=True)
        (context, ticket), cache = ticket_for(username, password, forwardable), None
        try:
            cache = krb5.cc_new_unique(context, b"MEMORY")
            krb5.cc_initialize(context, cache, ticket.client)
            krb5.cc_store_cred(context, cache, ticket)
            return gss._gss_acquire_cred_from_ccache(cache, None)
        finally:
            del cache, ticket

    gss._kinit = kinit
