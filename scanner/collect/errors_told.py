"""Error records of a machine as a recording keeps them: what identifies them, and nothing of their text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.collect.pieces import SIGNS, words_of
from scanner.collect.redacting import NOTHING, Form, Place, Redactor
from scanner.facts.base import WindowsFact
from scanner.words.readonly import READ_ONLY
from scanner.words.recording import Failure

CATEGORIES = (
    "NotSpecified", "OpenError", "CloseError", "DeviceError", "DeadlockDetected", "InvalidArgument", "InvalidData",
    "InvalidOperation", "InvalidResult", "InvalidType", "MetadataError", "NotImplemented", "NotInstalled",
    "ObjectNotFound", "OperationStopped", "OperationTimeout", "SyntaxError", "ParserError", "PermissionDenied",
    "ResourceBusy", "ResourceExists", "ResourceUnavailable", "ReadError", "WriteError", "FromStdErr", "SecurityError",
    "ProtocolError", "ConnectionError", "AuthenticationError", "LimitsExceeded", "QuotaExceeded", "NotEnabled",
)  # fmt: skip
"""ErrorCategory of PowerShell, by its numbers."""
_COMMANDS = "|".join(map(re.escape, sorted(READ_ONLY, key=len, reverse=True)))
_ID = re.compile(
    r"(?:HRESULT 0x[0-9A-Fa-f]{8}|Windows System Error \d{1,6}|\d{1,6}|LabLimit"
    r"|(?:Microsoft|System)(?:\.[A-Za-z][A-Za-z0-9+_]{1,80}){1,9}"
    r"|GetAcl_PathNotFound(?:_Exception)?|MiClientApiError(?:_[A-Za-z]{2,40})?"
    rf"|(?:[A-Z][a-z]+){{2,8}}|{_COMMANDS})(?![^{SIGNS}])",
    re.ASCII,
)
"""what identifies an error is made of words of programs; a name that somebody gave is none of them"""
_CODED = re.compile(r"(?:HRESULT|Windows System Error) ")
_TYPE = re.compile(r"(?:[A-Z][A-Za-z0-9]{2,60}\.){0,8}[A-Z][A-Za-z0-9]{2,60}Exception", re.ASCII)
_COMMAND = re.compile(rf"(?:{_COMMANDS})(?![^{SIGNS}])")


def error_id(text: str, redactor: Redactor) -> str:
    """A FullyQualifiedErrorId; one that is a sentence is what a script threw, and of that no word is an identifier."""
    sentence = " " in text and not _CODED.match(text)
    return redactor.text(text, NOTHING, _COMMAND if sentence else _ID)


def failure_of(error: Mapping[str, object], redactor: Redactor, fact: type[WindowsFact] | None) -> Failure:
    """One error record. Its text is left out: it may name anything, in any language."""

    def text(key: str) -> str:
        value = error.get(key)
        return value if isinstance(value, str) else ""

    category, code = error.get("category"), error.get("hresult")
    known = type(category) is int and 0 <= category < len(CATEGORIES)
    kind, form = text("reason"), Form({}, Place(), words_of(fact.query.text) if fact else frozenset())
    return Failure(
        error_id=error_id(text("id"), redactor),
        category=CATEGORIES[category] if known and isinstance(category, int) else "",
        type=kind if _TYPE.fullmatch(kind) else redactor.text(kind),
        text="",
        code=code if type(code) is int else None,
        activity=redactor.text(text("activity"), form, _COMMAND),
        target=redactor.text(text("target"), form, _COMMAND),
    )
