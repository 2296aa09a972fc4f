"""init, estate, schema: write an estate file, check one, describe its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from scanner.commands import options
from scanner.commands.console import UsageError, say, say_json, tell
from scanner.commands.meaning import ALL, WAIVERS, line, meaning
from scanner.commands.waivers import with_waivers
from scanner.estate import naming, template, vmm_template
from scanner.estate.access import Access
from scanner.estate.file import EstateFile
from scanner.estate.read import Declared, read
from scanner.estate.writing import TomlError
from scanner.judge.amount import amount_of
from scanner.words.estate import Estate
from scanner.words.exits import INCOMPLETE, READY
from scanner.words.names import each_once, host_name, valid_host_name
from scanner.words.source import unverified_words
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted

TOLD = 5
"""Names that are none are told up to so many."""


def init(
    domain: Annotated[
        list[str] | None,
        typer.Option("--domain", metavar="DOMAIN", help="Ask this domain which computers are Hyper-V hosts."),
    ] = None,
    vmm: Annotated[
        str | None,
        typer.Option("--vmm", metavar="HOST", help="Ask this VMM server for its clouds, their hosts and its networks."),
    ] = None,
    estate: Annotated[
        Path | None,
        typer.Option(
            "--access", metavar="FILE", help="An estate file whose [sign_in], [directory] and [names] tell how to ask."
        ),
    ] = None,
) -> int:
    """Write a commented estate file to standard output."""
    if vmm is not None:
        if domain:
            raise UsageError("--vmm and --domain: give one of them, for a file of its own")
        return _of_vmm(vmm, estate)
    if not domain:
        say(template.text().rstrip("\n"))
        return READY
    for name in domain:
        if not valid_host_name(name):
            raise UsageError(f"--domain: {name[:80]!a} is no domain's name; write it as in --domain corp.example")
    declared = read(estate) if estate else Declared(Estate(), Access())
    from scanner.commands.setup import make_ready_for  # the libraries below take a while to load

    make_ready_for(declared.access, domain)
    try:
        found = {name: good for name, hosts in _groups(domain, declared) if (good := _named(name, hosts))}
    except _NotReadError as error:
        return _nothing(str(error))
    hosts = sum(len(names) for names in found.values())
    if not hosts:
        return _nothing(
            phrase("no computer of {domain} has registered the Hyper-V migration service", domain=joined(", ", domain))
        )
    say(template.text(found, tuple(found), naming.of_domains(found)).rstrip("\n"))
    if declared.access.directory.unverified:
        tell(unverified_words(sorted(found)))
    tell(
        phrase(
            "found {hosts} in {found}; check the routes, then: hv-preflight scan estate.toml",
            hosts=counted(hosts, "host"),
            found=joined(", ", found),
        )
    )
    return READY


def _of_vmm(named: str, access: Path | None) -> int:
    """Write the estate of a VMM server, which is asked once."""
    from scanner.commands import vmm_estate

    server = valid_host_name(named)
    if not server:
        raise UsageError(f"--vmm: {named[:80]!a} is no host name; write it as in --vmm vmm01.corp.example")
    declared = read(access) if access else Declared(Estate(), Access())
    try:
        told = vmm_estate.told(vmm_estate.asked(server, declared), server)
        text = vmm_template.text(told)
    except (vmm_estate.NotToldError, TomlError) as error:
        return _nothing(str(error))
    say(text.rstrip("\n"))
    if declared.access.sign_in(server).unverified:
        tell(unverified_words([server]))
    hosts = sum(map(len, told.groups.values()))
    tell(
        phrase(
            "found {hosts} in {clouds}; look at the proposal in the file",
            hosts=counted(hosts, "host"),
            clouds=counted(len(told.groups), "cloud"),
        )
    )
    return READY


class _NotReadError(Exception):
    """A domain that was named cannot be read; the text says why."""


def _nothing(why: str) -> int:
    """Say why there is no estate file: the call was right, and what it asks for is not known."""
    tell(phrase("{why}\nexit {incomplete}", why=why, incomplete=INCOMPLETE))
    return INCOMPLETE


def _groups(domains: list[str], declared: Declared) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Hosts by domain, as the directory names them: those asked for, and those they trust, where they may be asked."""
    from scanner.collect.directory.search import DirectoryError, hyperv_computers, trusted_domains

    seen: set[str] = set()
    access, named = declared.access, each_once((*domains, *declared.estate.declared_domains))
    for name in domains:
        try:
            around = (host_name(name), *_trusted(name, trusted_domains(name, access), access, named))
        except DirectoryError as error:
            raise _NotReadError(f"{name} cannot be read: {error}") from None
        for inner in around:
            if inner in seen:
                continue
            seen.add(inner)
            try:
                hosts = tuple(hyperv_computers(inner, access))
            except DirectoryError as error:
                if inner == host_name(name):
                    raise _NotReadError(f"{name} cannot be read: {error}") from None
                tell(
                    phrase(
                        "{inner}, which {name} trusts, cannot be read and is left out: {error}",
                        inner=inner,
                        name=name,
                        error=error,
                    )
                )
                continue
            if hosts:
                yield inner, hosts


def _named(domain: str, names: Iterable[str]) -> tuple[str, ...]:
    """The host names among what the directory calls its computers; the rest is left out, with a word."""
    bad = [name for name in names if not valid_host_name(name)]
    for name in bad[:TOLD]:
        tell(
            phrase(
                "{domain}: a computer is called {name}, which is no host name: left out",
                domain=domain,
                name=ascii(name[:80]),
            )
        )
    if bad[TOLD:]:
        tell(
            phrase(
                "{domain}: {computers} without a host name: left out",
                domain=domain,
                computers=counted(len(bad) - TOLD, "more computer"),
            )
        )
    return tuple(dict.fromkeys(filter(None, map(valid_host_name, names))))


def _trusted(domain: str, partners: Iterable[str], access: Access, named: Iterable[str]) -> Iterator[str]:
    """The trusted domains that may be asked, too: a password goes to no domain but those that a person named."""
    for partner in partners:
        name = valid_host_name(partner)
        if not name:
            tell(
                phrase(
                    "{domain} trusts {partner}, which is no domain's name: left out",
                    domain=domain,
                    partner=ascii(partner[:80]),
                )
            )
        elif not access.directory.follows_trusts and name not in named:
            tell(
                phrase(
                    "{name}, which {domain} trusts, is left out: a password goes to domains you name (--domain {name})",
                    name=name,
                    domain=domain,
                )
            )
        else:
            yield name


def estate(file: options.EstatePath = options.ESTATE, *, plugins: options.Plugins) -> int:
    """Check an estate file, and the waivers that are taken with it, and show what it means."""
    offer = plugins.load()
    declared, waivers = with_waivers(file, offer)
    for told in meaning(declared):
        say(told)
    if waivers.file:
        say(line(WAIVERS, phrase("{count:,} of {file}", count=len(waivers.entries), file=waivers.file)))
    say(line(ALL, str(amount_of(offer.checks, declared.estate))))
    return READY


def schema() -> int:
    """Print the JSON Schema of the estate file, so that editors complete it."""
    form = msgspec.json.schema(EstateFile)
    say_json({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "estate.toml", **form})
    return READY
