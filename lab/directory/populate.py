#!/usr/bin/python3
"""Put what the TOML files declare into the directory of one domain controller.

Runs with the system's Python and python3-samba inside the namespaces of a controller, on its database (one process a
domain: samba-tool would need a third of a second for each object). It takes what belongs to the controller's domain.

    populate.py --stage accounts FILE...   groups, users, computers, their names and delegation, keytabs
    populate.py --stage grants FILE...     what needs the accounts of every domain: resource-based delegation, members
    populate.py --stage lag FILE...        on dc1, while dc2 receives nothing: the values dc2 has not yet

Passwords come from the environment (settings.sh); keytabs/<name>.keytab and accounts/<domain>.json go to $ARTIFACTS.
"""

from __future__ import annotations

import argparse
import json
import os
import struct
from pathlib import Path

import ldb
import samba.dckeytab  # noqa: F401  gives Net its export_keytab
from aged import age
from declarations import SCOPES, Computer, Declarations, Group, Trust, User, load
from samba.auth import system_session
from samba.credentials import Credentials
from samba.dcerpc import security
from samba.ndr import ndr_pack
from samba.net import Net
from samba.param import LoadParm
from samba.samdb import SamDB

# userAccountControl, [MS-ADTS] 2.2.16
DISABLED, NORMAL, WORKSTATION, NEVER_EXPIRES = 0x2, 0x200, 0x1000, 0x10000
UNCONSTRAINED, NOT_DELEGATED, PROTOCOL_TRANSITION = 0x80000, 0x100000, 0x1000000
GENERIC_ALL_OF_A_COMPUTER = "0xf01ff"  # what Set-ADComputer -PrincipalsAllowedToDelegateToAccount grants
MADE_HOURS_AGO = 24 * 30  # when delegation was set, by the directory: before the machines started


