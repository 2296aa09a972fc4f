from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 was renamed once; its old name stayed as an alias (netdom computername /add) and stands in the
estate beside the new one. Neither could be reached this time, but the directory knows both names as one account."""
SOURCE = "Microsoft Learn: netdom computername /add registers the alias as HOST/ service name of the account"
OLD = "hv-old.corp.example"
EXPECT = [("ID-10", f"{OLD}/{HV02}", "UNKNOWN"), ("ID-10", f"{OLD}", "not PASS"), ("ID-10", HV01, "not PASS")]
VERDICT = "not ready"
SAYS = [r"both names are of the computer account CN=HV01"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.hosts(HV01, OLD, HV02)
    for row in record.accounts("HV01$"):
        row["spns"].append(f"HOST/{OLD}")
    for name in (HV01, OLD):
        record.gap("ComputerSystem", name, "unreachable", "refused")
    record.data["answers"] = [a for a in record.data["answers"] if a["target"] != HV01]
    return record
