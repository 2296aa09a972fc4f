from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.common.holders import HOLDERS, holders, neighbours_asked, others
from checks.common.meeting import Met, met
from checks.common.own import is_own
from checks.common.probing import connects, reached
from scanner.api import GapReason, MissingEvidence, Status, View
from scanner.facts.neighbour import Neighbour, address_of
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from tests.checks.common.builders import GONE, adapter, address, neighbour, probe
from tests.conftest import HV01, HV02, HV11, estate, evidence

OURS, THEIRS, HIS = "00-15-5D-00-00-01", "00-15-5D-00-00-02", "00-15-5D-00-00-03"
HERE, THERE = address("10.20.0.5/24"), address("10.20.0.6/24")
ANSWER = probe("10.20.0.6:6600", local="10.20.0.5", remote="10.20.0.6")
HIS_OWN = address("10.20.0.8/24")
BY_NAME = probe("hv02.corp.example:445", local="10.20.0.5", remote="10.20.0.6")


def leading(*addresses: str) -> EndpointProbe:
    """An attempt by a name that leads to these addresses and met the destination."""
    return replace(BY_NAME, addresses=addresses)


def view(third=(), entries=None, here=(HERE,), there=(THERE,), adapters=None, answers=(ANSWER,)) -> View:
    own = {HV01: OURS, HV02: THEIRS, HV11: HIS} | (adapters or {})
    rows = {
        (IPAddress, HV01): here,
        (IPAddress, HV02): there,
        (IPAddress, HV11): third,
        (Neighbour, HV01): GONE if entries is None else entries,
        (EndpointProbe, HV01): answers,
        **{(NetworkAdapter, host): [adapter(link_layer=text)] for host, text in own.items()},
    }
    known = {key: value if isinstance(value, GapReason) else list(value) for key, value in rows.items()}
    return View(evidence(known, estate(hosts=(HV01, HV02, HV11))), (*HOLDERS, EndpointProbe))


def entry(link_layer: str | None, **more: int) -> list[Neighbour]:
    return [neighbour("10.20.0.6", link_layer, **more)]


TWICE = {HV01: OURS, HV02: THEIRS, HV11: THEIRS}


@pytest.mark.parametrize(
    ("seen", "who", "words"),
    [
        pytest.param(view(), Met.DESTINATION, "", id="alone"),
        pytest.param(view(here=[THERE]), Met.ITSELF, "hv01.corp.example itself", id="the source's own"),
        pytest.param(
            view(here=[address("10.20.0.6/24", state=2)]), Met.DESTINATION, "", id="a duplicate is not in use"
        ),
        pytest.param(view([THERE]), Met.UNTOLD, "hv11.branch.example, too", id="shared, no entry"),
        pytest.param(view([THERE], []), Met.UNTOLD, "hv11.branch.example, too", id="shared, no row"),
        pytest.param(view([THERE], entry(THEIRS)), Met.DESTINATION, "", id="shared, its adapter"),
        pytest.param(view([THERE], entry("00155d000002")), Met.DESTINATION, "", id="written otherwise"),
        pytest.param(view([THERE], entry(HIS)), Met.ANOTHER, "hv11.branch.example on the wire", id="his adapter"),
        pytest.param(view([], entry(HIS)), Met.UNTOLD, "an adapter of hv11", id="he passes it on, or is in between"),
        pytest.param(view(GONE, entry(HIS)), Met.UNTOLD, "an adapter of hv11", id="his addresses unread"),
        pytest.param(view([THERE], entry("00-15-5D-00-00-99")), Met.UNTOLD, "none of hv02", id="nobody's adapter"),
        pytest.param(view([], entry("00-15-5D-00-00-99")), Met.UNTOLD, "none of hv02", id="nobody's, not shared"),
        pytest.param(
            view([], entry("00-15-5D-00-00-99"), adapters={HV02: None}), Met.DESTINATION, "", id="adapters not known"
        ),
        pytest.param(view([THERE], entry(THEIRS), adapters=TWICE), Met.UNTOLD, "several machines", id="cloned adapter"),
        pytest.param(view([THERE], entry(THEIRS, state=0)), Met.UNTOLD, "too", id="unreachable"),
        pytest.param(view([THERE], entry(THEIRS, state=2)), Met.DESTINATION, "", id="asked again"),
        pytest.param(view([THERE], entry(THEIRS, interface=8)), Met.UNTOLD, "too", id="on another network"),
        pytest.param(view([THERE], entry(None)), Met.UNTOLD, "too", id="no link-layer address"),
        pytest.param(view([THERE], entry("00-00-00-00-00-00")), Met.UNTOLD, "too", id="zeros"),
        pytest.param(view([THERE], entry("FF-FF-FF-FF-FF-FF")), Met.UNTOLD, "too", id="everybody"),
        pytest.param(view([THERE], [*entry(THEIRS), *entry(HIS)]), Met.UNTOLD, "several", id="two answered"),
        pytest.param(
            view([THERE], entry(THEIRS, interface=8), here=[HERE, address("10.40.0.5/24", interface=8)]),
            Met.UNTOLD,
            "too",
            id="on the network of another address of the source",
        ),
        pytest.param(view([THERE], [neighbour("10.20.0.9", THEIRS)]), Met.UNTOLD, "too", id="of another address"),
        pytest.param(view([THERE], entry(THEIRS), here=GONE), Met.DESTINATION, "", id="its adapter, by any network"),
        pytest.param(view(GONE), Met.DESTINATION, "", id="a third that was not read"),
        pytest.param(view(there=GONE), Met.DESTINATION, "", id="it took the address from elsewhere"),
        pytest.param(view(here=GONE), Met.DESTINATION, "", id="the source's addresses unread"),
    ],
)
def test_whom_an_attempt_at_an_address_met(seen, who, words):
    meeting = met(seen, HV01, HV02, ANSWER)
    assert meeting.who is who
    assert words in meeting.why
    assert bool(meeting.why) is (who is not Met.DESTINATION)


