"""First copies that are carried by hand: where they lie on their way, and whose accounts must get there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import Mistake
from scanner.estate.operators import wrong_account
from scanner.estate.routes import Hosts
from scanner.estate.tables import OfflineTable
from scanner.facts.share import is_folder, share_in
from scanner.words.names import host_name, short, valid_host_name
from scanner.words.offline import Offline, OfflinePath
from scanner.words.wording import show

SHARE = r"write a share as in '\\fs01.corp.example\export'"
Way = tuple[str, str, str]
"""A key, its path, and the machine that is named beside it."""


def offline(table: OfflineTable) -> Offline:
    """The plan as checks see it."""
    paths = {key: _path(path, machine) for key, path, machine in _ways(table)}
    return Offline(
        export=paths["export"],
        import_=paths["import"],
        service_accounts=_each_once(_service_accounts(table)),
        run_as=_each_once(table.run_as),
    )


def mistakes_of_offline(file: EstateFile, hosts: Hosts) -> Iterator[Mistake]:
    """What is wrong with the paths and the accounts."""
    table, machines = file.offline, {short(host) for host in (*hosts.names, *hosts.vmm, *hosts.file_servers)}
    for key, path, machine in _ways(table):
        if wrong := _wrong(path.strip(), machine, hosts):
            yield Mistake(f"offline.{key}", wrong)
    if bool(table.export) != bool(table.import_):
        lacking, there = ("import", "export") if table.export else ("export", "import")
        if not (table.import_on if table.export else table.export_on):  # else that is told already
            yield Mistake(f"offline.{lacking}", f"it is missing, and {there} is there: a copy is put and fetched")
    one = isinstance(table.service_account, str)
    for place, text in enumerate(_service_accounts(table), 1):
        if why := wrong_account(text.strip(), machines, managed=True):
            yield Mistake(f"offline.service_account{'' if one else f'[{place}]'}", f"{show(text)} {why}")
    for place, text in enumerate(table.run_as, 1):
        if why := wrong_account(text.strip(), machines):
            yield Mistake(f"offline.run_as[{place}]", f"{show(text)} {why}")
    accounts = "service_account" if _service_accounts(table) else "run_as" if table.run_as else ""
    if accounts and not (table.export or table.import_):
        yield Mistake(f"offline.{accounts}", "is for export and import, and neither is there")


def _ways(table: OfflineTable) -> tuple[Way, Way]:
    return ("export", table.export, table.export_on), ("import", table.import_, table.import_on)


def _path(path: str, machine: str) -> OfflinePath | None:
    text = path.strip()
    plain = text.rstrip("\\") if len(text) > len("C:\\") else text
    return OfflinePath(plain, host_name(machine) if machine else "") if plain else None


def _wrong(path: str, machine: str, hosts: Hosts) -> str:
    """What is wrong with a path, empty if it may be one."""
    if not path:
        return f"it is missing, and {show(machine)} is named beside it" if machine else ""
    share = share_in(path)
    if share is not None and machine:
        return f"{show(path)} is a share, which names its server itself: leave {show(machine)} out"
    if share is not None:
        return "" if valid_host_name(share.server) else f"{show(share.server)} is no name of a server; {SHARE}"
    if not is_folder(path.rstrip("\\") if len(path) > len("C:\\") else path):
        return f"{show(path)} is neither a share nor a folder on a drive; {SHARE}"
    if not machine:
        return f"{show(path)} is a folder, and of which machine is not told; {SHARE}, or name the machine beside it"
    known = (*hosts.names, *hosts.vmm, *hosts.file_servers)
    return (
        "" if host_name(machine) in known else f"{show(machine)} is no machine of the file: name it as [[file_server]]"
    )


def _service_accounts(table: OfflineTable) -> list[str]:
    account = table.service_account
    return [account] if isinstance(account, str) else account


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.strip().casefold(): name.strip() for name in reversed([*names])}.values())[::-1]
