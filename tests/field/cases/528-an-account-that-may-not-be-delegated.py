from tests.field.record import HV01, HV02, Record

SITUATION = """Delegation between the hosts is complete, and the operator's account is marked sensitive: the move ends
with 0x8009030E, though every host is as it should be."""
SOURCE = "Microsoft Learn: security considerations for accounts that are sensitive (NOT_DELEGATED)"
EXPECT = [("OPR-03", "", "FAIL"), ("OPR-01", "", "PASS"), ("DEL-01", "", "PASS")]
VERDICT = "not ready"
SAYS = [r"is sensitive and cannot be delegated"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(operators=["CORP\\hv-mover"])
    record.one("OperatorAccount", "corp.example")["user_account_control"] |= 0x100000
    return record
