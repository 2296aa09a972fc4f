from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts are virtual machines of one Hyper-V host, which may itself move. Names are equal, and so is
what stands for the revision of the microcode: 0xffffffff, which a hypervisor shows whatever lies beneath."""
SOURCE = "kernel logs of guests of Hyper-V: microcode revision=0xffffffff"
EXPECT = [("HOST-07", f"{HV01}/{HV02}", "UNKNOWN"), ("VM-08", f"{HV01}/", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"tells no revision of its microcode"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.one("ComputerSystem", host).update(manufacturer="Microsoft Corporation", model="Virtual Machine")
        record.one("ProcessorFirmware", host)["update_revision"] = "00000000ffffffff"
    return record
