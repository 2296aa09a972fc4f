from tests.field.record import HV01, HV02, Record

SITUATION = """The machines are in compatibility mode, so that "any host of the maker" should do. The move ends with
"uses processor-specific features not supported on physical computer", for what the microcode brought is shown, too."""
SOURCE = "Japan Windows support blog, 2025-05-07 (Fail-to-LM-2-different-CPU); Microsoft Learn: CVE-2017-5715, FAQ"
EXPECT = [("VM-08", f"{HV01}/", "UNKNOWN"), ("HOST-07", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"compatibility mode does not hide it"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ProcessorFirmware", HV02)["update_revision"] = "0000000003330005"
    for row in record.rows("VmProcessor", HV01):
        row["compatible"] = True
    return record
