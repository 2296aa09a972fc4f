"""Classes of root\\Microsoft\\Windows\\SMB; the SMB cmdlets show the same rows."""

from __future__ import annotations

from ipaddress import ip_interface

from lab.windows.machine.machine import Machine
from lab.windows.machine.tables import SMB, Rows, table


@table(SMB, "MSFT_SmbServerConfiguration")
def server_configuration(machine: Machine) -> Rows:
    server = machine.state.smb.server
    yield {
        "EnableMultiChannel": server.multichannel,
        "EncryptData": server.encrypt_data,
        "RejectUnencryptedAccess": server.reject_unencrypted,
        "RequireSecuritySignature": server.require_signing,
    }


@table(SMB, "MSFT_SmbClientConfiguration")
def client_configuration(machine: Machine) -> Rows:
    client = machine.state.smb.client
    yield {
        "EnableMultiChannel": client.multichannel,
        "RequireSecuritySignature": client.require_signing,
        "EnableInsecureGuestLogons": client.insecure_guests,
        "RequireEncryption": client.require_encryption,
    }


@table(SMB, "MSFT_SmbClientNetworkInterface")
def client_interfaces(machine: Machine) -> Rows:
    for index, adapter in machine.interfaces():
        if adapter.up:
            own = [str(ip_interface(address).ip) for address in adapter.addresses]
            yield {
                "InterfaceIndex": index,
                "FriendlyName": adapter.name,
                "LinkSpeed": int(adapter.speed * 1_000_000_000),
                "RdmaCapable": adapter.rdma,
                "RssCapable": not adapter.virtual,
                "IpAddresses": [machine.link_local(index), *own],
            }


@table(SMB, "MSFT_SmbShare")
def shares(machine: Machine) -> Rows:
    yield {
        "Name": "IPC$",
        "ScopeName": "*",
        "Path": "",
        "SecurityDescriptor": None,
        "ShareState": 1,
        "EncryptData": False,
    }
    for share in machine.state.smb.share:
        yield {
            "Name": share.name,
            "ScopeName": "*",
            "Path": share.path,
            "SecurityDescriptor": share.access,
            "ShareState": 1,
            "EncryptData": share.encrypt_data,
        }
