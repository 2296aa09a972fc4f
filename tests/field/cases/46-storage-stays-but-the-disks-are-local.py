from tests.field.record import HV01, HV02, Record

SITUATION = """The plan leaves storage where it is; the disks lie on D: of the source. They must move, and packets to
port 445 vanish."""
SOURCE = "Microsoft Learn: set up hosts for live migration without failover clustering, step 1 (cifs)"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL"), ("RCH-02", f"{HV02}/{HV01}", "PASS")]
VERDICT = "not ready"
SAYS = [r"Enable-NetFirewallRule -CimSession 'hv02\.corp\.example' -Name 'FPS-SMB-In-TCP'"]


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["storage"] = False
    record.probed(HV01, f"{HV02}:445", "TimedOut")
    record.probed(HV01, "hv02:445", "TimedOut")
    return record
