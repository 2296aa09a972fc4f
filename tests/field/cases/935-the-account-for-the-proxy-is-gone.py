from tests.field.record import HV01, HV02, Record

SITUATION = """The servers are registered, and the proxy answers 407. Somebody took the Run As account away that the
provider signs in to the proxy with; the attempts alone do not show it."""
SOURCE = "S4, step 3, last bullet: DRAProxyAccount is made with the registration"
EXPECT = [("ASR-10", "vmm01", "FAIL")]
VERDICT = "not ready|incomplete"
SAYS = [r"vmm01\.corp\.example has no Run As account DRAProxyAccount"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"].update(proxy="proxy.corp.example:8080", registered=True)
    record.to_site_recovery(outcome="ProxyRefused", proxy_status=407, tls_outcome=None, certificate_issuer=None)
    hosts = {"id": "0b3c", "name": "Hosts", "user": "CORP\\svc-vmm-hosts"}
    record.put("RunAsAccount", "vmm01.corp.example", [hosts])
    return record
