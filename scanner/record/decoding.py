"""Decodes parts of a record; whatever is not of the form that is asked for ends as one error with words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from scanner.words.estate import Estate
from scanner.words.wording import decoding, show

T = TypeVar("T")


class RecordError(ValueError):
    """The file is no record of this program, or holds what this version cannot read."""


def decoded(data: bytes, form: type[T]) -> T:
    """The data in a form.

    Raises:
        RecordError: they have not that form; its cause is the library's own error.
    """
    try:
        return msgspec.json.decode(data, type=form)
    except (UnicodeError, msgspec.MsgspecError) as error:
        why, cause = _why(error)
    except RecursionError:
        why, cause = "it is nested too deeply", None
    except (ValueError, OverflowError):
        why, cause = "a number or a date is too large", None
    raise RecordError(f"it is no record of hv-preflight: {why}") from cause


def _why(error: Exception) -> tuple[str, Exception | None]:
    """The words for it. What is no UTF-8 the library tells as its own error or as Python's, by its version."""
    if isinstance(error, UnicodeError) or "utf-8" in str(error).lower():
        return "it is not UTF-8", None
    return decoding(str(error)), error


def replaced(kind: Any, new: Callable[[Any], Any]) -> Any:
    """The type with every class of rows in it, as in ``tuple[TopLevelName, ...]``, replaced by a new one."""
    if is_dataclass(kind):
        return new(kind)
    parts = tuple(replaced(part, new) for part in get_args(kind))
    origin = get_origin(kind)
    if parts == get_args(kind) or origin is None:
        return kind
    return Union[parts] if origin is UnionType else origin[parts]  # noqa: UP007 - the parts are known only here


@lru_cache
def exact(kind: type) -> type[msgspec.Struct]:
    """A form in which no key stands but those of the class and of the classes in it; any may be left out."""
    hints = get_type_hints(kind)
    keys = [
        (f.name, replaced(hints[f.name], exact) | msgspec.UnsetType, msgspec.UNSET) for f in fields(cast("Any", kind))
    ]
    return msgspec.defstruct(kind.__name__, keys, forbid_unknown_fields=True)


def planned_once(estate: Estate) -> Estate:
    """The estate, equal routes once; which of two others between the same hosts is judged would depend on their order.

    Raises:
        RecordError: a route is told in two ways, leads to where it starts, or is planned for what is not asked for. No
            estate file can say so.
    """
    seen: set[tuple[str, str]] = set()
    if strange := next((one for one in estate.routes if one.profiles and not one.profiles & estate.profiles), None):
        ends = f"{strange.source} → {strange.destination}"
        raise RecordError(f"estate: the route {show(ends)} has profiles of which none is asked for")
    routes = tuple(dict.fromkeys(estate.routes))
    for route in routes:
        ends = route.source, route.destination
        if ends in seen or route.source == route.destination:
            wrong = "is told in two ways" if ends in seen else "leads to itself"
            raise RecordError(f"estate: the route {show(' → '.join(ends))} {wrong}")
        seen.add(ends)
    return estate if len(routes) == len(estate.routes) else replace(estate, routes=routes)
