from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """The name of hv02 resolves to its own address and to one of hv03: a record that was left over. The attempt
met hv02; the next one may meet hv03, where the sign-in for hv02 is refused (KRB_AP_ERR_MODIFIED)."""
SOURCE = "RFC 1794: the order of a name's addresses turns from answer to answer"
EXPECT = [
    ("RCH-02", f"{HV01}/{HV02}", "UNKNOWN"),
    ("RCH-02", f"{HV02}/{HV01}", "PASS"),
    ("RCH-06", f"{HV01}/{HV02}", "UNKNOWN"),
    ("ID-07", f"{HV01}/{HV02}", "FAIL"),
]
VERDICT = "not ready"
SAYS = [r"hv02\.corp\.example:445 leads to 10\.77\.11\.3 of hv03\.corp\.example, too"]


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("live-migration", "replica"))
    record.estate["routes"] = [row for row in record.estate["routes"] if {*row.values()} <= {HV01, HV02, True}]
    for row in record.rows("EndpointProbe", HV01):
        if row["target"].startswith(f"{HV02}:"):
            row["addresses"] = ["10.77.11.2", "10.77.11.3"]
    return record
