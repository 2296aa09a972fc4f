from tests.field.networks import any_network, tried
from tests.field.record import HV01, HV02, Record

SITUATION = """The destination takes migrations on any network, and both hosts are in the one that the estate trusts.
The command that closes the others comes after that which names the one that stays."""
SOURCE = "Microsoft Learn: Add-VMMigrationNetwork, Set-VMHost -UseAnyNetworkForMigration"
EXPECT = [("LM-09", HV02, "WARN"), ("RCH-01", f"{HV01}/{HV02}", "PASS")]
VERDICT = "ready"
SAYS = [
    r"Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10\.20\.0\.0/24'\nSet-VMHost [^\n]* \$false"
]


def make() -> Record:
    record = Record(HV01, HV02)
    any_network(record, HV02)
    tried(record, HV01, "10.77.11.2:6600", local="10.77.11.1")
    return record
