"""What a sign-in proves about who answered, beyond what the machine says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spnego import ContextReq

from scanner.estate.access import SignIn
from scanner.words.system import WINDOWS

KERBEROS, CERTIFICATE = "kerberos", "certificate"


def names_of(certificate: Mapping[str, Any] | None) -> frozenset[str]:
    """The DNS names that a verified certificate is for, lower case; none if it was not verified."""
    names = (certificate or {}).get("subjectAltName", ())
    return frozenset(name.lower().rstrip(".") for kind, name in names if kind == "DNS")


def proof_of(sign_in: SignIn, target: str, certified: Iterable[frozenset[str]], authentication: object) -> str:
    """How one session proved that the target itself answered; empty if it did not.

    Args:
        sign_in: the way it signed in.
        target: the machine's name.
        certified: the names of each certificate that was shown, one a handshake.
        authentication: what pypsrp signed in with.
    """
    if sign_in.method == "kerberos" and _mutual(authentication, target):
        return KERBEROS
    return CERTIFICATE if sign_in.verify and _names_only(target, tuple(certified)) else ""


def _names_only(target: str, certified: tuple[frozenset[str], ...]) -> bool:
    """Every certificate names the target, and nothing else but its short name: who else is named may hold it, too."""
    mine = {target, target.partition(".")[0]}
    return bool(certified) and all(target in names and names <= mine for names in certified)


def _mutual(authentication: object, target: str) -> bool:
    """Whether the machine proved that it holds the key of this very name.

    A context is complete only when the machine's own token was verified; a machine that lets us in without one proves
    nothing. The name is the one the ticket is for, which a name service may have changed; Windows asks none, and has
    tickets for the very name that was asked for.
    """
    contexts: Mapping[str, Any] = getattr(authentication, "contexts", {})
    context = contexts.get(target)
    inner: Any = getattr(context, "_context", None)  # no public name of pyspnego tells whom the ticket is for
    if context is None or inner is None or not context.complete or not context.context_attr & ContextReq.mutual_auth:
        return False
    service = str(context.spn if WINDOWS else inner.target_name).partition("@")[0]
    return service.partition("/")[2].lower() == target
