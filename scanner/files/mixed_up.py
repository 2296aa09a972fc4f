"""Which of our files it is that somebody named in place of another: a report for a record, a record for an estate."""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec

from scanner.files.encodings import in_utf_8

RECORD, ESTATE, ANSWERS = "a record, as --save keeps it", "an estate file", "the answers of one machine"
WAIVERS, RECORDING = "a file of waivers", "a recording of one machine, as doctor --learn keeps it"
JSON, JUNIT, HTML = (f"a report, as {option} writes it" for option in ("--json", "--junit", "--html"))
IN_PLACE_OF_A_RECORD = {
    RECORD: "",
    ESTATE: "hv-preflight scan reads it, and with --save run.hvp keeps a record",
    WAIVERS: "--waivers takes it",
    ANSWERS: "put it into a folder, for hv-preflight scan ESTATE --answers FOLDER",
    RECORDING: "hv-preflight show tells what it holds",
}
IN_PLACE_OF_AN_ESTATE = {
    RECORD: "hv-preflight judge reads it",
    ESTATE: "",
    WAIVERS: "--waivers takes it",
    ANSWERS: "name the estate file, and the folder of this one: hv-preflight scan ESTATE --answers FOLDER",
    RECORDING: "hv-preflight show tells what it holds",
}
IN_PLACE_OF_WAIVERS = {WAIVERS: ""}
IN_PLACE_OF_A_BASELINE = {RECORD: "", JSON: ""}
IN_PLACE_OF_WHAT_IS_SHOWN = {RECORD: "", RECORDING: ""}
NOTHING_TO_SHOW = "name what --save or doctor --learn wrote"
NO_RECORD = "a report holds no evidence; name the record of that run (scan --save FILE, collect --save FILE)"
NO_ESTATE = "name the estate file"
NO_WAIVERS = "name the file that holds [[waiver]], or leave --waivers out"
NO_BASELINE = "name what --save or --json of an earlier run wrote"
HEAD = 4096
"""octets at whose beginning what is no JSON shows itself"""
MARKUP = ((re.compile(rb"<testsuites?[\s>]"), JUNIT), (re.compile(rb"<!doctype html|<html", re.IGNORECASE), HTML))
TABLES = re.compile(
    rb"^[ \t]*(?:\[\[(?:host|group|route|vmm)\]\]|\[(?:sign_in|directory)\]|profiles[ \t]*=)", re.MULTILINE
)
WAIVER = re.compile(rb"^[ \t]*\[\[waiver\]\]", re.MULTILINE)
ABSENT = msgspec.Raw()


class _Head(msgspec.Struct, frozen=True):
    hv_preflight: msgspec.Raw = ABSENT
    hv_preflight_recording: msgspec.Raw = ABSENT
    verdict: msgspec.Raw = ABSENT
    findings: msgspec.Raw = ABSENT
    query: msgspec.Raw = ABSENT
    rows: msgspec.Raw = ABSENT


def in_place_of_a_record(data: bytes) -> str:
    """What it is, and what to do with it; empty if it is none of ours, or a record."""
    return _advice(data, IN_PLACE_OF_A_RECORD, "and no record", NO_RECORD)


def in_place_of_a_baseline(data: bytes) -> str:
    """What it is, and what to do with it; empty if it is none of ours, a record or a JSON report."""
    return _advice(data, IN_PLACE_OF_A_BASELINE, "and neither a record nor a JSON report", NO_BASELINE)


def in_place_of_what_is_shown(data: bytes) -> str:
    """What it is, and what to do with it; empty if it is none of ours, a record or a recording."""
    return _advice(data, IN_PLACE_OF_WHAT_IS_SHOWN, "and neither a record nor a recording", NOTHING_TO_SHOW)


def is_recording(data: bytes) -> bool:
    """Whether it is what a machine answered."""
    return _kind(data) == RECORDING


def is_report(data: bytes) -> bool:
    """Whether it is a JSON report."""
    return _kind(data) == JSON


def in_place_of_an_estate(data: bytes) -> str:
    """What it is, and what to do with it; empty if it is none of ours, or an estate file."""
    return _advice(data, IN_PLACE_OF_AN_ESTATE, "and no estate file", NO_ESTATE)


def in_place_of_waivers(data: bytes) -> str:
    """What it is, and what to do with it; empty if it is none of ours, or a file of waivers."""
    return _advice(data, IN_PLACE_OF_WAIVERS, "and no file of waivers", NO_WAIVERS)


def _advice(data: bytes, advice: dict[str, str], wanted: str, otherwise: str) -> str:
    found = _kind(data)
    todo = advice.get(found, otherwise) if found else ""
    return f"is {found}, {wanted}: {todo}" if todo else ""


def _kind(data: bytes) -> str:
    with suppress(UnicodeError):
        data = in_utf_8(data)
    text = data.lstrip()
    if text.startswith(b"{"):
        return _of_json(text) or _of_json(text.partition(b"\n")[0])  # answers: JSON line by line
    head = text[:HEAD]
    markup = next((kind for pattern, kind in MARKUP if text.startswith(b"<") and pattern.search(head)), "")
    return markup or (ESTATE if TABLES.search(data) else WAIVERS if WAIVER.search(data) else "")


def _of_json(text: bytes) -> str:
    try:
        head = msgspec.json.decode(text, type=_Head)
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError):
        return ""
    has = {name: bool(bytes(getattr(head, name))) for name in head.__struct_fields__}
    if has["hv_preflight"]:
        return RECORD
    if has["hv_preflight_recording"]:
        return RECORDING
    if has["verdict"] and has["findings"]:
        return JSON
    return ANSWERS if has["query"] and has["rows"] else ""
