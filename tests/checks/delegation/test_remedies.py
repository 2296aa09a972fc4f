"""What the commands of all findings of an estate leave behind, whatever its accounts hold already."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.api import Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import DnsSuffix
from scanner.judge.judging import judge_check
from scanner.plugins import load
from tests.checks.delegation.domain import ANY_PROTOCOL, OPEN, PLAIN, account, both, known
from tests.conftest import HV01, HV02, HV11, estate, evidence

CHECKS = [check for check in load(third_party=False).checks if check.id.startswith("DEL-") and check.id != "DEL-10"]
HV03 = "hv03.corp.example"
HOSTS = (HV01, HV02, HV03, HV11)
SIDS = {host: f"S-1-5-21-{2 if host == HV11 else 1}-1-1-110{place}" for place, host in enumerate(HOSTS)}
GROUP, FOREIGN = "S-1-5-21-1-1-1-2000", "S-1-5-21-9-9-9-500"
LISTS = st.lists(st.sampled_from([*SIDS.values(), GROUP, FOREIGN, "S-1-5-11"]), unique=True, max_size=3).map(tuple)
BITS = st.sampled_from([PLAIN, ANY_PROTOCOL, OPEN, 0x82000, 0x4001000, 0x5001000])
NAMES = [name for host in HOSTS for service in ("cifs", "Microsoft Virtual System Migration Service")
         for name in both(host, service)]  # fmt: skip
EVERY = [Route(source, end) for source, end in permutations(HOSTS, 2)]
ROUTES = st.lists(st.sampled_from(EVERY), unique=True, min_size=1, max_size=6)
FEW = settings(max_examples=30)


@st.composite
def accounts(draw: st.DrawFn) -> list[ComputerAccount]:
    """An account for each host, which holds anything."""
    return [
        replace(
            account(
                host, *draw(st.lists(st.sampled_from(NAMES), max_size=8)), uac=draw(BITS), allowed=draw(LISTS),
                denied=draw(LISTS), spns=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=8))),
            ),
            sid=SIDS[host],
        )
        for host in HOSTS
    ]  # fmt: skip


def findings(rows, routes, suffix=""):
    facts = known(*rows, hosts=HOSTS)
    if suffix:
        facts |= {(DnsSuffix, host): [DnsSuffix(suffix, suffix)] for host in HOSTS}
    where = estate(hosts=HOSTS, routes=tuple(routes))
    return [finding for check in CHECKS for finding in judge_check(check, evidence(facts, where))]


@FEW
@given(accounts(), ROUTES)
def test_commands_agree_and_take_nothing_back(rows, routes):
    by_dn = {row.dn: row for row in rows}
    dn_of = {row.sid: row.dn for row in rows}
    lists: dict[str, set[str]] = {}
    for finding in findings(rows, routes):
        assert finding.check == "DEL-09" or not re.search(r"setspn|netdom", finding.remedy)
        for line in finding.remedy.splitlines():
            cleared = re.match(r"Set-ADAccountControl -Identity '([^']+)' -Server '[^']+' -Trusted\w+ \$false$", line)
            assert cleared is None or not by_dn[cleared[1]].user_account_control & 0x4002000, "what a controller needs"
            assert bool(cleared) is ("$false" in line)
            named = re.match(r"Set-ADComputer -Identity '([^']+)' .*-PrincipalsAllowed", line)
            if named:
                lists.setdefault(named[1], set()).add(line)
            granted = re.match(r"Set-ADAccountControl -Identity '([^']+)'", line)
            assert granted is None or not by_dn[granted[1]].read_only_controller
    for dn, lines in lists.items():
        assert len(lines) == 1, "one list, whatever the finding"
        text, taker = lines.pop(), by_dn[dn]
        ends = {(route.source, route.destination) for route in routes}
        partners = {SIDS[end] for pair in ends if taker.dns_name in pair for end in pair} - {taker.sid}
        stays = partners.union(taker.allowed_sids)
        assert all(f"'{dn_of.get(sid, sid)}'" in text for sid in stays)
        assert set(taker.denied_sids) <= partners, "a deny entry for another would be lost"


def test_every_host_that_moves_to_another_stays_on_its_list():
    """None of them is moved to from there."""
    rows = [replace(account(host, spns=tuple(NAMES)), sid=SIDS[host]) for host in HOSTS]
    said = [f.remedy for f in findings(rows, (Route(HV01, HV11), Route(HV02, HV11))) if f.check == "DEL-01"]
    assert len(said) == 2
    for text in said:
        assert "'CN=HV01,DC=corp,DC=example'" in text
        assert "'CN=HV02,DC=corp,DC=example'" in text


@FEW
@given(accounts(), ROUTES)
def test_every_warning_says_why_the_move_works(rows, routes):
    for finding in findings(rows, routes):
        assert bool(finding.works) is (finding.status is Status.WARN), finding


@FEW
@given(accounts(), ROUTES, st.sampled_from(["prod.example", "branch.example", "x"]))
def test_another_dns_suffix_changes_no_status(rows, routes, suffix):
    """The names of the machines are renamed in all that names them; their domains stay."""

    def renamed(text: str) -> str:
        return re.sub(r"(hv\d\d)\.(corp|branch)\.example", rf"\1.{suffix}", text)

    others = [
        replace(
            row, dns_name=renamed(row.dns_name), spns=tuple(map(renamed, row.spns)),
            delegates_to=tuple(map(renamed, row.delegates_to)),
        )
        for row in rows
    ]  # fmt: skip
    before = {(f.check, f.subject): f.status for f in findings(rows, routes)}
    assert {(f.check, f.subject): f.status for f in findings(others, routes, suffix)} == before
