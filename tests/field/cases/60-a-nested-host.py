from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is itself a virtual machine of a Hyper-V host, for a trial. Windows says there that a hypervisor is
present, also where its own did not launch."""
SOURCE = "Microsoft Learn: nested virtualization; HypervisorPresent is true in every virtual machine"
EXPECT = [("HOST-13", HV02, "NOT_APPLICABLE"), ("HOST-13", HV01, "PASS")]
VERDICT = "ready"
SAYS = [r"nested: the host is itself a virtual machine \(Microsoft Corporation Virtual Machine\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(manufacturer="Microsoft Corporation", model="Virtual Machine")
    return record
