from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.del_10_replicated import replicated
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount, DirectoryServer, DomainController
from scanner.facts.host import ComputerSystem, DomainControllerHint
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import (
    ANY_PROTOCOL,
    CREDSSP,
    OPEN,
    PLAIN,
    SIDS,
    account,
    both,
    known,
    settings,
    system,
)  # fmt: skip
from tests.conftest import CORP, HV01, HV02, HV11, Judge, estate

DC1, DC2, DC3 = "dc1.corp.example", "dc2.corp.example", "dc3.corp.example"
NAMES = both(HV02)
NEW, OLD = account(HV01, *NAMES), account(HV01, uac=PLAIN)
ON_DC1 = [DomainControllerHint(r"\\DC1.corp.example")]


def run(judge: Judge, rows, hint=ON_DC1, facts=None, where=None):
    """Accounts or gaps by controller, and the controller the host used last."""
    base = known(hosts=(HV01, HV02)) | {(DomainController, CORP): [DomainController(name, CORP) for name in rows]}
    base |= {(ComputerAccount, name): row if isinstance(row, GapReason) else list(row) for name, row in rows.items()}
    base[DirectoryServer, CORP] = [DirectoryServer(name, CORP, read_only=False) for name in rows]
    base[DomainControllerHint, HV01] = hint
    return judge(replicated, base | (facts or {}), where, subject=HV01)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param([NEW], [NEW], Status.PASS, id="same"),
        pytest.param([NEW], [account(HV01, *(f" {n.upper()}" for n in reversed(NAMES)))], Status.PASS, id="same set"),
        pytest.param([NEW, account(HV02)], [NEW], Status.PASS, id="another account does not matter"),
        pytest.param([OLD], [NEW], Status.FAIL, id="own controller lacks it"),
        pytest.param([NEW], [OLD], Status.WARN, id="another controller lacks it"),
        pytest.param([account(HV01, NAMES[0])], [NEW], Status.FAIL, id="own lacks one name"),
        pytest.param([account(HV01, *NAMES, uac=PLAIN)], [NEW], Status.FAIL, id="own lacks the protocol"),
        pytest.param(
            [account(HV01, allowed=())], [account(HV01, allowed=(SIDS[HV02],))], Status.FAIL, id="own lacks SID"
        ),
        pytest.param([], [NEW], Status.FAIL, id="own lacks the account"),
        pytest.param([NEW], [], Status.WARN, id="another lacks the account"),
        pytest.param([NEW], [account(HV01, *NAMES, denied=(SIDS[HV02],))], Status.WARN, id="own lacks a denial"),
        pytest.param([NEW], [account(HV01, *NAMES, uac=ANY_PROTOCOL | 2)], Status.WARN, id="disabled elsewhere"),
        pytest.param([account(HV01)], [account(HV01, uac=ANY_PROTOCOL | OPEN)], Status.WARN, id="widened elsewhere"),
        pytest.param(
            [account(HV01, "cifs/A")], [account(HV01, "cifs/B")], Status.FAIL, id="each has what the other lacks"
        ),
        pytest.param(
            [account(HV01, NAMES[0], denied=(SIDS[HV02],))], [NEW], Status.FAIL, id="own denies, and lacks one name"
        ),
        pytest.param(
            [account(HV01, *NAMES, denied=(SIDS[HV02],))],
            [account(HV01, NAMES[0], denied=(SIDS[HV02],))],
            Status.WARN,
            id="both deny, and another lacks one name",
        ),
        pytest.param(
            [account(HV01, denied=(SIDS[HV02],))], [account(HV01, denied=(SIDS[HV02],))], Status.PASS, id="both deny"
        ),
        pytest.param([], [OLD], Status.FAIL, id="own lacks the account, which holds nothing"),
        pytest.param([], [], Status.UNKNOWN, id="nobody knows the host"),
        pytest.param([NEW], GapReason.TIMEOUT, Status.UNKNOWN, id="one does not answer"),
        pytest.param(GapReason.TIMEOUT, GapReason.TIMEOUT, Status.UNKNOWN, id="none answers"),
        pytest.param([NEW], [NEW, NEW], Status.PASS, id="told twice"),
        pytest.param([NEW], [account(HV01, sam="A$"), account(HV01, sam="B$")], Status.UNKNOWN, id="ambiguous"),
    ],
)
def test_two_controllers(judge: Judge, one, two, expected):
    assert run(judge, {DC1: one, DC2: two}).status is expected


