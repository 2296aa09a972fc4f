from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 runs Windows 11 Enterprise multi-session, which says ProductType 3 and OperatingSystemSKU 175 (ServerRdsh).
Its Hyper-V is the client's: neither live migration nor Replica."""
SOURCE = "G16.2 HOST-02 (client Hyper-V); Microsoft Learn: GetProductInfo, PRODUCT_SERVERRDSH 0xAF; AVD FAQ: reports itself as a server"
EXPECT = [("HOST-02", HV02, "FAIL|UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.windows(HV02, 22631, product_type=3, sku=175)
    return record
