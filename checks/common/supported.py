"""Which configuration versions a destination runs: as it says itself, else by Microsoft's table for its build.

It is made out once for every host; each of its machines asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checks.common.versions import Version, by_build, is_preview, parse, told
from scanner.api import MissingEvidence, View, joined, tell
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
    why = tell("it does not tell them itself")
    try:
        own = view.derived(VMHost, host, _own)
    except MissingEvidence as missing:
        own, why = None, str(missing)
    if isinstance(own, Supported):
        return replace(own, odd=tell("VMHost of {host}: {own}", host=host, own=own.odd)) if own.odd else own
    if own is not None:
        raise MissingEvidence(tell("VMHost of {host}: {own}", host=host, own=own))
    system = view.one(OperatingSystem, host)
    versions = by_build(system)
    if not versions:
        raise MissingEvidence(
            tell(
                "supported versions of {host}: {why}, and build {build} is in no table",
                host=host,
                why=why,
                build=system.build,
            )
        )
    return Supported(
        versions, _one_of(versions), tell("by Microsoft's table for build {build}: {why}", build=system.build, why=why)
    )


def _own(rows: tuple[VMHost, ...]) -> Supported | str | None:
    """What a host tells, or why that is not believed; nothing where it tells none."""
    listed = rows[0].supported_versions if len(rows) == 1 else ()
    if len(listed) > MOST:
        return tell("there are {count} versions, and no host tells more than {most}", count=len(listed), most=MOST)
    parsed = {text: parse(text) for text in listed}
    versions = tuple(sorted({version for version in parsed.values() if version and not is_preview(version)}))
    odd = joined(", ", [text[:20] for text, version in parsed.items() if version is None][:3])
    return (
        Supported(versions, _one_of(versions), odd=tell("{odd} is no version", odd=odd) if odd else "")
        if versions
        else None
    )


def _one_of(versions: tuple[Version, ...]) -> str:
    names = joined(", ", map(told, versions))
    return tell("one of {names}", names=names) if len(versions) > 1 else names
