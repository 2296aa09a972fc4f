"""What a machine's PowerShell tells of its version when a pool opens, as CLIXML."""

from __future__ import annotations

from lab.windows.wsman.clixml import Document


def private_data(powershell_version: str) -> str:
    """Return the content of APPLICATION_PRIVATE_DATA; its PSVersionTable is that of a machine's PowerShell."""
    document = Document()
    dictionary = ("System.Management.Automation.PSPrimitiveDictionary", "System.Collections.Hashtable", "System.Object")
    with (
        document.object(""),
        document.inside("MS"),
        document.object("ApplicationPrivateData", *dictionary),
        document.inside("DCT"),
        document.inside("En"),
    ):
        document.key("PSVersionTable")
        with document.object("Value", *dictionary), document.inside("DCT"):
            _version_table(document, powershell_version)
    return str(document)


def session_capability(powershell_version: str) -> str:
    """Return the content of SESSION_CAPABILITY; PSVersion is 2.0 there for every PowerShell."""
    document = Document()
    with document.object(""), document.inside("MS"):
        document.version("protocolversion", protocol_version(powershell_version))
        document.version("PSVersion", "2.0")
        document.version("SerializationVersion", "1.1.0.1")
    return str(document)


def protocol_version(powershell_version: str) -> str:
    """Return the remoting protocol that a PowerShell speaks: 2.3 since 5.0, 2.2 before."""
    return "2.3" if int(powershell_version.partition(".")[0]) >= 5 else "2.2"


def _version_table(document: Document, powershell_version: str) -> None:
    version = tuple(int(part) for part in powershell_version.split("."))
    core = version[0] > 5
    older = ("1.0", "2.0", "3.0", "4.0", "5.0", "5.1", "6.0", "7.0")
    compatible = tuple(text for text in older if tuple(map(int, text.split("."))) < version[:2])
    texts = {"PSEdition": "Core" if core else "Desktop"} if version >= (5, 1) else {}
    if core:
        texts |= {"GitCommitId": powershell_version, "PSSemanticVersion": powershell_version}
        texts |= {"OS": "Microsoft Windows", "Platform": "Win32NT"}
    versions = {
        "PSVersion": powershell_version,
        "SerializationVersion": "1.1.0.1",
        "WSManStackVersion": "3.0",
        "PSRemotingProtocolVersion": protocol_version(powershell_version),
    }
    if not core:
        versions |= {"BuildVersion": powershell_version, "CLRVersion": "4.0.30319.42000"}
    with document.inside("En"):
        document.key("PSCompatibleVersions")
        with document.object("Value", "System.Version[]", "System.Array", "System.Object"), document.inside("LST"):
            document.versions(compatible if core else (*compatible, powershell_version))
    for key, text in texts.items():
        with document.inside("En"):
            document.key(key)
            document.value("Value", text)
    for key, text in versions.items():
        with document.inside("En"):
            document.key(key)
            document.version("Value", text)
