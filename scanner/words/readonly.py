"""The list of what may be asked of a Windows machine: commands that only read, each with its parameters and values.

A verb is no proof that a command only reads (``Get-Certificate`` enrols, ``Test-Cluster`` disturbs), and a command that
reads can be led astray by a value: to another machine, to a provider that acts, to a class whose listing repairs
software. So the list names commands, the parameters each may take, and what each parameter may hold. It is checked
where a command is made, and again where it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, cast

from scanner.words.harmful import harmless
from scanner.words.patterns import BELOW, DISK, FOLDER, KEY, NAMESPACE, PROXY, QUERY, TARGET

Value = str | int | bool | tuple[str, ...]
"""What a parameter may hold; a tuple reaches the cmdlet as an array, ``True`` as a switch."""
PLAIN_ONLY = "a value is text, a whole number, true, or a tuple of texts"
Rule = Callable[[Value], str]
"""What is wrong with a value, or nothing."""

SELECT, WHERE = "Select-Object", "Where-Object"
PROBE: Literal["Test-Endpoint"] = "Test-Endpoint"
OWN: tuple[Literal["Test-Endpoint"], ...] = (PROBE,)
"""Functions of ours: a session does not know them before their text was sent."""
SHAPES = frozenset({SELECT, WHERE})
"""These shape what comes through the pipeline. A command that reads must be the first: in the pipeline it would take
parameters from the objects (``-Path``, ``-CimSession``), and so from the machine's own data."""
HOLE = "host:port"
"""Stands in a probe's query for what another machine's answer will tell; it has no port, so it reaches nobody."""
FOLDER_HOLE = "X:\\folder"
"""Stands in a query for a folder, until answers tell which."""
DISK_HOLE = "X:\\disk.vhdx"
"""Stands in a query for the files of virtual disks, until a machine's own answers tell which."""
KEY_HOLE = "X:\\key.VaultCredentials"
"""Likewise for a registration key, until the estate tells where it lies."""
LONGEST = 100_000
"""Characters of one value."""


class NotReadOnlyError(ValueError):
    """A command that is not known to only read."""


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def like(pattern: str, otherwise: str, *, most: int = 256) -> Rule:
    """One text or a few, each of which matches as a whole."""
    compiled = re.compile(pattern, re.ASCII | re.IGNORECASE)

    def rule(value: Value) -> str:
        texts = _texts(value)
        good = 0 < len(texts) <= most and all(compiled.fullmatch(text) for text in texts)
        return "" if good else otherwise

    return rule


def between(lowest: int, highest: int) -> Rule:
    """A whole number in these bounds."""
    return lambda value: "" if type(value) is int and lowest <= value <= highest else f"takes {lowest} to {highest}"


def _switch(value: Value) -> str:
    return "" if value is True else "is a switch: True"


def _text(value: Value) -> str:
    return "" if _texts(value) else "takes text"


def _plain(value: Value) -> str:
    return "" if isinstance(value, str | int) else "takes one value"


VMM_SELF = like("localhost", "asks the VMM server itself: localhost", most=1)
"""A name would make the session sign in elsewhere, be it that of the cluster role of a highly available server."""
VMM_LISTS = ("Cloud", "LogicalNetwork", "RunAsAccount", "StorageClassification", "VMHost", "VMHostGroup", "VMNetwork")


