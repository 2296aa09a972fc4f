from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 is a domain controller, too. Its account may delegate to any service by nature, and a controller
from which that is taken replicates no more."""
SOURCE = "KB 2022387 (error 8453); domain.md G16.1 rule 6"
EXPECT = [("DEL-07", HV01, "NOT_APPLICABLE"), ("DEL-07", HV02, "PASS")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV01$"):
        row["user_account_control"] = 0x1082000
    return record