@pytest.mark.parametrize(
    ("answer", "seen", "who"),
    [
        pytest.param(BY_NAME, view(), Met.DESTINATION, id="its address"),
        pytest.param(BY_NAME, view([THERE], there=[address("10.20.0.7/24")]), Met.ANOTHER, id="another's alone"),
        pytest.param(BY_NAME, view([THERE]), Met.UNTOLD, id="another's, too"),
        pytest.param(BY_NAME, view(there=[address("10.20.0.7/24")]), Met.UNTOLD, id="nobody's"),
        pytest.param(BY_NAME, view([THERE], there=GONE), Met.UNTOLD, id="another's, its own unread"),
        pytest.param(BY_NAME, view(there=GONE), Met.UNTOLD, id="its own unread"),
        pytest.param(probe("h:445", local="10.20.0.5"), view(), Met.UNTOLD, id="no address told"),
        pytest.param(probe("h:445"), view(here=GONE), Met.UNTOLD, id="no address told, neither of the two"),
        pytest.param(probe("10.20.0.6:445"), view(here=GONE), Met.UNTOLD, id="no own address told or read"),
        pytest.param(probe("10.20.0.6:445"), view(), Met.DESTINATION, id="no own address told, all read"),
        pytest.param(
            probe("h:445", local="10.20.0.5", remote="::ffff:10.20.0.6"), view(), Met.DESTINATION, id="in IPv6 clothes"
        ),
        pytest.param(probe("h:445", local="10.20.0.6", remote="10.20.0.6"), view(here=GONE), Met.ITSELF, id="itself"),
        pytest.param(
            probe("[fd00::6]:6600", local="fd00::6", remote="fd00::6%7"), view(here=GONE), Met.ITSELF, id="scoped"
        ),
        pytest.param(
            probe("[fd00::6]:6600", local="fd00::5"), view(there=[address("fd00::6/64")]), Met.DESTINATION, id="IPv6"
        ),
        pytest.param(ANSWER, view(there=[address("10.20.0.7/24")]), Met.UNTOLD, id="by address, nobody's"),
        pytest.param(ANSWER, view(there=GONE), Met.DESTINATION, id="by address, its own unread"),
        pytest.param(ANSWER, view([THERE], there=[address("10.20.0.7/24")]), Met.UNTOLD, id="by address, another's"),
        pytest.param(leading("10.20.0.6", "10.20.0.9"), view(), Met.UNTOLD, id="a name with an address of nobody"),
        pytest.param(
            leading("10.20.0.6", "10.20.0.9"), view(there=GONE), Met.UNTOLD, id="of nobody, or of what was not read"
        ),
        pytest.param(leading("10.20.0.6", "10.20.0.8"), view([HIS_OWN]), Met.UNTOLD, id="a name of two machines"),
        pytest.param(
            replace(leading("10.20.0.8"), remote="10.20.0.5"), view([HIS_OWN]), Met.ITSELF, id="itself, all the same"
        ),
        pytest.param(leading("10.20.0.8"), view([THERE, HIS_OWN], entry(HIS)), Met.ANOTHER, id="another, all the same"),
        pytest.param(leading("10.20.0.8"), view([HIS_OWN], entry(THEIRS)), Met.UNTOLD, id="whatever the wire says"),
        pytest.param(
            leading("10.20.0.8"), view([HIS_OWN], there=[THERE, HIS_OWN]), Met.DESTINATION, id="an address of both"
        ),
        pytest.param(
            leading("10.20.0.5", "10.20.0.6"), view(), Met.UNTOLD, id="a name of the source and the destination"
        ),
    ],
)
def test_whom_an_attempt_met(answer, seen, who):
    assert met(seen, HV01, HV02, answer).who is who


