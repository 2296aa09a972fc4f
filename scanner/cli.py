"""The command line: takes the signals and the streams, runs one command, and says how it ended.

Nothing is imported here before it is needed, for ``--help`` needs little of it.
"""

from __future__ import annotations

import sys

from scanner.commands import COMMANDS, GATES
from scanner.words.exits import INTERNAL, INTERRUPTED, USAGE


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
    from scanner.words.telling import tell as phrase

    code = _guarded(arguments) if COMMANDS.keys() & set(arguments) else _told(arguments)
    unsaid = lost()
    for name, why in unsaid.items():
        tell(phrase("{name} cannot be written: {why}", name=name, why=why))
    return INTERNAL if code == 0 and OUT in unsaid and not set(GATES).intersection(arguments[:1]) else code


def _guarded(arguments: list[str]) -> int:
    """Run what loads a command, and survive whatever it meets."""
    from scanner.commands.console import tell
    from scanner.commands.logs import guard
    from scanner.estate.mistakes import EstateError
    from scanner.estate.secret import SecretError
    from scanner.guard import last_resort
    from scanner.plugins import PluginError

    guard()
    return last_resort(lambda: _told(arguments, EstateError, PluginError, SecretError), tell)


def _told(arguments: list[str], *mistakes: type[Exception]) -> int:
    """Run it; ``mistakes`` are those of whoever called it, whose texts say what would be right."""
    from scanner.commands.console import UsageError, tell
    from scanner.commands.lazy import parse
    from scanner.words.telling import tell as phrase

    try:
        found = parse(arguments)
        return found() if callable(found) else found
    except (UsageError, *mistakes) as error:
        tell(f"{error}\nexit {USAGE}")
        return USAGE
    except KeyboardInterrupt:
        tell(phrase("interrupted"))
        return INTERRUPTED
    except SystemExit as left:  # only a plugin leaves this way, and a gate must not take its word for "ready"
        tell(phrase("something in a plugin ended the program (exit {code}); nothing was decided", code=left.code))
        return INTERNAL
