from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts use CredSSP, and moves are started while signed in on their source. Credential Guard runs on
hv01 since its upgrade: moves from there end with 0x8009030E, those from hv02 work as ever."""
SOURCE = "Microsoft Learn: considerations and known issues of Credential Guard (CredSSP with saved or SSO credentials)"
EXPECT = [
    ("HOST-05", HV01, "FAIL"),
    ("LM-03", f"{HV01}/{HV02}", "FAIL"),
    ("HOST-05", HV02, "PASS"),
    ("LM-03", f"{HV02}/{HV01}", "WARN"),
]
VERDICT = "not ready"
SAYS = ["CredSSP, and Credential Guard runs"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["remote_initiated"] = False
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["authentication"] = 0
        record.one("VMHost", host)["authentication"] = 0
    record.one("DeviceGuard", HV01)["services_running"] = [1]
    return record
