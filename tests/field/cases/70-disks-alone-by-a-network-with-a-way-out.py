from tests.field.record import HV01, HV02, Record

SITUATION = """Only the disks of hv01's machines move to a share of hv02. Live migration is off on both, which is well:
nothing comes in on TCP 6600. But the name hv02 leads to its network for management, which has a way to the internet."""
SOURCE = "Microsoft Learn: set up hosts for live migration without failover clustering, step 1 (cifs: storage alone)"
EXPECT = [
    ("LM-01", HV01, "NOT_APPLICABLE"),
    ("RCH-01", f"{HV01}/{HV02}", "NOT_APPLICABLE"),
    ("NET-09", f"{HV01}/{HV02}", "NOT_APPLICABLE"),
    ("RCH-02", f"{HV01}/{HV02}", "PASS"),
    ("NET-01", f"{HV01}/{HV02}", "FAIL"),
    ("NET-01", f"{HV02}/{HV01}", "FAIL"),
]
VERDICT = "not ready"
MANAGEMENT = 4
"""the interface of its addresses in DNS"""
SAYS = [r"leads to the internet"]


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["machines"] = False
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["enabled"] = False
    for row in record.rows("ConnectionProfile", HV02):
        if row["interface"] == MANAGEMENT:
            row["ipv4_connectivity"] = 4
    return record
