"""The directory lab is what its README says: read with the product's own libraries, from where a scanner stands.

The test's thread enters the scanner's network; names are resolved through the lab's resolver and passed as addresses,
because the C library of this process keeps the host's /etc. Kerberos reads `Lab.krb5_conf`.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import dns.resolver
import ldap3
import pytest
from ldap3.core.exceptions import LDAPSocketOpenError

from lab import directory
from lab.directory import Controller, Lab, namespace

lab_only = [
    pytest.mark.lab,
    pytest.mark.timeout(900),
    # ldap3 checks the certificate's name with a function that Python 3.11 calls deprecated
    pytest.mark.filterwarnings("ignore:ssl.match_hostname:DeprecationWarning"),
]
MIGRATION = "Microsoft Virtual System Migration Service"


@pytest.fixture(scope="module")
def lab() -> Lab:
    if reason := directory.available():
        pytest.skip(reason)
    return directory.up()


@pytest.fixture
def scanner(lab: Lab) -> Iterator[Lab]:
    """The lab, with the test standing in the scanner's network."""
    with namespace.entered("scanner"):
        yield lab


@pytest.fixture
def kerberos(kerberos_libraries: None, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """A ticket of the scan user of corp, got without a question."""
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / 'tickets'}")
    subprocess.run(
        [directory.HERE / "in.sh", "scanner", "kinit", "svc-preflight@CORP.EXAMPLE"],
        env=os.environ | lab.environment, capture_output=True, timeout=30, check=True,
    )  # fmt: skip
    monkeypatch.setenv("KRB5_CONFIG", str(lab.krb5_conf))
    return lab


class Directory(Protocol):
    """``connect(controller)``: a simple bind as the scan user over TLS."""

    def __call__(self, name: str, *, ca: Path | None = None, start_tls: bool = False) -> ldap3.Connection: ...


@pytest.fixture
def connect(scanner: Lab) -> Iterator[Directory]:
    """The certificate is verified against the controller's DNS name; connections are closed afterwards."""
    connections: list[ldap3.Connection] = []

    def to(name: str, *, ca: Path | None = None, start_tls: bool = False) -> ldap3.Connection:
        controller = scanner.controllers[name]
        tls = ldap3.Tls(
            validate=ssl.CERT_REQUIRED,
            ca_certs_file=str(ca or scanner.ca),
            valid_names=[controller.dns_name],
            sni=controller.dns_name,
        )
        server = ldap3.Server(
            controller.address,
            port=389 if start_tls else 636,
            use_ssl=not start_tls,
            tls=tls,
            get_info=ldap3.NONE,
            connect_timeout=5,
        )
        user = f"{scanner.user}@{controller.domain}"
        connection = ldap3.Connection(
            server, user, scanner.user_password, auto_referrals=False, receive_timeout=10, raise_exceptions=True
        )
        connections.append(connection)
        connection.open()
        if start_tls:
            connection.start_tls()
        connection.bind()
        return connection

    yield to
    for connection in connections:
        connection.unbind()


def find(connection: ldap3.Connection, base: str, expression: str, *attributes: str) -> list[dict[str, list[bytes]]]:
    """The raw attributes of each entry found."""
    connection.search(base, expression, attributes=list(attributes))
    return [row["raw_attributes"] for row in connection.response if row["type"] == "searchResEntry"]


def computer(connection: ldap3.Connection, lab: Lab, name: str, attribute: str, domain: str = "corp") -> list[bytes]:
    base = lab.controllers["dc1" if domain == "corp" else "dcb"].base
    return find(connection, base, f"(sAMAccountName={name}$)", attribute)[0][attribute]


def sealed(controller: Controller) -> ldap3.Connection:
    """A session on port 389 with the ticket at hand, encrypted."""
    return ldap3.Connection(
        ldap3.Server(controller.address, get_info=ldap3.NONE, connect_timeout=5),
        authentication=ldap3.SASL,
        sasl_mechanism=ldap3.KERBEROS,
        sasl_credentials=(controller.dns_name,),
        session_security=ldap3.ENCRYPT,
        auto_referrals=False,
        receive_timeout=10,
    )


