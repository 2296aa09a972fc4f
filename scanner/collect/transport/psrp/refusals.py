"""Why a machine or this one could not make a sign-in: the exceptions of the libraries for it, in words for people."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

from spnego.exceptions import FeatureMissingError, SpnegoError

from scanner.collect.transport.kerberos import sspi
from scanner.words.model import GapReason

Meaning = tuple[GapReason, str]
NO_KDC = (-1765328228, -1765328230)
"""KRB5_KDC_UNREACH and KRB5_REALM_UNKNOWN of MIT's krb5.h"""
OF_THE_LIBRARY = re.compile(r"^\w+(?:Error|Exception)(?: \(-?\d+\))?: ")
"""What a library's own exceptions begin with."""
LIBRARIES = ("gssapi", "krb5", "requests-credssp", "requests_credssp")
"""what the extras bring"""


def _errors(module: str, *names: str) -> Iterator[type[Exception]]:
    try:
        yield from (getattr(importlib.import_module(module), name) for name in names)
    except (ImportError, OSError):  # Kerberos and CredSSP are extras; Kerberos' C library may lack, too
        return


KERBEROS_ERRORS: tuple[type[Exception], ...] = (
    *_errors("krb5", "Krb5Error"),
    *_errors("gssapi.exceptions", "GSSError"),
)
CREDSSP_OFFERS: tuple[type[Exception], ...] = tuple(_errors("requests_credssp.exceptions", "AuthenticationException"))
"""A sign-in that came to no end: a refusal, or nothing was offered that we take."""
CREDSSP_REFUSALS: tuple[type[Exception], ...] = tuple(_errors("requests_credssp.exceptions", "NTStatusException"))
SIGN_IN_ERRORS: tuple[type[Exception], ...] = (
    SpnegoError,
    FeatureMissingError,
    *KERBEROS_ERRORS,
    *CREDSSP_OFFERS,
    *CREDSSP_REFUSALS,
)


def refusal(text: str) -> str:
    """What it means that pypsrp could not authenticate."""
    if other_ways(text):
        return f"the machine offers other ways to sign in than the one chosen: {text.partition('actual:')[2]}"
    return "the sign-in was refused; it is not tried again"


def other_ways(text: str) -> bool:
    """Whether pypsrp could not authenticate for want of a way that both ends take."""
    return "authentication methods" in text


def lacking(error: ImportError) -> str:
    """Which library is not here, and how it comes; pyspnego's own text names a class of its own before it."""
    known = (name for name in LIBRARIES if name in str(error).lower())
    name = error.name or next(known, "")
    said = f"the library {name} is not installed" if name else str(error).partition(": No module")[0]
    return f"{said}; install hv-preflight with its extra for this method (kerberos, credssp)"


def no_sign_in(error: BaseException) -> Meaning:
    """What an exception of SPNEGO, Kerberos or CredSSP means."""
    windows = sspi.meaning(error)
    if windows:
        return windows.reason, f"no sign-in: {windows.text}"
    text = OF_THE_LIBRARY.sub("", str(error))
    if getattr(error, "err_code", None) in NO_KDC:
        return GapReason.UNREACHABLE, f"no Kerberos server: {text}"
    if "No Kerberos credentials" in text or "No credentials" in text:
        return GapReason.ACCESS_DENIED, "there is no Kerberos ticket; run kinit first"
    return GapReason.ACCESS_DENIED, f"no sign-in: {text}"
