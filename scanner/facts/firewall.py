"""Windows' firewall: its rules, and what it does in each profile where no rule decides.

Read from the registry, where rules are texts of one grammar (MS-GPFAS 2.2.2.19) on every release, in one enumeration
that takes a second; the commands of the firewall take a minute for the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import RULE as WORDS_OF_RULES
from scanner.facts.clear import RULE_NAME
from scanner.words.query import Command, registry
from scanner.words.readonly import SELECT

LOCAL_KEY = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
POLICY_KEY = r"SOFTWARE\Policies\Microsoft\WindowsFirewall"
PROFILE_KEYS = {
    "DomainProfile": "Domain",
    "StandardProfile": "Private",
    "PrivateProfile": "Private",
    "PublicProfile": "Public",
}
"""The profile behind a key: the private one is called Standard, in policies by either name."""
DISPLAYED = ("name", "desc", "embedctxt")
"""Fields of a rule that people read, in the language of the machine: they decide nothing, and are half of its text."""
VALUES = Command(
    SELECT, {"Property": ("*",), "ExcludeProperty": ("PSParentPath", "PSChildName", "PSDrive", "PSProvider")}
)
"""All values of a key: each is a rule; PSPath stays, of which no answer is without."""


class RuleText(WindowsFact):
    """What a rule's text says."""

    __slots__ = ()
    name: str
    rule: str

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Every value of the key is a rule, but the provider's own; those of packaged apps concern no service."""
        for name, rule in raw.items():
            if name == "PSPath" or not isinstance(rule, str):
                continue
            parts = [part for part in rule.split("|") if part.partition("=")[0].strip().lower() not in DISPLAYED]
            if not any(part.lower().startswith("apppkgid=") for part in parts):
                yield {"name": name, "rule": "|".join(filter(None, parts))}

    @property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """What the rule says, by key in lower case; a key that is repeated is a list."""
        found: dict[str, list[str]] = {}
        for part in self.rule.split("|"):
            key, equals, value = part.partition("=")
            if equals:
                found.setdefault(key.strip().lower(), []).append(value.strip())
        return {key: tuple(values) for key, values in found.items()}

    def says(self, key: str, *values: str) -> bool:
        """Whether the rule holds ``key=value`` with one of the values, in any case."""
        wanted = {value.lower() for value in values}
        return any(told.lower() in wanted for told in self.conditions.get(key.lower(), ()))

    @property
    def active(self) -> bool:
        """Whether it is in force."""
        return self.says("Active", "TRUE")

    @property
    def inbound(self) -> bool:
        """Whether it is about what comes in."""
        return self.says("Dir", "In")

    @property
    def blocks(self) -> bool:
        """Whether it keeps out what it covers, whatever other rules allow."""
        return self.says("Action", "Block")

    @property
    def allows(self) -> bool:
        """Whether it lets through what it covers, ``ByPass`` with it, which asks for IPsec besides."""
        return self.says("Action", "Allow", "ByPass")


class ProfileSetting(WindowsFact):
    """Which profile a setting is of."""

    __slots__ = ()
    path: str

    @property
    def profile(self) -> str:
        """Domain, Private or Public."""
        return {key.lower(): name for key, name in PROFILE_KEYS.items()}.get(self.path.rpartition("\\")[2].lower(), "")


NAME, RULE = (
    "the rule's registry value",
    "Action=…|Active=TRUE|Dir=In|… (grammar: MS-GPFAS), without the fields for people",
)


@windows_fact(registry(rf"{LOCAL_KEY}\FirewallRules"), depth=1, yields="REG", select=VALUES, least=1, key=("name",))
class FirewallRule(RuleText):
    """A rule of the machine's own in Windows' firewall, active or not."""

    name: str = prop("name", f"{NAME}; of rules that come with Windows the same in every language", clear=RULE_NAME)
    rule: str = prop("rule", RULE, clear=WORDS_OF_RULES)


@windows_fact(
    registry(rf"{POLICY_KEY}\FirewallRules", rf"{LOCAL_KEY}\Mdm\FirewallRules"),
    depth=1,
    absent=("key",),
    yields="REG",
    select=VALUES,
    no_row="no policy sets a rule",
)
class PolicyFirewallRule(RuleText):
    """A rule in Windows' firewall that a policy or device management sets."""

    name: str = prop("name", NAME)
    rule: str = prop("rule", RULE, clear=WORDS_OF_RULES)


ENABLED, INBOUND = "1 on, 0 off; null: not set here", "of what no rule covers: 0 let in, 1 keep out, the default"
NO_EXCEPTIONS = "1: nothing comes in, whatever rules allow"


@windows_fact(
    registry(*(rf"{LOCAL_KEY}\{name}" for name in ("DomainProfile", "StandardProfile", "PublicProfile"))),
    yields="REG",
    least=3,
    key=("path",),
)
class FirewallProfile(ProfileSetting):
    """What the firewall does in a profile, as the machine itself has it; where a policy says otherwise, that counts."""

    path: str = prop("PSPath", "its key, which tells the profile; the private one is called Standard")
    enabled: int | None = prop("EnableFirewall", ENABLED)
    inbound: int | None = prop("DefaultInboundAction", INBOUND)
    no_exceptions: int | None = prop("DoNotAllowExceptions", NO_EXCEPTIONS)


@windows_fact(
    registry(*(rf"{POLICY_KEY}\{name}" for name in PROFILE_KEYS)),
    absent=("key",),
    yields="REG",
    no_row="no policy sets a profile of the firewall",
    key=("path",),
)
class PolicyFirewallProfile(ProfileSetting):
    """What a policy makes the firewall do in a profile."""

    path: str = prop("PSPath", "its key, which tells the profile")
    enabled: int | None = prop("EnableFirewall", ENABLED)
    inbound: int | None = prop("DefaultInboundAction", INBOUND)
    no_exceptions: int | None = prop("DoNotAllowExceptions", NO_EXCEPTIONS)
    merges: int | None = prop("AllowLocalPolicyMerge", "0 leaves out the machine's own rules")
