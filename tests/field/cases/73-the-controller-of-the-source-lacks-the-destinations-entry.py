from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 names hv01 on its account, as dc1, which hv02 uses, says. hv01 uses dc2, to which the entry has not
come: there hv01 asks for its ticket, and is refused."""
SOURCE = "MS-SFU, 3.2.5.2: the controller that is asked looks at its own copy of the service's account"
EXPECT = [("DEL-10", HV02, "FAIL"), ("DEL-10", HV01, "not FAIL")]
VERDICT = "not ready"
SAYS = [r"dc2\.corp\.example lacks allows S-1-5-.*; hv01\.corp\.example uses dc2\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("DomainControllerHint", HV01)["controller"] = r"\\dc2.corp.example"
    giver = next(row for row in record.rows("ComputerAccount", "corp.example") if row["sam_name"] == "HV01$")
    for target in ("corp.example", "dc1.corp.example"):
        for row in record.rows("ComputerAccount", target):
            if row["sam_name"] == "HV02$":
                row.update(allowed_sids=[giver["sid"]], has_resource_delegation=True)
    return record
