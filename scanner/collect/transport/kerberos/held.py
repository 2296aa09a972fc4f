"""Whose ticket this machine holds, and for how long."""

from __future__ import annotations

from scanner.words.wording import foreign


def held() -> tuple[str, float]:
    """The account, and seconds that its ticket still holds; empty and 0 where nothing is known of it."""

    try:
        import gssapi
        from gssapi.raw.misc import GSSError
    except (ImportError, OSError):  # an extra; the C library beneath may lack, too
        return "", 0.0
    try:
        credentials = gssapi.Credentials(usage="initiate")
        return foreign(str(credentials.name), 200), float(credentials.lifetime or 0)
    except GSSError:
        return "", 0.0
