"""Commands that shape what others read: Select-Object, Where-Object, ForEach-Object -MemberName."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.cmdlets.text import to_text
from lab.windows.machine import Row


@command("Select-Object", "Microsoft.PowerShell.Commands.SelectObjectCommand")
def select_object(call: Call) -> Iterator[Any]:
    """-Property (names, *), -ExcludeProperty, -ExpandProperty, -First, -Last, -Skip, -Unique is not built."""
    call.refuse("Unique", "Index", "SkipIndex", "SkipLast")
    for value in _slice(call, _input(call)):
        if expand := call.text("ExpandProperty"):
            yield from _expand(call, value, expand)
        elif call.given.get("Property") is None:
            yield value
        else:
            yield pick(as_row(value), call.texts("Property"), call.texts("ExcludeProperty"))


def _input(call: Call) -> list[Any]:
    if call.rows is not None:
        return call.rows
    given = call.given.get("InputObject")
    return [] if given is None else [given]


def _slice(call: Call, rows: list[Any]) -> list[Any]:
    rows = rows[int(call.given.get("Skip", 0)) :]
    if "Last" in call.given:
        rows = rows[max(0, len(rows) - int(call.given["Last"])) :]
    return rows[: int(call.given["First"])] if "First" in call.given else rows


def as_row(value: Any) -> Row:
    """A pipeline object's properties; text and numbers have none that matter here."""
    if isinstance(value, Row):
        return value
    if isinstance(value, dict):
        return Row(value)
    return Row({"Length": len(value)}) if isinstance(value, str) else Row()


def pick(row: Row, wanted: list[str], unwanted: list[str]) -> Row:
    """The asked properties in the asked order and spelling; one that is not there is null, a pattern finds what is."""
    out = [re.compile(translate(name), re.IGNORECASE) for name in unwanted]
    picked = Row(type_name=f"Selected.{row.type_name}")
    for name in wanted:
        if "*" not in name and "?" not in name:
            found = {name: row.value(name)}
        else:
            pattern = re.compile(translate(name), re.IGNORECASE)
            found = {own: value for own, value in row.items() if pattern.fullmatch(own)}
        for own, value in found.items():
            if picked.spelling(own) is None and not any(p.fullmatch(own) for p in out):
                picked[own] = value
    return picked


def _expand(call: Call, value: Any, name: str) -> Iterator[Any]:
    row = as_row(value)
    if row.spelling(name) is None:
        yield errors.record(
            f"ExpandPropertyNotFound,{call.owner}",
            errors.INVALID_ARGUMENT,
            activity=call.name,
            target=to_text(value),
            exception="System.Management.Automation.PSArgumentException",
            message=f'Property "{name}" cannot be found.',
        )
        return
    inner = row.value(name)
    if isinstance(inner, list):
        yield from inner
    elif inner is not None:
        yield inner


def _same(left: Any, right: Any) -> bool:
    return _plain(left) == _plain(right)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float) else to_text(value).casefold()


def _like(left: Any, right: Any) -> bool:
    return re.fullmatch(translate(str(right)), to_text(left), re.IGNORECASE) is not None


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "EQ": _same,
    "NE": lambda left, right: not _same(left, right),
    "GT": lambda left, right: left is not None and _plain(left) > _plain(right),
    "GE": lambda left, right: left is not None and _plain(left) >= _plain(right),
    "LT": lambda left, right: left is not None and _plain(left) < _plain(right),
    "LE": lambda left, right: left is not None and _plain(left) <= _plain(right),
    "Like": _like,
    "NotLike": lambda left, right: not _like(left, right),
    "In": lambda left, right: any(_same(left, item) for item in right),
}


@command("Where-Object", "Microsoft.PowerShell.Commands.WhereObjectCommand")
def where_object(call: Call) -> Iterator[Any]:
    """-Property X -EQ -Value Y and its kin; no script block."""
    chosen = call.given.keys() - {"Property", "Value", "InputObject"}
    if len(chosen) > 1 or chosen - TESTS.keys():
        raise errors.lab_limit(f"Where-Object with {sorted(chosen)}")
    test, wanted = TESTS[chosen.pop()] if chosen else None, call.given.get("Value")
    for value in _input(call):
        seen = as_row(value).value(call.text("Property"))
        if test(seen, wanted) if test else bool(seen):
            yield value


@command("ForEach-Object", "Microsoft.PowerShell.Commands.ForEachObjectCommand")
def for_each_object(call: Call) -> Iterator[Any]:
    """-MemberName X: the value of a property (real PowerShell would also call methods; no query may use it)."""
    if "MemberName" not in call.given or call.given.keys() - {"MemberName", "InputObject"}:
        raise errors.lab_limit("ForEach-Object only with -MemberName")
    for value in _input(call):
        member = as_row(value).value(call.text("MemberName"))
        yield from member if isinstance(member, list) else [member]
