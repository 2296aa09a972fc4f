"""Who else may change what is found at a path, on Windows: owners and access lists of all that lies on the way to it.

A list that cannot be read is no list that lets nobody in: what it guards is not taken. The few calls of Windows
(``security``, ``own``) have never run there; who may do what by the text that they give is tried.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scanner.estate import sddl
from scanner.words.quoting import shell

FILE, OWNER_AND_LIST = 1, 1 | 4
"""SE_FILE_OBJECT; OWNER_SECURITY_INFORMATION and DACL_SECURITY_INFORMATION"""
ITSELF, QUERY, USER = -1, 8, 1
"""the process, TOKEN_QUERY, TokenUser"""


def reasons(path: Path) -> Iterator[str]:
    """Why others may change what is found at the path; one for each place on the way, and each that may."""
    try:
        mine = own()
        for place in _places(path):
            if not os.path.lexists(place):
                yield from _not_there(place, mine)
                return
            yield from _at(place, mine)
    except OSError as error:
        yield f"who may change it cannot be told: {error.strerror}"


def readers(path: Path) -> tuple[str, ...]:
    """Who else may read a file; nobody where that cannot be told."""
    try:
        return sddl.others(security(path), sddl.READ, own())
    except OSError:
        return ()


def _at(place: Path, mine: str) -> Iterator[str]:
    text = security(place)
    owner = sddl.owner_of(text)
    if not sddl.is_ours(owner, mine):
        yield f"{place} belongs to {sddl.NAMES.get(owner, owner) or 'nobody that can be told'}"
    rights = sddl.CHANGE_FOLDER if place.is_dir() else sddl.CHANGE_FILE
    if who := sddl.others(text, rights, mine):
        yield f"{place} may be changed by {', '.join(who)}; {shell('icacls', place, windows=True)} shows its list"


def _not_there(place: Path, mine: str) -> Iterator[str]:
    if place.parent.is_dir() and (who := sddl.others(security(place.parent), sddl.ADD, mine)):
        yield f"it is not there, and {', '.join(who)} may put it into {place.parent}"


def _places(path: Path) -> tuple[Path, ...]:
    """Every folder on the way, and the thing itself: as the path is written, and where its links lead."""
    written = Path.cwd() / path
    ways = (written, Path(os.path.realpath(written)))
    return tuple(dict.fromkeys(place for way in ways for place in (*reversed(way.parents), way)))


def security(place: Path) -> str:
    """Owner and access list as text.

    Raises:
        OSError: Windows does not tell.
    """
    library, descriptor, text = _library("advapi32"), ctypes.c_void_p(), ctypes.c_void_p()
    code = library.GetNamedSecurityInfoW(
        ctypes.c_wchar_p(str(place)), FILE, OWNER_AND_LIST, None, None, None, None, ctypes.byref(descriptor)
    )
    if code:
        raise OSError(errno.EACCES, f"Windows gives error {code} for {place}")
    try:
        _done(
            library.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                descriptor, 1, OWNER_AND_LIST, ctypes.byref(text), None
            )
        )
        return _taken(text)
    finally:
        _library("kernel32").LocalFree(descriptor)


@cache
def own() -> str:
    """The security identifier of the account that runs this.

    Raises:
        OSError: Windows does not tell.
    """
    library, token, text = _library("advapi32"), ctypes.c_void_p(), ctypes.c_void_p()
    _done(library.OpenProcessToken(ctypes.c_void_p(ITSELF), QUERY, ctypes.byref(token)))
    try:
        buffer, size = ctypes.create_string_buffer(256), ctypes.c_uint32()
        _done(library.GetTokenInformation(token, USER, buffer, len(buffer), ctypes.byref(size)))
        account = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_void_p))[0]
        _done(library.ConvertSidToStringSidW(ctypes.c_void_p(account), ctypes.byref(text)))
        return _taken(text)
    finally:
        _library("kernel32").CloseHandle(token)


def _taken(text: ctypes.c_void_p) -> str:
    """A text that Windows made, which is given back."""
    try:
        return ctypes.wstring_at(text.value or 0)
    finally:
        _library("kernel32").LocalFree(text)


def _done(answer: int) -> None:
    if not answer:
        raise OSError(errno.EACCES, "Windows does not tell owner or access list")


def _library(name: str) -> Any:
    opened: Any = getattr(ctypes, "WinDLL", None)
    if opened is None:
        raise OSError(errno.ENOSYS, "this is no Windows")
    return opened(name)
