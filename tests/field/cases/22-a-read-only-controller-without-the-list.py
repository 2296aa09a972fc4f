from tests.field.record import HV01, HV02, Record

SITUATION = """The directory lists the read-only controller RODC01, which hv01 uses. It was asked like the others, and
the delegation list has not arrived there: hv01 gets no ticket for hv02."""
SOURCE = "Seed, step 1: effective after replication to the controllers that the hosts are logged on to"
RODC = "rodc01.corp.example"
EXPECT = [("DEL-10", HV01, "FAIL"), ("DEL-10", HV02, "PASS|WARN")]
VERDICT = "not ready"
SAYS = [rf"repadmin /syncall '{RODC}'"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("DomainControllerHint", HV01)["controller"] = f"\\\\{RODC}"
    record.rows("DirectoryServer", "corp.example").append({"name": RODC, "domain": "corp.example", "read_only": True})
    rows = [dict(row) for row in record.rows("ComputerAccount", "dc1.corp.example")]
    for row in rows:
        if row["sam_name"] == "HV01$":
            row["delegates_to"] = []
    record.like("ComputerAccount", "dc1.corp.example", RODC, rows)
    return record
