"""The command line: parses, wires, prints, exits. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import functools
import importlib
import inspect
import io
import sys
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from typing import Any

from scanner import __version__

COMMANDS = {
    "init": ("estate", "Write a commented estate file."),
    "estate": ("estate", "Check an estate file and show what it means."),
    "schema": ("estate", "Print the JSON Schema of the estate file."),
    "queries": ("ask", "Show exactly what will be read, and by which check."),
    "jea": ("ask", "Write a least-privilege endpoint for just these queries."),
    "scan": ("scan", "Read the estate, judge it, write the reports."),
    "collect": ("scan", "Read the estate and keep the evidence."),
    "judge": ("scan", "Judge kept evidence, without touching anything."),
    "demo": ("scan", "Judge the shipped record of a practice estate."),
    "checks": ("explain", "List the checks."),
    "explain": ("explain", "Tell all about one check."),
    "why": ("explain", "Show every check that bears on one move."),
}
USAGE = 2
INTERNAL = 4
INTERRUPTED = 130
GATES = ("scan", "collect", "judge", "demo", "why")
"""Their word is the exit code; that of the others is what they print."""


def main() -> None:
    """Run the command line and exit with its code."""
    from scanner.commands import signals
    from scanner.commands.console import occupy
    from scanner.commands.logs import last_words

    signals.take()
    occupy()
    last_words()
    code = run(sys.argv[1:])
    signals.leave(code)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and say how it ended; one that could not print what it was called for did not end well."""
    from scanner.commands.console import OUT, lost, tell

    code = _run(arguments)
    unsaid = lost()
    for name, why in unsaid.items():
        tell(f"{name} cannot be written: {why}")
    return INTERNAL if code == 0 and OUT in unsaid and arguments[0] not in GATES else code


def _run(arguments: list[str]) -> int:
    if arguments in ([], ["--help"], ["-h"]):
        _help()
        return 0 if arguments else USAGE
    if arguments == ["--version"]:
        _say(f"hv-preflight {__version__}")
        return 0
    name = arguments[0]
    if name not in COMMANDS:
        from scanner.commands.console import tell
        from scanner.words.wording import nearest

        tell(f'there is no command "{name}"{nearest(name, COMMANDS)}\nhv-preflight --help lists them')
        return USAGE
    return _guarded(name, arguments[1:])


def _guarded(name: str, arguments: list[str]) -> int:
    from scanner.commands.console import UsageError, tell
    from scanner.commands.logs import guard
    from scanner.estate.mistakes import EstateError
    from scanner.estate.secret import SecretError
    from scanner.guard import last_resort
    from scanner.plugins import PluginError

    def attempt() -> int:
        try:
            return _call(name, arguments)
        except (UsageError, EstateError, PluginError, SecretError) as error:
            tell(str(error))
            tell("exit 2")
            return USAGE
        except KeyboardInterrupt:
            tell("interrupted")
            return INTERRUPTED
        except SystemExit as left:  # only a plugin leaves this way, and a gate must not take its word for "ready"
            tell(f"something in a plugin ended the program (exit {left.code}); nothing was decided")
            return INTERNAL

    guard()
    return last_resort(attempt, tell)


def _call(name: str, arguments: list[str]) -> int:
    import typer

    module = importlib.import_module(f"scanner.commands.{COMMANDS[name][0]}")
    function: Callable[..., int] = getattr(module, name)
    from scanner.commands.console import UsageError

    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command(help=inspect.getdoc(function))(_told(function))
    page = io.StringIO()
    try:
        with redirect_stdout(page) if "--help" in arguments else nullcontext():
            done: Any = app(arguments, prog_name=f"hv-preflight {name}", standalone_mode=False)
    except typer.TyperException as error:
        raise UsageError(f"{error.format_message()}\nhv-preflight {name} --help tells its options") from None
    except typer.Abort:
        return INTERRUPTED
    if page.getvalue():
        _say(page.getvalue().rstrip("\n"))
    return done if isinstance(done, int) else 0


def _told(function: Callable[..., int]) -> Callable[..., int]:
    """The command, which says that it was interrupted: what calls it would only give the exit code."""
    from scanner.commands.console import tell

    @functools.wraps(function)
    def call(*arguments: object, **named: object) -> int:
        try:
            return function(*arguments, **named)
        except KeyboardInterrupt:
            tell("interrupted")
            return INTERRUPTED

    return call


def _help() -> None:
    lines = [
        "hv-preflight tells, with evidence, whether a Hyper-V move may start. It reads, and changes nothing.",
        "",
        *(f"  {name:<10}{words}" for name, (_, words) in COMMANDS.items()),
        "",
        "hv-preflight COMMAND --help tells its options.",
        "Exit: 0 ready, 1 not ready, 2 wrong usage or estate file, 3 incomplete,",
        "4 internal error, or ready but a file could not be written, 130 interrupted.",
    ]
    _say("\n".join(lines))


def _say(text: str) -> None:
    from scanner.commands.console import say

    say(text)