def test_a_failure_stands_beside_a_silent_controller(judge: Judge):
    assert run(judge, {DC1: [OLD], DC2: [NEW], DC3: GapReason.TIMEOUT}).status is Status.FAIL
    assert run(judge, {DC1: [NEW], DC2: [OLD], DC3: GapReason.TIMEOUT}).status is Status.UNKNOWN
    ambiguous = [account(HV01, sam="A$"), account(HV01, sam="B$")]
    assert run(judge, {DC1: [OLD], DC2: [NEW], DC3: ambiguous}).status is Status.FAIL


def test_texts(judge: Judge):
    finding = run(judge, {DC1: [account(HV01, NAMES[0])], DC2: [NEW]})
    assert finding.seen == f"{DC1} lacks {NAMES[1]}; the host uses {DC1}"
    schedule = "# at once and across sites, whatever their schedule"
    pull = [f"repadmin /syncall '{name}' /Ade  {schedule}" for name in (DC1, DC2)]
    assert finding.remedy.splitlines() == pull, "which of the two is behind is not told"
    assert run(judge, {DC1: [NEW]}).seen == f"the same on {DC1}"
    first = run(judge, {DC1: [NEW], DC2: [OLD], DC3: [OLD]})
    assert [line.split("'")[1] for line in first.remedy.splitlines()] == [DC2, DC3, DC1]


def test_the_controller_that_the_host_uses_is_among_those_that_pull(judge: Judge):
    finding = run(judge, {DC1: [OLD], DC2: [OLD], DC3: [NEW]}, [DomainControllerHint(DC2)])
    assert finding.status is Status.FAIL
    assert f"'{DC2}'" in finding.remedy


def test_a_silent_controller_is_told_once_with_its_reason(judge: Judge):
    assert run(judge, {DC1: [NEW], DC2: GapReason.TIMEOUT}).note == f"ComputerAccount of {DC2}: timeout"
    none = run(judge, {DC1: GapReason.TIMEOUT, DC2: GapReason.ACCESS_DENIED})
    own = f"{HV01} last used the controller {DC1}, and what that one says was not read"
    assert none.note == f"{own}; ComputerAccount of {DC1}: timeout; ComputerAccount of {DC2}: access denied"


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        pytest.param([DomainControllerHint(r"\\DC1")], Status.FAIL, id="short name"),
        pytest.param([DomainControllerHint("DC1.CORP.EXAMPLE.")], Status.FAIL, id="case and dot"),
        pytest.param([DomainControllerHint(r"\\dc2.corp.example")], Status.WARN, id="the other one"),
        pytest.param([DomainControllerHint(r"\\dc9.corp.example")], Status.UNKNOWN, id="one that is not listed"),
        pytest.param([DomainControllerHint(None)], Status.UNKNOWN, id="none recorded"),
        pytest.param([], Status.UNKNOWN, id="no policy ever ran"),
        pytest.param(GapReason.ACCESS_DENIED, Status.UNKNOWN, id="not readable"),
    ],
)
def test_which_controller_the_host_uses(judge: Judge, hint, expected):
    assert run(judge, {DC1: [OLD], DC2: [NEW]}, hint).status is expected


