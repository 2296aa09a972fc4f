from tests.field.record import HV01, HV02, Record

SITUATION = """The computer account of hv02 is disabled. It answers, for it signed in before; the next ticket for it is
refused (0x12, KDC_ERR_CLIENT_REVOKED), and no replica goes there or comes from it."""
SOURCE = "RFC 4120, 7.5.9; MS-KILE, 3.3.5.7: a disabled account gets no ticket"
EXPECT = [("ID-01", HV02, "FAIL"), ("ID-01", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"Enable-ADAccount -Identity 'CN=HV02,"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    for row in record.accounts("HV02$"):
        row["user_account_control"] |= 2
    return record
