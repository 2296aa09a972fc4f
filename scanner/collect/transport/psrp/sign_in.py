"""How a sign-in reaches pypsrp: its settings, its HTTP session, and what is never sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scanner.collect.transport.kerberos.sspi import SIGNED_IN
from scanner.collect.transport.kerberos.tickets import take_over
from scanner.collect.transport.psrp.http import Adapter, look_first
from scanner.collect.transport.psrp.logon import Password
from scanner.collect.transport.psrp.refusals import SIGN_IN_ERRORS
from scanner.estate.access import SignIn
from scanner.words.channel import ChannelFailure
from scanner.words.model import GapReason
from scanner.words.system import WINDOWS

CLEAR_TEXT = ("basic", "certificate")
"""methods that cannot encrypt messages, so that only TLS may carry them"""
POLL_SECONDS = 20
"""how long the machine may hold one request open"""

take_over()


def refuse_clear_text(sign_in: SignIn) -> None:
    """Refuse what would send a secret or the session in clear text.

    Raises:
        ChannelFailure: it would.
    """
    if sign_in.transport != "https" and sign_in.method in CLEAR_TEXT:
        text = f"{sign_in.method} over {sign_in.transport} would not be encrypted: use https, or kerberos or negotiate"
        raise ChannelFailure(GapReason.NOT_COLLECTED, text)


def wsman_settings(sign_in: SignIn, password: Password | None) -> dict[str, Any]:
    """The arguments of WSMan."""
    settings: dict[str, Any] = {
        "ssl": sign_in.transport == "https",
        "auth": sign_in.method,
        "cert_validation": sign_in.verify,
        "no_proxy": True,
        "operation_timeout": POLL_SECONDS,
        "reconnection_retries": 0,
        "reconnection_backoff": 0.0,
    }
    if sign_in.method == "certificate":
        settings["certificate_pem"] = sign_in.certificate
        settings["certificate_key_pem"] = sign_in.certificate_key or sign_in.certificate
    elif password is None:
        settings["username"] = sign_in.user or None
    else:
        settings["username"], settings["password"] = password.user, password.secret
        if sign_in.method == "negotiate":
            settings["auth"] = password.mechanism
        settings["credssp_auth_mechanism"] = "ntlm" if password.mechanism == "ntlm" else "auto"
    return settings


def http_session(wsman: Any, adapter: Adapter, sign_in: SignIn) -> Any:
    """Pypsrp's HTTP session with its authentication, on our line; ``_build_session`` is a private name of pypsrp."""
    look_first(wsman.transport)
    session = wsman.transport._build_session()
    session.trust_env, session.proxies, session.max_redirects = False, {}, 0
    session.cert, session.verify = None, sign_in.verify
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def who(sign_in: SignIn) -> str:
    """As whom a machine is read, for the report."""
    if sign_in.method == "certificate":
        return f"certificate {Path(sign_in.certificate).name}"
    if sign_in.user:
        return sign_in.user
    if WINDOWS:
        return SIGNED_IN
    try:
        import krb5

        return str(krb5.cc_default(krb5.init_context()).principal)
    except (ImportError, OSError, *SIGN_IN_ERRORS):
        return "ticket cache"
