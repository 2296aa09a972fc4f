"""The XML of a key file: leaves by name, from whatever somebody saved, without any of XML's dangers.

The standard library's expat with handlers that refuse document types and entities; nothing outside the file is ever
read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from scanner.estate.secret_text import MARKS
from scanner.words.telling import tell

NIL = "http://www.w3.org/2001/XMLSchema-instance nil"
DEEPEST = 16
"""levels; a key file has three"""
CUT_SHORT = frozenset({"no element found", "unclosed token", "unclosed CDATA section", "partial character"})
"""expat's words for a document that ends too early"""


class ProblemError(Exception):
    """The content is no such document; the text says why and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What was read."""

    root: str = ""
    """local name of the root element"""
    namespace: str = ""
    """of the root element; empty if it has none"""
    leaves: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    def text(self, name: str) -> str:
        """The text of the first element of that local name in the root's namespace; empty if there is none."""
        return self.leaves.get(name, "")


def parse(data: bytes) -> Document:
    """Read a document.

    Raises:
        ProblemError: it is empty, no XML, cut short, or contains a document type.
    """
    if not data.strip(b" \t\r\n\0"):
        raise ProblemError(tell("it is empty"))
    source = _decoded(data)
    start = (source if isinstance(source, str) else source[:4096].decode("latin-1")).lstrip()[:15].lower()
    if start.startswith(("<!doctype html", "<html")):
        raise ProblemError(tell("it is an HTML page"))
    if start.startswith(("{", "[")):
        raise ProblemError(tell("it is JSON, no XML"))
    reader = _Reader()
    try:
        reader.parser.Parse(source, True)
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, "not well-formed")
        if message in CUT_SHORT:
            raise ProblemError(tell("it ends early")) from None
        place = f"line {error.lineno}, column {error.offset + 1}"
        raise ProblemError(
            tell("it is no well-formed XML: {message} ({place})", message=message, place=place)
        ) from None
    except (ValueError, LookupError):  # an encoding that is unknown, or known and wrong
        raise ProblemError(tell("its encoding cannot be read")) from None
    if reader.root.lower() == "html":
        raise ProblemError(tell("it is an HTML page"))
    return Document(reader.root, reader.namespace, reader.leaves)


def _decoded(data: bytes) -> str | bytes:
    """Text where a byte order mark tells the encoding: an editor that saves anew leaves the old declaration in."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise ProblemError(tell("its encoding cannot be read")) from None
    return data


class _Reader:
    """Collects leaves while expat reads."""

    def __init__(self) -> None:
        self.root, self.namespace = "", ""
        self.leaves: dict[str, str] = {}
        self.open: list[tuple[str, list[str]]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.forbid
        self.parser.EntityDeclHandler = self.forbid
        self.parser.ExternalEntityRefHandler = self.forbid

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.open:
            self.root, self.namespace = local, space
        elif len(self.open) >= DEEPEST:
            raise ProblemError(tell("its elements are nested too deep"))
        else:
            self.open[-1] = ("", [])  # what has elements inside is no leaf
        nil = attributes.get(NIL, "").strip() in ("true", "1")
        self.open.append(("" if nil or space != self.namespace else local, []))

    def end(self, _name: str) -> None:
        local, parts = self.open.pop()
        if local and self.open:
            self.leaves.setdefault(local, "".join(parts))

    def characters(self, text: str) -> None:
        if self.open and self.open[-1][0]:
            self.open[-1][1].append(text)

    def forbid(self, *_arguments: Any) -> int:
        raise ProblemError(tell("it contains a document type declaration"))
