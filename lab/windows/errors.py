"""The errors Windows gives, by what identifies them: id, category, target. Messages are of the machine's language.

No verdict follows from a message. Categories are PowerShell's numbers (ErrorCategory); HRESULTs of .NET exceptions
stand at the end of each record.
"""

from __future__ import annotations

from dataclasses import replace

from lab.windows.machine.languages import Language
from lab.windows.wsman.pipeline import ErrorRecord

INVALID_ARGUMENT, INVALID_DATA, METADATA, NOT_IMPLEMENTED = 5, 6, 10, 11
NOT_FOUND, STOPPED, PARSER, DENIED, UNSPECIFIED = 13, 14, 17, 18, 0
RUNTIME = -2146233087  # 0x80131501, System.SystemException and PowerShell's own
CIM = -2146233088  # 0x80131500, CimException
CIM_EXCEPTION = "Microsoft.Management.Infrastructure.CimException"
UNAUTHORIZED = -2147024891  # 0x80070005

CIM_CODES = {  # code -> category, message
    "0x80041001": (UNSPECIFIED, "Generic failure"),
    "0x80041003": (DENIED, "Access denied"),
    "0x8004100e": (METADATA, "Invalid namespace"),
    "0x80041010": (METADATA, "Invalid class"),
    "0x80041013": (UNSPECIFIED, "Provider load failure"),
    "0x80041014": (UNSPECIFIED, "Initialization failure"),
    "0x80041017": (INVALID_ARGUMENT, "Invalid query"),
    "0x80041069": (15, "Timed out"),
    "0x800706ba": (UNSPECIFIED, "The RPC server is unavailable."),
}


class Terminating(Exception):  # noqa: N818 - PowerShell's word
    """Ends the pipeline with an error record."""

    def __init__(self, error: ErrorRecord) -> None:
        super().__init__(error.message)
        self.error = error


def record(
    error_id: str,
    category: int,
    *,
    activity: str = "",
    target: str = "",
    exception: str = "System.Management.Automation.RuntimeException",
    hresult: int = RUNTIME,
    message: str = "",
) -> ErrorRecord:
    """An error record; its reason is the short name of the exception."""
    reason = exception.rpartition(".")[2]
    return ErrorRecord(error_id, category, activity, target, reason, hresult, message or error_id, exception)


def said_in(language: Language, error: ErrorRecord) -> ErrorRecord:
    """The error with the text that Windows of a language gives it; the rest of it is the same in all of them."""
    head = error.id.partition(",")[0]
    return error if head == "LabLimit" else replace(error, message=language.message(head, error.target, error.message))


def command_not_found(name: str, powershell: str) -> Terminating:
    """No command of that name is visible."""
    if powershell == "7":
        kinds = "a name of a cmdlet, function, script file, or executable program.\n"
    else:
        kinds = "the name of a cmdlet, function, script file, or operable program. "
    message = (
        f"The term '{name}' is not recognized as {kinds}Check the spelling of the name, or if a path was included, "
        "verify that the path is correct and try again."
    )
    exception = "System.Management.Automation.CommandNotFoundException"
    return Terminating(record("CommandNotFoundException", NOT_FOUND, target=name, exception=exception, message=message))


def binding(error_id: str, name: str, owner: str, message: str, category: int = INVALID_ARGUMENT) -> Terminating:
    """A parameter that cannot be bound; owner is the implementing type of a cmdlet, the name of a function."""
    kind = "ParameterBindingValidationException" if category == INVALID_DATA else "ParameterBindingException"
    exception = f"System.Management.Automation.{kind}"
    full_id = f"{error_id},{owner}"
    return Terminating(record(full_id, category, activity=name, exception=exception, message=message))


def unknown_parameter(name: str, owner: str, parameter: str) -> Terminating:
    """A named parameter the command does not have."""
    text = f"A parameter cannot be found that matches parameter name '{parameter}'."
    return binding("NamedParameterNotFound", name, owner, text)


def refused_value(name: str, owner: str, parameter: str, value: object) -> Terminating:
    """A value outside ValidateSet, ValidatePattern, ValidateRange or ValidateCount."""
    text = f"Cannot validate argument on parameter '{parameter}'. The argument \"{value}\" is refused."
    return binding("ParameterArgumentValidationError", name, owner, text, INVALID_DATA)


def cim(code: str, name: str, owner: str, target: str) -> ErrorRecord:
    """A failure of WMI, by its HRESULT."""
    category, message = CIM_CODES.get(code, (UNSPECIFIED, f"HRESULT {code}"))
    full_id = f"HRESULT {code},{owner}"
    return record(
        full_id, category, activity=name, target=target, exception=CIM_EXCEPTION, hresult=CIM, message=f"{message} "
    )


def scripts_not_allowed(text: str) -> Terminating:
    """A script text where the session configuration takes commands only."""
    exception = "System.Management.Automation.ParseException"
    message = "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
    failure = record("ScriptsNotAllowed", PARSER, target=text[:40], exception=exception, message=message)
    return Terminating(failure)


def lab_limit(what: str) -> Terminating:
    """Something real Windows would do and the lab does not: said loudly, never taken for an answer of Windows."""
    exception = "System.NotImplementedException"
    return Terminating(record("LabLimit", NOT_IMPLEMENTED, activity="lab", exception=exception, message=f"lab: {what}"))