class Domain:
    """The directory of the controller this process runs in."""

    def __init__(self) -> None:
        self.settings = LoadParm()
        self.settings.load_default()
        self.sam = SamDB(url=None, session_info=system_session(), lp=self.settings)
        self.base, self.name = str(self.sam.domain_dn()), str(self.sam.domain_dns_name())
        self.artifacts = Path(os.environ["ARTIFACTS"])

    def add(self, dn: str, rid: int = 0, **attributes: object) -> None:
        """Add an object; one with a relative identifier of its own has its SID made of that."""
        controls = []
        if rid:
            attributes["objectSid"] = ndr_pack(security.dom_sid(f"{self.sam.get_domain_sid()}-{rid}"))
            controls = ["relax:0"]  # as provisioning does: else Samba gives out the next one
        try:
            self.sam.add({"dn": dn, **attributes}, controls=controls)
        except ldb.LdbError as error:
            if error.args[0] != ldb.ERR_ENTRY_ALREADY_EXISTS:
                raise

    def set(self, dn: str, attributes: dict[str, object]) -> None:
        message = ldb.Message(ldb.Dn(self.sam, dn))
        for name, value in attributes.items():
            message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
        self.sam.modify(message)

    def find(self, account: str) -> ldb.Message:
        """An account by name; a computer's may lack its dollar sign. Raises LookupError."""
        for name in (account, account + "$"):
            expression = f"(sAMAccountName={ldb.binary_encode(name)})"
            if found := self.sam.search(self.base, expression=expression, attrs=["objectSid"]):
                return found[0]
        raise LookupError(f"no account {account} in {self.name}")

    def sid(self, account: str) -> str:
        return str(self.sam.schema_format_value("objectSID", self.find(account)["objectSid"][0]).decode())

    def prepare(self) -> None:
        """Passwords do not expire (a snapshot must work months later); folders for our objects."""
        self.set(self.base, {"maxPwdAge": "-9223372036854775808", "lockoutThreshold": "0"})
        for folder in ("Hyper-V", "Lab Users"):
            self.add(f"OU={folder},{self.base}", objectClass="organizationalUnit")

    def join_groups(self, dn: str, groups: list[str]) -> None:
        for group in groups:
            message = ldb.Message(self.find(group).dn)
            message["member"] = ldb.MessageElement(dn, ldb.FLAG_MOD_ADD, "member")
            self.sam.modify(message)

    def user_dn(self, name: str) -> str:
        return f"CN={name},OU=Lab Users,{self.base}"

    def computer_dn(self, name: str) -> str:
        return f"CN={name},OU=Hyper-V,{self.base}"

    def add_user(self, user: User) -> None:
        dn = self.user_dn(user.name)
        password = os.environ.get(user.password_env or "USER_PASSWORD") or os.environ["USER_PASSWORD"]
        self.add(
            dn,
            user.rid,
            objectClass="user",
            sAMAccountName=user.name,
            userPrincipalName=f"{user.name}@{self.name}",
            userAccountControl=str(NORMAL | DISABLED),
        )
        self.sam.setpassword(f"(sAMAccountName={ldb.binary_encode(user.name)})", password)
        control = NORMAL | NEVER_EXPIRES | DISABLED * user.disabled | NOT_DELEGATED * user.not_delegated
        self.set(dn, {"userAccountControl": str(control)})
        self.join_groups(dn, user.groups)

    def add_computer(self, computer: Computer) -> None:
        dn = self.computer_dn(computer.name)
        account = computer.name + "$"
        self.add(dn, objectClass="computer", sAMAccountName=account, userAccountControl=str(WORKSTATION))
        self.sam.setpassword(f"(sAMAccountName={ldb.binary_encode(account)})", os.environ["HOST_PASSWORD"])
        control = (
            WORKSTATION
            | DISABLED * computer.disabled
            | UNCONSTRAINED * computer.unconstrained
            | NOT_DELEGATED * computer.not_delegated
            | PROTOCOL_TRANSITION * computer.protocol_transition
        )
        self.set(
            dn,
            {
                "dNSHostName": computer.dns_name,
                "msDS-AllowedToDelegateTo": computer.delegates_to,
                "msDS-SupportedEncryptionTypes": str(computer.encryption_types) if computer.encryption_types else [],
                "operatingSystem": computer.operating_system,
                "operatingSystemVersion": computer.operating_system_version,
                "userAccountControl": str(control),
            },
        )
        self.set_principals(dn, computer.principals())
        self.join_groups(dn, computer.groups)
        if computer.service_point:
            # the object under its account with which a Hyper-V host makes itself known
            name = "Microsoft Hyper-V"
            self.add(f"CN={name},{dn}", objectClass="serviceConnectionPoint", serviceClassName=name)

    def set_principals(self, dn: str, principals: list[str]) -> None:
        """Write the names of an account, also those another account bears already.

        Samba lets nobody, not even the system, make the duplicate that old forests have and a check must find. It is
        written beneath Samba's rules, into the file of the partition; a harmless value first, through the rules, so
        that the attribute has the metadata without which it would not reach a replica.
        """
        try:
            self.set(dn, {"servicePrincipalName": principals})
        except ldb.LdbError as error:
            if error.args[0] != ldb.ERR_CONSTRAINT_VIOLATION or "conflict" not in error.args[1]:
                raise
            self.set(dn, {"servicePrincipalName": [f"lab/{principals[0].partition('/')[2]}"]})
            partition = ldb.Ldb(self.settings.private_path(f"sam.ldb.d/{self.base.upper()}.ldb"))
            message = ldb.Message(ldb.Dn(partition, dn))
            message["names"] = ldb.MessageElement(principals, ldb.FLAG_MOD_REPLACE, "servicePrincipalName")
            partition.modify(message)

    def add_trust(self, trust: Trust) -> None:
        """One half of a trust, as another forest's administrator may have left it: there are no keys of it."""
        types = {"msDS-SupportedEncryptionTypes": str(trust.encryption_types)} if trust.encryption_types else {}
        self.add(
            f"CN={trust.partner},CN=System,{self.base}",
            objectClass="trustedDomain",
            trustPartner=trust.partner,
            securityIdentifier=ndr_pack(security.dom_sid("S-1-5-21-7-7-7")),  # without one winbindd does not start
            flatName=trust.partner.partition(".")[0].upper(),
            trustDirection=str(trust.direction),
            trustType="2",
            trustAttributes=str(trust.attributes),
            **{"msDS-TrustForestTrustInfo": forest_info(trust)},
            **types,
        )

    def export_keytab(self, name: str, principals: list[str]) -> None:
        """The keys of each principal, all in one file; a service name gives the keys of the account that bears it."""
        path = self.artifacts / "keytabs" / f"{name.lower()}.keytab"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        credentials = Credentials()
        credentials.guess(self.settings)
        net = Net(credentials, self.settings)
        for principal in principals:
            net.export_keytab(keytab=str(path), principal=principal)

    def write_sids(self, wanted: Declarations) -> None:
        names = [row.name for row in (*wanted.computer, *wanted.user, *wanted.group) if row.domain == self.name]
        path = self.artifacts / "accounts" / f"{self.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({name: self.sid(name) for name in names}, indent=1) + "\n", encoding="utf-8")

    def grant(self, computer: Computer) -> None:
        """Who may act on behalf of others towards this computer; refusals stand first, as Windows orders them."""
        entries = [
            f"({kind};;{GENERIC_ALL_OF_A_COMPUTER};;;{self._sid_anywhere(account)})"
            for kind, accounts in (("D", computer.denies), ("A", computer.allows))
            for account in accounts
        ]
        descriptor = security.descriptor.from_sddl(
            "O:BAD:" + "".join(entries), security.dom_sid(self.sam.get_domain_sid())
        )
        self.set(self.computer_dn(computer.name), {"msDS-AllowedToActOnBehalfOfOtherIdentity": ndr_pack(descriptor)})

    def take_in(self, group: Group) -> None:
        """Accounts of other domains become members of a group: of other forests as foreign security principals."""
        message = ldb.Message(ldb.Dn(self.sam, self.user_dn(group.name)))
        names = [f"<SID={self._sid_anywhere(member)}>" for member in group.members]
        message["member"] = ldb.MessageElement(names, ldb.FLAG_MOD_ADD, "member")
        self.sam.modify(message)

    def _sid_anywhere(self, account: str) -> str:
        if account.startswith("S-1-"):
            return account
        name, _, domain = account.partition("@")
        if domain in ("", self.name):
            return self.sid(name)
        accounts = json.loads((self.artifacts / "accounts" / f"{domain}.json").read_text(encoding="utf-8"))
        return str(accounts[name])


