from tests.field.record import HV01, HV02, Record

SITUATION = """The operator is in Administrators and Hyper-V Administrators of the domain's controllers, whose SIDs are
those of every machine's own groups: his token there names S-1-5-32-544 and -578. On the hosts he is nobody."""
SOURCE = "Microsoft Learn: tokenGroups holds the groups of the controller that computed it (MS-ADTS 3.1.1.4.5.19)"
EXPECT = [("OPR-01", f"/{HV01}", "FAIL"), ("OPR-01", f"/{HV02}", "FAIL"), ("OPR-02", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"Add-LocalGroupMember -SID S-1-5-32-578 -Member 'CORP\\hv-mover'"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(operators=["CORP\\hv-mover"])
    record.one("OperatorAccount", "corp.example")["group_sids"] = ["S-1-5-32-544", "S-1-5-32-578", "S-1-5-32-580"]
    return record
