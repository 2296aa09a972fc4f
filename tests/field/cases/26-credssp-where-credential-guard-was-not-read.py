from tests.field.record import HV01, HV02, Record

SITUATION = """Moves are started while signed in on the source, with CredSSP. On hv01, Windows Server 2025, Credential
Guard is on by default and would stop that; nobody could see whether it runs. On hv02 it does not."""
SOURCE = "Microsoft Learn: Credential Guard blocks CredSSP by single sign-on, and is on by default since build 26100"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "UNKNOWN"), ("LM-03", f"{HV02}/{HV01}", "WARN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["remote_initiated"] = False
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["authentication"] = 0
    record.one("OperatingSystem", HV01).update(build=26100, version="10.0.26100")
    record.gap("DeviceGuard", HV01, "access denied")
    return record
