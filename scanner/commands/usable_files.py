"""Whether files of certificates and keys can be used: the kind of trouble and words for it, if there is any."""

from __future__ import annotations

from scanner.estate.access import SignIn
from scanner.estate.secret import SecretError
from scanner.words.telling import tell
from scanner.words.trouble import Kind


def authorities(ca: str, *, verify: bool) -> tuple[str, str] | None:
    """What is wrong with those that are trusted."""
    whose = (
        tell("the file of certification authorities {ca}", ca=ca) if ca else tell("this system's list of authorities")
    )
    return _usable(whose, SignIn(ca=ca, verify=verify))


def own_certificate(way: SignIn) -> tuple[str, str] | None:
    """What is wrong with what this machine signs in by."""
    return _usable(tell("the certificate {certificate} or its key", certificate=way.certificate), way)


def _usable(whose: str, way: SignIn) -> tuple[str, str] | None:
    from scanner.collect.transport.tls import Trust, UnusableFile, tls_context

    trust = Trust(way.ca, way.verify)
    if way.certificate:
        trust = Trust(way.ca, way.verify, way.certificate, way.certificate_key, way.key_password)
    try:
        tls_context(trust)
    except (UnusableFile, SecretError) as error:
        return Kind.UNUSABLE_FILE, tell("{whose} cannot be used: {error}", whose=whose, error=error)
    return None
