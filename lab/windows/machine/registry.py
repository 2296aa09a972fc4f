"""The registry keys of a machine: those that follow from its state, then what the file says under [registry].

Keys are full paths ("HKEY_LOCAL_MACHINE\\SOFTWARE\\..."), found whatever their case. Every parent of a key exists too.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

from lab.windows.machine import certificate_store
from lab.windows.machine.cluster import resource_id
from lab.windows.machine.machine import Machine
from lab.windows.machine.parts import Hardware, WinHttp

Values = dict[str, Any]
HKLM = "HKEY_LOCAL_MACHINE"
WINDOWS_NT = f"{HKLM}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
WINDOWS = f"{HKLM}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"
SYSTEM = f"{HKLM}\\SYSTEM\\CurrentControlSet"
PROCESSOR = f"{HKLM}\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0"
LOCAL_FIREWALL = f"{SYSTEM}\\Services\\SharedAccess\\Parameters\\FirewallPolicy"
POLICY_FIREWALL = f"{HKLM}\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall"
ASR = f"{HKLM}\\SOFTWARE\\Microsoft\\Azure Site Recovery"
VMM = f"{HKLM}\\SOFTWARE\\Microsoft\\Microsoft System Center Virtual Machine Manager Server\\Setup"

CIPHERS = f"{SYSTEM}\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002"
SUITES = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]  # the first of many

# word of the state -> rules: name -> what follows Action, Active, Dir (names and ports as Windows installs them)
BUILT_IN_RULES = {
    "migration": {"VIRT-MIGL-In-TCP-NoScope": "Protocol=6|LPort=6600|App=%systemroot%\\system32\\vmms.exe|Svc=vmms"},
    "replica-http": {"VIRT-HVRHTTPL-In-TCP-NoScope": "Protocol=6|LPort=80|App=System"},
    "replica-https": {"VIRT-HVRHTTPSL-In-TCP-NoScope": "Protocol=6|LPort=443|App=System"},
    "rpc": {
        "VIRT-VMMS-RPC-EPMAP-In-NoScope": "Protocol=6|LPort=RPC-EPMap|App=%systemroot%\\system32\\svchost.exe",
        "VIRT-VMMS-RPC-In-NoScope": "Protocol=6|LPort=RPC|App=%systemroot%\\system32\\vmms.exe|Svc=vmms",
    },
    "smb": {"FPS-SMB-In-TCP": "Protocol=6|LPort=445|App=System"},
    "winrm": {"WINRM-HTTP-In-TCP": "Protocol=6|Profile=Domain|Profile=Private|LPort=5985|App=System"},
    "winrm-https": {"WINRM-HTTPS-In-TCP": "Protocol=6|LPort=5986|App=System"},
}


def keys(machine: Machine) -> dict[str, Values]:
    """All keys of the machine, parents included."""
    found: dict[str, Values] = {}
    for path, values in _derived(machine):
        found.setdefault(path, {}).update({n: v for n, v in values.items() if v is not None})
    for path, said in machine.state.registry.items():
        _overlay(found, full(path), said)
    for path in list(found):
        parts = path.split("\\")
        for length in range(1, len(parts)):
            found.setdefault("\\".join(parts[:length]), {})
    return found


def _overlay(found: dict[str, Values], path: str, said: Values | bool) -> None:
    own = next((key for key in found if key.casefold() == path.casefold()), path)
    if said is False:
        for key in [k for k in found if (k + "\\").casefold().startswith(own.casefold() + "\\")]:
            del found[key]
        return
    values = found.setdefault(own, {})
    if isinstance(said, dict):
        values.update(said)


def full(path: str) -> str:
    """The full path a drive or abbreviation means: "HKLM:\\X" and "HKLM\\X" are HKEY_LOCAL_MACHINE\\X."""
    return re.sub(r"^HKLM:?\\", lambda _: HKLM + "\\", path, flags=re.IGNORECASE).rstrip("\\")


def _derived(machine: Machine) -> Iterator[tuple[str, Values]]:
    yield from _windows(machine)
    yield PROCESSOR, _processor(machine.state.hardware)
    yield from _firewall(machine)
    yield from _tls(machine)
    yield from _products(machine)
    for path, values in certificate_store.keys(machine.state.certificate):
        yield f"{HKLM}\\{path}", dict(values)


def _windows(machine: Machine) -> Iterator[tuple[str, Values]]:
    state = machine.state
    number = str(machine.build)
    updated = {"UBR": state.patch} if machine.at_least("2016") else {}
    yield WINDOWS_NT, {"CurrentBuildNumber": number, "InstallationType": state.edition, **updated}
    yield f"{SYSTEM}\\Control\\ComputerName\\ComputerName", {"ComputerName": state.stored_name or machine.name}
    site = {"DynamicSiteName": state.site} if state.domain else {"Update": "no"}
    yield f"{SYSTEM}\\Services\\Netlogon\\Parameters", site
    yield f"{HKLM}\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine", {"PowerShellVersion": machine.ps_version}
    suffix = state.dns_suffix or state.domain
    yield f"{SYSTEM}\\Services\\Tcpip\\Parameters", {"Domain": suffix, "NV Domain": suffix}
    if state.domain:
        controller = state.controller or f"dc1.{state.domain}"
        yield f"{WINDOWS}\\Group Policy\\History", {"DCName": f"\\\\{controller}", "NetworkName": state.domain}
    plugin = (
        '<PlugInConfiguration Name="Microsoft.PowerShell"><Resources><Resource><Security '
        'Sddl="O:NSG:BAD:P(A;;GA;;;BA)(A;;GA;;;RM)S:P(AU;FA;GA;;;WD)"/></Resource></Resources></PlugInConfiguration>'
    )
    yield f"{WINDOWS}\\WSMAN\\Plugin\\Microsoft.PowerShell", {"ConfigXML": plugin}
    yield f"{WINDOWS}\\Internet Settings\\Connections", {"WinHttpSettings": list(_winhttp(state.winhttp))}


def _processor(said: Hardware) -> Values:
    """What Windows found of the processor; the revision as the register holds it: Intel's in the upper half."""
    halves = (0, said.microcode) if said.vendor == "GenuineIntel" else (said.microcode, 0)
    revision = list(struct.pack("<II", *halves)) if said.microcode else None
    named = {"ProcessorNameString": said.processor, "VendorIdentifier": said.vendor}
    return {**named, "Update Revision": revision, "FeatureSet": said.features}


