"""What Windows wants otherwise where files are written and a console is drawn on; elsewhere nothing of it is used."""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any

from scanner.words.system import WINDOWS

DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)
"""Names that stand for a device in every folder, whatever follows behind a dot."""
NOWHERE = "nul"
SIGNS = re.compile(r'[<>:"|?*\x00-\x1f]')
"""No name of a file holds them; a colon in it would open a hidden stream of the file before it."""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""seconds between attempts: virus scanners and indexers hold what is new for a moment"""
HELD = "another program has it open, or it is read-only"
IN_USE, NO_LISTS = (5, 32, 33, 1175), (1, 50)
"""Windows' errors: access denied, two of sharing, unable to remove the replaced; and where no such lists are kept."""
OUTPUT, SEQUENCES = -11, 0x0004
"""STD_OUTPUT_HANDLE and ENABLE_VIRTUAL_TERMINAL_PROCESSING; the handle of errors is one less."""


def no_name(path: Path) -> str:
    """Why Windows could not write to such a name, or would write elsewhere; empty if it can."""
    named = PureWindowsPath(path)
    for part in named.parts[1:] if named.anchor else named.parts:
        plain = part.rstrip(" .")
        if part in (".", "..") or plain.lower() == NOWHERE:
            continue
        if DEVICE.fullmatch(plain):
            return f"{part} is the name of a device of Windows, whatever follows it; name another file"
        if found := SIGNS.search(part):
            return f"{part} holds {found[0]!r}, which no name has on Windows; name another file"
        if plain != part:
            return f"{part!r} ends with a dot or a space, which Windows leaves out; name another file"
    return ""


def replace(new: Path, place: Path) -> None:
    """Put a file in the place of another, which Windows refuses while a program has that open.

    There the old one's access list is handed on: a move alone would give the new one what its folder hands down.

    Raises:
        OSError: it cannot be done.
    """
    again(lambda: _with_its_list(new, place) if WINDOWS and place.exists() else new.replace(place))


def _with_its_list(new: Path, place: Path) -> None:
    library, last = _kernel()
    done = library is not None and library.ReplaceFileW(str(place), str(new), None, 0, None, None)
    code = 0 if done else last()
    if library is None or code in NO_LISTS:
        new.replace(place)
    elif code in IN_USE:
        raise PermissionError(errno.EACCES, HELD)
    elif not done:
        raise OSError(errno.EIO, f"Windows gives error {code}")


def _kernel() -> tuple[Any, Callable[[], int]]:
    """Windows' library, and what tells its last error; nothing elsewhere."""
    import ctypes

    opened: Any = getattr(ctypes, "WinDLL", None)
    last: Any = getattr(ctypes, "get_last_error", None)
    return (opened("kernel32", use_last_error=True), last) if opened and last else (None, lambda: 0)


def again(work: Callable[[], object], *, windows: bool | None = None) -> None:
    """Try until nobody holds the file, for about two seconds.

    Raises:
        OSError: somebody still does.
    """
    windows = WINDOWS if windows is None else windows
    for pause in (*PAUSES, None):
        try:
            work()
            return
        except PermissionError:
            if not windows:
                raise
            if pause is None:
                raise PermissionError(errno.EACCES, HELD) from None
            time.sleep(pause)


def takes_sequences(number: int) -> bool:
    """Whether the console behind standard output (1) or standard error (2) acts on escape sequences from now on.

    A console of Windows prints them as signs until a program asks it to act on them; one before Windows 10 cannot.
    """
    if not WINDOWS:
        return True
    import ctypes

    library: Any = getattr(ctypes, "windll", None)
    if library is None:
        return False
    handle, mode = library.kernel32.GetStdHandle(OUTPUT - (number - 1)), ctypes.c_uint32()
    if not library.kernel32.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(library.kernel32.SetConsoleMode(handle, mode.value | SEQUENCES))
