from __future__ import annotations

import pytest

from checks.operator.descriptor import lets_in_anybody
from checks.operator.opr_02_remote_session import questions, remote_session
from scanner.api import GapReason, Route, Status, Subject, View, scopes
from scanner.facts.host import ProductType
from scanner.facts.local_group import (
    ADMINISTRATORS,
    HYPER_V,
    REMOTE_MANAGEMENT,
    Administrator,
    HyperVAdministrator,
    RemoteManagementUser,
)
from scanner.facts.session import SessionConfiguration
from tests.checks.operator.people import GONE, OPS, SID, WITNESS, groups, known, member, ops, where, windows
from tests.conftest import HV01, HV02, Judge, evidence

USUAL = "O:NSG:BAD:P(A;;GA;;;BA)(A;;GA;;;IU)(A;;GA;;;RM)S:P(AU;FA;GA;;;WD)(AU;SA;GXGW;;;WD)"
OFF = USUAL.replace("D:P", "D:P(D;;GA;;;NU)")
ON_HV01 = f"{OPS}/{HV01}"
IN_ADMINISTRATORS = {"administrators": [WITNESS, member(Administrator, SID)]}
IN_REMOTE = {"remote": [member(RemoteManagementUser, SID)]}
IN_HYPER_V = {"hyper_v": [member(HyperVAdministrator, SID)]}


def config(sddl: str, *, more: str = "") -> list[SessionConfiguration]:
    quoted = sddl.replace("&", "&amp;").replace('"', "&quot;")
    return [
        SessionConfiguration(f'<PlugInConfiguration Name="x"{more}><Security Sddl="{quoted}"/></PlugInConfiguration>')
    ]


def run(judge: Judge, facts, sddl: str = USUAL, settings=None, **words):
    rows = config(sddl) if settings is None else settings
    return judge(remote_session, known(**facts) | {(SessionConfiguration, HV01): rows}, where(**words), subject=ON_HV01)


@pytest.mark.parametrize(
    ("facts", "sddl", "expected"),
    [
        pytest.param(IN_ADMINISTRATORS, USUAL, Status.PASS, id="administrator"),
        pytest.param(IN_REMOTE, USUAL, Status.PASS, id="remote management user"),
        pytest.param(IN_HYPER_V, USUAL, Status.WARN, id="of Hyper-V alone"),
        pytest.param({}, USUAL, Status.FAIL, id="neither"),
        pytest.param(IN_ADMINISTRATORS, OFF, Status.FAIL, id="remoting is off"),
        pytest.param(IN_REMOTE, USUAL.replace("(A;;GA;;;RM)", ""), Status.FAIL, id="the list knows no such group"),
        pytest.param({}, USUAL + "(A;;GA;;;WD)", Status.FAIL, id="an entry behind the audit list is none"),
        pytest.param({}, USUAL.replace("S:P", f"(A;;GX;;;{SID})S:P"), Status.PASS, id="named himself"),
        pytest.param({}, USUAL.replace("S:P", "(A;;GR;;;WD)S:P"), Status.FAIL, id="everyone may read only"),
        pytest.param({}, USUAL.replace("D:P", f"D:P(D;;GA;;;{SID})"), Status.FAIL, id="refused himself"),
        pytest.param(IN_REMOTE, USUAL.replace("D:P", f"D:P(D;;GA;;;{SID})"), Status.FAIL, id="refusal comes first"),
        pytest.param(IN_REMOTE, USUAL.replace("D:P", "D:P(A;;GA;;;DA)"), Status.UNKNOWN, id="an alias of its domain"),
        pytest.param({"remote": GONE}, USUAL, Status.UNKNOWN, id="members unread"),
        pytest.param(IN_ADMINISTRATORS | {"remote": GONE}, USUAL, Status.PASS, id="members unread that do not matter"),
        pytest.param({"account": GONE}, USUAL, Status.UNKNOWN, id="account unread"),
        pytest.param({"joined": False}, USUAL, Status.NOT_APPLICABLE, id="in no domain"),
    ],
)  # fmt: skip
def test_session(judge: Judge, facts, sddl, expected):
    assert run(judge, facts, sddl).status is expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param((), Status.UNKNOWN, id="not registered"),
        pytest.param([SessionConfiguration(None)], Status.UNKNOWN, id="no text"),
        pytest.param([SessionConfiguration("<x/>")], Status.UNKNOWN, id="no descriptor"),
        pytest.param([SessionConfiguration('<a Sddl="D:P"/><a Sddl="D:"/>')], Status.UNKNOWN, id="two descriptors"),
        pytest.param(config("O:NSG:BA"), Status.UNKNOWN, id="no list in it"),
        pytest.param(config(USUAL, more=' Enabled="False"'), Status.FAIL, id="switched off"),
        pytest.param(GapReason.ACCESS_DENIED, Status.UNKNOWN, id="unread"),
    ],
)
def test_settings(judge: Judge, settings, expected):
    assert run(judge, IN_ADMINISTRATORS, settings=settings).status is expected


