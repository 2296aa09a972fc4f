"""Mistakes of an estate file that hide others, or that look right: each is told, in one run, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import EstateError, mistakes_in
from scanner.estate.read import read

MINIMAL = """
[[host]]
name = "a.x"
[[host]]
name = "b.x"
[[route]]
from = "a.x"
to = "b.x"
"""


def mistakes(folder: Path, text: str | bytes) -> dict[str, str]:
    path = folder / "estate.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(EstateError) as caught:
        read(path)
    found = {mistake.key: mistake.text for mistake in caught.value.mistakes}
    assert len(found) == len(caught.value.mistakes), caught.value
    return found


def read_in(folder: Path, text: str) -> None:
    path = folder / "estate.toml"
    path.write_text(text, encoding="utf-8")
    read(path)


def test_a_group_without_hosts(tmp_path):
    text = MINIMAL.replace('to = "b.x"', 'to = "g"') + '[[group]]\nname = "g"\nhosts = []\n'
    assert mistakes(tmp_path, text) == {"group[1].hosts": 'is empty; write hosts = ["hv01.corp.example"]'}


def test_no_profile(tmp_path):
    assert mistakes(tmp_path, "profiles = []" + MINIMAL) == {
        "profiles": 'is empty; write profiles = ["live-migration"]'
    }


def test_what_is_missing_hides_no_other_mistake(tmp_path):
    text = """
    [[host]]
    address = "10.0.0.1"
    [[host]]
    name = "a b"
    [[group]]
    name = "g"
    [[group]]
    name = "h"
    hosts = [5, "c d", "c.x"]
    [[route]]
    to = "h"
    [[route]]
    from = "g"
    to = "nowhere"
    [networks]
    trusted = [7, "lan"]
    [limits]
    host_deadline = 60
    """
    found = mistakes(tmp_path, text)
    assert set(found) == {
        *("limits.host_deadline", "networks.trusted[1]", "group[1].hosts", "group[2].hosts[1]", "host[1].name"),
        *("route[1].from", "group[2].hosts[2]", "host[2].name", "route[2].to", "networks.trusted[2]"),
    }
    assert "(mistaken)" not in str(found)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (MINIMAL.replace('name = "b.x"', 'nam = "b.x"'), {"host[2].nam"}),
        ('[[hosts]]\nname = "c.x"\n' + MINIMAL.replace('to = "b.x"', 'to = "c.x"'), {"hosts"}),
        ('[group]\nname = "g"\nhosts = ["c.x"]\n' + MINIMAL.replace('to = "b.x"', 'to = "g"'), {"group"}),
        (MINIMAL.replace("[[route]]", "[[routes]]"), {"routes"}),
        (MINIMAL.replace("[[route]]", "[route]"), {"route"}),
        ('profiles = ["asr-vm"]\n[[vmm]]\nname = "v.x"\n', {"profiles[1]"}),
        ('profiles = ["asr-vmm"]\n[vmm]\nname = "v.x"\n', {"vmm"}),
        (MINIMAL + '[sign_in]\nmethod = "basic"\nuser = "u"\npassword = "p"\n', {"sign_in.password"}),
        (MINIMAL + '[sign_in]\nmethod = "basic"\nport = "x"\n', {"sign_in.port", "sign_in.method"}),
    ],
)
def test_a_mistake_brings_no_other_with_it(tmp_path, text, keys):
    assert set(mistakes(tmp_path, text)) == keys


def test_a_route_that_says_otherwise(tmp_path):
    again = MINIMAL + '[[route]]\nfrom = "b.x"\nto = "a.x"\nboth_ways = true\n'
    assert mistakes(tmp_path, again + "storage = false\n") == {
        "route[2]": "says otherwise about a.x → b.x than route[1]"
    }
    read_in(tmp_path, again)


@pytest.mark.parametrize("value", ['"all"', '"true"', "1", "[]"])
def test_what_moves_is_one_of_three(tmp_path, value):
    found = mistakes(tmp_path, MINIMAL + f"storage = {value}\n")
    assert set(found) == {"route[1].storage"}
    assert found["route[1].storage"].endswith('is neither true nor false, without quotes, nor "only"')


def test_disks_alone_are_not_disks_too(tmp_path):
    again = MINIMAL + '[[route]]\nfrom = "a.x"\nto = "b.x"\nstorage = "only"\n'
    assert "says otherwise" in mistakes(tmp_path, again)["route[2]"]


@pytest.mark.parametrize("other", ["replica", "asr-vmm"])
def test_disks_alone_are_for_live_migration(tmp_path, other):
    alone = MINIMAL + 'storage = "only"\n'
    assert mistakes(tmp_path, f'profiles = ["live-migration", "{other}"]{alone}') == {
        "route[1].storage": f"moves disks alone, and {other} copies whole machines: write profiles = "
        '["live-migration"] here'
    }
    assert mistakes(tmp_path, f'profiles = ["{other}"]{alone}')["route[1].storage"].endswith("in a file of their own")
    read_in(tmp_path, alone)


@pytest.mark.parametrize("key", ["ca", "certificate", "certificate_key"])
@pytest.mark.parametrize("name", ["gone.pem", "~nobody-of-that-name/x.pem", "a" * 5000, "."])
def test_a_file_that_is_not_there(tmp_path, key, name):
    assert "there is no file" in mistakes(tmp_path, MINIMAL + f"[sign_in]\n{key} = '{name}'\n")[f"sign_in.{key}"]


def test_files_are_looked_for_beside_the_estate_file(tmp_path):
    text = MINIMAL.replace('name = "b.x"', 'name = "b.x"\nsign_in = { ca = "ca.pem" }') + "[directory]\nca = 'ca.pem'\n"
    assert set(mistakes(tmp_path, text)) == {"host[2].sign_in.ca", "directory.ca"}
    (tmp_path / "ca.pem").write_text("", encoding="utf-8")
    read_in(tmp_path, text)


@pytest.mark.parametrize("word", ['env = ""', 'file = ""', 'keyring = ""', "command = []", "prompt = false"])
def test_a_source_that_names_no_secret(tmp_path, word):
    name = word.split()[0]
    found = mistakes(tmp_path, MINIMAL + f"[sign_in]\nmethod = 'basic'\nuser = 'u'\npassword = {{ {word} }}\n")
    assert set(found) == {f"sign_in.password.{name}"}
    assert f"names no secret; write {name} = " in found[f"sign_in.password.{name}"]


def test_a_domain_without_controllers(tmp_path):
    (text,) = mistakes(tmp_path, MINIMAL + '[directory]\ncontrollers = { "corp.example" = [] }\n').values()
    assert text == 'there is none; name them, or leave "corp.example" out: then DNS is asked'


def test_a_profile_with_nothing_to_look_at(tmp_path):
    assert "[[vmm]]" in mistakes(tmp_path, 'profiles = ["asr-vmm"]\n')["profiles"]
    read_in(tmp_path, 'profiles = ["asr-vmm"]\n[[key_file]]\npath = "gone.VaultCredentials"\n')


@pytest.mark.parametrize("more", ["live-migration", "replica"])
def test_site_recovery_alone_needs_no_route(tmp_path, more):
    rest = '[[key_file]]\npath = "gone.VaultCredentials"\n[[host]]\nname = "hv01.corp.example"\n'
    read_in(tmp_path, f'profiles = ["asr-vmm"]\n{rest}')
    assert "[[route]]" in mistakes(tmp_path, f'profiles = ["asr-vmm", "{more}"]\n{rest}')["route"]


@pytest.mark.parametrize("network", ["0.0.0.0/0", "::/0", "10.0.0.0/0"])
def test_every_network_is_not_private(tmp_path, network):
    text = MINIMAL + f"[networks]\ntrusted = ['10.0.0.0/8', '{network}']\n"
    assert "is every network" in mistakes(tmp_path, text)["networks.trusted[2]"]


@pytest.mark.parametrize("key", ["limits.host_deadline", "limits.run_deadline", "names.lifetime"])
@pytest.mark.parametrize("value", ["60", "'60'"])
def test_a_duration_without_unit(tmp_path, key, value):
    table, name = key.split(".")
    found = mistakes(tmp_path, MINIMAL + f"[{table}]\n{name} = {value}\n")
    assert found[key] == value.replace("'", '"') + ' is no duration; write "60s", "500ms", "5m" or "1h"'


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le"])
def test_another_encoding(tmp_path, encoding):
    assert mistakes(tmp_path, f"# ü{MINIMAL}".encode(encoding)) == {"": "is not UTF-8; save it as UTF-8"}


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    read_in(tmp_path, "\ufeff" + MINIMAL)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_what_windows_powershell_writes_is_read(tmp_path, encoding):
    """Its ``>`` and Out-File write UTF-16 with a mark."""
    path = tmp_path / "estate.toml"
    path.write_bytes(f"\ufeff# \u00fc{MINIMAL}".replace("\n", "\r\n").encode(encoding))
    assert read(path).estate.hosts == ("a.x", "b.x")


def test_half_a_file_of_utf_16_is_told_in_words(tmp_path):
    assert mistakes(tmp_path, b"\xff\xfe" + MINIMAL.encode("utf-16-le")[:-1]) == {"": "is not UTF-8; save it as UTF-8"}


@pytest.mark.parametrize("content", [b"\xff\xff", b"x = ["])
def test_what_is_wrong_with_the_whole_file_is_one_sentence(tmp_path, content):
    path = tmp_path / "estate.toml"
    path.write_bytes(content)
    with pytest.raises(EstateError, match=r"^estate\.toml is (not UTF-8|no TOML)[^\n]*$"):
        read(path)


@pytest.mark.parametrize("document", [{"group": [{"name": "g", "hosts": []}]}, {"profiles": []}, {"host": [{}]}])
def test_what_the_form_refuses_is_always_found(document):
    assert list(mistakes_in(EstateFile, document))


ROUTED = """
[[host]]
name = "hv01.corp.example"
[[host]]
name = "hv02.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
"""


@pytest.mark.parametrize("name", ["hv01.corp.example", "HV01.Corp.Example", "hv01.corp.example.", "hv01", "Hv01.corp"])
def test_a_group_that_is_called_like_a_host(tmp_path, name):
    text = f'[[group]]\nname = "{name}"\nhosts = ["hv05.corp.example"]\n' + ROUTED
    assert mistakes(tmp_path, text) == {
        "group[1].name": f'"{name}" may mean the host "hv01.corp.example", too; give the group another name'
    }
    read_in(tmp_path, text.replace("hv05.", "hv01."))  # all it holds is that host


def test_a_group_that_is_called_like_a_host_of_a_short_name(tmp_path):
    text = '[[group]]\nname = "HV07.corp.example"\nhosts = ["hv05.x"]\n[[host]]\nname = "hv07"\n' + ROUTED
    assert "may mean the host" in mistakes(tmp_path, text)["group[1].name"]


@pytest.mark.parametrize("name", ["hv0", "hv01-and-others", "corp.example", "berlin", "hv01.corp.exampl"])
def test_a_group_that_is_called_otherwise(tmp_path, name):
    read_in(tmp_path, f'[[group]]\nname = "{name}"\nhosts = ["hv05.corp.example"]\n' + ROUTED)


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        (r'domains = ["CORP\\x"]', "directory.domains[1]", "is no domain's DNS name"),
        ('domains = ["corp.example", "http://x/"]', "directory.domains[2]", "is no domain's DNS name"),
        ('domains = ["*"]', "directory.domains[1]", "is no domain's DNS name"),
        ('domains = ["10.0.0.1"]', "directory.domains[1]", "is no domain's DNS name"),
        ('controllers = { "*.x" = ["dc.x"] }', 'directory.controllers."*.x"', "is no domain's DNS name"),
        ('controllers = { "c.x" = ["dc.x", "dc x"] }', 'directory.controllers."c.x"[2]', "is no host name"),
        ('controllers = { "c.x" = ["ldap://dc.x"] }', 'directory.controllers."c.x"[1]', "is no host name"),
        ('addresses = { "dc x" = "10.0.0.1" }', 'directory.addresses."dc x"', "is no host name"),
    ],
)
def test_names_of_the_directory(tmp_path, table, key, words):
    found = mistakes(tmp_path, MINIMAL + f"[directory]\n{table}\n")
    assert set(found) == {key}
    assert words in found[key]


@pytest.mark.parametrize("domain", ["corp.example", "Corp.Example.", "corp"])
def test_a_name_of_a_domain_is_none(tmp_path, domain):
    read_in(tmp_path, MINIMAL + f'[directory]\ndomains = ["{domain}"]\n')


@pytest.mark.parametrize(
    ("trusted", "untrusted"),
    [
        ("10.20.0.0/24", "10.20.0.0/24"),
        ("10.20.0.0/24", "10.0.0.0/8"),
        ("10.20.0.0/24", "0.0.0.0/0"),
        ("fd00:20::/64", "fd00:20:0::/64"),
    ],
)
def test_a_network_that_is_trusted_and_untrusted(tmp_path, trusted, untrusted):
    text = MINIMAL + f'[networks]\ntrusted = ["192.168.0.0/16", "{trusted}"]\nuntrusted = ["{untrusted}"]\n'
    found = mistakes(tmp_path, text)
    assert set(found) - {"networks.trusted[1]"} == {"networks.trusted[2]"}
    assert ("networks.trusted[1]" in found) is (untrusted == "0.0.0.0/0")
    assert "counts for nothing: untrusted holds" in found["networks.trusted[2]"]


@pytest.mark.parametrize("untrusted", ["10.20.0.0/25", "10.20.1.0/24", "::/0", "8.0.0.0/8"])
def test_a_part_of_a_trusted_network_may_be_untrusted(tmp_path, untrusted):
    read_in(tmp_path, MINIMAL + f'[networks]\ntrusted = ["10.20.0.0/24"]\nuntrusted = ["{untrusted}"]\n')


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('from = "hv01', 'form = "hv01', "route[1].form"),
        ('name = "hv02', 'naem = "hv02', "host[2].naem"),
        ("[[route]]", "[[Route]]", "Route"),
        ("[[route]]", "[[rotue]]", "rotue"),
        ('name = "hv02.corp.example"', 'name = "hv02.corp.example:5986"', "host[2].name"),
        ('name = "hv02.corp.example"', 'name = "http://hv02"', "host[2].name"),
        ('name = "hv02.corp.example"', 'name = "hv 02"', "host[2].name"),
    ],
)
def test_one_cause_is_told_once(tmp_path, old, new, key):
    text = ROUTED.replace(old, new, 1)
    if "hv02.corp.example:" not in new and key == "host[2].name":
        text = text.replace('to = "hv02.corp.example"', 'to = "hv02"')
    assert set(mistakes(tmp_path, text)) == {key}


def test_what_is_advised_is_never_a_route_to_itself(tmp_path):
    found = mistakes(tmp_path, ROUTED.replace('to = "hv02', 'to = "hv1').replace('name = "hv02', 'name = "other'))
    assert found == {"route[1].to": '"hv1.corp.example" is no group and no host; did you mean "other.corp.example"?'}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '[host]\nname = "a"\n[[host]]\nname = "b"',
            '"host" stands there twice (at line 3, column 7); write [[',
        ),
        ('[[host]]\nname = "a"\n[host]', '"host" stands there twice (at line 3, column 6); write [[host]] above each'),
        ("[limits]\n[limits]\n", '"limits" stands there twice (at line 2, column 8); all of it belongs into one place'),
        ("limits = 1\n[limits]\n", '"limits" stands there twice (at line 2, column 8); all of it'),
        ("sign_in = { a = 1 }\nsign_in.b = 2", '"sign_in" stands there twice (at end of document); all of it'),
        ("[a.b]\nc = 1\n[a]\nb.d = 2\n", '"a.b" stands there twice'),
        ("[[host]]\nname = 'a'\nname = 'b'", '"name" stands there twice (at end of document); keep one of them'),
        ("a = 1\n\na = 2\nb = 3\n", '"a" stands there twice (at line 3, column 6); keep one of them'),
        ("a = { b = 1, b = 2 }\n", '"b" stands there twice (at line 1, column 19); keep one of them'),
        (
            'user = "CORP\\svc"\n',
            "a single backslash stands in double quotes (at line 1, column 15); write 'CORP\\name'",
        ),
        ("a = \n", "Invalid value (at line 1, column 5)"),
    ],
)
def test_what_is_no_toml_is_told_in_its_own_words(tmp_path, text, words):
    found = mistakes(tmp_path, text)[""]
    assert found.startswith(f"is no TOML: {words}")
    assert "('" not in found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"# a\n# b\0\n" + MINIMAL.encode(), "holds an octet of zero in line 2, as no text does"),
        (b"\0" * 4096, "holds an octet of zero in line 1"),
        (b"#\0\0\0\0\0\0\0" * 9, "holds an octet of zero"),
        (MINIMAL.encode("utf-16-le"), "is not UTF-8; save it as UTF-8"),
        (MINIMAL.encode("utf-16-be"), "is not UTF-8; save it as UTF-8"),
    ],
)
def test_zeros_are_another_encoding_or_a_damaged_file(tmp_path, data, words):
    assert mistakes(tmp_path, data)[""].startswith(words)


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_folder_is_called_by_its_name(monkeypatch, tmp_path, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EstateError, match=r"^[./] cannot be read: it is a folder$"):
        read(Path(name))


VMS = {
    'only = ["web-01", " "]': ("vms.only[2]", "names no virtual machine"),
    'only = ["web-01 "]': ("vms.only[1]", 'did you mean "web-01"?'),
    'except = ["*"]': ("vms.except[1]", "leaves out every virtual machine"),
    'except = ["**"]': ("vms.except[1]", "leaves out every virtual machine"),
    'only = ["Web-*"]\nexcept = ["web-*"]': ("vms.except[1]", "stands in only, too"),
    'only = ["{AAAAAAAA-2222-3333-4444-555555555551}"]\nexcept = ["aaaaaaaa-2222-3333-4444-555555555551"]': (
        "vms.except[1]",
        "stands in only, too",
    ),
}


@pytest.mark.parametrize("text", VMS)
def test_machines_that_are_not_meant(tmp_path, text):
    key, words = VMS[text]
    found = mistakes(tmp_path, f"{MINIMAL}[vms]\n{text}\n")
    assert list(found) == [key]
    assert words in found[key]


def test_machines_that_may_be_meant(tmp_path):
    read_in(tmp_path, f'{MINIMAL}[vms]\nonly = ["*", "web [1]?"]\nexcept = ["web-0*", "x"]\n')


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [("Front", "front", "names that differ"), (" ", "Front", "is blank"), ("Front", " ", "is blank")],
)
def test_a_switch_that_is_called_alike(tmp_path, one, other, words):
    found = mistakes(tmp_path, f'{MINIMAL}[[switch]]\nfrom = "{one}"\nto = "{other}"\n')
    assert list(found) == ["switch[1].to"]
    assert words in found["switch[1].to"]


def test_switches_that_differ(tmp_path):
    read_in(tmp_path, f'{MINIMAL}[[switch]]\nfrom = "A"\nto = "B"\n[[switch]]\nfrom = "A"\nto = "C"\n')


def test_clocks_that_would_fail_before_they_warn(tmp_path):
    table = "\n[thresholds]\nclock_warn_seconds = 60\nclock_fail_seconds = {}\n"
    read_in(tmp_path, MINIMAL + table.format(60))
    assert mistakes(tmp_path, MINIMAL + table.format(59)) == {
        "thresholds.clock_warn_seconds": "60 is more than clock_fail_seconds (59): none would warn"
    }
