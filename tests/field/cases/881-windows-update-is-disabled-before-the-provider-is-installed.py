from tests.field.record import HV01, HV02, Record

SITUATION = """AzureSiteRecoveryProvider.exe ends in an error on a VMM server whose Windows Update is disabled; set to
manual, it runs."""
SOURCE = "replica-vmm-cases 22: MicrosoftLearning/AZ-801 issues 36 and 37 (2023-02-16)"
EXPECT = [("ASR-02", "vmm01", "WARN")]
VERDICT = "ready"
SAYS = [r"Set-Service -ComputerName 'vmm01.corp.example' -Name wuauserv -StartupType Manual"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.rows("ProviderFile", "vmm01.corp.example").clear()
    record.one("WindowsUpdateService", "vmm01.corp.example").update(state="Stopped", start_mode="Disabled")
    return record