def test_a_controller_that_nobody_recorded_is_an_unknown_one(judge: Judge):
    finding = run(judge, {DC1: [OLD], DC2: [NEW]}, [])
    assert f"{DC1} lacks {NAMES[0]}" in finding.note
    assert finding.note.endswith("; the host uses an unknown one")


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        pytest.param(ON_DC1, Status.PASS, id="one of those that agree"),
        pytest.param([DomainControllerHint(r"\\RODC1.corp.example")], Status.UNKNOWN, id="one that nobody lists"),
        pytest.param([DomainControllerHint(r"\\RODC1")], Status.UNKNOWN, id="one that nobody lists, short"),
        pytest.param([DomainControllerHint(r"\\dc1.branch.example")], Status.UNKNOWN, id="one of another domain"),
        pytest.param([], Status.PASS, id="none recorded: all that there are agree"),
        pytest.param([DomainControllerHint(None)], Status.PASS, id="recorded without a name"),
        pytest.param(GapReason.TIMEOUT, Status.UNKNOWN, id="not read: it may be any"),
    ],
)
def test_equality_of_others_proves_nothing_about_the_one_that_the_host_uses(judge: Judge, hint, expected):
    finding = run(judge, {DC1: [NEW], DC2: [NEW]}, hint)
    assert finding.status is expected
    assert (finding.note == f"{HV01} has not recorded which controller it uses") is (
        hint in ([], [DomainControllerHint(None)])
    )


RODC = "rodc1.corp.example"
ON_RODC = [DomainControllerHint(rf"\\{RODC}")]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [([NEW], Status.PASS), ([OLD], Status.FAIL), (GapReason.UNREACHABLE, Status.UNKNOWN), (None, Status.UNKNOWN)],
)
def test_a_read_only_controller_of_the_directory_is_asked_like_the_others(judge: Judge, answer, expected):
    facts = {(DirectoryServer, CORP): [DirectoryServer(DC1, CORP, False), DirectoryServer(RODC, CORP, True)]}
    if answer is not None:
        facts[ComputerAccount, RODC] = answer
    assert run(judge, {DC1: [NEW]}, ON_RODC, facts).status is expected


def test_where_the_directory_does_not_list_its_controllers_there_may_be_more(judge: Judge):
    facts = {(DirectoryServer, CORP): GapReason.ACCESS_DENIED}
    finding = run(judge, {DC1: [NEW], DC2: [NEW]}, facts=facts)
    assert finding.status is Status.UNKNOWN
    assert finding.note.startswith("corp.example may have controllers that DNS does not list: ")
    assert run(judge, {DC1: [OLD], DC2: [NEW]}, facts=facts).status is Status.FAIL


@pytest.mark.parametrize("denied", [{"denied": (SIDS[HV02],)}, {"uac": ANY_PROTOCOL | 2}])
def test_what_only_the_own_controller_forbids_is_no_warning(judge: Judge, denied):
    finding = run(judge, {DC1: [account(HV01, *NAMES, **denied)], DC2: [NEW]})
    assert finding.status is Status.UNKNOWN


def test_a_warning_says_why_the_move_works(judge: Judge):
    works = run(judge, {DC1: [NEW], DC2: [OLD]}).works
    assert works == f"{DC1}, which the host uses, has all that is granted anywhere"


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        ({(DomainController, CORP): GapReason.TIMEOUT}, None, Status.UNKNOWN),
        ({(DomainController, CORP): [], (DirectoryServer, CORP): []}, None, Status.UNKNOWN),
        ({(DomainController, CORP): []}, None, Status.FAIL),
        ({(ComputerSystem, HV01): GapReason.TIMEOUT}, None, Status.UNKNOWN),
        ({(ComputerSystem, HV01): [system(HV01, joined=False)]}, None, Status.NOT_APPLICABLE),
        ({(ComputerSystem, HV02): GapReason.TIMEOUT}, estate(routes=(Route(HV02, HV01),)), Status.FAIL),
        ({}, estate(routes=()), Status.NOT_APPLICABLE),
        ({(MigrationSettings, HV01): [CREDSSP]}, estate(remote_initiated=False), Status.NOT_APPLICABLE),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, where, expected):
    rows = {DC1: [OLD], DC2: [NEW]}
    assert run(judge, rows, facts=facts, where=where).status is expected


