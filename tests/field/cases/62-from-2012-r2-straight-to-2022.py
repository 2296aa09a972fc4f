from tests.field.record import HV01, HV02, Record

SITUATION = """Machines of 2012 R2 (5.0) shall go to 2022, which begins with 8.0. 2012 R2 has no command that upgrades
them: they go to 2016 or 2019 first, are shut down and upgraded there, and go on."""
SOURCE = "Microsoft Learn: Upgrade virtual machine version in Hyper-V; Update-VMVersion is there from 2016 on"
EXPECT = [("VM-02", f"/{HV02}", "FAIL"), ("HOST-03", f"{HV01}/{HV02}", "PASS")]
VERDICT = "not ready"
SAYS = [r"move it to a host of Windows Server 2016 or 2019, upgrade it there, and move it on"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.windows(HV01, 9600)
    record.versions(HV01, machines="5.0")
    record.put("VmSecurity", HV01, [])
    record.windows(HV02, 20348)
    record.versions(HV02, "8.0", "8.1", "8.2", "8.3", "9.0", "9.1", "9.2", "9.3", "10.0", machines="8.0")
    return record
