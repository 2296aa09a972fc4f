from tests.field.record import HV01, HV02, Record

SITUATION = r"""Storage stays. The disk of hv01's machine lies on \\hv02\vms, a share of the destination itself, and
cifs to hv02 is delegated. After the move hv02 would open its own share: loopback, which Hyper-V does not support.
Whether the path calls hv02 by its short name or by its full one makes no difference."""
SOURCE = "Microsoft Learn: Deploy Hyper-V over SMB: loopback configurations are not supported"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    like = next(r for r in record.rows("EndpointProbe", HV01) if r["target"] == f"{HV02}:445")
    record.rows("EndpointProbe", HV01).append({**like, "target": "hv02:445"})
    own = {"target": "hv02:445", "local": "10.77.11.2", "remote": "10.77.11.2", "addresses": ["10.77.11.2"]}
    record.rows("EndpointProbe", HV02).append({**like, **own})
    record.on_share(HV01, r"\\hv02\vms")
    return record
