"""Error, warning and progress records, and the states of pipelines, as CLIXML.

The shapes are those of recordings of PowerShell 7 (tests/data/transcripts): what an element holds depends on how the
error came about, so the rules below read that from the record.
"""

from __future__ import annotations

from psrpcore.types import ErrorCategory

from lab.windows.wsman.clixml import Document
from lab.windows.wsman.pipeline import ErrorRecord, Step

_SMA = "System.Management.Automation"
_ROOTS = ("System.Exception", "System.Object")
_RUNTIME = (f"{_SMA}.RuntimeException", "System.SystemException")
_BASES = {
    f"{_SMA}.RuntimeException": ("System.SystemException",),
    f"{_SMA}.CommandNotFoundException": _RUNTIME,
    f"{_SMA}.ParameterBindingException": _RUNTIME,
    f"{_SMA}.PipelineStoppedException": _RUNTIME,
    f"{_SMA}.ItemNotFoundException": (f"{_SMA}.SessionStateException", *_RUNTIME),
    f"{_SMA}.DriveNotFoundException": (f"{_SMA}.SessionStateException", *_RUNTIME),
    f"{_SMA}.PSArgumentException": ("System.ArgumentException", "System.SystemException"),
    f"{_SMA}.ParameterBindingValidationException": (f"{_SMA}.ParameterBindingException", *_RUNTIME),
    "Microsoft.PowerShell.Commands.WriteErrorException": ("System.SystemException",),
    "System.UnauthorizedAccessException": ("System.SystemException",),
    "System.Security.SecurityException": ("System.SystemException",),
    "System.ArgumentException": ("System.SystemException",),
    "System.InvalidOperationException": ("System.SystemException",),
}
# Errors that PowerShell code makes itself (throw, Write-Error): their exceptions were never thrown in .NET.
_NOT_THROWN = (f"{_SMA}.RuntimeException", "Microsoft.PowerShell.Commands.WriteErrorException")
# Errors that come before the command runs, so that no script stack exists.
_BEFORE_RUN = tuple(f"{_SMA}.{kind}Exception" for kind in ("CommandNotFound", "ParameterBinding"))
_LIBRARY = "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e"
_PARAMETERS = f"System.Collections.Generic.Dictionary`2[[System.String, {_LIBRARY}],[System.Object, {_LIBRARY}]]"
_BOUND = (_PARAMETERS, "System.Object")
_UNBOUND = (f"System.Collections.Generic.List`1[[System.Object, {_LIBRARY}]]", "System.Object")
_INTEGERS = ("System.Int32[]", "System.Array", "System.Object")
_ITERATIONS = (f"System.Collections.ObjectModel.ReadOnlyCollection`1[[System.Int32, {_LIBRARY}]]", "System.Object")


def error_record(error: ErrorRecord, *, extended: bool) -> str:
    """Return the content of an ERROR_RECORD; `extended` adds who called, which the client may ask for."""
    document = Document()
    _error(document, "", error, extended)
    return str(document)


def pipeline_state(state: int, error: ErrorRecord | None = None) -> str:
    """Return the content of a PIPELINE_STATE: 3 stopped, 4 completed, 5 failed."""
    document = Document()
    with document.object(""), document.inside("MS"):
        document.value("PipelineState", state)
        if error is not None:
            _error(document, "ExceptionAsErrorRecord", error, extended=False)
    return str(document)


def _error(document: Document, name: str, error: ErrorRecord, extended: bool) -> None:
    kind = "String" if error.target else ""
    summary = f"{ErrorCategory(error.category).name}: ({error.target}:{kind}) [{error.activity}], {error.reason}"
    with document.object(name, f"{_SMA}.ErrorRecord", "System.Object"):
        document.to_string(error.message)
        with document.inside("MS"):
            _exception(document, error)
            document.value("TargetObject", error.target or None)
            document.value("FullyQualifiedErrorId", error.id)
            references = _invocation(document, error)
            document.value("ErrorCategory_Category", error.category)
            document.value("ErrorCategory_Activity", error.activity)
            document.value("ErrorCategory_Reason", error.reason)
            document.value("ErrorCategory_TargetName", error.target)
            document.value("ErrorCategory_TargetType", kind)
            document.value("ErrorCategory_Message", summary)
            document.value("SerializeExtendedInfo", extended and references is not None)
            if extended and references is not None:
                _caller(document, _command(error) or "", 0, references)
                document.list("PipelineIterationInfo", (0, 1, 1), *_ITERATIONS)
            if error.exception_type not in _BEFORE_RUN:
                document.value(
                    "ErrorDetails_ScriptStackTrace", f"at {_command(error) or '<ScriptBlock>'}, <No file>: line 1"
                )
            if extended and references is not None:
                document.value("PSMessageDetails", None)


def _exception(document: Document, error: ErrorRecord) -> None:
    kind = error.exception_type
    thrown = None if kind in _NOT_THROWN else ""
    bases = _BASES.get(kind, ())
    with document.object("Exception", kind, *bases, *_ROOTS):
        document.to_string(f"{kind}: {error.message}")
        with document.inside("Props"):
            binding = kind == f"{_SMA}.ParameterBindingException"
            if binding:
                _binding(document, error)
            if kind in _BASES and f"{_SMA}.RuntimeException" in (kind, *bases):
                document.value("ErrorRecord", error.message)
                if kind == f"{_SMA}.CommandNotFoundException":
                    document.value("CommandName", error.target)
                document.value("WasThrownFromThrowStatement", kind in _NOT_THROWN)
            document.value("TargetSite", thrown)
            if not binding:
                document.value("Message", error.message)
            with document.object("Data", "System.Collections.ListDictionaryInternal", "System.Object"):
                document.empty("DCT")
            document.value("InnerException", None)
            document.value("HelpLink", None)
            document.value("Source", None if thrown is None else _SMA)
            document.value("HResult", error.hresult)
            document.value("StackTrace", thrown)


