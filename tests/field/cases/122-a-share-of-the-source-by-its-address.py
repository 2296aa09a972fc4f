from tests.field.record import HV01, HV02, Record

SITUATION = r"""As with a disk on \\localhost, but the path is \\10.77.11.1\d$: an address of hv01 itself. The disk
must move, and TCP 445 of hv02 does not answer."""
SOURCE = "Microsoft Learn: Deploy Hyper-V over SMB: loopback configurations are not supported"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SERVER = "10.77.11.1"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(
        remote_initiated=False, routes=[{"source": HV01, "destination": HV02, "storage": False, "machines": True}]
    )
    for host, local in ((HV01, "10.77.11.1"), (HV02, "10.77.11.2")):
        record.one("MigrationSettings", host)["authentication"] = 0
        record.one("VMHost", host)["authentication"] = 0
        like = record.rows("EndpointProbe", host)[0]
        told = {"target": f"{SERVER}:445", "outcome": "Connected", "remote": SERVER, "local": local, "addresses": []}
        record.rows("EndpointProbe", host).append({**like, **told})
    record.probed(HV01, f"{HV02}:445", "TimedOut", remote=None, local=None)
    record.on_share(HV01, rf"\\{SERVER}\d$")
    return record
