from tests.field.record import HV01, HV11, Record

SITUATION = """The estate writes the operator as a user principal name that an account of each forest bears; one of them
has every right, the other none, and nobody knows which of them signs in."""
SOURCE = "MS-ADTS: userPrincipalName is unique within a forest, not across a trust"
EXPECT = [("OPR-01", "", "UNKNOWN"), ("OPR-02", "", "UNKNOWN"), ("OPR-03", "", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [r"mover@example may mean BRANCH\\mover \(branch\.example\) and CORP\\hv-mover \(corp\.example\)"]


def make() -> Record:
    record = Record(HV01, HV11)
    record.estate.update(operators=["mover@example"])
    mine = record.one("OperatorAccount", "corp.example")
    mine["operator"] = "mover@example"
    record.put(
        "OperatorAccount",
        "branch.example",
        [{**mine, "account": "BRANCH\\mover", "sid": "S-1-5-21-9-9-9-1", "user_account_control": 0x202}],
    )
    return record
