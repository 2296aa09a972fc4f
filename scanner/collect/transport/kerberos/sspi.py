"""What Windows means where a sign-in by its own library (SSPI) fails: by number, for its texts are translated.

Nothing of it is loaded here: pyspnego brings it, and hands its failures on as ``WindowsError``.
"""

from __future__ import annotations

from typing import NamedTuple

from scanner.words.model import GapReason
from scanner.words.trouble import Kind

SIGNED_IN = "the signed-in user"
"""As whom, where Windows' own session signs in: a session of ``runas /netonly`` is another's than it calls itself."""


class Meaning(NamedTuple):
    """A failure in words."""

    reason: GapReason
    text: str
    kind: str = ""
    refused: bool = False
    """whether it means that a password, or its account, was refused"""


DENIED = GapReason.ACCESS_DENIED
MEANINGS = {
    0x80090303: Meaning(DENIED, "the domain knows no such service", Kind.NO_SERVICE),  # SEC_E_TARGET_UNKNOWN
    0x80090308: Meaning(DENIED, "the other end does not understand the sign-in"),  # SEC_E_INVALID_TOKEN
    0x8009030C: Meaning(DENIED, "Windows refuses the account", Kind.SIGN_IN_REFUSED, refused=True),  # LOGON_DENIED
    0x8009030E: Meaning(DENIED, "this session has no credentials for it", Kind.NO_TICKET),  # SEC_E_NO_CREDENTIALS
    0x80090311: Meaning(GapReason.UNREACHABLE, "no Kerberos server", Kind.NO_KDC),  # NO_AUTHENTICATING_AUTHORITY
    0x80090317: Meaning(DENIED, "the ticket has expired", Kind.NO_TICKET),  # SEC_E_CONTEXT_EXPIRED
    0x80090322: Meaning(DENIED, "the ticket is for another account than answers there"),  # SEC_E_WRONG_PRINCIPAL
    0x80090324: Meaning(DENIED, "the clocks differ too much", Kind.CLOCK),  # SEC_E_TIME_SKEW
    0x80090342: Meaning(DENIED, "the Kerberos server and the account share no type of encryption"),  # KDC_UNKNOWN_ETYPE
    0x80090346: Meaning(DENIED, "the other end refuses the binding to the TLS channel"),  # SEC_E_BAD_BINDINGS
}
"""By number of winerror.h."""


def number(error: BaseException) -> int:
    """Windows' number of a failure, of pyspnego's or of the one it wraps; 0 where it has none."""
    base: object = getattr(error, "base_error", None) or error
    code: object = getattr(base, "winerror", None)
    return code % 2**32 if isinstance(code, int) else 0


def meaning(error: BaseException) -> Meaning | None:
    """What it means; nothing, where it is none of Windows' failures of a sign-in."""
    code = number(error)
    if code in MEANINGS:
        found = MEANINGS[code]
        return found._replace(text=f"{found.text} (0x{code:08X})")
    return Meaning(DENIED, f"Windows gives 0x{code:08X}") if code >> 16 == 0x8009 else None