MORE = "2001:db8::9"


@pytest.mark.parametrize(
    ("listed", "who"),
    [
        pytest.param(address(f"{MORE}/64"), Met.DESTINATION, id="in use"),
        pytest.param(address(f"{MORE}/64", state=3), Met.DESTINATION, id="a temporary one, no longer offered"),
        pytest.param(address(f"{MORE}/64", state=1), Met.DESTINATION, id="one that is yet to be in use"),
        pytest.param(address(f"{MORE}/64", state=0, store=0), Met.DESTINATION, id="one of an adapter that is off"),
        pytest.param(address(f"{MORE}/64", state=2), Met.UNTOLD, id="a duplicate is another machine's"),
        pytest.param(address("2001:db8::8/64"), Met.UNTOLD, id="one beside it"),
    ],
)
def test_an_address_that_the_destination_lists_is_no_stranger_whatever_its_state(listed, who):
    meeting = met(view(there=[THERE, listed]), HV01, HV02, leading("10.20.0.6", f"{MORE}%3"))
    assert meeting.who is who
    assert (f"leads to {MORE}, too, which hv02.corp.example does not list" in meeting.why) is (who is Met.UNTOLD)


def test_a_link_local_address_is_the_destinations_if_it_lists_it():
    own = [THERE, address("fe80::6%7/64")]
    assert met(view(there=own), HV01, HV02, leading("10.20.0.6", "fe80::6%4")).who is Met.DESTINATION
    assert met(view(there=own), HV01, HV02, leading("10.20.0.6", "fe80::7%4")).who is Met.UNTOLD


@pytest.mark.parametrize(
    ("seen", "status", "connected", "words"),
    [
        pytest.param(view(), Status.PASS, True, "connects to 10.20.0.6:6600", id="it"),
        pytest.param(view([THERE], entry(HIS)), Status.FAIL, False, "10.20.0.6 is hv11", id="another"),
        pytest.param(view(here=[THERE]), Status.FAIL, False, "met itself", id="itself"),
        pytest.param(view([THERE]), Status.UNKNOWN, None, "who answered is not known", id="untold"),
        pytest.param(view(answers=[probe("10.20.0.6:6600", "Refused")]), Status.FAIL, False, "refused", id="refused"),
        pytest.param(view(answers=[]), Status.UNKNOWN, None, "was not probed", id="not tried"),
    ],
)
def test_a_connection_counts_where_it_met_the_destination(seen, status, connected, words):
    verdict = reached(seen, HV01, "10.20.0.6:6600", remedy="open it", destination=HV02)
    assert (verdict.status, words in verdict.seen + verdict.note) == (status, True)
    assert connects(seen, HV01, "10.20.0.6:6600", destination=HV02) is connected
    assert ("open it" in verdict.remedy) is ("refused" in verdict.seen)


def test_without_a_destination_a_connection_is_one():
    assert reached(view(here=[THERE]), HV01, "10.20.0.6:6600").status is Status.PASS
    assert connects(view(here=[THERE]), HV01, "10.20.0.6:6600") is True


@pytest.mark.parametrize(
    ("third", "here", "asked"),
    [
        pytest.param([], [HERE], [], id="nothing shared"),
        pytest.param([THERE], [HERE], [(Neighbour, HV01, "10.20.0.6")], id="shared with a third"),
        pytest.param([HERE], [HERE], [], id="another's and the source's"),
        pytest.param([THERE], [THERE], [], id="the source's, too"),
        pytest.param(GONE, [HERE], [], id="the third unread"),
    ],
)
def test_the_wire_is_asked_about_only_where_it_decides(third, here, asked):
    found = [(a.fact, a.target, a.argument) for a in neighbours_asked(view(third, here=here), HV01, HV02)]
    assert found == asked


def test_who_holds_an_address():
    seen = view([THERE, address("169.254.1.1/16"), address("fe80::1%3/64"), address("2001:db8::5efe:1.2.3.4/64")])
    assert others(seen, THERE.address, HV02) == {HV11}
    assert {str(a) for a in holders(seen).machines} == {"10.20.0.5", "10.20.0.6"}
    junk = view([address("junk/24")], there=[THERE, address("junk/24")])
    assert holders(junk).shared == {}
    assert is_own(seen, HV02, THERE.address) is True
    assert is_own(seen, HV01, THERE.address) is False
    assert is_own(view(here=GONE), HV01, THERE.address) is None


class Older(NetworkAdapter):
    """A row of a version that did not read its link-layer address."""

    @property
    def link_layer(self) -> frozenset[str]:
        raise MissingEvidence


