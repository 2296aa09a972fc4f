from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 may delegate to any service, and that is its only way to hv02. Its Device Guard tells an empty list
of services that run: where none runs, Windows lists 0. Credential Guard would block the way."""
SOURCE = "Microsoft Learn: Win32_DeviceGuard, SecurityServicesRunning (0: no service runs)"
EXPECT = [("DEL-01", f"{HV01}/{HV02}", "UNKNOWN"), ("DEL-07", HV01, "UNKNOWN"), ("HOST-05", HV01, "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"tells neither what runs nor that nothing does"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV01$"):
        row["user_account_control"] |= 0x80000
        row["delegates_to"] = []
    for row in record.accounts("HV02$"):
        row["allowed_sids"] = []
    record.one("DeviceGuard", HV01)["services_running"] = []
    return record
