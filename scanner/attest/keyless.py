"""Signing without a key of one's own: the identity that a pipeline gives its jobs, by Sigstore's public service.

The identity, the digest of the statement and the statement itself become public in its log, for good. Nothing of this
ran against that service yet.

Source: sigstore/sigstore-python, docs/api.
"""

from __future__ import annotations

from scanner.attest.statement import IN_TOTO, AttestationError

MISSING = 'Sigstore\'s library is not here: pip install "hv-preflight[sigstore]"'
NOBODY = (
    "there is no identity of a job: in GitHub, give the job permissions: id-token: write; "
    "in GitLab, id_tokens: SIGSTORE_ID_TOKEN with aud: sigstore"
)


def identity() -> str:
    """The token of the job that this runs in; it holds for minutes alone.

    Raises:
        AttestationError: the library is missing, or nobody gives such a token here.
    """
    try:
        from sigstore.oidc import IdentityError, detect_credential
    except ImportError:
        raise AttestationError(MISSING) from None
    try:
        token = detect_credential()
    except IdentityError as error:
        raise AttestationError(f"the identity of the job cannot be had: {error}") from None
    if not token:
        raise AttestationError(NOBODY)
    return token


def signed(payload: bytes) -> bytes:
    """The bundle of Sigstore around the statement.

    Raises:
        AttestationError: the service did not sign it.
    """
    token = identity()
    from sigstore.dsse import Statement
    from sigstore.errors import Error
    from sigstore.models import ClientTrustConfig
    from sigstore.oidc import IdentityToken
    from sigstore.sign import SigningContext

    try:
        context = SigningContext.from_trust_config(ClientTrustConfig.production())
        with context.signer(IdentityToken(token)) as signer:
            return signer.sign_dsse(Statement(payload)).to_json().encode() + b"\n"
    except (Error, OSError, ValueError) as error:
        raise AttestationError(f"Sigstore did not sign it: {error}") from None


def opened(data: bytes, subject: str, issuer: str) -> bytes:
    """The statement of a bundle that this identity signed.

    Args:
        data: the bundle.
        subject: who shall have signed, as its certificate names him: a workflow's URL, an e-mail address.
        issuer: the URL of who vouched for that identity.

    Raises:
        AttestationError: it is no bundle, or another one signed it, or it has been changed since.
    """
    try:
        from sigstore.errors import Error
        from sigstore.models import Bundle
        from sigstore.verify import Verifier
        from sigstore.verify.policy import Identity
    except ImportError:
        raise AttestationError(MISSING) from None
    try:
        bundle = Bundle.from_json(data)
        form, payload = Verifier.production().verify_dsse(bundle, Identity(identity=subject, issuer=issuer))
    except (Error, OSError, ValueError) as error:
        raise AttestationError(f"Sigstore does not say that {subject} signed it: {error}") from None
    if form != IN_TOTO:
        raise AttestationError("what it holds is no statement of in-toto")
    return payload
