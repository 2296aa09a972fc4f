"""Running on Windows itself, where nobody has run it yet."""

from __future__ import annotations

from scanner.words.point import Point

POINTS = (
    Point(
        id="RUN-01",
        assumption=(
            "pyspnego gives on Windows, by SSPI, what it gives here by gssapi: a Kerberos context to "
            "`ldap/NAME` that seals (RFC 4752); the same code reads a Samba controller on Linux"
        ),
        wrong="a domain is not read",
        notice="*no Kerberos sign-in to ldap/...* with a number of Windows, or *a sealed buffer cannot be opened*",
        settles='one scan from a member of the domain; until then `method = "simple"`',
    ),
    Point(
        id="RUN-02",
        assumption=(
            "Windows' Kerberos takes a ticket for the very name that is asked for, so that mutual "
            "authentication proves that name"
        ),
        wrong="another machine's answers may count, and **PASS may be said of it wrongly**",
        notice="its own name beside it is compared as well: *another machine answered*",
        settles="one alias (CNAME) of a host, asked by it",
        green=True,
    ),
    Point(
        id="RUN-03",
        assumption="Windows' numbers of failures (winerror.h) arrive as `winerror`",
        wrong="the message says less, and what to do is missing",
        notice="*no sign-in: Windows gives 0x...*, or a text in Windows' language",
        settles="one sign-in from a machine in no domain",
    ),
    Point(
        id="RUN-04",
        assumption=(
            "Owner and access list are read by `GetNamedSecurityInfoW` and written as SDDL; who may do what "
            "by that text is tried"
        ),
        wrong=(
            "a command or file of a secret is refused that should be taken; a list that nobody reads is taken for open"
        ),
        notice="*who may change it cannot be told*, or an account in the message that `icacls` does not show",
        settles=r"one estate with a secret's file in a profile, one in a folder of `C:\`",
    ),
    Point(
        id="RUN-05",
        assumption=(
            "Who is named in no list may change nothing: privileges (backup, restore, take ownership) and "
            "shares' own lists are not looked at"
        ),
        wrong="a secret's file is taken that such an account could have changed",
        notice="nothing tells",
        settles="nobody should hold these but administrators",
    ),
    Point(
        id="RUN-06",
        assumption="`ReplaceFileW` puts a new file in the place of the old one and leaves that one's access list",
        wrong="the report is not written, or everybody whom the folder lets in may read it",
        notice="*Windows gives error ...* beside its name; `icacls` before and after",
        settles="one report with a list of its own, written twice",
    ),
    Point(
        id="RUN-07",
        assumption="Ctrl-Break arrives as SIGBREAK, and a console that is closed leaves no time",
        wrong="a run ends without its reports",
        notice="no line `exit 130`",
        settles="Ctrl-Break during a scan",
    ),
    Point(
        id="RUN-08",
        assumption="A reader that went away makes a write fail as an invalid argument",
        wrong="`standard output cannot be written` after a pipe to `select -First 1`",
        notice="that line",
        settles="one such pipe",
    ),
    Point(
        id="RUN-09",
        assumption="The console acts on escape sequences once it is asked to",
        wrong="colours show as signs",
        notice="`←[31m` on the screen; set `NO_COLOR=1`",
        settles="one run in `cmd`",
    ),
    Point(
        id="RUN-10",
        assumption="Windows PowerShell reads what a program prints as UTF-8 where it begins with a mark",
        wrong="a name in `fix.ps1` that is not ASCII is another one",
        notice="look at it; nothing there runs by itself",
        settles="one such record",
    ),
)
