from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 may delegate to any service and to nobody by name. It runs Windows Server 2025, where Credential
Guard is on by default in a domain, and whether it runs could not be read."""
SOURCE = "Microsoft Learn: Credential Guard, considerations and known issues (unconstrained delegation is blocked)"
EXPECT = [("DEL-07", HV01, "UNKNOWN"), ("DEL-07", HV02, "PASS"), ("DEL-01", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [r"the only way to hv02\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.windows(HV01, 26100)
    record.gap("DeviceGuard", HV01, "access denied")
    for row in record.accounts("HV01$"):
        row.update(user_account_control=0x1081000, delegates_to=[])
    return record
