"""The commands of one role as one PowerShell script for a person to look at: what reports print, and no more. Pure.

Every text of a target stands in a comment on one line, in ASCII, behind a word of ours, so that nothing in it ends the
comment or is taken for a mark that PowerShell looks for in comments (``#Requires``, a signature). Commands are those of
findings, whose values stand between quotes; a letter that is not ASCII is written as ``[char]``, since Windows
PowerShell reads a script without a mark in the machine's own code page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from scanner.words.inert import inert
from scanner.words.model import Status
from scanner.words.quoting import QUOTES, quote, unquoted
from scanner.words.report import Finding
from scanner.words.wording import counted, is_sentence, sayable

STEP = re.compile(r"^.+(?:(?<=`)\n.+)*", re.MULTILINE)
"""One command of a remedy, with the lines it goes on for."""
LITERAL = re.compile(rf"'(?:[^{QUOTES}]|[{QUOTES}]{{2}})*'")
NAME = re.compile(r"(?:(?<=^)|(?<=[|({;]))\s*([A-Za-z][\w.-]*)|(?<![\w$-])([A-Z][a-z]+-[A-Z]\w+)")
MOST = 20
"""findings of one command that are told"""
LOOKS = ("Get-", "Where-", "Select-", "Measure-")
TOLD = frozenset(
    [
        "Add-Computer",
        "Add-LocalGroupMember",
        "Add-VMMigrationNetwork",
        "Enable-ADAccount",
        "Enable-VMMigration",
        "New-Item",
        "New-VMReplicationAuthorizationEntry",
        "Remove-VMMigrationNetwork",
        "Restart-Service",
        "Resume-VMReplication",
        "Set-ADAccountControl",
        "Set-ADComputer",
        "Set-Service",
        "Set-VMDvdDrive",
        "Set-VMHost",
        "Set-VMMigrationNetwork",
        "Set-VMProcessor",
        "Set-VMReplicationServer",
        "Start-Service",
        "Update-VMVersion",
    ]
)
"""What takes ``$WhatIfPreference`` of a script for its own: compiled cmdlets that know -WhatIf"""
UNTOLD = frozenset(
    [
        "Enable-NetFirewallRule",
        "Grant-SmbShareAccess",
        "Install-WindowsFeature",
        "Invoke-Command",
        "New-NetFirewallRule",
        "Set-SCCloud",
        "Set-SmbClientConfiguration",
        "Set-SmbServerConfiguration",
        "Start-ClusterResource",
        "gpupdate",
        "icacls",
        "klist",
        "netdom",
        "repadmin",
        "setspn",
        "w32tm",
    ]
)
"""What does not: programs, what runs elsewhere, and functions of modules, which a script's preference does not reach"""
HEAD = """\
# Commands of hv-preflight for: {who}
# Record of {read} UTC, judged as of {at} UTC.
# Read it first: hv-preflight has never run it, and never does. It stops at the first error.
# {many}, {commands}. With -WhatIf nothing is changed: what knows it tells what it would do,
# and what does not know it ({unknowing}) is not run.
[CmdletBinding()]
param([switch]$WhatIf)
$ErrorActionPreference = 'Stop'
$WhatIfPreference = [bool]$WhatIf
"""


def commands_of(remedy: str) -> tuple[str, ...]:
    """The commands of a remedy, in their order; what is for a person to do is none."""
    return tuple(step for step in STEP.findall(remedy) if not is_sentence(step) and not step.startswith("#"))


def script(who: str, findings: Iterable[Finding], read: datetime, at: datetime) -> str:
    """The script of these findings of one role, causes first."""
    found = _merged(findings)
    names = sorted({name for command in found for name in _unknowing(command)})
    head = HEAD.format(
        who=who, read=_minute(read), at=_minute(at),
        many=counted(len({id(f) for each in found.values() for f in each}), "finding"),
        commands=counted(len(found), "command"), unknowing=", ".join(names) or "none of these",
    )  # fmt: skip
    parts = [_part(number, command, each) for number, (command, each) in enumerate(found.items(), start=1)]
    return "\n".join((head, *parts))


def _merged(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Every command once, where it comes first, with all its findings."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: bool(finding.follows_from)):
        for command in commands_of(finding.remedy):
            found.setdefault(command, []).append(finding)
    return found


def _part(number: int, command: str, findings: Sequence[Finding]) -> str:
    lines = [f"# ---- {number}", *(line for finding in findings[:MOST] for line in _comment(finding))]
    if len(findings) > MOST:
        lines.append(f"# and {counted(len(findings) - MOST, 'more finding')}")
    plain = LITERAL.sub(_ascii, command)
    unknowing = _unknowing(command)
    if not plain.isascii() or not plain.replace("\n", "").isprintable() or not _known(command):
        lines += ["# look: not a command that hv-preflight prints, so it is left out", f"# text: {_safe(command)}"]
    elif unknowing:
        told = quote(f"command {number} is not run: {', '.join(unknowing)} does not know -WhatIf")
        lines += ["if ($WhatIf) {", f"    Write-Host {told}", "} else {", plain, "}"]
    else:
        lines.append(plain)
    return "\n".join((*lines, ""))


def _comment(finding: Finding) -> Iterator[str]:
    kind = f" ({finding.profile})" if finding.profile else ""
    yield f"# {finding.status} {_safe(finding.check)} {_safe(finding.subject.title)}{kind}: {_safe(finding.headline)}"
    if finding.seen:
        yield f"# seen: {_safe(finding.seen)}"
    if finding.status is Status.WARN:
        yield f"# the move works: {_safe(finding.works)}"
    for step in STEP.findall(finding.remedy):
        if is_sentence(step):
            yield f"# to do by hand: {_safe(step)}"


def _safe(text: str, limit: int = 400) -> str:
    """The text on one line, in ASCII, with nothing in it that acts."""
    line = " ".join(text[: limit + 1].split())
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)
    return sayable(inert(shown if len(text) <= limit else f"{shown} ..."), "ascii")


def _names(command: str) -> list[str]:
    bare = LITERAL.sub("''", command).partition(" #")[0]
    return [first or other for first, other in NAME.findall(bare)]


def _known(command: str) -> bool:
    names = _names(command)
    return bool(names) and all(name in TOLD | UNTOLD or name.startswith(LOOKS) for name in names)


def _unknowing(command: str) -> list[str]:
    """What of a command a script's -WhatIf does not reach; a block may run elsewhere, where it does not, either."""
    names = [name for name in dict.fromkeys(_names(command)) if name not in TOLD and not name.startswith(LOOKS)]
    return names or (["a block"] if "{" in LITERAL.sub("", command).replace("@{", "") else [])


def _ascii(literal: re.Match[str]) -> str:
    """A literal whose letters are all ASCII, as it is; another one with the others as ``[char]``."""
    if literal[0].isascii():
        return literal[0]
    parts = re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]", unquoted(literal[0]))
    return "('' + " + " + ".join(quote(part) if part.isascii() else _char(part) for part in parts) + ")"


def _char(sign: str) -> str:
    code = ord(sign)
    return f"[char]{code}" if code < 0x10000 else f"[char]::ConvertFromUtf32({code})"


def _minute(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}"
