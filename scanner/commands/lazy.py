"""The command line as typer has it: every name is known at once, its module is imported when that command is called.

typer parses and helps; what a command then does runs outside it. Else typer would take a command's errors for its own:
the end of an input for an abort, a pipe that nobody reads for exit 1.
"""

from __future__ import annotations

import importlib
import inspect
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperGroup
from typer.main import get_command

from scanner import __version__
from scanner.commands import COMMANDS, GATES
from scanner.commands.console import UsageError, say
from scanner.commands.speech import Lang, choose
from scanner.words.exits import INCOMPLETE, INTERNAL, INTERRUPTED, NOT_READY, READY, USAGE
from scanner.words.wording import nearest, show

PROGRAM = "hv-preflight"
PURPOSE = f"""\
{PROGRAM} tells, with evidence, whether a Hyper-V move may start. It reads, and changes nothing.

{PROGRAM} COMMAND --help tells its options."""
ENDINGS = f"""\
\b
Exit: {READY} ready, {NOT_READY} not ready, {USAGE} wrong usage or estate file, {INCOMPLETE} incomplete,
{INTERNAL} internal error, or ready but not all that was asked for could be written,
{INTERRUPTED} interrupted."""


WIDEST = 110
"""columns of a page of help"""


class LazyGroup(TyperGroup):
    """A group that holds no more than names and lines; the command behind one is loaded to be called or completed."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options; a flag that is not given is false. For None typer would load pydantic."""
        options: list[Any] = super().get_params(ctx)
        for option in options:
            if option.default is None and option.is_flag:
                option.default = False
        return options

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is called, and its own arguments.

        Raises:
            UsageError: there is none of that name.
        """
        name, *rest = args
        if name in COMMANDS:
            return name, load(name), rest
        if ctx.resilient_parsing:  # a shell completes behind it
            return None, None, rest
        raise UsageError(f"there is no command {show(name)}{nearest(name, COMMANDS)}\n{PROGRAM} --help lists them")


def parse(arguments: list[str]) -> Callable[[], int] | int:
    """The call that the arguments mean, or the exit code where printing help or completing a word was all of it.

    Raises:
        UsageError: they are wrong; the text says what would be right.
        KeyboardInterrupt: a signal came meanwhile.
    """
    if arguments[:1] == ["help"]:  # as other programs have it: help, help COMMAND
        arguments = [*arguments[1:], "--help"]
    page = io.StringIO()
    found: Callable[[], int] | int
    try:
        with redirect_stdout(page):
            found = program().main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except SystemExit as left:  # how completion ends
        found = USAGE if left.code else READY
    except typer.TyperException as error:
        called = "".join(f"{name} " for name in arguments[:1] if name in COMMANDS)
        raise UsageError(f"{error.format_message()}\n{PROGRAM} {called}--help tells its options") from None
    except typer.Abort:
        found = INTERRUPTED
    if callable(found):
        return found
    if found == INTERRUPTED:
        raise KeyboardInterrupt
    if page.getvalue():
        say(page.getvalue().rstrip("\n"))
    return USAGE if found else READY


def program() -> Any:
    """The program as typer has it, without any of its commands' modules."""
    made = typer.Typer(
        cls=LazyGroup,
        help=PURPOSE,
        epilog=ENDINGS,
        invoke_without_command=True,
        rich_markup_mode=None,
        context_settings=_settings(),
    )
    made.callback()(_program)
    for name, (_, line) in COMMANDS.items():
        made.command(name, short_help=line)(_listed)
    return get_command(made)


def _settings() -> dict[str, Any]:
    """Help by two names, and as wide as the terminal is, as far as lines are read well."""
    return {"help_option_names": ["-h", "--help"], "max_content_width": WIDEST}


def _program(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit(READY)
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit(USAGE)


def _listed() -> None:
    """Stands for a command in the list; ``LazyGroup`` loads the real one before anything is called."""


def load(name: str) -> Any:
    """The command of that name as typer has it, from its module."""
    function = getattr(importlib.import_module(f"{__package__}.{COMMANDS[name][0]}"), name)
    made = typer.Typer(add_completion=False, rich_markup_mode=None)
    ends = ENDINGS if name in GATES else None
    made.command(name, help=inspect.getdoc(function), epilog=ends)(_call_of(function))
    command: Any = get_command(made)
    for one in command.params:
        if one.param_type_name == "argument":
            _plain(one)
    return command


def _plain(argument: Any) -> None:
    """Help tells what an argument is by its name and its line: a type of the language is nothing to people."""
    name = (argument.metavar or argument.name.upper()) + ("..." if argument.nargs != 1 else "")

    def no_type(ctx: object) -> None:
        del ctx

    def usage(ctx: object) -> list[str]:
        del ctx
        return [name if argument.required else f"[{name}]"]

    argument.display_type_rich, argument.get_usage_pieces = no_type, usage


def _call_of(function: Callable[..., int]) -> Callable[..., Callable[[], int]]:
    """What typer shall call: it takes the options of a command one by one, and gives the call of that command."""
    hints = get_type_hints(function, include_extras=True)
    objects: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    def call(lang: str | None, **given: Any) -> Callable[[], int]:
        if wrong := choose(lang):
            raise UsageError(wrong)
        for name, kind in objects.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in fields(kind)})
        return partial(function, **given)

    taken: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(function).parameters.items():
        one = [parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)]
        taken += _fields_of(objects[name]) if name in objects else one
    taken.append(inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Lang))
    told: Any = call
    told.__signature__ = inspect.Signature(taken)
    return call


def _fields_of(kind: Any) -> list[inspect.Parameter]:
    """The fields of an object of options, as options."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=hints[one.name])
        for one in fields(kind)
    ]
