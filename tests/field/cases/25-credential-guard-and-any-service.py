from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 is trusted for delegation to any service and lists none. Credential Guard runs there and hands on
no such ticket: the move ends with 0x8009030E."""
SOURCE = "Microsoft Learn: considerations and known issues of Credential Guard"
EXPECT = [
    ("DEL-01", f"{HV01}/{HV02}", "FAIL"),
    ("LM-03", f"{HV01}/{HV02}", "FAIL"),
    ("DEL-01", f"{HV02}/{HV01}", "PASS"),
]
VERDICT = "not ready"
SAYS = [rf"Credential Guard runs on {HV01} and blocks this way"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("DeviceGuard", HV01)["services_running"] = [1]
    for row in record.accounts("HV01$"):
        row.update(delegates_to=[], user_account_control=row["user_account_control"] | 0x80000)
    for row in record.accounts("HV02$"):
        row.update(allowed_sids=[], has_resource_delegation=False)
    return record
