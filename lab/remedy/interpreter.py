"""Runs the lines of one remedy, one statement after the other; what Windows would refuse of them is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lab.remedy import accounts, clusters, folders, groups, hyper_v, media, replica, smb, syntax, tools, vmm, windows  # noqa: F401 - they register commands
from lab.remedy.command import Call, bind
from lab.remedy.directory import AdObject
from lab.remedy.world import Host, Refused, World
from scanner.words.wording import is_sentence

PLACEHOLDER = re.compile(r"<[^<>]+>|your[.\- ]?\w*([./]\S+)?|\.\.\.|…", re.IGNORECASE)
"""What stands in a text for something that the reader should write."""
VARIABLE = re.compile(r"\$(?!true|false|null)\w", re.IGNORECASE)
CONSTANTS = {"true": True, "false": False, "null": None}


def is_words(line: str) -> bool:
    """Whether a line of a remedy is for people alone."""
    return not line.strip() or line.startswith("#") or is_sentence(line)


def commands_of(remedy: str) -> str:
    """The lines of a remedy that are commands."""
    return "\n".join(line for line in remedy.splitlines() if not is_words(line))


def run(world: World, script: str, done: set[str] | None = None, note: str = "") -> Iterator[str]:
    """Carry out the commands of a remedy; gives what is refused of it, and goes on behind that, as a prompt does.

    What stands in ``done`` is not carried out again: several findings print it, and a person pastes it once. ``note``
    is what the finding says beside it: a person does what it asks for.
    """
    seen = set[str]() if done is None else done
    try:
        statements = syntax.statements(commands_of(script))
    except syntax.NotReadError as unread:
        yield f"refused: {unread}; printed: {script}"
        return
    running = _Run(world, note=note)
    for statement in statements:
        alone = not statement.keep and not VARIABLE.search(statement.text)
        if alone and statement.text in seen:
            continue
        seen |= {statement.text} if alone else set()
        try:
            running.all((statement,))
        except Refused as refused:
            yield f"{type(refused).__name__.lower()}: {refused}; printed: {statement.text}"


@dataclass
class _Run:
    world: World
    here: Host | None = None
    note: str = ""
    kept: dict[str, Any] = field(default_factory=dict[str, Any])

    def all(self, statements: tuple[syntax.Statement, ...]) -> None:
        for statement in statements:
            found = self.value(statement.what, f"{statement.comment} {self.note}")
            if statement.keep:
                self.kept[statement.keep] = found

    def value(self, node: syntax.Value, comment: str = "") -> Any:
        match node:
            case syntax.Text():
                if PLACEHOLDER.fullmatch(node.value):
                    raise Refused(f"{node.value} is a placeholder")
                return node.value
            case syntax.Items():
                return tuple(part for value in node.values for part in _flat(self.value(value)))
            case syntax.Sum():
                return self._sum([self.value(part) for part in node.parts])
            case syntax.Table():
                return {name: self.value(value) for name, value in node.values.items()}
            case syntax.Variable():
                if node.name not in self.kept and node.name not in CONSTANTS:
                    raise Refused(f"${node.name} has no value")
                return {**CONSTANTS, **self.kept}[node.name]
            case syntax.Member():
                return _member(self.value(node.of), node.name)
            case syntax.Block():
                return node
            case syntax.Pipeline():
                return self._pipeline(node, comment)

    def _sum(self, values: list[Any]) -> Any:
        if all(isinstance(value, str) for value in values):
            return "".join(values)
        return tuple(part for value in values for part in _flat(value))

    def _pipeline(self, node: syntax.Pipeline, comment: str) -> Any:
        rows: tuple[Any, ...] | None = None
        found: Any = None
        for command in node.commands:
            arguments = [(name, True if value is None else self.value(value)) for name, value in command.arguments]
            known, given = bind(command.name, arguments)
            call = Call(self.world, known, given, self.here, rows, comment)
            block = given.get("ScriptBlock")
            if isinstance(block, syntax.Block):
                call.block = lambda host, block=block: _Run(self.world, host, self.note).all(block.statements)
            found = known.run(call)
            rows = tuple(_flat(found))
        return found


def _flat(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _member(value: Any, name: str) -> Any:
    if not isinstance(value, AdObject):
        raise Refused(f".{name} of {value!r}")
    account = value.account
    found = {
        "distinguishedname": account.dn,
        "samaccountname": account.sam_name,
        "dnshostname": account.dns_name,
        "principalsallowedtodelegatetoaccount": value.allowed,
    }
    if name.casefold() not in found:
        raise Refused(f"an account has no .{name}")
    return found[name.casefold()]
