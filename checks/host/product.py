"""What a machine is: its Windows, by build and edition and never by its localised caption, and its platform."""

from __future__ import annotations

import re

from scanner.api import MissingEvidence, tell
from scanner.facts.host import OperatingSystem

STACK_HCI = 406
"""OperatingSystemSKU of Azure Stack HCI, now Azure Local, on any build"""
AZURE_EDITION = (407, 408)
STACK_BUILDS = {17784: "20H2", 20349: "22H2"}
"""builds that Azure Stack HCI alone has"""
FIRST_STACK = min(STACK_BUILDS)
ANNUAL = {25398: "23H2"}
"""builds between two releases of Windows Server that have a name of their own"""
VIRTUAL = re.compile(
    r"Virtual (Machine|Platform)|VMware|VirtualBox|innotek|KVM\b|QEMU|\bXen\b|HVM domU|Parallels|OpenStack|oVirt|RHEV"
    r"|KubeVirt|Bochs|bhyve|cloud[ -]hypervisor|Apple Virtualization|SmartDC|Nutanix AHV|Standard PC"
    r"|Google Compute Engine|Amazon EC2(?! \S+\.metal)|Alibaba Cloud ECS|DigitalOcean|Droplet|Hetzner|Vultr|UpCloud"
    r"|Exoscale|Linode|Akamai|Scaleway",
    re.IGNORECASE,
)
"""What the firmware of a virtual machine calls its platform or maker: after systemd's table of DMI vendors, where
Amazon's metal instances are machines of their own, and the clouds that cloud-init tells by theirs."""


def sku_of(system: OperatingSystem) -> int | None:
    """The edition's number; nothing where the machine, or the version that wrote a record, does not tell it."""
    try:
        return system.sku
    except MissingEvidence:
        return None


def called(system: OperatingSystem) -> str:
    """Product and build, as in ``Windows Server 2012 R2 (build 9600)``; the build alone of what is older than 2012."""
    sku, build = sku_of(system), tell("build {build}", build=system.build)
    if sku == STACK_HCI or system.build in STACK_BUILDS:
        version = STACK_BUILDS.get(system.build)
        return tell(
            "Azure Stack HCI / Azure Local{tell} ({build})",
            tell=tell(", version {version}", version=version) if version else "",
            build=build,
        )
    if system.build in ANNUAL:
        return tell("Windows Server, version {annual} ({build})", annual=ANNUAL[system.build], build=build)
    if not system.release:
        return tell("{build}, before Windows Server 2012", build=build)
    edition = tell(" Datacenter: Azure Edition") if sku in AZURE_EDITION else ""
    return tell(
        "Windows Server {replace}{edition} ({build})",
        replace=system.release.replace("R2", " R2"),
        edition=edition,
        build=build,
    )


def is_stack(system: OperatingSystem) -> bool | None:
    """Whether it is Azure Stack HCI / Azure Local; nothing where the edition decides and was not told."""
    sku = sku_of(system)
    if sku == STACK_HCI or system.build in STACK_BUILDS:
        return True
    return None if sku is None and system.build >= FIRST_STACK else False
