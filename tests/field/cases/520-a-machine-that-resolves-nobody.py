from tests.field.record import HV01, HV02, Record

SITUATION = """The host cannot reach its domain: its Administrators list the local one alone, for Windows leaves
out whom it cannot resolve. net localgroup shows the operators' group by its SID."""
SOURCE = "public reports of Win32_GroupUser without orphaned members; command_plan, Q10"
EXPECT = [("OPR-01", f"/{HV01}", "UNKNOWN"), ("OPR-01", f"/{HV02}", "PASS"), ("OPR-02", f"/{HV01}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"no account of CORP is shown in a group of hv01\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(operators=["CORP\\hv-mover"])
    for fact in ("Administrator", "HyperVAdministrator", "RemoteManagementUser"):
        record.put(fact, HV01, [row for row in record.rows(fact, HV01) if row["domain"] == "HV01"])
    return record
