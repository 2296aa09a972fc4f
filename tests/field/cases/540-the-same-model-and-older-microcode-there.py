from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts have the same processors, and every tool shows equal names. hv01 got a firmware update last
month, hv02 did not: a machine that was started since is shown features that hv02 lacks, and its move is cancelled."""
SOURCE = "Microsoft Learn: Protecting guest virtual machines from CVE-2017-5715, How does this impact live migration"
EXPECT = [
    ("HOST-07", f"{HV01}/{HV02}", "UNKNOWN"),
    ("HOST-07", f"{HV02}/{HV01}", "PASS"),
    ("VM-08", f"{HV01}/", "UNKNOWN"),
    ("VM-08", f"{HV02}/", "PASS"),
]
VERDICT = "incomplete"
SAYS = [r"microcode 0x5003605 → 0x5003303", r"update its firmware"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ProcessorFirmware", HV02)["update_revision"] = "0000000003330005"
    return record