class TestDirectory:
    pytestmark = lab_only

    @pytest.mark.parametrize("start_tls", [True, False], ids=["StartTLS", "LDAPS"])
    @pytest.mark.parametrize("name", ["dc1", "dc2", "dcb"])
    def test_a_plain_user_reads_over_verified_tls(
        self, scanner: Lab, connect: Directory, name: str, start_tls: bool
    ) -> None:
        connection = connect(name, start_tls=start_tls)
        assert find(connection, scanner.controllers[name].base, "(sAMAccountName=svc-preflight)", "objectSid")

    def test_island_has_a_certificate_of_its_own(self, scanner: Lab, connect: Directory) -> None:
        context = ssl.create_default_context(cafile=scanner.artifacts / "tls" / "island-ca.pem")
        context.check_hostname = False
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # Samba's own names no key of its authority
        plain = socket.create_connection((scanner.controllers["dcc"].address, 636), timeout=10)
        with context.wrap_socket(plain) as checked:
            names = checked.getpeercert()
        assert names is not None
        assert (("commonName", "DCC.island.example"),) in names["subject"]
        assert "subjectAltName" not in names
        with pytest.raises(LDAPSocketOpenError):
            connect("dcc")

    def test_another_authority_is_not_believed(self, scanner: Lab, connect: Directory) -> None:
        with pytest.raises(LDAPSocketOpenError):
            connect("dc1", ca=scanner.untrusted_ca)

    def test_a_clear_text_password_is_refused(self, scanner: Lab) -> None:
        server = ldap3.Server(scanner.controllers["dc1"].address, get_info=ldap3.NONE, connect_timeout=5)
        connection = ldap3.Connection(server, "svc-preflight@corp.example", scanner.user_password)
        assert not connection.bind()
        assert connection.result["description"] == "strongerAuthRequired"
        connection.unbind()

    def test_kerberos_seals_port_389(self, kerberos: Lab, scanner: Lab) -> None:
        with sealed(scanner.controllers["dc1"]) as connection:
            assert connection.bound, connection.result
            assert find(connection, "DC=corp,DC=example", "(sAMAccountName=EX01$)", "cn")[0]["cn"] == [b"EX01"]

    @pytest.mark.parametrize(("name", "other"), [("dc1", "branch"), ("dcb", "corp")])
    def test_the_trust_stands_on_both_sides(self, scanner: Lab, connect: Directory, name: str, other: str) -> None:
        attributes = "flatName", "trustDirection", "trustType", "trustAttributes"
        rows = find(connect(name), scanner.controllers[name].base, "(objectClass=trustedDomain)", *attributes)
        values = sorted([row[attribute][0] for attribute in attributes] for row in rows)
        wanted = [other.upper(), *(["LOST"] if name == "dc1" else [])]  # which has no controller
        assert values == [[each.encode(), b"3", b"2", b"8"] for each in wanted]  # both ways, Active Directory, forest

    def test_island_trusts_nobody_and_takes_any_bind(self, scanner: Lab) -> None:
        server = ldap3.Server(scanner.controllers["dcc"].address, get_info=ldap3.NONE, connect_timeout=5)
        with ldap3.Connection(server, "svc-preflight@island.example", scanner.user_password) as connection:
            assert connection.bound
            assert find(connection, "DC=island,DC=example", "(objectClass=trustedDomain)", "cn") == []
            assert find(connection, "DC=island,DC=example", "(sAMAccountName=svc-preflight)", "cn")

    @pytest.mark.parametrize("name", ["dc1", "dcb"])
    def test_the_partitions_of_the_forest_are_listed(self, scanner: Lab, connect: Directory, name: str) -> None:
        controller = scanner.controllers[name]
        base = f"CN=Partitions,CN=Configuration,{controller.base}"
        rows = find(connect(name), base, "(&(objectClass=crossRef)(nETBIOSName=*))", "nCName", "dnsRoot")
        assert [(row["nCName"], row["dnsRoot"]) for row in rows] == [
            ([controller.base.encode()], [controller.domain.encode()])
        ]

    def test_names_and_delegation_of_a_host(self, scanner: Lab, connect: Directory) -> None:
        connection = connect("dc1")
        names = computer(connection, scanner, "EX01", "servicePrincipalName")
        assert {f"{MIGRATION}/EX01".encode(), f"{MIGRATION}/ex01.corp.example".encode(), b"WSMAN/EX01"} <= set(names)
        targets = computer(connection, scanner, "EX01", "msDS-AllowedToDelegateTo")
        assert f"{MIGRATION}/ex02.corp.example".encode() in targets
        assert len(targets) == 4
        bits = {
            name: int(computer(connection, scanner, name, "userAccountControl")[0]) for name in ("EX01", "EX04", "EX05")
        }
        assert bits == {"EX01": 0x1001000, "EX04": 0x81000, "EX05": 0x1002}
        assert find(connection, "DC=corp,DC=example", "(objectClass=serviceConnectionPoint)", "cn")

    @pytest.mark.parametrize("name", ["dc1", "dc2"])
    def test_one_principal_on_two_accounts(self, scanner: Lab, connect: Directory, name: str) -> None:
        expression = f"(servicePrincipalName={MIGRATION}/EX02.corp.example)"
        rows = find(connect(name), "DC=corp,DC=example", expression, "cn")
        assert sorted(row["cn"][0] for row in rows) == [b"EX02", b"EX04"]

    def test_resource_based_delegation_names_accounts_of_both_forests(self, scanner: Lab, connect: Directory) -> None:
        descriptor = computer(connect("dc1"), scanner, "EX03", "msDS-AllowedToActOnBehalfOfOtherIdentity")[0]
        sids = {}
        for name, account in (("corp", "EX01"), ("corp", "EX02"), ("branch", "EX11")):
            path = scanner.artifacts / "accounts" / f"{name}.example.json"
            dc = "dc1" if name == "corp" else "dcb"
            sids[account] = computer(connect(dc), scanner, account, "objectSid", name)[0]
            assert json.loads(path.read_text())[account].endswith(str(int.from_bytes(sids[account][-4:], "little")))
        # an ACE is its type, flags, size (36), mask and SID: 0 permits, 1 refuses ([MS-DTYP] 2.4.4)
        entry = bytes([0, 36, 0]) + (0xF01FF).to_bytes(4, "little")
        assert b"\x01" + entry + sids["EX02"] in descriptor
        assert b"\x00" + entry + sids["EX01"] in descriptor
        assert b"\x00" + entry + sids["EX11"] in descriptor

    def test_dc2_lags_behind_dc1(self, scanner: Lab, connect: Directory) -> None:
        seen = [computer(connect(dc), scanner, "EX06", "msDS-AllowedToDelegateTo") for dc in ("dc1", "dc2")]
        assert seen == [[b"cifs/EX02", b"cifs/ex02.corp.example"], []]

    def test_services_are_found_by_dns(self, scanner: Lab) -> None:
        resolver = directory.resolver()
        for domain, names in (("corp", "dc1 dc2"), ("branch", "dcb"), ("island", "dcc")):
            found = resolver.resolve(f"_ldap._tcp.dc._msdcs.{domain}.example", "SRV")
            assert sorted(str(row.target) for row in found) == [f"{name}.{domain}.example." for name in names.split()]
        assert str(resolver.resolve("ex-alias.corp.example", "CNAME")[0].target) == "ex01.corp.example."
        assert str(resolver.resolve_address("10.77.1.250")[0].target) == "somebody-else.corp.example."
        with pytest.raises(dns.resolver.NXDOMAIN):
            resolver.resolve("nobody.corp.example", "A")

    def test_a_dropped_port_of_a_controller_times_out(self, lab: Lab) -> None:
        directory.fault("drop", "dcc", "3269")
        try:
            assert namespace.outcome("scanner", "10.77.3.10", 3269) == "timed out"
        finally:
            directory.fault("open", "dcc")
        assert namespace.outcome("scanner", "10.77.3.10", 3269) == "connected"


