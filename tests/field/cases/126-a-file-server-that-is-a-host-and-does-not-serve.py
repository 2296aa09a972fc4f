from tests.field.record import HV01, HV02, HV03, Record

SITUATION = r"""Storage stays on \\hv03.corp.example\vms. hv03 is read, too: it says that its service LanmanServer
is stopped, and what answered under its name is 10.77.11.2, an address of hv02."""
SOURCE = "Rules: an answer belongs to the machine that gave it; evidence at hand that contradicts a PASS forbids it"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    for host in (HV01, HV02):
        like = record.rows("EndpointProbe", host)[0]
        told = {"target": f"{HV03}:445", "outcome": "Connected", "remote": "10.77.11.2", "addresses": ["10.77.11.2"]}
        record.rows("EndpointProbe", host).append(
            {**like, **told, "local": "10.77.11.1" if host == HV01 else "10.77.11.2"}
        )
    for row in record.rows("Service", HV03):
        if row["name"] == "LanmanServer":
            row["state"] = "Stopped"
    record.on_share(HV01, rf"\\{HV03}\vms")
    for row in record.accounts("HV01$"):
        row["delegates_to"] += ["cifs/HV03", f"cifs/{HV03}"]
    return record
