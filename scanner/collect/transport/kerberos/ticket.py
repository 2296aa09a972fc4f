"""Whether this machine has a ticket to sign in with, and what it means that Kerberos failed: no host is asked."""

from __future__ import annotations

from scanner.words.trouble import Kind
from scanner.words.wording import foreign

NO_GSSAPI = "the library gssapi is not installed"
NO_TICKET = "there is no Kerberos ticket; run kinit first"
OLD_TICKET = "the Kerberos ticket has expired; run kinit"
KINDS = {
    -1765328352: Kind.NO_TICKET,  # KRB5KRB_AP_ERR_TKT_EXPIRED
    -1765328347: Kind.CLOCK,  # KRB5KRB_AP_ERR_SKEW
    -1765328377: Kind.NO_SERVICE,  # KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN
    -1765328228: Kind.NO_KDC,  # KRB5_KDC_UNREACH
    -1765328230: Kind.NO_KDC,  # KRB5_REALM_UNKNOWN
    -1765328243: Kind.NO_TICKET,  # KRB5_CC_NOTFOUND
    -1765328189: Kind.NO_TICKET,  # KRB5_FCC_NOFILE
}
"""By number of MIT's krb5.h."""


def kind_of(error: BaseException) -> str:
    """What to do about a failure of krb5 or gssapi, as a kind of trouble; empty where nothing is known that helps."""
    code = getattr(error, "err_code", None) or getattr(error, "min_code", None)
    if not isinstance(code, int):
        return ""
    return next((kind for number, kind in KINDS.items() if number % 2**32 == code % 2**32), "")


def lacking() -> tuple[str, str]:
    """Why nobody can sign in by a ticket from here: the kind of trouble, and words for it; both empty if one can.

    A keytab that the system's settings name serves as a ticket: the library gets one with it.
    """
    try:
        import gssapi
        from gssapi.exceptions import ExpiredCredentialsError, MissingCredentialsError
        from gssapi.raw.misc import GSSError
    except (ImportError, OSError):  # an extra; the C library beneath may lack, too
        return Kind.NO_LIBRARY, NO_GSSAPI
    try:
        left = gssapi.Credentials(usage="initiate").lifetime
    except ExpiredCredentialsError:
        return Kind.NO_TICKET, OLD_TICKET
    except MissingCredentialsError:
        return Kind.NO_TICKET, NO_TICKET
    except GSSError as error:
        said = "; ".join(error.get_all_statuses(error.min_code, False)) if error.min_code else str(error)
        return kind_of(error) or Kind.NO_TICKET, f"there is no Kerberos ticket that can be used: {foreign(said, 200)}"
    return (Kind.NO_TICKET, OLD_TICKET) if left == 0 else ("", "")