READ_ONLY: Mapping[str, Mapping[str, Rule]] = MappingProxyType(
    {
        name: MappingProxyType(rules)
        for name, rules in cast(
            "dict[str, dict[str, Rule]]",
            {
                "Get-Acl": {"LiteralPath": like(FOLDER, "takes folders and files on the machine's own drives")},
                "Get-CimClass": {  # what a class has, and nothing of what there is of it
                    "ClassName": like(
                        r"(Win32|Msvm|MSFT|MSCluster|RSOP|CIM)_\w+", "takes the name of one class, no wildcard", most=1
                    ),
                    "Namespace": like(NAMESPACE, "is no namespace of this machine that is known to only read", most=1),
                },
                "Get-CimInstance": {
                    "ClassName": harmless,
                    "Namespace": like(NAMESPACE, "is no namespace of this machine that is known to only read", most=1),
                    "Filter": _text,
                    "Property": like(r"\w+", "takes names of properties"),
                    "Query": like(
                        QUERY, "takes no query but those of local groups, who is in one, and one file", most=1
                    ),
                },
                "Get-Item": {"LiteralPath": like(DISK, "takes files of virtual disks on the machine's own drives")},
                "Get-ItemProperty": {
                    "LiteralPath": like(
                        KEY,
                        r"takes Registry::HKEY_LOCAL_MACHINE\ with SOFTWARE, SYSTEM, Cluster or HARDWARE\DESCRIPTION",
                    ),
                    "Path": like(BELOW, r"takes all keys below one of those that LiteralPath takes: key\*, key\*\name"),
                },
                "Get-Module": {"ListAvailable": _switch, "Name": like(r"[\w.-]+", "takes names of modules, no path")},
                **{f"Get-SC{of}": {"VMMServer": VMM_SELF} for of in VMM_LISTS},
                "Get-SCVMMServer": {"ComputerName": VMM_SELF},
                "Get-SCVirtualMachine": {"VMMServer": VMM_SELF, "All": _switch},
                "Get-SCVirtualNetworkAdapter": {"VMMServer": VMM_SELF, "All": _switch},
                "Get-SmbClientConfiguration": {},
                "Get-SmbClientNetworkInterface": {},
                "Get-SmbServerConfiguration": {},
                "Get-VM": {},
                "Get-VMHost": {},
                "Get-VMNetworkAdapter": {"ManagementOS": _switch},
                "Get-VMReplicationServer": {},
                "Test-ComputerSecureChannel": {},  # no parameter: -Repair changes, -Server leads elsewhere
                PROBE: {
                    "Target": like(f"{TARGET}|{HOLE}", "takes [source>]host:port[/tls][/date], 256 at most"),
                    "Proxy": like(PROXY, "takes host:port", most=1),
                    "TimeoutMilliseconds": between(100, 30_000),
                    "TotalMilliseconds": between(100, 120_000),
                },
                SELECT: {"Property": _text, "ExcludeProperty": _text, "ExpandProperty": _text},
                WHERE: {"Property": _text, "EQ": _switch, "Value": _plain},
            },
        ).items()
    }
)
"""Cmdlets that read, each with the parameters, and their values, that keep it so."""


def checked(name: object, parameters: object) -> tuple[str, dict[str, Value]]:
    """A copy of a command that was looked at as a whole: what is checked is what may be sent.

    Types are taken exactly: a class derived from ``str`` could say one thing here and another there.

    Raises:
        NotReadOnlyError: the command, a parameter or a value is not on the list.
    """
    rules = READ_ONLY.get(name) if type(name) is str else None
    if type(name) is not str or rules is None:
        raise NotReadOnlyError(f"{_shown(name)} is not on the list of commands that only read")
    copy = dict(cast("Mapping[str, Value]", parameters))
    for parameter, value in copy.items():
        if type(parameter) is not str or parameter not in rules:
            raise NotReadOnlyError(f"{name} -{_shown(parameter)} is not on the list of parameters that only read")
        wrong = _wrong(rules[parameter], value) if _is_plain(value) else PLAIN_ONLY
        if wrong:
            raise NotReadOnlyError(f"{name} -{parameter} {_shown(value)}: {wrong}")
    return name, copy


def _is_plain(value: object) -> bool:
    kind = type(value)
    if kind is tuple:
        return set(map(type, cast("tuple[object, ...]", value))) <= {str}
    return kind is str or kind is int or kind is bool


@lru_cache(maxsize=1024, typed=True)  # the same few questions go to every machine
def _wrong(rule: Rule, value: Value) -> str:
    together = "".join(_texts(value))
    if not together.isprintable() or len(together) > LONGEST:
        return "takes printable text"
    return rule(value)


def _shown(value: object) -> str:
    text = ascii(value) if type(value) in (str, int, bool, tuple) else f"a {type(value).__name__}"
    return text[1:-1][:120] if type(value) is str else text[:120]
