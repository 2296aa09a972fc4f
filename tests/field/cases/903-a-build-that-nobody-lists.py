from tests.field.record import HV01, HV02, Record

SITUATION = """VMM 2022 tells a build that is newer than any that is known here. A higher number looks good; what it
holds nobody can say."""
SOURCE = "Microsoft Learn: System Center - Virtual Machine Manager build versions (as of May 2025)"
EXPECT = [("VMM-02", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"VMM 10\.22\.2999\.0 is not in the table of builds"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("VmmServer", "vmm01.corp.example")["version"] = "10.22.2999.0"
    return record