def forest_info(trust: Trust) -> bytes:
    """The names that a forest trust routes ([MS-ADTS] 6.1.6.9.3): version 1, records of top-level names."""
    records = b""
    for names, flags in ((trust.names, 0), (trust.names_off, 2)):  # switched off by an administrator
        for name in names:
            data = name.encode()
            record = struct.pack("<IQBI", flags, 0, 0, len(data)) + data
            records += struct.pack("<I", len(record)) + record
    return struct.pack("<II", 1, len(trust.names) + len(trust.names_off)) + records


def accounts(domain: Domain, wanted: Declarations) -> None:
    domain.prepare()
    ours = [[row for row in rows if row.domain == domain.name] for rows in (wanted.group, wanted.user, wanted.computer)]
    groups, users, computers = ours
    for group in groups:
        kind = str(SCOPES[group.scope] - (1 << 32))  # a signed word
        domain.add(
            domain.user_dn(group.name), group.rid, objectClass="group", sAMAccountName=group.name, groupType=kind
        )
    for group in groups:  # afterwards: one may be a member of a later one
        domain.join_groups(domain.user_dn(group.name), group.groups)
    for user in users:
        domain.add_user(user)
        if user.keytab:
            domain.export_keytab(f"{user.name}@{domain.name}", [user.name])
    for computer in computers:
        domain.add_computer(computer)
        if computer.keytab and not computer.disabled:
            services = [f"{service}/{computer.dns_name}" for service in ("HTTP", "HOST", "host", "WSMAN")]
            domain.export_keytab(computer.name, [computer.name + "$", *services])
    for trust in wanted.trust:
        if trust.domain == domain.name:
            domain.add_trust(trust)
    domain.write_sids(wanted)


def grants(domain: Domain, wanted: Declarations) -> None:
    for computer in wanted.computer:
        if computer.domain == domain.name and (computer.allows or computer.denies):
            domain.grant(computer)
    for computer in wanted.computer:
        if computer.domain == domain.name:
            age(domain.sam, domain.computer_dn(computer.name), MADE_HOURS_AGO)
    for group in wanted.group:
        if group.domain == domain.name and group.members:
            domain.take_in(group)


def lag(domain: Domain, wanted: Declarations) -> None:
    for fault in wanted.replication_fault:
        domain.set(domain.computer_dn(fault.computer), {fault.attribute: fault.values})
        age(domain.sam, domain.computer_dn(fault.computer), MADE_HOURS_AGO)


def main() -> None:
    stages = {"accounts": accounts, "grants": grants, "lag": lag}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", choices=stages, default="accounts")
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    stages[arguments.stage](Domain(), load(arguments.files))


if __name__ == "__main__":
    main()