def test_a_source_of_other_hosts_does_not_count(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV11, HV02)), remote_initiated=False)
    modes = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, HV11): [settings()]}
    assert run(judge, {DC1: [OLD], DC2: [NEW]}, facts=modes, where=where).status is Status.NOT_APPLICABLE


ON_DC2 = [DomainControllerHint(r"\\dc2.corp.example")]
TO_HV01 = estate(routes=(Route(HV02, HV01),))
FULL, BARE = account(HV01, allowed=(SIDS[HV02],), spns=both(HV01)), account(HV01, spns=both(HV01))

LOUD = account(HV01, allowed=(SIDS[HV02],), spns=tuple(f" {name.upper()}" for name in both(HV01)))
MORE = account(HV01, allowed=(SIDS[HV02],), spns=(*both(HV01), "WSMAN/HV01", "Hyper-V Replica Service/HV01"))


@pytest.mark.parametrize(
    ("one", "two", "hint", "expected"),
    [
        pytest.param(FULL, FULL, ON_DC2, Status.PASS, id="they agree"),
        pytest.param(FULL, FULL, GapReason.TIMEOUT, Status.PASS, id="they agree, whichever it is"),
        pytest.param(FULL, MORE, ON_DC2, Status.PASS, id="names of other services do not matter"),
        pytest.param(MORE, FULL, ON_DC2, Status.PASS, id="nor on the source's"),
        pytest.param(FULL, LOUD, ON_DC2, Status.PASS, id="nor does case"),
        pytest.param(FULL, BARE, ON_DC1, Status.WARN, id="the source's has the entry"),
        pytest.param(FULL, BARE, ON_DC2, Status.FAIL, id="the source's lacks the entry"),
        pytest.param(FULL, BARE, GapReason.TIMEOUT, Status.UNKNOWN, id="the source's is not known"),
        pytest.param(FULL, account(HV01, allowed=(SIDS[HV02],)), ON_DC2, Status.FAIL, id="the source's lacks a name"),
        pytest.param(BARE, FULL, ON_DC2, Status.FAIL, id="the host's own lacks the entry"),
    ],
)
def test_a_source_asks_its_own_controller_for_the_destination(judge: Judge, one, two, hint, expected):
    rows = {DC1: [one], DC2: [two]}
    assert run(judge, rows, facts={(DomainControllerHint, HV02): hint}, where=TO_HV01).status is expected
    back = run(judge, rows, facts={(DomainControllerHint, HV02): hint}, where=estate(routes=(Route(HV01, HV02),)))
    assert back.status is not Status.FAIL or one is BARE


def test_which_controller_a_source_of_another_domain_asks_is_not_known(judge: Judge):
    where = estate(hosts=(HV01, HV11), routes=(Route(HV11, HV01),))
    facts = known(hosts=(HV11,)) | {(DomainControllerHint, HV11): ON_DC1}
    finding = run(judge, {DC1: [FULL], DC2: [BARE]}, facts=facts, where=where)
    assert finding.status is Status.UNKNOWN
    assert finding.note.endswith(f"which controller of {CORP} {HV11} asks is not known")
    assert run(judge, {DC1: [FULL], DC2: [FULL]}, facts=facts, where=where).status is Status.PASS


def test_what_the_domain_grants_and_none_of_its_controllers_does_is_not_believed(judge: Judge):
    whole = known(account(HV01, *NAMES), account(HV02))
    finding = run(judge, {DC1: [account(HV01)], DC2: [account(HV01)]}, facts=whole)
    assert finding.status is Status.UNKNOWN
    assert finding.note.startswith(f"{CORP} tells {NAMES[0]}, {NAMES[1]}, and none of its controllers does")
    assert run(judge, {DC1: [NEW], DC2: [NEW]}, facts=whole).status is Status.PASS
    assert run(judge, {DC1: [NEW], DC2: [account(HV01)]}, facts=whole).status is Status.WARN


ANEW = replace(NEW, sid="S-1-5-21-1-1-1-1999")


