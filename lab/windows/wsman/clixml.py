"""CLIXML, the XML in which PowerShell writes objects: values, and the helpers to write records.

Element names, their order and the escaping follow recordings of a real PowerShell (tests/data/transcripts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape as xml_escape

# What PowerShell writes as _xHHHH_: control characters, what XML may not hold, halves of surrogate pairs, and an
# underscore that would otherwise read as the beginning of such an escape.
_UNSAFE = re.compile("[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff\U00010000-\U0010ffff]|_(?=[xX])")


def _hide(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"_x{int.from_bytes(units[at : at + 2], 'big'):04X}_" for at in range(0, len(units), 2))


def escape(text: str) -> str:
    """Return `text` as the content of a CLIXML element."""
    return xml_escape(_UNSAFE.sub(_hide, text))


def primitive(value: object, name: str = "") -> str:
    """Return the element of a string, None, bool, int or float; TypeError for anything else."""
    attribute = f' N="{escape(name)}"' if name else ""
    match value:
        case None:
            return f"<Nil{attribute} />"
        case bool():
            tag, text = "B", str(value).lower()
        case int():
            tag, text = ("I32" if -(2**31) <= value < 2**31 else "I64"), str(value)
        case float():
            tag, text = "Db", repr(value)
        case str():
            tag, text = "S", escape(value)
        case _:
            raise TypeError(f"no pipeline output can be made of {type(value).__name__}")
    return f"<{tag}{attribute}>{text}</{tag}>"


class Document:
    """Writes elements in the order PowerShell does, numbering objects and type lists as it goes."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._objects = 0
        self._types: dict[tuple[str, ...], int] = {}

    def __str__(self) -> str:
        return "".join(self._parts)

    def value(self, name: str, value: object) -> None:
        """Write a named primitive."""
        self._parts.append(primitive(value, name))

    def long(self, name: str, value: int) -> None:
        """Write a named 64-bit integer, however small."""
        self._parts.append(f'<I64 N="{name}">{value}</I64>')

    def to_string(self, text: str) -> None:
        """Write what the object's ToString() gave."""
        self._parts.append(f"<ToString>{escape(text)}</ToString>")

    def reference(self, name: str, number: int) -> None:
        """Write a reference to an object written before."""
        self._parts.append(f'<Ref N="{name}" RefId="{number}" />')

    def empty(self, tag: str) -> None:
        """Write an empty container."""
        self._parts.append(f"<{tag} />")

    @contextmanager
    def inside(self, tag: str) -> Iterator[None]:
        """Write what follows inside `tag`: Props, MS, DCT, LST, En."""
        self._parts.append(f"<{tag}>")
        yield
        self._parts.append(f"</{tag}>")

    @contextmanager
    def object(self, name: str, *types: str) -> Iterator[int]:
        """Write an object; yields its number. `types` are its type names, most derived first."""
        number, self._objects = self._objects, self._objects + 1
        self._parts.append(f'<Obj N="{name}" RefId="{number}">' if name else f'<Obj RefId="{number}">')
        self._type_names(types)
        yield number
        self._parts.append("</Obj>")

    def enumeration(self, name: str, text: str, number: int, type_name: str) -> None:
        """Write a value of a .NET enumeration."""
        with self.object(name, type_name, "System.Enum", "System.ValueType", "System.Object"):
            self.to_string(text)
            self._parts.append(f"<I32>{number}</I32>")

    def list(self, name: str, values: tuple[object, ...], *types: str) -> int:
        """Write a list of primitives; returns its number."""
        with self.object(name, *types) as number:
            self._parts.append("<LST>" + "".join(map(primitive, values)) + "</LST>" if values else "<LST />")
        return number

    def version(self, name: str, text: str) -> None:
        """Write a System.Version."""
        self._parts.append(f'<Version N="{name}">{escape(text)}</Version>')

    def versions(self, texts: tuple[str, ...]) -> None:
        """Write the items of a list of System.Version."""
        self._parts.extend(f"<Version>{escape(text)}</Version>" for text in texts)

    def key(self, text: str) -> None:
        """Write the key of a dictionary entry."""
        self._parts.append(f'<S N="Key">{escape(text)}</S>')

    def _type_names(self, types: tuple[str, ...]) -> None:
        if not types:
            return
        if types in self._types:
            self._parts.append(f'<TNRef RefId="{self._types[types]}" />')
            return
        self._types[types] = len(self._types)
        names = "".join(f"<T>{escape(name)}</T>" for name in types)
        self._parts.append(f'<TN RefId="{self._types[types]}">{names}</TN>')