def test_a_list_of_a_group_of_ones_own_is_not_switched_off(judge: Judge):
    """Whoever is in that group is let in; whoever may be is not told to open the host to all."""
    own = "O:NSG:BAD:P(A;;GA;;;S-1-5-21-1-1-1-7777)S:P(AU;FA;GA;;;WD)"
    out = run(judge, IN_REMOTE, own)
    assert (out.status, out.remedy) == (Status.FAIL, "")
    assert "nobody" not in out.seen
    assert run(judge, {"remote": GONE}, own).status is Status.UNKNOWN
    within = {"account": [ops(group_sids=("S-1-5-21-1-1-1-7777",))]}
    assert run(judge, within, own).status is Status.PASS
    refused = own.replace("D:P", "D:P(D;;GA;;;NU)")
    assert "switch remoting on there" in run(judge, within, refused).remedy
    assert "switch remoting on there" in run(judge, within, "O:NSG:BAD:P").remedy


@pytest.mark.parametrize("sddl", ["O:NSG:BA", "D:(A;;GA;;;DA)", "D:(A;;GA;;;DA)(A;;GR;;;BA)"])
def test_whether_a_list_lets_in_anybody_may_not_be_known(sddl):
    assert lets_in_anybody(sddl) is None


def test_the_group_that_2012_does_not_have_is_no_doubt(judge: Judge):
    old, there = windows(9200), groups(ADMINISTRATORS, HYPER_V)
    assert run(judge, {"windows_": old, "there": there}).status is Status.FAIL
    assert run(judge, {"windows_": windows(9600), "there": there}).status is Status.UNKNOWN


def test_on_a_controller(judge: Judge):
    controller = windows(kind=ProductType.DOMAIN_CONTROLLER)
    facts = {"windows_": controller, "account": [ops(group_sids=(REMOTE_MANAGEMENT,))], "there": GONE}
    assert run(judge, facts).status is Status.PASS


def test_where_it_does_not_matter(judge: Judge):
    assert run(judge, {}, remote_initiated=False).status is Status.NOT_APPLICABLE
    assert run(judge, {}, routes=(Route(HV02, HV01),)).status is Status.NOT_APPLICABLE


def test_nothing_is_asked_where_it_does_not_matter():
    view = View(evidence(known(), where(remote_initiated=False)), remote_session.needs)
    assert list(questions(Subject(scopes.OPERATOR_HOST, (OPS, HV01)), view)) == []
    view = View(evidence(known(), where()), remote_session.needs)
    asked = [ask.fact for ask in questions(Subject(scopes.OPERATOR_HOST, (OPS, HV01)), view)]
    assert asked == [Administrator, HyperVAdministrator, RemoteManagementUser]


def test_a_remedy_is_printed_only_where_it_cures(judge: Judge):
    assert f"-SID {REMOTE_MANAGEMENT}" in run(judge, {}).remedy
    assert run(judge, {}, USUAL.replace("(A;;GA;;;RM)", "")).remedy == ""
    assert "switch remoting on there" in run(judge, {}, OFF).remedy


@pytest.mark.parametrize(
    "text", ["<PlugInConfiguration " * 3200, "<PlugInConfiguration Enabled " * 2300, 'Sddl="' * 10_000]
)
def test_a_long_text_of_a_machine_ends(text):
    told = SessionConfiguration(text)
    assert told.enabled
    assert told.sddl in ("", "Sddl=")
    many = "D:" + "".join(f"(A;;GR;;;S-1-5-21-{n})" for n in range(3000))
    assert lets_in_anybody(many) is False