def test_a_record_that_lacks_link_layer_addresses_tells_less():
    rows = {
        (IPAddress, HV01): [HERE],
        (IPAddress, HV02): [THERE],
        (NetworkAdapter, HV02): [Older(7, None, 1, 1, 1, None, ())],
        (Neighbour, HV01): entry(THEIRS),
    }
    assert met(View(evidence(rows), HOLDERS), HV01, HV02, ANSWER).who is Met.DESTINATION


ADDRESSES = st.sampled_from([f"10.20.0.{n}" for n in range(4)] + [f"10.30.0.{n}" for n in range(3)])
CARDS = st.sampled_from([OURS, THEIRS, HIS, None])


@given(
    st.lists(ADDRESSES), st.lists(ADDRESSES), st.lists(ADDRESSES), ADDRESSES, ADDRESSES, CARDS, st.sampled_from([4, 1])
)
def test_who_met_itself_or_a_third_machine_never_met_the_destination(here, there, third, remote, local, card, state):
    """By the machines' own word: an address of the source, one of the third without proof, the third's adapter."""
    made = [[address(f"{text}/24") for text in texts] for texts in (here, there, third)]
    answer = probe("h:1", remote=remote, local=local)
    seen = view(made[2], [neighbour(remote, card, state=state)], here=made[0], there=made[1])
    who = met(seen, HV01, HV02, answer).who
    used = {row.interface for row in made[0] if row.address == address_of(local)}
    proved = card == THEIRS and state == 4 and (not used or 7 in used)
    if remote in here or remote == local:
        assert who is Met.ITSELF
    elif ((remote in third or remote not in there) and not proved) or (card in (OURS, HIS) and state == 4):
        assert who is not Met.DESTINATION


def certified(name: str, remote: str = "10.20.0.6") -> EndpointProbe:
    """An attempt that was shown a certificate with this subject."""
    shown = {"tls_outcome": "Ok", "certificate_subject": name}
    return replace(BY_NAME, target="hv02.corp.example:443/tls", remote=remote, **shown)


@pytest.mark.parametrize(
    ("answer", "seen", "who", "words"),
    [
        pytest.param(certified("CN=HV02.corp.example"), view([THERE]), Met.DESTINATION, "", id="shared, its own"),
        pytest.param(certified("CN=hv02.corp.example, O=Corp"), view([THERE]), Met.DESTINATION, "", id="and more"),
        *(
            pytest.param(
                replace(certified("CN=hv02.corp.example"), tls_outcome=outcome),
                view([THERE]),
                Met.UNTOLD,
                "too",
                id=why,
            )
            for outcome, why in (("Failed", "no key"), ("Skipped", "late"))
        ),
        pytest.param(certified("CN=*.corp.example"), view([THERE]), Met.UNTOLD, "too", id="everybody's"),
        pytest.param(certified("CN=hv02"), view([THERE]), Met.UNTOLD, "too", id="a short name"),
        pytest.param(certified("O=hv02.corp.example"), view([THERE]), Met.UNTOLD, "too", id="no common name"),
        pytest.param(
            certified("CN=hv02.corp.example, CN=x.corp.example"), view([THERE]), Met.UNTOLD, "too", id="two names"
        ),
        pytest.param(certified("hv02.corp.example"), view([THERE]), Met.UNTOLD, "too", id="no distinguished name"),
        pytest.param(
            certified("CN=hv02.corp.example"),
            view([THERE], entry(HIS)),
            Met.ANOTHER,
            "on the wire",
            id="not on the wire",
        ),
        pytest.param(
            certified("CN=hv02.corp.example"),
            view([THERE], there=[HIS_OWN]),
            Met.ANOTHER,
            "none of",
            id="not its address",
        ),
        pytest.param(
            certified("CN=hv02.corp.example", "10.20.0.5"), view(), Met.ITSELF, "itself", id="met itself all the same"
        ),
        pytest.param(
            certified("CN=hv11.branch.example"), view([HIS_OWN]), Met.UNTOLD, "names hv11.branch", id="another's name"
        ),
        pytest.param(certified("CN=old.corp.example"), view(), Met.DESTINATION, "", id="nobody's name"),
        pytest.param(certified("CN=hv02.corp.example"), view(), Met.DESTINATION, "", id="its own, which adds nothing"),
        pytest.param(
            certified("CN=hv11.branch.example"),
            view([THERE], entry(HIS)),
            Met.ANOTHER,
            "on the wire",
            id="the name of whom the wire told",
        ),
        pytest.param(
            replace(certified("CN=hv02.corp.example"), addresses=("10.20.0.6", "10.20.0.8")),
            view([THERE, HIS_OWN]),
            Met.UNTOLD,
            "next",
            id="the name leads elsewhere, too",
        ),
    ],
)
def test_whom_a_certificate_tells(answer, seen, who, words):
    meeting = met(seen, HV01, HV02, answer)
    assert (meeting.who, words in meeting.why) == (who, True)
