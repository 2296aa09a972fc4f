from tests.field.record import HV01, HV02, Record

SITUATION = """A firmware update of hv02 turned virtualization off. vmms runs, Get-VM lists every machine as off, and
none of them starts: "the hypervisor is not running"."""
SOURCE = "Microsoft Learn: Win32_ComputerSystem.HypervisorPresent; event 41 of Hyper-V-Hypervisor"
EXPECT = [("HOST-13", HV02, "FAIL"), ("HOST-13", HV01, "PASS"), ("HOST-01", HV02, "PASS")]
VERDICT = "not ready"
SAYS = [r"no hypervisor is running .*hypervisorlaunchtype"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02)["hypervisor"] = False
    return record
