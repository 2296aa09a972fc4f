"""Signing in and asking."""

from __future__ import annotations

from scanner.judge.points.seen.hosts import large_host, script_runs
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="SIGN-01",
        assumption="The one fixed script runs in Windows PowerShell 3.0 to 5.1 as it does in 7",
        wrong="no fact of a host is read",
        notice="every fact of a host is a gap: *the script did not end well*",
        settles="one scan of a 2012 R2, a 2016 and a 2022 host",
        settle=script_runs,
        by=SERVERS,
    ),
    Point(
        id="SIGN-02",
        assumption=r"A user `.\svc` is the machine's own account, with `basic`, `negotiate` and `credssp`",
        wrong="that machine is not read",
        notice=r"*the sign-in was refused* for `.\svc`, while `HV01\svc` is taken",
        settles=r"one sign-in a method; until then write `HV01\svc` at the host",
    ),
    Point(
        id="SIGN-03",
        assumption=(
            "Real WinRM takes Kerberos, Negotiate, certificate and CredSSP sign-ins as our practice endpoint does"
        ),
        wrong="a host is not read",
        notice="*access denied* or *unreachable* on every fact, while `Enter-PSSession` with the same account works",
        settles="one scan a method",
    ),
    Point(
        id="SIGN-04",
        assumption="In a JEA session of 5.1 the qualified name of `Select-Object` resolves (it does in 7)",
        wrong="the command way fails as a whole",
        notice="every gap names the configuration and `Select-Object`",
        settles="one JEA endpoint; until then use the script way",
    ),
    Point(
        id="SIGN-05",
        assumption="The Hyper-V module loads inside a JEA session",
        wrong="`VMHost` and `ReplicaBrokerSettings` are missing there",
        notice="gaps on these two facts only",
        settles="the same endpoint",
        about=("VMHost", "ReplicaBrokerSettings"),
    ),
    Point(
        id="SIGN-06",
        assumption="An account in *Hyper-V Administrators* is refused what is not Hyper-V",
        wrong="more or less is read than [least-privilege.md](least-privilege.md) says",
        notice="*access denied* on some facts of a host and not on others",
        settles="one scan with such an account",
    ),
    Point(
        id="SIGN-07",
        assumption="A host with hundreds of virtual machines answers within its deadline",
        wrong="the last facts of the host are missing",
        notice="*timeout* on some facts of a large host; raise `limits.host_deadline`",
        settles="the seconds in the report's last chapter",
        settle=large_host,
        by=HOSTS,
    ),
    Point(
        id="SIGN-08",
        assumption="The answers file of a host, written by `>`, is UTF-8 or UTF-16 with every line whole, however long",
        wrong="its facts are missing",
        notice="*unparsable*, or *holds no answer to it*",
        settles="one file",
    ),
)
