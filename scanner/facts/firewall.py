"""Windows' firewall: its rules, and what it does in each profile where no rule decides.

Read from the registry, where rules are texts of one grammar (MS-GPFAS 2.2.2.19) on every release, in one enumeration
that takes a second; the commands of the firewall take a minute for the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.model import Fact
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
LOCAL, POLICY, MDM = "local", "policy", "mdm"
DISPLAYED = ("name", "desc", "embedctxt")
"""Fields of a rule that people read, in the language of the machine: they decide nothing, and are half of its text."""


def store_of(path: object) -> str:
    """Whose a key is, by its path: the machine's own, of a policy, or of device management."""
    text = path.lower() if isinstance(path, str) else ""
    return POLICY if POLICY_KEY.lower() in text else MDM if "\\mdm\\" in text else LOCAL


@windows_fact(
    registry(rf"{LOCAL_KEY}\FirewallRules", rf"{POLICY_KEY}\FirewallRules", rf"{LOCAL_KEY}\Mdm\FirewallRules"),
    depth=1,
    absent=("key",),
    yields="REG",
    select=Command(
        SELECT, {"Property": ("*",), "ExcludeProperty": ("PSParentPath", "PSChildName", "PSDrive", "PSProvider")}
    ),
    least=1,
    key=("store", "name"),
)
class FirewallRule(WindowsFact):
    """A rule of Windows' firewall, active or not; rules of packaged apps, which concern no service, are left out."""

    name: str = prop("name", "the rule's registry value; the same in every language")
    store: str = prop("store", "local, policy, or mdm (device management)")
    rule: str = prop("rule", "Action=…|Active=TRUE|Dir=In|… (grammar: MS-GPFAS), without the fields for people")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Every value of the key is a rule; PSPath is the provider's own, and tells whose key it is."""
        store = store_of(raw.get("PSPath"))
        for name, rule in raw.items():
            if name == "PSPath" or not isinstance(rule, str):
                continue
            parts = [part for part in rule.split("|") if part.partition("=")[0].strip().lower() not in DISPLAYED]
            if not any(part.lower().startswith("apppkgid=") for part in parts):
                yield {"name": name, "store": store, "rule": "|".join(filter(None, parts))}

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """What the rule says, by key in lower case; a key that is repeated is a list."""
        found: dict[str, list[str]] = {}
        for part in self.rule.split("|"):
            key, equals, value = part.partition("=")
            if equals:
                found.setdefault(key.strip().lower(), []).append(value.strip())
        return {key: tuple(values) for key, values in found.items()}

    def says(self, key: str, value: str) -> bool:
        """Whether the rule holds ``key=value``, in any case."""
        return any(value.lower() == told.lower() for told in self.fields.get(key.lower(), ()))

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
        return self.says("Action", "Allow") or self.says("Action", "ByPass")


@windows_fact(
    registry(
        *(rf"{LOCAL_KEY}\{name}" for name in ("DomainProfile", "StandardProfile", "PublicProfile")),
        *(rf"{POLICY_KEY}\{name}" for name in PROFILE_KEYS),
    ),
    absent=("key",),
    yields="REG",
    least=1,
    key=("path",),
)
class FirewallProfile(WindowsFact):
    """What the firewall does in a profile, by the machine's own setting or a policy's; a policy's value wins."""

    path: str = prop("PSPath", "its key, which tells the profile and whose setting it is")
    enabled: int | None = prop("EnableFirewall", "1 on, 0 off; null: not set here")
    inbound: int | None = prop(
        "DefaultInboundAction", "of what no rule covers: 0 let in, 1 keep out, which is the default"
    )
    no_exceptions: int | None = prop("DoNotAllowExceptions", "1: nothing comes in, whatever rules allow")
    merges: int | None = prop("AllowLocalPolicyMerge", "of a policy: 0 leaves out the machine's own rules")

    @property
    def profile(self) -> str:
        """Domain, Private or Public."""
        return {key.lower(): name for key, name in PROFILE_KEYS.items()}.get(self.path.rpartition("\\")[2].lower(), "")

    @property
    def store(self) -> str:
        """Whose setting it is: local or policy."""
        return store_of(self.path)

    @classmethod
    def lacks(cls, rows: Iterable[Fact]) -> str:
        """The machine's own settings of all three profiles, which every Windows has."""
        own = {row.profile for row in rows if isinstance(row, FirewallProfile) and row.store == LOCAL}
        missing = [name for name in dict.fromkeys(PROFILE_KEYS.values()) if name not in own]
        return f"no row of the firewall's profile {' and '.join(missing)}, which every machine has" if missing else ""
