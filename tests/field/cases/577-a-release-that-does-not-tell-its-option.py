from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 runs 2019 and answers null for compression and SMB, as only 2012 may: an answer that was cut, and no
TCP/IP. Taken for 2012's it would be told as a host that differs and works."""
SOURCE = "part G, LM-04: null on 9600 and above"
EXPECT = [("LM-04", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("MigrationSettings", HV02).update(smb_transport=None, compression=None)
    return record