@pytest.mark.parametrize(
    ("whole", "one", "two", "expected"),
    [
        pytest.param(NEW, NEW, NEW, Status.PASS, id="one account"),
        pytest.param(NEW, ANEW, ANEW, Status.UNKNOWN, id="the domain told another one"),
        pytest.param(NEW, NEW, ANEW, Status.UNKNOWN, id="one controller does"),
        pytest.param(NEW, ANEW, NEW, Status.UNKNOWN, id="the host's own does"),
        pytest.param(NEW, replace(NEW, sid=""), NEW, Status.PASS, id="one that tells no SID tells no other"),
    ],
)
def test_a_machine_that_was_joined_anew_has_another_account(judge: Judge, whole, one, two, expected):
    finding = run(judge, {DC1: [one], DC2: [two]}, facts=known(whole, account(HV02)))
    assert finding.status is expected
    assert (ANEW.sid in finding.note) is (expected is Status.UNKNOWN)


def test_two_accounts_are_told_beside_a_silent_controller(judge: Judge):
    rows = {DC1: [ANEW], DC2: [ANEW], DC3: GapReason.TIMEOUT}
    assert ANEW.sid in run(judge, rows, facts=known(NEW, account(HV02))).note


DISABLED, DENYING = account(HV01, *NAMES, uac=ANY_PROTOCOL | 2), account(HV01, *NAMES, denied=(SIDS[HV02],))


@pytest.mark.parametrize(
    ("whole", "one", "two", "expected"),
    [
        pytest.param(NEW, DISABLED, DISABLED, Status.UNKNOWN, id="all say disabled, and the domain did not"),
        pytest.param(NEW, DENYING, DENYING, Status.UNKNOWN, id="all deny, and the domain did not"),
        pytest.param(DISABLED, NEW, NEW, Status.UNKNOWN, id="the domain said disabled, and none does"),
        pytest.param(DISABLED, DISABLED, DISABLED, Status.PASS, id="all say disabled: DEL-01 judges that"),
        pytest.param(NEW, NEW, DISABLED, Status.WARN, id="another one than the host's says it"),
        pytest.param(account(HV01), NEW, NEW, Status.PASS, id="all grant more: DEL-01 still misses it"),
    ],
)
def test_what_all_controllers_forbid_outweighs_what_the_domain_told(judge: Judge, whole, one, two, expected):
    assert run(judge, {DC1: [one], DC2: [two]}, facts=known(whole, account(HV02))).status is expected


@pytest.mark.parametrize("one", [DISABLED, DENYING])
def test_what_the_only_controller_forbids_outweighs_what_the_domain_told(judge: Judge, one):
    assert run(judge, {DC1: [one]}, facts=known(NEW, account(HV02))).status is Status.UNKNOWN


def test_the_domains_account_that_is_not_known_proves_nothing(judge: Judge):
    rows = {DC1: [NEW], DC2: [NEW]}
    twice = known(account(HV01, sam="A$"), account(HV01, sam="B$"))
    assert run(judge, rows, facts=twice).status is Status.UNKNOWN
    assert run(judge, {DC1: [OLD], DC2: [NEW]}, facts=twice).status is Status.FAIL, "a failure stands"
    assert run(judge, rows, facts={(ComputerAccount, CORP): GapReason.TIMEOUT}).status is Status.UNKNOWN


@pytest.mark.parametrize("service", ["Microsoft Virtual System Migration Service", "cifs", "HOST"])
@pytest.mark.parametrize(("where", "expected"), [(TO_HV01, Status.UNKNOWN), (None, Status.PASS)])
def test_service_names_that_no_controller_tells_are_not_there_for_a_source(judge: Judge, where, expected, service):
    whole = known(account(HV01, spns=both(HV01, service)), account(HV02)) | {(DomainControllerHint, HV02): ON_DC1}
    finding = run(judge, {DC1: [account(HV01)], DC2: [account(HV01)]}, facts=whole, where=where)
    assert finding.status is expected
