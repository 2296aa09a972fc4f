"""Loads Kerberos' libraries, one thread at a time.

gssapi, krb5 and pyspnego's part for them load each other's compiled halves. Two threads that begin at different ends,
as the one that reads a domain and the one that reads a machine, wait for each other's modules: Python then gives one of
them a module that is half loaded, or both wait for ever, and a machine loses all its answers.
"""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress

KERBEROS = ("krb5", "gssapi", "spnego._gss")
_loading = threading.Lock()
_loaded: list[bool] = []


def load() -> None:
    """Load them if nobody did; what is not installed says so where it is imported."""
    if _loaded:
        return
    with _loading:
        for name in () if _loaded else KERBEROS:
            with suppress(ImportError, OSError):  # an extra; the C library beneath may lack, too
                importlib.import_module(name)
        _loaded.append(True)