class TestReady:
    """Ready is said of a lab that can be used: what a snapshot gave is asked at once, not some seconds later."""

    pytestmark = lab_only

    @pytest.fixture
    def restored(self, lab: Lab) -> Lab:
        directory.run("reset.sh", "corp", timeout=300)
        return lab

    def test_both_controllers_hold_the_service_names_of_both(self, restored: Lab, connect: Directory) -> None:
        for holder in ("dc1", "dc2"):
            base = restored.controllers[holder].base
            rows = find(connect(holder), base, "(primaryGroupID=516)", "servicePrincipalName")  # 516: controllers
            held = {value.decode() for row in rows for value in row["servicePrincipalName"]}
            for about in ("dc1.corp.example", "dc2.corp.example"):
                wanted = {f"{service}/{about}" for service in ("ldap", "HOST", "RestrictedKrbHost")}
                assert wanted | {f"GC/{about}/corp.example"} <= held, f"{holder} about {about}"

    def test_each_kdc_gives_sealed_sessions_everywhere(
        self, kerberos_libraries: None, restored: Lab, scanner: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        every = restored.krb5_conf.read_text()
        for kdc, other in (("dc1", "dc2"), ("dc2", "dc1")):
            (tmp_path / kdc).write_text(every.replace(f"    kdc = {scanner.controllers[other].address}\n", ""))
            monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / kdc))
            monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / kdc}.tickets")
            keytab = scanner.keytab("svc-preflight@corp.example")
            ticket = directory.in_scanner(["kinit", "-kt", str(keytab), "svc-preflight@CORP.EXAMPLE"])
            subprocess.run(ticket, capture_output=True, timeout=30, check=True)
            for name in ("dc1", "dc2", "dcb"):
                with sealed(scanner.controllers[name]) as connection:
                    assert connection.bound, f"{name} by {kdc}: {connection.result}"


