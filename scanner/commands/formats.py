"""The formats that are asked for, before anything is read."""

from __future__ import annotations

from dataclasses import replace

from scanner import plugins
from scanner.commands.console import UsageError
from scanner.commands.files import NEW
from scanner.commands.outputs import Outputs
from scanner.commands.site_files import SiteFolder
from scanner.words.telling import joined, tell


def known(outputs: Outputs, offer: plugins.Offer) -> None:
    """Make sure that every format asked for is offered.

    Raises:
        UsageError: one is not, or cannot be put into the folder that is named for it.
    """
    reporters = {reporter.name: reporter for reporter in offer.reporters}
    for name, path in outputs.paths:
        if name not in reporters:
            raise UsageError(
                tell(
                    'there is no report format "{name}"; there are {reporters}',
                    name=name,
                    reporters=joined(", ", reporters),
                )
            )
        if path in outputs.folders:
            raise UsageError(tell("{path} is named twice; every report needs a folder of its own", path=path))
        if path in outputs.dirs:
            if reporters[name].folder is None:
                raise UsageError(tell("{path} is a folder; name a file", path=path))
            outputs.folders[path] = SiteFolder.of_report(path, NEW if outputs.mode is None else outputs.mode)


def practised(outputs: Outputs) -> plugins.Offer:
    """What the practice estate is judged by: our checks alone, whose facts its record holds; formats of packages, too.

    Packages are loaded only where a format is asked for that is none of ours.

    Raises:
        PluginError: one of them cannot be used.
        UsageError: as of ``known``.
    """
    offer = plugins.load(third_party=False)
    if not {name for name, _ in outputs.paths} <= {reporter.name for reporter in offer.reporters}:
        every = plugins.load()
        offer = replace(offer, reporters=every.reporters, plugins=every.plugins)
    known(outputs, offer)
    return offer
