"""What is asked of VMM servers: one file by its whole name, one key's access list, and no value of a registration."""

from __future__ import annotations

import pytest

from scanner.facts.keycopy import KeyFileAccess
from scanner.facts.provider import ALONE, ProviderFile, askable
from scanner.facts.tls import NetFramework
from scanner.words.query import Command
from scanner.words.readonly import NotReadOnlyError

FILE = "SELECT Name,Version FROM CIM_DataFile WHERE Name='{}'"
DOUBLED = ALONE.replace("\\", "\\\\")


def test_a_path_is_one_query_with_its_backslashes_doubled():
    (query,) = ProviderFile.queries([ALONE, ALONE])
    assert query.commands[0].parameters == {"Query": FILE.format(DOUBLED)}
    assert ProviderFile.queries([]) == ()


@pytest.mark.parametrize(
    "path",
    [
        "", "DRConfigurator.exe", "C:\\x\\other.exe", "C:\\x\\DRConfigurator.exe.config",
        "\\\\s\\c\\DRConfigurator.exe",
        "C:\\..\\DRConfigurator.exe", "C:\\.\\DRConfigurator.exe", "C:\\a\\\\DRConfigurator.exe",
        "C:\\a' OR Name LIKE '%\\DRConfigurator.exe", 'C:\\a"\\DRConfigurator.exe', "C:\\%\x1b\\DRConfigurator.exe",
        "C:\\a\n\\DRConfigurator.exe", "C:\\a:b\\DRConfigurator.exe", "C:\\*\\DRConfigurator.exe",
    ],
)  # fmt: skip
def test_another_path_is_not_asked_for(path):
    assert not askable(path)
    assert ProviderFile.queries([path]) == ()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT Name,Version FROM CIM_DataFile",
        "SELECT * FROM CIM_DataFile WHERE Name='" + DOUBLED + "'",
        FILE.format(ALONE),
        FILE.format(DOUBLED) + " OR Drive='C:'",
        FILE.format(DOUBLED).replace("Name=", "Name LIKE "),
        FILE.format(DOUBLED).replace("CIM_DataFile", "CIM_LogicalFile"),
    ],
)
def test_another_query_of_files_cannot_be_made(query):
    with pytest.raises(NotReadOnlyError):
        Command("Get-CimInstance", {"Query": query})


@pytest.mark.parametrize(
    "given",
    [
        {"LiteralPath": "Windows"},
        {"LiteralPath": "C:"},
        {"LiteralPath": "C:\\a\\..\\b"},
        {"LiteralPath": "C:\\."},
        {"LiteralPath": "C:\\a.txt:stream"},
        {"LiteralPath": "\\\\s\\c"},
        {"LiteralPath": "\\\\?\\C:\\Windows"},
        {"LiteralPath": "C:\\Windows?"},
        {"LiteralPath": "\\\\s\\c\\x.VaultCredentials"},
        {"LiteralPath": "Registry::HKEY_LOCAL_MACHINE\\SAM"},
        {"LiteralPath": "C:\\*.VaultCredentials"},
        {"LiteralPath": ("C:\\a.VaultCredentials", "\\\\s\\c\\b.VaultCredentials")},
        {"Path": "C:\\a.VaultCredentials"},
        {"LiteralPath": "C:\\a.VaultCredentials", "Audit": True},
    ],
)
def test_another_access_list_cannot_be_asked_for(given):
    with pytest.raises(NotReadOnlyError):
        Command("Get-Acl", given)


def test_a_key_is_one_query():
    paths = ["C:\\a.VaultCredentials", "C:\\b.VaultCredentials"]
    queries = KeyFileAccess.queries(paths)
    assert [query.commands[0].parameters for query in queries] == [{"LiteralPath": (path,)} for path in paths]


@pytest.mark.parametrize(
    "path",
    [
        "", "C:\\", "C:\\Windows", "C:\\x", "C:\\a.VaultCredentials.txt", "C:\\a.VaultCredentials\\x",
        "\\\\s\\c\\x.VaultCredentials", "Registry::HKEY_LOCAL_MACHINE\\SAM", "C:\\*.VaultCredentials",
        "C:\\..\\a.VaultCredentials", "C:\\a:b.VaultCredentials", "C:\\a\n.VaultCredentials",
    ],
)  # fmt: skip
def test_of_another_file_than_a_key_nobody_asks_who_may_read_it(path):
    """Any folder may be asked for, as shares need it; this fact asks for keys alone."""
    assert KeyFileAccess.queries([path]) == ()


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("5.1.7000.0", (5, 1, 7000, 0)), ("5.1.7000", (5, 1, 7000, 0)), (" 5.1 ", (5, 1, 0, 0)), ("5", ()), ("", ()),
        (None, ()), ("5.1.7000.0.1", ()), ("5.1 beta", ()), ("٥.١", ()),
    ],
)  # fmt: skip
def test_versions(version, numbers):
    assert ProviderFile("x", version).numbers == numbers


def test_programs_of_32_bits_have_a_key_of_their_own():
    path = "Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\{}Microsoft\\.NETFramework\\v4.0.30319"
    assert NetFramework(path.format(""), 1, 1).bits == 64
    assert NetFramework(path.format("Wow6432Node\\"), 1, 1).bits == 32
