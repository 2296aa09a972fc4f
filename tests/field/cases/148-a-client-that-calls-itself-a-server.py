from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 runs Windows 11 Enterprise multi-session, which says ProductType 3, as a server does, and
OperatingSystemSKU 175. Its Hyper-V is the client's: neither live migration nor Replica."""
SOURCE = (
    "Microsoft Learn: Windows Enterprise multi-session FAQ (reports ProductType 3, the same value as Windows Server); "
    "GetProductInfo, PRODUCT_SERVERRDSH 0xAF"
)
EXPECT = [("HOST-02", HV02, "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.windows(HV02, 22631, product_type=3, sku=175)
    return record
