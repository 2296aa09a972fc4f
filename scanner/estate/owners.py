"""Who else may write what this program would run, or take for a secret: by POSIX here, on Windows ``access_lists``.

Whoever can write an estate can name a password command, and the program runs it; whoever can write the folder can
put another estate there. So commands and files are taken only from an estate that nobody but root and the account
that runs can change, and the same is asked of the file and of the program that it names. Each is looked at before it
is opened: what nobody else could change then, nobody else can replace afterwards. With the environment, the keyring
and a prompt nothing is run, and nothing read that the other account could not.
"""

from __future__ import annotations

import errno
import logging
import os
import shlex
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from scanner.estate import access_lists
from scanner.estate.file import MACHINE_TABLES, EstateFile, SecretTable
from scanner.estate.mistakes import Mistake
from scanner.estate.signins import path_in, program
from scanner.files.reading import folder_of
from scanner.words.system import WINDOWS

log = logging.getLogger(__name__)
LINKS = 40
"""A path of more links leads nowhere."""
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
OTHERS_READ = stat.S_IRGRP | stat.S_IROTH
ACCESS_LIST = "system.posix_acl_access"
"""The attribute that holds it (Linux); a file without it has what its mode says."""
INSTEAD = 'or take the secret from { env = "..." }'


def mistakes_of_owners(file: EstateFile, path: Path, estate: str) -> Iterator[Mistake]:
    """What the estate at ``path`` may not name, or what it names may not be, since others could have changed it.

    Args:
        file: what was read.
        path: where.
        estate: what ``changeable`` said of the path before it was opened.
    """
    for key, kind, named in _named(file, folder_of(path)):
        if estate:
            yield Mistake(key, f"a {kind} is not taken from an estate that others may change: {estate}; {INSTEAD}")
            continue
        place = _program(named) if kind == "command" else Path(named)
        others = changeable(place) if place else ""
        if others:
            yield Mistake(key, f"the {kind} it names is not taken, since others may change it: {others}; {INSTEAD}")
        elif kind == "file" and place and (who := _readers(place)):
            less = "icacls shows its list" if WINDOWS else "chmod go= on it"
            log.warning("%s: the file it names may be read by others (%s); %s", key, who, less)


def changeable(path: Path, beyond: Path | None = None) -> str:
    """Why others may change what is found at the path: owners and modes, or lists, of all that lies on the way to it.

    Empty if nobody but root and this account may; with ``beyond``, if no more may than change what is found there. A
    folder with the sticky bit lets nobody replace what is another's, but anybody put there what is not there yet.
    """
    reasons = access_lists.reasons if WINDOWS else _reasons
    known = {*(reasons(beyond) if beyond else ())}
    return "; ".join(dict.fromkeys(why for why in reasons(path) if why not in known))


def _reasons(path: Path) -> Iterator[str]:
    open_to_all = False
    for place in steps(path):
        try:
            found = place.lstat()
        except OSError:  # what is not there is told by whoever needs it
            if open_to_all:
                yield f"it is not there, and anybody may put it into {place.parent}"
            return
        if found.st_uid not in (0, os.geteuid()):
            yield f"{place} belongs to {_account(found.st_uid)}; chown it"
        others, folder = _others_write(place, found), stat.S_ISDIR(found.st_mode)
        sticky = folder and found.st_mode & stat.S_ISVTX
        no_mode = stat.S_ISLNK(found.st_mode) or stat.S_ISCHR(found.st_mode)  # what one writes there, nobody reads
        if others and not sticky and not no_mode:
            yield f"{place} has mode {stat.S_IMODE(found.st_mode):04o}; chmod go-w {shlex.quote(str(place))}"
        open_to_all = others if folder else open_to_all


def _others_write(place: Path, found: os.stat_result) -> bool:
    """Whether another account may; with an access list the group's bits are the most that those named in it may."""
    group = found.st_mode & stat.S_IWGRP
    own = group and _is_the_owners_own(found.st_gid, found.st_uid) and not _has_access_list(place)
    return bool((group and not own) or found.st_mode & stat.S_IWOTH)


