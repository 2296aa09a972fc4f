"""The one context of TLS that validates: chain, name, and no version before 1.2."""

from __future__ import annotations

import ssl

from scanner.words.wording import reason

UNUSABLE = {
    "KEY_VALUES_MISMATCH": "the certificate and the key do not belong together",
    "BAD_DECRYPT": "the password of the key is wrong",
    "BAD_PASSWORD_READ": "the key needs a password",
}
"""What OpenSSL calls what is wrong with a file of certificates or keys, and how we say it."""


def unusable(error: OSError | ValueError) -> str:
    """Why a file of certificates or keys cannot be used, in words."""
    if isinstance(error, ssl.SSLError):
        return UNUSABLE.get(error.reason or "", "it holds no certificate or key in PEM form")
    return reason(error)


def validating(ca: str) -> ssl.SSLContext:
    """A context that trusts the authorities in this file, or the system's where there is none.

    Python 3.13 began to hold certificates to the letter of RFC 5280, and to take any certificate of the file as an end
    of the chain. Windows does neither, nor do earlier releases: what is trusted must not depend on who runs the scan.

    Raises:
        OSError: the file cannot be read, or holds no certificate.
        ValueError: its name cannot be one of a file.
    """
    context = ssl.create_default_context(cafile=ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # whatever the system's library would still take
    context.verify_flags &= ~(ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN)
    return context
