"""Whether what a person asks a run for is offered."""

from __future__ import annotations

from scanner import plugins
from scanner.commands.console import UsageError
from scanner.commands.outputs import Outputs


def known(outputs: Outputs, offer: plugins.Offer) -> None:
    """Make sure that every format asked for is offered.

    Raises:
        UsageError: one is not.
    """
    names = [reporter.name for reporter in offer.reporters]
    for name, _ in outputs.paths:
        if name not in names:
            raise UsageError(f'there is no report format "{name}"; there are {", ".join(names)}')