def _is_the_owners_own(group: int, owner: int) -> bool:
    """Whether a group is the one that a system gives each account of its own, and holds nobody else.

    Root's is none: accounts are put into it to write what is root's. A directory's that are not listed are not seen.
    """
    import grp
    import pwd

    try:
        account, its = pwd.getpwuid(owner), grp.getgrgid(group)
    except KeyError:
        return False
    if group == 0 or (its.gr_name, its.gr_gid) != (account.pw_name, account.pw_gid):
        return False
    members = {name for known in (its, *grp.getgrall()) if known.gr_gid == group for name in known.gr_mem}
    return members <= {account.pw_name} and not any(
        other.pw_gid == group and other.pw_uid != owner for other in pwd.getpwall()
    )


def _has_access_list(place: Path) -> bool:
    """Whether more than the mode says who may write there, or that cannot be told."""
    try:
        os.getxattr(place, ACCESS_LIST, follow_symlinks=False)
    except (OSError, AttributeError) as error:  # AttributeError: this system has no such call
        return getattr(error, "errno", None) != errno.ENODATA
    return True


def destination(path: Path) -> Path:
    """Where a name to write to leads; along no link, and to no file, that another account put where all may (POSIX).

    So one account has another overwrite its file; what we follow ourselves, ``fs.protected_symlinks`` does not stop.

    Raises:
        OSError: it does.
    """
    for place in () if WINDOWS else steps(path):
        try:
            found, folder = place.lstat(), place.parent.lstat()
        except OSError:  # nothing is there yet
            break
        trap = stat.S_ISLNK(found.st_mode) or (stat.S_ISREG(found.st_mode) and folder.st_mode & stat.S_ISVTX)
        if trap and folder.st_mode & OTHERS_WRITE and found.st_uid not in (0, os.geteuid(), folder.st_uid):
            why = f"{place} was put there by {_account(found.st_uid)}, in a folder that others may write into"
            raise OSError(errno.EPERM, why)
    return Path(os.path.realpath(path))


def steps(path: Path) -> Iterator[Path]:
    """Every folder, link and file on the way to what the path names; ``..`` behind a link is where the link leads."""
    here, links = Path("/"), 0
    parts = list(reversed((Path.cwd() / path).parts[1:]))
    yield here
    while parts:
        part = parts.pop()
        here = here.parent if part == ".." else here / part
        yield here
        if here.is_symlink() and links < LINKS:
            links += 1
            target = here.readlink()
            parts += reversed(target.parts[1:] if target.is_absolute() else target.parts)
            here = Path("/") if target.is_absolute() else here.parent


def _named(file: EstateFile, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Key, kind and name of every command that would be run and every file that would be read as a secret."""
    tables: list[tuple[str, Any]] = [("sign_in", file.sign_in), ("directory", file.directory)]
    for kind in ("group", *MACHINE_TABLES):
        for place, table in enumerate(getattr(file, kind), 1):
            tables.append((f"{kind}[{place}].sign_in", table.sign_in))
    for key, table in tables:
        for word in ("password", "key_password"):
            source: SecretTable | None = getattr(table, word, None)
            if source is not None and source.command:
                yield f"{key}.{word}", "command", program(source.command[0], folder)
            elif source is not None and source.file:
                yield f"{key}.{word}", "file", path_in(source.file, folder)
        if getattr(table, "certificate_key", ""):
            yield f"{key}.certificate_key", "file", path_in(table.certificate_key, folder)


def _program(name: str) -> Path | None:
    found = name if Path(name).name != name else shutil.which(name)
    return Path(found) if found else None


def _readers(path: Path) -> str:
    if WINDOWS:
        return ", ".join(access_lists.readers(path))
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        return f"mode {mode:04o}" if mode & OTHERS_READ else ""
    return ""


def _account(number: int) -> str:
    import pwd

    try:
        return f"{pwd.getpwuid(number).pw_name} ({number})"
    except KeyError:
        return f"account {number}"
