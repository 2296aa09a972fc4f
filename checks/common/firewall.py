"""What Windows' firewall does with a connection that comes in, by its settings and rules.

A rule that blocks wins over all that allow, a policy's setting over the machine's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from checks.common.firewall_rule import Flow, covers
from checks.common.parts import clip, listing
from scanner.api import View, tell
from scanner.facts.firewall import (
    FirewallProfile,
    FirewallRule,
    PolicyFirewallProfile,
    PolicyFirewallRule,
    RuleText,
)
from scanner.facts.host import Service

FIREWALL = (FirewallRule, PolicyFirewallRule, FirewallProfile, PolicyFirewallProfile, Service)
"""What a check declares that asks what the firewall does."""
NEITHER = -1
"""of a setting that two keys of one policy tell otherwise"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the firewall does with a connection, in words. ``None``: that cannot be told."""

    lets_in: bool | None
    why: str
    lacks_rule: bool = False
    """nothing but a rule of the machine's own is missing: one that lets it in would"""


def decide(view: View, host: str, profile: str, flow: Flow, *, activated: str = "") -> Decision:
    """What a host's firewall does with the connection in a profile, or would with this rule of its own active.

    The check must declare ``FIREWALL``.

    Raises:
        MissingEvidence: settings or rules could not be read.
    """
    if any(row.name.lower() == "mpssvc" and row.state == "Stopped" for row in view.rows(Service, host)):
        return Decision(True, tell("the firewall's service is stopped"))
    state = _State(view.rows(PolicyFirewallProfile, host), view.rows(FirewallProfile, host), profile)
    words = {state.enabled, state.inbound, state.no_exceptions, state.merges}
    if not words <= {0, 1}:
        return Decision(
            None, tell("the settings of the profile {profile} are not plain: {state}", profile=profile, state=state)
        )
    if not state.enabled:
        return Decision(True, tell("the firewall is off in the profile {profile}", profile=profile))
    if state.no_exceptions:
        return Decision(False, tell("the profile {profile} keeps out all, whatever rules allow", profile=profile))
    rules = view.shared(_near, host, profile, replace(flow, remotes=()), activated.lower(), bool(state.merges))
    found = [(rule, covers(rule, profile, flow)) for rule in rules]
    return _decided(found, profile, by_default=not state.inbound, merges=bool(state.merges))


def _near(view: View, host: str, profile: str, flow: Flow, activated: str, merges: bool) -> list[RuleText]:
    """The rules in force that may cover a connection, whencever it comes: a machine has hundreds, and few of these."""
    own = [r for r in view.rows(FirewallRule, host) if r.active or r.name.lower() == activated]
    every: list[RuleText] = [
        *(r for r in view.rows(PolicyFirewallRule, host) if r.active),
        *(own if merges else ()),
    ]
    return [rule for rule in every if rule.inbound and covers(rule, profile, flow) is not False]


class _State:
    """A profile's settings, in which a policy's value wins; and what holds where nothing is set."""

    def __init__(
        self, policies: Iterable[PolicyFirewallProfile], rows: Iterable[FirewallProfile], profile: str
    ) -> None:
        above = [row for row in policies if row.profile == profile]
        own = [row for row in rows if row.profile == profile]
        self.enabled = _told([row.enabled for row in above], [row.enabled for row in own], 1)
        self.inbound = _told([row.inbound for row in above], [row.inbound for row in own], 1)
        self.no_exceptions = _told([row.no_exceptions for row in above], [row.no_exceptions for row in own], 0)
        self.merges = _told([row.merges for row in above], [], 1)

    def __str__(self) -> str:
        return tell(
            "on {enabled}, by default {inbound}, no rules {no_exceptions}, own rules {merges}",
            enabled=self.enabled,
            inbound=self.inbound,
            no_exceptions=self.no_exceptions,
            merges=self.merges,
        )


def _told(policies: Iterable[int | None], own: Iterable[int | None], otherwise: int) -> int:
    for values in (policies, own):
        said = {value for value in values if value is not None}
        if said:  # the private profile has two keys in policies
            return said.pop() if len(said) == 1 else NEITHER
    return otherwise


def _decided(
    found: Sequence[tuple[RuleText, bool | None]], profile: str, *, by_default: bool, merges: bool
) -> Decision:
    def names(kind: Callable[[RuleText], bool], covers: bool | None) -> str:
        return listing(clip(rule.name, 60) for rule, what in found if kind(rule) and what is covers)

    if blocking := names(_blocks, True):
        return Decision(
            False, tell("in the profile {profile} a rule keeps it out: {blocking}", profile=profile, blocking=blocking)
        )
    allowing, maybe = names(_allows, True), names(_allows, None)
    if not (allowing or maybe or by_default):
        own = "" if merges else tell(", and its policy leaves out the machine's own rules")
        return Decision(
            False,
            tell("in the profile {profile} no active rule lets it in{own}", profile=profile, own=own),
            lacks_rule=merges,
        )
    if doubtful := names(_blocks, None):
        return Decision(
            None,
            tell("in the profile {profile} a rule may keep it out: {doubtful}", profile=profile, doubtful=doubtful),
        )
    if allowing:
        return Decision(
            True, tell("in the profile {profile} a rule lets it in: {allowing}", profile=profile, allowing=allowing)
        )
    if by_default:
        return Decision(True, tell("the profile {profile} lets in what no rule keeps out", profile=profile))
    return Decision(None, tell("in the profile {profile} a rule may let it in: {maybe}", profile=profile, maybe=maybe))


def _blocks(rule: RuleText) -> bool:
    return rule.blocks


def _allows(rule: RuleText) -> bool:
    return rule.allows