def _winhttp(said: WinHttp) -> bytes:
    """Version, counter, flags (1 always, 2 a proxy is named), and two texts after their length."""
    texts = [text.encode("ascii") for text in (said.proxy, said.bypass)]
    return struct.pack("<III", 0x28, 2, 3 if said.proxy else 1) + b"".join(struct.pack("<I", len(t)) + t for t in texts)


def _firewall(machine: Machine) -> Iterator[tuple[str, Values]]:
    firewall = machine.state.firewall
    profiles = {"DomainProfile": firewall.domain, "StandardProfile": firewall.private, "PublicProfile": firewall.public}
    for profile, on in profiles.items():
        yield f"{LOCAL_FIREWALL}\\{profile}", {"EnableFirewall": int(on), "DisableNotifications": 1}
    version = "v2.30" if machine.at_least("2019") else "v2.26" if machine.at_least("2016") else "v2.22"
    rules: Values = {}
    for word, members in BUILT_IN_RULES.items():
        active = "TRUE" if word in firewall.active else "FALSE"
        for name, rest in members.items():
            rules[name] = f"{version}|Action=Allow|Active={active}|Dir=In|{rest}|Name={name}|"
    yield f"{LOCAL_FIREWALL}\\FirewallRules", {**rules, **firewall.rules}
    if machine.at_least("2016"):
        yield f"{LOCAL_FIREWALL}\\Mdm\\FirewallRules", {}
    yield f"{LOCAL_FIREWALL}\\ConSecRules", dict(firewall.security_rules)
    if firewall.policy_rules:
        yield f"{POLICY_FIREWALL}\\FirewallRules", dict(firewall.policy_rules)
    if firewall.policy_security_rules:
        yield f"{POLICY_FIREWALL}\\ConSecRules", dict(firewall.policy_security_rules)


def _tls(machine: Machine) -> Iterator[tuple[str, Values]]:
    strong = {"SystemDefaultTlsVersions": 1, "SchUseStrongCrypto": 1} if machine.at_least("2016") else {"Release": 1}
    yield f"{HKLM}\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319", dict(strong)
    yield CIPHERS, {"Functions": SUITES}
    yield f"{HKLM}\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319", dict(strong)


def _products(machine: Machine) -> Iterator[tuple[str, Values]]:
    state = machine.state
    if "vmms" in machine.services():
        yield f"{WINDOWS_NT}\\Virtualization\\Replication", {"Version": 1}
    if state.asr:
        yield ASR, {"ProductVersion": state.asr.provider_version}
        if state.asr.registered:
            own = {"DraID": machine.guid("dra").lower(), "IdMgmtCloudContainerId": machine.guid("container").lower()}
            yield f"{ASR}\\Registration", own
        proxy = {"ProxyAddress": state.asr.proxy, "BypassProxyURLs": state.asr.proxy_bypass}
        port = None if state.asr.proxy_port is None else str(state.asr.proxy_port)
        yield f"{ASR}\\ProxySettings", {**proxy, "ProxyPort": port}
    if state.vmm:
        yield (
            VMM,
            {
                "ProductVersion": state.vmm.version,
                "VmmID": machine.guid("vmm").lower() if state.vmm.id is None else state.vmm.id,
                "InstallPath": state.vmm.folder + "\\",
                "VmmServiceAccount": state.vmm.account or "LocalSystem",
                "VmmServicePrincipalNames": f"SCVMM/{machine.name},SCVMM/{machine.fqdn}",
            },
        )
    for resource in state.cluster.resource if state.cluster else []:
        yield f"{HKLM}\\Cluster\\Resources\\{resource_id(machine, resource.name)}\\Parameters", dict(resource.values)
