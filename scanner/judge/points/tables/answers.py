"""What every answer of Windows rests on."""

from __future__ import annotations

from scanner.judge.points.seen.answers import keys_unique, numbers_known, words_english
from scanner.judge.points.seen.hosts import services_there
from scanner.judge.points.seen.hyper_v import codes_of_stopped, own_row
from scanner.judge.points.seen.schemas import properties_exist
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="WIN-01",
        assumption="Every property exists under the name the schema gives it, on every release",
        wrong="a needed one is missing: *unparsable*; an optional one is null for ever",
        notice="a field that is null on all hosts of a release in the record",
        settles="one record a release",
        settle=properties_exist,
        by=SERVERS,
    ),
    Point(
        id="WIN-02",
        assumption=(
            "Numbers that are read as one of a few (`ProductType`, `AuthenticationType` of migrations, the module's "
            "performance option) are of those we know"
        ),
        wrong="the whole answer is *unparsable*: what rests on it is UNKNOWN",
        notice="the gap names the property and the number",
        settles="one record a release",
        settle=numbers_known,
        by=HOSTS,
    ),
    Point(
        id="WIN-03",
        assumption=(
            "`State` and `StartMode` of `Win32_Service` are the documented English words on a Windows of every language"
        ),
        wrong=(
            "a service that runs counts as one that does not: HOST-01 and VMM-01 FAIL wrongly; one that is disabled "
            "counts as one that may start: ASR-02 **may PASS wrongly**"
        ),
        notice="the seen text quotes the word",
        settles="one record of a host in another language",
        green=True,
        about=("HOST-01", "VMM-01", "ASR-02"),
        settle=words_english,
        by=SERVERS,
    ),
    Point(
        id="WIN-04",
        assumption=(
            "`Win32_Service.Name`, `MSFT_NetAdapter.InterfaceIndex`, `Msvm_ComputerSystem.Name` and `InstanceID` of "
            "Hyper-V's settings each name one row of a machine, and of settings of the whole machine there is one"
        ),
        wrong="the answer is a gap",
        notice="*two rows … that differ*",
        settles="one record a release",
        settle=keys_unique,
        by=HOSTS,
    ),
    Point(
        id="WIN-05",
        assumption=(
            "Every Windows Server has the services Netlogon and LanmanServer, whatever it is and whether they run"
        ),
        wrong="HOST-01, ID-01 and others are UNKNOWN on a host without",
        notice="the gap names the service that has no row",
        settles="one record of a host on which one of them was taken away",
        about=("HOST-01", "ID-01"),
        settle=services_there,
        by=SERVERS,
    ),
    Point(
        id="WIN-06",
        assumption=(
            "A host that runs Hyper-V always shows its own row of `Msvm_ComputerSystem` (documented), or that of its "
            "migration settings (observed), to who may look"
        ),
        wrong="all of Hyper-V on that host is UNKNOWN",
        notice="gaps *access denied or provider broken* for an account in Hyper-V Administrators",
        settles="one record of each release",
        settle=own_row,
        by=HOSTS,
    ),
    Point(
        id="WIN-07",
        assumption=(
            "An account without the right gets no rows and no error from Hyper-V's namespace (reported), and an error"
            " from `Get-VMHost`"
        ),
        wrong="the gap says *access denied* at once, which is as good",
        notice="the gap's reason",
        settles="one scan with a plain account",
        about=("VMHost",),
    ),
    Point(
        id="WIN-08",
        assumption="A Hyper-V query to a host whose service is stopped gives one of the known codes",
        wrong="the gap says less than it could",
        notice="HOST-01 fails, as it should, and other gaps name an HRESULT",
        settles="a host with `vmms` stopped",
        about=("HOST-01",),
        settle=codes_of_stopped,
        by=HOSTS,
    ),
    Point(
        id="WIN-09",
        assumption="Failures of the Hyper-V commands have the ids we know",
        wrong="*not collected* instead of *access denied*",
        notice="the gap's id in the report",
        settles="a host where the account has no Hyper-V right",
    ),
    Point(
        id="WIN-10",
        assumption=(
            "A Kerberos library that tries DNS' other name for a host only when the first is not known "
            "(`dns_canonicalize_hostname = fallback`) still shows the first as the ticket's"
        ),
        wrong="an alias whose machine did not tell its name has facts; ID-01 and ID-10 stay UNKNOWN",
        notice="`proof` of the target is `kerberos`, and `ComputerSystem` a gap",
        settles="write the full name of the account",
        about=("ID-01", "ID-10", "ComputerSystem"),
    ),
)
