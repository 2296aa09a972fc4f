"""The envelope around a statement (DSSE), signed with a key of one's own: Ed25519, ECDSA or RSA, in PEM.

Source: secure-systems-lab/dsse, envelope.md and protocol.md.
"""

from __future__ import annotations

from typing import Any, cast

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import Error
from securesystemslib.signer import CryptoSigner, Signature, SSlibKey  # pyright: ignore[reportPrivateImportUsage] # no __all__

from scanner.attest.statement import IN_TOTO, AttestationError

KEYS = "a key in PEM, Ed25519, ECDSA or RSA"
WRONG = (ValueError, TypeError, UnsupportedAlgorithm, Error)
"""What the libraries raise at a key they cannot take; their texts are about code, not about the file."""


class _Envelope(msgspec.Struct):
    """What there has to be, before the library takes it for granted."""

    payload: str
    payload_type: str = msgspec.field(name="payloadType")
    signatures: list[dict[str, str]]


def private_key(data: bytes, password: str | None) -> CryptoSigner:
    """What signs, from a private key in PEM.

    Raises:
        AttestationError: it is none, or the password does not open it.
    """
    try:
        key = load_pem_private_key(data, password.encode() if password else None)
        return CryptoSigner(key)
    except WRONG as error:
        if "password" in str(error).lower() or "decrypt" in str(error).lower():
            why = "the password does not open it" if password else "it is encrypted, and no password is given"
        else:
            why = f"it is no private key that signs: {KEYS}"
        raise AttestationError(why) from None


def public_key(data: bytes) -> SSlibKey:
    """What verifies, from a public key in PEM.

    Raises:
        AttestationError: it is none.
    """
    try:
        key: PublicKeyTypes = load_pem_public_key(data)
        return SSlibKey.from_crypto(key)
    except WRONG:
        private = b"PRIVATE KEY" in data
        why = "it is a private key, which need not lie here" if private else "it is no public key"
        raise AttestationError(f"{why}: {KEYS}, as openssl pkey -pubout writes it") from None


def signed(payload: bytes, signer: CryptoSigner) -> bytes:
    """The envelope with the statement, as a file."""
    envelope = Envelope(payload, IN_TOTO, {})
    envelope.sign(signer)
    return msgspec.json.format(msgspec.json.encode(cast("Any", envelope).to_dict()), indent=1) + b"\n"


def opened(data: bytes, key: SSlibKey) -> bytes:
    """The statement of an envelope that this key signed.

    Raises:
        AttestationError: it is no envelope, or no signature of it is this key's.
    """
    try:
        form = msgspec.json.decode(data, type=_Envelope)
        envelope: Envelope = cast("Any", Envelope).from_dict(msgspec.to_builtins(form))
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, RecursionError, Error):
        raise AttestationError("it is no envelope with a signature that --attest writes") from None
    if envelope.payload_type != IN_TOTO:
        raise AttestationError("what it holds is no statement of in-toto")
    for one in envelope.signatures.values():
        try:  # whatever name the signature gives its key: it is this key's, or it is not
            key.verify_signature(Signature(key.keyid, one.signature), envelope.pae())
        except Error:
            continue
        return envelope.payload
    raise AttestationError("no signature of it is that key's, or what was signed has been changed since")
