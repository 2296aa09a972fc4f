"""Which configuration versions a destination runs: as it says itself, else by Microsoft's table for its build.

It is made out once for every host; each of its machines asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.versions import Version, by_build, is_preview, parse, told
from scanner.api import Everything, Gap, MissingEvidence, View, counted
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost

MOST = 32
"""versions that a host tells of; Microsoft's table has fifteen in all. They stand in a finding of every machine."""


@dataclass(frozen=True, slots=True)
class Supported:
    """The versions, never none and none of a preview, oldest first, and where they come from."""

    versions: tuple[Version, ...]
    text: str
    """what would be right"""
    note: str = ""
    """how the versions are known, when not from the host itself"""
    odd: str = ""
    """what of the host's own list could not be read; empty when all could"""


def supported(view: View, host: str) -> Supported:
    """The versions of a host. The check must declare ``VMHost`` and ``OperatingSystem``.

    Raises:
        MissingEvidence: the host tells no list, and its build is not known or in no table; or too long a list.
    """
    found = view.across((VMHost, OperatingSystem), everywhere).get(host)
    view.ask(VMHost, host)
    if isinstance(found, Supported) and not found.note:
        return found
    system = view.ask(OperatingSystem, host)
    if isinstance(found, Supported):
        return found
    raise MissingEvidence(found or str(system))


def everywhere(everything: Everything) -> dict[str, Supported | str]:
    """The versions of every host that answered anything of it, or why they are not known."""
    hosts = dict.fromkeys((*everything.targets(VMHost), *everything.targets(OperatingSystem)))
    return {host: _of(everything, host) for host in hosts}


def _of(everything: Everything, host: str) -> Supported | str:
    rows = everything.ask(VMHost, host)
    try:
        own = rows[0].supported_versions if not isinstance(rows, Gap) and len(rows) == 1 else ()
    except MissingEvidence as missing:  # a record of a version that did not read it
        return str(missing)
    if len(own) > MOST:
        return f"VMHost of {host}: there are {len(own)} versions, and no host tells more than {MOST}"
    parsed = {text: parse(text) for text in own}
    versions = tuple(sorted({version for version in parsed.values() if version and not is_preview(version)}))
    if versions:
        odd = ", ".join([text[:20] for text, version in parsed.items() if version is None][:3])
        return Supported(versions, _one_of(versions), odd=f"VMHost of {host}: {odd} is no version" if odd else "")
    return _by_table(everything, host, str(rows) if isinstance(rows, Gap) else "it does not tell them itself")


def _by_table(everything: Everything, host: str, why: str) -> Supported | str:
    systems = everything.ask(OperatingSystem, host)
    if isinstance(systems, Gap):
        return str(systems)
    if len(systems) != 1:
        return f"OperatingSystem of {host}: {counted(len(systems), 'row')} where one was expected"
    if versions := by_build(systems[0]):
        note = f"by Microsoft's table for build {systems[0].build}: {why}"
        return Supported(versions, _one_of(versions), note)
    return f"supported versions of {host}: {why}, and build {systems[0].build} is in no table"


def _one_of(versions: tuple[Version, ...]) -> str:
    names = ", ".join(map(told, versions))
    return f"one of {names}" if len(versions) > 1 else names
