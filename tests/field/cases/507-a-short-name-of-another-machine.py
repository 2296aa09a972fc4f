from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """hv01 completes the short name hv02 by a suffix of its own, and there a record leads to hv03. The full
name leads to hv02, so everything that was tried by it connects."""
SOURCE = "Microsoft Learn: DNS suffix search list; 0x80090322 where another machine answers"
EXPECT = [("ID-07", f"{HV01}/{HV02}", "FAIL"), ("ID-07", f"{HV02}/{HV01}", "PASS"), ("RCH-02", "", "PASS")]
VERDICT = "not ready"
SAYS = [r"hv01\.corp\.example resolves hv02 to 10\.77\.11\.3, which is hv03\.corp\.example's"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate["routes"] = [row for row in record.estate["routes"] if HV03 not in row.values()]
    for row in record.rows("EndpointProbe", HV01):
        if row["target"] == "hv02:445":
            row.update(addresses=["10.77.11.3"], remote="10.77.11.3")
    return record
