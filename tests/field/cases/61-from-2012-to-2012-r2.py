from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 runs Windows Server 2012, hv02 2012 R2. The machines of 2012 (4.0) move there while they run, and
are 5.0 when they arrive; nothing comes back."""
SOURCE = "Microsoft Learn: Windows Server 2012 R2, cross-version live migration"
EXPECT = [
    ("VM-01", HV01, "PASS"),
    ("VM-02", f"/{HV02}", "PASS"),
    ("VM-02", f"/{HV01}", "FAIL"),
    ("HOST-03", f"{HV01}/{HV02}", "PASS"),
    ("HOST-03", f"{HV02}/{HV01}", "FAIL"),
    ("HOST-02", HV01, "WARN"),
]
VERDICT = "not ready"
SAYS = [r"2012 R2 upgrades it on arrival; there is no way back"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host, build, version in ((HV01, 9200, "4.0"), (HV02, 9600, "5.0")):
        record.windows(host, build)
        record.versions(host, machines=version)
        record.put("VmSecurity", host, [])
    return record
