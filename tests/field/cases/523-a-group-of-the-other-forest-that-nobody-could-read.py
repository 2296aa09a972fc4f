from tests.field.record import HV01, HV11, Record

SITUATION = """An operator of corp moves to a host of branch, whose group for him stands in its Hyper-V Administrators.
Whom that group holds could not be read, so nobody knows whether he is one of them."""
SOURCE = "carried out on the practice controllers"
EXPECT = [("OPR-01", f"/{HV11}", "UNKNOWN"), ("OPR-01", f"/{HV01}", "PASS")]
VERDICT = "incomplete|not ready"
SAYS = [r"OperatorElsewhere of branch\.example: timeout"]


def make() -> Record:
    record = Record(HV01, HV11)
    record.estate.update(operators=["CORP\\hv-mover"])
    record.gap("OperatorElsewhere", "branch.example", "timeout")
    return record