def _binding(document: Document, error: ErrorRecord) -> None:
    quoted = error.message.split("'")
    document.value("Message", error.message)
    document.value("ParameterName", quoted[1] if len(quoted) > 2 else "")
    document.value("ParameterType", None)
    document.value("TypeSpecified", "System.Object")
    document.value("ErrorId", error.id.partition(",")[0])
    document.long("Line", 0)
    document.long("Offset", 0)
    document.value("CommandInvocation", f"{_SMA}.InvocationInfo")


def _command(error: ErrorRecord) -> str | None:
    """Return the command that an error id names after its comma; an error made by throw names none."""
    return error.id.rpartition(",")[2] if "," in error.id else None


def _invocation(document: Document, error: ErrorRecord) -> tuple[int, int] | None:
    """Write InvocationInfo; returns the numbers of its two parameter collections, None if no command was found."""
    if error.exception_type == f"{_SMA}.CommandNotFoundException":
        document.value("InvocationInfo", None)
        return None
    name = _command(error)
    with document.object("InvocationInfo", f"{_SMA}.InvocationInfo", "System.Object"):
        document.to_string(f"{_SMA}.InvocationInfo")
        with document.inside("Props"):
            document.value("MyCommand", name)
            with document.object("BoundParameters", *_BOUND) as bound:
                document.empty("DCT")
            unbound = document.list("UnboundArguments", (), *_UNBOUND)
            document.value("ScriptLineNumber", 0)
            document.value("OffsetInLine", 0)
            document.long("HistoryId", 1)
            for part in ("ScriptName", "Line", "Statement", "PositionMessage", "PSScriptRoot"):
                document.value(part, "")
            document.value("PSCommandPath", None)
            document.value("InvocationName", "" if error.exception_type in _BEFORE_RUN else name or "")
            document.value("PipelineLength", 0)
            document.value("PipelinePosition", 0)
            document.value("ExpectingInput", False)
            document.value("CommandOrigin", "Internal")
            document.value("DisplayScriptPosition", None)
    return bound, unbound


def _caller(document: Document, name: str, length: int, references: tuple[int, int] | None) -> None:
    """Write who made a record, as the client asks with AddInvocationInfo."""
    if references:
        document.reference("InvocationInfo_BoundParameters", references[0])
    else:
        with document.object("InvocationInfo_BoundParameters", f"{_SMA}.PSBoundParametersDictionary", *_BOUND):
            document.empty("DCT")
    document.enumeration("InvocationInfo_CommandOrigin", "Internal", 1, f"{_SMA}.CommandOrigin")
    document.value("InvocationInfo_ExpectingInput", False)
    document.value("InvocationInfo_InvocationName", name)
    document.value("InvocationInfo_Line", "")
    document.value("InvocationInfo_OffsetInLine", 0)
    document.long("InvocationInfo_HistoryId", 1)
    iterations = () if references else (0,) * (length + 1)
    document.list("InvocationInfo_PipelineIterationInfo", iterations, *_INTEGERS)
    document.value("InvocationInfo_PipelineLength", length)
    document.value("InvocationInfo_PipelinePosition", 1 if length else 0)
    document.value("InvocationInfo_PSScriptRoot", "")
    document.value("InvocationInfo_PSCommandPath", None)
    document.value("InvocationInfo_PositionMessage", "")
    document.value("InvocationInfo_ScriptLineNumber", 0)
    document.value("InvocationInfo_ScriptName", "")
    if references:
        document.reference("InvocationInfo_UnboundArguments", references[1])
    else:
        document.list("InvocationInfo_UnboundArguments", (), *_UNBOUND)
    document.value("SerializeExtent", False)
    document.enumeration("CommandInfo_CommandType", "Function", 2, f"{_SMA}.CommandTypes")
    document.value("CommandInfo_Definition", "")
    document.value("CommandInfo_Name", name)
    document.enumeration("CommandInfo_Visibility", "Public", 0, f"{_SMA}.SessionStateEntryVisibility")


def warning_record(text: str, steps: tuple[Step, ...], *, extended: bool) -> str:
    """Return the content of a WARNING_RECORD made by the first command of `steps`."""
    document = Document()
    kinds = (f"{_SMA}.WarningRecord", f"{_SMA}.InformationalRecord", "System.Object")
    with document.object("", *kinds):
        document.to_string(text)
        with document.inside("MS"):
            document.value("InformationalRecord_Message", text)
            document.value("InformationalRecord_SerializeInvocationInfo", extended)
            if extended:
                name = steps[0].name if not steps[0].is_script else "&"
                _caller(document, name, len(steps), None)
                document.list("InformationalRecord_PipelineIterationInfo", (0,) * (len(steps) + 1), *_ITERATIONS)
    return str(document)


def progress_record(activity: str, *, done: bool) -> str:
    """Return the content of a PROGRESS_RECORD."""
    document = Document()
    with document.object(""), document.inside("MS"):
        document.value("Activity", activity)
        document.value("ActivityId", 0)
        document.value("StatusDescription", " ")
        document.value("CurrentOperation", None)
        document.value("ParentActivityId", -1)
        document.value("PercentComplete", -1)
        kind, number = ("Completed", 1) if done else ("Processing", 0)
        document.enumeration("Type", kind, number, f"{_SMA}.ProgressRecordType")
        document.value("SecondsRemaining", -1)
    return str(document)
