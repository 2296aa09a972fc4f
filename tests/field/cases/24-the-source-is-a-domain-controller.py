from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 is a domain controller, too, and trusted for delegation to any service, as controllers are. Moves
that are started remotely lack protocol transition. Replication needs its bits (0x82000): the command sets one and
takes none."""
SOURCE = "KB 2022387: error 8453 when a controller's account lost SERVER_TRUST_ACCOUNT or TRUSTED_FOR_DELEGATION"
EXPECT = [("DEL-03", HV01, "FAIL"), ("DEL-01", f"{HV01}/", "WARN")]
VERDICT = "not ready"
SAYS = [r"Set-ADAccountControl -Identity 'CN=HV01,[^']*' -Server '[^']*' -TrustedToAuthForDelegation \$true\s"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV01)["domain_role"] = 5
    record.one("OperatingSystem", HV01)["product_type"] = 2
    for row in record.accounts("HV01$"):
        row.update(delegates_to=[], user_account_control=0x82000)
    for row in record.accounts("HV02$"):
        row.update(allowed_sids=[], has_resource_delegation=False)
    return record