class TestKerberos:
    pytestmark = lab_only

    @pytest.mark.parametrize(
        "principal",
        [
            "HTTP/ex01.corp.example",
            "host/ex01.corp.example",
            "WSMAN/ex01.corp.example",
            "HTTP/EX01",
            "HTTP/ex11.branch.example",
        ],
    )
    def test_a_machine_accepts_the_ticket_with_its_keytab(self, kerberos: Lab, scanner: Lab, principal: str) -> None:
        """The last one crosses the trust: corp's KDC refers, branch's issues, ex11's key opens it."""
        import gssapi

        machine = principal.partition("/")[2].partition(".")[0]
        target = gssapi.Name(principal, gssapi.NameType.kerberos_principal)
        client = gssapi.SecurityContext(name=target, usage="initiate")
        keys = gssapi.Credentials(usage="accept", store={"keytab": f"FILE:{scanner.keytab(machine)}"})
        server = gssapi.SecurityContext(creds=keys, usage="accept")
        server.step(client.step())
        assert server.complete
        assert str(server.initiator_name) == "svc-preflight@CORP.EXAMPLE"

    def test_no_ticket_for_a_forest_without_a_trust(self, kerberos: Lab, scanner: Lab) -> None:
        import gssapi

        target = gssapi.Name("HTTP/ex21.island.example@ISLAND.EXAMPLE", gssapi.NameType.kerberos_principal)
        with pytest.raises(gssapi.exceptions.GSSError):
            gssapi.SecurityContext(name=target, usage="initiate").step()

    def test_a_process_in_the_namespace_finds_all_by_dns(self, lab: Lab, tmp_path: Path) -> None:
        environment = os.environ | {"KRB5CCNAME": f"FILE:{tmp_path / 'tickets'}"}
        keytab = lab.keytab("svc-preflight@branch.example")
        for command in (
            ["kinit", "-kt", str(keytab), "svc-preflight@BRANCH.EXAMPLE"],
            ["kvno", "HTTP/ex01.corp.example"],
        ):
            done = subprocess.run(
                directory.in_scanner(command), env=environment, capture_output=True, text=True, timeout=30, check=False
            )
            assert done.returncode == 0, done.stderr
