"""What doctor --learn keeps and hides, from the marks that facts bear."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, cast

from docs.markdown import code, head, table
from scanner.facts import clear
from scanner.facts.base import WindowsFact
from scanner.plugins import load

TITLE = "What a machine can teach: doctor --learn"
BEFORE = """\
hv-preflight was built without Windows machines at hand; [what nobody has seen on a real one yet](unproven.md) is a list.
If you have a host, a VMM server or a file server to spare for a minute, this settles much of it:

```sh
hv-preflight doctor hv01.corp.example --learn hv01.json                        # a host, with your ticket, over https
hv-preflight doctor vmm01.corp.example --learn vmm01.json --estate estate.toml  # a machine of an estate, as it says
hv-preflight show hv01.json                                                    # look at it, in words
hv-preflight show hv01.json --all                                              # every value that is in it
```

`HOST` is a machine of the estate file (`--estate`, else `./estate.toml`), which says what kind of machine it is and how to
sign in. Without an estate file it is a Hyper-V host, asked with your Kerberos ticket over https on 5986. Exit codes are
[those of doctor](doctor.md); a signal ends it, and then nothing is kept.

## What is asked

* Every query that there is for that kind of machine, built in or of a plugin, whatever checks want it; then those that its
  own answers lead to (who is in its groups, sizes of its disks, rights on its folders), and what checks would ask it
  because of the routes of the estate. All on [the list of what only reads](facts.md#what-may-be-asked-of-windows-at-all);
  `hv-preflight queries` prints them.
* What each CIM class has, by `Get-CimClass`: names and types of properties, no row. Only `doctor --learn` asks that; in a
  [JEA endpoint](least-privilege.md) the command is not visible, and the recording is without it.
* The number of its language, and PowerShell's version.

It goes over the road of a scan: one sign-in a round, in the script way, or as commands where the estate names a session
configuration; the same deadlines; nothing is changed. An answer belongs to the machine that gave it: if
[another one answered](record.md#whose-answers), or it is not known which, nothing is kept.

## What the file keeps

| Kept | As |
| --- | --- |
| the queries | as text; names that answers brought into them are replaced |
| rows, at most 2,000 of a query | as they came, before anything was made of them |
| numbers, true and false, dates | as they came, where the fact has a number or a date |
| errors | id, category, type of the exception, HRESULT, command; no text |
| seconds of each query, and why one was not answered | as they were |
| classes | namespace, name, names and types of properties |
| the kind of machine | build, edition, product type, language, PowerShell; how it was signed in to (`kerberos over https`), not as whom |
| [points](unproven.md) that it settles | holds, does not hold, cannot tell, and why, in our words and numbers |

## What is hidden

**Every text is replaced unless it is known to be nobody's name.** The same name has the same stand-in wherever it stands
in the recording, in capitals where it was written so; stand-ins are numbered as they come and tell nothing.

| What stood there | What stands there |
| --- | --- |
| a word: name of a computer, domain, user, group, virtual machine, network, switch, cloud, folder, file; of a text each word | `name-7`; one of 15 characters or more keeps that length class, since a NetBIOS name is the first 15 |
| an IPv4 address | of 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, then 198.18.0.0/15: one network of 256 for each, the last number stays; loopback, 169.254, masks and 0.0.0.0 stay |
| an IPv6 address | of 2001:db8::/32, one /64 for each; link-local ones stay link-local; `::` and `::1` stay |
| a link-layer address | of 00-00-5E-00-53, or of Hyper-V's own 00-15-5D |
| a SID | the domain is replaced, and the last number if it is 1000 or more; well-known ones stay |
| a GUID | `00000000-0000-4000-8000-000000000012` |
| the first numbers of an address, before `.*` or `.in-addr` | `name-8` |
| hexadecimal digits, 12 or more, together or in pairs with a blank, a colon or a hyphen between: a thumbprint, a serial number, a port name | as many digits, beginning with F |
| bytes: a certificate, settings of WinHTTP | 16 bytes or fewer |
| texts of errors, of an error id that is a sentence each word, the account that signed in, its secrets | nothing |

Signs between words stay (`\\`, `.`, `:`, `=`, quotes ...), and so do numbers of up to five digits, endings of files such as
`.vhdx`, letters of drives, the words of the query itself (keys of the registry, what it filters by), a few words of Windows
that stand in paths (`ProgramData`, `Windows`, `Hyper-V` ...), and what the field of a fact marks as no name:"""
AFTER = """\
A plugin's facts keep no text unless they mark it (`prop(..., clear=r"...")`, [how](write-a-fact.md)).

## Before you send it

1. `hv-preflight show FILE` tells how much is in it, which texts are in clear, and what it settles; `--all` every value.
   The file is JSON, and its owner's alone.
2. Look for names that you would not tell: `grep -i` for your company, your domain, a virtual machine. There should be none.
   If there is one, that is a fault of ours: tell us the fact and the property, and not the name ([SECURITY.md](../SECURITY.md)).
3. What is not hidden: how many virtual machines, disks, networks and groups there are, how they hang together, sizes,
   times, updates, settings. Who knows your network may recognise it. Send it to nobody who should not know that much.
4. Attach it to an issue, or send it by mail to the maintainers; say which Windows it is, and what was special about it.

It can be answered again: `python -m lab.windows replay --recording FILE ...`
([the practice machine](../lab/windows/README.md)), so that what your machine said stays a test.

`show` reads records, too: `hv-preflight show run.hvp --target hv01` tells when and as whom that machine was read, how many
rows each fact has, and why others are missing. A [record](record.md) is not redacted.
"""
SAID = {
    clear.SDDL: "the words of security descriptors: rights, flags, and well-known accounts by their two letters",
    clear.RULE: "the words of rules: actions, directions, protocols, ports, profiles, Windows' own programs",
    clear.RULE_NAME: "names of rules that come with Windows",
    clear.VERSION: "a version",
    clear.RUNS: "states of services",
    clear.STARTS: "how services start",
    clear.GROUPS: "names of groups that come with Windows, in English",
    clear.OF_WMI: "namespace and classes of Hyper-V, names of properties",
    clear.CLUSTERED: "types of resources",
    clear.OF_HYPER_V: "the provider that comes with Hyper-V",
}
"""What patterns mean that are too long to be read."""


def page() -> str:
    """The page."""
    lines = head(TITLE, BEFORE)
    lines += table(("Property", "What of it stays"), _marks())
    return "\n".join([*lines, "", AFTER])


def _marks() -> Iterator[tuple[str, str]]:
    for fact in sorted(load(third_party=False).facts, key=lambda one: one.__name__):
        for one in fields(cast("Any", fact)) if issubclass(fact, WindowsFact) else ():
            if mark := one.metadata.get("clear"):
                yield code(f"{fact.__name__}.{one.metadata['property']}"), SAID.get(mark) or _pattern(mark)


def _pattern(mark: str) -> str:
    whole = next((words for pattern, words in SAID.items() if mark.endswith(pattern)), "")
    return f"words of its settings; {whole}" if whole else code(mark)
