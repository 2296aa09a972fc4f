from tests.field.record import HV01, HV02, Record

SITUATION = """The plan leaves storage where it is, and moves are started on the source with CredSSP. A disk of hv01
lies on \\\\localhost\\d$, which the destination opens, too: it finds its own drive there, and not the disk. The disk
must move, and TCP 445 of hv02 does not answer."""
SOURCE = "Microsoft Learn: Deploy Hyper-V over SMB: loopback configurations are not supported"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(
        remote_initiated=False, routes=[{"source": HV01, "destination": HV02, "storage": False, "machines": True}]
    )
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["authentication"] = 0
        record.one("VMHost", host)["authentication"] = 0
        like = record.rows("EndpointProbe", host)[0]
        record.rows("EndpointProbe", host).append({**like, "target": "localhost:445", "outcome": "Connected"})
    record.probed(HV01, f"{HV02}:445", "TimedOut", remote=None, local=None)
    record.on_share(HV01, r"\\localhost\d$")
    return record
